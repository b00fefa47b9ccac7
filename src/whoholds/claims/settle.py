"""What only the whole report can tell: actors that no words name, journeys, and drafts that say the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from whoholds.claims.draft import Draft
from whoholds.claims.register import Register
from whoholds.model import Kind, Mode

# An event needs somebody who does it; these kinds without an actor are read only with a place that is known.
NEEDS_ACTOR = frozenset([Kind.HOLDS, Kind.WITHDRAWS, Kind.ADVANCES, Kind.ABSENT, Kind.REPELS, Kind.CLEARS])
ATTACKS = frozenset([Kind.GAINS, Kind.CONTESTS, Kind.ADVANCES, Kind.BESIEGES, Kind.CLEARS])
LEAVES = frozenset([Kind.LOSES, Kind.WITHDRAWS, Kind.HOLDS, Kind.REPELS])


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
    for d in drafts:
        left = next(
            (
                k
                for k, x in enumerate(out)
                if d.kind is Kind.ADVANCES
                and x.kind is Kind.WITHDRAWS
                and x.sentence == d.sentence
                and x.actor == d.actor
                and x.token < d.token
                and d.token - x.token < 12
            ),
            None,
        )
        if left is None:
            out.append(d)
        else:
            out[left] = replace(out[left], destination=out[left].destination or d.place.name)
    return out


def settle(drafts: list[Draft], register: Register) -> list[Draft]:
    """Fill the actors that no words name ("fighting in P", "P was retaken") from the other claims of the report.

    First from claims about the same place, then from who attacked in the sentences before, then from who does so
    most. Claims that still have no actor stay only where the kind allows one to be unknown.
    """
    firm = [d for d in drafts if not d.guess and d.actor]
    out: list[Draft] = []
    for d in drafts:
        if not d.guess or d.actor is not None:
            out.append(d)
            continue
        wanted = LEAVES if d.kind in (Kind.LOSES, Kind.WITHDRAWS, Kind.HOLDS, Kind.REPELS) else ATTACKS
        actor = _likely(d, firm, wanted)
        if d.kind is Kind.GAINS and d.retaken:
            actor = _retaker(d, firm, register, actor)
        if actor is None and wanted is LEAVES:
            taker = _likely(d, firm, ATTACKS)
            actor = register.other(taker) if taker else None
        if actor is None and d.kind in NEEDS_ACTOR:
            continue
        if d.kind is Kind.REPELS and d.against and actor == d.against:
            actor = register.other(d.against)
        against = d.against or (register.other(actor) if d.kind in ATTACKS else None)
        out.append(replace(d, actor=actor, against=against, inferred=True))
    return out


def _retaker(d: Draft, firm: list[Draft], register: Register, likely: str | None) -> str | None:
    """Who retakes a place is not who took it last."""
    here = [x for x in firm if x.kind is Kind.GAINS and x.place.name == d.place.name and x.mode is Mode.ASSERTED]
    retakers = {x.actor for x in here if x.retaken}
    before = [x for x in here if not x.retaken and x.actor not in retakers]
    if before:
        return likely if likely != before[-1].actor else register.other(likely)
    states = [
        x
        for x in firm
        if x.kind in ATTACKS and (x.actor or "").startswith("gov:") and d.sentence - 3 <= x.sentence <= d.sentence
    ]
    return states[-1].actor if states else likely


def _likely(d: Draft, firm: list[Draft], kinds: frozenset[Kind]) -> str | None:
    same = [x for x in firm if x.kind in kinds and x.place.name == d.place.name]
    if same:
        counts = Counter(x.actor for x in same)
        return min(same, key=lambda x: (-counts[x.actor], abs(x.sentence - d.sentence), x.sentence > d.sentence)).actor
    near = [x for x in firm if x.kind in kinds and d.sentence - 3 <= x.sentence <= d.sentence]
    if near:
        return max(near, key=lambda x: (x.sentence, x.token)).actor
    counts = Counter(x.actor for x in firm if x.kind in kinds)
    return counts.most_common(1)[0][0] if counts else None
