{#- The guide without a network. What was visited is kept; so is the whole guide, where a reader asks for it on
    the page "About the guide". The whole guide comes in one file and is kept once all of it is there. From then
    on every page comes from it, and the next version replaces it at once: this worker waits to be installed until
    it has its own version whole, and to be used until no page of the version before it is open. -#}
const { file, bytes, digest, day } = {{ whole | tojson }};
const HEADERS = {{ headers | tojson }};
{# Paths below the guide whose name holds a hash of what they lead to. #}
const FINGERPRINTED = new RegExp({{ fingerprinted | join("|") | tojson }});
const TYPES = { html: "text/html", css: "text/css", js: "text/javascript", json: "application/json", svg: "image/svg+xml", woff2: "font/woff2" };
{# How much is kept of what was visited: the latest pages, and files that they loaded. #}
const MOST = 400;
const HOME = new URL("./", location.href);
const WHOLE = `whole ${HOME.pathname} `;
const NAME = WHOLE + digest;
const VISITED = `visited ${HOME.pathname} `;

{# The last thing that is written into a cache stands under the worker's own address. #}
const isWhole = (name = NAME) => caches.match(location.href, { cacheName: name });
const typeOf = (path) => TYPES[path.endsWith("/") ? "html" : path.split(".").pop()];

async function sumOf(content) {
  return btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest("SHA-256", content))));
}

async function download(tell) {
  const answer = await fetch(new URL(file, HOME), { cache: "no-store" });
  const reader = answer.body.getReader();
  const parts = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    length += part.value.length;
    tell(length / bytes);
  }
  const content = await new Blob(parts).arrayBuffer();
  if ((await sumOf(content)) !== digest) throw new Error(`${file} is not what it should be`);
  return JSON.parse(new TextDecoder().decode(content));
}

async function keep(tell = () => {}) {
  if (await isWhole()) return;
  const pages = Object.entries(await download(tell));
  const cache = await caches.open(NAME);
  const put = ([path, text]) => {
    const address = new URL(path, HOME);
    const type = typeOf(address.pathname);
    const content = type === TYPES.woff2 ? Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)) : text.replace("data-worker=", `data-version="${digest}" $&`);
    return cache.put(address, new Response(content, { headers: { ...HEADERS, "Content-Type": `${type}; charset=utf-8` } }));
  };
  await Promise.all(pages.map(put));
  await cache.put(location.href, new Response());
  await caches.delete(VISITED);
}

async function install() {
  const kept = await Promise.all((await caches.keys()).map((name) => name.startsWith(WHOLE) && isWhole(name)));
  await (kept.some(Boolean) ? keep() : skipWaiting());
}

async function activate() {
  await clients.claim();
  if (await isWhole()) (await clients.matchAll()).forEach(reload);
  const old = (await caches.keys()).filter((name) => name.startsWith(WHOLE) && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
}

const reload = (page) => page.postMessage("reload");

async function answer({ request, waitUntil }, address) {
  const whole = await isWhole();
  const cache = await caches.open(whole ? NAME : VISITED);
  const path = address.pathname.slice(HOME.pathname.length - 1);
  const kept = whole || FINGERPRINTED.test(path) ? await cache.match(address) : null;
  if (kept) return kept;
  try {
    const fresh = await fetch(request);
    if (fresh.ok && !whole && typeOf(path) && request.method === "GET") waitUntil(cache.put(address, fresh.clone()));
    return fresh;
  } catch (failed) {
    const found = await cache.match(address);
    if (found) return found;
    if (!whole) throw failed;
    const { body, headers } = await cache.match(new URL("404.html", HOME));
    return new Response(body, { status: 404, headers });
  }
}

{# What a page had loaded before this worker was there; the browser has it still. A page of another version may
    have been on its way when this one took over. #}
async function loaded({ data: { addresses, version }, source }) {
  if (await isWhole()) return version && version !== digest && reload(source);
  const cache = await caches.open(VISITED);
  const ours = addresses.map(bare).filter(({ href, pathname }) => href.startsWith(HOME.href) && typeOf(pathname));
  const missing = await Promise.all(ours.map(async (address) => !(await cache.match(address)) && address));
  const fetched = missing.filter(Boolean).map(async (address) => {
    const found = await fetch(address, { cache: "force-cache" });
    if (found.ok) await cache.put(address, found);
  });
  await Promise.allSettled(fetched);
  const old = (await cache.keys()).slice(0, -MOST).filter(({ url }) => !ours.some(({ href }) => href === url));
  await Promise.all(old.map((request) => cache.delete(request)));
}

function bare(address) {
  const url = new URL(address);
  url.hash = url.search = "";
  return url;
}

{# What a page may ask for, by name. #}
const ORDERS = {
  loaded,
  async state(_, tell) {
    tell({ bytes, day, kept: Boolean(await isWhole()) });
  },
  async keep(_, tell) {
    await keep((part) => tell({ part })).catch(() => tell({ failed: true }));
    await ORDERS.state(_, tell);
  },
  async remove(_, tell) {
    await caches.delete(NAME);
    await ORDERS.state(_, tell);
  },
{# The page that was left may still be there for a moment. #}
  async replace() {
    for (const pause of [0, 300, 900]) {
      await new Promise((done) => setTimeout(done, pause));
      if ((await clients.matchAll({ includeUncontrolled: true })).length === 1) return skipWaiting();
    }
  },
};

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("message", (event) => event.waitUntil(ORDERS[event.data.order](event, (told) => event.ports[0].postMessage(told))));
addEventListener("fetch", (event) => {
  const address = bare(event.request.url);
  const { method } = event.request;
  if (!address.href.startsWith(HOME.href) || !["GET", "HEAD"].includes(method)) return;
  event.respondWith(answer({ request: event.request, waitUntil: (done) => event.waitUntil(done) }, address));
});
