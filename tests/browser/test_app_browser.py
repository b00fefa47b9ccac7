"""The application in a real browser, on a real server over a ledger of a made-up war."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from app_war import ATTACKS, FORD, fill
from map_crowd import crowd
from pages import AppPage
from playwright.sync_api import Route as Asked
from playwright.sync_api import expect
from served import Opener, Served
from starlette.responses import Response
from starlette.routing import Route

from whoholds.model import Place
from whoholds.web.settings import Limits

# Map and evidence


def test_the_map_leads_to_the_reasons_in_the_reports_words(shown: Served, app: Opener) -> None:
    opened = app(shown, "#d=2031-03-20")
    opened.row("Tanout Ford").get_by_role("button").click()
    panel = opened.panel
    expect(panel.get_by_role("heading", level=2)).to_have_text("Tanout Ford")
    card = panel.locator(".claims article").filter(has_text="Idrissa Bane").first
    expect(card.locator("mark")).to_have_text(["Guard", "walked into", "Tanout Ford", "at dawn on 14 March"])
    expect(card).to_contain_text("published 14 March 2031")
    expect(card.get_by_text("1 more carries the same word")).to_be_visible()
    expect(card.locator(".copies")).to_contain_text("The Courier")
    expect(panel.locator(".first-report")).to_contain_text("First reported")
    expect(panel.locator(".adds:visible").first).to_contain_text("without it")
    expect(panel.locator("details.others")).to_contain_text("Said besides")
    card.get_by_role("button", name="whole report").first.click()
    report = opened.page.locator("#report")
    expect(report.locator("mark.chosen")).to_have_text("The Guard walked into Tanout Ford")
    expect(report).to_contain_text("Shops stayed shut all day.")
    report.get_by_role("button", name="Close").click()
    expect(report).to_be_hidden()


def test_rival_accounts_are_shown(shown: Served, app: Opener) -> None:
    opened = app(shown, "#d=2031-03-20&p=test:ford")
    expect(opened.panel.locator(".accounts li").filter(has_text="Front").first).to_be_visible()


def test_any_day_can_be_asked_about_as_known(shown: Served, app: Opener) -> None:
    opened = app(shown, "#d=2031-03-20&p=test:ford")
    opened.page.get_by_label("As known on", exact=True).last.fill("2031-02-01")
    expect(opened.page.locator("#known-words")).to_have_text("as known on 1 February 2031")
    expect(opened.panel).to_contain_text("Held by Front")
    # The wells were heard of on 6 February only.
    expect(opened.row("Gossi Wells")).to_have_count(0)
    opened.page.get_by_role("button", name="in hindsight").click()
    expect(opened.row("Gossi Wells")).to_be_visible()


def test_a_late_answer_does_not_overwrite_a_later_one_on_the_map(shown: Served, app: Opener) -> None:
    opened = app(shown, "#d=2031-03-20")
    late = opened.hold(re.compile(r"/map\?course=all&known=2031-01-01"))
    asked = opened.page.get_by_label("As known on", exact=True).last
    asked.fill("2031-01-01")
    late.wait()
    asked.fill("2031-02-10")
    expect(opened.row("Gossi Wells")).to_be_visible()
    late.release()
    opened.page.get_by_label("Go to date").fill("2031-03-19")
    opened.page.get_by_label("Go to date").blur()
    expect(opened.page.locator("#long-date")).to_have_text("19 March 2031")
    opened.page.get_by_role("searchbox", name="Search for a place").fill("e")
    expect(opened.row("Gossi Wells")).to_be_visible()


def test_a_server_that_is_gone_is_told_of_until_it_answers_again(shown: Served, app: Opener) -> None:
    opened = app(shown, "#d=2031-03-20")
    asked, told = opened.page.get_by_label("As known on", exact=True).last, opened.page.locator("#fault")
    opened.page.route("**/api/v1/map?*", lambda route: route.abort())
    asked.fill("2031-02-01")
    expect(told).to_contain_text("The server cannot be reached. Is it still running? The map still shows")
    # And what it still shows is what the clock, its field and the link say.
    expect(opened.page.locator("#known-words")).to_have_text("by all reports")
    expect(asked).to_have_value("")
    expect(opened.page).not_to_have_url(re.compile("k="))
    expect(opened.row("Gossi Wells")).to_be_visible()
    told.get_by_role("button", name="Close").click()
    expect(told).to_be_hidden()
    asked.fill("2031-02-02")
    expect(told).to_be_visible()
    # It takes its room from the map.
    assert opened.evaluate("() => document.documentElement.scrollHeight") == 800
    expect(opened.page.locator("#known-now")).to_be_in_viewport(ratio=1)
    opened.page.unroute_all()
    asked.fill("2031-02-10")
    expect(told).to_be_hidden()
    expect(opened.page.locator("#known-words")).to_have_text("as known on 10 February 2031")
    expect(opened.page).to_have_url(re.compile("k=2031-02-10"))
    expect(opened.row("Gossi Wells")).to_be_visible()
    # The browser itself notes that a question was not answered.
    opened.errors[:] = [error for error in opened.errors if "ERR_FAILED" not in error]


def test_the_place_and_day_of_the_address_are_opened(shown: Served, app: Opener) -> None:
    opened = app(shown, "#d=2031-02-20&p=test:wells&f=held:shura")
    expect(opened.panel).to_contain_text("Held by Shura")
    expect(opened.page.locator("#long-date")).to_have_text("20 February 2031")
    expect(opened.page.get_by_role("button", name=re.compile("^Shura"))).to_have_attribute("aria-pressed", "true")


def test_twenty_thousand_places_in_the_application(shown: Served, app: Opener) -> None:
    data = json.dumps(crowd(light=True)).encode()
    # From the server, since Playwright is slow to hand over so much.
    large = Route("/api/v1/crowd", lambda _: Response(data, media_type="application/json"))
    shown.app.router.routes.insert(0, large)

    def prepare(page: AppPage) -> None:
        about = {"first_day": "2031-01-01", "last_day": "2032-12-31"}
        page.page.route("**/api/v1/map?*", lambda route: route.continue_(url=f"{shown.base}api/v1/crowd"))
        page.page.route("**/api/v1/about", lambda route: route.fulfill(json={**route.fetch().json(), **about}))

    opened = app(shown, "#d=2031-09-01", prepare)
    expect(opened.page.locator("#list-count")).to_have_text("20,000 places")
    assert 3 < len(opened.clusters()) < 400
    opened.page.get_by_role("button", name="Play").click()
    expect(opened.page.locator("#long-date")).not_to_have_text("1 September 2031")
    opened.page.get_by_role("button", name="Pause").click()


def test_a_ledger_too_large_for_all_days_is_asked_for_each(tmp_path: Path, factory: Any, app: Opener) -> None:
    served = Served(tmp_path, lambda ledger: fill(ledger, factory), limits=Limits(map_spells=1))
    opened = app(served, "#d=2031-02-20")
    expect(opened.row("Gossi Wells")).to_contain_text("Shura")
    with opened.page.expect_response(re.compile(r"/map\?course=at&day=2031-03-20")):
        opened.page.get_by_label("Go to date").fill("2031-03-20")
        opened.page.get_by_label("Go to date").blur()
    opened.row("Gossi Wells").get_by_role("button").click()
    expect(opened.panel).to_contain_text("Held by Shura")
    expect(opened.page.locator("#changes")).to_be_hidden()
    # The browser itself notes that all days were refused.
    opened.errors[:] = [error for error in opened.errors if "400" not in error]
    opened.page.close()
    served.stop()


def test_a_claim_late_in_a_long_report_is_shown_in_it(tmp_path: Path, factory: Any, app: Opener) -> None:
    words = "The Guard walked into Tanout Ford"
    text = f"The opening words. {'It rained. ' * 19_000}{words} at dawn. {'It went on raining. ' * 12_000}The very end."
    report = factory.report(text, "long.txt", "2031-03-14")

    def one(ledger: Any) -> None:
        factory.store(ledger, factory.claim("gains", "guard", FORD, "2031-03-14", of=report, quote=words))

    served = Served(tmp_path, one)
    opened = app(served, "#p=test:ford")
    opened.panel.get_by_role("button", name="whole report").click()
    box = opened.page.locator("#report")
    expect(box.locator("mark.chosen")).to_have_text(words)
    expect(box.locator("mark.chosen")).to_be_in_viewport()
    for _ in range(2):
        box.get_by_role("button", name="What comes before").click()
    expect(box).to_contain_text("The opening words.")
    onwards = box.get_by_role("button", name="The report goes on")
    held: list[Asked] = []
    opened.page.route("**/api/v1/reports/**", lambda route: held.append(route))
    onwards.click()
    # A second click would ask for the same part again.
    expect(onwards).to_be_disabled()
    held[0].continue_()
    opened.page.unroute("**/api/v1/reports/**")
    onwards.click()
    expect(box).to_contain_text("The very end.")
    opened.page.close()
    served.stop()


# Tables


def test_tables_are_searched_filtered_and_sorted(shown: Served, app: Opener) -> None:
    opened = app(shown)
    opened.go("Tables")
    opened.page.get_by_role("button", name="Claims", exact=True).click()
    opened.page.get_by_label("Mode").select_option("planned")
    expect(opened.page.locator("#table-count")).to_have_text("1 to 1 of 1")
    expect(opened.cells().first).to_have_text("gains")
    opened.page.get_by_label("Mode").select_option("")
    opened.page.get_by_role("searchbox", name="Search the table").fill("walked")
    expect(opened.page.locator("#table-count")).to_have_text("1 to 2 of 2")
    opened.page.get_by_role("searchbox", name="Search the table").fill("")
    opened.page.get_by_label("Actor", exact=True).fill("front")
    expect(opened.page.locator("#table-count")).to_have_text("1 to 3 of 3")
    opened.page.get_by_role("button", name="published end").click()
    expect(opened.page.get_by_role("columnheader", name="published end")).to_have_attribute("aria-sort", "ascending")
    expect(opened.page.locator("#table-body tr").first).to_contain_text("2031-01-21")
    assert opened.column("published end") == sorted(opened.column("published end"))
    expect(opened.page).to_have_url(re.compile("t=claims.*t.actor=front"))
    again = app(shown, f"#{opened.page.url.partition('#')[2]}")
    expect(again.page.locator("#table-count")).to_have_text("1 to 3 of 3")
    again.page.get_by_role("button", name="Tanout Ford").first.click()
    expect(again.panel.get_by_role("heading", level=2)).to_have_text("Tanout Ford")
    again.page.go_back()
    expect(again.page.locator("#view-tables")).to_be_visible()


def test_actors_have_names_whatever_day_the_map_is_known_on(shown: Served, app: Opener) -> None:
    # By that day no report had come out: the map has no actor at all.
    opened = app(shown, "#v=tables&t=claims&k=2031-01-01&t.kind=contests")
    opened.loaded()
    assert (opened.column("actor"), opened.column("against")) == (["League"], ["Shura"])
    reviewed = app(shown, "#v=review&k=2031-01-01")
    reviewed.page.get_by_role("searchbox", name="Search the queue").fill("gossi wells league")
    reviewed.page.get_by_role("searchbox", name="Search the queue").press("Enter")
    expect(reviewed.page.locator("#queue-title")).to_contain_text("1 of 1")
    expect(reviewed.page.locator("#queue-item .deed")).to_contain_text("League fights for it against Shura")


@pytest.mark.parametrize(
    ("address", "label", "typed", "found"),
    [
        ("t=places", "Holder", "Shura", ["Gossi Wells"]),
        ("t=claims&t.kind=contests", "Actor", "league", ["Gossi Wells"]),
        ("t=claims&t.kind=contests", "Place", "gossi", ["Gossi Wells"]),
        ("t=places&tq=gossi", "Country", "mli", ["Gossi Wells"]),
        ("t=places&tq=gossi", "Country", "Mali", ["Gossi Wells"]),
        ("t=places&tq=gossi", "Country", "Nowhere at all", ["Nothing fits."]),
    ],
)
def test_filters_take_names(shown: Served, app: Opener, address: str, label: str, typed: str, found: list[str]) -> None:
    opened = app(shown, f"#v=tables&{address}")
    opened.loaded()
    with opened.page.expect_response(lambda answer: "/tables/" in answer.url and answer.status == 200):
        opened.page.get_by_label(label, exact=True).fill(typed)
    opened.loaded()
    at = "tr > :nth-child(4)" if "claims" in address else "tr > :first-child"
    expect(opened.page.locator(f"#table-body {at}")).to_have_text(found)


def test_the_tables_say_of_what_day_they_are_and_that_the_map_is_of_another(shown: Served, app: Opener) -> None:
    opened = app(shown, "#v=tables&t=places")
    told = opened.page.locator("#table-of")
    expect(told).to_contain_text("The latest answer for each place, as of 1")
    expect(told).to_contain_text("by all reports read.")
    expect(told).not_to_contain_text("The map is set")
    opened.page.get_by_label("Holder", exact=True).click(trial=True)  # nothing lies over the filters
    opened = app(shown, "#d=2031-02-20&k=2031-02-01&v=tables&t=places")
    expect(opened.page.locator("#table-of")).to_contain_text(
        "The map is set to 20 February 2031 and to what was known on 1 February 2031; the tables do not go by that."
    )


@pytest.mark.parametrize("way", ["the table", "the address"])
def test_a_place_that_no_report_had_spoken_of_by_then_says_so(shown: Served, app: Opener, way: str) -> None:
    if way == "the table":
        opened = app(shown, "#k=2031-02-01&v=tables&t=places&tq=gossi")
        opened.page.get_by_role("button", name="Gossi Wells").click()
        expect(opened.page.locator("#panel-title")).to_be_focused()
    else:
        opened = app(shown, "#k=2031-02-01&p=test:wells")
    expect(opened.panel.get_by_role("heading", level=2)).to_have_text("Gossi Wells")
    expect(opened.panel).to_contain_text("By 1 February 2031 no report that was read spoke of this place.")
    opened.panel.get_by_role("button", name="in hindsight").click()
    expect(opened.panel).to_contain_text("Held by Shura")


def test_a_place_of_which_only_plans_are_told_opens(tmp_path: Path, factory: Any, app: Opener) -> None:
    def one(ledger: Any) -> None:
        fill(ledger, factory)
        pass_ = Place("Menaka Pass", place_id="test:pass", lat=15.9, lon=2.4, country="MLI", basis="gazetteer")
        claim = factory.claim(
            "gains", "league", pass_, "2031-05-01", mode="planned", published="2031-04-01", label="plan.txt"
        )
        factory.store(ledger, claim)

    served = Served(tmp_path, one)
    opened = app(served, "#v=tables&t=places&tq=menaka")
    opened.page.get_by_role("button", name="Menaka Pass").click()
    linked = app(served, "#p=test:pass")
    for page in (opened, linked):
        expect(page.panel.get_by_role("heading", level=2)).to_have_text("Menaka Pass")
        expect(page.panel).to_contain_text("No report says who holds it.")
        expect(page.panel.locator("details.others .claim")).to_be_visible()
    opened.page.close()
    linked.page.close()
    served.stop()


def test_rows_are_copied_as_text_with_their_empty_cells(shown: Served, app: Opener) -> None:
    opened = app(shown, "#v=tables&t=claims&tq=gossi")
    opened.loaded()
    opened.evaluate(
        "() => { document.addEventListener('copy', event => { window.copied = event.clipboardData.getData('text') });"
        "getSelection().selectAllChildren(document.querySelector('#view-tables table')); document.execCommand('copy') }"
    )
    lines = [line.split("\t") for line in opened.evaluate("() => window.copied").split("\n")]
    assert lines[0] == opened.page.locator("#table-head th").all_inner_texts()
    assert [dict(zip(lines[0], line, strict=True))["place"] for line in lines[1:]] == ["Gossi Wells", "Gossi Wells"]
    assert [dict(zip(lines[0], line, strict=True))["against"] for line in lines[1:]] == ["Shura", ""]


@pytest.mark.parametrize("table", ["Places", "Claims", "Reports", "Issues"])
def test_every_table_opens_and_is_accessible(shown: Served, app: Opener, table: str) -> None:
    opened = app(shown, "#v=tables")
    opened.page.get_by_role("button", name=table, exact=True).click()
    expect(opened.page.get_by_role("button", name=table, exact=True)).to_have_attribute("aria-pressed", "true")
    opened.loaded()
    opened.page.get_by_label("all columns").check()
    opened.loaded()
    opened.assert_accessible()


def test_pages_go_on_and_back(shown: Served, app: Opener) -> None:
    def prepare(page: AppPage) -> None:
        # Pages of five rows, so that few claims fill several.
        page.page.route(
            re.compile("/tables/claims"),
            lambda route: route.continue_(url=route.request.url.replace("limit=50", "limit=5")),
        )

    opened = app(shown, "#v=tables&t=claims", prepare)
    expect(opened.page.locator("#table-body tr")).to_have_count(5)
    first = opened.page.locator("#table-body").inner_text()
    opened.page.get_by_role("button", name="On", exact=True).click()
    expect(opened.page.locator("#table-body")).not_to_have_text(first)
    opened.page.get_by_role("button", name="Back", exact=True).click()
    expect(opened.page.get_by_role("button", name="Back", exact=True)).to_be_disabled()
    expect(opened.page.locator("#table-body tr")).to_have_count(5)
    assert opened.page.locator("#table-body").inner_text() == first


def test_what_is_shown_is_what_is_exported_and_no_cell_is_a_formula(shown: Served, app: Opener) -> None:
    opened = app(shown, "#v=tables&t=claims")
    opened.loaded()
    opened.page.get_by_label("Kind").select_option("gains")
    expect(opened.page.locator("#table-export")).to_have_attribute("href", re.compile("kind=gains"))
    with opened.page.expect_download() as download:
        opened.page.locator("#table-export").click()
    rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    assert len(rows) > 5
    assert [cell for row in rows for cell in row if cell.startswith(("=", "@", "+", "\t", "\r"))] == []


# Hostile reports


def test_hostile_reports_are_only_text_in_every_view(written: Served, app: Opener) -> None:
    opened = app(written, "#d=2031-03-20")
    title = opened.page.title()
    for n in range(len(ATTACKS)):
        opened.page.get_by_role("searchbox", name="Search for a place").fill(ATTACKS[n][:40])
        expect(opened.page.locator("#list-body tr").first).to_be_visible()
        opened.page.get_by_role("searchbox", name="Search for a place").press("Enter")
        expect(opened.panel.locator(".claim").first).to_be_visible()
        expect(opened.panel.locator(".claim a")).to_have_count(0)
    opened.page.get_by_role("button", name="whole report").first.click()
    expect(opened.page.locator("#report .passage")).to_be_visible()
    opened.page.locator("#report").get_by_role("button", name="Close").click()
    opened.page.get_by_text("What changed this week").click()
    opened.drawn()
    for table in ("Places", "Claims", "Reports", "Issues"):
        opened.go("Tables")
        opened.page.get_by_role("button", name=table, exact=True).click()
        opened.loaded()
        opened.page.get_by_label("all columns").check()
        opened.loaded()
        # Nothing but the one address of a harmless report.
        expect(opened.page.locator("#table-body a:not([href^='https://example.org/'])")).to_have_count(0)
    opened.go("Review")
    opened.page.get_by_role("searchbox", name="Search the queue").fill("onerror")
    opened.page.get_by_role("searchbox", name="Search the queue").press("Enter")
    # The claim of the whole queue stands there until that of the search comes and takes its form away.
    expect(opened.page.get_by_role("heading", name="1 of 2")).to_be_visible()
    expect(opened.page.locator("#queue-item .claim")).to_be_visible()
    opened.page.keyboard.press("Tab")
    opened.page.locator("#do-correct").click()
    expect(opened.page.locator(".claim-form")).to_be_visible()
    opened.page.locator("#do-copy").click()
    expect(opened.page.locator(".candidates li").first).to_be_visible()
    opened.go("Map")
    assert opened.page.title() == title
    expect(opened.page.locator("body :is(img, iframe, object, embed, script)")).to_have_count(0)


# Review


def test_review_by_one_key_each_with_undo(written: Served, app: Opener) -> None:
    opened = app(written, "#v=review")
    item, status = opened.page.locator("#queue-item"), opened.page.locator("#review-status")
    expect(item.locator(".claim")).to_be_visible()
    first = item.locator(".claim").get_attribute("data-claim")
    opened.page.keyboard.press("a")
    expect(status).to_contain_text("right:")
    expect(item.locator(".claim")).not_to_have_attribute("data-claim", first or "")
    second = item.locator(".claim").get_attribute("data-claim")
    opened.page.keyboard.press("r")
    expect(status).to_contain_text("wrong:")
    opened.page.keyboard.press("u")
    expect(status).to_contain_text("Taken back: wrong, ")
    expect(item.locator(".claim")).to_have_attribute("data-claim", second or "")
    opened.page.get_by_role("button", name="What you said").click()
    said = opened.page.locator("#review-history")
    expect(said).to_contain_text("right")
    expect(said).to_contain_text("wrong (taken back)")


def first_claim(opened: AppPage) -> str:
    """The id of the claim that the review shows, once it does."""
    expect(opened.page.locator("#queue-item .claim")).to_be_visible()
    return opened.page.locator("#queue-item .claim").get_attribute("data-claim") or ""


def test_undo_goes_on_after_a_reload_and_names_the_claim(written: Served, app: Opener) -> None:
    opened = app(written, "#v=review")
    status, counts = opened.page.locator("#review-status"), opened.page.locator("#queue-counts")
    first = first_claim(opened)
    expect(counts).to_contain_text("0 judged by you")
    opened.page.keyboard.press("a")
    expect(counts).to_contain_text("1 judged by you")
    second = first_claim(opened)
    opened.page.keyboard.press("r")
    expect(counts).to_contain_text("2 judged by you")
    again = app(written, "#v=review")
    status, counts = again.page.locator("#review-status"), again.page.locator("#queue-counts")
    shown = again.page.locator("#queue-item .claim")
    expect(counts).to_contain_text("2 judged by you")
    again.page.keyboard.press("u")
    expect(status).to_contain_text("Taken back: wrong, ")
    expect(shown).to_have_attribute("data-claim", second)
    expect(counts).to_contain_text("1 judged by you")
    again.page.keyboard.press("u")
    expect(status).to_contain_text("Taken back: right, ")
    expect(shown).to_have_attribute("data-claim", first)
    expect(again.page.locator("#queue-facts")).to_contain_text("ana: right (taken back)")
    expect(counts).to_contain_text("0 judged by you")
    again.page.keyboard.press("u")
    expect(status).to_have_text("There is nothing of yours to take back.")


def test_what_was_said_can_be_taken_back_once_and_what_fails_is_told_there(written: Served, app: Opener) -> None:
    opened = app(written, "#v=review")
    first_claim(opened)
    opened.page.keyboard.press("a")
    expect(opened.page.locator("#review-status")).to_contain_text("right:")
    opened.page.get_by_role("button", name="What you said").click()
    said = opened.page.locator("#review-history li")
    expect(said).to_contain_text("right: ")
    other = app(written, "#v=review")
    first_claim(other)
    other.page.keyboard.press("u")
    expect(other.page.locator("#review-status")).to_contain_text("Taken back")
    back = said.get_by_role("button", name="Take back")
    back.click()
    expect(said).to_contain_text("was taken back before")
    expect(back).to_be_enabled()
    # The browser itself notes the refusal.
    opened.errors[:] = [error for error in opened.errors if "409" not in error]
    opened.page.get_by_role("button", name="What you said").click()
    expect(said).to_have_count(2)
    expect(said.get_by_role("button", name="Take back")).to_have_count(0)


def test_a_reason_goes_with_the_claim_that_it_was_typed_for(written: Served, app: Opener) -> None:
    opened = app(written, "#v=review")
    first = first_claim(opened)
    reason = opened.page.get_by_label("Reason")
    reason.fill("A translation.")
    opened.page.locator("#do-next").click()
    expect(opened.page.locator("#queue-item .claim")).not_to_have_attribute("data-claim", first)
    expect(reason).to_have_value("")
    opened.page.locator("#do-previous").click()
    expect(reason).to_have_value("A translation.")
    with opened.page.expect_request(lambda asked: asked.method == "POST") as sent:
        opened.page.locator("#do-accept").click()
    assert json.loads(sent.value.post_data or "").items() >= {"claim": first, "reason": "A translation."}.items()


def test_no_key_takes_an_unsaved_correction_away(written: Served, app: Opener) -> None:
    opened = app(written, "#v=review")
    first = first_claim(opened)
    opened.page.keyboard.press("c")
    form = opened.page.locator(".correction")
    form.get_by_label("Which part").fill("the market")
    opened.page.get_by_role("button", name="Save").focus()
    for key in "nar":
        opened.page.keyboard.press(key)
    expect(form.get_by_label("Which part")).to_have_value("the market")
    opened.page.locator("#do-next").click()
    expect(form).to_contain_text("Save this first")
    expect(form.get_by_label("Which part")).to_have_value("the market")
    opened.page.keyboard.press("Escape")
    expect(form).to_have_count(0)
    opened.page.locator("#queue-title").focus()
    opened.page.keyboard.press("d")
    form.locator(".candidates button").first.press("Enter")
    opened.page.keyboard.press("a")
    expect(form.locator(".candidates [aria-pressed=true]")).to_be_focused()
    opened.page.get_by_role("button", name="Save").click()
    expect(opened.page.locator("#review-status")).to_contain_text("copy:")
    expect(opened.page.locator("#queue-item .claim")).not_to_have_attribute("data-claim", first)


def test_a_late_answer_to_a_judgement_takes_no_form_away(written: Served, app: Opener) -> None:
    opened = app(written, "#v=review")
    first = first_claim(opened)
    late = opened.hold(re.compile("/review/judgements$"))
    opened.page.keyboard.press("a")
    late.wait()
    opened.page.keyboard.press("c")
    opened.page.locator(".correction").get_by_label("Which part").fill("the market")
    late.release()
    expect(opened.page.locator("#review-status")).to_contain_text("right:")
    expect(opened.page.locator(".correction").get_by_label("Which part")).to_have_value("the market")
    assert first_claim(opened) == first


def test_what_is_wrong_with_a_correction_is_told_at_its_field(written: Served, app: Opener) -> None:
    opened = app(written, "#v=review", viewport={"width": 1000, "height": 500})
    first_claim(opened)
    opened.page.keyboard.press("c")
    form = opened.page.locator(".correction")
    form.get_by_label("From").fill("2031-03-20")
    form.get_by_label("Until").fill("2031-03-10")
    opened.page.get_by_role("button", name="Save").click()
    wrong = form.get_by_role("alert")
    expect(wrong).to_have_text("Until is before From.")
    expect(wrong).to_be_in_viewport()
    expect(form.get_by_label("Until")).to_be_focused()
    expect(form.get_by_label("Until")).to_have_attribute("aria-invalid", "true")
    expect(form.get_by_label("Until")).to_have_accessible_description("Until is before From.")
    opened.assert_accessible()
    form.get_by_label("Until").fill("2031-03-20")
    opened.page.get_by_role("button", name="Save").click()
    expect(opened.page.locator("#review-status")).to_contain_text("changed:")


def test_an_actor_that_nobody_knows_is_asked_about_before_it_is_saved(written: Served, app: Opener) -> None:
    opened = app(written, "#v=review")
    first_claim(opened)
    opened.page.keyboard.press("c")
    form, status = opened.page.locator(".correction"), opened.page.locator("#review-status")
    form.get_by_label("Actor (id)").fill("Islamic State")
    opened.page.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert")).to_contain_text("Is islamic-state (Islamic State) meant?")
    form.get_by_label("Actor (id)").fill("Nobody Known Army")
    opened.page.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert")).to_contain_text("No actor with the id “Nobody Known Army” is known.")
    expect(status).to_have_text("")
    opened.page.get_by_role("button", name="Save").click()
    expect(status).to_contain_text("changed:")


def test_a_claim_that_was_judged_is_shown_as_judged(written: Served, app: Opener) -> None:
    opened = app(written, "#v=review")
    first = first_claim(opened)
    opened.page.keyboard.press("r")
    expect(opened.page.locator("#queue-item .claim")).not_to_have_attribute("data-claim", first)
    opened.page.keyboard.press("p")
    expect(opened.page.locator("#queue-item .claim")).to_have_attribute("data-claim", first)
    expect(opened.page.locator("#queue-facts")).to_contain_text("ana: wrong")


def test_the_review_is_found_where_it_was_left(written: Served, app: Opener) -> None:
    opened = app(written, "#v=review")
    first_claim(opened)
    opened.page.keyboard.press("n")
    opened.page.keyboard.press("n")
    left = first_claim(opened)
    opened.go("Map")
    opened.go("Review")
    assert first_claim(opened) == left
    expect(opened.page.locator("#queue-title")).to_contain_text("3 of ")


def test_the_queue_goes_on_after_one_claim_that_was_chosen(written: Served, app: Opener) -> None:
    opened = app(written, "#d=2031-03-20&p=test:ford")
    judge = opened.panel.locator(".claims article").first.get_by_role("button", name="judge it").first
    judge.click()
    counts = opened.page.locator("#queue-counts")
    expect(counts).to_have_text("One claim, chosen by you.")
    opened.page.get_by_role("button", name="Queue", exact=True).click()
    expect(counts).to_contain_text("to judge")
    expect(opened.page.locator("#queue-title")).to_contain_text("1 of ")
    opened.go("Map")
    judge.click()
    expect(counts).to_have_text("One claim, chosen by you.")
    opened.page.keyboard.press("r")
    expect(opened.page.locator("#review-status")).to_contain_text("wrong: Tanout Ford")
    expect(counts).to_contain_text("1 judged by you")
    first_claim(opened)


def test_another_judgement_of_the_claim_that_counts_is_told_of(written: Served, app: Opener) -> None:
    one = app(written, "#v=review")
    other = app(written, "#v=review")
    assert first_claim(one) == first_claim(other)
    one.page.keyboard.press("a")
    expect(one.page.locator("#review-status")).to_contain_text("right:")
    other.page.keyboard.press("r")
    expect(other.page.locator("#review-status")).to_contain_text(
        "It counts in place of your other judgement of it, “right”"
    )
    one.page.keyboard.press("u")
    expect(one.page.locator("#review-status")).to_contain_text("What counts now is your other judgement of it, “wrong”")
    # Another coder is told that there is one, and not what it says.
    ben = app(written, "#v=review&by=ben&claim=" + first_claim(one))
    first_claim(ben)
    ben.page.keyboard.press("a")
    expect(ben.page.locator("#review-status")).to_contain_text(
        "It counts in place of another person’s judgement of it."
    )


def test_a_late_answer_does_not_overwrite_a_later_one_in_the_review(written: Served, app: Opener) -> None:
    opened = app(written)
    late = opened.hold(re.compile(r"/review/queue\?by=[^&]*&apart="))
    opened.go("Review")
    late.wait()
    opened.page.get_by_role("searchbox", name="Search the queue").fill("onerror")
    opened.page.get_by_role("searchbox", name="Search the queue").press("Enter")
    expect(opened.page.get_by_role("heading", name="1 of 2")).to_be_visible()
    late.release()
    expect(opened.page.get_by_role("heading", name="1 of 2")).to_be_visible()


def test_a_claim_is_corrected_with_its_place_by_search_on_the_map(written: Served, app: Opener) -> None:
    opened = app(written, "#d=2031-03-20&p=test:ford")
    card = opened.panel.locator(".claims article").filter(has_text="Idrissa Bane").first
    card.get_by_role("button", name="judge it").first.click()
    expect(opened.page.locator("#queue-counts")).to_have_text("One claim, chosen by you.")
    opened.page.keyboard.press("c")
    form = opened.page.locator(".claim-form")
    form.get_by_label("Extent").select_option("part")
    form.get_by_label("Which part").fill("the market")
    form.get_by_label("Quote, word for word").fill("Guard walked into Tanout Ford")
    form.get_by_role("searchbox", name="Search for the place").fill("Gossi")
    form.get_by_role("button", name=re.compile("^Gossi Wells")).click()
    expect(form).to_contain_text("Will be: Gossi Wells")
    expect(form.locator(".pick-map canvas")).to_be_visible()
    with opened.page.expect_response(
        lambda answer: answer.url.endswith("/review/judgements") and answer.request.method == "POST"
    ) as made:
        opened.page.get_by_role("button", name="Save").click()
    assert made.value.status == 201
    sent = json.loads(made.value.request.post_data or "")["changes"]
    assert {key: sent[key] for key in ("extent", "part", "place_id")} == {
        "extent": "part",
        "part": "the market",
        "place_id": "test:wells",
    }
    assert sent["quote_end"] - sent["quote_start"] == len("Guard walked into Tanout Ford")
    # The answers follow: the map asks again when it is next looked at.
    opened.go("Map")
    opened.row("Gossi Wells").get_by_role("button").click()
    expect(opened.panel).to_contain_text("the market")


def test_a_claim_is_split_and_a_report_marked_as_a_copy(written: Served, app: Opener) -> None:
    opened = app(written, "#v=review")
    expect(opened.page.locator("#queue-item .claim")).to_be_visible()
    opened.page.keyboard.press("s")
    parts = opened.page.locator(".parts .claim-form")
    expect(parts).to_have_count(2)
    parts.nth(1).get_by_label("What").select_option("contests")
    opened.page.get_by_role("button", name="Save").click()
    expect(opened.page.locator("#review-status")).to_contain_text("split:")
    opened.page.locator("#queue-item h2").focus()
    opened.page.keyboard.press("d")
    opened.page.locator(".candidates button").first.click()
    opened.page.get_by_role("button", name="Save").click()
    expect(opened.page.locator("#review-status")).to_contain_text("copy:")


def test_two_coders_are_compared(written: Served, app: Opener) -> None:
    chosen = ""
    for name, key in (("ana", "a"), ("ben", "r")):
        opened = app(written, f"#v=review&by={name}{chosen}")
        card = opened.page.locator("#queue-item .claim")
        expect(card).to_be_visible()
        chosen = f"&claim={card.get_attribute('data-claim')}"
        opened.page.keyboard.press(key)
        expect(opened.page.locator("#review-status")).to_contain_text("takes it back")
    opened.page.get_by_role("button", name="Coders and agreement").click()
    expect(opened.page.locator("#review-coders")).to_contain_text("Both judged 1 claims and agreed on 0.")
    opened.assert_accessible()


def test_a_server_that_only_shows_says_so(shown: Served, app: Opener) -> None:
    opened = app(shown, "#v=review")
    expect(opened.page.locator("#review-closed")).to_be_visible()
    expect(opened.page.locator("#queue-item .claim")).to_be_visible()
    opened.page.keyboard.press("a")
    expect(opened.page.locator("#review-status")).to_contain_text("--write")
    opened.go("Add reports")
    expect(opened.page.locator("#add-closed")).to_be_visible()
    expect(opened.page.get_by_role("button", name="Read it")).to_be_disabled()


# Adding reports


def test_reports_are_added_by_drop_and_by_paste(written: Served, app: Opener) -> None:
    opened = app(written, "#v=add")
    opened.evaluate(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File(["The army captured Ramadi on 3 May 2031, residents said."], "ramadi.txt"));
            data.items.add(new File([new Uint8Array([0, 1, 2, 255, 0, 3])], "junk.txt"));
            const drop = new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true});
            document.getElementById("drop").dispatchEvent(drop);
        }"""
    )
    job = opened.page.locator(".job").first
    expect(job).to_have_attribute("data-state", "done", timeout=120_000)
    expect(job).to_contain_text("1 new")
    expect(job.locator(".issues")).to_contain_text("junk.txt")
    opened.page.get_by_label("Text").fill("Rebels seized Rutba on 4 May 2031, the mayor said.")
    opened.page.get_by_label("Published").fill("2031-05-05")
    opened.page.get_by_role("button", name="Read it").click()
    expect(opened.page.locator(".job")).to_have_count(2)
    expect(opened.page.locator(".job").first).to_have_attribute("data-state", "done", timeout=120_000)
    opened.assert_accessible()
    opened.page.locator(".job").last.get_by_role("button", name="Ramadi").click()
    expect(opened.panel.get_by_role("heading", level=2)).to_have_text("Ramadi")
    expect(opened.row("Ramadi")).to_be_visible()


