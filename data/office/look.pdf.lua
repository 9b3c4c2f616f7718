-- What typst is not told by pandoc: what a drawing shows, what stands in HTML, where the editors speak.
local editors = {inset = "10pt", radius = "3pt", width = "100%", stroke = '(paint: luma(110), thickness: 0.7pt, dash: "dashed")'}

return {
  {
    Image = function(image)
      return pandoc.RawInline("typst", ("#image(%q, alt: %q)"):format(image.src, pandoc.utils.stringify(image.caption)))
    end,
    RawBlock = function(raw)
      return raw.format == "html" and pandoc.read(raw.text, "html").blocks or nil
    end,
    Pandoc = function(doc)
      doc.blocks = pandoc.structure.make_sections(doc.blocks)
      return doc
    end,
  },
  {
    Div = function(div)
      if div.classes:includes("editors") then
        div.content:insert(1, pandoc.RawBlock("typst", ""))  -- What begins with a heading is no block.
        for key, value in pairs(editors) do div.attributes["typst:" .. key] = value end
      end
      return div
    end,
  },
}
