"""Phrases between commas: which noun they describe."""

from __future__ import annotations

import pytest

from whoholds.annotate.places.set_off import set_off
from whoholds.annotate.trees.tree import Doc


def doc(rows: list[tuple[str, str, str, int]]) -> Doc:
    """A sentence from (word, tag, part of speech, head)."""
    words, tags, pos, heads = zip(*rows, strict=True)
    return Doc(words, [True] * len(rows), tags=tags, pos=pos, lemmas=words, heads=heads, deps=["dep"] * len(rows))


def described(rows: list[tuple[str, str, str, int]], case: str, noun: str) -> str | None:
    words = doc(rows)
    found = set_off(next(t for t in words if t.text == case), next(t for t in words if t.text == noun))
    return found.text if found is not None else None


QUIET = [("was", "VBD", "AUX", 9), ("quiet", "JJ", "ADJ", 9)]


def rows(adverb: str, before: tuple[str, str, str, int], closing: str) -> list[tuple[str, str, str, int]]:
    return [
        before,
        (",", ",", "PUNCT", 0),
        (adverb, "RB", "ADV", 5),
        ("in", "IN", "ADP", 5),
        ("rebel", "NN", "NOUN", 5),
        ("hands", "NNS", "NOUN", 9),
        ("since", "IN", "ADP", 7),
        ("May", "NNP", "PROPN", 5),
        (closing, ",", "PUNCT", 9),
        *QUIET,
    ]


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        (rows("still", ("Bor", "NNP", "PROPN", 9), ","), "Bor"),
        # a time describes nothing
        (rows("still", ("Monday", "NNP", "PROPN", 9), ","), None),
        # no second comma, but a verb: it is no aside
        (rows("still", ("Bor", "NNP", "PROPN", 9), "which"), None),
        # no noun before the comma
        (rows("still", ("There", "RB", "ADV", 9), ","), None),
    ],
)
def test_what_an_aside_describes(sentence: list[tuple[str, str, str, int]], wanted: str | None) -> None:
    assert described(sentence, "in", "hands") == wanted
