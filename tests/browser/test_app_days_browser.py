"""The application's days, typed, asked for and shown; a ledger that grows; low windows, and paper."""

from __future__ import annotations

import re
from typing import Any

import pytest
from app_war import WELLS
from pages import AppPage
from playwright.sync_api import expect
from served import Opener, Served

from whoholds.ledger import Ledger

COLOURS = """() => Object.fromEntries([...document.querySelectorAll('#legend-holders button')].map(
    one => [one.dataset.filter, one.querySelector('canvas').toDataURL()]))"""

# The two clocks


def test_a_day_that_is_typed_is_gone_to_once_it_is_whole(shown: Served, app: Opener) -> None:
    opened = app(shown, "#d=2031-03-20")
    field, keys = opened.page.get_by_label("Go to date"), opened.page.keyboard
    said = opened.page.locator("#long-date")
    field.focus()
    keys.type("02202031")
    expect(field).to_have_value("2031-02-20")
    expect(said).to_have_text("20 March 2031")
    keys.press("Enter")
    expect(said).to_have_text("20 February 2031")
    field.evaluate("field => { field.blur(); field.focus() }")  # to its first part
    keys.type("02212031")
    field.blur()
    expect(said).to_have_text("21 February 2031")
    # As in a calendar: a day that is chosen, and not typed, counts at once.
    field.fill("2031-02-22")
    expect(said).to_have_text("22 February 2031")
    asked = opened.page.get_by_label("As known on", exact=True).last
    asked.focus()
    keys.type("02182031")
    keys.press("Enter")
    expect(opened.page.locator("#known-words")).to_have_text("as known on 18 February 2031")
    questions = [url for url in opened.requests if "known=" in url and "/map" in url]
    assert [url.partition("known=")[2] for url in questions] == ["2031-02-18"]


def test_a_link_whose_day_cannot_be_had_shows_hindsight_on_every_day(shown: Served, app: Opener) -> None:
    def prepare(page: AppPage) -> None:
        page.page.route(re.compile(r"/map\?.*known="), lambda route: route.abort())

    opened = app(shown, "#d=2031-02-20&k=2031-02-18", prepare)
    expect(opened.page.locator("#known-words")).to_have_text("by all reports")
    expect(opened.page).not_to_have_url(re.compile("k="))
    expect(opened.row("Gossi Wells")).to_contain_text("Shura")
    opened.errors[:] = [error for error in opened.errors if "ERR_FAILED" not in error]


def test_playing_stops_where_nobody_sees_it(shown: Served, app: Opener) -> None:
    opened = app(shown, "#d=2031-01-21")
    opened.page.get_by_role("button", name="Play").click()
    expect(opened.page.get_by_role("button", name="Pause")).to_be_visible()
    opened.go("Tables")
    opened.loaded()
    stopped = opened.page.locator("#slider").input_value()
    opened.page.wait_for_timeout(1700)  # a step takes 1.5 seconds
    assert opened.page.locator("#slider").input_value() == stopped
    opened.go("Map")
    expect(opened.page.get_by_role("button", name="Play")).to_be_visible()


# A ledger that grows


def test_a_report_of_a_later_day_takes_the_slider_to_it(written: Served, app: Opener) -> None:
    opened = app(written)
    expect(opened.page.locator("#last-day")).not_to_have_text("4 June 2032")
    before = opened.evaluate(COLOURS)
    opened.go("Add reports")
    opened.page.get_by_label("Text").fill(
        "Iraqi forces captured Rutba, Hit, Haditha, Rawa and Anah on 4 June 2032, the mayor said."
    )
    opened.page.get_by_label("Published").fill("2032-06-05")
    opened.page.get_by_role("button", name="Read it").click()
    expect(opened.page.locator(".job").first).to_have_attribute("data-state", "done", timeout=120_000)
    opened.go("Map")
    expect(opened.page.locator("#last-day")).to_have_text("4 June 2032")
    expect(opened.page.locator("#long-date")).to_have_text("4 June 2032")
    expect(opened.slider).to_have_attribute("aria-valuetext", "4 June 2032")
    expect(opened.row("Rutba")).to_contain_text("Iraqi")
    opened.page.get_by_label("Go to date").fill("2032-06-03")
    expect(opened.row("Rutba")).to_contain_text("unknown", ignore_case=True)
    # Another side holds most places now, and each keeps the colour that it had on this page.
    after = opened.evaluate(COLOURS)
    assert len(after) > len(before)
    assert {name: after[name] for name in before} == before


def test_what_others_add_to_the_ledger_is_told_and_shown(written: Served, app: Opener, factory: Any) -> None:
    opened = app(written, "#d=2031-03-20")
    told = opened.page.locator("#changed")
    with Ledger.open(written.path) as ledger:
        factory.store(ledger, factory.claim("gains", "league", WELLS, "2031-03-18", published="2031-03-19"))
    expect(told).to_be_visible()
    expect(opened.row("Gossi Wells")).to_contain_text("Shura")
    told.get_by_role("button", name="Show the new state").click()
    expect(opened.row("Gossi Wells")).to_contain_text("League")
    expect(told).to_be_hidden()
    opened.row("Gossi Wells").get_by_role("button").click()
    expect(opened.panel).to_contain_text("Held by League")


# On paper, and in a low window


def test_on_paper_stands_the_view_that_is_shown_under_its_day_and_clock(shown: Served, app: Opener) -> None:
    opened = app(shown, "#d=2031-03-20&k=2031-03-18&p=test:ford")
    opened.panel.get_by_role("button", name="whole report").first.click()
    expect(opened.page.locator("#report .passage")).to_be_visible()
    opened.page.emulate_media(media="print")
    expect(opened.page.locator("#report")).to_be_visible()
    expect(opened.page.locator("#view-map")).to_be_hidden()
    opened.page.emulate_media(media="screen")
    opened.page.locator("#report").get_by_role("button", name="Close").click()
    opened.page.emulate_media(media="print")
    for shows in ("#long-date", "#known-words", "#list-body tr", "#panel"):
        expect(opened.page.locator(shows).first).to_be_visible()
    top, under = (opened.page.locator(one).bounding_box() for one in ("#known-words", "#panel"))
    assert top
    assert under
    assert top["y"] + top["height"] <= under["y"]
    opened.page.emulate_media(media="screen")
    opened.go("Tables")
    opened.loaded()
    opened.page.emulate_media(media="print")
    expect(opened.page.locator("#table-body tr").first).to_be_visible()
    expect(opened.page.locator("#view-map")).to_be_hidden()
    expect(opened.panel).to_be_hidden()


@pytest.mark.parametrize("size", [(960, 500), (1280, 600), (1280, 420)])
def test_in_a_low_window_nothing_lies_over_the_dates(shown: Served, app: Opener, size: tuple[int, int]) -> None:
    opened = app(shown, "#d=2031-03-20&p=test:ford", viewport={"width": size[0], "height": size[1]})
    expect(opened.panel.locator(".claim").first).to_be_visible()
    upper, lower = (opened.page.locator(one).bounding_box() for one in (".map-box", "#timebar"))
    assert upper
    assert lower
    assert upper["height"] > 100
    assert upper["y"] + upper["height"] <= lower["y"] + 1
    assert opened.evaluate("() => document.documentElement.scrollHeight") == size[1]
