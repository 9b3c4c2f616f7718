"""The adapter: the only file that imports MkDocs. It hands on and decides nothing."""

import logging
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from guide.anchors import added_anchors
from guide.assets import data_files, redirect_pages, reference_downloads
from guide.markdown_extension import GuideExtension
from guide.reader import read_site
from guide.references import format_references
from guide.rules import FATAL, find_problems
from guide.views import Views

#: Files of Material 9.8.1 that no page loads: its script, and the colours that are ours.
UNUSED_OF_THE_THEME = ("assets/javascripts/", "assets/images/", "assets/stylesheets/palette.")

log = logging.getLogger("mkdocs.hooks.guide")


#: Tells the Makefile that the server has to be started anew.
CODE_CHANGED = 75


def _code() -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(Path(__file__).parent.rglob("*.py"))}


_LOADED = _code()


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read and check the guide before any plugin meets a file that it cannot read."""
    # `mkdocs serve` 1.6.1 builds again after a change, with the code that it began with.
    if _code() != _LOADED:
        log.info("The code has changed: starting anew")
        raise SystemExit(CODE_CHANGED)
    root = Path(config.config_file_path).parent
    site = read_site(root)
    problems = find_problems(site)
    for problem in problems:
        log.warning(problem.as_text())
    if problems and (config.strict or FATAL.intersection(p.code for p in problems)):
        raise PluginError(f"the guide has problems, listed above: {len(problems)}")
    views = Views(site, format_references(site.works, root))
    config.nav = [{to.name: to.path} for to in site.schema.navigation]
    config.extra["guide_extension"] = GuideExtension(site, views.references)
    config.markdown_extensions.append(config.extra["guide_extension"])
    config.extra["guide"] = views
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated files, and leave citations to our extension alone."""
    # mkdocs-bibtex 4.4.0 rewrites brackets in code and cannot print a place in a work.
    config.plugins.events["page_markdown"].remove(config.plugins["bibtex"].on_page_markdown)
    views: Views = config.extra["guide"]
    replaced = [file for file in files if file.src_uri in views.fingerprints.names]
    unused = [file for file in files if file.src_uri.startswith(UNUSED_OF_THE_THEME)]
    for file in (*replaced, *unused):
        files.remove(file)
    generated = (
        reference_downloads(views.references)
        | data_files(views.site)
        | views.search_files()
        | views.fingerprints.contents
    )
    for path, content in generated.items():
        files.append(File.generated(config, path, content=content))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Hand on fields and text as they were checked; MkDocs reads front matter in its own way."""
    path = page.file.src_uri
    config.extra["guide_extension"].page = path
    view = config.extra["guide"].of(path)
    page.meta = {}
    return view.page.body + view.generated


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Tell MkDocs' validation which ids the templates add."""
    site = config.extra["guide"].site
    page.present_anchor_ids.update(added_anchors(site, site.page[page.file.src_uri]))
    return html


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Give templates the address of a page; escape what they print, drop their own blanks."""
    env.autoescape = env.trim_blocks = env.lstrip_blocks = True
    env.globals["href"] = lambda path: files.get_file_from_path(path).url
    redirect = env.get_template("guide/redirect.html")
    views: Views = config.extra["guide"]
    shared = {"script": views.asset("redirect.js"), "policy": views.policy}
    for path, context in redirect_pages(views.site).items():
        files.append(File.generated(config, path, content=redirect.render(context | shared)))
    return env
