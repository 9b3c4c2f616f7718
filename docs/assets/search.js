// The search of the guide. Scores were worked out while building (hooks/guide/search/index.py); here the
// scores of the words asked for are added up. Files of words and of pages are fetched as they are needed.

const files = new Map();

// What the file at an address holds; null where there is none. A request that fails is made once more,
// and anew when the file is next asked for.
function load(address, read = (answer) => answer.json()) {
  if (!files.has(address.href)) {
    const told = fetch(address)
      .catch(() => fetch(address))
      .then((answer) => (answer.ok ? read(answer) : null));
    told.catch(() => files.delete(address.href));
    files.set(address.href, told);
  }
  return files.get(address.href);
}

// Which index is the latest, and the numbers by which it is divided.
const latest = (root) => load(new URL("search/latest.json", root));

// A file of the index. They stand in a folder named by their content, so that a browser may keep them.
async function part(root, path) {
  const { folder } = await latest(root);
  return load(new URL(`search/${folder}/${path}`, root));
}

// As words_of in hooks/guide/source/search_words.py.
export function wordsOf(text) {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/['’]/g, "");
  return plain.match(/[a-z0-9]+/g) ?? [];
}

function isNear(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return false;
  let before = null;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (same ? 0 : 1));
      if (before && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    before = row;
    row = next;
  }
  return row[b.length] <= most;
}

function sharedStart(a, b) {
  let n = 0;
  while (n < a.length && a[n] === b[n]) n += 1;
  return n;
}

// The entries of a file of words that `word` may mean, each with how much it then counts.
function meanings(word, entries, unfinished) {
  const rows = Object.values(entries).map((entry) => [entry, entry[0].split(" ")]);
  const pick = (counts, fits) => rows.filter(([, forms]) => forms.some(fits)).map(([entry]) => [entry, counts]);
  const most = word.length > 7 ? 2 : 1;
  const guesses = [
    () => pick(1, (form) => form === word),
    () => (unfinished ? pick(0.7, (form) => form.startsWith(word)) : []),
    () => (word.length < 4 || /\d/.test(word) ? [] : pick(0.8, (form) => sharedStart(form, word) >= Math.max(5, word.length - 3) && form.length < word.length + 4)),
    () => (word.length < 4 || /\d/.test(word) ? [] : pick(0.6, (form) => isNear(form, word, most))),
  ];
  for (const guess of guesses) {
    const found = guess();
    if (found.length) return found;
  }
  return [];
}

// The meanings of a word. Its file is named by its first two characters; where the second is wrong, by
// the first and the third.
async function look(root, word, unfinished) {
  for (const start of [word.slice(0, 2), word.length > 3 ? word[0] + word[2] : ""]) {
    const entries = start && (await part(root, `words/${start}.json`));
    const found = entries ? meanings(word, entries, unfinished) : [];
    if (found.length) return found;
  }
  return [];
}

// What one word adds: to documents its score, to phrases how much of them it is.
async function lookUp(root, word, unfinished) {
  const told = { scores: new Map(), phrases: new Map(), rarity: 0 };
  for (const [[, rarity, row, phrases], counts] of await look(root, word, unfinished)) {
    told.rarity = Math.max(told.rarity, rarity);
    for (let i = 0; i < row.length; i += 2) {
      told.scores.set(row[i], Math.max(told.scores.get(row[i]) ?? 0, row[i + 1] * counts));
    }
    for (let i = 0; i < phrases.length; i += 2) told.phrases.set(phrases[i], [rarity * counts, phrases[i + 1]]);
  }
  return told;
}

// A document with less than this part of the best score is no answer.
const WORTH = 0.15;
// How much a title or alias that equals the question adds to a score.
const LIKENESS = 2;

// The words of a question; some acronyms are told by their capitals.
async function wordsIn(root, question) {
  const { capitals } = await latest(root);
  return [...new Set(wordsOf(question.replace(/\b[A-Z]+\b/g, (word) => capitals[word] ?? word)))];
}

// The documents that answer a question, as pairs of number and score, best first. A document counts for
// more the more of the question it has, and where one of its titles or aliases is like the question.
// The last word may be unfinished.
export async function find(root, question) {
  const { phrases: perPage } = await latest(root);
  const words = await wordsIn(root, question);
  const open = /[\p{L}\p{N}]$/u.test(question);
  const found = await Promise.all(words.map((word, at) => lookUp(root, word, open && at === words.length - 1)));
  const whole = found.reduce((sum, { rarity }) => sum + rarity, 0);
  const totals = new Map();
  const met = new Map();
  for (const { scores, phrases, rarity } of found) {
    for (const [number, score] of scores) {
      const [sum, share] = totals.get(number) ?? [0, 0];
      totals.set(number, [sum + score, share + rarity / whole]);
    }
    for (const [phrase, [part, all]] of phrases) met.set(phrase, [(met.get(phrase)?.[0] ?? 0) + part, all]);
  }
  const like = new Map();
  for (const [phrase, [part, all]] of met) {
    const number = Math.floor(phrase / perPage);
    like.set(number, Math.max(like.get(number) ?? 0, (part / whole) * (part / all)));
  }
  const scored = [...totals]
    .map(([number, [sum, share]]) => [number, sum * (0.5 + 0.5 * share) * (1 + LIKENESS * (like.get(number) ?? 0))])
    .sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return scored.filter(([, score]) => score >= WORTH * scored[0][1]);
}

