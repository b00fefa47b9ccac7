"""Explanation by deletion: what each witness adds to an answer, and what it would take to change it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from whoholds.control.case import Case
from whoholds.control.chain import posteriors
from whoholds.control.course import as_of, spells_of
from whoholds.control.witnesses import Witness
from whoholds.model import Claim, Spell, Status

PAIRS, TRIPLES = 14, 9
"""Of how many of the strongest witnesses all pairs and all triples are tried; beyond that the search is greedy."""
LONGEST = 25
"""Witnesses in the largest set that is looked for."""

Answer = tuple[Status, tuple[str, ...]]
Make = Callable[[Sequence[Claim]], Case | None]
"""Builds the case of a place from claims; None where there are none."""


@dataclass(frozen=True, slots=True)
class Part:
    """One witness's share in an answer."""

    witness: Witness
    without: Answer
    """The answer without it."""
    support: float
    """Of the answer as it is, without this witness: 0 to 1."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a place's answer on a day is what it is."""

    spell: Spell | None
    """None where there is no answer for the day."""
    answer: Answer
    support: float
    parts: tuple[Part, ...]
    """What each witness adds, the most first; those against the answer last."""
    shortest: tuple[Witness, ...]
    """The fewest witnesses without whom the answer would be another; empty where none were found."""
    instead: Answer | None
    """What it would be without those."""


def explain(claims: Sequence[Claim], make: Make, day: date) -> Explanation:
    """Take each witness away in turn, then sets of them. `make` builds the case of the place, asked about `day`."""
    whole = make(claims)
    spell, found = (None, {}) if whole is None else _on([whole], day)[0]
    answer = _answer(spell)
    support = found.get(answer, 0.0)
    witnesses = [w for w in whole.witnesses if not w.statement.part and w.weight > 0] if whole else []

    def without(sets: Iterable[Sequence[Witness]]) -> list[tuple[Answer, float]]:
        cases = []
        for gone in sets:
            names = {name for witness in gone for name in witness.claims}
            cases.append(make([claim for claim in claims if claim.id not in names]))
        results = iter(_on([case for case in cases if case is not None], day))
        out = []
        for case in cases:
            one, chances = next(results) if case is not None else (None, {})
            out.append((_answer(one), chances.get(answer, 0.0)))
        return out

    parts = [
        Part(witness, other, left)
        for witness, (other, left) in zip(witnesses, without([w] for w in witnesses), strict=True)
    ]
    parts.sort(key=lambda part: (round(part.support, 6), part.witness.statement.order))
    helpful = [part.witness for part in parts if part.support < support - 1e-6]
    shortest, instead = _shortest(helpful, answer, parts, without)
    return Explanation(spell, answer, support, tuple(parts), shortest, instead)


def _shortest(
    helpful: Sequence[Witness],
    answer: Answer,
    parts: Sequence[Part],
    without: Callable[[Iterable[Sequence[Witness]]], list[tuple[Answer, float]]],
) -> tuple[tuple[Witness, ...], Answer | None]:
    for part in parts:
        if part.without != answer:
            return (part.witness,), part.without
    for size, most in ((2, PAIRS), (3, TRIPLES)):
        sets = list(combinations(helpful[:most], size))
        for gone, (other, _) in zip(sets, without(sets), strict=True):
            if other != answer:
                return gone, other
    taken: list[Witness] = []
    left = list(helpful)
    while left and len(taken) < LONGEST:
        tried = without([[*taken, one] for one in left])
        best = min(range(len(left)), key=lambda n: (tried[n][0] == answer, round(tried[n][1], 9), n))
        taken.append(left.pop(best))
        if tried[best][0] != answer:
            return tuple(taken), tried[best][0]
    return (), None


def _on(cases: Sequence[Case], day: date) -> list[tuple[Spell | None, dict[Answer, float]]]:
    """For each case the spell of the day, and what speaks for its answer and the rivals."""
    tracks = [case.track for case in cases if case.track is not None]
    chances = iter(posteriors(tracks))
    found: list[tuple[Spell | None, dict[Answer, float]]] = []
    for case in cases:
        own = next(chances) if case.track is not None else None
        course = as_of(case, own, spells_of(case, own), day)
        spell = next((s for s in reversed(course) if s.start is None or s.start <= day), None)
        said: dict[Answer, float] = {}
        if spell is not None:
            said = {
                (Status.HELD if rival.holders else Status.VACATED, rival.holders): rival.support
                for rival in spell.rivals
            }
            said[_answer(spell)] = spell.support
        found.append((spell, said))
    return found


def _answer(spell: Spell | None) -> Answer:
    return (Status.UNKNOWN, ()) if spell is None else (spell.status, spell.holders)
