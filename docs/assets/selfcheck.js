// The self-check. A code holds one person's answers, and the address holds codes: #a=CODE those given here,
// #codes=CODE,CODE those of a group.
//
// How a code is made: the answers in the order of the statements' ids, 0 for "don't know", are the digits of a
// number to the base 6. It is written to the base 31 with the signs below, always with as many of them. Before
// it stands the edition of the statements, behind it the sign for which the sum of all signs, each times its
// place counted from the end, is divisible by 31. As 31 is prime, one wrong sign or two that have changed
// places are always noticed. 21 statements make 13 signs.
const SIGNS = "0123456789ABCDEFGHJKMNPQRTVWXYZ";
// What is no sign of a code is read as the one that it looks like.
const MISREAD = { I: "1", L: "1", O: "0", S: "5", U: "V" };
const WORDS = ["don't know", "not at all", "a little", "partly", "mostly", "fully"];

const byId = (id) => document.getElementById(id);
const form = byId("answers");
const page = document.querySelector(".selfcheck");
const element = (name, text = "", set = {}) => Object.assign(document.createElement(name), { textContent: text }, set);
const count = (number) => (number === 1 ? "1 person" : `${number} people`);

// In the order of their ids, whatever the order on the page is.
const statements = [...document.querySelectorAll(".differ")]
  .map((card) => ({ card, id: card.dataset.id, since: Number(card.dataset.since), until: Number(card.dataset.until) || Infinity, text: card.querySelector(".differ__text").textContent }))
  .sort((one, other) => one.id.localeCompare(other.id, "en", { numeric: true }));
const latest = Math.max(...statements.flatMap(({ since, until }) => (until < Infinity ? [since, until + 1] : [since])));
const askedIn = (edition) => statements.filter(({ since, until }) => since <= edition && edition <= until);

// Codes

function sizeOf(edition) {
  let signs = 2;
  for (let room = 1n; room < 6n ** BigInt(askedIn(edition).length); room *= 31n) signs += 1;
  return signs;
}

const sum = (digits) => digits.reduce((all, digit, at) => all + digit * (digits.length - at), 0) % 31;

function encode(answers) {
  let number = askedIn(latest).reduce((all, { id }) => all * 6n + BigInt(answers[id] ?? 0), 0n);
  const digits = [0];
  while (digits.length < sizeOf(latest) - 1) {
    digits.unshift(Number(number % 31n));
    number /= 31n;
  }
  digits.unshift(latest);
  digits[digits.length - 1] = (31 - sum(digits)) % 31;
  return digits.map((digit) => SIGNS[digit]).join("");
}

// The answers in a code by id, and its edition; or what is wrong with it.
function decode(code) {
  const digits = [...code].map((sign) => SIGNS.indexOf(sign));
  if (sum(digits)) return { wrong: "A letter or digit in it is wrong, or two have changed places." };
  const [edition, ...rest] = digits;
  if (edition > latest) return { wrong: "It was made with a later edition of this page. Load the page again." };
  let number = rest.slice(0, -1).reduce((all, digit) => all * 31n + BigInt(digit), 0n);
  const answers = {};
  for (const { id } of askedIn(edition).reverse()) {
    answers[id] = Number(number % 6n);
    number /= 6n;
  }
  return number ? { wrong: "It holds no answers." } : { edition, answers };
}

const grouped = (code) => code.replace(/.{4}(?=.{4})/g, "$& ");

