"""Every view of the application, on the two pages that the project began with and on twenty thousand made-up places."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect
from served import Opener, Served

from whoholds import sources
from whoholds.ledger import Ledger
from whoholds.model import Place
from whoholds.pipeline import Reader

SEEDS = Path(__file__).resolve().parents[2] / "../shared/seeds"
PLACES, REPORTS = 20_000, 200
SIDES = ("army of the plain", "highland league", "river guard")


def read_seeds(ledger: Ledger) -> None:
    reader = Reader()
    for report in sources.reports([str(SEEDS)], lambda issue: ledger.add_issues([issue])):
        ledger.add(reader.read(report))


def make_many(ledger: Ledger, factory: Any) -> None:
    """A claim about each of twenty thousand places, a hundred of them in a report."""
    for number in range(REPORTS):
        day = date(2031, 1, 1) + timedelta(days=3 * number)
        towns = [f"Town {number:03}{n:02}" for n in range(PLACES // REPORTS)]
        words = [f"The {SIDES[(number + n) % 3]} took {town} on {day}" for n, town in enumerate(towns)]
        of = factory.report(". ".join(words) + ".", f"day-{number:03}.txt", day.isoformat(), outlet="The Daily")
        claims = [
            factory.claim(
                "gains", SIDES[(number + n) % 3],
                Place(
                    town, place_id=f"test:{town[5:]}", lat=10 + number / 20, lon=10 + n / 5, country="MLI",
                    basis="gazetteer",
                ),
                day.isoformat(), of=of, quote=quote, confidence=0.5 + n / 250,
            )
            for n, (town, quote) in enumerate(zip(towns, words, strict=True))
        ]  # fmt: skip
        factory.store(ledger, *claims)


@pytest.fixture(scope="module", params=["seeds", "many"])
def served(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, factories: Any
) -> Iterator[Served]:
    if request.param == "seeds" and not SEEDS.is_dir():
        reason = "the shared seeds are not beside the repository"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    fill = read_seeds if request.param == "seeds" else lambda ledger: make_many(ledger, factories())
    made = Served(tmp_path_factory.mktemp(request.param), fill, write=True)
    yield made
    made.stop()


def number(text: str) -> int:
    """The first number in words such as "1 to 50 of 20,000"."""
    return int(re.search(r"[\d,]+", text)[0].replace(",", ""))  # type: ignore[index]


def first_town(opened: Any) -> Locator:
    return opened.page.locator("#list-body .place").first


def test_the_map_its_legend_and_the_search(served: Served, app: Opener) -> None:
    opened = app(served)
    total = number(opened.page.locator("#list-count").inner_text())
    opened.idle()
    drawn = opened.evaluate("() => whoholdsMap.queryRenderedFeatures({layers: ['places']}).length")
    assert 0 < drawn < 1000
    holder = opened.page.locator("#legend-holders button").first
    held = number(holder.locator(".count").inner_text())
    assert 0 < held < total
    holder.click()
    expect(opened.page.locator("#list-count")).to_have_text(f"{held:,} of {total:,} places")
    holder.click()
    name = first_town(opened).inner_text()
    opened.page.get_by_role("searchbox", name="Search for a place").fill(name)
    expect(first_town(opened)).to_have_text(name)
    opened.assert_accessible()


def test_time_moves_and_is_in_the_address(served: Served, app: Opener) -> None:
    opened = app(served)
    shown = opened.page.locator("#long-date")
    last = shown.inner_text()
    opened.page.get_by_role("button", name="Previous change").click()
    expect(shown).not_to_have_text(last)
    before = shown.inner_text()
    day = datetime.strptime(f"{before} +0000", "%d %B %Y %z").date().isoformat()
    expect(opened.page).to_have_url(re.compile(f"d={day}"))  # it is written a moment later
    again = app(served, f"#{opened.page.url.partition('#')[2]}")
    expect(again.page.locator("#long-date")).to_have_text(before)
    opened.slider.press("Home")
    expect(shown).not_to_have_text(before)
    first = shown.inner_text()
    opened.page.get_by_role("button", name="Play").click()
    expect(shown).not_to_have_text(first)
    opened.page.get_by_role("button", name="Pause").click()
    expect(opened.page.locator("#histogram path")).to_have_attribute("d", re.compile("Z"))
    opened.page.get_by_text("What changed this week").click()
    expect(opened.page.locator("#changes-list li").first).to_be_visible()


def test_the_second_clock(served: Served, app: Opener) -> None:
    opened = app(served)
    opened.page.get_by_role("button", name="that day").click()
    expect(opened.page.locator("#known-words")).to_contain_text("as known on")
    expect(opened.page.locator("#building")).to_be_hidden()
    expect(first_town(opened)).to_be_visible()
    opened.page.get_by_role("button", name="in hindsight").click()
    expect(opened.page.locator("#known-words")).to_have_text("by all reports")


def test_why_opens_the_words_of_the_report(served: Served, app: Opener) -> None:
    opened = app(served)
    # Of a town that somebody holds: of others there may be nothing to show for the last day.
    opened.page.locator("#legend-holders button").first.click()
    expect(opened.page.locator("#list-count")).to_contain_text(" of ")
    name = first_town(opened).inner_text()
    first_town(opened).click()
    expect(opened.panel.get_by_role("heading", level=2)).to_have_text(name)
    card = opened.panel.locator(".claim").first
    expect(card.locator("mark").first).to_be_visible()
    expect(opened.panel.locator(".through-time")).to_be_visible()
    expect(opened.panel.locator(".first-report, .claims").first).to_be_visible()
    card.get_by_role("button", name="whole report").click()
    expect(opened.page.locator("#report mark.chosen").first).to_be_visible()
    opened.assert_accessible()


@pytest.mark.parametrize("table", ["Places", "Claims", "Reports", "Issues"])
def test_tables_are_searched_sorted_turned_and_taken_along(served: Served, app: Opener, table: str) -> None:
    opened = app(served, "#v=tables")
    opened.table(table)
    rows, count = opened.page.locator("#table-body tr"), opened.page.locator("#table-count")
    if table == "Issues":
        expect(count).to_have_text(re.compile("none|of"))
        return
    expect(count).to_contain_text(" of ")
    words = opened.cells().nth(0 if table != "Claims" else 3).inner_text()
    opened.search_table(words)
    expect(opened.page.locator("#table-body")).to_contain_text(words)
    opened.page.locator("#table-head button").first.click()
    expect(opened.page.locator("#table-head th[aria-sort='ascending']")).to_have_count(1)
    opened.loaded()
    with opened.page.expect_download() as download:
        opened.page.locator("#table-export").click()
    found = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    assert len(found) == int(count.inner_text().split(" of ")[1].replace(",", ""))
    opened.search_table("")
    on = opened.page.get_by_role("button", name="On", exact=True)
    if "of more" in count.inner_text() or number(count.inner_text().split(" of ")[-1]) > 50:
        expect(rows).to_have_count(50)
        on.click()
        expect(count).to_contain_text("51 to")
        opened.loaded()
    opened.assert_accessible()


def test_review_by_keys_and_two_coders(served: Served, app: Opener) -> None:
    chosen = ""
    for name, key, verdict in (("first", "a", "right"), ("second", "r", "wrong")):
        opened = app(served, f"#v=review&by={name}{chosen}")
        card = opened.page.locator("#queue-item .claim")
        expect(card).to_be_visible()
        chosen = f"&claim={card.get_attribute('data-claim')}"
        opened.page.keyboard.press(key)
        expect(opened.page.locator("#review-status")).to_contain_text(f"{verdict}:")
    opened.page.get_by_role("button", name="Coders and agreement").click()
    expect(opened.page.locator("#review-coders")).to_contain_text("Both judged 1 claims and agreed on 0.")


def test_review_corrects_splits_marks_copies_and_takes_back(served: Served, app: Opener) -> None:
    opened = app(served, "#v=review&by=third")
    page, status = opened.page, opened.page.locator("#review-status")
    expect(page.locator("#queue-item .claim")).to_be_visible()
    page.keyboard.press("c")
    page.locator(".claim-form").get_by_label("Which part").fill("the market")
    page.get_by_role("button", name="Save").click()
    expect(status).to_contain_text("changed:")
    page.locator("#queue-item h2").focus()
    page.keyboard.press("s")
    parts = page.locator(".parts .claim-form")
    expect(parts).to_have_count(2)
    # Which claim comes first in the queue is the reader's: of whatever kind it is, the second part is of another.
    kind = parts.nth(0).get_by_label("What").input_value()
    parts.nth(1).get_by_label("What").select_option("holds" if kind == "contests" else "contests")
    page.get_by_role("button", name="Save").click()
    expect(status).to_contain_text("split:")
    page.locator("#queue-item h2").focus()
    page.keyboard.press("d")
    page.locator(".candidates button").first.click()
    page.get_by_role("button", name="Save").click()
    expect(status).to_contain_text("copy:")
    page.locator("#queue-item h2").focus()
    for _ in range(3):
        with page.expect_response(re.compile("/undo$")) as undone:
            page.keyboard.press("u")
        assert undone.value.ok
    page.get_by_role("button", name="What you said").click()
    for verdict in ("changed", "split", "copy"):
        expect(page.locator("#review-history")).to_contain_text(f"{verdict} (taken back)")


def test_a_pasted_report_comes_onto_the_map(served: Served, app: Opener) -> None:
    opened = app(served, "#v=add")
    opened.page.get_by_label("Text").fill("The army captured Bria on 3 May 2031, residents said.")
    opened.page.get_by_label("Published").fill("2031-05-04")
    opened.page.get_by_role("button", name="Read it").click()
    expect(opened.page.locator(".job").first).to_have_attribute("data-state", "done", timeout=120_000)
    opened.go("Map")
    opened.page.get_by_role("searchbox", name="Search for a place").fill("Bria")
    expect(opened.row("Bria")).to_be_visible()
