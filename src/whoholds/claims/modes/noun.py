"""Rules on a noun that is a claim: what the verb that it is subject or object of says of it (see `mode`)."""

from __future__ import annotations

from whoholds.annotate.words import lexis
from whoholds.claims.modes.link import DENIED, GO_ON, NO_MORE, PLANNED, POSSIBLE, Link, Rule, Said
from whoholds.claims.modes.words import own_mode
from whoholds.model import Mode

TAKES_PLACE = lexis()["takes_place"]
ALREADY_THERE = lexis()["already_there"]
TO_COME = lexis()["to_come"]
POSTPONES = lexis()["postpones"]
SEEMS = lexis()["seems"]
SPANS = lexis()["spans"]
ARGUMENTS = ("nsubj", "nsubj:pass", "obj")


def out_of_the_question(link: Link) -> Said | None:
    """ "An attack on P is out of the question", "is off the table"."""
    gone = link.relation == "nsubj" and link.over.lower_ in ("question", "table")
    return DENIED if gone and any(c.lower_ in ("out", "off") and c.dep_ == "case" for c in link.over.children) else None


def imminent(link: Link) -> Said | None:
    """ "The fall of P is imminent", "is only a matter of time"; "It is a matter of time before P falls"."""
    over = link.over
    before = link.relation == "advcl" and any(c.lower_ in ("before", "until", "till") for c in link.word.children)
    if link.relation != "nsubj" and not before:
        return None
    time = over.lower_ in ("matter", "question") and any(c.dep_ == "nmod" and c.lower_ in SPANS for c in over.children)
    looks = link.lemma in SEEMS and any(c.lower_ in TO_COME for c in over.children if c.dep_ in ("xcomp", "ccomp"))
    return POSSIBLE if time or looks or over.lower_ in TO_COME else None


def put_off(link: Link) -> Said | None:
    """ "The attack on P was postponed", "put off their attack on P"."""
    if link.relation not in ("nsubj:pass", "obj") or link.over_denied:
        return None
    off = link.lemma in ("put", "call") and any(c.lower_ == "off" for c in link.over.children)
    return PLANNED if link.lemma in POSTPONES or off else None


def never_came(link: Link) -> Said | None:
    """ "The attack on P did not take place"; "the attack on P did not end": there is one."""
    denied = link.relation in ARGUMENTS and link.over.pos_ in ("VERB", "AUX") and link.over_denied
    return DENIED if denied and link.lemma in TAKES_PLACE else None


def due(link: Link) -> Said | None:
    """ "The withdrawal from P is due to begin on Monday", "was expected to start"."""
    if link.relation not in ("nsubj", "nsubj:pass", "nsubj:outer"):
        return None
    if link.over.tag_ == "VB" and any(c.lower_ == "due" for c in link.over.children):
        # with "due to" for a preposition
        return PLANNED
    if not lexis().has("planned", link.lemma, link.over.lower_):
        return None
    begins = (c for c in link.over.children if c.dep_ in ("xcomp", "csubj", "ccomp") and c.i > link.over.i)
    return PLANNED if any(lexis().has("begins", link.s.lemma(c)) for c in begins) else None


def still_to_come(link: Link) -> Said | None:
    """ "The attack on P will begin", "may launch an attack on P"; "the fall of P could delay the vote": it fell."""
    is_said = any(c.dep_ == "cop" for c in link.over.children)  # "would be a victory"
    if link.relation not in ARGUMENTS or not (is_said or link.over.pos_ in ("VERB", "AUX")):
        return None
    mode = own_mode(link.s, link.over)
    if mode not in (Mode.PLANNED, Mode.POSSIBLE) or link.lemma in ALREADY_THERE:
        return None
    acts = link.relation == "nsubj" and link.lemma not in ("take", "last")
    acts = acts and any(c.dep_ == "obj" for c in link.over.children)
    if (acts or is_said) and any(c.lower_ == "would" for c in link.over.children):
        # "The capture of P would be a victory", "would cut the road"
        return POSSIBLE
    return NO_MORE if acts and mode is Mode.POSSIBLE else Said(mode)


def there_was(link: Link) -> Said | None:
    """ "denied that there was fighting in P", "denied that its aim was P": what is said of "was" is said of these."""
    there = link.relation == "nsubj" and any(c.dep_ == "expl" for c in link.over.children)
    aim = link.relation == "nsubj" and lexis().has("ends_sought", link.s.lemma(link.word))
    aim = aim and any(c.dep_ == "cop" for c in link.over.children)
    return GO_ON if (there or aim) and link.word.pos_ == "NOUN" else None


NOUN: tuple[Rule, ...] = (out_of_the_question, imminent, put_off, never_came, due, still_to_come, there_was)
