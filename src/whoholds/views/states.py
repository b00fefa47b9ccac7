"""Who holds what, and since when: a ledger and a question in, states with their evidence out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from whoholds.control.evidence import last_day, tells_holder
from whoholds.control.selection import ALL, View
from whoholds.days import AnyDay
from whoholds.ledger import Ledger
from whoholds.ledger.rows import place_key
from whoholds.model import Claim, Place, Spell, Status
from whoholds.views.actors import country_name
from whoholds.views.dating import is_exact
from whoholds.views.places import find_place
from whoholds.views.question import LATEST, Question

STALE_DAYS = 180
"""An answer whose last evidence is older is called stale."""
LOOK_BACK = timedelta(days=365)
"""How long before the first word of a place its state then is taken to have been so already.

"ISIS-held" says nothing of when ISIS came. A year is a judgement: beyond it no answer is given, so that nobody reads
of the Islamic State in 1982. Questions between are answered, with "since: not known"."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim, and whether the answer rests on it or stands against it."""

    claim: Claim
    supports: bool = True


@dataclass(frozen=True, slots=True)
class State:
    """The answer for one place and one stretch of days. It opens to the words it rests on."""

    spell: Spell
    since: date | None
    """The first day of this holder, or from which nobody has it; flags such as fighting may have changed since.

    None: not known, or the holder is not."""
    evidence: tuple[Evidence, ...]
    """What it rests on, strongest first, then what stands against it."""
    last_evidence: date | None
    """The last day up to the one asked about for which somebody says who has the place."""
    last_fighting: date | None
    """The last day up to the one asked about for which fighting is reported; without such a day, of all days."""
    days: int | None
    """From the last evidence to the day asked about, or to the end of the state; None where nothing is dated.

    Negative where there is only later evidence: that it was so before is then read from words about after."""
    question: Question = LATEST
    """What it answers: the two clocks, and the view."""

    @property
    def place(self) -> Place:
        return self.spell.place

    @property
    def name(self) -> str:
        return self.spell.place.name

    @property
    def stale(self) -> bool:
        """True where nobody has said for long who has it."""
        return self.days is not None and self.days > STALE_DAYS

    @property
    def since_exact(self) -> bool:
        """True where a claim gives the very day; else it was so by that day, and may have been before."""
        return is_exact(self.since, (evidence.claim for evidence in self.evidence if evidence.supports))


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything said of one place: its states in order, and the claims that moved none of them (plans, denials)."""

    place_id: str
    place: Place
    states: tuple[State, ...]
    others: tuple[Evidence, ...]


def who(
    ledger: Ledger,
    place: str | None = None,
    on: AnyDay | None = None,
    known: AnyDay | None = None,
    *,
    view: View | str = ALL,
    today: AnyDay | None = None,
) -> list[State]:
    """The state of each place, or of the one called `place`, by country (those not known last), then by name.

    `on`: as things stood on that day; else the latest. `known`: by the reports published up to that day only.
    `view`: by which sources. `today` is what the age of evidence counts to where neither day is given; the current day
    if left out. Raises PlaceError where `place` is unknown or names several, WhoholdsError where a day is none,
    ViewError where the view is none.
    """
    question = Question.asked(on, known, view, today)
    place_id = find_place(ledger, place).place_id if place is not None else None
    return states_of(question, ledger, place_id)


def states_of(question: Question, ledger: Ledger, place_id: str | None = None) -> list[State]:
    """The answers to a question, as `who` gives them."""
    if place_id is not None:
        return answers(question, ledger, question.claims(ledger, place_id))
    return sorted((s for claims in question.batches(ledger) for s in answers(question, ledger, claims)), key=_order)


def answers(question: Question, ledger: Ledger, claims: list[Claim]) -> list[State]:
    """The same by these claims only."""
    by_id = evidence_of(question, ledger, claims)
    courses = (begun(course, by_id, question.on) for course in question.courses(ledger, claims))
    states = [last_state(course, by_id, question) for course in courses if course]
    return sorted(states, key=_order)


def along(course: Sequence[Spell], claims: Mapping[str, Claim], question: Question) -> tuple[State, ...]:
    """Every answer of a place's course, as of the end of its days. `claims` by id."""
    return tuple(_state(course, number, claims, question) for number in range(len(course)))


def begun(course: Iterable[Spell], claims: Mapping[str, Claim], on: date | None) -> list[Spell]:
    """The spells of a course that had begun by a day; all of them without one. `claims` by id."""
    return [spell for spell in course if on is None or (begins(spell, claims) or on) <= on]


def last_state(course: Sequence[Spell], claims: Mapping[str, Claim], question: Question) -> State:
    """The answer that a place's course ends with. `claims` by id."""
    return _state(course, len(course) - 1, claims, question)


def evidence_of(question: Question, ledger: Ledger, claims: list[Claim]) -> dict[str, Claim]:
    """By id, every claim that an answer may rest on: these, and those about the whole of their provinces."""
    of_areas = (claim for said in question.areas(ledger, claims).values() for claim in said)
    return {claim.id: claim for claim in (*of_areas, *claims)}


