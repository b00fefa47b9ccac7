"""Ways to answer "who holds it" without a model, on the same claims: what the model has to beat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from whoholds.control.evidence import Effect, Statement, statements
from whoholds.control.witnesses import origins
from whoholds.model import Claim

Answer = str | None
"""An actor, "" for vacated, None where there is no answer."""
Course = list[tuple[date, Answer]]
"""From each day on, the answer; in order."""


def persistence(said: Sequence[Statement]) -> Course:
    """The first holder that is named, for ever."""
    return latest(said)[:1]


def latest(said: Sequence[Statement]) -> Course:
    """The latest claim that names a holder."""
    return _steps((s.last or 0, s.actors[0]) for s in said if s.effect is Effect.TAKE and not s.part)


def latest_or_left(said: Sequence[Statement]) -> Course:
    """The same, and who is said to have left is no holder any more."""
    found: Course = []
    for s in said:
        if s.part:
            continue
        if s.effect is Effect.TAKE:
            found.append((date.fromordinal(s.last or 1), s.actors[0]))
        elif s.effect in (Effect.LEAVE, Effect.LOSE) and found and found[-1][1] in s.actors:
            found.append((date.fromordinal(s.last or 1), ""))
    return found


def majority(days: int, *, by_witness: bool) -> Callable[[Sequence[Statement]], Course]:
    """The holder that most claims (or witnesses) of so many days name; where there are none, the one before."""

    def course(said: Sequence[Statement]) -> Course:
        takes = [s for s in said if s.effect is Effect.TAKE and not s.part]
        bounds = sorted({(s.last or 0) + after for s in takes for after in (0, days)})
        found: Course = []
        for day in bounds:
            votes: Counter[str] = Counter()
            seen: set[object] = set()
            for s in takes:
                if not day - days < (s.last or 0) <= day:
                    continue
                for origin, _ in origins(s.claim, {}):
                    if by_witness and (origin, s.actors) in seen:
                        continue
                    seen.add((origin, s.actors))
                    votes[s.actors[0]] += 1
            if votes:
                most = max(votes.values())
                top = sorted(actor for actor, count in votes.items() if count == most)
                before = found[-1][1] if found else None
                found.append((date.fromordinal(day), before if before in top else top[0]))
        return found

    return course


BASELINES: Mapping[str, Callable[[Sequence[Statement]], Course]] = {
    "persistence": persistence,
    "latest claim": latest,
    "latest claim, vacate rule": latest_or_left,
    "majority of claims, 7 days": majority(7, by_witness=False),
    "majority of claims, 30 days": majority(30, by_witness=False),
    "majority of witnesses, 7 days": majority(7, by_witness=True),
    "majority of witnesses, 30 days": majority(30, by_witness=True),
}


def course_of(claims: Sequence[Claim], name: str) -> Course:
    """The answers of one baseline for one place."""
    return BASELINES[name](statements(sorted(claims, key=lambda claim: claim.id)))


def _steps(points: object) -> Course:
    found: Course = []
    for day, actor in points:  # type: ignore[attr-defined]
        found.append((date.fromordinal(day), actor))
    return found
