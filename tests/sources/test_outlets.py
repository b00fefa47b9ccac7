"""The register of outlets, and how a report gets its outlet and its agency."""

from __future__ import annotations

import pytest

from whoholds.annotate.lexicon.lexicon import Lexicon
from whoholds.errors import LexiconError
from whoholds.model import Report, Role, Section, Span
from whoholds.sources.outlets import KINDS, Outlets, outlets, publisher

BODY = "Soldiers have retaken the town of Bama, the army said on Monday.\n"


def report(text: str, **fields: str) -> Report:
    return Report("test", text, (Section(Span(0, len(text)), Role.BODY),), **fields)


def test_the_register_is_large_and_sound() -> None:
    entries = outlets().entries
    assert len(entries) >= 150
    assert {entry.kind for entry in entries} == KINDS
    assert len({entry.name for entry in entries}) == len(entries)
    assert all(entry.note and len(entry.country) == 3 for entry in entries)
    domains = [domain for entry in entries for domain in entry.domains]
    assert len(set(domains)) == len(domains)


def test_every_side_is_an_actor_that_the_lexicon_knows() -> None:
    lexicon = Lexicon.load()
    sides = {entry.side for entry in outlets().entries if entry.side}
    unknown = {side for side in sides if not side.startswith("gov:") and not lexicon.entry(side)}
    assert not unknown
    assert all(entry.side for entry in outlets().entries if entry.kind in ("state", "mouthpiece"))


@pytest.mark.parametrize(
    ("fields", "outlet"),
    [
        ({"outlet": "Guardian"}, "The Guardian"),
        ({"outlet": "BBC News"}, "BBC"),
        ({"outlet": "aljazeera.com"}, "Al Jazeera"),
        ({"url": "https://www.bbc.co.uk/news/world-1"}, "BBC"),
        ({"url": "https://english.alarabiya.net/a/b"}, "Al Arabiya"),
        ({"outlet": "The Bama Gazette", "url": "https://www.bbc.co.uk/x"}, "The Bama Gazette"),
        ({"url": "https://notbbc.com/x"}, None),
        ({"url": "https://bbc.com.example.org/x"}, None),
        ({}, None),
    ],
)
def test_an_outlet_by_name_and_by_address(fields: dict[str, str], outlet: str | None) -> None:
    assert publisher(report(BODY, **fields)).outlet == outlet


@pytest.mark.parametrize(
    ("text", "wire"),
    [
        ("MAIDUGURI, Nigeria (Reuters) - " + BODY, "Reuters"),
        ("KABUL (AP) — " + BODY, "Associated Press"),
        ("AFP - " + BODY, "Agence France-Presse"),
        ("By Jane Roe, Associated Press\n\n" + BODY, "Associated Press"),
        (BODY * 20 + "\nSource: Xinhua\n", "Xinhua"),
        (BODY * 20 + "\n© 2015 AFP\n", "Agence France-Presse"),
        ("BAMA (AFP/Reuters) - " + BODY, "Agence France-Presse"),
        ("Free Syrian Army (FSA) - " + BODY, None),
        ("The army (AP) of nobody is told of here. " + BODY, None),
        (BODY, None),
    ],
)
def test_an_agency_by_where_papers_name_it(text: str, wire: str | None) -> None:
    assert publisher(report(text)).wire == wire


def test_an_agency_is_its_own_wire() -> None:
    found = publisher(report(BODY, url="https://www.reuters.com/world/x"))
    assert (found.outlet, found.wire, found.side) == ("Reuters", "Reuters", None)


def test_a_side_only_where_it_is_public() -> None:
    assert publisher(report(BODY, outlet="SANA")).side == "gov:SYR"
    assert publisher(report(BODY, outlet="Al-Masirah")).side == "houthis"
    assert publisher(report(BODY, outlet="Reuters")).side is None
    assert publisher(report("AMMAN (Petra) - " + BODY)).side == "gov:JOR"
    assert publisher(report("AMMAN (Petra) - " + BODY, outlet="The Bama Gazette")).side is None


@pytest.mark.parametrize("words", ["", "(" * 5000 + "Reuters" + ") -" * 5000, "By " * 3000, "://[", "http://[::1"])
def test_hostile_words_break_nothing(words: str) -> None:
    publisher(report(words or " ", outlet=words[:300], url=words[:300]))


def test_a_damaged_entry_is_named() -> None:
    with pytest.raises(LexiconError, match="entry 1 \\(The Bama Gazette\\)"):
        Outlets("- {name: The Bama Gazette, kind: rumour, country: NGA, note: x}")
