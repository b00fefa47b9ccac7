"""Rules on what the word over an infinitive says of it: "tried to take", "plans to take", "managed to take"."""

from __future__ import annotations

from whoholds.annotate.clauses.chosen import singled_out
from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.nominals import is_time, preposition
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis
from whoholds.claims.modes.intent import at_risk
from whoholds.claims.modes.link import (
    ATTEMPTED,
    DENIED,
    GO_ON,
    NO_MORE,
    PLANNED,
    POSSIBLE,
    Link,
    Rule,
    Said,
    first_said,
)
from whoholds.claims.modes.truth import denies, is_false
from whoholds.claims.modes.words import FUTURE, MAY, own_mode
from whoholds.model import Mode, Stance

TRYING = lexis()["attempted"]
TRIES = lexis()["tries"]
IN_VAIN = lexis()["in_vain"]
TO_NO_AVAIL = lexis()["to_no_avail"]
PLANS = lexis()["planned"]
OPERATIONS = lexis()["operations"]
ABANDONS = lexis()["abandons_plan"]
REFUSE = lexis()["refuse"]
CHOICES = ("choice", "option", "alternative")
HAPPENED = lexis()["happened"]
SAID_TO = lexis()["said_to"]
SEEMS = lexis()["seems"]


def to_do(link: Link) -> Said:
    """What the word over the infinitive adds; where no rule knows it, it is to come ("sent troops to take P")."""
    return first_said(INFINITIVE, link) or Said(Mode.PLANNED, further=link.lemma in PLANS)


def nowhere(link: Link) -> Said | None:
    """ "The army was nowhere to be seen in P"."""
    found = link.lemma == "nowhere" or any(c.lower_ == "nowhere" for c in link.over.children)
    return DENIED if found else None


def false_claim(link: Link) -> Said | None:
    """ "Their claim to be in control of P is false"."""
    over = link.over
    if over.pos_ != "NOUN" or not lexis().has("told_things", link.lemma):
        return None
    return DENIED if denies(link.s, over.head) or is_false(link.s, link.word, over) else None


def tried(link: Link) -> Said | None:
    """ "tried to take P", "its plan to take P foundered", "the rebels' attempted drive to take P"."""
    over = link.over
    if over.dep_ in ("obj", "nsubj:pass") and link.s.lemma(over) in OPERATIONS | TRIES:
        if link.s.lemma(over.head) in ABANDONS:
            # "abandoned its offensive to take P"
            return ATTEMPTED
        if link.lemma in TRIES and lexis().has("plans_deed", link.s.lemma(over.head)):
            # "a new attempt to take P was being prepared"
            return PLANNED
    if link.lemma in TRIES and over.dep_ == "obj":
        # "might make another attempt to take P"
        made = own_mode(link.s, over.head)
        if made in (Mode.POSSIBLE, Mode.PLANNED):
            return Said(made)
    # "attempts by the rebels to take P failed"
    attempt = over.head if over.dep_ == "nmod" and preposition(over) == "by" else over
    in_vain = any(c.lower_ in TO_NO_AVAIL for c in over.children)
    if link.lemma in TRYING or in_vain or came_to_nothing(link.s, attempt):
        return Said(Mode.ATTEMPTED, further=True)
    return ATTEMPTED if is_abortive(over) else None


def launched_attempt(link: Link) -> Said | None:
    """ "launched a fourth attempt in a month to take P"; "plans another attempt to take P"."""
    if link.relation not in ("advcl", "xcomp"):
        return None
    objects = [c for c in link.over.children if c.dep_ == "obj" and c.i < link.word.i]
    if any(link.s.lemma(c) in OPERATIONS and is_abortive(c) for c in objects):
        # "made an attempted attack to take P"
        return ATTEMPTED
    if TRIES.isdisjoint(link.s.lemma(c) for c in objects):
        return None
    return PLANNED if link.lemma in PLANS else Said(Mode.ATTEMPTED, further=True)


def expected(link: Link) -> Said | None:
    """ "Officers expect the rebels to attack P", "are likely to attack P"."""
    if link.lemma in ("likely", "unlikely"):
        return POSSIBLE
    verb = link.over.head if link.relation == "acl" and link.over.dep_ == "obj" else link.over
    if link.s.lemma(verb) != "expect":
        return None
    if link.s.lemma(link.word) in ("fall", "follow"):
        # "P is expected to fall": nobody plans to
        return POSSIBLE
    return POSSIBLE if any(c.dep_ == "obj" and c.i < link.word.i for c in verb.children) else None


def refused(link: Link) -> Said | None:
    """ "refused to leave P"."""
    return DENIED if link.lemma in REFUSE else None


def nobody_came(link: Link) -> Said | None:
    """ "no soldier has come to take P", "did not stay to hold P"."""
    return DENIED if lexis().has("comes_to_do", link.lemma) and link.over_denied else None


def managed(link: Link) -> Said | None:
    """ "did not manage to take P", "are not able to hold P"; "were able to take P" took it."""
    if link.lemma in ("manage", "succeed", "able") and link.over_denied:
        return ATTEMPTED
    return NO_MORE if link.lemma == "able" else None


