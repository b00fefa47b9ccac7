"""Words without a verb that add a place to those taken: "Huambo fell in March; Uige a month later", "“Next Kuito,”
their commander said"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from whoholds.annotate.places.lists import members
from whoholds.annotate.places.names import NameReader, PlaceRef
from whoholds.annotate.trees.nominals import is_time
from whoholds.annotate.trees.tree import Doc, Token

LATER = frozenset(["later", "after", "afterwards", "thereafter", "then"])
"""What follows what was told."""
AHEAD = frozenset(["next", "tomorrow", "soon"])
"""What is still to come."""
ENDS = frozenset([".", ";", ":", "!", "?", "“", "”", '"', "‘", "—", "–"])
SMALL = ("DET", "ADP", "NUM", "ADV", "CCONJ", "SCONJ", "PUNCT")
WHEN = frozenset(["little", "few", "same", "following", "next", "mere", "new", "bare", "just", "later", "after"])
"""Adjectives and the like within words of time."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """Places, and when they were, or will be, taken as the last one was."""

    refs: tuple[PlaceRef, ...]
    token: int
    """Its first word."""
    ahead: bool


def fragments(doc: Doc, reader: NameReader, *, goes_on: bool) -> Iterator[Fragment]:
    """The fragments of a sentence. `goes_on`: what is ahead was told just before, and "then" goes on with it."""
    first = 0
    for end in [t.i for t in doc if t.text in ENDS] + [len(doc)]:
        # "took P in March, Q a month later": from the last comma on
        commas = [t.i + 1 for t in doc[first:end] if t.text == ","]
        for start in (first, *commas[-1:]):
            found = _fragment(doc, start, end, reader, goes_on=goes_on) if end - start > 1 else None
            if found is not None:
                yield found
                goes_on = goes_on or found.ahead
                break
        first = end + 1


def _fragment(doc: Doc, first: int, end: int, reader: NameReader, *, goes_on: bool) -> Fragment | None:
    words = doc[first:end]
    if any(t.pos_ in ("VERB", "AUX") for t in words):
        return None
    ahead = any(t.lower_ in AHEAD and not _is_next_day(t) for t in words)
    linked = any(t.lower_ in LATER for t in words) or (goes_on and any(is_time(t) for t in words))
    if not (ahead or linked):
        return None
    name = next((t for t in words if t.pos_ == "PROPN" and not is_time(t) and t.lower_ not in WHEN), None)
    if name is None or not reader.starts_name(name) or (name.i and doc[name.i - 1].pos_ == "ADP"):
        return None  # "A month later, in P, …" tells where something else was
    refs = tuple(r for r in members(doc, name.i, reader) if r.known and r.last < end)
    within = {i for r in refs for i in range(r.first, r.last + 1)}
    if not refs or not all(t.i in within or is_time(t) or t.pos_ in SMALL or t.lower_ in WHEN for t in words):
        return None
    return Fragment(refs, words[0].i, ahead or (goes_on and linked))


def _is_next_day(t: Token) -> bool:
    """ "Uige the next day": it has happened."""
    return t.lower_ == "next" and t.head.i != t.i and is_time(t.head) and any(c.lower_ == "the" for c in t.head.lefts)
