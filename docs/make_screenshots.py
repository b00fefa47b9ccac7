"""Takes the pictures of the application in docs/pictures/: python docs/make_screenshots.py [--only NAME]

Reads `examples/` into a ledger of its own, serves it on a free port, and opens it in Debian's Chromium (Playwright).
The pictures are reduced to 256 colours, chosen to keep those of the holders.
"""

from __future__ import annotations

import argparse
import io
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from whoholds import Ledger, Reader, reports
from whoholds.web.app import create_app
from whoholds.web.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
COLOURS = 256
DAY = "d=2017-03-02"
NEAR = "m=5.40/34.9000/40.2000"
PALMYRA = "p=geonames:163808"


def evidence(page: Page) -> None:
    page.locator("#panel .adds:visible").first.wait_for()


def scrolled(page: Page) -> None:
    evidence(page)
    page.locator(".first-report").scroll_into_view_if_needed()
    page.evaluate("() => (document.getElementById('panel').scrollTop += 330)")


def rows(page: Page) -> None:
    page.locator("#table-body tr td").first.wait_for()


def correcting(page: Page) -> None:
    page.locator("#queue-item .claim").wait_for()
    page.keyboard.press("c")
    page.locator(".claim-form").wait_for()
    page.locator("#view-review").evaluate("view => (view.scrollTop = 0)")


# name: address, what must be there before, window, dark
WIDE, PHONE = (1280, 800), (390, 844)
SHOTS: dict[str, tuple[str, Callable[[Page], None] | None, tuple[int, int], bool]] = {
    "app-map": (f"#{DAY}&{NEAR}", None, WIDE, False),
    "app-why": (f"#{DAY}&{PALMYRA}", scrolled, WIDE, False),
    "app-dark": (f"#{DAY}&{NEAR}&f=disputed", None, WIDE, True),
    "app-tables": ("#v=tables&t=claims", rows, WIDE, False),
    "app-review": ("#v=review", correcting, WIDE, False),
    "app-add": ("#v=add", None, WIDE, False),
    "phone-map": (f"#{DAY}&{NEAR}", None, PHONE, False),
    "phone-why": (f"#{DAY}&{PALMYRA}", evidence, PHONE, False),
    "phone-tables": ("#v=tables&t=claims", rows, PHONE, False),
    "phone-review": ("#v=review", None, PHONE, False),
}


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the application over the sample reports."""
    path = folder / "samples.db"
    reader = Reader()
    with Ledger.open(path) as ledger:
        for report in reports([ROOT / "examples"], on_issue=lambda _: None):
            ledger.add(reader.read(report))
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    app = create_app(Settings(path, write=True, reviewer="ana"), folder / "index")
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    server.should_exit = True
    thread.join(timeout=20)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=SHOTS)
    only = parser.parse_args().only
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--lang=en-GB"])
        for name, (address, ready, (wide, high), dark) in SHOTS.items():
            if only not in (None, name):
                continue
            context = browser.new_context(
                viewport={"width": wide, "height": high},
                color_scheme="dark" if dark else "light",
                reduced_motion="reduce",
                locale="en-GB",
            )
            page = context.new_page()
            page.goto(base + address)
            page.locator("html[data-ready=all]").wait_for(timeout=120_000)
            if "v=" not in address:
                page.locator("html[data-map=idle]").wait_for(timeout=60_000)
            if ready:
                ready(page)
            save(page.screenshot(), PICTURES / f"{name}.png")
            context.close()


def save(picture: bytes, path: Path) -> None:
    reduced = (
        Image.open(io.BytesIO(picture))
        .convert("RGB")
        .quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    )
    reduced.save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB", file=sys.stderr)


if __name__ == "__main__":
    main()
