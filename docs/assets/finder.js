// The finder: words and filters over all entries. What is chosen stands in the address.
const { root, search } = document.querySelector("script[data-root]").dataset;
const { find, page, choices, card } = await import(new URL(search, location.href));
const home = new URL(root, location.href);
const STEP = 24;

const form = document.getElementById("finder");
const list = document.getElementById("found");
const count = document.querySelector(".finder__count");
const more = document.querySelector(".finder__more");
const clear = document.querySelector(".finder__clear");
// Several choices in a group widen it, several groups narrow the list.
const groups = [...form.querySelectorAll("details")].map((details) => [details, [...details.querySelectorAll("input")]]);
const entries = await choices(home);
let room = STEP;

const chosen = () => groups.map(([, boxes]) => boxes.flatMap((box, at) => (box.checked ? [at] : [])));
const meets = (entry, wanted, at) => !wanted[at].length || wanted[at].some((choice) => entry[at].includes(choice));

let latest = 0;
async function answer() {
  const mine = (latest += 1);
  const question = form.elements.q.value;
  const wanted = chosen();
  const scores = question.trim() ? new Map(await find(home, question)) : null;
  if (mine !== latest) return;
  const numbers = [...entries.keys()].filter((number) => !scores || scores.has(number));
  const score = (number) => scores?.get(number) ?? 0;
  const met = (number) => groups.filter((_, at) => meets(entries[number], wanted, at)).length;
  let found = numbers.filter((number) => met(number) === groups.length);
  const nearest = !found.length && numbers.length;
  // Nothing meets all that was asked: the entries that meet most of it.
  if (nearest) {
    const best = Math.max(...numbers.map(met));
    found = numbers.filter((number) => met(number) === best);
  }
  found.sort((a, b) => score(b) - score(a) || a - b);
  const cards = await Promise.all(found.slice(0, room).map((number) => page(home, number)));
  if (mine !== latest) return;
  list.replaceChildren(...cards.map((one) => card(one, home)));
  more.hidden = found.length <= room;
  const many = `${found.length} ${found.length === 1 ? "entry" : "entries"}`;
  count.textContent = nearest ? `No match for all of it. Nearest: ${many}.` : found.length ? `${many}.` : "No entry has these words. Try others, or fewer.";
  clear.hidden = !wanted.some((group) => group.length);
  showNumbers(numbers, wanted);
}

// Beside each choice: how many entries there would be with it, all other groups as they are.
function showNumbers(numbers, wanted) {
  groups.forEach(([details, boxes], at) => {
    const fitting = numbers.filter((number) => groups.every((_, other) => other === at || meets(entries[number], wanted, other)));
    boxes.forEach((box, choice) => {
      box.parentElement.querySelector(".finder__number").textContent = fitting.filter((number) => entries[number][at].includes(choice)).length;
    });
    details.querySelector(".finder__chosen").textContent = wanted[at].length ? `: ${wanted[at].length} chosen` : "";
  });
}

function fromAddress() {
  const asked = new URLSearchParams(location.search);
  form.elements.q.value = asked.get("q") ?? "";
  for (const box of form.querySelectorAll("input[type=checkbox]")) {
    box.checked = asked.getAll(box.name).includes(box.value);
    if (box.checked) box.closest("details").open = true;
  }
  return answer();
}

function toAddress() {
  const asked = new URLSearchParams(new FormData(form));
  if (!asked.get("q")) asked.delete("q");
  history.replaceState(null, "", asked.size ? `?${asked}` : location.pathname);
}

form.addEventListener("input", () => {
  room = STEP;
  toAddress();
  answer();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  count.scrollIntoView();
});
clear.addEventListener("click", () => {
  for (const box of form.querySelectorAll("input:checked")) box.checked = false;
  toAddress();
  answer();
  form.elements.q.focus();
});
more.addEventListener("click", async () => {
  const first = room;
  room += STEP;
  await answer();
  list.children[first]?.querySelector("a").focus();
});
addEventListener("popstate", fromAddress);
await fromAddress();
