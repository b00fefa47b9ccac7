"""What a brief has to tell of: the states of an area before and after, what happened between, and who differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta

from whoholds.errors import WhoholdsError
from whoholds.gazetteer import Gazetteer
from whoholds.gazetteer.names import fold
from whoholds.ledger import Ledger, PlaceEntry
from whoholds.ledger.rows import place_key
from whoholds.model import Claim, Place, PlaceType, Status
from whoholds.views.accounts import Account, accounts
from whoholds.views.actors import country_name
from whoholds.views.events import Event, Happened, events
from whoholds.views.nesting import Divisions
from whoholds.views.question import Question
from whoholds.views.states import State, answers, evidence_of

REPORTS = "the reports themselves"
MOST_NAMED = 12
"""Areas named in the message that an area is not in the ledger."""


class AreaError(WhoholdsError):
    """No place of the ledger lies in the area that was asked for."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a brief says, before it is put into words."""

    area: str
    first: date
    last: date
    question: Question
    changes: tuple[Event, ...]
    """Of the days from `first` to `last`, by day."""
    fights: tuple[Event, ...]
    before: tuple[State, ...]
    """As things stood on the day before `first`."""
    after: tuple[State, ...]
    rivals: tuple[tuple[State, tuple[Account, ...]], ...]
    """Places whose holder is told in more than one way, with each side's account."""
    planned: tuple[Claim, ...]
    """What was announced and not told of as done."""
    heard: Counter[str | None]
    """Claims about the places by the side of their speaker; None where it is not known, `REPORTS` where none speaks."""
    concerned: tuple[str, ...]
    """The sides that hold, held or fought for a place in these days."""
    provinces: tuple[str, ...]
    """First-level divisions that the places lie in."""
    silent_towns: int
    """Towns of the area's provinces that the gazetteer has and no claim of the ledger is about."""
    unplaced: int
    """Places that reports of the area's country name and that were not found on a map."""
    reports: int
    """In the whole ledger."""
    other_languages: int


def facts(ledger: Ledger, area: str, first: date, last: date, question: Question) -> Facts:
    """The facts of an area. `question`: the clock and the view; the days are `first` and `last`.

    Raises AreaError where no place of the ledger lies in the area, with the areas that it has.
    """
    entries = places_in(ledger, area)
    ids = [entry.place_id for entry in entries]
    names = _told_apart(entries)
    before, after = (_states(ledger, ids, day, question, names) for day in (first - timedelta(days=1), last))
    upto = Question(last, question.known, question.view)
    claims = upto.claims(ledger, ids)
    by_id = evidence_of(upto, ledger, claims)
    found = [replace(e, place=_named(e.place, names)) for e in events(upto.courses(ledger, claims), by_id)]
    fights = [e for e in found if e.what is Happened.FIGHTING and e.by <= last and (e.last or last) >= first]
    changes = [e for e in found if e.what is not Happened.FIGHTING and first <= e.day <= last]
    languages, _ = ledger.coverage()
    provinces, silent = _silent(ledger, [state.place for state in after], upto)
    planned = (c for c in claims if c.mode == "planned" and _within(c, first, last))
    rivals = [(state, tuple(accounts(upto, ledger, state.spell.place_id))) for state in after]
    return Facts(
        area=area,
        first=first,
        last=last,
        question=question,
        changes=tuple(sorted(changes, key=lambda event: (event.day, event.place.name))),
        fights=tuple(fights),
        before=tuple(before),
        after=tuple(after),
        rivals=tuple((state, its) for state, its in rivals if state.spell.disputed or _differ(its)),
        planned=tuple(replace(claim, place=_named(claim.place, names)) for claim in planned),
        heard=Counter(claim.voices[0].side if claim.voices else REPORTS for claim in claims),
        concerned=_concerned([*changes, *fights], [*before, *after]),
        provinces=provinces,
        silent_towns=silent,
        unplaced=sum(entry.place.lat is None for entry in entries),
        reports=languages.total(),
        other_languages=languages.total() - sum(n for name, n in languages.items() if name.startswith("en")),
    )


