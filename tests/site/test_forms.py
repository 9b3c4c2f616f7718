"""The form on paper."""

import re

from playwright.sync_api import Browser


def test_form_prints_on_one_sheet(browser: Browser, address: str) -> None:
    tab = browser.new_page()
    tab.goto(f"{address}/form/")
    margin = dict.fromkeys(("top", "right", "bottom", "left"), "15mm")
    sheet = tab.pdf(format="A4", margin=margin)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