def said_to_have(link: Link) -> Said | None:
    """ "claimed to have taken P", "are believed to hold P"; "hopes to have taken P by June" is no event yet."""
    perfect = any(c.lower_ == "have" and c.dep_ == "aux" for c in link.word.children) and link.lemma not in PLANS
    if not perfect and not (link.relation in ("xcomp", "ccomp", "obl") and link.lemma in SAID_TO):
        return None
    return Said(stance=Stance.CLAIMED if link.lemma == "claim" else Stance.PLAIN, further=True)


def seems_about(link: Link) -> Said | None:
    """ "P seems about to fall": nobody says that it will."""
    to = next((c.i for c in link.word.children if c.tag_ == "TO" and c.i), 0)
    about = to > 0 and link.word.doc[to - 1].lower_ in ("about", "set", "ready", "poised", "likely", "bound")
    return POSSIBLE if about and link.lemma in SEEMS else None


def have_yet(link: Link) -> Said | None:
    """ "have yet to take P"."""
    yet = any(c.lower_ == "yet" and c.dep_ == "advmod" for c in (*link.over.children, *link.word.children))
    return DENIED if link.lemma == "have" and yet else None


def remains_to_be(link: Link) -> Said | None:
    """ "P remains to be taken"; "it remains to be seen" says nothing of whether."""
    passive = any(c.dep_ == "aux:pass" for c in link.word.children)
    remains = link.lemma == "remain" and passive and not any(c.dep_ == "expl" for c in link.over.children)
    return DENIED if remains else None


def had_to(link: Link) -> Said | None:
    """ "had to leave P", "have had to leave P": they did; "may have to leave P", "may have had to" is in doubt."""
    if link.lemma == "have" and own_mode(link.s, link.over) is Mode.POSSIBLE:
        return POSSIBLE
    if link.lemma != "have" or link.over.tag_ not in ("VBD", "VBN"):
        return None
    return GO_ON if not {c.lower_ for c in link.over.children if c.dep_ == "aux"} & (FUTURE | MAY) else None


def going_to(link: Link) -> Said | None:
    """ "was going to take P"."""
    going = link.lemma == "go" and link.over.tag_ == "VBG" and link.relation == "xcomp"
    return Said(Mode.PLANNED, further=True) if going else None


def it_took(link: Link) -> Said | None:
    """ "It took them three days to capture P", "They took three days …", "They needed only an hour to capture P"."""
    it = link.lemma == "take" and any(c.lower_ == "it" and c.i < link.over.i for c in link.over.children)
    needed = link.lemma == "need" and link.over.tag_ == "VBD" and any(is_time(c) for c in link.over.children)
    long = link.lemma == "take" and any(is_time(c) and c.dep_ == "obj" for c in link.over.children)
    return GO_ON if it or needed or long else None


def no_choice(link: Link) -> Said | None:
    """ "had no choice but to leave P", "were left with no choice but to leave P"."""
    had = link.over.head.lemma_ == "have" and link.over.head.tag_ == "VBD"
    but = next((c.i for c in link.word.children if c.lower_ == "but"), 0)
    left = but > 0 and link.word.doc[but - 1].lower_ in CHOICES and own_mode(link.s, link.over) is Mode.ASSERTED
    return NO_MORE if left or (had and link.lemma in CHOICES) else None


def one_of_its_kind(link: Link) -> Said | None:
    """ "the fourth town to fall" fell; "the next to fall" has not yet."""
    if singled_out(link.word) is None:
        return None
    nigh = link.lemma == "next" or any(c.lower_ == "next" for c in link.over.children)
    was = any(c.lower_ in ("was", "were") for x in (link.over, link.over.head) for c in x.children if c.dep_ == "cop")
    to_come = nigh and not was and own_mode(link.s, link.over) is Mode.ASSERTED
    return Said(Mode.PLANNED if to_come else Mode.ASSERTED, further=True)


def happened(link: Link) -> Said | None:
    """ "went on to capture P", "forced them to leave P", "took P, only to lose it again"."""
    # "took P, only for the rebels to drive them out"
    beside = (*link.word.children, *(link.over.children if link.relation == "acl" else ()))
    only = any(c.lower_ in ("first", "only") and c.i < link.word.i for c in beside)
    return GO_ON if only or link.lemma in HAPPENED else None


INFINITIVE: tuple[Rule, ...] = (
    nowhere,
    at_risk,
    false_claim,
    tried,
    launched_attempt,
    expected,
    refused,
    nobody_came,
    managed,
    seems_about,
    said_to_have,
    have_yet,
    remains_to_be,
    had_to,
    going_to,
    it_took,
    no_choice,
    one_of_its_kind,
    happened,
)


def is_abortive(noun: Token) -> bool:
    """ "an attempted attack to take P"."""
    return any(c.lower_ == "attempted" and c.dep_ == "amod" for c in noun.children)


def came_to_nothing(s: Sentence, noun: Token) -> bool:
    """ "Attempts to take P failed", "were in vain", "have come to nothing"."""
    if noun.pos_ not in ("NOUN", "PROPN") or noun.dep_ not in ("nsubj", "nsubj:pass"):
        return False
    over = noun.head
    ends = {c.lower_ for c in over.children if c.dep_ in ("obl", "obj", "advmod", "xcomp") and c.i > over.i}
    if s.lemma(over) in ("come", "lead", "amount", "get") and {"nothing", "naught", "nowhere"} & ends:
        return True
    return s.lemma(over) in IN_VAIN
