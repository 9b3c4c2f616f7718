"""The adapter: with hooks/serve.py all that imports MkDocs. It hands on and decides nothing."""

import gc
import logging
from collections.abc import Callable
from importlib import resources
from pathlib import Path

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file

from guide.links.anchors import added_anchors
from guide.files.assets import data_files, redirect_pages, reference_downloads
from guide.pages.markdown_extension import GuideExtension
from guide.source.model import Site
from guide.source.reader import read_site
from guide.works.references import format_references
from guide.rules import FATAL, find_problems
from guide.pages.views import Views

#: What pages load of Material 9.8.1, under the path that it has there.
MATERIAL = "assets/stylesheets/main.57a0d79d.min.css"

log = logging.getLogger("mkdocs.hooks.guide")


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read and check the guide before any plugin meets a file that it cannot read.

    A site in `extra` has been read and checked by whoever put it there.
    """
    gc.disable()
    root = Path(config.config_file_path).parent
    site = config.extra.get("site") or _sound_site(root, strict=config.strict)
    views = Views(site, format_references(site.works, root))
    config.nav = [{to.name: to.path} for to in site.schema.navigation]
    config.extra["guide_extension"] = GuideExtension(site, views.references)
    config.markdown_extensions.append(config.extra["guide_extension"])
    config.markdown_extensions.remove("toc")  # Headings have ids; pages list them themselves.
    config.extra["guide"] = views
    gc.freeze()  # What was read stays: looking through it anew costs a seventh of a build.
    gc.enable()
    return config


def _sound_site(root: Path, *, strict: bool) -> Site:
    site = read_site(root)
    problems = find_problems(site)
    for problem in problems:
        log.warning(problem.as_text())
    if problems and (strict or FATAL.intersection(p.code for p in problems)):
        raise PluginError(f"the guide has problems, listed above: {len(problems)}")
    return site


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Publish assets under their new names only, and leave citations to our extension alone."""
    # mkdocs-bibtex 4.4.0 rewrites brackets in code and cannot print a place in a work.
    config.plugins.events["page_markdown"].remove(config.plugins["bibtex"].on_page_markdown)
    views: Views = config.extra["guide"]
    for file in [file for file in files if file.src_uri in views.fingerprints.names]:
        files.remove(file)
    style = {MATERIAL: (resources.files("material") / "templates" / MATERIAL).read_bytes()}
    for path, content in (views.fingerprints.contents | style).items():
        files.append(File.generated(config, path, content=content))
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Write what the guide has beside its pages, while no page is in memory."""
    for make in generated_files(config):
        for path, text in make().items():
            write_file(text.encode("utf-8"), f"{config.site_dir}/{path}")
    return nav


def on_page_read_source(page: Page, config: MkDocsConfig) -> str:
    """Hand on the text as it was checked; MkDocs would read front matter in its own way."""
    path = page.file.src_uri
    view = config.extra["guide"].of(path)
    extension: GuideExtension = config.extra["guide_extension"]
    # After an empty line nothing is taken for front matter.
    extension.page, extension.text = path, f"\n{view.page.body}{view.generated}"
    return extension.text


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Tell MkDocs' validation which ids the templates add."""
    site = config.extra["guide"].site
    page.present_anchor_ids.update(added_anchors(site, site.page[page.file.src_uri]))
    return html


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
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


def generated_files(config: MkDocsConfig) -> tuple[Callable[[], dict[str, str]], ...]:
    """Files that no page is made from, text by path; each group is made when it is called for."""
    views: Views = config.extra["guide"]
    shared = {"script": views.asset("redirect.js"), "policy": views.policy}

    def redirects() -> dict[str, str]:
        env = on_env(config.theme.get_env(), config=config, files=Files([]))
        template = env.get_template("guide/redirect.html")
        pages = redirect_pages(views.site).items()
        return {path: template.render(page | shared) for path, page in pages}

    return (
        redirects,
        lambda: reference_downloads(views.references),
        lambda: data_files(views.site),
        views.search_files,
    )
