"""Pages that the guide knows by their path, relative to docs/."""

HOME = "index.md"
COLLECTIONS = "collections.md"
REFERENCES = "references.md"
FINDER = "find.md"
MANUAL = "contribute.md"
GLOSSARY_PAGE = "glossary.md"
LICENCES_PAGE = "licences.md"
