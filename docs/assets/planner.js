// The planner. The whole plan stands in the address, as
// #v=1&name=..&date=2026-12-03&start=09:30&end=13:00&people=20&from=d02&plan=15:Arrive,w02:15,w05:25/35
// A part of the guide's has its id and its minutes, and those that the guide gave it if they differ; a
// part of one's own has its minutes and its name. `from` is the plan it began as.
const byId = (id) => document.getElementById(id);
const home = new URL(document.querySelector("script[data-root]").dataset.root, location.href);
const short = document.querySelector("script[data-short]").dataset.short;
const { activities, plans, gone } = JSON.parse(byId("known").textContent);
// What can be added, by id; the picker shows titles with a badge behind them.
const pages = new Map([...byId("pages").options].map(({ value, dataset: { id, path } }) => [id, { id, path, value, title: value.replace(/ \([^()]*\)$/, "") }]));
const VERSION = "1";
// For a page of the guide that is no activity.
const MINUTES = 10;
const FIELDS = ["name", "date", "start", "end", "people"];
const FRESH = { name: "", date: "", start: "09:30", end: "", people: "20" };
const form = byId("session");
const list = byId("parts");

let parts = [];
let from = "";

const element = (name, text = "", set = {}) => Object.assign(document.createElement(name), { textContent: text }, set);
const count = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;
const whole = (value, most = 600) => Math.min(most, Math.max(1, Math.round(Number(value)) || 1));
const people = () => whole(form.elements.people.value, 500);
const minutesOf = (time) => time.split(":").reduce((hours, minutes) => hours * 60 + Number(minutes), 0);
const clock = (minutes) => `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
// The plan that this one began as may call an activity by a name of its own.
const calledThere = (id) => plans[from]?.steps.find(({ run, what }) => run === id && what)?.what;
const nameOf = (part) => (part.id ? (calledThere(part.id) ?? pages.get(part.id).title) : part.name || "No name yet");
const activityOf = (part) => activities[part.id];
const pathOf = (part) => new URL(pages.get(part.id).path, home);
const isScenario = (part) => Boolean(part.id) && pathOf(part).pathname.includes("/scenarios/");
const shortOf = (part) => `${short.replace(/\/$/, "")}/${part.id}/`;

// What a part does and says: the steps of an activity, or what the plans say of a part with this name.
function stepsOf(part) {
  if (activityOf(part)) return activityOf(part).steps;
  if (part.id) return [{ does: `Read or talk through: ${shortOf(part).replace(/^https?:\/\//, "")}` }];
  const steps = [plans[from], ...Object.values(plans)].flatMap((plan) => plan?.steps ?? []);
  const step = steps.find((one) => one.what && one.what.toLowerCase() === part.name.toLowerCase());
  return step ? [step] : [];
}

// Each part with the time at which it begins, in minutes since midnight.
function timed() {
  let now = minutesOf(form.elements.start.value || FRESH.start);
  return parts.map((part) => {
    const start = now;
    now += part.minutes;
    return [part, start];
  });
}

// The address

const written = (text) => encodeURIComponent(text).replaceAll("%20", "+");

function read(text) {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

function address() {
  const fields = FIELDS.map((name) => [name, written(form.elements[name].value).replaceAll("%3A", ":")]);
  const told = parts.map(({ id, name, minutes, base }) => {
    if (!id) return `${minutes}:${written(name)}`;
    return `${id}:${minutes}${base && base !== minutes ? `/${base}` : ""}`;
  });
  const all = [["v", VERSION], ...fields, ["from", parts.length ? from : ""], ["plan", told.join(",")]];
  return `#${all.filter(([, value]) => value).map((pair) => pair.join("=")).join("&")}`;
}

// A new part, an order or a removal can be undone by Back; what is typed, letter by letter, cannot.
function keep(anew) {
  const now = address() + (location.hash.match(/&present-\d+$/)?.[0] ?? "");
  if (now !== location.hash) history[anew ? "pushState" : "replaceState"](null, "", now);
}

function open() {
  const asked = Object.fromEntries(location.hash.slice(1).split("&").map((pair) => pair.split(/=(.*)/s)));
  const changes = [];
  const ready = Object.hasOwn(plans, asked.from ?? "") && plans[asked.from];
  from = ready ? asked.from : "";
  const usual = { ...FRESH, start: ready ? ready.start : FRESH.start };
  for (const name of FIELDS) form.elements[name].value = read(asked[name] ?? usual[name]);
  form.elements.people.value = people();
  if (ready && !asked.plan) {
    parts = partsOf(ready);
  } else {
    parts = (asked.plan ?? "").split(",").filter(Boolean).map((text) => readPart(text, changes));
  }
  if (asked.v && asked.v !== VERSION) changes.unshift([`This address is of a kind (${asked.v}) that this page does not know. What could be read of it is below.`]);
  tell(changes);
  draw();
  if (!changes.length) keep(false);
}

const partsOf = ({ steps }) => steps.map(({ run, what, minutes }) => newPart(run ? { id: run } : { name: what, minutes }));

function newPart({ id = "", name = "", minutes, base }) {
  const given = activities[id]?.minutes;
  return { id, name, minutes: whole(minutes ?? given ?? MINUTES), base: base ?? given };
}

// A part as the address has it; what the guide has changed since goes to `changes`.
function readPart(text, changes) {
  const [first, rest = ""] = text.split(/:(.*)/s);
  if (/^\d+$/.test(first)) return newPart({ name: read(rest), minutes: first });
  const [minutes, base = minutes] = rest.split("/");
  const part = newPart({ id: read(first), minutes: minutes || undefined, base: base ? whole(base) : undefined });
  if (!pages.has(part.id)) return without(part, changes);
  const given = activityOf(part)?.minutes;
  if (given && part.base !== given) {
    const fact = `“${nameOf(part)}” took ${part.base} minutes in the guide when this plan was made, and now takes ${given}. Your plan has ${part.minutes}.`;
    changes.push([fact, `Take ${given} minutes`, () => (part.minutes = part.base = given), `Leave ${part.minutes}`, () => (part.base = given)]);
  }
  return part;
}

function without({ id, minutes }, changes) {
  const { title, replaced } = Object.hasOwn(gone, id) ? gone[id] : { title: id.toUpperCase(), replaced: [] };
  const part = newPart({ name: title, minutes });
  const instead = replaced.filter((other) => pages.has(other));
  const offers = instead.flatMap((other) => [
    `Take “${pages.get(other).title}”`,
    () => Object.assign(part, newPart({ id: other, minutes })),
  ]);
  const fact = `“${title}” ${instead.length ? "has been withdrawn and replaced" : "is no longer in the guide"}. It is kept as a part of your own.`;
  changes.push([fact, ...offers]);
  return part;
}

function tell(changes) {
  byId("told").hidden = !changes.length;
  byId("told").querySelector("ul").replaceChildren(
    ...changes.map(([fact, ...offers]) => {
      const item = element("li", `${fact} `);
      for (let at = 0; at < offers.length; at += 2) {
        const button = element("button", offers[at], { type: "button", className: "button" });
        button.addEventListener("click", () => {
          offers[at + 1]();
          draw();
          keep(true);
          item.remove();
          byId("told").hidden = !byId("told").querySelector("li");
          say(`Done: ${offers[at].toLowerCase()}.`);
          list.querySelector("input, button").focus();
        });
        item.append(button, " ");
      }
      return item;
    }),
  );
}

// The list of parts

const say = (text) => (byId("said").textContent = text);
const place = (part) => `place ${parts.indexOf(part) + 1} of ${parts.length}`;

function row(part) {
  const item = byId("part").content.cloneNode(true).firstElementChild;
  const name = item.querySelector(".part__name");
  const minutes = item.querySelector(".part__minutes input");
  if (part.id) {
    name.append(element("a", nameOf(part), { href: pathOf(part) }));
  } else {
    const input = element("input", "", { value: part.name, maxLength: 80, ariaLabel: "Name of this part" });
    input.addEventListener("input", () => {
      part.name = input.value;
      reckon();
      keep(false);
    });
    name.append(input);
  }
  minutes.value = part.minutes;
  minutes.addEventListener("input", () => {
    if (!minutes.value) return;
    part.minutes = whole(minutes.value);
    reckon();
    keep(false);
  });
  minutes.addEventListener("change", () => (minutes.value = part.minutes));
  for (const button of item.querySelectorAll("button")) {
    button.addEventListener("click", () => (button.dataset.by ? move(part, Number(button.dataset.by), button) : remove(part)));
  }
  item.addEventListener("keydown", (event) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by || !event.altKey) return;
    event.preventDefault();
    move(part, by, event.target);
  });
  drag(part, item);
  return item;
}

