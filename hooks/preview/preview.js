// Loads the page anew when its edition is no longer the latest, and shows what is wrong in the guide.

const { version, file } = document.currentScript.dataset;
const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: "/-/preview.css" });
document.head.append(style);

const panel = Object.assign(document.createElement("details"), { id: "preview-problems", hidden: true });
panel.setAttribute("role", "status");
document.body.append(panel);

function line([path, number, code, fact, hint]) {
  const item = document.createElement("li");
  const place = Object.assign(document.createElement("b"), { textContent: `${path}:${number}` });
  item.append(place, ` ${code} ${fact}`);
  if (hint) item.append(Object.assign(document.createElement("i"), { textContent: hint }));
  return item;
}

function show(problems) {
  const here = problems.filter(([path]) => path === file);
  const others = problems.filter(([path]) => path !== file);
  const count = (list) => `${list.length} problem${list.length === 1 ? "" : "s"}`;
  const summary = Object.assign(document.createElement("summary"), {
    textContent: `${count(here)} in this page, ${others.length} elsewhere`,
  });
  const list = document.createElement("ul");
  list.append(...here.map(line), ...others.map(line));
  panel.replaceChildren(summary, list);
  panel.open = here.length > 0 || !file;
  panel.hidden = problems.length === 0;
}

new EventSource("/-/events").onmessage = ({ data }) => {
  const state = JSON.parse(data);
  if (state.version !== version) location.reload();
  else if (state.problems) show(state.problems);
};
