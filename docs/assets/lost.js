// On the page for addresses that lead nowhere: recognises an id in whatever case or with a slip, old
// endings, and otherwise offers what a search for the words of the address finds.
(async () => {
  const { root, search } = document.querySelector("script[data-root]").dataset;
  const home = new URL(root, location.href);
  const prefixes = JSON.parse(document.querySelector(".lost").dataset.prefixes);
  const asked = decodeURIComponent(location.pathname)
    .slice(home.pathname.length)
    .toLowerCase()
    .replace(/(\/index)?\.(html?|md)$/, "")
    .replace(/[\s_]+/g, "-")
    .replace(/^\/+|\/+$/g, "");

  // "m5", "M005", "m-05" and "mindsets/5" all mean m05; folders are known by their prefix.
  function idIn(text) {
    const named = text.match(/^(?:.*\/)?([a-z])-?0*(\d{1,3})(?:-.*)?$/);
    const listed = text.match(/^([a-z]+)\/0*(\d{1,3})$/);
    const prefix = named ? named[1] : listed && prefixes[listed[1]];
    const number = (named || listed || [])[2];
    return prefix && number ? prefix + number.padStart(2, "0") : "";
  }

  for (const path of new Set([asked, idIn(asked)])) {
    const address = new URL(`${path}/`, home);
    if (path && address.pathname !== location.pathname && (await fetch(address, { method: "HEAD" })).ok) {
      location.replace(address + location.hash);
      return;
    }
  }
  const { find, page } = await import(new URL(search, location.href));
  const found = (await find(home, asked.split("/").pop().replace(/-/g, " "))).slice(0, 3);
  const guess = document.querySelector(".lost__guess");
  for (const [place, [number]] of found.entries()) {
    const [, , , title, path] = await page(home, number);
    const link = Object.assign(document.createElement("a"), { href: new URL(path, home), textContent: title });
    guess.append(place ? ", or " : "Did you mean ", link);
  }
  if (found.length) guess.append("?");
})();