function draw() {
  for (const part of parts) part.row = row(part);
  list.replaceChildren(...parts.map((part) => part.row));
  reckon();
}

// The row goes where the pointer is; the other rows make room.
function drag(part, item) {
  const grip = item.querySelector(".part__grip");
  grip.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    item.classList.add("part--dragged");
  });
  grip.addEventListener("pointermove", (event) => {
    if (!grip.hasPointerCapture(event.pointerId)) return;
    const middle = (one) => one.row.getBoundingClientRect().top + one.row.offsetHeight / 2;
    const others = parts.filter((one) => one !== part);
    const to = others.filter((one) => middle(one) < event.clientY).length;
    if (to !== parts.indexOf(part)) put(part, to);
  });
  grip.addEventListener("lostpointercapture", () => {
    item.classList.remove("part--dragged");
    keep(true);
    say(`“${nameOf(part)}” is at ${place(part)}.`);
  });
}

// The other rows move, so that the one at hand keeps the pointer and the focus.
function put(part, to) {
  parts.splice(parts.indexOf(part), 1);
  parts.splice(to, 0, part);
  for (const one of parts.slice(0, to)) part.row.before(one.row);
  for (const one of parts.slice(to + 1).reverse()) part.row.after(one.row);
  reckon();
}

function move(part, by, focused) {
  const to = parts.indexOf(part) + by;
  if (to < 0 || to >= parts.length) return say(`“${nameOf(part)}” is at ${place(part)} already.`);
  put(part, to);
  keep(true);
  focused.focus();
  part.row.scrollIntoView({ block: "nearest" });
  say(`“${nameOf(part)}” moved to ${place(part)}. It begins at ${part.row.querySelector(".part__time").textContent}.`);
}

