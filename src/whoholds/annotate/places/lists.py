"""Lists of names that are read as they stand, whatever the parser hung on what: after a colon, after "named as"."""

from __future__ import annotations

from collections.abc import Iterator

from whoholds.annotate.places.names import NameReader, PlaceRef
from whoholds.annotate.trees.nominals import is_time, preposition
from whoholds.annotate.trees.tree import Doc, Token

OPENERS = frozenset([":", ",", "and", "&", "or", "as", "are", "were", "is"])
"""What stands before a member."""
BESIDE = frozenset(["near", "at", "in", "around", "outside"])
"""What may stand between a number and the member that it is for: "one at A and two near B"."""


def members(doc: Doc, first: int, reader: NameReader) -> Iterator[PlaceRef]:
    """The names of a list that begins at a token: "A, B (since May) and C", up to the end of the clause."""
    last = -1
    for t in doc[first:]:
        if t.text in ".;":
            return
        if t.pos_ != "PROPN" or t.i <= last or is_time(t) or (t.i != first and not _opens(doc, t.i)):
            continue
        top = t
        while top.dep_ in ("conj", "compound", "flat") and top.head.i >= first and not is_time(top.head):
            top = top.head
        near = doc[t.i - 1].lower_ in BESIDE and t.i != first
        if (top.i == first or near or preposition(top) in ("", "as")) and reader.starts_name(t):
            for ref in reader.named(t):
                if ref.name and ref.first not in reader.names.groups:
                    last = ref.last
                    yield ref


def _opens(doc: Doc, i: int) -> bool:
    """ "..., A and B", "one at A and two near B"."""
    if doc[i - 1].text in OPENERS:
        return True
    return i > 2 and counts(doc[i - 2]) and doc[i - 1].lower_ in BESIDE and doc[i - 3].text in OPENERS


def counts(t: Token) -> bool:
    """ "two", "those", "another": for some of what is listed."""
    return t.pos_ == "NUM" or t.lower_ in ("one", "those", "another")
