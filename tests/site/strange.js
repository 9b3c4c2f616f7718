// Elements that came through: by their kind, or by an attribute that acts or calls.
() => [...document.querySelectorAll("*")].filter((e) =>
  e.matches("iframe, object, embed, base, meta[http-equiv=refresh], foreignObject, [autofocus]")
  || e.getAttributeNames().some((name) => name.startsWith("on"))
  || ["src", "href", "xlink:href", "action", "data", "style", "marker-end"].some(
    (name) => /evil|script:|data:text/.test(e.getAttribute(name) ?? ""))
  || (e.matches("script:not([type='application/ld+json']), style")
    && /harmed|evil/.test(e.textContent))
).map((e) => e.outerHTML.slice(0, 200))
