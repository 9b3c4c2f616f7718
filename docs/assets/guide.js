// What every page can do with script. Reading, links, lists and definitions work without it.
const { root, search, worker, version } = document.currentScript.dataset;
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

// Search opens in a dialog, by its button and by Ctrl+K; its script is fetched when it is first used.
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
    if (event.key !== "k" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    open();
  });
}

// A small card beside a link, on hover and on keyboard focus: for a citation the full reference, which
// stands on the page; for a term its meaning; for a link to another page its title and summary, which
// are fetched. The pointer may move onto the card, and Escape closes it.
{
  const tip = document.createElement("div");
  tip.className = "preview";
  tip.id = "tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  document.querySelector("article").append(tip);
  const fetched = new Map();
  let shown = null;
  let waiting = 0;
  let leaving = 0;

  const hide = () => {
    clearTimeout(waiting);
    clearTimeout(leaving);
    tip.hidden = true;
    shown?.removeAttribute("aria-describedby");
    shown = null;
  };

  const place = (link) => {
    const boxes = [...link.getClientRects()];
    const room = document.documentElement.clientWidth - tip.offsetWidth - 12;
    tip.style.left = `${Math.max(12, Math.min(boxes[0].left, room)) + scrollX}px`;
    const above = boxes[0].top - tip.offsetHeight - 6;
    const below = boxes.at(-1).bottom + 6;
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
      ? [heading, heading.nextElementSibling]
      : [page.querySelector("h1"), page.querySelector(".page-head__summary")];
    return told.filter(Boolean).map((from, at) => element(at ? "span" : "strong", from.textContent.trim()));
  };

  const offer = (link, delay) => {
    clearTimeout(waiting);
    if (link === shown) return;
    if (link.matches(".citation a")) {
      const entry = document.getElementById(link.hash.slice(1));
      show(link, [element("span", entry?.querySelector(".cited__reference")?.textContent ?? "")]);
    } else if (link.matches(".term")) {
      show(link, [element("span", link.dataset.means)]);
    } else {
      waiting = setTimeout(async () => {
        const mine = waiting;
        const parts = await preview(link);
        if (mine === waiting) show(link, parts);
      }, delay);
    }
  };

  const previewed = (target) => {
    const link = target.closest?.("article a[href]");
    if (!link || link.origin !== location.origin || link.matches(".card__link, .headerlink, [download]")) return null;
    return link.matches(".citation a") || link.pathname !== location.pathname ? link : null;
  };

  const sparing = navigator.connection?.saveData || matchMedia("(hover: none)").matches;
  document.addEventListener("mouseover", (event) => {
    const link = previewed(event.target);
    clearTimeout(leaving);
    if (link && !(sparing && !link.matches(".citation a, .term"))) offer(link, 250);
    else if (!event.target.closest?.("#tip")) leaving = setTimeout(hide, 300);
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

// Where the reader is: the tree shows the page, the list of sections the one that is being read.
{
  const tree = document.querySelector("#menu .md-sidebar__scrollwrap");
  const current = tree?.querySelector("[aria-current]");
  if (current) tree.scrollTop = current.offsetTop - tree.clientHeight / 2;
  document.getElementById("menu").addEventListener("toggle", (event) => {
    if (event.newState === "open") current?.scrollIntoView({ block: "center" });
  });
  const links = [...document.querySelectorAll(".md-nav--secondary .md-nav__link")];
  const headings = links.map((link) => document.getElementById(link.hash.slice(1)));
  const mark = () => {
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3).length;
    links.forEach((link, at) => link.toggleAttribute("aria-current", at === Math.max(0, passed - 1)));
  };
  if (links.length) addEventListener("scroll", mark, { passive: true });
}

// Buttons that copy or print. They are hidden where there is no script.
{
  const status = document.querySelector(".actions__status");
  const copy = async (text, said) => {
    try {
      await navigator.clipboard.writeText(text);
      status.textContent = `Copied: ${said}.`;
    } catch {
      status.textContent = "The browser did not allow copying. Select the text and copy it yourself.";
    }
  };
  const short = document.querySelector(".actions [data-copy]")?.dataset.copy;
  for (const link of status ? document.querySelectorAll(".headerlink") : []) {
    link.addEventListener("click", () => copy(short + link.hash, `the short link to “${link.textContent}”`));
  }
  const what = {
    print: () => window.print(),
    copy: (button) => copy(button.dataset.copy, button.dataset.name),
  };
  for (const button of document.querySelectorAll(".button[data-copy], .button[data-print]")) {
    const does = Object.keys(what).find((name) => name in button.dataset);
    button.addEventListener("click", () => what[does](button));
  }
}

// The page as slides; their script is fetched when it is first used, or when the address is that of a slide.
{
  const button = document.querySelector("[data-present]");
  const open = async () => {
    try {
      (await import(new URL(button.dataset.present, location.href))).present(button);
    } catch {
      document.querySelector(".actions__status").textContent = "The slides could not be fetched. Try again when you are connected.";
    }
  };
  button?.addEventListener("click", open);
  if (button && /present-\d+$/.test(location.hash)) open();
}

// A list that can be narrowed to what has all the words typed: each part begins with a heading.
{
  const filter = document.getElementById("filter");
  const parts = [];
  for (const item of document.querySelector(".filtered")?.children ?? []) {
    if (item.matches("article, h2")) parts.push([]);
    parts.at(-1)?.push(item);
  }
  filter?.addEventListener("input", () => {
    const words = filter.value.toLowerCase().split(/\s+/);
    const fits = parts.filter((part) => {
      const text = part.map((item) => item.textContent).join(" ").toLowerCase();
      const shown = words.every((word) => text.includes(word));
      part.forEach((item) => item.toggleAttribute("hidden", !shown));
      return shown;
    });
    filter.form.querySelector("[role=status]").textContent = `${fits.length} of ${parts.length}`;
  });
  filter?.form.addEventListener("submit", (event) => event.preventDefault());
}

// On paper everything is open, and afterwards as it was.
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("article details:not([open])")) {
    details.open = true;
    addEventListener("afterprint", () => (details.open = false), { once: true });
  }
});

// Without a network: the worker keeps what is visited, and the whole guide where a reader wants it. It writes a
// version into the pages of a whole guide. A newer one takes over when only one page is open, which is then loaded again.
if (worker) navigator.serviceWorker?.addEventListener("message", () => location.reload());
addEventListener("load", async () => {
  if (!worker || !navigator.serviceWorker) return;
  const { serviceWorker } = navigator;
  try {
    const { waiting } = await serviceWorker.register(new URL(worker, location.href));
    waiting?.postMessage({ order: "replace" });
    const { active } = await serviceWorker.ready;
    const addresses = [location.href, ...performance.getEntriesByType("resource").map(({ name }) => name)];
    active.postMessage({ order: "loaded", addresses, version });
  } catch {
    // The browser allows no worker, as in a private window.
  }
});
