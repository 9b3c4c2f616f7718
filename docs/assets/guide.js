// What every page can do with script. Reading, links, lists and definitions work without it.
const { root, search } = document.currentScript.dataset;
const here = (path) => new URL(path, new URL(root, location.href));

// The colour scheme: the system's, light, or dark.
{
  const button = document.getElementById("scheme");
  const names = { "": "Colours: system", light: "Colours: light", dark: "Colours: dark" };
  const html = document.documentElement;
  const show = () => {
    button.textContent = names[html.dataset.scheme ?? ""];
  };
  button.addEventListener("click", () => {
    const schemes = Object.keys(names);
    const next = schemes[(schemes.indexOf(html.dataset.scheme ?? "") + 1) % schemes.length];
    if (next) html.dataset.scheme = next;
    else delete html.dataset.scheme;
    try {
      localStorage.setItem("scheme", next);
    } catch {
      // As in scheme.js.
    }
    show();
  });
  show();
  button.hidden = false;
}

// Search opens in a dialog, by its button, by "/" and by Ctrl+K; its script is fetched when it is first used.
{
  const open = async () => {
    const { openSearch } = await import(new URL(search, location.href));
    openSearch(here("./"));
  };
  document.getElementById("search").addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, textarea, select");
    const asked = (event.key === "/" && !typing) || (event.key === "k" && (event.ctrlKey || event.metaKey));
    if (!asked) return;
    event.preventDefault();
    open();
  });
}

// A small card beside a link, on hover and on keyboard focus: for a citation the full reference, which
// stands on the page; for a link to another page its title and summary, which are fetched.
{
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.id = "tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  document.querySelector("main").append(tip);
  const fetched = new Map();
  let shown = null;
  let waiting = 0;

  const hide = () => {
    clearTimeout(waiting);
    tip.hidden = true;
    shown?.removeAttribute("aria-describedby");
    shown = null;
  };

  const place = (link) => {
    const box = link.getClientRects()[0];
    const room = document.documentElement.clientWidth - tip.offsetWidth - 12;
    tip.style.left = `${Math.max(12, Math.min(box.left, room)) + scrollX}px`;
    const above = box.top - tip.offsetHeight - 6;
    const below = box.bottom + 6;
    tip.style.top = `${(below + tip.offsetHeight < innerHeight || above < 0 ? below : above) + scrollY}px`;
  };

  const show = (link, parts) => {
    if (!parts.length) return;
    hide();
    shown = link;
    tip.replaceChildren(...parts);
    link.setAttribute("aria-describedby", tip.id);
    tip.hidden = false;
    place(link);
  };

  const element = (name, text) => Object.assign(document.createElement(name), { textContent: text });

  const preview = async (link) => {
    const address = link.href.split("#")[0];
    if (!fetched.has(address)) {
      fetched.set(
        address,
        fetch(address)
          .then((answer) => (answer.ok ? answer.text() : ""))
          .then((html) => new DOMParser().parseFromString(html, "text/html"))
          .catch(() => document.implementation.createHTMLDocument()),
      );
    }
    const page = await fetched.get(address);
    const heading = link.hash ? page.getElementById(decodeURIComponent(link.hash.slice(1))) : null;
    const told = heading?.matches("h2, h3")
      ? [heading.cloneNode(true), heading.nextElementSibling]
      : [page.querySelector("h1"), page.querySelector(".page-head__summary")];
    told[0]?.querySelector(".headerlink")?.remove();
    return told.filter(Boolean).map((from, at) => element(at ? "span" : "strong", from.textContent.trim()));
  };

  const offer = (link, delay) => {
    clearTimeout(waiting);
    if (link === shown) return;
    if (link.matches(".citation a")) {
      const entry = document.getElementById(link.hash.slice(1));
      show(link, [element("span", entry?.querySelector(".cited__reference")?.textContent ?? "")]);
    } else {
      waiting = setTimeout(async () => {
        const mine = waiting;
        const parts = await preview(link);
        if (mine === waiting) show(link, parts);
      }, delay);
    }
  };

  const previewed = (target) => {
    const link = target.closest?.("main a[href]");
    if (!link || link.origin !== location.origin || link.matches(".card__link, .term, .headerlink, [download]")) return null;
    return link.matches(".citation a") || link.pathname !== location.pathname ? link : null;
  };

  const sparing = navigator.connection?.saveData || matchMedia("(hover: none)").matches;
  document.addEventListener("mouseover", (event) => {
    const link = previewed(event.target);
    if (link && !(sparing && !link.matches(".citation a"))) offer(link, 250);
    else if (!event.target.closest?.("#tip")) hide();
  });
  document.addEventListener("focusin", (event) => {
    const link = previewed(event.target);
    if (link && event.target.matches(":focus-visible")) offer(link, 400);
    else hide();
  });
  document.addEventListener("focusout", hide);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
}

// Buttons that copy or print. They are hidden where there is no script.
{
  const status = document.querySelector(".tools__status");
  const copy = async (text, said) => {
    try {
      await navigator.clipboard.writeText(text);
      status.textContent = `Copied: ${said}.`;
    } catch {
      status.textContent = "The browser did not allow copying. Select the text and copy it yourself.";
    }
  };
  const short = document.querySelector(".tools [data-copy]")?.dataset.copy;
  for (const link of status ? document.querySelectorAll(".headerlink") : []) {
    link.addEventListener("click", () => copy(short + link.hash, link.ariaLabel.replace("Link to", "the short link to")));
  }
  const what = {
    print: () => window.print(),
    copy: (button) => copy(button.dataset.copy, button.dataset.name),
    share: (button) => navigator.share({ title: document.title, url: button.dataset.share }).catch(() => {}),
  };
  for (const button of document.querySelectorAll(".tools__button")) {
    const does = Object.keys(what).find((name) => name in button.dataset);
    button.hidden = does === "share" && !navigator.share;
    button.addEventListener("click", () => what[does](button));
  }
}

// On paper everything is open.
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("main details")) details.open = true;
});
