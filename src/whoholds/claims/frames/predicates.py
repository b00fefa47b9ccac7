"""What a verb says with the words after it: whose a place is now, and what alone is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whoholds.annotate.clauses.repair import Clause
from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.nominals import preposition
from whoholds.annotate.trees.tree import Token

if TYPE_CHECKING:
    from whoholds.claims.frames.roles import Slots

NOTHING = frozenset(["nothing", "none", "little"])
BUT = frozenset(["but", "except", "save", "besides"])
NOW = frozenset(["again", "now", "still", "longer", "firmly", "finally", "once", "anymore"])


def whose_now(s: Sentence, clause: Clause) -> list[int]:
    """ "P is Croatian again", "P remains the rebels'"; but "P is Croatian" may tell no more than where it lies."""
    verb = s.doc[clause.verb]
    if clause.lemma not in ("be", "remain", "stay"):
        return []
    said = [s.doc[i] for i in clause.objects] if clause.lemma == "be" else list(verb.children)
    theirs = [t.i for t in said if clause.lemma != "be" and t.i > verb.i and _owns(t)]
    whose = [t for t in said if t.pos_ == "ADJ" and t.i > verb.i and not preposition(t)]
    near = [c.lower_ for t in (verb, *whose) for c in t.children]
    return theirs + [t.i for t in whose if clause.lemma != "be" or not NOW.isdisjoint(near)]


def _owns(t: Token) -> bool:
    """ "P remains the rebels'", where the parser took them for what it remains."""
    return t.dep_ in ("xcomp", "obj") and any(c.tag_ == "POS" for c in t.children)


def but_for(s: Sentence, slots: Slots) -> list[int]:
    """ "Nothing was left to them but P", "Nothing but P remained": P, out of the slot that the parser put it in."""
    nothing = [s.doc[i] for name in ("subj", "obj") for i in slots.get(name) if s.doc[i].lower_ in NOTHING]
    if not nothing:
        return []
    beside = [s.doc[i] for heads in slots.heads.values() for i in heads] + [c for t in nothing for c in t.children]
    found = [t.i for t in beside if any(c.lower_ in BUT for c in t.lefts)]
    for heads in slots.heads.values():
        heads[:] = [i for i in heads if i not in found]
    return found
