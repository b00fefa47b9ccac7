"""Denials of what was said before: "The army denied this", "a claim that the rebels reject"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from whoholds.annotate.document import Sentence
from whoholds.annotate.repair import Clause
from whoholds.annotate.words import lexis
from whoholds.claims.draft import Context, Draft
from whoholds.model import Kind, Mode, Role

WHAT_WAS_SAID = lexis()["what_was_said"]
POINTERS = frozenset(["this", "that", "it", "both", "these", "which"])
HOLD = frozenset([Kind.GAINS, Kind.HOLDS, Kind.ABSENT, Kind.LOSES, Kind.WITHDRAWS, Kind.BESIEGES, Kind.REPELS])
"""Kinds whose denial says something of a hold."""
FAR = 1
"""Sentences between what was said and its denial."""


def rebutted(context: Context, n: int, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """What a denial in sentence `n` says of the claims told just before it: the same, denied."""
    s = context.document.sentences[n]
    if s.role not in (Role.BODY, Role.CAPTION):
        return
    for clause in s.clauses:
        said = _what_is_denied(s, clause)
        if said is None:
            continue
        told = _told_before(context, n, min(said, clause.verb), drafts)
        first = min((s.doc[i].left_edge.i for i in clause.subjects if s.doc[i].i < clause.verb), default=clause.verb)
        quote = s.char_span(min(first, said), max(clause.verb, said))
        for d in told:
            yield replace(
                d,
                # "fell" tells of who took it only where they are named
                kind=Kind.LOSES if d.kind is Kind.GAINS and d.guess and d.cue.place == ("subj",) else d.kind,
                sentence=n,
                token=clause.verb,
                mode=Mode.DENIED,
                quote=quote,
                cue_span=s.char_span(clause.verb, clause.verb),
                attribution=context.speakers.of(n, clause.verb),
            )


def _what_is_denied(s: Sentence, clause: Clause) -> int | None:
    """The word for what is denied: "this", "the claim", or the "which" of "which the army denied"."""
    if not lexis().has("deny", clause.lemma) or clause.negated or clause.voice == "passive" or not clause.subjects:
        return None
    if clause.auxiliaries and set(clause.auxiliaries) - {"have"}:
        return None
    verb = s.doc[clause.verb]
    content = any(c.dep_ in ("ccomp", "xcomp") and c.pos_ in ("VERB", "AUX") and c.i > verb.i for c in verb.children)
    if content and not any(s.doc[i].lower_ in POINTERS for i in clause.objects):
        # "denied that", "denied having": what it says stands there
        return None
    if verb.dep_ in ("acl", "acl:relcl") and not clause.objects and s.lemma(verb.head) in WHAT_WAS_SAID:
        # "a claim that the army denied"
        return verb.head.i
    for i in clause.objects:
        t = s.doc[i]
        if t.lower_ in POINTERS and t.i > verb.i:
            return i
        own = any(c.dep_ in ("acl", "nmod", "acl:relcl") and c.i != verb.i and c.i > i for c in t.children)
        if s.lemma(t) in WHAT_WAS_SAID and not own and (i > verb.i or verb.dep_ == "acl:relcl"):
            return i
    return None


def _told_before(context: Context, n: int, before: int, drafts: Sequence[Draft]) -> list[Draft]:
    """The claims of the last statement before a word: of its own sentence, else of the sentence before."""
    role = context.document.sentences[n].role
    for back in range(FAR + 1):
        if n < back or context.document.sentences[n - back].role is not role:
            break
        near = [d for d in drafts if d.sentence == n - back and (back or d.token < before)]
        told = [d for d in near if d.kind in HOLD and d.mode is Mode.ASSERTED and d.attribution is not None]
        if told:
            last = max(told, key=lambda d: d.token).attribution
            return [d for d in told if d.attribution == last]
        if near and back:
            break
    return []
