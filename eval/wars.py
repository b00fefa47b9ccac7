"""Wars with known truth, and what rival speakers, agencies and papers would print of them.

Truth is who holds each town on each day: of a war that is made up here (a front that moves, towns that change hands,
gaps where one side has left and the other has not come), or of a table of a real one. Reports of it are late, copied,
boastful, loosely dated, wrong, or missing, more so at each level of noise. The same seed gives the same war and the
same claims.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from whoholds.model import Anchors, Claim, Kind, Mode, Place, Span, Stance, Voice, When

FIRST = date(2030, 1, 1)
EAST, WEST, NORTH = "rebels:XXA", "gov:XXA", "tribal:XXA"
SIDES = (EAST, WEST, NORTH)
SURE = 0.8
"""The confidence of every claim of a reader that never doubts."""


@dataclass(frozen=True)
class Town:
    """A town and its truth: from each day on, who holds it ("" nobody, None not known), in order."""

    name: str
    spells: tuple[tuple[date, str | None], ...]
    last: date

    def holder(self, day: date) -> str | None:
        now: str | None = None
        for start, holder in self.spells:
            if start > day:
                break
            now = holder
        return now

    def changes(self) -> list[tuple[date, str, str]]:
        """Each day on which it changed hands, with who had it and who has it.

        Of a town that was contested for days it is the day on which somebody has it.
        """
        known = [(day, holder) for day, holder in self.spells if holder is not None]
        return [(day, old, new) for (_, old), (day, new) in pairwise(known) if old != new]


@dataclass(frozen=True)
class Noise:
    """How the war is reported. Chances are 0 to 1."""

    silence: float
    """That nobody neutral reports a change."""
    late: float
    """Mean days from a change to a neutral report of it."""
    loose: float
    """That a report dates a change by its own date, or by the month."""
    wrong: float
    """That a neutral report has the wrong side."""
    boasts: float
    """False claims of a taking, for each true change."""
    boast_trust: float
    """That a side reports its own true gain."""
    admits: float
    """That a side reports its own loss."""
    denies: float
    """That a side denies its loss and says that it still holds the town."""
    copies: float
    """Mean number of papers that carry a statement."""
    misread: float
    """That a claim is misread: the other side, or another town."""
    mentions: float
    """Mean number of neutral mentions of a holder, for each town and 100 days."""


LEVELS = {
    "low": Noise(0.05, 0.5, 0.1, 0.01, 0.2, 0.9, 0.5, 0.02, 1.0, 0.02, 2.0),
    "middle": Noise(0.2, 2.0, 0.3, 0.05, 1.0, 0.8, 0.3, 0.15, 4.0, 0.06, 1.0),
    "high": Noise(0.4, 5.0, 0.5, 0.12, 2.5, 0.7, 0.15, 0.4, 10.0, 0.12, 0.5),
}


def war(seed: int, towns: int = 240, days: int = 540) -> list[Town]:
    """A war of a front between two sides, with a third that takes what both have left now and then."""
    rng = random.Random(seed)
    fronts = [_front(rng, days) for _ in range(4)]
    found = []
    for number in range(towns):
        x, front = rng.random(), fronts[number % len(fronts)]
        lag = rng.randint(0, 6)
        spells: list[tuple[date, str | None]] = [(FIRST, WEST if x > front[0] else EAST)]
        day = 1
        while day < days:
            holder = WEST if x > front[max(day - lag, 0)] else EAST
            now = spells[-1][1]
            if now == NORTH and rng.random() > 0.01:
                day += 1
                continue
            if holder != now:
                if rng.random() < 0.2:  # left, and taken only days later
                    spells.append((FIRST + timedelta(day), ""))
                    day += rng.randint(1, 12)
                    holder = NORTH if rng.random() < 0.2 else holder
                if day < days:
                    spells.append((FIRST + timedelta(day), holder))
                day += rng.randint(1, 4)
            elif abs(x - front[day]) < 0.02 and rng.random() < 0.01:  # a raid that lasts some days
                spells.append((FIRST + timedelta(day), EAST if now == WEST else WEST))
                day += rng.randint(2, 9)
            else:
                day += 1
        found.append(Town(f"Town {number}", _merged(spells), FIRST + timedelta(days - 1)))
    return found


def towns_of(path: Path) -> list[Town]:
    """A table of towns with `name, status, first_day_shown, last_day_shown`, as the file of Ukrainian towns has it.

    A status of less than three days is an edit that was taken back; "Contested" is no holder.
    """
    rows: dict[str, list[tuple[date, date, str]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            first, last = date.fromisoformat(row["first_day_shown"]), date.fromisoformat(row["last_day_shown"])
            rows.setdefault(row["name"], []).append((first, last, row["status"]))
    actors = {"Ukraine": "gov:UKR", "Russia": "gov:RUS"}
    found = []
    for name, shown in sorted(rows.items()):
        kept = [(first, actors.get(status)) for first, last, status in sorted(shown) if (last - first).days >= 2]
        if kept:
            found.append(Town(name, _merged(kept), max(last for _, last, _ in shown)))
    return found


def _merged(spells: Iterable[tuple[date, str | None]]) -> tuple[tuple[date, str | None], ...]:
    merged: list[tuple[date, str | None]] = []
    for day, holder in spells:
        if not merged or merged[-1][1] != holder:
            merged.append((day, holder))
    return tuple(merged)


def _front(rng: random.Random, days: int) -> list[float]:
    """Where the front stands each day, 0 to 1: quiet for months, then an offensive that moves it."""
    at, speed, left = 0.5, 0.0, 0
    course = []
    for _ in range(days):
        if not left:
            left = rng.randint(10, 90)
            speed = rng.choice([0.0, 0.0, 1.0, -1.0]) * rng.uniform(0.001, 0.008)
        at = min(max(at + speed + rng.gauss(0, 0.0008), 0.05), 0.95)
        left -= 1
        course.append(at)
    return course


@dataclass
class Press:
    """Makes the claims. One for each war; `rng` decides everything."""

    noise: Noise
    rng: random.Random
    sides: tuple[str, ...]
    towns: tuple[str, ...]
    doubts: bool
    """Whether the reader says of each claim how sure it is; if not, all claims have the confidence `SURE`."""
    made: list[Claim] = field(default_factory=list)
    _number: int = 0

    def say(
        self,
        kind: Kind,
        actor: str,
        town: str,
        when: tuple[date | None, date],
        published: date,
        voice: Voice | None = None,
        *,
        mode: Mode = Mode.ASSERTED,
        outlet: str | None = None,
        copies: int = 0,
        confidence: float | None = None,
    ) -> None:
        """One statement as it was read, and the papers that carry it on the same and the next days.

        What has no `confidence` was not read yet: a reader with doubts misreads it too, one without
        them reads it right.
        """
        if confidence is None:
            actor, town, confidence = self.read(actor, town) if self.doubts else (actor, town, SURE)
        for copy in range(copies + 1):
            self._number += 1
            self.made.append(
                Claim(
                    report=f"r{self._number}",
                    report_id=f"{self._number:032d}",
                    kind=kind,
                    actor=actor,
                    place=Place(town, place_id=f"sim:{town}"),
                    when=When(*when, "simulated"),
                    mode=mode,
                    quote=Span(0, 1),
                    quote_text="x",
                    anchors=Anchors(cue=Span(0, 1), place=Span(0, 1)),
                    voices=(voice,) if voice else (),
                    outlet=f"paper {self.rng.randrange(200)}" if copy and voice else outlet,
                    wire=None if voice else outlet,
                    stance=Stance.CLAIMED if voice and voice.side else Stance.PLAIN,
                    published=_day(published + timedelta(min(copy, self.rng.randint(0, 2)))),
                    confidence=confidence,
                )
            )

    def copies(self) -> int:
        mean = self.noise.copies
        return min(int(self.rng.expovariate(1 / mean)), 40) if mean > 0 else 0

    def read(self, actor: str, town: str) -> tuple[str, str, float]:
        """What the reader makes of it, and how sure it is: one with doubts is as often wrong as it says."""
        misread = min(self.rng.expovariate(1 / self.noise.misread), 0.7) if self.doubts else self.noise.misread
        confidence = 1 - misread if self.doubts else SURE
        if self.rng.random() >= misread:
            return actor, town, confidence
        if self.rng.random() < 0.5:
            return self.rng.choice([side for side in self.sides if side != actor]), town, confidence
        return actor, self.rng.choice(self.towns), confidence


def claims_of(towns: list[Town], noise: Noise, seed: int, *, doubts: bool = False) -> list[Claim]:
    """What is reported of a war, in no order of days. The same towns, noise, seed and reader give the same claims."""
    rng = random.Random(seed)
    sides = tuple(sorted({holder for town in towns for _, holder in town.spells if holder}))
    press = Press(noise, rng, sides, tuple(town.name for town in towns), doubts)
    for town in towns:
        for day, old, new in town.changes():
            _change(press, town, day, old, new)
        _mentions(press, town)
        _boasts(press, town)
    return press.made


def _change(press: Press, town: Town, day: date, old: str, new: str) -> None:
    rng, noise = press.rng, press.noise
    kind, actor = (Kind.GAINS, new) if new else (Kind.WITHDRAWS, old)
    for agency in ("agency A", "agency B", f"reporter {rng.randrange(50)}"):
        if rng.random() < max(noise.silence, 0.3 if agency[0] == "r" else 0.0):
            continue
        late = int(rng.expovariate(1 / noise.late)) if noise.late else 0
        told, where, sure = press.read(actor, town.name)
        if rng.random() < noise.wrong and kind is Kind.GAINS and old:
            told = old
        published = day + timedelta(late)
        when, copies = _dated(press, day, published), press.copies() // 2
        press.say(kind, told, where, when, published, outlet=agency, copies=copies, confidence=sure)
    if new and rng.random() < noise.boast_trust:
        _own_word(press, Kind.GAINS, new, town, day, day)
    if old and rng.random() < noise.admits:
        _own_word(press, Kind.WITHDRAWS, old, town, day, day + timedelta(rng.randint(0, 3)))
    if old and new and rng.random() < noise.denies:
        for after in range(rng.randint(1, 3)):
            then = day + timedelta(1 + 3 * after)
            if town.holder(then) == new:
                press.say(Kind.HOLDS, old, town.name, (then, then), then, _spokesman(old), copies=press.copies())
    if rng.random() < 0.6:
        first = day - timedelta(rng.randint(0, 6))
        press.say(Kind.CONTESTS, new or old, town.name, (first, day), day, outlet="agency A")


def _own_word(press: Press, kind: Kind, side: str, town: Town, day: date, published: date) -> None:
    told, where, sure = press.read(side, town.name)
    copies = press.copies()
    press.say(kind, told, where, (day, day), published, _spokesman(side), copies=copies, confidence=sure)


def _mentions(press: Press, town: Town) -> None:
    """Neutral words in passing: "the rebel-held town"."""
    rng, first = press.rng, town.spells[0][0]
    days = (town.last - first).days
    for _ in range(_poisson(rng, press.noise.mentions * days / 100) + (rng.random() < 0.8)):
        day = first + timedelta(rng.randint(0, max(days, 1)))
        holder = town.holder(day)
        if holder:
            if rng.random() < press.noise.wrong:
                holder = rng.choice(press.sides)
            told, where, sure = press.read(holder, town.name)
            outlet = f"reporter {rng.randrange(50)}"
            press.say(Kind.HOLDS, told, where, (day, day), day, outlet=outlet, confidence=sure)


def _boasts(press: Press, town: Town) -> None:
    """Takings that never were: near the days of real ones, and now and then out of the blue."""
    rng = press.rng
    for day, _, _ in town.changes():
        for _ in range(_poisson(rng, press.noise.boasts / 2)):
            when = day + timedelta(rng.randint(-25, 25))
            _boast(press, town, when)
    if rng.random() < press.noise.boasts / 10:
        _boast(press, town, town.spells[0][0] + timedelta(rng.randint(5, max((town.last - town.spells[0][0]).days, 6))))


def _boast(press: Press, town: Town, when: date) -> None:
    holder = town.holder(when)
    rivals = [side for side in press.sides if side != holder]
    if when < town.spells[0][0] or when > town.last or not rivals:
        return
    side = press.rng.choice(rivals)
    press.say(Kind.GAINS, side, town.name, (when, when), when, _spokesman(side), copies=press.copies())
    if holder and press.rng.random() < 0.4:
        press.say(Kind.GAINS, side, town.name, (when, when), when + timedelta(1), mode=Mode.DENIED, outlet="agency B")


def _dated(press: Press, day: date, published: date) -> tuple[date | None, date]:
    """How a report dates the change: by the day, by its own date, or by the month."""
    if press.rng.random() >= press.noise.loose:
        return (day, day)
    if press.rng.random() < 0.6:
        return (None, published)
    first = day.replace(day=1)
    last = (first + timedelta(32)).replace(day=1) - timedelta(1)
    return (first, min(last, published))


def _spokesman(side: str) -> Voice:
    return Voice(f"Spokesman of {side}", "spokesman", side=side)


def _day(day: date) -> When:
    return When(day, day, "simulated")


def _poisson(rng: random.Random, mean: float) -> int:
    count, left = 0, rng.expovariate(1.0)
    while left < mean:
        count += 1
        left += rng.expovariate(1.0)
    return count
