"""Page objects: the pages as their readers know them, and all that they should not have done."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Locator, Page, Route, ViewportSize, expect

CHROMIUM = Path("/usr/bin/chromium")
QUIET = [
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--disable-quic",
]  # fmt: skip
ColorScheme = Literal["light", "dark"]
# Software WebGL draws slowly on a busy machine.
PATIENCE = 30_000


class Pages:
    """Pages of one browser, each used again when it has been left: a new one takes longer than most tests."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: list[Page] = []

    def take(self, viewport: ViewportSize | None = None, color_scheme: ColorScheme = "light") -> Page:
        page = self._free.pop() if self._free else self._browser.new_context().new_page()
        page.set_viewport_size(viewport or {"width": 1300, "height": 800})
        page.emulate_media(media="screen", color_scheme=color_scheme, reduced_motion="reduce")
        return page

    def give(self, opened: Watched) -> None:
        """Take a page back, unless it is closed or could not be left."""
        if opened.page.is_closed():
            return
        try:
            opened.leave()
        except Error:
            opened.page.context.close()
            raise
        self._free.append(opened.page)


class Held:
    """The first answer from an address, kept back until it is released."""

    def __init__(self, page: Page, address: re.Pattern[str]) -> None:
        self._page = page
        self._route: Route | None = None
        page.route(address, self._take)

    def _take(self, route: Route) -> None:
        if self._route is None:
            self._route = route
        else:
            route.continue_()

    def wait(self) -> None:
        """Until it has been asked for."""
        for _ in range(0, PATIENCE, 10):
            if self._route is not None:
                return
            self._page.wait_for_timeout(10)
        raise AssertionError("nobody asked")

    def release(self) -> None:
        """Let it come, and the page do with it what it does."""
        assert self._route is not None
        self._route.continue_()
        self._page.evaluate(
            "async () => { await fetch('/api/v1/histogram'); await new Promise(requestAnimationFrame) }"
        )


class Watched:
    """A page whose errors, dialogs and requests are noted from its first breath."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        self.requests: list[str] = []
        page.set_default_timeout(PATIENCE)
        self._heard: list[tuple[Any, str, Callable[[Any], None]]] = [
            (page, "console", lambda message: self.errors.append(message.text) if message.type == "error" else None),
            (page, "pageerror", lambda error: self.errors.append(str(error))),
            (page, "dialog", self._dialog),
            (page.context, "request", lambda request: self.requests.append(request.url)),
        ]
        for source, event, note in self._heard:
            source.on(event, note)
        self.panel = page.locator("#panel")
        self.slider = page.get_by_role("slider", name="Date")

    def leave(self) -> None:
        """Go away and leave nothing behind: what comes on this page from now on is another test's."""
        self.page.unroute_all()
        self.page.evaluate("() => { localStorage.clear(); sessionStorage.clear() }")
        self.page.goto("about:blank")
        self.page.context.clear_cookies()
        for source, event, note in self._heard:
            source.remove_listener(event, note)

    def _dialog(self, dialog: Any) -> None:
        self.errors.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def idle(self) -> None:
        """Wait until the map is drawn."""
        self.until("[data-map=idle]")

    def until(self, marked: str) -> None:
        """Wait until the page says so of itself, looked at in each frame: asked from here it would be told late."""
        self.page.wait_for_function("marked => document.documentElement.matches(marked)", arg=marked)

    def hold(self, address: re.Pattern[str]) -> Held:
        return Held(self.page, address)

    def row(self, name: str) -> Locator:
        return self.page.get_by_role("row").filter(has=self.page.get_by_role("button", name=name, exact=True))

    def evaluate(self, script: str, argument: Any = None) -> Any:
        return self.page.evaluate(script, argument)

    def drawn(self) -> dict[str, dict[str, Any]]:
        """The signs on the map, by place id, as they are drawn now."""
        self.idle()
        found = self.evaluate(
            "() => whoholdsMap.queryRenderedFeatures({layers: ['places']})"
            ".map(f => [f.properties.id, f.properties.look, f.properties.opacity])"
        )
        return {key: {**json.loads(look), "opacity": opacity} for key, look, opacity in found}

    def clusters(self) -> list[dict[str, Any]]:
        """The signs that stand for many places."""
        self.idle()
        found: list[dict[str, Any]] = self.evaluate(
            "() => whoholdsMap.queryRenderedFeatures({layers: ['places']}).filter(f => 'cluster' in f.properties)"
            ".map(f => ({...f.properties, at: f.geometry.coordinates}))"
        )
        return found

    def click_town(self, lon: float, lat: float) -> None:
        self.idle()
        at = self.evaluate(
            "at => { const p = whoholdsMap.project(at), b = whoholdsMap.getContainer().getBoundingClientRect();"
            "return [b.left + p.x, b.top + p.y] }",
            [lon, lat],
        )
        self.page.mouse.click(*at)

    def go(self, view: str) -> None:
        self.page.get_by_role("navigation").get_by_role("button", name=view).click()

    def table(self, name: str) -> None:
        """Choose a table, and wait until it is shown."""
        button = self.page.get_by_role("button", name=name, exact=True)
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        self.loaded()

    def search_table(self, words: str) -> None:
        """Type into the search of the table on a server, and wait for what it finds."""
        with self.page.expect_response(lambda answer: "/tables/" in answer.url):
            self.page.get_by_role("searchbox", name="Search the table").fill(words)
        self.loaded()

    def cells(self, row: int = 0) -> Locator:
        return self.page.locator("#table-body tr").nth(row).locator("th, td")

    def column(self, name: str) -> list[str]:
        heads = self.page.locator("#table-head th").all_inner_texts()
        at = [re.sub(r"[ ↑↓]+$", "", head).strip().casefold() for head in heads].index(name) + 1
        return self.page.locator(f"#table-body tr > :nth-child({at})").all_inner_texts()

    def loaded(self) -> None:
        """The table shows what was asked for last."""
        expect(self.page.locator("#table-body:not([aria-busy])")).to_be_visible()

    def assert_accessible(self) -> None:
        """By axe-core: WCAG 2.2 A and AA and its best practices."""
        found = Axe().run(self.page).response["violations"]
        told = [(one["id"], one["help"], [node["html"][:200] for node in one["nodes"]]) for one in found]
        assert told == [], told


class MapPage(Watched):
    """The one-file map, opened from disk."""

    def __init__(self, page: Page, path: Path) -> None:
        super().__init__(page)
        self.path = path

    def open(self, address: str = "") -> MapPage:
        """Until list, legend and controls can be used; the map may still be drawn, which what looks at it awaits."""
        self.page.goto(f"{self.path.as_uri()}{address}")
        self.until("[data-ready=yes]")
        return self

    def assert_quiet(self) -> None:
        assert self.errors == []
        # Blobs are parts of the page itself: MapLibre's worker.
        assert [url for url in self.requests if not url.startswith(("blob:null/", self.path.as_uri()))] == []


class AppPage(Watched):
    """The application, on a server of this machine."""

    def __init__(self, page: Page, base: str) -> None:
        super().__init__(page)
        self.base = base

    def open(self, address: str = "") -> AppPage:
        self.page.goto("about:blank")  # an address that differs after its "#" only would load nothing
        self.page.goto(self.base + address)
        self.until("[data-ready=all]")
        return self

    def assert_quiet(self, allowed: Callable[[str], bool] = lambda _: False) -> None:
        assert [error for error in self.errors if not allowed(error)] == []
        ours = (self.base, "blob:", "data:", "about:")
        assert [url for url in self.requests if not url.startswith(ours)] == []
