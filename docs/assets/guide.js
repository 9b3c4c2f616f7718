// Shows the full reference beside a citation on hover and keyboard focus. The text is that of
// the page's own list, to which the citation links; without this script the link still leads there.
(() => {
  const tip = document.createElement("div");
  tip.className = "citation-tip";
  tip.id = "citation-tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  (document.querySelector("main") ?? document.body).append(tip);
  let shown = null;

  function hide() {
    tip.hidden = true;
    shown?.removeAttribute("aria-describedby");
    shown = null;
  }

  function show(link) {
    const entry = document.getElementById(link.hash.slice(1));
    const reference = entry?.querySelector(".cited__reference");
    if (!reference || link === shown) return;
    hide();
    shown = link;
    tip.textContent = reference.textContent;
    link.setAttribute("aria-describedby", tip.id);
    tip.hidden = false;
    const box = link.getClientRects()[0];
    const room = document.documentElement.clientWidth - tip.offsetWidth - 12;
    tip.style.left = `${Math.max(12, Math.min(box.left, room)) + scrollX}px`;
    const above = box.top - tip.offsetHeight - 6;
    const below = box.bottom + 6;
    const fits = below + tip.offsetHeight < innerHeight || above < 0;
    tip.style.top = `${(fits ? below : above) + scrollY}px`;
  }

  for (const link of document.querySelectorAll(".citation a")) {
    link.addEventListener("mouseenter", () => show(link));
    link.addEventListener("focus", () => show(link));
    link.addEventListener("blur", hide);
    link.addEventListener("mouseleave", (event) => {
      if (event.relatedTarget !== tip) hide();
    });
  }
  tip.addEventListener("mouseleave", hide);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
})();

// Buttons that copy or print. They are hidden where there is no script; what they copy stands on the page.
(() => {
  const status = document.querySelector(".tools__status");
  const short = document.querySelector(".tools [data-copy]")?.dataset.copy;
  for (const link of status ? document.querySelectorAll(".headerlink") : []) {
    link.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(short + link.hash);
        status.textContent = `Copied: the short link to ${link.ariaLabel.replace("Link to ", "")}.`;
      } catch {
        status.textContent = "The link stands in the address bar.";
      }
    });
  }
  for (const button of document.querySelectorAll(".tools__button")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      if ("print" in button.dataset) {
        window.print();
        return;
      }
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
        status.textContent = `Copied: ${button.dataset.name}.`;
      } catch {
        status.textContent = "The browser did not allow copying. Select the text and copy it yourself.";
      }
    });
  }
})();

// Material 9.8.1 leaves its search dialog without a name.
document.querySelector(".md-search[role=dialog]")?.setAttribute("aria-label", "Search");
