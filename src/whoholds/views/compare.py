"""Two records side by side: where they agree on who holds a place, where they differ, and where one is silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from itertools import groupby

from whoholds.ledger import Ledger
from whoholds.model import Place, Spell, Status
from whoholds.review.agreement import kappa_of
from whoholds.views.panel import Cell, Period, panel
from whoholds.views.question import PLACES_AT_ONCE, Question
from whoholds.views.states import begins, evidence_of


class Verdict(StrEnum):
    AGREE = "agree"
    DIFFER = "differ"
    ONLY_FIRST = "only the first"
    ONLY_SECOND = "only the second"


@dataclass(frozen=True, slots=True)
class Record:
    """A ledger, and what is asked of it."""

    ledger: Ledger
    question: Question


@dataclass(frozen=True, slots=True)
class Stretch:
    """Periods in a row in which both records give the same answers for a place."""

    place_id: str
    place: Place
    first: date
    last: date
    periods: int
    verdict: Verdict
    one: Spell | None
    """The first record's answer in the last of the periods; None where it has none."""
    other: Spell | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """The whole comparison in numbers of periods, each of one place."""

    counts: Counter[Verdict]
    places: Counter[Verdict]
    """Places by the worst that is found of them: differ, then agree, then one alone."""
    observed: float | None
    """Share of the periods of which both know that they agree; None where there is none."""
    kappa: float | None
    """Cohen's kappa over the same periods, with the holders as categories; None where both have but one."""


def compare(first: Record, second: Record, every: Period, since: date | None = None) -> Iterator[Stretch]:
    """The stretches of every place that one of the two knows, by place and in order of days.

    Places are the same by their ids. Both are compared up to the day asked about, else the last report of either.
    """
    last = _last(first, second)
    ids = sorted({*first.ledger.place_ids(), *second.ledger.place_ids()})
    for at in range(0, len(ids), PLACES_AT_ONCE):
        some = ids[at : at + PLACES_AT_ONCE]
        one, other = (_cells(record, some, every, since, last) for record in (first, second))
        for place_id in some:
            yield from _stretches(place_id, one.get(place_id, {}), other.get(place_id, {}))


def agreement(stretches: Iterable[Stretch]) -> Agreement:
    """The comparison in numbers."""
    counts: Counter[Verdict] = Counter()
    worst: dict[str, Verdict] = {}
    both: Counter[tuple[object, object]] = Counter()
    order = [Verdict.DIFFER, Verdict.AGREE, Verdict.ONLY_FIRST, Verdict.ONLY_SECOND]
    for s in stretches:
        counts[s.verdict] += s.periods
        worst[s.place_id] = min(worst.get(s.place_id, s.verdict), s.verdict, key=order.index)
        if s.one and s.other:
            both[_answer(s.one), _answer(s.other)] += s.periods
    total = both.total()
    observed = sum(n for (one, other), n in both.items() if one == other) / total if total else None
    return Agreement(counts, Counter(worst.values()), observed, kappa_of(both))


def _last(*records: Record) -> date:
    days = [record.question.on or record.question.known or record.ledger.last_published() for record in records]
    return max((day for day in days if day), default=date.today())


def _cells(
    record: Record, place_ids: list[str], every: Period, since: date | None, last: date
) -> dict[str, dict[date, Cell]]:
    """By place and first day of the period, what the record knows."""
    claims = record.question.claims(record.ledger, place_ids)
    by_id = evidence_of(record.question, record.ledger, claims)
    found: dict[str, dict[date, Cell]] = {}
    for course in record.question.courses(record.ledger, claims):
        cells = panel(course, every, since, last, partial(begins, claims=by_id))
        known = {cell.first: cell for cell in cells if cell.spell.status is not Status.UNKNOWN}
        if known:
            found[course[0].place_id] = known
    return found


def _stretches(place_id: str, one: dict[date, Cell], other: dict[date, Cell]) -> Iterator[Stretch]:
    compared = [(one.get(day), other.get(day)) for day in sorted({*one, *other})]
    for (verdict, *_), group in groupby(compared, key=_judge):
        its = list(group)
        (begin, _), (left, right) = (_either(*its[0]), None), its[-1]
        end = _either(left, right)
        yield Stretch(
            place_id,
            end.spell.place,
            begin.first,
            end.last,
            len(its),
            verdict,
            left.spell if left else None,
            right.spell if right else None,
        )


def _either(one: Cell | None, other: Cell | None) -> Cell:
    found = one or other
    assert found is not None  # a period is one that one of the two knows
    return found


def _judge(pair: tuple[Cell | None, Cell | None]) -> tuple[Verdict, frozenset[str] | None, frozenset[str] | None]:
    """What becomes of a period, with both answers: neighbours of one kind are one stretch."""
    one, other = (cell.spell if cell else None for cell in pair)
    if one is None or other is None:
        verdict = Verdict.ONLY_SECOND if one is None else Verdict.ONLY_FIRST
    else:
        verdict = Verdict.AGREE if _answer(one) == _answer(other) else Verdict.DIFFER
    return verdict, _answer(one), _answer(other)


def _answer(spell: Spell | None) -> frozenset[str] | None:
    """Who holds it, in any order; empty where it is vacated, None where the record is silent."""
    return frozenset(spell.holders) if spell else None
