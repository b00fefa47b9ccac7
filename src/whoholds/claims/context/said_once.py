"""A verb and its noun that say one thing: "pressed on with their advance on P", "in control of P, named a mayor"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from whoholds.annotate.document import Sentence
from whoholds.claims.draft import Draft


def said_once(drafts: list[Draft], sentences: Sequence[Sentence]) -> list[Draft]:
    """The drafts without those of a noun that repeat what the verb over it says of the same words for a place."""
    same: defaultdict[tuple[object, ...], list[Draft]] = defaultdict(list)
    for d in drafts:
        same[d.sentence, d.kind, d.actor, d.mode, d.place.name, d.place.first].append(d)
    twice = {
        id(d)
        for group in same.values()
        if len(group) > 1
        for d in group
        if any(_hangs_on(sentences[d.sentence], d.token, x.token) for x in group if x is not d)
    }
    return [d for d in drafts if id(d) not in twice]


def _hangs_on(s: Sentence, noun: int, verb: int) -> bool:
    linked = s.doc[noun].head.i == verb or s.doc[verb].head.i == noun
    return noun != verb and linked and s.doc[noun].pos_ in ("NOUN", "PROPN") and s.doc[verb].pos_ != "NOUN"