def begins(spell: Spell, claims: Mapping[str, Claim]) -> date | None:
    """The first day for which the spell is an answer; None where nothing in it has a day.

    `claims` by id. Of a spell whose beginning is not known it is LOOK_BACK before its first evidence.
    """
    if spell.start is not None:
        return spell.start
    said = [claims[name] for name in spell.claims_for if name in claims]
    days = [day for claim in said if (day := claim.when.start or last_day(claim))]
    return min(days) - LOOK_BACK if days else None


def timeline(
    ledger: Ledger,
    place: str,
    known: AnyDay | None = None,
    *,
    on: AnyDay | None = None,
    view: View | str = ALL,
    today: AnyDay | None = None,
) -> Timeline:
    """The whole course of one place, with `on` up to that day. The rest as in `who`; raises as it does."""
    question = Question.asked(on, known, view, today)
    entry = find_place(ledger, place)
    claims = question.claims(ledger, entry.place_id)
    by_id = evidence_of(question, ledger, claims)
    course = [spell for one in question.courses(ledger, claims) for spell in begun(one, by_id, question.on)]
    states = along(course, by_id, question)
    used = {evidence.claim.id for state in states for evidence in state.evidence}
    others = sorted((c for c in claims if c.id not in used), key=lambda c: (_day(c), c.id))
    others = [claim for claim in others if question.on is None or _day(claim) <= question.on]
    place_now = states[-1].place if states else entry.place
    return Timeline(entry.place_id, place_now, states, tuple(Evidence(claim) for claim in others))


def _order(state: State) -> tuple[bool, str, str, str]:
    country = country_name(state.place.country)
    return (country is None, country or "", state.name.casefold(), state.spell.place_id)


def _state(course: Sequence[Spell], number: int, claims: Mapping[str, Claim], question: Question) -> State:
    spell, now = course[number], question.now
    first = number
    while first and _same_holder(course[first - 1], spell):
        first -= 1
    upto = min(now, spell.end) if spell.end else now
    last = _last_evidence(spell, claims, upto)
    for_it: Sequence[str] = rests_on(course, number)
    # What was said of a later day is evidence for this one in hindsight only.
    for_it = sorted(for_it, key=lambda name: name in claims and _first_day(claims[name]) > upto)
    return State(
        spell=spell,
        since=course[first].start if spell.status is not Status.UNKNOWN else None,
        evidence=(*_evidence(for_it, claims, True), *_evidence(spell.claims_against, claims, False)),
        last_evidence=last,
        last_fighting=max((_fought(s, upto) for s in course[: number + 1] if s.fighting), default=None),
        days=(upto - last).days if last else None,
        question=question,
    )


def grounded(course: Sequence[Spell]) -> list[Spell]:
    """The course with what each of its answers rests on; those of days of which nothing is said rest on words too."""
    return [replace(spell, claims_for=rests_on(course, number)) for number, spell in enumerate(course)]


def rests_on(course: Sequence[Spell], number: int) -> tuple[str, ...]:
    """Ids of the claims that one answer of a course rests on, strongest first."""
    spell = course[number]
    if spell.claims_for or spell.status is not Status.UNKNOWN:
        return spell.claims_for
    # Nobody is named as holder; what is known of the place is that it was fought over, the last time here.
    return next((s.claims_for for s in reversed(course[:number]) if s.claims_for), ())


def _fought(spell: Spell, upto: date) -> date:
    """The last day of its fighting up to a day; all of it where the answer itself is of later days than that."""
    if spell.end is None or (spell.start or date.min) <= upto < spell.end:
        return upto
    return spell.end


def of_place(spell: Spell, claims: Mapping[str, Claim]) -> list[Claim]:
    """The claims for a spell that speak of the place itself, not of the whole of its province."""
    said = (claims[name] for name in spell.claims_for if name in claims)
    return [claim for claim in said if place_key(claim.place) == spell.place_id]


def _last_evidence(spell: Spell, claims: Mapping[str, Claim], upto: date) -> date | None:
    """The spell's own, or where that lies beyond the day asked about, the last one before.

    What was so for a whole time ("had held it since May") is said of the day asked about too.
    """
    last = spell.last_evidence
    if last is None or last <= upto:
        return last
    said = [(claim, claim.when.start, last_day(claim)) for claim in of_place(spell, claims) if tells_holder(claim)]
    if any(claim.kind.is_state and start and end and start <= upto <= end for claim, start, end in said):
        return upto
    days = [day for _, *times in said for day in times if day]
    return max((day for day in days if day <= upto), default=min(days, default=None))


def _same_holder(one: Spell, other: Spell) -> bool:
    if (one.status, one.holders) != (other.status, other.holders):
        return False
    return one.status is Status.HELD or bool({*one.claims_for} & {*other.claims_for})


def _evidence(ids: Iterable[str], claims: Mapping[str, Claim], supports: bool) -> list[Evidence]:
    return [Evidence(claims[name], supports) for name in ids if name in claims]


def _first_day(claim: Claim) -> date:
    return claim.when.start or last_day(claim) or date.min


def _day(claim: Claim) -> date:
    return claim.when.end or claim.when.start or date.min
