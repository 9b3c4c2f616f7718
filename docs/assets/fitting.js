// The activities that fit the time and the people. What is asked stands in the address.
const form = document.getElementById("fitting");
const { minutes, people } = form.elements;
const cards = [...document.querySelectorAll("#fitting ~ .cards > .card")];

function show() {
  const asked = [minutes, people].some((field) => field.value);
  const fits = ({ dataset: { minutes: lasts, fewest, most } }) =>
    lasts &&
    (!minutes.value || Number(lasts) <= Number(minutes.value)) &&
    (!people.value || (Number(fewest) <= Number(people.value) && Number(people.value) <= Number(most)));
  for (const card of cards) card.hidden = asked && !fits(card);
  const shown = cards.filter((card) => !card.hidden).length;
  form.querySelector("[role=status]").textContent = asked ? `${shown} of ${cards.length} fit.` : "";
}

function fromAddress() {
  const asked = new URLSearchParams(location.search);
  for (const field of [minutes, people]) field.value = asked.get(field.name) ?? "";
  show();
}

form.addEventListener("input", () => {
  const asked = new URLSearchParams([minutes, people].filter((field) => field.value).map((field) => [field.name, field.value]));
  history.replaceState(null, "", asked.size ? `?${asked}` : location.pathname);
  show();
});
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("popstate", fromAddress);
fromAddress();
