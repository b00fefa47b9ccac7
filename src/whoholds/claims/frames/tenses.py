"""Whether a verb stands in the form that a sense asks for: an event or a state, going on, or only supposed."""

from __future__ import annotations

from whoholds.annotate.clauses.repair import Clause
from whoholds.annotate.document import Sentence
from whoholds.annotate.parse.parser import dated
from whoholds.annotate.trees.nominals import is_time
from whoholds.annotate.trees.tree import Doc
from whoholds.annotate.words import lexis
from whoholds.claims.frames.slots import Slots
from whoholds.model import Role

CONDITIONS = frozenset(["if", "with", "once", "should"])
"""What opens a clause that supposes something: "if P goes", "with P gone"."""

PURPOSES = frozenset(["of", "by", "after", "before", "without", "from"])
"""What opens a gerund that is a deed: "no intention of occupying P", "after occupying P"."""
WILL = frozenset(["will", "shall"])
IS_TO = frozenset(["is", "are", "'s", "'re", "set", "here"])
"""Before "to" and a verb that it puts off."""


def fits_tense(s: Sentence, clause: Clause, slots: Slots, tense: str) -> bool:
    """Whether the verb of a clause has the tense of a sense: one of those of docs/cues.md; "" is any."""
    verb = s.doc[clause.verb]
    if tense == "ing":
        # "are securing P", "began securing P"
        begun = verb.dep_ == "xcomp" and lexis().has("goes_on", s.lemma(verb.head))
        return verb.tag_ == "VBG" and (begun or "be" in clause.auxiliaries)
    if tense == "perfect":
        # "cleared P", "P has been cleared", and not "is clearing P", "is being cleared", "has not been cleared"
        being = any(c.lower_ == "being" for c in verb.children)
        return not clause.negated and (verb.tag_ == "VBD" or (verb.tag_ == "VBN" and not being))
    if tense == "done":
        # "have gone from P", "were gone from P", "left for Q from P"; "went from P to Q" only tells of a way
        return clause.lemma != "go" or "have" in clause.auxiliaries or verb.tag_ == "VBN"
    if tense == "plain":
        # "the army returned"; a headline's "Umuahia goes"
        past = verb.tag_ == "VBD" and verb.lower_ != "gone"  # "With P gone", tagged as a past
        return past or (verb.tag_ == "VBZ" and s.role is Role.TITLE)
    if tense == "future":
        # "will remain", "are to stay", "are set to stay"
        is_to = any(t.lower_ in IS_TO for t in s.doc[max(0, clause.verb - 3) : clause.verb])
        return not WILL.isdisjoint(clause.auxiliaries) or ("to" in clause.marks and is_to)
    if tense == "if":
        return bool(CONDITIONS & set(clause.marks))
    return not tense or (tense == "past") == _is_event(s, clause, slots)


def _is_event(s: Sentence, clause: Clause, slots: Slots) -> bool:
    """ "occupied P on Monday", "will occupy P", "tried to occupy P", and not "has occupied P since May"."""
    verb, reported = s.doc[clause.verb], _reported(s, clause)
    if slots.get("for") or slots.get("since") or slots.get("from"):
        return False
    if reported or verb.tag_ == "VBD":
        return True
    if "have" in clause.auxiliaries:
        # "Having occupied P, they", "they had occupied P", and not "the rebels who had occupied it", "have occupied P"
        have = {c.lower_ for c in verb.children if c.dep_ == "aux"}
        return "having" in have or ("had" in have and verb.dep_ != "acl:relcl")
    if verb.tag_ == "VBG" and (set(clause.marks) & PURPOSES or _is_dated(s, slots)):
        # "have no intention of occupying P", "followed them, occupying P on Monday"
        return True
    if "to" in clause.marks or {"will", "would", "shall", "may", "might", "could"} & set(clause.auxiliaries):
        return True
    if verb.tag_ in ("VBP", "VBZ") and (s.role is Role.TITLE or _is_entry(s.doc)):
        return True
    was = any(c.lower_ in ("was", "were") and c.dep_ == "aux:pass" for c in verb.children)
    return (was or (verb.tag_ == "VBN" and verb.dep_ == "acl")) and _is_dated(s, slots)


def _is_dated(s: Sentence, slots: Slots) -> bool:
    """ "on Monday", "by the 9th"."""
    return any(is_time(s.doc[i]) for slot in ("on", "in", "at", "by", "about", "") for i in slots.get(slot))


def _is_entry(doc: Doc) -> bool:
    """ "27 May 1977 - Rebels take the town"."""
    return dated([t.text for t in doc], [bool(t.whitespace_) for t in doc]) > 0


def _reported(s: Sentence, clause: Clause) -> bool:
    """ "said that they had occupied P": a plain past in reported speech."""
    had = any(c.lower_ == "had" and c.dep_ == "aux" for c in s.doc[clause.verb].children)
    return had and clause.relation == "ccomp" and lexis().has("say", s.lemma(s.doc[clause.verb].head))
