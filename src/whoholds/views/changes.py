"""What changed between two days, and because of which claims."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from whoholds.control.evidence import last_day, published_by
from whoholds.control.selection import ALL, View
from whoholds.days import AnyDay, as_day
from whoholds.errors import WhoholdsError
from whoholds.ledger import Ledger
from whoholds.model import Claim
from whoholds.views.question import PLACES_AT_ONCE, Question
from whoholds.views.states import State, answers


class ReportError(WhoholdsError):
    """No report of the ledger, or more than one, answers to the name, or it has no date."""


@dataclass(frozen=True, slots=True)
class Change:
    """A place whose answer is not what it was."""

    before: State | None
    """None where nothing was known of the place."""
    after: State
    because: tuple[Claim, ...]
    """What the new answer rests on and the old one did not, strongest first."""


def changes(
    ledger: Ledger, since: AnyDay, until: AnyDay, *, known: AnyDay | None = None, view: View | str = ALL
) -> list[Change]:
    """Places whose holder, or whether that is disputed, differs between the two days.

    Without `known` it is what people learnt: as known on `since` of that day, against as known on `until` of that day;
    only places with reports published between the two are looked at. With `known` it is what happened: both days as
    known on that one, in hindsight. Raises WhoholdsError where a day is none, ViewError where the view is none.
    """
    since, until, known = as_day(since, "since"), as_day(until, "until"), as_day(known, "known")
    view = View.parse(view)
    if known is None:
        places = ledger.places_between(since, until)
    else:
        places = ledger.place_ids()
    found = []
    for at in range(0, len(places), PLACES_AT_ONCE):
        part = places[at : at + PLACES_AT_ONCE]
        first = {s.spell.place_id: s for s in _answers(Question(since, known or since, view), ledger, part)}
        for after in _answers(Question(until, known or until, view), ledger, part):
            before = first.get(after.spell.place_id)
            if before is None or _answer(before) != _answer(after):
                found.append(Change(before, after, _because(before, after, since, until, learnt=known is None)))
    return sorted(found, key=lambda change: (change.after.name.casefold(), change.after.spell.place_id))


def _answers(question: Question, ledger: Ledger, places: list[str]) -> list[State]:
    return answers(question, ledger, question.claims(ledger, places))


def day_of(ledger: Ledger, asked: date | str | None) -> date | None:
    """A day that is asked about: itself, or that by which the report of this name or id was surely published.

    Raises ReportError where no report or more than one is called so, or it has no date.
    """
    if not isinstance(asked, str):
        return asked
    found = ledger.called(asked)
    if not found:
        raise ReportError(f"{asked!r} is no date, and no report of the ledger is called so. Write year-month-day.")
    days = {report.published.end for report in found if report.published and report.published.end}
    if not days:
        raise ReportError(f"{asked}: the report has no date. Give a day instead.")
    if len(days) > 1:
        ids = ", ".join(report.id for report in found)
        raise ReportError(f"{len(found)} reports are called {asked}. Give the id of the one you mean: {ids}.")
    return days.pop()


def _answer(state: State) -> tuple[object, ...]:
    return (state.spell.status, state.spell.holders, state.spell.disputed)


def _because(before: State | None, after: State, since: date, until: date, *, learnt: bool) -> tuple[Claim, ...]:
    had = {evidence.claim.id for evidence in before.evidence} if before else set()
    new = [evidence.claim for evidence in after.evidence if evidence.claim.id not in had]
    if not new and before:
        # The answer fell back on words that were there before: what it rests on now is the reason.
        new = [evidence.claim for evidence in after.evidence]

    def fresh(claim: Claim) -> bool:
        day = published_by(claim) if learnt else last_day(claim)
        return day is not None and since < day <= until

    return tuple(sorted(new, key=lambda claim: not fresh(claim)))
