window.blocked = new Set();
document.addEventListener("securitypolicyviolation", (event) => {
  window.blocked.add(event.effectiveDirective);
});
try { window.evaluated = eval("true"); } catch { window.evaluated = false; }
window.fetched = fetch("/trial/own.json").then((answer) => answer.json());
window.sent = fetch("OTHER/own.json", {mode: "no-cors"}).then(() => true, () => false);
