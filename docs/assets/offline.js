// Keeping the whole guide on this device: the service worker (overrides/guide/sw.js) does it, and tells.
(async () => {
  const { root, worker } = document.querySelector("script[data-root]").dataset;
  const [button, bar, status] = document.querySelectorAll(".keep :is(button, progress, [role=status])");
  const say = (text) => (status.textContent = text);
  let kept = false;
  if (!worker) return say("This copy of the guide needs no connection.");

  function show({ part, failed, ...state }) {
    bar.hidden = !part;
    if (part) {
      bar.value = part;
    } else if (failed) {
      say("The guide could not be fetched whole, so nothing has changed. Load this page again when you are connected, and try once more.");
    } else {
      const { bytes, day } = state;
      const wasBusy = button.ariaDisabled;
      button.ariaDisabled = null;
      button.hidden = false;
      button.textContent = state.kept ? "Remove the guide from this device" : `Keep the guide on this device (${Math.round(bytes / 1e6)} MB)`;
      if (state.kept) say(`The guide is kept on this device${day ? `, state of ${day}` : ""}.`);
      else if (kept) say("The guide is no longer kept on this device.");
      else if (!wasBusy) say("The guide is not kept on this device.");
      kept = state.kept;
    }
  }

  async function order(name) {
    const { active } = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => show(data);
    active.postMessage({ order: name }, [port2]);
  }

  button.addEventListener("click", () => {
    if (button.ariaDisabled) return;
    button.ariaDisabled = "true";
    if (!kept) say("Fetching the guide.");
    navigator.storage?.persist?.();
    order(kept ? "remove" : "keep");
  });
  try {
    await navigator.serviceWorker.register(new URL(worker, location.href));
    await order("state");
  } catch {
    say("This browser can't keep the guide here. It takes a current browser, a secure connection, and a window that isn't private.");
  }
})();