# Access


@pytest.mark.parametrize(
    ("look", "address"),
    [("light", "#p=test:ford"), ("dark", "#p=test:ford"), ("dark", "#v=review"), ("light", "#v=add")],
)
def test_axe_finds_nothing_wrong(shown: Served, app: Opener, look: str, address: str) -> None:
    opened = app(shown, address, color_scheme=look)
    if "p=" in address:
        expect(opened.panel.locator(".claim").first).to_be_visible()
    if "review" in address:
        expect(opened.page.locator("#queue-item .claim")).to_be_visible()
    opened.assert_accessible()


@pytest.mark.parametrize("address", ["", "#p=test:ford", "#v=tables&t=claims", "#v=review", "#v=add"])
def test_a_window_of_360_pixels_needs_no_sideways_scroll(shown: Served, app: Opener, address: str) -> None:
    opened = app(shown, address, viewport={"width": 360, "height": 700})
    assert opened.evaluate("() => document.documentElement.scrollWidth") <= 360


def test_the_page_runs_no_script_and_no_style_but_its_own_files(shown: Served, app: Opener) -> None:
    opened = app(shown, "#p=test:ford")
    answer = opened.page.request.get(shown.base)
    policy = dict(rule.split(" ", 1) for rule in answer.headers["content-security-policy"].split("; "))
    assert policy["script-src"] == policy["style-src"] == "'self'"
    page = answer.text()
    assert not re.search(r"<style|<script(?![^>]*src=)|\son\w+=|style=", page)
