"""Sides that one noun phrase names together: "YPG and FSA forces", "soldiers of Uganda and Rwanda"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import groupby

from whoholds.annotate.actors.find import ActorRef, Names
from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.nominals import OBL, preposition
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis

LONGEST = 12
"""Words before a noun that are looked at."""
LAST_JOINS = frozenset(["and", "/", "&"])
"""Of which a list has one before its last member."""
JOINS = LAST_JOINS | {","}


def before_noun(s: Sentence, names: Names, i: int, word: str, is_backer: Callable[[Token], bool]) -> list[ActorRef]:
    """The sides before a noun of forces, each a side of its own: "Russian, LPR and separatist forces".

    Empty where there are not two that differ.
    """
    doc, first = s.doc, i
    if not any(x.lower_ in JOINS for x in doc[max(0, i - LONGEST) : i]):
        return []
    inside = {x.i for x in doc[i].subtree}
    while first > 0 and i - first < LONGEST:
        x = doc[first - 1]
        if x.pos_ in ("ADP", "SCONJ", "AUX", "PRON"):
            break
        if x.i not in inside and not (x.lower_ in JOINS or x.text in ("-", "(", ")") or x.pos_ in ("ADJ", "PROPN")):
            break
        first -= 1
    parts = [list(run) for joint, run in groupby(doc[first:i], lambda x: x.lower_ in JOINS) if not joint]
    if len(parts) < 2 or not any(x.lower_ in LAST_JOINS for x in doc[first:i]):
        # "In a blow to the rebels, government troops ..."
        return []
    found: list[ActorRef] = []
    for part in reversed(parts):
        if part[-1].tag_ in ("NNS", "NNPS") or any(x.pos_ == "VERB" for x in part):
            # "a town of Georgians, Ossetian fighters", "While X hold P, Y fighters …"
            break
        clause = any(x.dep_ in ("acl:relcl", "acl", "case") and x.tag_ != "POS" for x in part) or any(
            # "In Ukraine, Russian troops ...", "Having lost P to the FARC, soldiers ..."
            preposition(x) and x.i not in inside and (x.i in names.countries or x.dep_ in OBL)
            for x in part
        )
        side = None if clause else _side(s, names, part, i, word, is_backer)
        if side is None:
            break
        found.insert(0, side)
    return found if len({(f.ids, f.cls, f.country) for f in found}) >= 2 else []


def after_noun(t: Token, read: Callable[[int], list[ActorRef]]) -> list[ActorRef]:
    """The sides after "of": "fighters of M23 and of the AFC", "a force of Kenyan and Somali soldiers".

    `read`: the sides of the phrase that a token heads.
    """
    found: list[ActorRef] = []
    for child in t.children:
        if child.dep_ not in ("nmod", "obl") or child.i < t.i or preposition(child) not in ("of", "from"):
            continue
        for x in (child, *(c for c in child.subtree if c.dep_ == "conj" and c.head.i in (child.i, child.head.i))):
            here = read(x.i)
            if not here or not all(ref.ids or ref.country for ref in here):
                return []
            found += here
        found[:1] = [replace(ref, head=t.i) for ref in found[:1]]
        break
    return found if len({(f.ids, f.country) for f in found}) >= 2 else []


def _side(
    s: Sentence, names: Names, part: list[Token], head: int, word: str, is_backer: Callable[[Token], bool]
) -> ActorRef | None:
    """One coordinated modifier of a force noun as a side: "Russian", "LPR", "separatist", "Somali government"."""
    lex = lexis()
    country: str | None = None
    for x in part:
        if is_backer(x):
            continue
        if x.i in names.groups:
            hit = names.groups[x.i]
            return ActorRef(hit.first, hit.last, hit.last, "named", hit.ids, word)
        if x.i in names.demonyms:
            country = names.demonyms[x.i]
        elif x.i in names.countries:
            country = names.countries[x.i].ids[0]
        elif x.i in names.peoples:
            hit = names.peoples[x.i]
            return ActorRef(hit.first, hit.last, hit.last, "people", word=word, maybe=hit.ids)
    for x in part:
        if lex.has("nonstate_modifier", x.lower_, s.lemma(x)) or lex.has("nonstate_force", s.lemma(x)):
            return ActorRef(x.i, x.i, head, "nonstate", word=s.lemma(x), country=country)
    if country:
        return ActorRef(part[0].i, part[-1].i, part[-1].i, "state", (f"gov:{country}",), word, country)
    if any(lex.has("state_modifier", x.lower_) or s.lemma(x) in ("army", "military", "police") for x in part):
        return ActorRef(part[0].i, part[-1].i, part[-1].i, "state", word="government")
    return None
