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
from guide.assets import collection_colours, data_files, redirect_pages, reference_downloads
from guide.markdown_extension import GuideExtension
from guide.reader import read_site
from guide.references import format_references
from guide.rules import FATAL, find_problems
from guide.views import IN_TEXT, Views

log = logging.getLogger("mkdocs.hooks.guide")


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read and check the guide before any plugin meets a file that it cannot read."""
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
    generated = reference_downloads(views.references) | data_files(views.site)
    generated["assets/collections.css"] = collection_colours(views.site.schema)
    for path, text in generated.items():
        files.append(File.generated(config, path, content=text))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    path = page.file.src_uri
    view = config.extra["guide"].of(path)
    config.extra["guide_extension"].page = path
    page.meta |= view.meta
    return markdown + view.generated


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Tell MkDocs' validation which ids the templates add."""
    site = config.extra["guide"].site
    page.present_anchor_ids.update(added_anchors(site, site.page[page.file.src_uri]))
    return html


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Give templates the address of a page, and put what search should find into the text."""
    env.globals["href"] = lambda path: files.get_file_from_path(path).url
    redirect = env.get_template("guide/redirect.html")
    for path, context in redirect_pages(config.extra["guide"].site).items():
        files.append(File.generated(config, path, content=redirect.render(context)))
    for path, template in IN_TEXT.items():
        page = files.get_file_from_path(path).page
        page.content += env.get_template(template).render(config=config, page=page, base_url="")
    return env
