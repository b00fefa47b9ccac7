"""A browser for the tests: Debian's Chromium, one for each process that runs them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from app_war import fill
from pages import CHROMIUM, PATIENCE, QUIET, AppPage, Pages
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


@pytest.fixture(scope="session")
def pages(browser: Browser) -> Pages:
    return Pages(browser)


@pytest.fixture
def app(pages: Pages) -> Iterator[Opener]:
    """Opens a page of a server; at the end it must have been quiet."""
    opened: list[AppPage] = []

    def open_page(
        served: Served, address: str = "", prepare: Callable[[AppPage], None] | None = None, **options: Any
    ) -> AppPage:
        opened.append(AppPage(pages.take(**options), served.base))
        if prepare:
            prepare(opened[-1])
        return opened[-1].open(address)

    yield open_page
    for one in opened:
        pages.give(one)
        one.assert_quiet()


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory, factories: Any) -> Iterator[Served]:
    """A server that only shows."""
    served = Served(tmp_path_factory.mktemp("shown"), lambda ledger: fill(ledger, factories()))
    yield served
    served.stop()


@pytest.fixture
def written(tmp_path: Path, factory: Any) -> Iterator[Served]:
    """A server of its own, which takes judgements and reports."""
    served = Served(tmp_path, lambda ledger: fill(ledger, factory), write=True)
    yield served
    served.stop()
