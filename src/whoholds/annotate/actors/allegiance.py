"""Whose men "troops loyal to the former president", "fighters under General X" and "allied tribes" are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from whoholds.annotate.actors.find import ActorRef, Names
from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.tree import Doc, Token
from whoholds.annotate.words import lexis

LOYAL = lexis()["loyal"]
FOLLOWERS = lexis()["followers"]
LED = lexis()["led"]
PAID = lexis()["paid"]
NEAR = 6
"""Words between men and who leads them: "rebels of several groups led by X"."""
LONGEST = 10
"""Words of "former defence minister and general X", at the most."""


def allegiance(s: Sentence, names: Names, t: Token, read: Callable[[int], ActorRef | None]) -> ActorRef | None:
    """The side of the men of noun `t` that follows from whom they are loyal to. `read`: the actor of a phrase.

    Men loyal to a former commander of no known side are against the state that he served.
    """
    if (led := _led(s, names, t)) is not None:
        return led
    if s.lemma(t) == "mercenary" and (paid := _paid(s, t)) is not None and (whose := read(paid.i)) is not None:
        return replace(whose, first=t.i, last=max(paid.i, whose.last), head=t.i, word=whose.word or s.lemma(t))
    if s.lemma(t) in FOLLOWERS and t.i + 1 < len(s.doc) and s.doc[t.i + 1].lower_ == "of":
        whom = _phrase(s, t)
    else:
        word = next((x for x in s.doc[t.i + 1 : t.i + 4] if s.lemma(x) in LOYAL), None)
        if word is None or not (
            word.i == t.i + 1 or word.dep_ in ("amod", "acl", "acl:relcl", "appos", "advcl") or word.head.i == t.i
        ):
            return None
        whom = _phrase(s, word)
    if whom is None:
        return None
    first, lex = t.i, lexis()
    for x in whom:
        hit = names.leaders.get(x.i) or names.groups.get(x.i)
        if hit is not None:
            return ActorRef(first, hit.last, t.i, "named", hit.ids, s.lemma(t))
        if x.i in names.seats:
            return ActorRef(first, x.i, t.i, "state", (f"gov:{names.seats[x.i]}",), s.lemma(t), names.seats[x.i])
    fallen = any(lex.has("fallen", x.lower_) for x in whom)
    ranked = any(lex.has("officer_ranks", s.lemma(x)) or s.lemma(x) == "commander" for x in whom)
    if fallen and ranked and not any(s.lemma(x) in ("president", "premier", "minister") for x in whom):
        return ActorRef(first, whom[-1].i, t.i, "nonstate", word="fighter")
    for x in whom:
        found = read(x.i)
        if found is not None and found.head == x.i:
            return replace(found, first=first, last=max(x.i, found.last), head=t.i, word=found.word or s.lemma(t))
    return None


def _paid(s: Sentence, t: Token) -> Token | None:
    """ "mercenaries hired by X", "mercenaries fighting for X": who pays them is who they are."""
    for x in s.doc[t.i + 1 : t.i + 3]:
        if x.lower_ in PAID:
            found = next((c for c in x.children if c.dep_ in ("obl", "obl:agent") and c.i > x.i), None)
            return found if found is not None and s.doc[x.i + 1].lower_ in ("by", "for") else None
    return None


def _led(s: Sentence, names: Names, t: Token) -> ActorRef | None:
    """ "rebels led by X", "fighters under the command of X": whoever leads them; "a US-led coalition" is no state's."""
    doc = s.doc
    start = next((x.i for x in doc[t.i + 1 : t.i + 1 + NEAR] if x.lower_ in LED and x.head.i <= x.i), 0)
    first = start + 2
    if not start or start + 1 >= len(doc) or doc[start + 1].lower_ != "by":
        first = _commanded(doc, t)
        if not first:
            return None
    if any(x.text in ",;" for x in doc[t.i : first]):
        return None
    for x in doc[first : first + LONGEST]:
        hit = names.leaders.get(x.i) or names.groups.get(x.i)
        if hit is not None:
            states = hit.ids[-1].startswith(("gov:", "coalition:")) and s.lemma(t) in (
                "coalition",
                "alliance",
                "mission",
            )
            return None if states else ActorRef(t.i, hit.last, t.i, "named", hit.ids, s.lemma(t))
        if x.tag_ in ("VBD", "VBZ", "VBP", "MD") or x.text in ",;:()":
            return None
    return None


def _commanded(doc: Doc, t: Token) -> int:
    """Where the name begins in "fighters under the command of X", "troops under General X"; 0 where none does."""
    words = [x.lower_ for x in doc[t.i + 1 : t.i + 1 + NEAR]]
    if words[:1] != ["under"]:
        return 0
    of = next((k for k, word in enumerate(words) if word in ("command", "leadership", "orders")), None)
    if of is None:
        return t.i + 2
    return t.i + of + 3 if words[of + 1 : of + 2] == ["of"] else 0


def _phrase(s: Sentence, loyal: Token) -> list[Token] | None:
    """The words after "to" (or "with", "of") up to the clause's verb; None where there is no such phrase."""
    doc = s.doc
    start = loyal.i + 1
    if start >= len(doc) or doc[start].lower_ not in ("to", "with", "of"):
        return None
    found: list[Token] = []
    for x in doc[start + 1 : start + 1 + LONGEST]:
        apposed = x.text == "," and bool(found) and x.i + 1 < len(doc) and doc[x.i + 1].pos_ == "PROPN"
        if apposed and lexis().has("office_holders", found[-1].lower_):
            continue  # "supporters of the former president, Person"
        if x.tag_ in ("VBD", "VBZ", "VBP", "MD") or x.text in ",;:()" or x.lower_ in ("and", "who", "that", "which"):
            break
        found.append(x)
    return found or None
