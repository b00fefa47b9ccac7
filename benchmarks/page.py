"""How fast the application is in a browser: the first view, a click to the evidence, and frames a second.

    python benchmarks/page.py [--claims 1000000] [--places 20000] [--ledger FILE] [--runs 5]

A made-up ledger (that of benchmarks/control.py, its towns spread over a country) is indexed, which is timed apart, and
served on this machine; Debian's Chromium opens it with an empty cache. "First view" is until legend and list show the
states of the last day, "map" until its signs do; "slider" until the states of all days are there; "evidence" from the
click on a town until its claims are shown; frames are of panning, zooming and playing, beside those of a map without a
single place. Without a graphics card the browser draws in software: then the frames of the empty map are the measure,
and `script` says how much of each frame the page itself took. axe-core's count of violations comes along, and the
machine's load: beside other work the seconds mean little.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import socket
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from control import stream
from whoholds.ledger import Ledger
from whoholds.model import Anchors, Claim, Report, Role, Section, Span
from whoholds.pipeline import Reading
from whoholds.web.app import create_app
from whoholds.web.settings import Settings

CHROMIUM = "/usr/bin/chromium"
WINDOW = {"width": 1280, "height": 800}
FRAMES = """async act => {
    const times = []; let going = true;
    const tick = time => { times.push(time); if (going) requestAnimationFrame(tick); };
    requestAnimationFrame(tick);
    await eval(act)();
    going = false;
    const gaps = times.slice(1).map((time, n) => time - times[n]).sort((a, b) => a - b);
    return [gaps.length, gaps.reduce((a, b) => a + b, 0), gaps[Math.floor(gaps.length * 0.95)] ?? 0];
}"""
PAN = (
    "() => new Promise(done => { whoholdsMap.once('moveend', done); whoholdsMap.panBy([300, 120], {duration: 2500}) })"
)
ZOOM = (
    "() => new Promise(done => { whoholdsMap.once('moveend', done);"
    "whoholdsMap.easeTo({zoom: whoholdsMap.getZoom() + 2, duration: 2500}) })"
)
STANDS = (
    "() => new Promise(done => { const look = () => whoholdsMap.isMoving() ? setTimeout(look, 100) : done();"
    "setTimeout(look, 1000) })"
)
"""The map moves to the last town that was clicked, a moment later: frames are counted from when it stands."""
PLAY = (
    "() => new Promise(done => { document.getElementById('play').click();"
    "setTimeout(() => { document.getElementById('play').click(); done() }, 3000) })"
)


def fill(path: Path, claims: int, places: int) -> None:
    """Write the made-up claims, those of a town in one report, each town at a point of its own."""
    with Ledger.open(path) as ledger:
        for batch in stream(claims, places):
            for _, about in groupby(batch, key=lambda claim: claim.place.name):
                ledger.add(_reading(list(about)))


def _reading(claims: list[Claim]) -> Reading:
    spread = random.Random(claims[0].place.place_id)
    place = replace(claims[0].place, lat=round(spread.uniform(32.5, 37), 4), lon=round(spread.uniform(36, 48), 4))
    starts = [0]
    for claim in claims:
        starts.append(starts[-1] + len(claim.quote_text) + 2)
    text = "".join(f"{claim.quote_text}. " for claim in claims)
    report = Report(claims[0].report, text, (Section(Span(0, len(text)), Role.BODY),), published=claims[0].published)
    moved = [
        replace(
            claim,
            place=place,
            report_id=report.id,
            quote=Span(at, at + len(claim.quote_text)),
            anchors=Anchors(cue=Span(at, at + 4), place=Span(at + 5, at + 9)),
        )
        for at, claim in zip(starts, claims, strict=False)
    ]
    return Reading(report, tuple(moved), made_by="bench")


@contextmanager
def served(path: Path, folder: Path) -> Iterator[tuple[str, float]]:
    """The address, and how long the index took to build."""
    app = create_app(Settings(path), folder / "index")
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    begun = time.perf_counter()
    thread.start()
    index = app.state.desk.index
    while not index.progress.ready:
        if index.progress.fault:
            raise SystemExit(index.progress.fault)
        time.sleep(0.2)
    took = time.perf_counter() - begun
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/", took
    server.should_exit = True
    thread.join(timeout=20)


def open_page(browser: Browser, base: str) -> Page:
    page = browser.new_context(viewport=WINDOW).new_page()
    page.add_init_script(
        "new MutationObserver(() => { const d = document.documentElement.dataset, w = window.times ??= {};"
        "w.ready ??= d.ready && performance.now(); w.all ??= d.ready === 'all' ? performance.now() : undefined;"
        "w.map ??= d.map === 'idle' ? performance.now() : undefined })"
        ".observe(document, {subtree: true, attributes: true, attributeFilter: ['data-ready', 'data-map']})"
    )
    page.goto(base)
    page.wait_for_function("() => window.times?.all && window.times?.map", timeout=120_000)
    return page


def frames(page: Page, act: str) -> dict[str, float]:
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def script() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in metrics if one["name"] == "ScriptDuration"))

    before = script()
    count, whole, slow = page.evaluate(FRAMES, act)
    return {
        "a_second": round(1000 * count / max(whole, 1)),
        "slowest_of_20_ms": round(slow),
        "script_ms_a_frame": round(1000 * (script() - before) / max(count, 1), 1),
    }


def clicks(page: Page, runs: int) -> list[float]:
    """From the click on a town of the list until its claims are shown, in milliseconds."""
    found = []
    rows = page.locator("#list-body .place")
    for n in range(runs):
        town = rows.nth(n * 7)
        found.append(
            town.evaluate(
                """button => new Promise(done => {
                    const begun = performance.now(), panel = document.getElementById("panel-body");
                    const seen = () => { if (panel.querySelector(".claim")) {
                        watch.disconnect(); requestAnimationFrame(() => done(performance.now() - begun)); } };
                    const watch = new MutationObserver(seen);
                    watch.observe(panel, {childList: true, subtree: true});
                    button.click(); seen();
                })"""
            )
        )
        page.locator("#panel-close").click()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--places", type=int, default=20_000)
    parser.add_argument("--ledger", type=Path, help="keep the ledger here, and take it from here where it is there")
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        path: Path = asked.ledger or folder / "bench.db"
        if not path.exists():
            fill(path, asked.claims, asked.places)
        kept = path.with_suffix(".index") if asked.ledger else folder
        with served(path, kept) as (base, built):
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            told: dict[str, Any] = {
                "claims": asked.claims,
                "places": asked.places,
                "index_s": round(built, 1),
                "load": os.getloadavg()[0],
            }
            times = []
            for _ in range(asked.runs):
                page = open_page(browser, base)
                times.append(page.evaluate("() => window.times"))
                last = page
                if len(times) < asked.runs:
                    page.context.close()
            for key, label in (("ready", "first_view_s"), ("map", "map_s"), ("all", "slider_s")):
                told[label] = round(statistics.median(one[key] for one in times) / 1000, 2)
            waits = sorted(clicks(last, 20))
            told["evidence_ms"] = round(statistics.median(waits))
            told["evidence_95_ms"] = round(waits[math.ceil(0.95 * len(waits)) - 1])
            last.evaluate(STANDS)
            told["pan"], told["zoom"], told["play"] = (frames(last, act) for act in (PAN, ZOOM, PLAY))
            last.evaluate(
                "() => ['places', 'place-names'].forEach(id => whoholdsMap.setLayoutProperty(id, 'visibility', 'none'))"
            )
            told["pan_empty_map"] = frames(last, PAN)
            told["axe_violations"] = Axe().run(last).violations_count
            browser.close()
        print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
