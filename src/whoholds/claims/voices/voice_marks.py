"""Who says it where no verb of saying does: "according to X", "by X's account", "Army: P is ours", "P fell - army"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis
from whoholds.claims.voices import speaker_phrase
from whoholds.claims.voices.speaker_phrase import QUOTES, Phrase

OWN = {"him": "he", "his": "he", "her": "she", "them": "they", "their": "they", "its": "it"}
"""Who "according to him", "by their own account" speaks of."""
_OPENERS = (("according", "to"), ("words", "of"))
_IS_THAT = (("is", "was"), ("that", ":"))
_HEADED = 14
"""Tokens before a colon, at the most, that may name the speaker."""
_BEHIND_DASH = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that name the speaker; `at` is the token that stands for the verb."""

    at: int
    phrase: Phrase | None = None
    pronoun: Token | None = None
    told: str | None = None


def sources(s: Sentence) -> Iterator[Mark]:
    """ "According to X", "in the words of X", "by X's account", anywhere in a sentence."""
    doc = s.doc
    for t in doc[:-2]:
        if (t.lower_, doc[t.i + 1].lower_) in _OPENERS:
            yield _named_from(s, t.i, t.i + 2)
        elif t.lower_ == "by" and (account := _account(s, t.i)) is not None:
            yield account
        elif lexis().has("versions", t.lower_) and (version := _version(s, t)) is not None:
            yield version


def _named_from(s: Sentence, at: int, first: int) -> Mark:
    if s.doc[first].lower_ in OWN and (s.doc[first].tag_ != "PRP$" or first + 1 == len(s.doc)):
        return Mark(at, pronoun=s.doc[first])
    return Mark(at, speaker_phrase.after(s, first))


def _account(s: Sentence, by: int) -> Mark | None:
    """ "by the monitors' account", "by their own admission"."""
    noun = next((t for t in s.doc[by + 1 : by + 8] if lexis().has("accounts", t.lower_)), None)
    owner = next((c for c in noun.children if c.dep_ == "nmod:poss" and c.i > by), None) if noun is not None else None
    if owner is None:
        return None
    if owner.lower_ in OWN:
        return Mark(by, pronoun=owner)
    return Mark(by, Phrase(by + 1, owner.i, (tuple(s.doc[by + 1 : owner.i + 1]),)))


def _version(s: Sentence, noun: Token) -> Mark | None:
    """ "The army's version is that P fell"."""
    rest = [x.lower_ for x in s.doc[noun.i + 1 : noun.i + 3]]
    if len(rest) < len(_IS_THAT) or rest[0] not in _IS_THAT[0] or rest[1] not in _IS_THAT[1]:
        return None
    owner = next((c for c in noun.lefts if c.dep_ == "nmod:poss"), None)
    if owner is None or owner.lower_ in OWN:
        return Mark(noun.i, pronoun=owner) if owner is not None else None
    return Mark(noun.i, Phrase(owner.left_edge.i, owner.i, (tuple(s.doc[owner.left_edge.i : owner.i + 1]),)))


def headed(s: Sentence) -> Iterator[Mark]:
    """Who may stand before the colon that opens a sentence, or behind the dash that ends it; the likeliest first."""
    yield from _before_colon(s)
    yield from _behind_dash(s)


def _before_colon(s: Sentence) -> Iterator[Mark]:
    """ "Defence ministry: the town has been retaken", "A B in a video: ...", "army spokesman, Facebook: ..."."""
    doc, lex = s.doc, lexis()
    begin = next((t.i + 1 for t in doc[:12] if t.text == "]"), 0) if len(doc) and doc[0].text == "[" else 0
    colon = next((t.i for t in doc[begin : begin + _HEADED] if t.text == ":"), None)
    if colon is None or colon == begin or colon + 2 >= len(doc):
        return
    if any(t.pos_ in ("VERB", "AUX", "NUM") for t in doc[begin:colon]):
        return
    if not any(t.pos_ in ("VERB", "AUX") or t.lower_ == "our" for t in doc[colon:]):
        return
    roles = any(lex.has("speaker_role", s.lemma(t), t.lower_) for t in doc[begin:colon])
    told = next((t for t in doc[begin:colon] if lex.has("told_through", s.lemma(t), t.lower_)), None)
    if roles and colon - begin <= 8:
        through = told is not None and told.i == colon - 1 and doc[told.i - 1].text == ","
        yield Mark(colon, speaker_phrase.before(s, colon - 2 if through else colon))
    phrase = speaker_phrase.after(s, begin)
    if phrase is None or not doc[begin].text[:1].isupper() or not (told or doc[colon + 1].text in QUOTES):
        return
    if told is None or not phrase.first <= told.i <= phrase.chunks[0][-1].i:
        kept = tuple(c for c in phrase.chunks if told not in c)
        phrase = replace(phrase, chunks=kept, last=min(phrase.last, colon - 1))
        yield Mark(colon, phrase, told=told.text if told else None)


def _behind_dash(s: Sentence) -> Iterator[Mark]:
    """ "RSF captures P - residents": no name, which may be the outlet's."""
    doc = s.doc
    end = len(doc) - 1 if doc[-1].text == "." else len(doc)
    dash = next((i for i in range(end - 1, max(1, end - _BEHIND_DASH), -1) if doc[i].text in ("-", "–", "—")), None)
    if dash is None or not doc[dash - 1].whitespace_:
        return
    behind = doc[dash + 1 : end]
    named = behind and all(t.text.islower() and t.pos_ in ("NOUN", "ADJ", "DET") for t in behind)
    if named and lexis().has("speaker_role", s.lemma(behind[-1]), behind[-1].lower_):
        yield Mark(dash, Phrase(dash + 1, end - 1, (tuple(behind),)))
