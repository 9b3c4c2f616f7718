"""The adapter: all that imports MkDocs and its plugins. It hands on and decides nothing."""

import gc
import logging
import sys
import time
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from functools import partial
from pathlib import Path

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_build_datetime, write_file
from mkdocs_bibtex.citation import Citation, CitationBlock, InlineReference
from mkdocs_bibtex.registry import ReferenceRegistry

from guide.files.assets import data_files, drawings, reference_downloads
from guide.files.memory_stick import write_zip
from guide.files.office import Office
from guide.files.offline import write_offline
from guide.files.publication import Publication, date_build
from guide.files.serving import write_server_files
from guide.links.navigation import navigation
from guide.links.permalinks import anchors_of, redirects
from guide.pages.markdown_extension import GuideExtension
from guide.pages.views import Views
from guide.problems import RefusedError
from guide.rules import FATAL, find_problems
from guide.search.index import index_files
from guide.source.reader import read_site
from guide.works.references import Reference, format_references

#: What pages load of the theme's files.
STYLE_SHEET = "assets/stylesheets/main.*.min.css"

#: When this code was read: `mkdocs serve` reads it once.
LOADED_AT = time.time()

log = logging.getLogger("mkdocs.hooks.guide")

#: The command of MkDocs that runs in this process, as `build` or `serve`.
_command = "build"
#: Where the build at hand is written.
_publication: Publication | None = None
#: While `mkdocs serve` runs, until what all pages share changes: that, the files beside the pages,
#: and the HTML of each page by its path and text.
_shared: tuple = ()
_beside: list[tuple[str, str]] = []
_rendered: dict[tuple[str, str], str] = {}


