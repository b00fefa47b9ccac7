"""A browser for the tests: Debian's Chromium, one for each process that runs them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pages import CHROMIUM, PATIENCE, QUIET, AppPage
from playwright.sync_api import Browser, Playwright, expect, sync_playwright
from served import Opener, Served


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    if not CHROMIUM.exists():
        reason = "chromium is not installed (Debian: apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(driver: Playwright) -> Iterator[Browser]:
    browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
    yield browser
    browser.close()


@pytest.fixture
def app(browser: Browser) -> Iterator[Opener]:
    """Opens a page of a server; at the end it must have been quiet."""
    pages: list[AppPage] = []

    def open_page(
        served: Served, address: str = "", prepare: Callable[[AppPage], None] | None = None, **options: Any
    ) -> AppPage:
        settings: dict[str, Any] = {"viewport": {"width": 1300, "height": 800}, "reduced_motion": "reduce", **options}
        context = browser.new_context(**settings)
        pages.append(AppPage(context.new_page(), served.base))
        if prepare:
            prepare(pages[-1])
        return pages[-1].open(address)

    yield open_page
    for opened in pages:
        opened.page.context.close()
        opened.assert_quiet()