// What stands on a line: links, of which the codes count, or codes, perhaps with a name before them.
function partsOf(line) {
  const links = [...line.matchAll(/#(?:a|codes)=([^\s&#]*)/g)].map(([, codes]) => codes);
  return links.length ? links.join().split(",") : line.split(/[,;]/).map((part) => part.split(":").pop());
}

// What somebody typed or pasted: codes with and without spaces, links, several codes on a line.
function readCodes(text) {
  return text.replace(/%2C/gi, ",").replaceAll("%20", "").split("\n").flatMap(partsOf).flatMap((given) => {
    const signs = given.toUpperCase().replace(/[^0-9A-Z]/g, "").replace(/[ILOSU]/g, (sign) => MISREAD[sign]);
    if (!signs) return [];
    const size = sizeOf(Math.min(Math.max(1, SIGNS.indexOf(signs[0])), latest));
    const codes = signs.length % size ? [] : signs.match(new RegExp(`.{${size}}`, "g"));
    if (!codes.length) return [{ given, wrong: `It has ${signs.length} letters and digits. A code has ${size}.` }];
    return codes.map((code) => ({ given: codes.length > 1 ? grouped(code) : given, code, ...decode(code) }));
  });
}

// What has changed since a code was made
function changesSince(edition) {
  const [then, now] = [askedIn(edition), askedIn(latest)];
  return [
    ...then.filter((one) => !now.includes(one)).map(({ text }) => `No longer asked: “${text}”`),
    ...now.filter((one) => !then.includes(one)).map(({ text }) => `New since then: “${text}”`),
  ];
}

function tell(id, lead, items) {
  const list = element("ul");
  list.append(...items.map((text) => element("li", text)));
  byId(id).replaceChildren(...(items.length ? [element("p", lead), list] : []));
}

// Answers

const given = () => Object.fromEntries([...new FormData(form)].map(([id, value]) => [id, Number(value)]));

function showCode() {
  const [answers, asked] = [given(), askedIn(latest)];
  const number = Object.keys(answers).length;
  byId("answered").textContent = number ? `${number} of ${asked.length} answered.` : `None of ${asked.length} answered yet.`;
  byId("code").textContent = number ? grouped(encode(answers)) : "";
  for (const name of ["copy-code", "copy-link", "clear"]) byId(name).disabled = !number;
}

const linkTo = (state) => `${location.href.split("#")[0]}#${state}`;
const own = () => linkTo(`a=${encode(given())}`);

async function copy(text, what, status) {
  try {
    await navigator.clipboard.writeText(text);
    byId(status).textContent = `Copied: ${what}.`;
  } catch {
    byId(status).textContent = `The browser did not allow copying. Here it is: ${text}`;
  }
}

// A group

function spreadOf(statement, people) {
  const answers = people.map((answers) => answers[statement.id]).filter((answer) => answer !== undefined);
  const numbers = answers.filter(Boolean).sort();
  const pairs = numbers.flatMap((one, at) => numbers.slice(at + 1).map((other) => other - one));
  const counts = [1, 2, 3, 4, 5, 0].map((value) => answers.filter((answer) => answer === value).length);
  const apart = pairs.length ? pairs.reduce((all, by) => all + by, 0) / pairs.length : -1;
  return { ...statement, answers, numbers, counts, apart, range: numbers.length ? numbers.at(-1) - numbers[0] : 0 };
}

function saidOf({ numbers, counts, until }) {
  const named = (value) => `${value} (${WORDS[value]})`;
  const [low, high, unknown] = [numbers[0], numbers.at(-1), counts[5]];
  const said = [];
  if (numbers.length < 2) said.push(numbers.length ? `Only one of you gave a number, ${named(low)}.` : "None of you gave a number.");
  else said.push(low === high ? `You all said ${named(low)}.` : `From ${named(low)} to ${named(high)}.`);
  if (unknown) said.push(unknown === 1 ? "One of you doesn't know." : `${unknown} of you don't know.`);
  if (until < Infinity) said.push("This is no longer asked.");
  return said.join(" ");
}

const LABELS = ["1", "2", "3", "4", "5", "?"];

function show(spread) {
  const { card, counts } = spread;
  const told = counts.flatMap((number, at) => (number ? [`${at < 5 ? LABELS[at] : WORDS[0]}: ${count(number)}`] : []));
  card.querySelector(".differ__said").textContent = saidOf(spread);
  const strip = card.querySelector(".differ__strip");
  strip.ariaLabel = told.join(", ");
  strip.replaceChildren(
    ...counts.map((number, at) => {
      const column = element("span", "", { className: "differ__answer" });
      column.append(element("span", "●".repeat(number), { className: "differ__dots" }), element("span", LABELS[at]));
      return column;
    }),
  );
}

function row({ id, text, counts, apart }) {
  const tr = element("tr");
  tr.setAttribute("role", "row");
  const cells = [element("th", `${id.toUpperCase()} ${text}`, { scope: "row" }), ...[...counts, apart < 0 ? "–" : apart.toFixed(1)].map((value) => element("td", value))];
  cells.forEach((cell, at) => cell.setAttribute("role", at ? "cell" : "rowheader"));
  tr.append(...cells);
  return tr;
}

function together(text) {
  const read = readCodes(text);
  const sound = [...new Map(read.filter(({ code, wrong }) => code && !wrong).map((one) => [one.code, one])).values()];
  const twice = read.filter((one) => !one.wrong && !sound.includes(one)).length;
  tell("wrong", "Look at these again:", [
    ...read.filter(({ wrong }) => wrong).map(({ given, wrong }) => `“${given.trim()}” is not a code. ${wrong}`),
    ...(twice ? ["The same code is here more than once. It is counted once, even if two of you gave the same answers."] : []),
    ...(sound.length < 2 ? [sound.length ? "There is only one code. Add those of the others." : "There is no code yet. Add those of your group."] : []),
  ]);
  byId("codes").ariaInvalid = String(read.some(({ wrong }) => wrong));
  byId("result").hidden = sound.length < 2;
  page.dataset.prints = sound.length < 2 ? "papers" : "result";
  if (sound.length > 1) {
    const people = sound.map(({ answers }) => answers);
    const spreads = statements.map((one) => spreadOf(one, people)).filter(({ answers }) => answers.length);
    spreads.sort((one, other) => other.apart - one.apart || other.range - one.range || other.counts[5] - one.counts[5]);
    byId("differ").textContent = `Where you differ, ${sound.length} people`;
    tell("changed", "The statements have changed since some of these codes were made:", [...new Set(sound.flatMap(({ edition }) => changesSince(edition)))]);
    spreads.forEach(show);
    document.querySelector(".differs").replaceChildren(...spreads.map(({ card }) => card));
    document.querySelector(".spread tbody").replaceChildren(...spreads.map(row));
    history.replaceState(null, "", linkTo(`codes=${sound.map(({ code }) => code).join()}`));
  }
  return sound.length < 2 || read.some(({ wrong }) => wrong) ? byId("codes") : byId("differ");
}

// What the address asks for. A place on the page is not what it holds.
function open() {
  const [kind, text = ""] = location.hash.slice(1).split("=");
  if (kind === "codes") {
    byId("codes").value = readCodes(text).map(({ given, code }) => (code ? grouped(code) : given)).join("\n");
    together(text).scrollIntoView();
  } else if (kind === "a") {
    const [{ wrong, edition, answers } = { wrong: "It is empty." }] = readCodes(text);
    if (wrong) return tell("told", "The code in the address doesn't work.", [wrong]);
    form.reset();
    for (const { id } of askedIn(latest)) if (answers[id] !== undefined) form.elements[id].value = answers[id];
    tell("told", "The statements have changed since this code was made. Your answers to those that are still asked are below.", changesSince(edition));
    showCode();
  } else if (new FormData(form).keys().next().value) {
    history.replaceState(null, "", own());
  }
}

form.addEventListener("change", () => {
  showCode();
  history.replaceState(null, "", own());
});
byId("clear").addEventListener("click", () => {
  form.reset();
  showCode();
  tell("told", "", []);
  history.replaceState(null, "", location.pathname);
  byId("copied").textContent = "Your answers are cleared.";
});
byId("copy-code").addEventListener("click", () => copy(byId("code").textContent, "the code", "copied"));
byId("copy-link").addEventListener("click", () => copy(own(), "the link", "copied"));
byId("copy-result").addEventListener("click", () => copy(linkTo(`codes=${readCodes(byId("codes").value).flatMap(({ code, wrong }) => (wrong ? [] : [code])).join()}`), "the link", "shared"));
byId("collect").addEventListener("submit", (event) => {
  event.preventDefault();
  together(byId("codes").value).focus();
});
byId("print-result").addEventListener("click", () => print());
byId("print-papers").addEventListener("click", () => {
  const before = page.dataset.prints;
  page.dataset.prints = "papers";
  addEventListener("afterprint", () => (page.dataset.prints = before), { once: true });
  print();
});
// A busy browser tells of a move after what was typed since then, which has written another address.
addEventListener("hashchange", ({ newURL }) => newURL === location.href && open());
page.dataset.prints = "papers";
showCode();
open();
