// What a page holds as slides that fill the screen. The end of the address keeps the place: #present-3.
const MARK = /&?present-(\d+)$/;
// The sections of an entry that are worth a slide.
const WORTH = ["mindset", "antidote", "lesson", "says", "stages", "positions", "part", "signs", "going-on", "try", "ask", "purpose", "steps", "brief"];
const MOVES = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Home: -Infinity, End: Infinity };
const SMALLEST = 0.5;

const element = (name, set = {}, ...inside) => {
  const made = Object.assign(document.createElement(name), set);
  made.append(...inside);
  return made;
};
const textOf = (selector, within = document) => within.querySelector(selector)?.textContent.trim() ?? "";

// A copy without links and ids, which would be there twice.
function plain(node) {
  const copy = node.cloneNode(true);
  for (const link of copy.querySelectorAll("a")) link.replaceWith(link.textContent);
  for (const named of [copy, ...copy.querySelectorAll("[id]")]) named.removeAttribute("id");
  return copy;
}

function slide(eyebrow, title, ...inside) {
  const above = eyebrow ? [element("p", { className: "slide__eyebrow" }, eyebrow)] : [];
  return element("section", { className: "slide", hidden: true }, ...above, element("h2", {}, title), ...inside.filter(Boolean));
}

const paragraph = (text) => text && element("p", {}, text);

// A section's quotations; where it has none, its first list or table; else its first paragraph.
function worth(heading) {
  const parts = [];
  for (let next = heading.nextElementSibling; next && next.tagName !== "H2" && !next.querySelector(":scope > h2"); next = next.nextElementSibling) parts.push(next);
  const quoted = parts.filter((part) => part.matches("blockquote"));
  const told = quoted.length ? quoted : [parts.find((part) => part.matches("ol, ul, table")) ?? parts.find((part) => part.matches("p") && !part.querySelector("svg, img"))];
  return told.filter(Boolean).map(plain);
}

function sections() {
  const headings = [...document.querySelectorAll("#content h2[id]:has(> .headerlink)")];
  return headings
    .filter((heading) => WORTH.includes(heading.id))
    .map((heading) => slide(heading.closest(".editors") ? textOf(".editors__label", heading.closest(".editors")) : "", heading.textContent, ...worth(heading)));
}

// A part of a plan: its rows up to the next part. What may be said, else what happens.
function parts(table) {
  const slides = [];
  let rows = [];
  for (const row of [...table.tBodies[0].rows].reverse()) {
    if (!row.matches(".run__part")) {
      rows.unshift(row);
      continue;
    }
    const says = rows.map(({ cells }) => cells[2].textContent).filter(Boolean);
    const told = says.length ? says : rows.map(({ cells }) => cells[1].textContent);
    const name = row.querySelector("strong").textContent;
    const lasts = row.cells[1].textContent.slice(name.length + 2);
    slides.unshift(slide(`${row.cells[0].textContent}, ${lasts}`, name, ...told.map(paragraph)));
    rows = [];
  }
  return slides;
}

// A path: the entries on it.
const walk = (list) => [...list.content.children].map((step, at, all) => slide(`${at + 1} of ${all.length}`, textOf("h2", step), paragraph(textOf("p", step)), paragraph(step.dataset.short)));

function slidesOfPage(short) {
  const table = document.querySelector(".run");
  const list = document.getElementById("walk-slides");
  const own = document.getElementById("run-title");
  const first = own
    ? slide("", own.textContent, paragraph(textOf("#when")))
    : slide(textOf(".page-head__eyebrow"), textOf("h1"), paragraph(textOf(".page-head__summary")), element("p", { className: "slide__short" }, short));
  return [first, ...(table ? parts(table) : list ? walk(list) : sections())];
}

function load(look) {
  if (document.querySelector(`link[href="${look}"]`)) return null;
  const link = element("link", { rel: "stylesheet" });
  link.setAttribute("href", look);
  return new Promise((done) => {
    link.onload = link.onerror = done;
    document.head.append(link);
  });
}

// Opened by `button`, which gets the focus back.
export async function present(button) {
  if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done, { once: true }));
  await load(button.dataset.look);
  if (document.querySelector("dialog.slides")) return;
  const short = document.querySelector(".actions [data-copy]")?.dataset.copy.replace(/^https?:\/\//, "") ?? "";
  const slides = slidesOfPage(short);
  const number = element("p", { className: "slides__number", role: "status" });
  const [before, after, close] = ["Previous", "Next", "Close"].map((name) => element("button", { type: "button", className: "button" }, name));
  const bar = element("div", { className: "slides__bar" }, before, after, number, element("span", { className: "slides__short" }, short), close);
  const dialog = element("dialog", { className: "slides md-typeset", ariaLabel: `Slides: ${slides[0].querySelector("h2").textContent}` }, element("div", { className: "slides__stage" }, ...slides), bar);
  dialog.dataset.collection = document.querySelector("#content [data-collection]")?.dataset.collection ?? "";
  let at = 0;

  // Long text is set smaller, down to half the size; what is longer still is scrolled.
  function fit() {
    for (let size = 1; size >= SMALLEST; size -= 0.05) {
      dialog.style.setProperty("--size", size);
      if (dialog.scrollHeight <= dialog.clientHeight) return;
    }
  }

  function show(to) {
    at = Math.min(slides.length - 1, Math.max(0, to));
    slides.forEach((one, n) => (one.hidden = n !== at));
    number.textContent = `Slide ${at + 1} of ${slides.length}`;
    before.ariaDisabled = String(at === 0);
    after.ariaDisabled = String(at === slides.length - 1);
    keep(`present-${at + 1}`);
    dialog.scrollTop = 0;
    fit();
  }

  function keep(mark) {
    const rest = location.hash.slice(1).replace(MARK, "");
    const hash = [rest, mark].filter(Boolean).join("&");
    history.replaceState(history.state, "", hash ? `#${hash}` : location.pathname + location.search);
  }

  dialog.addEventListener("keydown", (event) => {
    const by = MOVES[event.key];
    const isPress = event.key === " " && event.target.closest("button");
    const scrolls = /Up|Down/.test(event.key) && dialog.scrollHeight > dialog.clientHeight;
    if (!by || isPress || scrolls || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    show(at + by);
  });
  let from = null;
  dialog.addEventListener("touchstart", ({ touches }) => (from = touches.length === 1 ? touches[0] : null), { passive: true });
  dialog.addEventListener("touchend", ({ changedTouches: [to] }) => {
    const [across, down] = from ? [to.clientX - from.clientX, to.clientY - from.clientY] : [0, 0];
    if (Math.abs(across) > 50 && Math.abs(across) > 2 * Math.abs(down)) show(at - Math.sign(across));
  });
  before.addEventListener("click", () => show(at - 1));
  after.addEventListener("click", () => show(at + 1));
  close.addEventListener("click", () => dialog.close());

  const left = () => document.fullscreenElement || dialog.close();
  addEventListener("resize", fit);
  dialog.addEventListener("close", () => {
    removeEventListener("resize", fit);
    document.removeEventListener("fullscreenchange", left);
    if (document.fullscreenElement) document.exitFullscreen();
    dialog.remove();
    keep("");
    button.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  after.focus();
  show(Number(location.hash.match(MARK)?.[1] ?? 1) - 1);
  // Refused where nobody pressed a button, as after a reload; the dialog then fills the window.
  document.addEventListener("fullscreenchange", left);
  await document.documentElement.requestFullscreen?.().catch(() => {});
}
