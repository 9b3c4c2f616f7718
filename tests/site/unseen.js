// The element with the focus, where nobody sees that it has it; empty where somebody does.
() => {
  const e = document.activeElement, style = getComputedStyle(e);
  const box = e.getBoundingClientRect();
  const shown = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return e === document.body || (shown && box.width > 0 && box.right > 0)
    ? "" : e.outerHTML.slice(0, 120);
}
