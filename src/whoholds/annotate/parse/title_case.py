"""Headlines printed with capitals: "Rebels Seize Bor as Army Pulls Out of Malakal", "REBELS SEIZE BOR".

A capital tells the parser of a name, and the reader of places the same. What is plainly no name is read in lower case.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from whoholds.annotate.trees.lemmas import lemma_of
from whoholds.annotate.words import lexis

LONG = 4
"""Letters of a word that has no capital in a headline of the other kind, at the least."""
FEWEST = 3
"""Words of that length that tell how a headline is printed; of no more words are names: "Libya Control Watch"."""
_FORMS = ("VB", "VBZ", "VBD", "VBN", "VBG")


def in_lower_case(texts: Sequence[str], named: Collection[int] = ()) -> list[str]:
    """The tokens of a headline in capitals (`is_title_case`), without capitals where they are no names.

    `named`: the tokens that belong to a known group's name.
    """
    loud = all(t.isupper() for t in _longer(texts))
    out = [t.lower() if i not in named and _is_plain(t) else t for i, t in enumerate(texts)]
    if loud:
        # What is short may be an abbreviation: "RSF", "UN".
        out = [t.capitalize() if t.isupper() and t.isascii() and t.isalpha() and len(t) > LONG else t for t in out]
    # The first word again, but only if it was changed: the capital of "ﬁ" has two letters, and all places would shift.
    return [out[0] if out[0] == texts[0] else out[0].capitalize(), *out[1:]]


def is_title_case(texts: Sequence[str]) -> bool:
    """Whether all the longer words of a line begin with a capital."""
    longer = _longer(texts)
    return len(texts) > FEWEST <= len(longer) and all(t[0].isupper() for t in longer) and texts[-1] != "."


def _longer(texts: Sequence[str]) -> list[str]:
    return [t for t in texts if t.isascii() and t.isalpha() and len(t) >= LONG]


def _is_plain(text: str) -> bool:
    """A verb or a little word that is no part of names: "Seize", "Pulls", "Out", "After"."""
    word, lex = text.lower(), lexis()
    if word == text or not (text.isascii() and text.isalpha()):
        return False
    return lex.has("little_words", word) or lex.has("headline_deeds", *(lemma_of(word, tag, "VERB") for tag in _FORMS))
