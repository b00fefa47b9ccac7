"""Why a place's answer is what it is: what each witness adds, and what it would take to change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from whoholds.control import of_area
from whoholds.control.case import Case, case_of, place_of
from whoholds.control.explain import Answer, explain
from whoholds.control.parameters import load
from whoholds.control.selection import ALL, View
from whoholds.days import AnyDay
from whoholds.ledger import Ledger
from whoholds.model import Claim, Place, Status
from whoholds.views.actors import actor_name, aligned
from whoholds.views.places import find_place
from whoholds.views.question import Question, carriers
from whoholds.views.states import State, states_of


@dataclass(frozen=True, slots=True)
class Reason:
    """One witness's share in the answer."""

    claim: Claim
    """The claim that stands for the witness."""
    carried_by: tuple[str, ...]
    """Ids of the claims that carry its word, this one's first."""
    weight: float
    """Log-likelihood ratio; 0 says nothing."""
    without: str
    """Who would have the place without it, in words."""
    support: float
    """Of the answer as it is, without this witness."""

    @property
    def carriers(self) -> int:
        """How many claims carry its word."""
        return len(self.carried_by)


@dataclass(frozen=True, slots=True)
class Why:
    """An answer taken apart."""

    place: Place
    state: State | None
    """The answer as `who` gives it; None where there is none for the day."""
    day: date
    answer: str
    support: float
    reasons: tuple[Reason, ...]
    """Those that the answer needs most come first, those against it last."""
    shortest: tuple[Claim, ...]
    """For each of the fewest witnesses without whom the answer would be `instead` its claim; empty where no set was
    found."""
    gone: tuple[str, ...]
    """Ids of all claims that carry their words: without these it would be `instead`."""
    instead: str | None


def why(
    ledger: Ledger,
    place: str,
    on: AnyDay | None = None,
    known: AnyDay | None = None,
    *,
    view: View | str = ALL,
    today: AnyDay | None = None,
) -> Why:
    """The reasons for the answer to a question as `who` takes it; without `on`, for the day of the last evidence.

    `today`: the current day, where the machine's is not to be asked.

    Raises as `who` does.
    """
    question = Question.asked(on, known, view, today)
    entry = find_place(ledger, place)
    claims = question.claims(ledger, entry.place_id)
    states = states_of(question, ledger, entry.place_id)
    state = states[0] if states else None
    copies = carriers(ledger, claims, question.known)
    wider = question.areas(ledger, claims).get(entry.place_id, [])
    return taken_apart(question, entry.place_id, state.place if state else entry.place, state, claims, wider, copies)


def taken_apart(
    question: Question,
    place_id: str,
    place: Place,
    state: State | None,
    claims: Sequence[Claim],
    wider: Sequence[Claim],
    copies: Mapping[str, str],
) -> Why:
    """The same of what is at hand: the place's answer, its claims, those of its whole province, and the carriers."""
    claims = sorted(claims, key=lambda claim: claim.id)
    said = (state.last_evidence or state.spell.start) if state else None
    day = question.on or said or question.known or question.now
    names = {claim.id for claim in wider}

    def make(left: Sequence[Claim]) -> Case | None:
        own = [claim for claim in left if claim.id not in names]
        if not own:
            return None
        extra = of_area(claim for claim in left if claim.id in names)
        asked = (day.toordinal(),)
        return case_of(own, place_id, place_of(own), load(), aligned, copies, days=asked, extra=extra)

    found = explain([*claims, *wider], make, day)
    by_id = {claim.id: claim for claim in (*claims, *wider)}
    reasons = tuple(
        Reason(
            by_id[part.witness.claims[0]],
            part.witness.claims,
            round(part.witness.weight, 3),
            answer_words(part.without),
            round(part.support, 3),
        )
        for part in found.parts
    )
    return Why(
        place=place,
        state=state,
        day=day,
        answer=answer_words(found.answer),
        support=round(found.support, 3),
        reasons=reasons,
        shortest=tuple(by_id[witness.claims[0]] for witness in found.shortest),
        gone=tuple(name for witness in found.shortest for name in witness.claims),
        instead=answer_words(found.instead) if found.instead else None,
    )


def answer_words(answer: Answer) -> str:
    """ "Islamic State", "vacated", "unknown"."""
    status, holders = answer
    return " and ".join(actor_name(holder) for holder in holders) if status is Status.HELD else str(status)
