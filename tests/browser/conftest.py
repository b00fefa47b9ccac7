"""A browser for the tests: Debian's Chromium, one for each process that runs them."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from pages import CHROMIUM, PATIENCE, QUIET
from playwright.sync_api import Browser, Playwright, expect, sync_playwright


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
