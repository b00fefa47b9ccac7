"""What the parser takes for an apposition and is one more of a list."""

from __future__ import annotations

from whoholds.annotate.listing import words
from whoholds.annotate.trees.tree import Token

_NAMED_SO = words("village hamlet town city settlement locality")
"""Nouns that with "the … of" and a name say no more than the name."""


def is_member(token: Token) -> bool:
    """ "the village of Q" in "P, the village of Q and a mine": with a name of its own it is what P is not."""
    head, doc = token.head, token.doc
    after = doc[token.i + 1 : token.i + 3]
    named = token.lemma_.lower() in _NAMED_SO and len(after) == 2 and after[0].lower_ == "of" and after[1].tag_ == "NNP"
    the = token.i > 1 and doc[token.i - 1].lower_ == "the" and doc[token.i - 2].text == ","
    goes_on = any(c.dep_ == "conj" and c.i > token.i for x in (head, token, *token.rights) for c in x.children)
    return named and the and goes_on and head.tag_ in ("NNP", "NN") and after[1].text != head.text
