"""Objects that stand first: "Bossangoa they gave up in April", "The bridge the rebels still hold"."""

from __future__ import annotations

from whoholds.annotate.clauses.drafts import INTRANSITIVE, SUBJECT, Draft
from whoholds.annotate.trees.nominals import expand, is_nominal, is_time
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis

_WHO = frozenset(("they", "we", "it", "he", "she", "i"))
_INSIDE = frozenset(("flat", "compound", "conj", "nmod", "appos"))
_BEFORE = frozenset((",", ";", ":", "–", "—", '"', "“", "("))
_OPENERS = frozenset(("that", "while", "whereas", "because", "though", "although"))
"""What may stand before an object at the head of its clause; "after P the army" is a phrase."""


def fronted_object(d: Draft) -> None:
    """Without a comma two noun phrases stand before a verb that has no object: the first is the object."""
    token, doc = d.token, d.doc
    done_to = d.passive and bool(d.auxiliaries or d.agents)
    if d.objects or done_to or d.copula is not None or not d.subjects or token.lemma_ in INTRANSITIVE:
        return
    subject = next((c for c in reversed(list(token.lefts)) if c.dep_ in SUBJECT and not is_time(c)), None)
    first = subject.left_edge.i if subject is not None else 0
    if subject is None or not first or token.dep_ == "acl:relcl" or lexis().has("say", token.lemma_.lower()):
        return
    head = doc[first - 1]
    while head.dep_ in _INSIDE and head.head.i < head.i:
        head = head.head
    alike = head.dep_ in SUBJECT and head.head == token and is_nominal(head)
    named = head.tag_ in ("NNP", "NNPS") and subject.lower_ in _WHO
    if not (alike or named) or is_time(head) or not _opens_clause(head):
        return
    d.passive = False  # "the bridge the army lost", read as lost
    d.objects = [j for j in expand(doc, head.i) if j < first]
    d.subjects = [j for j in expand(doc, subject.i) if first <= j < token.i]


def _opens_clause(head: Token) -> bool:
    left = head.left_edge.i
    if any(c.dep_ in ("case", "mark") for c in head.lefts):
        return False
    before = head.doc[left - 1] if left else None
    return before is None or before.text in _BEFORE or before.pos_ == "CCONJ" or before.lower_ in _OPENERS
