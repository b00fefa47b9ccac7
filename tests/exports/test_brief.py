"""The brief: every sentence has its footnote, nothing of a report is markup, and what is not known is said."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from lxml import html

from whoholds.cli.app import app
from whoholds.exports.brief.facts import AreaError, Facts, facts
from whoholds.exports.brief.maps import drawings
from whoholds.exports.brief.notes import Note, Notes
from whoholds.exports.brief.page import render
from whoholds.exports.brief.sections import Section, sections
from whoholds.ledger import Ledger
from whoholds.model import Claim, Place, PlaceType, Voice
from whoholds.views import Question

IRAQ, IS = "gov:IRQ", "islamic-state"
RAMADI = Place("Ramadi", place_id="geonames:98717", lat=33.42, lon=43.31, country="IRQ", basis="gazetteer")
HIT = Place("Hit", place_id="geonames:95788", lat=33.64, lon=42.83, country="IRQ", basis="gazetteer")
RUTBA = Place("Rutba", place_id="geonames:98677", lat=33.04, lon=40.28, country="IRQ", basis="gazetteer")
Made = Callable[..., tuple[Facts, list[Section], list[Note]]]


@pytest.fixture
def made(tmp_path: Path, factory: Any) -> Made:
    """A brief of Anbar from claims."""

    def make(
        *claims: Claim, area: str = "Anbar", first: str = "2016-02-01", last: str = "2016-02-29", **asked: Any
    ) -> tuple[Facts, list[Section], list[Note]]:
        with Ledger.open(tmp_path / "w.db") as ledger:
            factory.store(ledger, *claims)
            told = facts(ledger, area, date.fromisoformat(first), date.fromisoformat(last), Question(**asked))
            notes = Notes(ledger)
            return told, sections(told, notes), notes.made

    return make


@pytest.fixture
def claims(factory: Any) -> list[Claim]:
    general = Voice("Ali Hassan", "army spokesman", side=IRAQ)
    return [
        factory.claim("holds", IS, RAMADI, ("2015-12-01", "2016-02-08"), published="2016-02-01", label="old.txt"),
        factory.claim("gains", IRAQ, RAMADI, "2016-02-09", against=IS, published="2016-02-10", voice=general),
        factory.claim("contests", IRAQ, HIT, "2016-02-20", against=IS, published="2016-02-21", label="b.txt"),
        factory.claim("withdraws", IS, RUTBA, "2016-02-13", published="2016-02-14", label="c.txt"),
        factory.claim("gains", IRAQ, HIT, None, mode="planned", published="2016-02-22", label="d.txt"),
    ]


def words(its: list[Section]) -> dict[str, list[str]]:
    return {section.title: [sentence.text for sentence in section.sentences] for section in its}


def test_it_says_what_changed_and_by_whose_word(made: Made, claims: list[Claim]) -> None:
    _, its, _ = made(*claims)
    said = words(its)
    assert said["What changed"] == [
        "Iraqi government forces took Ramadi from Islamic State on 9 February 2016, as Ali Hassan said.",
        "Islamic State left Rutba on 13 February 2016; nobody is said to have taken it since.",
    ]
    assert said["Fighting"] == ["Iraqi government forces fought Islamic State at Hit on 20 February 2016."]
    assert (
        "1 place was taken and 1 place was left by its holder; reports tell of fighting at 1 place."
        in said["In short"][0]
    )
    # One side's own word: it stands, and the doubt with it.
    assert "Ramadi (disputed) is held by Iraqi government forces." in said["Who holds what on 29 February 2016"]
    assert said["Announced, and not told of as done"] == ["Iraqi government forces meant to take Hit."]
    assert any("Who held Hit on 29 February 2016 is not known" in text for text in said["What is not known"])
    assert "Who came to Rutba after it was left is not known." in said["What is not known"]
    assert any(text.endswith("in Anbar these reports say nothing.") for text in said["What is not known"])


def test_it_says_whose_words_these_are_and_who_is_not_heard(made: Made, claims: list[Claim]) -> None:
    _, its, _ = made(*claims)
    assert words(its)["Who says what against whom"][-2:] == [
        "Of 5 claims about these places 1 is by Iraqi government forces and 4 are by the reports themselves.",
        "No word of Islamic State is among them.",
    ]


@pytest.mark.parametrize(
    ("kinds", "text"),
    [
        (["besieges"], "Iraqi government forces besieged Islamic State in Hit on 20 February 2016."),
        (["advances"], "Iraqi government forces advanced on Hit against Islamic State on 20 February 2016."),
        (["besieges", "contests"], "Iraqi government forces fought Islamic State at Hit on 20 February 2016"),
    ],
)
def test_a_siege_and_an_advance_are_called_so(made: Made, factory: Any, kinds: list[str], text: str) -> None:
    _, its, _ = made(*(factory.claim(kind, IRAQ, HIT, "2016-02-20", against=IS, label=f"{kind}.txt") for kind in kinds))
    assert words(its)["Fighting"][0].startswith(text)


def test_every_sentence_has_a_footnote_that_is_there(made: Made, claims: list[Claim]) -> None:
    _, its, notes = made(*claims)
    numbers = [note.number for note in notes]
    assert numbers == list(range(1, len(notes) + 1))
    used = {number for section in its for sentence in section.sentences for number in sentence.notes}
    assert all(sentence.notes for section in its for sentence in section.sentences)
    assert used == set(numbers)


def test_one_statement_about_three_towns_has_one_footnote(made: Made, factory: Any) -> None:
    report = factory.report("Islamic State left Hit, Rutba and Ramadi.", published="2016-02-11")
    _, its, notes = made(
        *(factory.claim("withdraws", IS, place, "2016-02-10", of=report) for place in (HIT, RUTBA, RAMADI))
    )
    assert len([note for note in notes if note.quote]) == 1
    assert all(sentence.notes for section in its for sentence in section.sentences)


def test_a_change_of_some_day_of_a_month_is_told_for_the_month(made: Made, factory: Any) -> None:
    _, its, _ = made(
        factory.claim("gains", IRAQ, HIT, ("2016-02-01", "2016-02-29"), published="2016-03-01", label="a.txt"),
        factory.claim("withdraws", IS, RUTBA, (None, "2016-02-13"), published="2016-02-13", label="b.txt"),
    )
    assert words(its)["What changed"] == [
        "Islamic State left Rutba by 13 February 2016; nobody is said to have taken it since.",
        "Iraqi government forces took Hit between 1 and 29 February 2016.",
    ]


def test_silent_is_a_town_that_no_report_speaks_of_not_one_whose_holder_is_not_known(made: Made, factory: Any) -> None:
    alone, _, _ = made(factory.claim("gains", IRAQ, RUTBA, "2016-02-09", published="2016-02-10", label="a.txt"))
    more, its, _ = made(factory.claim("contests", IRAQ, HIT, "2016-02-20", published="2016-02-21", label="b.txt"))
    assert alone.silent_towns - more.silent_towns == 1
    # Of one town alone the count is the same: the other is told of, in the brief or not.
    place, _, _ = made(area="Rutba")
    assert place.silent_towns == more.silent_towns
    assert f"Of {more.silent_towns} more towns in Anbar these reports say nothing." in words(its)["What is not known"]


def test_old_is_who_holds_it_and_not_all_that_is_said(made: Made, factory: Any) -> None:
    _, its, _ = made(
        factory.claim("gains", IS, RAMADI, "2015-05-31", published="2015-06-01", label="a.txt"),
        factory.claim("contests", IRAQ, RAMADI, "2016-02-20", published="2016-02-21", label="b.txt"),
    )
    assert "Nobody has said since 31 May 2015 who holds Ramadi: marked as old." in words(its)["What is not known"]


def test_places_of_one_name_are_told_apart(made: Made, factory: Any) -> None:
    district = Place("Hit", PlaceType.DISTRICT, "name:hitdistrict", 33.6, 42.8, country="IRQ", basis="gazetteer")
    _, its, _ = made(
        factory.claim("contests", IRAQ, HIT, "2016-02-20", published="2016-02-21", label="a.txt"),
        factory.claim("contests", IRAQ, district, "2016-02-20", published="2016-02-21", label="b.txt"),
        area="IRQ",
    )
    found = [text for text in words(its)["What is not known"] if text.startswith("Who held Hit")]
    assert [text.split(" on ")[0] for text in found] == ["Who held Hit", "Who held Hit (district)"]


@pytest.mark.parametrize(
    ("name", "role", "said"),
    [
        (None, "Residents of Hit", "residents of Hit"),
        (None, "elders in Hit", "elders in Hit"),
        (None, "head of the council", "the head of the council"),
        (None, "spokesman for the ministry", "a spokesman for the ministry"),
        (None, "LNA officer", "an LNA officer"),
        (None, "United Nations officer", "a United Nations officer"),
        ("General Staff in Baghdad", None, "the General Staff in Baghdad"),
        ("Iraq's defence ministry", None, "Iraq's defence ministry"),
        ("Ali Hassan", "spokesman", "Ali Hassan"),
    ],
)
def test_who_said_it_in_good_english(made: Made, factory: Any, name: str | None, role: str | None, said: str) -> None:
    voice = Voice(name, role)
    _, its, _ = made(factory.claim("gains", IRAQ, HIT, "2016-02-10", published="2016-02-11", voice=voice))
    assert words(its)["What changed"][0].endswith(f", as {said} said.")


def test_a_side_that_does_not_tell_the_holder(made: Made, factory: Any) -> None:
    ours, theirs = (Voice("A. One", side=IRAQ), Voice("B. Two", side=IS))
    _, its, _ = made(
        factory.claim("gains", IRAQ, HIT, "2016-02-10", published="2016-02-11", voice=ours, label="a.txt"),
        factory.claim("contests", IS, HIT, "2016-02-08", published="2016-02-09", voice=theirs, label="b.txt"),
        factory.claim("holds", IS, HIT, "2016-02-12", published="2016-02-12", label="c.txt"),
    )
    text, *_ = words(its)["Who says what against whom"]
    assert text.endswith("the word of Islamic State does not tell its holder.")
    assert "it is not said whom" not in text


def test_a_state_that_is_only_now_heard_of_is_no_change(made: Made, factory: Any) -> None:
    _, its, _ = made(factory.claim("holds", IS, HIT, "2016-02-10", published="2016-02-10"))
    assert "What changed" not in words(its)
    assert "no place is told of as changing hands" in words(its)["In short"][0]


def test_what_was_announced_and_done_is_not_announced(made: Made, factory: Any) -> None:
    _, its, _ = made(
        factory.claim("gains", IRAQ, HIT, None, mode="planned", published="2016-02-05", label="a.txt"),
        factory.claim("gains", IRAQ, HIT, "2016-02-10", published="2016-02-11", label="b.txt"),
    )
    assert "Announced, and not told of as done" not in words(its)


def test_rival_accounts_stand_beside_each_other(made: Made, factory: Any) -> None:
    ours = Voice("A. One", "spokesman", side=IRAQ)
    theirs = Voice("B. Two", "spokesman", side=IS)
    _, its, _ = made(
        factory.claim("gains", IRAQ, HIT, "2016-02-10", published="2016-02-11", voice=ours, label="a.txt"),
        factory.claim("holds", IS, HIT, "2016-02-12", published="2016-02-12", voice=theirs, label="b.txt"),
    )
    text, *_ = words(its)["Who says what against whom"]
    assert "held by Iraqi government forces by the word of Iraqi government forces" in text
    assert "held by Islamic State by the word of Islamic State" in text


def test_what_was_known_on_a_day(made: Made, claims: list[Claim]) -> None:
    told, its, notes = made(*claims, known=date(2016, 2, 12))
    assert all("Rutba" not in text for texts in words(its).values() for text in texts)
    assert "as known on 12 February 2016" in render(told, its, notes)


def test_an_area_is_a_province_a_country_or_a_place(made: Made, claims: list[Claim]) -> None:
    for area in ("Anbar", "anbar", "Iraq", "IRQ", "Hit"):
        told, _, _ = made(*claims, area=area)
        assert {state.name for state in told.after} == ({"Hit"} if area == "Hit" else {"Hit", "Ramadi", "Rutba"})
    with pytest.raises(AreaError, match="Anbar"):
        made(area="Donetsk")


def test_nothing_of_a_report_is_markup(made: Made, factory: Any) -> None:
    attack = '<script>alert(1)</script>"><img src=x onerror=alert(1)>\x1b[31m'
    voice = Voice(attack, attack, side=IS)
    place = Place(f"Hit{attack}", place_id="geonames:95788", lat=33.64, lon=42.83, country="IRQ", basis="gazetteer")
    report = factory.report(
        f"{attack} Hit{attack}", label=attack, title=attack, outlet=attack, url="javascript:alert(1)"
    )
    claim = factory.claim("gains", IS, place, "2016-02-10", of=report, voice=voice)
    page = render(*made(claim))
    tree = html.fromstring(page)
    assert not tree.xpath("//script | //img | //@onerror")
    assert all(link.startswith("#n") for link in tree.xpath("//@href"))
    assert "\x1b" not in page
    assert "default-src 'none'" in page


def test_links_of_reports_are_web_addresses(made: Made, factory: Any) -> None:
    report = factory.report("Troops took Hit.", url="https://example.org/a?b=1&c=2", published="2016-02-11")
    page = render(*made(factory.claim("gains", IRAQ, HIT, "2016-02-10", of=report, quote="took Hit")))
    assert "https://example.org/a?b=1&c=2" in html.fromstring(page).xpath("//@href")


def test_maps_show_both_days_and_one_town_has_some_land_around_it(made: Made, claims: list[Claim]) -> None:
    told, _, _ = made(*claims)
    drawn = drawings(told.before, told.after)
    assert drawn is not None
    before, after, legend = drawn
    assert "Ramadi" in before
    # Not heard of before: it is on both, and on the first its holder is not known.
    assert ("Rutba" in before, "Rutba" in after) == (True, True)
    assert "Islamic State" in legend
    assert drawings((), ()) is None
    assert "nan" not in before + after


def test_names_on_a_map_do_not_cover_each_other(made: Made, factory: Any) -> None:
    near = [
        Place(f"Village {n}", place_id=f"name:v{n}", lat=33.64 + n / 1000, lon=42.83, country="IRQ", basis="gazetteer")
        for n in range(12)
    ]
    told, _, _ = made(
        *(factory.claim("gains", IRAQ, place, "2016-02-10", label=place.name) for place in near), area="IRQ"
    )
    drawn = drawings((), told.after)
    assert drawn is not None
    rows = [float(y) for y in re.findall(r'<text x="[\d.]+" y="([\d.]+)"', drawn[1])]
    assert 1 <= len(rows) < 12


def test_the_command(tmp_path: Path, claims: list[Claim], factory: Any) -> None:
    with Ledger.open(tmp_path / "w.db") as ledger:
        factory.store(ledger, *claims)

    def run(output: str, *more: str, area: str = "Anbar", last: str = "2016-02-29") -> Any:
        days = ["--from", "2016-02-01", "--to", last]
        arguments = ["brief", "--area", area, *days, "-o", str(tmp_path / output), "--ledger", str(tmp_path / "w.db")]
        return CliRunner().invoke(app, [*arguments, *more])

    assert run("b.html").exit_code == 0
    first = (tmp_path / "b.html").read_bytes()
    assert run("b.html").exit_code == 0
    assert (tmp_path / "b.html").read_bytes() == first
    assert run("b.txt").exit_code == 2
    assert run("none/b.html").exit_code == 2
    assert run("b.html", last="2016-01-01").exit_code == 2
    wrong = run("b.html", area="Atlantis")
    assert (wrong.exit_code, "Anbar" in wrong.stderr) == (2, True)


def test_a_pdf_of_two_pages_at_most_that_fetches_nothing(tmp_path: Path, claims: list[Claim], factory: Any) -> None:
    pytest.importorskip("weasyprint", exc_type=ImportError)
    from pypdf import PdfReader

    with Ledger.open(tmp_path / "w.db") as ledger:
        factory.store(ledger, *claims)
    output = tmp_path / "b.pdf"
    arguments = ["brief", "--area", "Anbar", "--from", "2016-02-01", "--to", "2016-02-29", "-o", str(output)]
    assert CliRunner().invoke(app, [*arguments, "--ledger", str(tmp_path / "w.db")]).exit_code == 0
    pages = PdfReader(output).pages
    assert 1 <= len(pages) <= 2
    assert "Who holds what on 29 February 2016" in pages[0].extract_text()
