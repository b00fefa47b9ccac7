"""Rules on whether a claim has come about: what is tried, planned, feared, prevented or still to come (see `mode`)."""

from __future__ import annotations

from whoholds.annotate.trees.nominals import is_time
from whoholds.annotate.words import lexis
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
)
from whoholds.claims.modes.words import own_mode
from whoholds.model import Mode

AT_RISK = lexis()["at_risk"]
NOT_YET = lexis()["not_yet"]
STOPPERS = lexis()["stoppers"]
OPENINGS = lexis()["openings"]
MISGIVINGS = lexis()["misgivings"]
OPERATIONS = lexis()["operations"]
PLANS_DEED = lexis()["plans_deed"]
PLANNED_WORDS = lexis()["planned"]
DREAMS = lexis()["dreams"]
AIMS = lexis()["aims"]
WISHES = lexis()["wishes"]
MUSTERS = lexis()["musters"]
AGREES = lexis()["agrees"]
GOALS = lexis()["goals"]
GRIPS = lexis()["grips"]
TRIES = lexis()["tries"]
TALKS = lexis()["negotiates"]
SHOTS = frozenset(["stab", "shot"])
"""Tries with "at" alone: "a shot at taking P"."""
DONE_TO = ("obj", "nsubj:pass")
"""A noun that something is done to: "planned the capture of P", "the capture of P was planned"."""
UNDER = ("ccomp", "obj", "xcomp", "nsubj:pass", "obl", "advcl", "acl", "nmod")
"""What a verb or noun may have under it, and say of it whether it has come about."""


def succeeded_in(link: Link) -> Said | None:
    """ "succeeded in taking P"; "never succeeded in taking P"."""
    if link.lemma != "succeed" or "in" not in link.marks:
        return None
    return ATTEMPTED if link.over_denied else GO_ON


def at_risk(link: Link) -> Said | None:
    """ "in danger of being encircled", "close to falling", "opened the way for an attack on P"."""
    opened = [link.lemma, *(link.s.lemma(c) for c in link.over.children if c.dep_ == "obj" and "for" in link.marks)]
    noun = link.word.pos_ == "NOUN" and "to" in link.marks  # "on its way to taking P" is an aim
    if not OPENINGS.isdisjoint(opened) and (noun or "for" in link.marks) and link.relation in UNDER:
        return POSSIBLE
    return POSSIBLE if link.lemma in AT_RISK and link.marks & {"of", "to"} else None


def stopped(link: Link) -> Said | None:
    """ "were kept from taking P" tried; "halted the advance on P": there was one."""
    if link.lemma not in STOPPERS or link.relation not in UNDER:
        return None
    deed = link.word.tag_ == "VBG" or lexis().has("captures", link.s.lemma(link.word))
    to_come = link.over.tag_ == "VB" and not any(c.dep_ == "aux" for c in link.over.children)
    if to_come and (deed or "from" in link.marks) and link.lemma != "keep":
        # "mined the road to prevent them from taking P", "its capture by them"
        return POSSIBLE
    if "from" in link.marks:
        return ATTEMPTED
    return NO_MORE if link.relation in DONE_TO else None


def misgiving(link: Link) -> Said | None:
    """ "fear that P will fall", "doubts about the capture of P"."""
    none = any(c.lower_ in ("no", "little") for c in link.over.children) and link.lemma == "doubt"
    return POSSIBLE if link.lemma in MISGIVINGS and link.relation in UNDER and not none else None


def failed_in(link: Link) -> Said | None:
    """ "failed in storming P"; "failed in their attack on P": there was one."""
    if link.lemma != "fail" or "in" not in link.marks or link.relation not in UNDER:
        return None
    return None if link.word.pos_ == "NOUN" and link.s.lemma(link.word) in OPERATIONS else ATTEMPTED


def attempt_at(link: Link) -> Said | None:
    """ "an attempt at taking P", "had a try at taking P", "attempted the capture of P"."""
    tried = (link.lemma in TRIES and link.over.pos_ == "NOUN") or (link.lemma in SHOTS and "at" in link.marks)
    if not (tried or link.lemma == "attempt") or link.relation not in UNDER:
        return None
    return ATTEMPTED if link.marks & {"at", "of", "for", "to"} or link.relation == "obj" else None


