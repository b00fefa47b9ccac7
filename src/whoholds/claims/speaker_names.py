"""Names around a verb of saying that the parser hangs elsewhere: "…, the spokesman in Gao, Major NAME, said"."""

from __future__ import annotations

from spacy.tokens import Token

from whoholds.annotate.document import Sentence
from whoholds.annotate.words import lexis

RANKS = lexis()["ranks"]
QUOTES = '"“”«»'
_PARTICLES = frozenset(["al", "bin", "de", "van", "el", "ibn", "von", "-", "–", "'", "’"])
_LONGEST = 14


def apposed_name(s: Sentence, head: Token, verb: int) -> tuple[list[Token], list[Token]] | None:
    """A name between commas beside a role: its tokens, and those of a rank before it.

    "the mayor of P, NAME, said" and "… said one of the elders, NAME".
    """
    doc = s.doc
    if head.i < verb:
        last = verb - 1
        while last > head.i and doc[last].pos_ in ("AUX", "ADV", "PART"):
            last -= 1
        if doc[last].text != ",":
            return None
        return _name_back(s, last - 1, head.i)
    comma = next((t.i for t in doc[head.i + 1 : head.i + 9] if t.text == ","), None)
    if comma is None or any(t.pos_ in ("VERB", "AUX") for t in doc[head.i + 1 : comma]):
        return None
    end = comma + 1
    while end < len(doc) and (_is_name(doc[end]) or doc[end].lower_ in RANKS or doc[end].text == "."):
        end += 1
    return _name_back(s, end - 1, comma - 1) if end > comma + 1 else None


def _name_back(s: Sentence, last: int, after: int) -> tuple[list[Token], list[Token]] | None:
    """The name that ends at `last` and begins behind a comma after `after`."""
    doc = s.doc
    while last > after and doc[last].text == ".":
        last -= 1
    first = last
    while first > after and (_is_name(doc[first]) or doc[first].lower_.strip(".") in RANKS or doc[first].text == "."):
        first -= 1
    if doc[first].text != "," or first <= after:
        return None
    tokens = list(doc[first + 1 : last + 1])
    rank = [t for t in tokens if t.lower_.strip(".") in RANKS or t.text == "."]
    name = [t for t in tokens if t not in rank]
    if not 1 <= len(name) <= 6 or not any(t.pos_ == "PROPN" for t in name):
        return None
    return name, [t for t in rank if t.text != "."]


def after_rank(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """What stands up to the last rank, and the name behind it: "… for Gao Brig. Gen." and "NAME"."""
    last = max((k for k, t in enumerate(tokens) if t.lower_.strip(".") in RANKS), default=-1)
    name = tokens[last + 1 :]
    while name and name[0].text == ".":
        name = name[1:]
    return (tokens[: len(tokens) - len(name)], name) if any(t.pos_ == "PROPN" for t in name) else ([], tokens)


def _is_name(t: Token) -> bool:
    return (t.text[:1].isupper() and t.pos_ in ("PROPN", "NOUN", "ADJ", "X")) or t.lower_ in _PARTICLES


def subject_before(s: Sentence, verb: int) -> Token | None:
    """The noun between a comma or a closing quote and the verb, where the parser lost the subject."""
    doc = s.doc
    start = verb - 1
    while start > 0 and verb - start < _LONGEST and doc[start - 1].text not in QUOTES:
        start -= 1
    if start == 0 or doc[start - 1].text not in QUOTES:
        return _after_comma(s, verb)
    for t in doc[start:verb]:
        if t.pos_ in ("PROPN", "NOUN"):
            while t.dep_ in ("compound", "flat") and t.i < t.head.i < verb:
                t = t.head
            return t
    return None


def _after_comma(s: Sentence, verb: int) -> Token | None:
    """ "Troops took P, state radio reported.": nothing but names and nouns from the comma to a verb that ends it."""
    doc = s.doc
    if s.doc[verb].tag_ not in ("VBD", "VBN", "VBZ") or any(t.pos_ in ("VERB", "SCONJ") for t in doc[verb + 1 :]):
        return None
    first = verb
    while first > 0 and doc[first - 1].pos_ in ("NOUN", "PROPN", "ADJ", "DET", "PART") and verb - first < 8:
        first -= 1
    if first in (0, verb) or doc[first - 1].text != "," or not any(t.pos_ == "VERB" for t in doc[:first]):
        return None
    return doc[verb - 1] if doc[verb - 1].pos_ in ("NOUN", "PROPN") else None


def headed(s: Sentence) -> tuple[Token, int] | None:
    """ "Defence ministry: the town has been retaken": the speaker before a colon that opens the sentence."""
    colon = next((t.i for t in s.doc[:8] if t.text == ":"), None)
    if colon is None or colon == 0 or colon + 2 >= len(s.doc):
        return None
    before = list(s.doc[:colon])
    if any(t.pos_ in ("VERB", "AUX", "NUM") for t in before) or not any(
        t.pos_ in ("VERB", "AUX") for t in s.doc[colon:]
    ):
        return None
    heads = [t for t in before if t.pos_ in ("NOUN", "PROPN") and lexis().has("speaker_role", s.lemma(t), t.lower_)]
    return (heads[-1], colon) if heads else None
