"""Phrases between commas that say how the noun before them stands: "P, still in the hands of X since May, was …"."""

from __future__ import annotations

from whoholds.annotate.trees.nominals import is_time
from whoholds.annotate.trees.tree import Token

SET_OFF = frozenset([",", "–", "—", "("])
PAST = frozenset(["once", "both", "until", "since", "itself", "themselves"])
"""What may stand between the comma and the phrase: "P, itself in the hands of X"."""
LONGEST = 14
"""Words of such a phrase after its noun, at most."""


def set_off(case: Token, noun: Token) -> Token | None:
    """The noun before the comma that the phrase from `case` to `noun` describes, whatever the parser hung it on.

    None where the phrase does not follow a comma and a noun, or a verb comes before it ends.
    """
    doc, before = noun.doc, before_comma(case)
    if before is None:
        return None
    rest = doc[noun.i + 1 : noun.i + LONGEST]
    closing = next((x for x in rest if x.text in ",.;" or x.pos_ == "AUX" or x.tag_ in ("VBD", "VBZ", "VBP")), None)
    return before if closing is not None and closing.text in ",.;" else None


def before_comma(opener: Token) -> Token | None:
    """The noun before the comma right before a word, past adverbs and a time ("P, until Monday held by X")."""
    doc, i = opener.doc, opener.i - 1
    while i > 0 and (doc[i].pos_ == "ADV" or doc[i].lower_ in PAST or is_time(doc[i])):
        i -= 1
    if i < 1 or doc[i].text not in SET_OFF or doc[i - 1].pos_ not in ("PROPN", "NOUN") or is_time(doc[i - 1]):
        return None
    before = doc[i - 1]
    while before.dep_ in ("flat", "compound") and before.head.i < i and before.head != before:
        before = before.head
    return before