def deed_planned(link: Link) -> Said | None:
    """ "ordered the evacuation of P"; "expect the fall of P" is no plan."""
    if link.relation not in DONE_TO:
        return None
    if link.lemma == "expect":
        return DENIED if link.over_denied else POSSIBLE
    if link.lemma == "threaten" and link.s.lemma(link.word) in GRIPS:
        # "threatened their hold on P": they have it
        return NO_MORE
    if link.lemma == "consider" and any(c.dep_ == "nsubj:pass" for c in link.over.children):
        # "P is considered a bastion of theirs"
        return None
    return Said(Mode.PLANNED, further=True) if link.lemma in PLANS_DEED else None


def planned_doing(link: Link) -> Said | None:
    """ "plans for retaking P", "with a view to retaking P", "aims at retaking P", "talk of retaking P"."""
    if link.word.tag_ != "VBG" or link.word.pos_ not in ("VERB", "AUX") or link.relation not in UNDER:
        return None
    if link.relation in ("advcl", "acl") and "of" in link.marks:
        # "has no intention today of storming P"
        over = link.over.head if is_time(link.over) else link.over
        held = [c for c in over.children if c.dep_ == "obj" and c.i < link.word.i]
        aim = next((c for c in held if link.s.lemma(c) in PLANNED_WORDS), None)
        if aim is not None:
            return DENIED if own_mode(link.s, aim) is Mode.DENIED else PLANNED
    planned = link.lemma in PLANNED_WORDS and bool(link.marks & {"of", "at", "for", "to", "with", "on"})
    had = any(c.lower_ == "having" for c in link.word.children)
    planned = planned or (link.lemma in DREAMS and bool(link.marks & {"of", "about"}) and not had)
    return PLANNED if planned or (link.lemma in AIMS and link.marks & {"at", "to"}) else None


def wished_for(link: Link) -> Said | None:
    """ "preparations for an assault on P", "are massing for an assault on P"."""
    if link.word.pos_ != "NOUN" or link.relation not in UNDER:
        return None
    wished = link.lemma in WISHES and link.marks & {"at", "for", "to", "of"}
    agreed = link.lemma in AGREES and link.marks & {"to", "on"}
    return PLANNED if wished or agreed or (link.lemma in MUSTERS and "for" in link.marks) else None


def towards(link: Link) -> Said | None:
    """ "are moving towards the liberation of P", "a step towards the capture of P"."""
    deed = link.word.pos_ == "NOUN" and lexis().has("captures", link.s.lemma(link.word))
    return PLANNED if deed and link.marks & {"towards", "toward"} and link.relation in UNDER else None


def not_spoken_of(link: Link) -> Said | None:
    """ "Nobody speaks of an assault on P"."""
    spoken = link.relation in ("obl", "nmod") and link.lemma in DREAMS and link.marks & {"of", "about"}
    return DENIED if spoken and link.over_denied else None


def goal(link: Link) -> Said | None:
    """ "The capture of P is their next goal"; "was their goal" and "their goal is to take P" say no more of it."""
    aimed = link.relation == "nsubj" and link.lemma in GOALS and any(c.dep_ == "cop" for c in link.over.children)
    return PLANNED if aimed else None


def talked_of(link: Link) -> Said | None:
    """ "talks on a withdrawal from P", "negotiated about the handover of P"."""
    if link.word.pos_ != "NOUN" or link.lemma not in TALKS or not link.marks & {"about", "on", "over", "for"}:
        return None
    return PLANNED if link.relation in UNDER else None


INTENT: tuple[Rule, ...] = (
    talked_of,
    succeeded_in,
    at_risk,
    stopped,
    misgiving,
    failed_in,
    attempt_at,
    deed_planned,
    planned_doing,
    wished_for,
    towards,
    not_spoken_of,
    goal,
)