def places_in(ledger: Ledger, area: str) -> list[PlaceEntry]:
    """The places of the ledger that lie in a country (name or alpha-3 code) or province, or have the name.

    Raises AreaError, naming what there is.
    """
    wanted = fold(area)
    found, areas = [], Counter[str]()
    with closing(Divisions()) as divisions:
        for entry in ledger.places():
            place = entry.place
            division = divisions.of(place)
            inside = [division, country_name(place.country), place.country, *entry.names]
            areas.update(filter(None, [division or country_name(place.country)]))
            if wanted and wanted in {fold(name) for name in inside if name}:
                found.append(entry)
    if not found:
        known = ", ".join(name for name, _ in areas.most_common(MOST_NAMED)) or "none yet; read reports first"
        raise AreaError(f"No place of this ledger lies in {area!r}. It has places in: {known}.")
    return found


def _silent(ledger: Ledger, places: Sequence[Place], question: Question) -> tuple[tuple[str, ...], int]:
    """The provinces that places lie in, and how many towns of theirs no claim is about, inside the area or not."""
    provinces, towns = list[str](), set[str]()
    with Gazetteer.open() as gazetteer:
        for country in sorted({place.country for place in places if place.country}):
            its = gazetteer.towns(country)
            codes = {**gazetteer.districts(country), **its}
            mine = {codes.get(place_key(place), "") for place in places} - {""}
            divisions = [(gazetteer.division(country, code), code) for code in mine]
            provinces += sorted((division.name if division else None) or code for division, code in divisions)
            towns |= {place_id for place_id, code in its.items() if code in mine}
    named = sorted(towns & {*ledger.place_ids()})
    heard = {place_key(claim.place) for claim in question.claims(ledger, named)} if named else set()
    return tuple(dict.fromkeys(provinces)), len(towns - heard)


def _told_apart(entries: Sequence[PlaceEntry]) -> dict[str, str]:
    """By their ids, what to call places that share a name: "Donetsk" the town and "Donetsk (province)"."""
    found: dict[str, str] = {}
    with closing(Divisions()) as divisions:

        def kind(place: Place) -> str:
            return "" if place.place_type is PlaceType.SETTLEMENT else str(place.place_type)

        marks = (
            lambda entry: kind(entry.place),
            lambda entry: ", ".join(filter(None, [kind(entry.place), divisions.of(entry.place) or ""])),
            lambda entry: entry.place_id,
        )
        for mark in marks:
            shared = Counter(found.get(entry.place_id, entry.place.name) for entry in entries)
            for entry in entries:
                if shared[found.get(entry.place_id, entry.place.name)] > 1:
                    said = mark(entry)
                    found[entry.place_id] = f"{entry.place.name} ({said})" if said else entry.place.name
    return found


def _named(place: Place, names: Mapping[str, str]) -> Place:
    return replace(place, name=names.get(place_key(place), place.name))


def _states(ledger: Ledger, ids: Sequence[str], day: date, question: Question, names: Mapping[str, str]) -> list[State]:
    asked = Question(day, question.known, question.view)
    found = answers(asked, ledger, asked.claims(ledger, list(ids)))
    return [replace(s, spell=replace(s.spell, place=_named(s.spell.place, names))) for s in found]


def _concerned(found: Sequence[Event], states: Sequence[State]) -> tuple[str, ...]:
    held = [holder for state in states if state.spell.status is Status.HELD for holder in state.spell.holders]
    return tuple(sorted({*held, *(actor for event in found for actor in event.actors)}))


def _differ(its: Sequence[Account]) -> bool:
    """Whether two accounts name different holders."""
    said = {account.state.spell.holders for account in its if account.state.spell.status is not Status.UNKNOWN}
    return len(said) > 1


def _within(claim: Claim, first: date, last: date) -> bool:
    told = claim.published.end if claim.published else None
    return told is not None and first <= told <= last and claim.place.place_type is not PlaceType.COUNTRY
