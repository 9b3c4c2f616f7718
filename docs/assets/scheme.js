// Before anything is drawn: that there is script, and the colour scheme that the reader chose here before. Otherwise the system's.
document.documentElement.classList.replace("no-js", "js");
try {
  const scheme = localStorage.getItem("scheme");
  if (scheme) document.documentElement.dataset.scheme = scheme;
} catch {
  // Storage is switched off; the choice then lasts for a page.
}