function remove(part) {
  const at = parts.indexOf(part);
  parts.splice(at, 1);
  part.row.remove();
  reckon();
  keep(true);
  (parts[Math.min(at, parts.length - 1)]?.row.querySelector("[data-by='']") ?? byId("wanted")).focus();
  say(`“${nameOf(part)}” removed. ${count(parts.length, "part")} left.`);
}

function add(name, more) {
  const [first] = more;
  parts.push(...more);
  for (const part of more) part.row = row(part);
  list.append(...more.map((part) => part.row));
  reckon();
  keep(true);
  say(`“${name}” added at ${place(first)}. It begins at ${first.row.querySelector(".part__time").textContent}.`);
}

// Times, and what the parts need together

function ending(end) {
  if (!parts.length) return "";
  const lasts = parts.reduce((sum, part) => sum + part.minutes, 0);
  const [hours, rest] = [Math.floor(lasts / 60), lasts % 60];
  const length = [hours && count(hours, "hour"), rest && count(rest, "minute")].filter(Boolean).join(" ");
  const over = form.elements.end.value ? end - minutesOf(form.elements.end.value) : 0;
  const when = `${length}: ends at ${clock(end)}${end >= 1440 ? " the next day" : ""}`;
  if (!form.elements.end.value) return `${when}.`;
  if (!over) return `${when}, as it should.`;
  return over > 0 ? `${when}, ${count(over, "minute")} too late.` : `${when}, with ${count(-over, "minute")} to spare.`;
}

const copiesOf = ({ copies, people: { group } }) => (copies.person ?? 0) * people() + (copies.group ?? 0) * Math.ceil(people() / group);

function needed() {
  const run = parts.filter(activityOf);
  const all = (tell) => [...new Set(run.flatMap((part) => tell(activityOf(part), part)))];
  return {
    Copy: all((activity, part) => (copiesOf(activity) ? [`${copiesOf(activity)} × ${nameOf(part)}`] : [])),
    Bring: all((activity) => activity.materials),
    Room: all((activity) => activity.room.replace(/\.$/, "").split("; ")),
    "Before the day": all(({ lead }) => (lead.startsWith("None") ? [] : [lead.replace(/\.$/, "")])),
  };
}