def on_startup(*, command: str, dirty: bool) -> None:
    """Remember what MkDocs was asked to do; it says so here alone, once for all rebuilds."""
    global _command
    _command = command


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read and check the guide before any plugin meets a file that it cannot read."""
    gc.disable()
    root = Path(config.config_file_path).parent
    site = read_site(root)
    problems, served = tuple(find_problems(site)), _command == "serve"
    for problem in problems:
        log.warning(problem.as_text())
    if problems and (config.strict or FATAL.intersection(p.code for p in problems)):
        raise PluginError(f"the guide has problems, listed above: {len(problems)}")
    config.theme["dated"] = date_build(root)
    views = Views(
        site,
        format_references(site.works, root),
        problems=problems if served else (),
        served=served,
        cards=bool(config.extra.get("cards")) and not served,
        day=get_build_datetime().date() if config.theme["dated"] else None,
    )
    config.nav = navigation(site)
    config.extra["guide_extension"] = GuideExtension(site, views.references)
    config.markdown_extensions.append(config.extra["guide_extension"])
    config.markdown_extensions.remove("toc")  # Headings have ids; pages list them themselves.
    config.extra["guide"] = views
    _forget_if_changed(views)
    code = (root / "hooks").rglob("*.py")
    if served and max(path.stat().st_mtime for path in code) > LOADED_AT:
        log.warning("the guide's code has changed: stop `mkdocs serve` and start it again")
    gc.freeze()  # What was read stays: looking through it anew costs a seventh of a build.
    gc.enable()
    return config


def _forget_if_changed(views: Views) -> None:
    global _shared
    site = views.site
    pages = {page.path: page.title for page in site.pages}
    shared = pages, site.schema, site.glossary, site.outlines, site.diagrams, views.references
    if shared != _shared:
        _shared = shared
        _beside.clear()
        _rendered.clear()


def on_pre_build(config: MkDocsConfig) -> None:
    """Write beside the site before this one, which stays until the new one is whole."""
    global _publication
    if not config.extra["guide"].served:
        try:
            _publication = Publication(Path(config.site_dir))
        except RefusedError as refused:
            raise PluginError(str(refused)) from None
        config.site_dir = str(_publication.fresh)


def on_shutdown() -> None:
    """MkDocs comes here last, however the build ends; a strict one may fail after `post_build`."""
    if _publication:
        _publication.end(whole=sys.exception() is None)


class PrintedReferences(ReferenceRegistry):
    """mkdocs-bibtex's own way to be told how works are printed: as the guide prints them.

    Citations stay as they are written; the Markdown extension makes links of them.
    """

    def __init__(self, loaded: ReferenceRegistry, references: Mapping[str, Reference]) -> None:
        self.bib_data, self.footnote_format = loaded.bib_data, loaded.footnote_format
        self._references = references

    def validate_citation_blocks(self, citation_blocks: list[CitationBlock]) -> None:
        """Our rules have looked at them, code and escapes excepted."""

    def validate_inline_references(self, inline_references: list[InlineReference]) -> set:
        return set()

    def inline_text(self, citation_block: CitationBlock) -> str:
        return str(citation_block)

    def reference_text(self, citation: Citation | InlineReference) -> str:
        found = self._references.get(citation.key)
        return found.text if found else ""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Publish assets under their new names only; tell mkdocs-bibtex how works are printed.

    Of the theme, pages load the style sheet alone.
    """
    views: Views = config.extra["guide"]
    bibtex, pictures = config.plugins["bibtex"], drawings(views.site)
    bibtex.registry = PrintedReferences(bibtex.registry, views.references)
    for file in list(files):
        is_theirs = file.src_dir != config.docs_dir and not fnmatch(file.src_uri, STYLE_SHEET)
        if is_theirs or file.src_uri in views.assets or file.src_uri in pictures:
            files.remove(file)
    for path, content in (*views.assets.values(), *pictures.items()):
        files.append(File.generated(config, path, content=content))
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Write what the guide has beside its pages, while no page is in memory."""
    views: Views = config.extra["guide"]
    if views.served and not _beside:
        _beside.extend(_made(config))
    for path, text in _beside if views.served else _made(config):
        write_file(text.encode("utf-8"), f"{config.site_dir}/{path}")
    return nav


def _made(config: MkDocsConfig) -> Iterator[tuple[str, str]]:
    """Path and text of each file that no page is made from, one after the other."""
    views: Views = config.extra["guide"]
    env = _prepare(config.theme.get_env(), config)
    redirect = env.get_template("guide/redirect.html")
    given = {"guide": views, "titles": {page.address: page.name for page in views.site.pages}}
    for path, target in redirects(views.site).items():
        yield f"{path[1:]}index.html", redirect.render(given, path=path, target=target)
    yield from reference_downloads(views.references).items()
    yield from data_files(views.site).items()
    given = {"guide": views, "config": config}
    for name in ("llms.txt", "feed.xml"):
        yield name, env.get_template(f"guide/{name}").render(given)
    template = env.get_template("guide/page.md")
    for page in views.site.pages:
        text = template.render(given, view=views.of(page.path))
        yield f"{page.address[1:]}index.html.md", text
    yield from index_files(views.site, views.references).items()


def on_post_build(config: MkDocsConfig) -> None:
    """Add what is drawn and what web servers read to the finished site."""
    views: Views = config.extra["guide"]
    built, env = Path(config.site_dir), _prepare(config.theme.get_env(), config)
    if views.cards:
        try:
            Office(Path(config.config_file_path).parent).write(built, views.documents(env))
        except RefusedError as refused:
            raise PluginError(str(refused)) from None
    if not views.served:
        write_offline(built, env.get_template("guide/sw.js"), views.day)
        write_server_files(built, redirects(views.site))
    if views.cards:
        write_zip(built, env.get_template("guide/local.js"), built / "field-guide.zip")


def on_page_read_source(page: Page, config: MkDocsConfig) -> str:
    """Hand on the text as it was checked; MkDocs would read front matter in its own way."""
    views, path = config.extra["guide"], page.file.src_uri
    config.extra["guide_extension"].page = path
    text = _text(views, path)
    return "" if views.served and (path, text) in _rendered else text


def _text(views: Views, path: str) -> str:
    """After an empty line nothing is taken for front matter."""
    return f"\n{views.of(path).page.body}{views.of(path).generated}"


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Tell MkDocs' validation which ids the page has; take the HTML that it had, or keep it."""
    views, path = config.extra["guide"], page.file.src_uri
    page.present_anchor_ids.update(anchors_of(views.site, views.site.page[path]))
    return _rendered.setdefault((path, _text(views, path)), html) if views.served else html


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Prepare the templates, and write what is made of the text of several pages."""
    _prepare(env, config)
    write = partial(_write_pack, env, config, files)
    views: Views = config.extra["guide"]
    for id, activity in views.site.activities.items():
        write(f"{id}/sheet/", entry=views.site.entry[id], activity=activity)
    for id, plan in views.site.plans.items():
        write(f"{id}/pack/", entry=views.site.entry[id], plan=plan)
    for folder in views.printed_as_cards:
        write(f"{folder}/cards/", entry=views.site.page[f"{folder}/index.md"])
    return env


def _write_pack(
    env: Environment, config: MkDocsConfig, files: Files, path: str, **given: object
) -> None:
    pages = {file.src_uri: file.page.content for file in files.documentation_pages() if file.page}
    scenarios = {path: pages[path] for path in pages if fnmatch(path, "scenarios/n*.md")}
    style = next(file.url for file in files if fnmatch(file.src_uri, STYLE_SHEET))
    known = {"guide": config.extra["guide"], "base_url": "../..", "style": style}
    told = {"scenarios": scenarios, "pages": pages}
    text = env.get_template("guide/pack.html").render(known | given | told)
    write_file(text.encode("utf-8"), f"{config.site_dir}/{path}index.html")


def _prepare(env: Environment, config: MkDocsConfig) -> Environment:
    """Give templates the address of a page; escape what they print, drop their own blanks."""
    env.autoescape = env.trim_blocks = env.lstrip_blocks = True
    views: Views = config.extra["guide"]
    env.globals["href"] = {page.path: page.address[1:] for page in views.site.pages}.__getitem__
    env.filters["url"] = from_here
    return env


@pass_context
def from_here(context: Context, path: str) -> str:
    """The way from the page at hand to `path`, which counts from the top of the site."""
    return f"{context['base_url'].rstrip('/')}/{path}"
