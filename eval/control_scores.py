"""How good answers to "who holds it" are, against a truth that is known day by day."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np

from baselines import Course
from wars import Town
from whoholds.control import Parameters, chances_of, spells
from whoholds.control.case import case_of, place_of
from whoholds.control.chain import later
from whoholds.model import Claim, Status

NEAR = 30
"""Days before and after a change for which the log score is taken."""
FLOOR = 1e-6
"""No answer is taken to be surer than this of anything."""
BINS = 10

Chances = Mapping[str, float]
"""What is given to each actor, "" for vacated; the rest, up to 1, to not knowing."""


@dataclass
class Figures:
    """Sums over places; `row` makes rates of them."""

    true_changes: int = 0
    told_changes: int = 0
    hits: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    delays: list[int] = field(default_factory=list)
    false_flips: int = 0
    place_days: int = 0
    log_score: float = 0.0
    log_days: int = 0
    said: list[float] = field(default_factory=list)
    """What was given to each answer, near changes, and whether it was right (`right`)."""
    right: list[bool] = field(default_factory=list)

    def row(self) -> dict[str, float]:
        """Rates: recall and precision of changes within 3 and 7 days, delay, flips, log loss, calibration."""
        found = {}
        for days in (3, 7):
            found[f"recall {days}"] = self.hits[days] / max(self.true_changes, 1)
            found[f"precision {days}"] = self.hits[days] / max(self.told_changes, 1)
        found["delay"] = sum(self.delays) / max(len(self.delays), 1)
        found["false flips"] = 1000 * self.false_flips / max(self.place_days, 1)
        found["log loss"] = -self.log_score / max(self.log_days, 1)
        found["calibration"] = self.calibration_error()
        return found

    def reliability(self) -> list[tuple[float, float, int]]:
        """For each tenth of what was given: the mean given, how often it was right, and how many days."""
        given, right = np.array(self.said), np.array(self.right)
        found = []
        for low in np.arange(BINS) / BINS:
            inside = (given >= low) & (given < low + 1 / BINS + (low == 0.9))
            if inside.any():
                found.append((float(given[inside].mean()), float(right[inside].mean()), int(inside.sum())))
        return found

    def calibration_error(self) -> float:
        """Mean distance between what was given and how often it was right, over tenths, weighed by days."""
        bins = self.reliability()
        return sum(abs(given - right) * days for given, right, days in bins) / max(sum(b[2] for b in bins), 1)


def score_course(figures: Figures, town: Town, course: Course) -> None:
    """Count the changes that a course of answers tells of. Days without an answer keep the one before."""
    first, last = town.spells[0][0], town.last
    told: list[tuple[date, str]] = []
    before = None
    for day, answer in course:
        if answer is None or answer == before:
            continue
        if before is not None and first < day <= last:
            told.append((day, answer))
        before = answer
    true = [(day, new) for day, _, new in town.changes()]
    figures.true_changes += len(true)
    figures.told_changes += len(told)
    figures.place_days += (last - first).days + 1
    for days in (3, 7):
        figures.hits[days] += len(_matched(true, told, days))
    figures.delays += [(told[b][0] - true[a][0]).days for a, b in _matched(true, told, NEAR)]
    figures.false_flips += len(told) - len(_matched(true, told, 7))


def score_chances(figures: Figures, town: Town, chances: Callable[[date], Chances], actors: Sequence[str]) -> None:
    """Add up the log of what was given to the truth, on days near a change; not knowing is spread over all."""
    for day in near_changes(town):
        truth = town.holder(day)
        if truth is None:
            continue
        given = chances(day)
        rest = max(1 - sum(given.values()), 0.0) / len(actors)
        figures.log_score += math.log(max(given.get(truth, 0.0) + rest, FLOOR))
        figures.log_days += 1
        if given:
            best = max(given, key=lambda actor: given[actor])
            figures.said.append(given[best] + rest)
            figures.right.append(best == truth)


def near_changes(town: Town) -> list[date]:
    """The days within NEAR of a change of hands."""
    days = {day + timedelta(n) for day, _, _ in town.changes() for n in range(-NEAR, NEAR + 1)}
    return sorted(day for day in days if town.spells[0][0] <= day <= town.last)


def by_town(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        found[claim.place.name].append(claim)
    return found


def model_chances(
    claims: Sequence[Claim], towns: Sequence[Town], parameters: Parameters
) -> dict[str, Callable[[date], Chances]]:
    """For each town the model's chances on any day near a change of it, by all claims."""
    grouped = by_town(claims)
    cases = []
    for town in towns:
        about = sorted(grouped.get(town.name, ()), key=lambda claim: claim.id)
        if about:
            asked = [day.toordinal() for day in near_changes(town)]
            cases.append(case_of(about, town.name, place_of(about), parameters, days=asked))
    found: dict[str, Callable[[date], Chances]] = {town.name: lambda _: {} for town in towns}
    for case, chances in zip(cases, chances_of(cases), strict=True):
        if case.track is None or chances is None:
            continue

        def of_day(day: date, track=case.track, chances=chances) -> Chances:  # type: ignore[no-untyped-def]
            at = int(np.searchsorted(track.starts, day.toordinal(), side="right")) - 1
            if at < 0:
                return {}
            after = day.toordinal() - int(track.starts[-1])
            now = later(track, chances, after) if after > 0 else chances[at]
            given: dict[str, float] = defaultdict(float)
            for state, chance in zip(track.states, now, strict=True):
                if state is not None:
                    given["+".join(state)] += float(chance)
            return given

        found[case.place_id] = of_day
    return found


def model_courses(claims: Sequence[Claim], parameters: Parameters) -> dict[str, Course]:
    """For each town the model's answers, as `whoholds timeline` gives them."""
    found: dict[str, Course] = defaultdict(list)
    for spell in spells(claims, parameters=parameters):
        answer = None if spell.status is Status.UNKNOWN else "+".join(spell.holders)
        found[spell.place.name].append((spell.start or date.min, answer))
    return found


def without_interest(parameters: Parameters) -> Parameters:
    return replace(parameters, self_serving=1.0, self_adverse=1.0)


def each_its_own(claims: Iterable[Claim]) -> list[Claim]:
    """The claims as if every report were a witness of its own: without de-duplication."""
    return [
        replace(
            claim,
            wire=None,
            outlet=None,
            voices=tuple(replace(voice, name=f"{voice.name} {claim.report}") for voice in claim.voices),
        )
        for claim in claims
    ]


def _matched(true: Sequence[tuple[date, str]], told: Sequence[tuple[date, str]], days: int) -> list[tuple[int, int]]:
    """Pairs of a true change and a told one to the same holder within so many days, nearest first, each once."""
    near = sorted(
        (abs((there - here).days), a, b)
        for a, (here, holder) in enumerate(true)
        for b, (there, other) in enumerate(told)
        if holder == other and abs((there - here).days) <= days
    )
    pairs: list[tuple[int, int]] = []
    for _, a, b in near:
        if all(a != x and b != y for x, y in pairs):
            pairs.append((a, b))
    return pairs
