"""Further drafts of a frame that is filled: who takes what is handed over, and the operation that is under way."""

from __future__ import annotations

from dataclasses import replace

from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis
from whoholds.claims.draft import OPERATIONS, Draft
from whoholds.claims.frames.forms import Frame
from whoholds.claims.modes.infinitive import came_to_nothing
from whoholds.claims.modes.mode import read_mode
from whoholds.claims.sides.slot_sides import Resolved
from whoholds.model import Kind, Mode, Span

FAILED = lexis()["failed"] - {"attempted", "botched"}
ATTACKS = lexis()["attacks"] - {"operation"}
BEHIND = 4
"""Words from "is" to the preposition of "is now back in", at most."""
NOT_BEGUN = lexis()["planned"] | lexis()["not_begun"]


def taken_over(frame: Frame, drafts: list[Draft], takers: Resolved) -> list[Draft]:
    """ "X handed P over to Y": the second claim of such a sense is Y's; "to Y and Z" are two."""
    if not takers:
        return []
    kind, several = Kind(frame.cue.also["kind"]), tuple(a for a, _, _ in takers if a) if len(takers) > 1 else ()
    return [
        replace(
            d,
            kind=kind,
            actor=actor,
            actor_span=span,
            against=d.actor,
            against_span=d.actor_span,
            inferred=inferred,
            destination=None,
            jointly=tuple(a for a in several if a != actor),
        )
        for actor, span, inferred in takers
        for d in drafts
    ]


def operation(s: Sentence, frame: Frame, drafts: list[Draft]) -> list[Draft]:
    """ "an operation to retake P": planned to take it, and fighting for it already (rule 12 of docs/claims.md)."""
    noun = _operation_over(s, s.doc[frame.token]) if frame.cue.form == "verb" else None
    searches = noun is not None and any(lexis().has("searches", s.lemma(c)) for c in noun.children if c.i < noun.i)
    if noun is None or searches or s.lemma(noun.head) in NOT_BEGUN or read_mode(s, noun.i)[0] is not Mode.ASSERTED:
        return []
    if noun.dep_ == "obj" and read_mode(s, noun.head.i)[0] in (Mode.PLANNED, Mode.POSSIBLE):
        # "are preparing to launch an offensive to take P"
        return []
    # "the offensive to take P failed": there was one
    modes = (Mode.PLANNED,) if s.lemma(noun) == "effort" else (Mode.PLANNED, Mode.ATTEMPTED)
    begin = s.char_span(noun.i, noun.i).start
    return [
        replace(
            d,
            kind=Kind.CONTESTS,
            mode=Mode.ASSERTED,
            token=noun.i,
            extent=None,
            part=None,
            retaken=False,
            quote=Span(min(d.quote.start, begin), d.quote.end),
        )
        for d in drafts
        if d.kind is Kind.GAINS and d.mode in modes
    ]


def regained(s: Sentence, frame: Frame, drafts: list[Draft]) -> list[Draft]:
    """ "P is back in X's hands": X holds it, and has taken it anew."""
    opener = next((t.i for t in s.doc[frame.words[0] :][:BEHIND] if t.dep_ == "case"), 0)
    if frame.cue.kind is not Kind.HOLDS or not opener or s.doc[opener - 1].lower_ != "back":
        return []
    begin = s.char_span(opener - 1, opener - 1).start
    return [
        replace(d, kind=Kind.GAINS, token=opener - 1, retaken=True, quote=Span(min(d.quote.start, begin), d.quote.end))
        for d in drafts
        if d.kind is Kind.HOLDS and d.mode is not Mode.DENIED
    ]


def beaten_back(s: Sentence, frame: Frame, drafts: list[Draft]) -> list[Draft]:
    """ "A's attack on P failed", "launched a failed attack on P": the others beat it off."""
    noun = next((s.doc[i] for i in frame.words if s.lemma(i) in ATTACKS), None)
    if noun is None or not (_failed(s, noun) or any(c.lower_ in FAILED for c in noun.lefts)):
        return []
    return [
        # "An attack on P failed": who beat it off is asked as of any claim whose words name nobody
        replace(d, kind=Kind.REPELS, extent=None, inferred=True)
        if d.guess
        else replace(
            d,
            kind=Kind.REPELS,
            actor=d.against,
            actor_span=d.against_span,
            against=d.actor,
            against_span=d.actor_span,
            extent=None,
            inferred=True,
        )
        for d in drafts
        if d.kind is Kind.CONTESTS and d.mode is Mode.ASSERTED and (d.guess or (d.actor and d.against))
    ]


def one_mans(s: Sentence, frame: Frame) -> bool:
    """ "An officer who fled P said", "a fighter who reached Q": the way of one man."""
    verb = s.doc[frame.token]
    noun = verb.head
    while noun.dep_ == "nmod" and any(c.lower_ == "who" for c in verb.lefts):
        noun = noun.head  # "an officer of the army who fled P"
    alone = noun.tag_ == "NN" and any(
        c.lower_ in ("a", "an", "one") and c.dep_ in ("det", "nummod") for c in noun.lefts
    )
    one = lexis().has("one_man", s.lemma(noun)) or lexis().has("person_role", s.lemma(noun))
    return verb.dep_ == "acl:relcl" and alone and one


def _failed(s: Sentence, noun: Token) -> bool:
    """ "The attack failed", "came to nothing", not "failed to bring peace"."""
    aims = any(c.dep_ == "xcomp" for c in noun.head.children)
    return came_to_nothing(s, noun) and not aims and read_mode(s, noun.head.i)[0] is Mode.ASSERTED


def _operation_over(s: Sentence, verb: Token) -> Token | None:
    """ "an offensive to take P", "launched an offensive to take P"."""
    if verb.dep_ not in ("acl", "advcl", "nmod"):
        return None
    objects = (c for c in verb.head.children if c.dep_ == "obj" and c.i < verb.i)
    return next((t for t in (verb.head, *objects) if s.lemma(t) in OPERATIONS), None)