// What does not fit: too few or too many people, something that an activity needs and that is not there.
function notes() {
  const acted = parts.some(isScenario) ? [] : parts.filter((part) => activityOf(part)?.needs.includes("scenario"));
  const found = acted.length ? [`A scenario is needed for ${acted.map((part) => `“${nameOf(part)}”`).join(", ")}. Add one of the guide's, or have people bring their own.`] : [];
  return parts.flatMap((part, at) => {
    if (!activityOf(part)) return [];
    const { people: { fewest, most }, needs } = activityOf(part);
    const before = parts.slice(0, at).map((one) => one.id);
    const missing = needs.filter((need) => need !== "scenario" && !before.includes(need));
    const misfit = people() < fewest ? "fewer" : people() > most ? "more" : "";
    return [
      ...(misfit ? [`“${nameOf(part)}” is for ${fewest} to ${most} people; you have ${misfit}.`] : []),
      ...missing.map((need) => `“${nameOf(part)}” needs “${nameOf({ id: need })}” before it.`),
    ];
  }).concat(found);
}

function reckon() {
  const times = timed();
  for (const [part, start] of times) {
    const [up, down, gone] = part.row.querySelectorAll("button");
    part.row.querySelector(".part__time").textContent = clock(start);
    part.row.querySelector(".part__minutes input").ariaLabel = `Minutes for ${nameOf(part)}`;
    up.ariaLabel = `Move up: ${nameOf(part)}`;
    down.ariaLabel = `Move down: ${nameOf(part)}`;
    gone.ariaLabel = `Remove ${nameOf(part)}`;
  }
  const end = times.length ? times.at(-1)[1] + parts.at(-1).minutes : 0;
  const ends = byId("ends");
  if (ends.textContent !== ending(end)) ends.textContent = ending(end);
  ends.classList.toggle("planner__ends--over", ends.textContent.endsWith("late."));
  byId("none").hidden = parts.length > 0;
  byId("paper").hidden = !parts.length;
  byId("pack").replaceChildren();
  runSheet(times);
}

// On paper

function runSheet(times) {
  const { name, date } = form.elements;
  byId("run-title").textContent = name.value || (from ? pages.get(from).title : "Run sheet");
  byId("when").textContent = [date.value && day(date.value), count(people(), "person", "people"), byId("ends").textContent].filter(Boolean).join(". ");
  byId("notes").replaceChildren(...notes().map((text) => element("li", text)));
  byId("bring").replaceChildren(
    ...Object.entries(needed()).flatMap(([what, items]) =>
      items.length ? [element("dt", what === "Copy" ? `Copy, for ${people()} people` : what), ...items.map((item) => element("dd", item))] : [],
    ),
  );
  byId("run").replaceChildren(...times.flatMap(([part, start]) => rowsOf(part, start)));
  byId("late").textContent = from ? `“${pages.get(from).title}” says for when you run late: ${plans[from].leaves_out}` : "";
  const sheets = new Map(parts.filter(sheetOf).map((part) => [String(sheetOf(part)), nameOf(part)]));
  byId("sheets").hidden = !sheets.size;
  byId("sheets").querySelector("ol").replaceChildren(
    ...[...sheets].map(([href, name]) => {
      const item = element("li");
      item.append(element("a", name, { href }));
      return item;
    }),
  );
}

const day = (date) => new Date(`${date}T12:00`).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric" });

function line(time, does, says, className = "") {
  const texts = { Time: time, "What happens": does, "What you could say": says && `“${says}”` };
  const tr = element("tr", "", { className });
  tr.setAttribute("role", "row");
  for (const [label, text] of Object.entries(texts)) {
    const td = element("td");
    td.setAttribute("role", "cell");
    td.dataset.label = label;
    td.append(text);
    tr.append(td);
  }
  return tr;
}

function rowsOf(part, start) {
  const head = element("span");
  head.append(element("strong", nameOf(part) || "?"), `, ${part.minutes} min`);
  const given = activityOf(part)?.minutes;
  const less = given && given !== part.minutes ? [line("", `These steps take ${given} minutes; you have ${part.minutes}.`, "")] : [];
  const steps = stepsOf(part).map((step) => {
    const what = element("span");
    if (step.who) what.append(element("em", `${step.who}: `));
    what.append(step.does);
    return line(given ? `${step.minutes} min` : "", what, step.says ?? "");
  });
  return [line(clock(start), head, "", "run__part"), ...less, ...steps];
}

// The sheet of an activity and the page of a scenario are what people get in their hands.
function sheetOf(part) {
  if (activityOf(part)) return new URL(`${part.id}/sheet/`, home);
  return isScenario(part) ? pathOf(part) : null;
}

