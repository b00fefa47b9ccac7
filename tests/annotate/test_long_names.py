"""Names that the parser gets as one word: found in sentences, hung on their word again, and claims read around them."""

from __future__ import annotations

import pytest

from whoholds.annotate.parse.long_names import LongNames
from whoholds.annotate.parse.parser import Parser
from whoholds.model import Report
from whoholds.pipeline import Reader
from whoholds.sources import lay_out

NAMES = LongNames(
    ["front for renewal in equatoria", "front for renewal", "jaysh al-nil", "nile army", "equatoria front"]
)


def kept(text: str) -> list[tuple[str, str]]:
    """What the parser does not get of each name, and what stands for the name."""
    words = text.split()
    stretches = NAMES.found(words, [True] * len(words))
    return [(" ".join(words[s.first : s.last + 1]), s.form or words[s.kept]) for s in stretches]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A Front for Renewal in Equatoria attack on Yei .", [("for Renewal in Equatoria", "Front")]),
        ("The Front for Renewal commander in Yei is gone .", [("for Renewal", "Front")]),
        # As a noun phrase of its own it is read as it stands.
        ("The Front for Renewal in Equatoria took Yei .", []),
        ("Jaysh al-Nil troops left .", [("Jaysh al-Nil", "Hezbollah")]),
        ("The Nile Army and the Equatoria Front fight .", []),
        ("They want a front for renewal in Equatoria .", []),
        ("The Front for Renewals left .", []),
    ],
)
def test_a_name_is_its_head_or_one_foreign_word(text: str, found: list[tuple[str, str]]) -> None:
    assert kept(text) == found


def test_what_was_left_out_hangs_on_the_word_that_stood_for_it() -> None:
    text = "An attack by Front for Renewal in Equatoria fighters on Yei failed."
    (doc,) = Parser.load().parse([text], NAMES)
    front = next(t for t in doc if t.text == "Front")
    assert doc.text == text
    assert [t.head.text for t in doc if t.text in ("for", "Renewal", "in", "Equatoria")] == ["Front"] * 4
    assert (front.head.text, next(t for t in doc if t.text == "attack").head.text) == ("fighters", "failed")


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "The army repelled an attack by Democratic Forces for the Liberation of Rwanda fighters on Rutshuru.",
            {("repels", "gov:COD", "Rutshuru")},
        ),
        ("Sake has been in Nduma Defence of Congo-Renovated hands since May.", {("holds", "ndc-r", "Sake")}),
        # A noun that is part of a name says nothing.
        ("The Central African Patriotic Movement is in control of Batangafo.", {("holds", "mpc", "Batangafo")}),
        (
            "Zemio was captured by the Popular Front for the Rebirth of the Central African Republic.",
            {("gains", "fprc", "Zemio")},
        ),
    ],
)
def test_claims_around_long_names(text: str, claims: set[tuple[str, str, str]]) -> None:
    read = Reader(sift=False).read(Report("x", text, lay_out(text), stated_date="2023-06-14")).claims
    assert {(str(c.kind), c.actor, c.place.name) for c in read} == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Boko Haram elements re-entered Bosso on Monday.", {("gains", "boko-haram", "Bosso")}),
        ("Bosso was quiet. Boko Haram fighters left during the night.", {("withdraws", "boko-haram", "Bosso")}),
        # A name that looks like a pronoun to the tagger.
        ("Libyan soldiers captured Shahhat on Monday.", {("gains", "gov:LBY", "Shahhat")}),
        (
            "Baga, the capital of the opposition Hezb-e Wahdat, is calm.",
            {("holds", "hezb-e-wahdat", "Baga")},
        ),
    ],
)
def test_claims_around_words_that_the_tagger_mistakes(text: str, claims: set[tuple[str, str, str]]) -> None:
    read = Reader(sift=False).read(Report("x", text, lay_out(text))).claims
    assert {(str(c.kind), c.actor, c.place.name) for c in read} == claims


@pytest.mark.parametrize(
    ("tokens", "name"),
    [
        ("in Sar|-|e Pul and Kunduz", "Sar-e Pul"),
        ("since January al|-|Shabaab has it", None),
        ("of Port|-|au|-|Prince , Haiti", "Port-au-Prince"),
        ("Mazar|-|i|-|Sharif fell", "Mazar-i-Sharif"),
        ("the IS|-|held town", None),
        ("a Kabul|-|Kandahar road", None),
        ("Gao - a city", None),
    ],
)
def test_a_town_with_particles_between_hyphens_is_one_word(tokens: str, name: str | None) -> None:
    words = tokens.replace("|", " | ").split()
    texts = [w for w in words if w != "|"]
    spaces = [words[k + 1 : k + 2] != ["|"] for k, w in enumerate(words) if w != "|"]
    found = NAMES.found(texts, spaces)
    said = ["".join(texts[k] + " " * spaces[k] for k in range(s.kept, s.last + 1)).strip() for s in found]
    assert said == ([name] if name else [])
    assert all(s.form == "Aleppo" for s in found)
