"""axe-core, which finds barriers on a page."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

OPTIONS = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
#: What is judged by colour takes most of the time, and is judged by itself.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}
ALL_BUT_COLOURS = OPTIONS | {
    "rules": OPTIONS["rules"] | {rule: {"enabled": False} for rule in COLOURS["runOnly"]}
}
RUN = """options => axe.run(options).then(({violations}) =>
    violations.flatMap(({id, nodes}) => nodes.map(node => `${id}: ${node.target}`)))"""


def barriers(tab: Page, options: dict[str, object] = OPTIONS) -> list[str]:
    tab.evaluate(AXE_SCRIPT)
    return tab.evaluate(RUN, options)


def barriers_in_both_schemes(tab: Page) -> list[str]:
    found = barriers(tab)
    tab.emulate_media(color_scheme="dark")
    found += tab.evaluate(RUN, COLOURS)
    tab.emulate_media(color_scheme="light")
    return found