// The passage of a page that has most of the words asked for: its text, and the id of its section.
async function passage(address, words) {
  const html = await load(address, (answer) => answer.text());
  const text = new DOMParser().parseFromString(html ?? "", "text/html").getElementById("content");
  const wanted = words.filter((word) => word.length > 3);
  let best = { has: 0 };
  let section = "";
  for (const part of text?.querySelectorAll("h2, h3, p, li, td") ?? []) {
    if (part.matches("h2, h3")) section = part.id;
    if (part.closest(".page-head, .actions, .aftermatter, .contents")) continue;
    const its = new Set(wordsOf(part.textContent));
    const has = wanted.filter((word) => its.has(word)).length;
    if (has > best.has) best = { has, section, text: part.textContent.trim() };
  }
  return best;
}

// What is shown of a document: [kind, folder, badge, title, path, summary].
export async function page(root, number) {
  const { pagesPerFile } = await latest(root);
  const some = await part(root, `pages/${Math.floor(number / pagesPerFile)}.json`);
  return some[number % pagesPerFile];
}

// For each entry, by its number, the numbers of the choices that fit it in each filter.
export const choices = (root) => part(root, "choices.json");

// An item of a list of results, as the card of an entry looks on every page.
export function card([kind, folder, badge, title, path, summary], root) {
  const item = document.createElement("li");
  item.className = "card";
  item.dataset.collection = folder;
  const link = Object.assign(document.createElement("a"), { className: "card__link", href: new URL(path, root) });
  link.append(title);
  const about = Object.assign(document.createElement("p"), { className: "card__summary", textContent: summary });
  const foot = Object.assign(document.createElement("p"), { className: "card__foot", textContent: `${kind} ${badge}`.trim() });
  item.append(link, about, foot);
  return item;
}

// The dialog

const SHOWN = 8;
// The pages found are read for their passages once nobody has typed for so many milliseconds.
const PAUSE = 400;
// Characters of a passage that are shown.
const LONGEST = 220;
let dialog = null;

function makeDialog(root) {
  dialog = document.createElement("dialog");
  dialog.className = "search md-typeset";
  dialog.setAttribute("aria-label", "Search");
  dialog.innerHTML = `
    <form class="ask" role="search">
      <label for="search-words">What are you looking for?</label>
      <span class="ask__row"><input id="search-words" name="q" type="search" autocomplete="off" enterkeyhint="search">
      <button type="button" class="search__close">Close</button></span>
    </form>
    <p class="search__count" role="status"></p>
    <ol class="cards search__found"></ol>
    <p class="search__more" hidden><a>All results, with filters</a></p>`;
  document.body.append(dialog);
  const form = dialog.querySelector("form");
  const input = form.elements.q;
  const count = dialog.querySelector(".search__count");
  const list = dialog.querySelector(".search__found");
  const more = dialog.querySelector(".search__more");
  let latest = 0;
  let pause = 0;
  let answered = null;

  async function answer() {
    const mine = (latest += 1);
    const question = input.value.trim();
    const found = question ? await find(root, input.value) : [];
    const pages = await Promise.all(found.slice(0, SHOWN).map(([number]) => page(root, number)));
    if (mine !== latest) return;
    list.replaceChildren(...pages.map((one) => card(one, root)));
    const how = found.length > SHOWN ? `The ${SHOWN} pages that fit best` : `${found.length} page${found.length === 1 ? "" : "s"}`;
    count.textContent = !question ? "" : found.length ? how : "Nothing found. Try other words, or fewer.";
    more.hidden = !question;
    more.firstChild.href = new URL(`find/?${new URLSearchParams({ q: question })}`, root);
    clearTimeout(pause);
    pause = setTimeout(() => [...list.children].forEach((item) => explain(item, question)), PAUSE);
  }

  // The sentence that answers takes the place of the summary, and the link leads to its section.
  async function explain(item, question) {
    const link = item.querySelector("a");
    if (link.hash) return;
    const { text, section } = await passage(new URL(link.href), await wordsIn(root, question));
    if (!text) return;
    item.querySelector(".card__summary").textContent = text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text;
    if (section) link.hash = section;
  }

  input.addEventListener("input", () => {
    answered = answer();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await answered;
    list.querySelector("a")?.click();
  });
  dialog.querySelector(".search__close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    const followed = event.target.closest("a") && !(event.ctrlKey || event.metaKey || event.shiftKey);
    if (followed || (event.target === dialog && getSelection().isCollapsed)) dialog.close();
  });
  // Arrow keys walk through the results, once those of the last letter are there.
  dialog.addEventListener("keydown", async (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    await answered;
    const stops = [input, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    stops[Math.max(0, Math.min(stops.length - 1, at + step))]?.focus();
  });
}

// Opens the search; `root` is the address of the guide.
export function openSearch(root) {
  if (!dialog) makeDialog(root);
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("input").select();
}
