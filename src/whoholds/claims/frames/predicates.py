"""What a verb says with the words after it: whose a place is now, and what alone is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whoholds.annotate.clauses.repair import Clause
from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.nominals import preposition
from whoholds.annotate.trees.tree import Token

if TYPE_CHECKING:
    from whoholds.claims.frames.slots import Slots

NOTHING = frozenset(["nothing", "none", "little"])
BUT = frozenset(["but", "except", "save", "besides"])
WHAT = frozenset(["what", "all"])
REST = frozenset(["rest", "remainder"])
IS = frozenset(["is", "are", "was", "were"])
NOW = frozenset(["again", "now", "still", "longer", "firmly", "finally", "once", "anymore"])


def whose_now(s: Sentence, clause: Clause) -> list[int]:
    """ "P is Croatian again", "P remains the rebels'"; but "P is Croatian" may tell no more than where it lies.

    What is said of the rest of a place is of nothing else: "The rest is ISIS".
    """
    verb = s.doc[clause.verb]
    if clause.lemma not in ("be", "remain", "stay"):
        return []
    said = [s.doc[i] for i in clause.objects] if clause.lemma == "be" else list(verb.children)
    theirs: list[int] = []
    whose = [t for t in said if t.pos_ == "ADJ" and t.i > verb.i and not preposition(t)]
    if clause.lemma != "be":
        theirs += [t.i for t in said if t.i > verb.i and _owns(t)]
        # "P stays Croat", with a noun for the adjective
        theirs += [t.i for t in said if t.i == verb.i + 1 and t.pos_ == "PROPN" and t.dep_ in ("xcomp", "obj")]
    near = [c.lower_ for t in (verb, *whose) for c in t.children]
    near += ["now" for t in whose for c in t.children if preposition(c) == "as of"]
    if clause.lemma == "be" and any(s.lemma(i) in REST for i in clause.subjects):
        theirs += [t.i for t in said if t.pos_ in ("PROPN", "NOUN") and not preposition(t)]
    return theirs + [t.i for t in whose if clause.lemma != "be" or not NOW.isdisjoint(near)]


def what_it_was(s: Sentence, verb: int, slots: Slots) -> None:
    """ "What they failed to take was P", "What remains to them is P", "P is all that is left to them": P, in the place
    of "what" and "all"."""
    for name in ("subj", "obj"):
        for i in [i for i in slots.get(name) if s.doc[i].lower_ in WHAT]:
            found = _identified(s.doc[i], verb)
            if found is None:
                continue
            left = s.lemma(verb) in ("leave", "remain", "belong")  # what is left is not what somebody left
            if not left:
                slots.heads[name].remove(i)
            slots.add("but" if left else name, found.i, *[c.i for c in found.children if c.dep_ == "conj"])


def _identified(what: Token, verb: int) -> Token | None:
    """The name that stands on the other side of "is"."""
    named = next((c for c in what.lefts if c.dep_ == "nsubj" and c.pos_ == "PROPN"), None)
    if named is not None and any(c.dep_ == "cop" for c in what.lefts):
        return named
    if what.i > verb or (what.i and what.nbor(-1).pos_ not in ("PUNCT", "SCONJ", "ADV")):
        return None
    for t in what.doc[verb + 1 :]:
        if t.lower_ in IS and t.dep_ == "cop":
            return t.head if t.head.i > t.i and t.head.pos_ == "PROPN" else None
        if t.lower_ in IS and t.dep_ not in ("aux", "aux:pass"):
            return next((c for c in t.rights if c.pos_ == "PROPN" and c.dep_ not in ("obl", "nmod")), None)
        if t.text in ",;:" or t.pos_ == "VERB":
            return None
    return None


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
