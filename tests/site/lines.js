// How many characters each line of the page's text has.
() => [...document.querySelectorAll("main p, main li, main dd")].flatMap((block) => {
  const rows = new Map(), walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  if (!block.checkVisibility()) return [];
  for (let node; (node = walker.nextNode()); ) {
    for (const word of node.data.matchAll(/\S+\s*/g)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].trimEnd().length);
      const top = Math.round(range.getBoundingClientRect().top / 8);
      rows.set(top, (rows.get(top) ?? "") + word[0]);
    }
  }
  return [...rows.values()].map((row) => row.trim().length);
})