async function loadSheets() {
  const links = [...byId("sheets").querySelectorAll("ol a")];
  try {
    const texts = await Promise.all(links.map((link) => fetch(link.href).then((answer) => (answer.ok ? answer.text() : Promise.reject()))));
    byId("pack").replaceChildren(...texts.flatMap(papersOf));
    status(`${count(links.length, "sheet")} below. Print this page.`);
  } catch {
    status("The sheets could not be fetched. Open them one by one.");
  }
}

function papersOf(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const papers = [...page.querySelectorAll(".paper")];
  if (papers.length) return papers;
  const paper = element("section", "", { className: "paper" });
  const entry = page.querySelector(".entry");
  paper.append(element("h2", entry.querySelector("h1").textContent), ...entry.querySelectorAll(":scope > .editors"));
  for (const link of paper.querySelectorAll("a")) link.replaceWith(link.textContent);
  for (const named of paper.querySelectorAll("[id]")) named.removeAttribute("id");
  return [paper];
}

// The calendar: RFC 5545, one event for each part, in the time of wherever it is opened.

const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");

// Lines of at most 75 octets; no character is cut in two.
function folded(text) {
  const size = (letters) => new TextEncoder().encode(letters).length;
  const lines = [""];
  for (const letter of text) {
    if (size(lines.at(-1) + letter) > 75) lines.push(" ");
    lines[lines.length - 1] += letter;
  }
  return lines.join("\r\n");
}

const inOneLine = ({ who, does, says }) => `${who ? `${who}: ` : ""}${does}${says ? ` “${says}”` : ""}`;

function calendar() {
  const now = new Date();
  const stamp = (date) => date.toISOString().replace(/[-:]|\.\d+/g, "");
  const local = (minutes) => stamp(new Date(Date.parse(`${form.elements.date.value}T00:00Z`) + minutes * 60000)).slice(0, -1);
  const events = timed().flatMap(([part, start], at) => [
    "BEGIN:VEVENT",
    `UID:${now.getTime()}-${at + 1}@${location.hostname}`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART:${local(start)}`,
    `DTEND:${local(start + part.minutes)}`,
    `SUMMARY:${escaped(nameOf(part))}`,
    `DESCRIPTION:${escaped(stepsOf(part).map(inOneLine).join("\n"))}`,
    ...(part.id ? [`URL:${shortOf(part)}`] : []),
    "END:VEVENT",
  ]);
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", `PRODID:-//${location.hostname}//planner//EN`, ...events, "END:VCALENDAR", ""];
  return lines.map(folded).join("\r\n");
}

// What the buttons and forms do

const status = (text) => (document.querySelector(".actions__status").textContent = text);

form.addEventListener("input", () => {
  reckon();
  keep(false);
});
form.addEventListener("submit", (event) => event.preventDefault());

byId("from-guide").addEventListener("submit", (event) => {
  event.preventDefault();
  const { wanted } = event.target.elements;
  const asked = wanted.value.trim().toLowerCase();
  const known = [...pages.values()];
  const found = known.find(({ id, value, title }) => [id, value.toLowerCase(), title.toLowerCase()].includes(asked)) ?? known.find(({ value }) => value.toLowerCase().includes(asked));
  if (!found) return say(`The guide has no page called “${wanted.value}”. Try another word of its title.`);
  add(found.title, Object.hasOwn(plans, found.id) ? partsOf(plans[found.id]) : [newPart({ id: found.id })]);
  wanted.value = "";
});

byId("of-own").addEventListener("submit", (event) => {
  event.preventDefault();
  const { own, lasts } = event.target.elements;
  const part = newPart({ name: own.value.trim(), minutes: lasts.value });
  add(nameOf(part), [part]);
  own.value = "";
});

byId("copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(location.href);
    status("Copied: the address of this plan.");
  } catch {
    status("The browser did not allow copying. Copy the address from the bar at the top of the window.");
  }
});
byId("print").addEventListener("click", () => print());
byId("load").addEventListener("click", loadSheets);
byId("calendar").addEventListener("click", () => {
  if (!parts.length || !form.elements.date.value) {
    status(parts.length ? "Choose the date first." : "There is nothing in the plan yet.");
    return form.elements.date.focus();
  }
  const file = new Blob([calendar()], { type: "text/calendar" });
  const link = element("a", "", { href: URL.createObjectURL(file), download: "session.ics" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  status("The calendar file is among your downloads.");
});

addEventListener("hashchange", open);
open();
