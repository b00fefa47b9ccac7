"""Where those sit who speak, and where fighters come from: names that are seldom what "the town" means."""

from __future__ import annotations

from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.nominals import preposition
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis

SEATED = lexis()["seated"]
LIVES = frozenset(["live", "shelter", "stay"])
WHERE_NOW = frozenset(["in", "at", "to", "into"])


def is_seat(s: Sentence, first: int, last: int, head: Token) -> bool:
    """ "the government in Kinshasa", "said in Baku", "speaking from Colombo": where somebody sits who speaks."""
    doc = s.doc
    if head.dep_ == "obl" and first and doc[first - 1].lower_ in ("in", "at", "from"):
        speaks = s.lemma(head.head)
        if speaks == "speak" or lexis().has("say", speaks):
            return True
    top = head.head
    hearers = head.dep_ == "nmod" and top.dep_ in ("obj", "iobj", "obl") and preposition(head) in ("in", "at")
    if hearers and lexis().has("say", s.lemma(top.head)):
        # "told journalists in Abuja"
        return True
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
    if (speaker := _whereabouts(s, head)) is not None and is_speaker(s, speaker):
        # "a nurse who fled to Goma said", "the president, who lives in Riyadh, called on them to leave"
        return True
    above = head.head if head.dep_ == "conj" else head
    if (
        above.dep_ == "nmod"
        and preposition(above) == "from"
        and lexis().has("force", s.lemma(above.head), above.head.lower_)
    ):
        # "a brigade from Misrata", "fighters from Sabha and Kufra"
        return True
    if head.dep_ == "nmod:poss" and lexis().has("troops", s.lemma(head.head)) and doc[last + 1].tag_ == "POS":
        # "Khartoum's troops"
        return True
    after = last + 1
    while after < len(doc) and (doc[after].tag_ == "POS" or doc[after].pos_ == "ADJ"):
        after += 1
    return after < len(doc) and doc[after].lower_ in SEATED


def is_by_speaker(s: Sentence, head: Token) -> bool:
    """ "A priest in P disputes this", "state television in P said": he may be speaking of another place."""
    noun = head.head
    local = lexis().has("dwellers", s.lemma(noun)) or lexis().has("eyewitnesses", s.lemma(noun))
    placed = head.dep_ == "nmod" and preposition(head) in ("in", "at") and noun.pos_ == "NOUN"
    return placed and not local and not lexis().has("force", s.lemma(noun), noun.lower_) and is_speaker(s, noun)


def _whereabouts(s: Sentence, head: Token) -> Token | None:
    """ "a nurse who fled to P", "the president, who was in P": the noun of which a relative clause says where it is."""
    verb = head if head.dep_ == "acl:relcl" else head.head
    there = preposition(head) in WHERE_NOW or (head.dep_ == "obj" and lexis().has("arrives", s.lemma(verb)))
    if there and verb.dep_ == "acl" and verb.tag_ == "VBG" and s.lemma(verb) in LIVES:
        return verb.head  # "a teacher living in P"
    if not there or verb.dep_ != "acl:relcl" or head.dep_ not in ("acl:relcl", "obl", "obj"):
        return None
    who = any(c.lower_ in ("who", "which", "that") and c.dep_.startswith("nsubj") for c in verb.children)
    return verb.head if who else None


def is_speaker(s: Sentence, noun: Token) -> bool:
    """Who it is says, asks or orders something."""
    noun = noun.head if noun.dep_ == "appos" else noun
    return noun.dep_ == "nsubj" and lexis().has("say", s.lemma(noun.head))
