"""Lists of places with a preposition for each: "clashes in A, near B and at C"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from whoholds.annotate.document import Sentence
from whoholds.annotate.listing import words
from whoholds.annotate.places.find import PlaceReader
from whoholds.annotate.places.names import PlaceRef
from whoholds.annotate.trees.nominals import is_time
from whoholds.annotate.trees.tree import Token

MIXED = words("in at near around outside inside along on")
"""Prepositions of which each place of a list may have its own."""
SIDES = frozenset(["front", "fronts", "axis", "sector", "side", "flank"])
"""Words for where a place of the list lies: "in A on the southern front, in B on the western"."""
FURTHER = 8
"""Words between a preposition and the name that it belongs to, at most."""


def mixed(s: Sentence, reader: PlaceReader, heads: Iterable[int]) -> list[tuple[PlaceRef, str]]:
    """The places of a list that begins with one of the heads, each with its preposition; none where all have the
    same one, or where no "and" closes the list ("in P, near Q, went on")."""
    opened = min((k for i in heads if (k := _preposition(s.doc[i])) is not None), default=None)
    items = list(_items(s, reader, opened)) if opened is not None else []
    if len({slot for slot, _, _ in items}) < 2 or items[-1][2] != "and":
        return []
    last = items[-1][0]
    found = []
    for k, (slot, refs, _) in enumerate(items):
        aside = slot == "near" and 0 < k < len(items) - 1 and items[k - 1][0] == last == items[k + 1][0]
        found += [] if aside else [(ref, slot) for ref in refs]  # "in A, near B, and in C": where A lies
    return found


def _preposition(head: Token) -> int | None:
    """Where the preposition of a phrase stands."""
    return next((c.i for c in head.lefts if c.lower_ in MIXED and c.dep_ == "case"), None)


def _items(s: Sentence, reader: PlaceReader, k: int) -> Iterator[tuple[str, list[PlaceRef], str]]:
    """Preposition, places, and the word before the preposition, one after the other."""
    doc, joint = s.doc, ""
    while k < len(doc) and doc[k].lower_ in MIXED:
        head = doc[k].head
        if not k < head.i <= k + FURTHER or is_time(head):
            return
        joined = (c for c in head.rights if c.dep_ == "conj" and _preposition(c) is not None)
        beyond = next((c.left_edge.i for c in joined), len(doc))
        refs = [r for r in reader.places(head.i) if r.name and r.first > k and r.last < beyond]
        if not refs:
            return
        yield doc[k].lower_, refs, joint
        end = _past_side(s, max(head.i, *(r.last for r in refs)) + 1)
        joint = ""
        k = end
        while k < len(doc) and doc[k].lower_ in (",", "and"):
            joint = doc[k].lower_
            k += 1
        if k == end:
            return


def _past_side(s: Sentence, i: int) -> int:
    """Past "on the southern front", and "on the western" for short."""
    doc = s.doc
    if i >= len(doc) or doc[i].lower_ not in ("on", "in"):
        return i
    for k in range(i + 1, min(i + 5, len(doc))):
        if doc[k].lower_ in SIDES:
            return k + 1
        if doc[k].text[:1].isupper():
            break
    return i
