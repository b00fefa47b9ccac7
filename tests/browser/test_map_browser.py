"""The map's page in a real browser: opened from disk, with hostile data, by mouse, keyboard and narrow window."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from map_crowd import crowd
from map_sample import HOSTILE, claim, empty, place, sample, spell
from pages import CHROMIUM, QUIET, MapPage, Pages
from playwright.sync_api import Browser, Playwright, expect

from whoholds.exports.map import Tiles, write_map
from whoholds.views.colours import actor_colours
from whoholds.views.mapshape import MapData

Opener = Callable[..., MapPage]


@pytest.fixture
def opener(pages: Pages, tmp_path: Path) -> Iterator[Opener]:
    """Writes data as a page and opens it; at the end the page must have been quiet."""
    opened: list[MapPage] = []

    def open_page(data: MapData | None = None, address: str = "", **options: Any) -> MapPage:
        path = tmp_path / f"map{len(opened)}.html"
        write_map(path, data or sample())
        opened.append(MapPage(pages.take(**options), path))
        return opened[-1].open(address)

    yield open_page
    for one in opened:
        pages.give(one)
        one.assert_quiet()


def test_it_opens_from_disk_and_draws_every_place(opener: Opener) -> None:
    opened = opener()
    assert opened.page.url.startswith("file://")
    data = sample()
    assert opened.drawn().keys() == {entry["id"] for entry in data["places"]}
    expect(opened.page.get_by_role("note")).to_have_text(data["disclaimer"])
    expect(opened.page.get_by_role("heading", level=1)).to_have_text(data["title"])


def test_signs_show_what_is_known(opener: Opener) -> None:
    data = sample()
    drawn = opener(address="#d=2031-04-20").drawn()

    def colour(actor: str) -> str:
        return data["actors"][actor]["colour"]

    ford, wells = drawn["name:tanout-ford"], drawn["name:gossi-wells"]
    assert (ford["colours"], ford["disputed"], ford["fighting"]) == ([colour("guard")], True, False)
    assert (wells["colours"], wells["disputed"], wells["fighting"]) == ([colour("shura")], False, True)
    assert (drawn["name:twin-bridges"]["divided"], len(drawn["name:twin-bridges"]["colours"])) == (True, 2)
    assert drawn["name:upper-valley"]["square"]
    assert not ford["square"]
    # Evidence of 14 March against that of 11 February: the older is fainter.
    assert ford["opacity"] > drawn["name:قرية-الملح"]["opacity"] > 0.4
    # Nothing is reported of Yelim by then but where its first spell has begun.
    assert drawn["name:adar"]["status"] == "unknown"
    assert drawn["name:adar"]["colours"] == []


def test_a_state_does_not_exist_before_its_evidence(opener: Opener) -> None:
    opened = opener(address="#d=2031-01-04")
    assert opened.drawn()["name:tanout-ford"]["status"] == "unknown"
    expect(opened.row("Tanout Ford")).to_contain_text("unknown")


def test_the_slider_moves_the_day_and_the_states(opener: Opener) -> None:
    opened = opener(address="#d=2031-03-12")
    guard = sample()["actors"]["guard"]["colour"]
    expect(opened.row("Tanout Ford")).to_contain_text("Northern Front")
    opened.slider.focus()
    opened.page.keyboard.press("ArrowRight")
    expect(opened.slider).to_have_attribute("aria-valuetext", "13 March 2031")
    expect(opened.row("Tanout Ford")).to_contain_text("left, no holder named")
    opened.page.keyboard.press("ArrowRight")
    expect(opened.row("Tanout Ford")).to_contain_text("Republican Guard")
    assert opened.drawn()["name:tanout-ford"]["colours"] == [guard]
    expect(opened.page).to_have_url(re.compile(r"#d=2031-03-14$"))
    opened.page.keyboard.press("Home")
    expect(opened.page.locator("#long-date")).to_have_text("3 January 2031")


def test_steps_and_play(opener: Opener) -> None:
    opened = opener(address="#d=2031-03-12")
    day = opened.page.locator("#long-date")
    opened.page.get_by_role("button", name="One day on").click()
    expect(day).to_have_text("13 March 2031")
    opened.page.get_by_role("button", name="Previous change").click()
    opened.page.get_by_role("button", name="Next change").click()
    expect(day).to_have_text("13 March 2031")
    opened.page.get_by_role("button", name="Play").click()
    expect(day).not_to_have_text("13 March 2031")
    opened.page.get_by_role("button", name="Pause").click()
    expect(opened.page.get_by_role("button", name="Play")).to_be_visible()
    opened.page.get_by_label("Go to date").fill("2031-02-02")
    opened.page.get_by_label("Go to date").blur()
    expect(day).to_have_text("2 February 2031")


def test_a_click_on_a_town_opens_its_evidence(opener: Opener) -> None:
    opened = opener(address="#d=2031-03-20")
    opened.click_town(-0.04, 16.27)
    panel = opened.panel
    expect(panel.get_by_role("heading", level=2)).to_have_text("Tanout Ford")
    expect(panel).to_contain_text("Held by Republican Guard")
    expect(panel).to_contain_text("last evidence 6 days before")
    card = panel.locator(".claims.for article")
    expect(card.locator("mark")).to_have_text(["Guard", "walked into", "Tanout Ford", "at dawn on 14 March"])
    assert card.locator("mark").evaluate_all("all => all.map(m => m.dataset.role)") == ["actor", "cue", "place", "time"]
    expect(card).to_contain_text("Republican Guard takes it (most of it) from Northern Front")
    expect(card).to_contain_text("Maj. Idrissa Bane, Guard spokesman – told Plains Radio")
    expect(card).to_contain_text("published 15 March 2031")
    link = card.get_by_role("link")
    expect(link).to_have_attribute("href", "https://example.org/guard?a=1&b=2")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    against = panel.locator(".claims.against article")
    expect(against).to_contain_text("not verified by the report")
    expect(against).to_contain_text("somebody whose name is withheld, trader")
    expect(opened.page).to_have_url(re.compile("p=name%3Atanout-ford"))


def test_a_click_beside_all_towns_closes_the_panel(opener: Opener) -> None:
    opened = opener(address="#p=name:tanout-ford")
    expect(opened.panel).to_be_visible()
    opened.click_town(-0.6, 16.0)
    expect(opened.panel).to_be_hidden()


def test_states_through_time_lead_to_their_day(opener: Opener) -> None:
    opened = opener(address="#p=name:tanout-ford")
    opened.panel.get_by_role("button", name="20 January 2031 to 12 March 2031").click()
    expect(opened.page.locator("#long-date")).to_have_text("20 January 2031")
    expect(opened.panel).to_contain_text("Held by Northern Front")
    # Two signs beyond the Basic Multilingual Plane stand before the words: offsets count code points.
    expect(opened.panel.locator(".claims mark")).to_have_text(["in the hands of", "the Front", "since January"])


def test_doubts_are_said_in_words(opener: Opener) -> None:
    opened = opener(address="#d=2031-04-20&p=name:gossi-wells")
    expect(opened.panel.locator(".against .doubt")).to_have_text(
        "planned – not said to have happened; the speaker’s own claim"
    )
    expect(opened.panel.locator(".for .deed")).to_have_text(
        "Somebody not named fights for it against Shura of the Hills"
    )


def test_hostile_reports_run_nothing_and_show_as_text(opener: Opener) -> None:
    data = sample()
    data["actors"]["front"]["name"] = HOSTILE
    data["actors"]["front"]["colour"] = "red;background:url(http://127.0.0.1:9/x)"
    data["places"][0]["country"] = HOSTILE
    opened = opener(data, "#p=bad:%3Cplace%3E")
    panel = opened.panel
    expect(panel.get_by_role("heading", level=2)).to_have_text(HOSTILE)
    expect(panel.locator("blockquote")).to_contain_text(f"Nobody says so: {HOSTILE} was taken by <script>")
    expect(panel.locator("dl")).to_contain_text(HOSTILE)
    expect(panel.locator("dl")).to_contain_text("(javascript:document.title='broken')")
    expect(panel.get_by_role("link")).to_have_count(0)
    expect(opened.page.locator("img, b, i, u, iframe, object, embed")).to_have_count(0)
    expect(opened.page.locator("script:not([type])")).to_have_count(1)
    assert opened.page.title() == data["title"]
    opened.click_town(0.9, 15.1)
    opened.drawn()
    assert opened.page.title() == data["title"]


def test_markup_in_the_title_is_text(opener: Opener) -> None:
    data = sample()
    data["title"] = data["disclaimer"] = HOSTILE
    opened = opener(data)
    opened.idle()
    assert opened.page.title() == HOSTILE
    expect(opened.page.get_by_role("note")).to_have_text(HOSTILE)


def test_by_keyboard_alone(opener: Opener) -> None:
    opened = opener()
    keys = opened.page.keyboard
    opened.page.get_by_role("searchbox", name="Search for a place").focus()
    keys.type("gossi")
    expect(opened.page.locator("#list-count")).to_have_text("1 of 28 places")
    keys.press("Enter")
    expect(opened.panel.get_by_role("heading", level=2)).to_be_focused()
    keys.press("Escape")
    expect(opened.panel).to_be_hidden()
    expect(opened.row("Gossi Wells").get_by_role("button")).to_be_focused()
    keys.press("Enter")
    expect(opened.panel.get_by_role("heading", level=2)).to_be_focused()
    keys.press("Tab")
    expect(opened.page.get_by_role("button", name="Close", exact=True)).to_be_focused()


def test_every_control_can_be_reached_and_has_a_name(opener: Opener) -> None:
    opened = opener(address="#p=name:tanout-ford")
    controls = opened.page.locator("button:visible, input:visible, summary:visible, a:visible")
    nameless = controls.evaluate_all(
        "all => all.filter(e => !(e.textContent.trim() || e.ariaLabel || e.labels?.[0]?.textContent.trim()))"
        ".map(e => e.outerHTML)"
    )
    assert controls.count() > 30
    assert nameless == []


def test_a_holder_in_the_legend_filters_map_and_list(opener: Opener) -> None:
    opened = opener(address="#d=2031-06-01")
    entry = opened.page.get_by_role("button", name=re.compile("Shura of the Hills"))
    expect(entry).to_contain_text("2")
    entry.press("Space")
    expect(entry).to_have_attribute("aria-pressed", "true")
    expect(opened.page.locator("#list-count")).to_have_text("2 of 28 places")
    drawn = opened.drawn()
    assert {key for key, look in drawn.items() if look["opacity"] > 0.2} == {"name:upper-valley", "name:ouan"}
    opened.page.get_by_role("button", name="show all").click()
    expect(opened.page.locator("#list-count")).to_have_text("28 places")


def test_places_not_found_are_listed_with_their_evidence(opener: Opener) -> None:
    opened = opener()
    expect(opened.page.get_by_text("Not found: 1 place")).to_be_visible()
    opened.row("the old fort").get_by_role("button").click()
    expect(opened.panel).to_contain_text("was not found, so it is not on the map; best guess within about 40 km")
    expect(opened.panel.locator(".claims mark")).to_have_text(["Front", "still had", "market quarter"])


@pytest.mark.parametrize("address", ["", "#d=2031-03-20&p=name:tanout-ford", "#p=bad:%3Cplace%3E"])
def test_a_window_of_360_pixels_needs_no_sideways_scroll(opener: Opener, address: str) -> None:
    opened = opener(address=address, viewport={"width": 360, "height": 700})
    wide = "() => Math.max(document.documentElement.scrollWidth, document.getElementById('panel').scrollWidth)"
    assert opened.evaluate(wide) <= 360
    expect(opened.row("Gossi Wells")).to_be_visible()


def test_tables_in_a_window_of_360_pixels_need_no_sideways_scroll_of_the_page(opener: Opener) -> None:
    opened = opener(address="#v=tables&t=claims", viewport={"width": 360, "height": 700})
    expect(opened.page.locator("#table-body tr").first).to_be_visible()
    assert opened.evaluate("() => document.documentElement.scrollWidth") <= 360


def test_the_page_is_no_longer_than_the_window(opener: Opener) -> None:
    # A short window: what is out of sight in the list must not lengthen the page beside it.
    opened = opener(viewport={"width": 1200, "height": 420})
    assert opened.evaluate("() => document.documentElement.scrollHeight") <= 420


def test_a_town_is_not_hidden_by_its_own_panel(opener: Opener) -> None:
    opened = opener(address="#p=name:tanout-ford", viewport={"width": 360, "height": 700})
    opened.idle()
    bottom = opened.evaluate(
        "() => whoholdsMap.project([-0.04, 16.27]).y + whoholdsMap.getContainer().getBoundingClientRect().top"
    )
    assert bottom < opened.evaluate("() => document.getElementById('panel').getBoundingClientRect().top")


def test_the_map_keeps_its_shape_beside_the_panel(opener: Opener) -> None:
    opened = opener()
    # At once, in the same task: otherwise the map is seen stretched before MapLibre notices.
    too_wide = """button => {
        button.click();
        const map = document.getElementById("map");
        return map.querySelector("canvas").width - map.clientWidth;
    }"""
    assert opened.row("Tanout Ford").get_by_role("button").evaluate(too_wide) == 0
    assert opened.page.locator("#panel-close").evaluate(too_wide) == 0


def test_dark_and_light_follow_the_system(opener: Opener) -> None:
    opened = opener(color_scheme="light")
    opened.idle()

    def water() -> str:
        return str(opened.evaluate("() => whoholdsMap.getPaintProperty('water', 'background-color')"))

    light = water()
    assert not any(look["dark"] for look in opened.drawn().values())
    opened.page.emulate_media(color_scheme="dark")
    # The map is idle still from before: wait for what must come, every place drawn anew.
    opened.page.wait_for_function(
        "places => { const found = whoholdsMap.queryRenderedFeatures({layers: ['places']});"
        "return found.length === places && found.every(f => JSON.parse(f.properties.look).dark) }",
        arg=len(sample()["places"]),
    )
    assert water() != light


def test_no_data_is_a_friendly_page(opener: Opener) -> None:
    opened = opener(empty())
    opened.idle()
    expect(opened.page.get_by_role("heading", name="Nothing to show yet")).to_be_visible()
    expect(opened.slider).to_be_hidden()


def test_one_day_and_one_place(opener: Opener) -> None:
    data = sample()
    data["places"] = [place("Lone Well", 10.0, 10.0, [spell("2031-01-05", "2031-01-05", ["guard"])])]
    data["unplaced"], data["claims"] = [], {}
    data["made"]["asked"]["on"] = None
    opened = opener(data)
    assert opened.drawn().keys() == {"name:lone-well"}
    expect(opened.slider).to_be_disabled()
    expect(opened.row("Lone Well")).to_contain_text("Republican Guard")


def test_actors_that_share_the_grey_are_told_apart_by_letters(opener: Opener) -> None:
    data = sample()
    ids = [f"side-{n:02}" for n in range(15)]
    data["actors"] = {key: {"name": key, "colour": colour} for key, colour in actor_colours(ids).items()}
    data["places"] = [place(f"Town {n}", 10 + n, 10, [spell("2031-01-05", None, [key])]) for n, key in enumerate(ids)]
    data["unplaced"] = []
    drawn = opener(data).drawn()
    assert [drawn[f"name:town-{n}"]["letter"] for n in range(15)] == [""] * 12 + ["A", "B", "C"]


def test_what_the_data_does_not_hold_is_said_not_thrown(opener: Opener) -> None:
    data = sample()
    data["places"][0]["spells"][2]["claims"] = ["gone", "c2"]
    data["claims"]["c2"] = {**data["claims"]["c2"], "report": "gone", "kind": "__proto__", "quote": (-5, 9999)}
    data["places"][0]["spells"][2]["holders"] = ["constructor"]
    opened = opener(data, "#p=name:tanout-ford")
    assert "name:tanout-ford" in opened.drawn()
    expect(opened.panel).to_contain_text("Held by constructor")
    expect(opened.panel.locator(".for")).to_contain_text("not in this file")


def test_without_webgl_the_list_and_the_evidence_still_work(driver: Playwright, tmp_path: Path) -> None:
    write_map(tmp_path / "map.html", sample())
    browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=[*QUIET, "--disable-3d-apis"])
    opened = MapPage(browser.new_page(), tmp_path / "map.html")
    opened.page.goto(opened.path.as_uri())
    expect(opened.page.locator("#no-map")).to_contain_text("no WebGL")
    opened.row("Tanout Ford").get_by_role("button").click()
    expect(opened.panel.locator(".for mark").first).to_have_text("Guard")
    browser.close()
    assert [url for url in opened.requests if not url.startswith("file:")] == []


# Time


def test_the_second_clock_shows_a_place_as_it_was_known(opener: Opener) -> None:
    data = sample()
    ford = data["places"][0]
    data["clock"] = ["2031-02-01", "2031-03-15"]
    ford["versions"] = [
        {"known": "2031-02-01", "spells": [spell("2031-01-20", None, ["front"], 0.8, claims=["c3"])]},
        {"known": "2031-03-15", "spells": ford["spells"]},
    ]
    opened = opener(data, "#d=2031-03-20")
    expect(opened.row("Tanout Ford")).to_contain_text("Republican Guard")
    opened.page.get_by_label("As known on", exact=True).last.fill("2031-03-01")
    expect(opened.page.locator("#known-words")).to_have_text("by reports out until 1 February 2031")
    expect(opened.row("Tanout Ford")).to_contain_text("Northern Front")
    # Of the others no report was out by then.
    expect(opened.row("Gossi Wells")).to_contain_text("unknown")
    expect(opened.page).to_have_url(re.compile("k=2031-03-01"))
    opened.row("Tanout Ford").get_by_role("button").click()
    expect(opened.panel).to_contain_text("Held by Northern Front")
    opened.page.get_by_role("button", name="in hindsight").click()
    expect(opened.panel).to_contain_text("Held by Republican Guard")
    expect(opened.row("Gossi Wells")).to_contain_text("Shura of the Hills")


def test_what_changed_this_week_leads_to_the_place(opener: Opener) -> None:
    opened = opener(address="#d=2031-03-15")
    opened.page.get_by_text("What changed this week").click()
    changed = opened.page.locator("#changes-list li").filter(has_text="Tanout Ford")
    expect(changed).to_contain_text("Northern Front → Republican Guard, disputed")
    changed.get_by_role("button").click()
    expect(opened.panel.get_by_role("heading", level=2)).to_have_text("Tanout Ford")


def test_the_histogram_counts_claims_and_leads_to_their_day(opener: Opener) -> None:
    data = sample()
    data["histogram"] = [("2031-02-01", 3), ("2031-05-31", 12)]
    opened = opener(data)
    box = opened.page.locator("#histogram")
    assert box.locator("path").get_attribute("d").count("Z") == 2
    size = box.bounding_box()
    box.click(position={"x": 1, "y": size["height"] / 2})
    expect(opened.page.locator("#long-date")).to_have_text("3 January 2031")


def test_the_address_brings_back_the_whole_view(opener: Opener) -> None:
    opened = opener(address="#d=2031-04-20")
    opened.page.get_by_role("button", name=re.compile("^disputed")).click()
    opened.page.get_by_role("searchbox", name="Search for a place").fill("a")
    opened.page.get_by_role("button", name="Holder", exact=True).click()
    opened.idle()
    opened.page.mouse.move(700, 300)
    opened.page.mouse.wheel(0, -400)
    expect(opened.page).to_have_url(re.compile(r"m=\d"))
    opened.idle()
    expect(opened.page).to_have_url(re.compile("s=holder"))
    count = opened.page.locator("#list-count").inner_text()
    centre = "() => [whoholdsMap.getZoom(), whoholdsMap.getCenter().lat, whoholdsMap.getCenter().lng]"
    expect(opened.page).to_have_url(re.compile(f"m={opened.evaluate('() => whoholdsMap.getZoom().toFixed(2)')}"))
    address = opened.page.url.partition("#")[2]
    before = opened.evaluate(centre)
    again = opener(address=f"#{address}")
    expect(again.page.locator("#list-count")).to_have_text(count)
    expect(again.page.get_by_role("columnheader", name="Holder").first).to_have_attribute("aria-sort", "ascending")
    assert again.evaluate(centre) == pytest.approx(before, abs=0.01)


# Accounts


def test_copies_are_folded_under_the_one_that_came_first(opener: Opener) -> None:
    data = sample()
    words = "Officers said [[the {actor:Guard} {cue:walked into} {place:Tanout Ford}]]."
    for key, report in (("c1", "r1"), ("copy1", "r2"), ("copy2", "early")):
        data["claims"][key] = claim(words, kind="gains", actor="guard", report=report, origin="person:bane/gains")
    early = {"label": "e.txt", "title": "First", "outlet": "Dawn", "url": None, "published": "2031-03-14"}
    data["reports"]["early"] = early  # type: ignore[assignment]
    data["places"][0]["spells"][2]["claims"] = ["c1", "copy1", "copy2"]
    opened = opener(data, "#p=name:tanout-ford")
    card = opened.panel.locator(".claims.for article")
    expect(card).to_have_count(1)
    expect(card.locator("dl")).to_contain_text("Dawn")
    expect(opened.panel).to_contain_text("First reported by 14 March 2031: Dawn")
    expect(card.get_by_text("2 more carry the same word")).to_be_visible()
    expect(card.locator(".copies li")).to_have_count(2)
    expect(card.locator(".copies")).to_contain_text("Plains Radio")


def test_rival_accounts_stand_one_under_the_other(opener: Opener) -> None:
    data = sample()
    data["places"][0]["accounts"] = [
        {"side": "front", "spells": [spell("2031-01-20", None, ["front"], 0.7)]},
        {"side": None, "spells": [spell("2031-03-14", None, ["guard"], 0.6)]},
    ]
    opened = opener(data, "#p=name:tanout-ford")
    rows = opened.panel.locator(".accounts li")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("Northern Front")
    expect(rows.last).to_contain_text("Those of no side")
    expect(rows.last).to_contain_text("from 14 March 2031 on: Republican Guard")


def test_what_nobody_has_said_for_long_is_hollow_and_can_be_filtered(opener: Opener) -> None:
    data = sample()
    data["made"]["asked"]["on"] = "2031-12-31"
    opened = opener(data, "#d=2031-12-01")
    ford = opened.drawn()["name:tanout-ford"]
    assert ford["stale"]
    assert ford["status"] == "held"
    opened.page.get_by_role("button", name=re.compile("^stale")).click()
    expect(opened.row("Tanout Ford")).to_be_visible()


def test_what_each_claim_adds_to_the_latest_answer_and_to_no_other(opener: Opener) -> None:
    data = sample()
    data["places"][0]["why"] = {
        "day": "2031-03-15", "answer": "Republican Guard", "support": 0.72,
        "reasons": [{"claim": "c1", "weight": 2.5, "without": 0.31, "instead": "Northern Front"}],
        "shortest": ["c1"], "instead": "Northern Front",
    }  # fmt: skip
    opened = opener(data, "#d=2031-04-01&p=name:tanout-ford")
    adds = opened.panel.locator(".adds:visible")
    expect(adds).to_have_text("Adds: 0.31 without it, instead of 0.72; then Northern Front")
    expect(opened.panel).to_contain_text("Without one witness the answer would be: Northern Front")
    opened.panel.get_by_role("button", name=re.compile("^20 January")).click()
    expect(opened.panel).to_contain_text("Held by Northern Front")
    expect(adds).to_have_count(0)


def test_plans_and_denials_stand_apart(opener: Opener) -> None:
    data = sample()
    data["claims"]["plan"] = {**data["claims"]["c4"], "place": "name:tanout-ford"}
    opened = opener(data, "#p=name:tanout-ford")
    expect(opened.panel.locator("#panel-kind")).to_have_text("town or village, Mali")
    opened.panel.get_by_text("Said besides").click()
    expect(opened.panel.locator("details.others .claim")).to_contain_text("plans to retake")


# Tables


def test_tables_in_the_file_are_searched_filtered_and_sorted(opener: Opener) -> None:
    opened = opener()
    opened.go("Tables")
    count = opened.page.locator("#table-count")
    expect(count).to_have_text("1 to 28 of 28")
    expect(opened.cells().first).to_have_text("Tanout Ford")
    opened.page.get_by_label("Holder", exact=True).fill("republican guard")
    expect(count).not_to_have_text("1 to 28 of 28")
    opened.table("Claims")
    expect(count).to_have_text("1 to 7 of 7")
    opened.page.get_by_label("Mode").select_option("planned")
    expect(count).to_have_text("1 to 1 of 1")
    expect(opened.page.locator("#table-body")).to_contain_text("River League")
    opened.page.get_by_label("Mode").select_option("")
    opened.page.get_by_role("searchbox", name="Search the table").fill("ford guard")
    expect(count).to_have_text("1 to 1 of 1")
    opened.page.get_by_role("searchbox", name="Search the table").fill("")
    expect(count).to_have_text("1 to 7 of 7")
    opened.page.get_by_role("button", name="start").click()
    expect(opened.page.get_by_role("columnheader", name="start")).to_have_attribute("aria-sort", "ascending")
    assert opened.column("start") == sorted(opened.column("start"))
    expect(opened.page).to_have_url(re.compile("v=tables.*t=claims.*ts=start"))
    opened.table("Reports")
    expect(count).to_have_text("1 to 4 of 4")
    expect(opened.page.get_by_role("button", name="Issues", exact=True)).to_have_count(0)


def test_a_fight_for_a_town_is_no_new_beginning_of_its_holder(opener: Opener) -> None:
    """As `whoholds who` has it: the guard came in January, and still has it in a spell of its own."""
    data = sample()
    held = [spell("2031-01-05", "2031-02-10", ["guard"]), spell("2031-02-11", None, ["guard"], fighting=True)]
    lost = [spell("2031-01-05", "2031-02-10", ["front"]), spell("2031-02-11", None, ["guard"])]
    data["places"], data["unplaced"] = [place("Kept", 10.0, 10.0, held), place("Taken", 11.0, 10.0, lost)], []
    opened = opener(data, "#v=tables")
    opened.page.get_by_label("all columns").check()
    assert dict(zip(opened.column("place"), opened.column("since"), strict=True)) == {
        "Kept": "2031-01-05",
        "Taken": "2031-02-11",
    }


def test_a_row_leads_to_the_place_and_to_the_claim_in_its_words(opener: Opener) -> None:
    opened = opener(address="#v=tables&t=claims&tq=market")
    opened.page.get_by_role("button", name="Front still had the market quarter").click()
    expect(opened.panel.get_by_role("heading", level=2)).to_have_text("Tanout Ford")
    expect(opened.panel.locator("[data-claim='c2']")).to_be_in_viewport()
    opened.page.go_back()
    expect(opened.page.locator("#view-tables")).to_be_visible()


@pytest.mark.parametrize("form", ["csv", "json"])
def test_the_rows_of_the_file_are_taken_along_without_formulas(opener: Opener, form: str) -> None:
    data = sample()
    data["reports"]["bad"]["title"] = '=HYPERLINK("http://127.0.0.1:9/","x")'
    opened = opener(data, "#v=tables&t=reports&tq=hyperlink")
    expect(opened.page.locator("#table-count")).to_have_text("1 to 1 of 1")
    opened.page.locator("#table-format").select_option(form)
    with opened.page.expect_download() as download:
        opened.page.locator("#table-export").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert download.value.suggested_filename == f"reports.{form}"
    if form == "json":
        assert [row["title"] for row in json.loads(text)] == [data["reports"]["bad"]["title"]]
    else:
        (row,) = csv.DictReader(io.StringIO(text))
        assert row["title"].startswith("'=")


@pytest.mark.parametrize("table", ["places", "claims", "reports"])
def test_hostile_reports_are_only_text_in_the_tables(opener: Opener, table: str) -> None:
    opened = opener(address=f"#v=tables&t={table}")
    opened.page.get_by_label("all columns").check()
    expect(opened.page.locator("#table-body tr").first).to_be_visible()
    expect(opened.page.locator("#table-body :is(a:not([href^='https://example.org/']), img, b, script)")).to_have_count(
        0
    )
    assert opened.page.title() == sample()["title"]
    opened.assert_accessible()


# Looks and size


def test_dark_and_light_by_the_readers_choice(opener: Opener) -> None:
    opened = opener(color_scheme="light")
    button = opened.page.get_by_role("button", name=re.compile("^Colours:"))
    paper = "() => getComputedStyle(document.body.parentElement).backgroundColor"
    light = opened.evaluate(paper)
    button.click()
    button.click()
    expect(button).to_have_attribute("aria-label", "Colours: dark")
    assert opened.evaluate(paper) != light


@pytest.mark.parametrize("look", ["light", "dark"])
def test_axe_finds_nothing_wrong(opener: Opener, look: str) -> None:
    opened = opener(address="#d=2031-03-20&p=name:tanout-ford", color_scheme=look)
    opened.page.get_by_text("What changed this week").click()
    opened.page.get_by_text("How to read the signs").click()
    opened.assert_accessible()


def test_twenty_thousand_places_stand_in_clusters_that_open(opener: Opener) -> None:
    opened = opener(crowd(), "#d=2031-09-01")
    clusters = opened.clusters()
    assert 3 < len(clusters) < 400
    expect(opened.page.locator("#list-count")).to_have_text("20,000 places")
    largest = max(clusters, key=lambda one: json.loads(one["look"])["size"])
    before = opened.evaluate("() => whoholdsMap.getZoom()")
    opened.click_town(*largest["at"])
    opened.page.wait_for_function("zoom => whoholdsMap.getZoom() > zoom", arg=before)
    opened.page.get_by_role("searchbox", name="Search for a place").fill("Town 12345")
    opened.page.keyboard.press("Enter")
    expect(opened.panel.get_by_role("heading", level=2)).to_have_text("Town 12345")
    opened.page.get_by_role("button", name=re.compile("^Coast Council")).click()
    expect(opened.page.locator("#list-count")).to_contain_text("of 20,000 places")


def test_map_tiles_come_from_where_they_were_asked_for_and_nowhere_else(browser: Browser, tmp_path: Path) -> None:
    write_map(tmp_path / "map.html", sample(), Tiles("http://127.0.0.1:9/{z}/{x}/{y}.png", "© <b>Somebody</b>"))
    opened = MapPage(browser.new_page(), tmp_path / "map.html")
    # Waited for from the start: under load the first may be asked for before the page says that it is ready.
    with opened.page.expect_request(lambda request: request.url.startswith("http://127.0.0.1:9/")):
        opened.page.goto(opened.path.as_uri())
    expect(opened.page.locator("#attribution")).to_have_text("© <b>Somebody</b>")
    opened.page.wait_for_function("() => document.documentElement.dataset.ready === 'yes'")
    opened.page.close()
    outside = {url.split("/")[2] for url in opened.requests if not url.startswith(("file:", "blob:"))}
    assert outside == {"127.0.0.1:9"}
