"""What only the whole report can tell: actors that no words name, journeys, and drafts that say the same."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from whoholds.annotate.trees.nominals import preposition
from whoholds.annotate.words import lexis
from whoholds.claims.context.likely import at_home, likely
from whoholds.claims.draft import Draft
from whoholds.claims.sides.ground import COMES
from whoholds.claims.sides.register import Register
from whoholds.model import Kind, Mode

NEAR = 100
"""Sentences; what a claim further away speaks for hardly weighs, and a long report holds thousands of them."""
# An event needs somebody who does it; these kinds without an actor are read only with a place that is known.
NEEDS_ACTOR = frozenset([Kind.HOLDS, Kind.WITHDRAWS, Kind.ADVANCES, Kind.ABSENT, Kind.REPELS, Kind.CLEARS])
BY_TAKINGS = frozenset([Kind.CONTESTS, Kind.BESIEGES, Kind.CLEARS, Kind.LOSES])
"""Settled after the rest: who took the place tells whose they were ("P was freed after a siege")."""
WAYS = frozenset(["head-for", "go-towards", "move-towards", "on-the-way"])
"""Senses that tell of a way, whoever goes it and why."""


def merge(drafts: list[Draft]) -> list[Draft]:
    """One draft for what two senses of the same words read alike; the more particular sense wins."""
    kept: dict[tuple[object, ...], Draft] = {}
    for d in drafts:
        key = (d.sentence, d.token, d.actor, d.place.name, d.place.first)
        old = kept.get(key)
        if old is None:
            kept[key] = d
        elif old.kind is not d.kind and old.cue.id != d.cue.id and d.cue.also and d.kind is not d.cue.kind:
            kept[(*key, d.kind)] = d
    return sorted(
        kept.values(), key=lambda d: (d.sentence, d.token, d.place.first, d.place.name or "", d.actor or "", d.kind)
    )


def journeys(drafts: list[Draft]) -> list[Draft]:
    """ "pulled out of A and gone towards B": B is where they went, not what they advance on."""
    out: list[Draft] = []
    gone: defaultdict[tuple[int, str | None], list[int]] = defaultdict(list)
    for d in drafts:
        began = gone[d.sentence, d.actor] if d.kind is Kind.ADVANCES else []
        reach = 12 if d.cue.id not in WAYS else 99
        left = next((k for k in began if 0 < d.token - out[k].token < reach), None)
        if left is None:
            if d.kind is Kind.WITHDRAWS:
                gone[d.sentence, d.actor].append(len(out))
            out.append(d)
        else:
            out[left] = replace(out[left], destination=out[left].destination or d.place.name)
    return out


def beaten_off(drafts: list[Draft], register: Register) -> list[Draft]:
    """ "A attacked P, but was driven off": they had not taken it, so the others beat them off, and lost nothing."""
    tried: dict[tuple[int, int, str | None], Draft] = {}
    out: list[Draft] = []
    for d in drafts:
        if d.kind is Kind.CONTESTS or (d.kind is Kind.GAINS and d.mode is Mode.ATTEMPTED):
            tried[d.sentence, d.place.first, d.actor] = d
        elif d.kind in (Kind.GAINS, Kind.HOLDS) and d.mode is Mode.ASSERTED:
            tried.pop((d.sentence, d.place.first, d.actor), None)
        gone = d.actor if d.kind is Kind.LOSES else d.against
        x = tried.get((d.sentence, d.place.first, gone)) if gone and "against" in d.cue.needs else None
        other = d.actor if d.kind is Kind.GAINS else register.other(gone, d.country) if gone else None
        if x is None or x.place_sentence != d.place_sentence or x.token > d.token or d.mode is not Mode.ASSERTED:
            out.append(d)
        elif d.kind in (Kind.GAINS, Kind.LOSES) and other:
            out.append(replace(d, kind=Kind.REPELS, actor=other, against=gone, extent=None, retaken=False))
        else:
            out.append(d)
    return out


def settle(drafts: list[Draft], register: Register) -> list[Draft]:
    """Fill the actors that no words name ("fighting in P", "P was retaken") from the other claims of the report.

    Claims that still have no actor stay only where the kind allows one to be unknown.
    """
    firm = sorted((d for d in drafts if not d.guess and d.actor), key=lambda d: d.sentence)
    sentences = [d.sentence for d in firm]
    # "will fight to the end": nowhere as yet, though it tells whose "their hands" are
    drafts = [d for d in drafts if not (d.cue.id == "fight-with" and d.mode is Mode.PLANNED)]
    settled: dict[int, Draft | None] = {}
    taken: dict[tuple[int, str | None], Draft] = {}
    open_ = [k for k, d in enumerate(drafts) if d.guess and d.actor is None and not _nobody_came(d)]
    for k in sorted(open_, key=lambda k: drafts[k].kind in BY_TAKINGS):
        d = drafts[k]
        around = firm[bisect_left(sentences, d.sentence - NEAR) : bisect_right(sentences, d.sentence + NEAR)]
        gained = taken.get((d.sentence, d.place.name)) if d.kind in BY_TAKINGS else None
        told_by = [gained] if gained is not None else [x for x in around if x.sentence == d.sentence]
        if end := next((x for x in told_by if _part_of(d, x, register)), None):
            settled[k] = replace(d, actor=end.actor, against=d.against or end.against, inferred=True)
            continue
        told = settled[k] = _settled(d, [*around, gained] if gained is not None else around, register)
        if told is not None and told.actor and told.kind is Kind.GAINS:
            taken[d.sentence, d.place.name] = told
    return [done for k, d in enumerate(drafts) if (done := settled.get(k, d)) is not None]


def _nobody_came(d: Draft) -> bool:
    """ "There is no fighting in P"."""
    return d.kind is Kind.CONTESTS and d.mode is Mode.DENIED and d.cue.between


def _part_of(d: Draft, end: Draft, register: Register) -> bool:
    """Whether a fight led to what its words hang on: "*took* P after a siege", "*holds* P after days of *fighting*"."""
    if d.kind not in BY_TAKINGS or d.kind is Kind.LOSES or end.mode is not Mode.ASSERTED:
        return False
    if end.place.name != d.place.name or end.actor == d.against:
        return False
    doc = register.census.document.sentences[d.sentence].doc
    above = list(doc[d.token].ancestors)
    if d.cue.form != "noun" or not any(t.i == end.token for t in above):
        return False
    before = {preposition(t) for t in (doc[d.token], *above[:2])}
    return end.kind is Kind.GAINS or (end.kind is Kind.HOLDS and not before.isdisjoint(("after", "following")))


def _settled(d: Draft, firm: Sequence[Draft], register: Register) -> Draft | None:
    """One draft with the actor that the others tell; None where it needs one and they tell none."""
    if d.kind is Kind.LOSES and d.mode is Mode.ASSERTED and (taker := _just_taken(d, firm)):
        return replace(d, actor=taker, against=d.against or register.other(taker, d.country), inferred=True)
    if freer := _freed_before(d, firm, register):
        return replace(d, actor=freer, against=register.other(freer, d.country), inferred=True)
    foe = register.other(d.against, d.country) if d.kind is Kind.CONTESTS and d.against else None
    actor = None if _several_foes(d, register) else foe or likely(d, firm, register)
    if actor is None and d.kind in NEEDS_ACTOR:
        return None
    if actor is None and d.kind is Kind.GAINS and d.mode is Mode.ASSERTED:
        actor = register.ground.mover(d.sentence)
    if actor == d.against:
        actor = None  # nobody overruns his own outpost
    against = d.against or (register.other(actor, d.country) if d.kind in COMES else None)
    return replace(d, actor=actor, against=against, inferred=True)


def _freed_before(d: Draft, firm: Sequence[Draft], register: Register) -> str | None:
    """ "A want to win back P and other liberated areas of Q": freed from A."""
    if d.kind is not Kind.GAINS or not d.retaken or d.place_sentence != d.sentence:
        return None
    takers = (
        x
        for x in firm
        if x.kind is Kind.GAINS
        and x.mode is Mode.PLANNED
        and x.sentence == d.sentence
        and x.token < d.token
        and x.cue.id != d.cue.id
    )
    again = next((x for x in takers if x.place.first == d.place.first), None)
    return register.other(again.actor, d.country) if again is not None else None


def _just_taken(d: Draft, firm: Sequence[Draft]) -> str | None:
    """ "P was retaken by A, only to be lost again": by A."""
    before = [
        x.actor
        for x in firm
        if x.sentence == d.sentence and x.token < d.token and x.place.name == d.place.name and x.mode is Mode.ASSERTED
        and x.kind in (Kind.GAINS, Kind.HOLDS)
    ]  # fmt: skip
    return before[-1] if before and d.cue.form == "verb" else None


def _several_foes(d: Draft, register: Register) -> bool:
    """ "The group came under attack in P", where the report names several who fight it there: it does not say who."""
    if d.kind is not Kind.CONTESTS or d.against is None or d.against_span is None:
        return False
    named = {i for row in register.census.refs for _, ref in row if len(ref.ids) == 1 for i in ref.ids}
    foes = {i for i in named if i != d.against and register.opposed(i, d.against) and at_home(i, d, register)}
    return len(foes) > 1


def held_before(drafts: list[Draft], register: Register) -> list[Draft]:
    """ "took P, their last base", "their last base was taken", "attacked the group's positions in P": who takes it had
    no base there, and nobody attacks himself; the words mean the other side's.

    "Left their positions in P" tells of no positions that they have.
    """
    came = [d for d in drafts if d.kind in (Kind.CONTESTS, Kind.GAINS) and d.mode is not Mode.DENIED]
    taken = {(d.sentence, d.place.first, d.actor): d for d in came}
    left = {(d.sentence, d.place.first, d.actor): d.token for d in drafts if d.kind is Kind.WITHDRAWS}
    out: list[Draft] = []
    for d in drafts:
        spot = (d.sentence, d.place.first, d.actor)
        if d.kind is Kind.HOLDS and d.inferred and left.get(spot, d.token) < d.token < d.place.first:
            continue  # "withdrew from their positions in P"
        g = taken.get(spot) if d.kind is Kind.HOLDS and d.inferred else None
        theirs = g is not None and (
            (d.cue.predicative and (g.kind is Kind.GAINS or _inside(d, g))) or _some_men(d, g, register)
        )
        other = (g.against or register.other(g.actor, g.country)) if g is not None and theirs else None
        out.append(replace(d, actor=other, against=d.actor, against_span=None) if other else d)
    return out


def _some_men(d: Draft, g: Draft, register: Register) -> bool:
    """ "A's offensive on P, which is held by militias": men without a name, told of anew, are not who comes for it."""
    if d.actor_span is None or not g.token < d.token or d.actor_span.start < d.cue_span.end:
        return False
    word = d.actor_span.of(register.census.document.report.text).split()[-1].lower()
    return lexis().has("nonstate_force", word, word.removesuffix("s"))


def _inside(d: Draft, other: Draft) -> bool:
    """The words of one are part of the other's: "*X's positions in P* were attacked"."""
    return other.quote.start <= d.quote.start and d.quote.end <= other.quote.end
