{#- Stands in each page of the zip for a memory stick, where no server answers (hooks/guide/files/memory_stick.py). -#}
{
  const MODULES = {{ modules | tojson }};
  const module = (path) => `data:text/javascript;charset=utf-8,${encodeURIComponent(MODULES[path.split("/").pop()])}`;
  const whole = (path) => path.replace(/\/(?=[?#]|$)/, "/index.html");

{# The script beside a file hands over what the file holds. #}
  const texts = new Map();
  globalThis.given = (text) => texts.set(document.currentScript.src, text);
  globalThis.fetch = (address) => new Promise((done, onerror) => {
    const [file] = whole(new URL(address, location.href).href).split(/[?#]/);
    const script = Object.assign(document.createElement("script"), { src: `${file}.js`, onerror });
    script.onload = () => done(new Response(texts.get(script.src)));
    document.head.append(script);
  });

  const { dataset } = document.querySelector("script[data-search]") ?? document.body;
  if (dataset.search) dataset.search = module(dataset.search);
  for (const { dataset } of document.querySelectorAll("[data-present]")) dataset.present = module(dataset.present);
  for (const { src } of document.querySelectorAll("script[type=local]")) import(module(src));

{# Addresses that scripts make lead to folders. #}
  for (const event of ["click", "auxclick"]) {
    addEventListener(event, ({ target }) => {
      const link = target.closest?.("a[href]");
      if (link?.protocol === "file:") link.href = whole(link.href);
    }, true);
  }
}
