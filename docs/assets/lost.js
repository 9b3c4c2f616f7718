// On the page for addresses that lead nowhere: recognises an id in whatever case or with a slip, old
// endings, and otherwise offers the nearest pages.
(() => {
  const box = document.querySelector(".lost");
  const addresses = JSON.parse(box.dataset.addresses);
  const root = new URL(box.dataset.root, location.href);
  const asked = decodeURIComponent(location.pathname)
    .slice(root.pathname.length)
    .toLowerCase()
    .replace(/(\/index)?\.(html?|md)$/, "")
    .replace(/[\s_]+/g, "-")
    .replace(/^\/+|\/+$/g, "");

  // "m5", "M005", "m-05" and "mindsets/5" all mean m05; addresses know folders by their prefix.
  function idIn(text) {
    const named = text.match(/^(?:.*\/)?([a-z])-?0*(\d{1,3})(?:-.*)?$/);
    const listed = text.match(/^([a-z]+)\/0*(\d{1,3})$/);
    const prefix = named ? named[1] : listed && addresses.prefixes[listed[1]];
    const number = (named || listed || [])[2];
    return prefix && number ? prefix + number.padStart(2, "0") : "";
  }

  function distance(a, b) {
    let row = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= b.length; j += 1) {
        next.push(Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
      }
      row = next;
    }
    return row[b.length];
  }

  const pages = Object.entries(addresses.pages);
  const exact = pages.find(([id, page]) => id === idIn(asked) || page.path === asked);
  if (exact) {
    location.replace(new URL(`${exact[1].path}/${location.hash}`, root));
    return;
  }
  const last = asked.split("/").pop();
  const near = pages
    .map(([id, page]) => [Math.min(distance(last, page.path.split("/").pop()), distance(last, id)), page])
    .filter(([far]) => far <= Math.max(2, last.length / 2))
    .sort((a, b) => a[0] - b[0])
    .slice(0, 3);
  const guess = document.querySelector(".lost__guess");
  near.forEach(([, page], place) => {
    const link = document.createElement("a");
    link.href = new URL(`${page.path}/`, root);
    link.textContent = page.title;
    guess.append(place ? ", or " : "Did you mean ", link);
  });
  if (near.length) guess.append("?");
})();
