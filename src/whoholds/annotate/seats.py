"""Where those sit who speak, and where fighters come from: names that are seldom what "the town" means."""

from __future__ import annotations

from whoholds.annotate.document import Sentence
from whoholds.annotate.nominals import preposition
from whoholds.annotate.tree import Token
from whoholds.annotate.words import lexis

SEATED = lexis()["seated"]


def is_seat(s: Sentence, first: int, last: int, head: Token) -> bool:
    """ "the government in Kinshasa", "said in Baku", "speaking from Colombo": where somebody sits who speaks."""
    doc = s.doc
    if head.dep_ == "obl" and first and doc[first - 1].lower_ in ("in", "at", "from"):
        speaks = s.lemma(head.head)
        if speaks == "speak" or lexis().has("say", speaks):
            return True
    top = head.head
    fronted = doc[0].lower_ in ("in", "at") and top.dep_ == "obl" and top.i < top.head.i
    if (
        fronted
        and head.dep_ == "nmod"
        and lexis().has("say", s.lemma(top.head))
        and doc[first - 1].lower_ in ("in", "at")
    ):
        # "At a camp in Goz Beida, people said": where they were met
        return True
    if head.dep_ == "nsubj" and lexis().has("say", s.lemma(head.head)):
        # "Addis Ababa denies it": a government
        return True
    if first > 1 and doc[first - 1].lower_ in ("in", "at", "from") and doc[first - 2].lower_ in SEATED:
        return True
    above = head.head if head.dep_ == "conj" else head
    if (
        above.dep_ == "nmod"
        and preposition(above) == "from"
        and lexis().has("force", s.lemma(above.head), above.head.lower_)
    ):
        # "a brigade from Misrata", "fighters from Sabha and Kufra"
        return True
    after = last + 1
    while after < len(doc) and (doc[after].tag_ == "POS" or doc[after].pos_ == "ADJ"):
        after += 1
    return after < len(doc) and doc[after].lower_ in SEATED
