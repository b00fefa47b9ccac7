"""Everything the map shows, as plain data: the shape is `mapshape.MapData`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from importlib.metadata import version
from itertools import pairwise
from typing import cast

from whoholds.control.evidence import last_day, tells_holder
from whoholds.control.selection import ALL, View
from whoholds.days import AnyDay
from whoholds.ledger import Ledger
from whoholds.ledger.rows import place_key
from whoholds.model import Claim, Place, Report, Span, Spell
from whoholds.plain import iso
from whoholds.views.actors import actor_name, country_name
from whoholds.views.colours import actor_colours
from whoholds.views.context import context_of
from whoholds.views.mapcourses import accounts_of, clock_of, versions_of
from whoholds.views.mapshape import (
    MapActor,
    MapAsked,
    MapClaim,
    MapData,
    MapFrame,
    MapMade,
    MapPlace,
    MapReport,
    MapSpell,
    MapUnplaced,
    MapWhy,
    MarkType,
)
from whoholds.views.question import Question, carriers
from whoholds.views.states import begins, begun, evidence_of, last_state, of_place, rests_on
from whoholds.views.why import Why, taken_apart

Colours = Callable[[Iterable[str]], dict[str, str]]

TITLE = "Who holds what, as reported"
DISCLAIMER = (
    "A record of what was publicly reported, read by a program; it may be wrong or out of date. Not for targeting, for "
    "clearing movements, or for judging persons. Control is not legitimacy."
)
UNCOLOURED = "#8c9198"
WEEK = timedelta(days=7)
MOST_CLAIMS = 20_000
"""Up to so many claims a map has also those that no answer rests on (plans, denials); with more it would grow large."""
WEIGHED_CLAIMS = 10_000
"""Up to so many claims a map says what each adds to the latest answer: that takes about a millisecond a claim."""
WEIGHED_OF_PLACE = 100
"""The same of one place: each witness is left out in turn, so that the work grows with their square."""


def map_data(
    ledger: Ledger,
    on: AnyDay | None = None,
    known: AnyDay | None = None,
    *,
    view: View | str = ALL,
    colours: Colours = actor_colours,
    clock: bool = True,
) -> MapData:
    """The map of a ledger. `on`: up to this day; `known`: by the reports published up to this day; `view`: by whom.

    `colours` gives each actor id a colour, for ids that come once for each place the actor holds. `clock`: with the
    places as they were known on earlier days. Raises WhoholdsError where a day is none, ViewError where the view is.
    """
    question = Question.asked(on, known, view)
    claims = question.claims(ledger)
    by_id = evidence_of(question, ledger, claims)
    by_place: dict[str, list[Spell]] = {}
    for course in question.courses(ledger, claims):
        if its := begun(course, by_id, question.on):
            by_place[its[0].place_id] = its
    accounts = accounts_of(question, ledger, claims)
    days = clock_of(claims) if clock else []
    versions = versions_of(question, ledger, claims, days)
    every = [
        *by_place.values(),
        *(course for rivals in accounts.values() for _, course in rivals),
        *(course for known_so in versions.values() for _, course in known_so),
    ]
    used = {name for course in every for spell in course for name in (*spell.claims_for, *spell.claims_against)}
    shown = {name: claim for name, claim in by_id.items() if name in used or len(by_id) <= MOST_CLAIMS}
    reports = {name: ledger.report(name) for name in sorted({claim.report_id for claim in shown.values()})}
    places: list[MapPlace] = []
    unplaced: list[MapUnplaced] = []
    weighed = _weighed(question, ledger, claims, by_place, by_id) if len(claims) <= WEIGHED_CLAIMS else {}
    for place_id, course in by_place.items():
        entry = entry_of(place_id, course, by_id)
        if rivals := accounts.get(place_id):
            entry["accounts"] = [{"side": side, "spells": _spells(said, by_id, question.on)} for side, said in rivals]
        if known_so := versions.get(place_id):
            entry["versions"] = [
                {"known": day.isoformat(), "spells": _spells(version, by_id, question.on)} for day, version in known_so
            ]
        if place_id in weighed:
            entry["why"] = _why(weighed[place_id])
        if "lat" in entry:
            places.append(cast(MapPlace, entry))
        else:
            unplaced.append(entry)
    data: MapData = {
        "title": TITLE,
        "disclaimer": DISCLAIMER,
        "made": _made(question),
        "actors": _actors(by_place.values(), every, shown.values(), colours),
        "places": places,
        "unplaced": unplaced,
        "claims": {name: map_claim(claim, reports[claim.report_id]) for name, claim in sorted(shown.items())},
        "reports": {name: map_report(report) for name, report in reports.items()},
        "countries": map_countries(entry["country"] for entry in (*places, *unplaced)),
        "histogram": histogram_of(claims),
    }
    if days:
        data["clock"] = [day.isoformat() for day in days]
    return data


def _weighed(
    question: Question,
    ledger: Ledger,
    claims: Sequence[Claim],
    courses: Mapping[str, Sequence[Spell]],
    by_id: Mapping[str, Claim],
) -> dict[str, Why]:
    """The latest answers taken apart, where more than one claim speaks of the place, and not too many."""
    about: dict[str, list[Claim]] = {}
    for claim in claims:
        about.setdefault(place_key(claim.place), []).append(claim)
    copies, areas = carriers(ledger, claims, question.known), question.areas(ledger, [*claims])
    found = {}
    for place_id, course in courses.items():
        said, wider = about.get(place_id, []), areas.get(place_id, [])
        if said and 1 < len(said) + len(wider) <= WEIGHED_OF_PLACE:
            state = last_state(course, by_id, question)
            found[place_id] = taken_apart(question, place_id, state.place, state, said, wider, copies)
    return found


def _why(found: Why) -> MapWhy:
    return {
        "day": found.day.isoformat(),
        "answer": found.answer,
        "support": found.support,
        "reasons": [
            {
                "claim": reason.claim.id,
                "weight": reason.weight,
                "without": reason.support,
                "instead": "" if reason.without == found.answer else reason.without,
            }
            for reason in found.reasons
        ],
        "shortest": [claim.id for claim in found.shortest],
        "instead": found.instead,
    }


def frame(question: Question) -> MapFrame:
    """What stands around the data: title, disclaimer, who made it and what was asked."""
    return {"title": TITLE, "disclaimer": DISCLAIMER, "made": _made(question)}


def _made(question: Question) -> MapMade:
    asked: MapAsked = {"on": iso(question.on), "known": iso(question.known)}
    return {"program": f"whoholds {version('whoholds')}", "asked": asked}


def histogram_of(claims: Iterable[Claim]) -> list[tuple[str, int]]:
    """How many claims speak of each day, by the last day they speak of; ISO dates in order."""
    counted = Counter(day for claim in claims if (day := last_day(claim)))
    return [(day.isoformat(), count) for day, count in sorted(counted.items())]


def _spells(
    course: Iterable[Spell], claims: Mapping[str, Claim], on: date | None = None, *, with_claims: bool = True
) -> list[MapSpell]:
    its = begun(course, claims, on)
    found = (_spell(spell, claims, rests_on(its, number)) for number, spell in enumerate(its))
    return [spell if with_claims else spell | {"claims": [], "against": []} for spell in found]


def entry_of(
    place_id: str, course: Sequence[Spell], claims: Mapping[str, Claim], *, with_claims: bool = True
) -> MapUnplaced | MapPlace:
    """A place of the map. `claims` by id; without `with_claims` the ids of what its spells rest on are left out."""
    place: Place = course[-1].place
    entry: MapUnplaced = {
        "id": place_id,
        "name": place.name,
        "type": str(place.place_type),
        "radius_km": place.radius_km,
        "country": place.country,
        "basis": place.basis,
        "spells": _spells(course, claims, with_claims=with_claims),
    }
    if place.lat is None or place.lon is None:
        return entry
    return MapPlace(**entry, lat=round(place.lat, 5), lon=round(place.lon, 5))


def _spell(spell: Spell, claims: Mapping[str, Claim], for_it: Sequence[str]) -> MapSpell:
    return {
        "start": iso(spell.start),
        "begins": iso(begins(spell, claims)),
        "end": iso(spell.end),
        "status": str(spell.status),
        "holders": list(spell.holders),
        "support": spell.support,
        "fighting": spell.fighting,
        "disputed": spell.disputed,
        "divided": spell.divided,
        "claims": list(for_it),
        "against": list(spell.claims_against),
        "evidence": evidence_days(of_place(spell, claims)),
    }


def evidence_days(claims: Iterable[Claim]) -> list[str]:
    """When these claims say who has a place: the last day of each, of days less than a week apart the last; then whole
    times of a week and more for which a state is told.
    """
    telling = [claim for claim in claims if tells_holder(claim)]
    days = sorted({day for claim in telling if (day := last_day(claim))})
    kept = [day for day, after in pairwise(days) if after - day >= WEEK] + days[-1:]
    told = [(c.when.start, last_day(c)) for c in telling if c.kind.is_state]
    times = {(start, day) for start, day in told if start and day and day - start >= WEEK}
    return [*(day.isoformat() for day in kept), *(f"{start}/{day}" for start, day in sorted(times))]


def _actors(
    courses: Iterable[Sequence[Spell]],
    every: Iterable[Sequence[Spell]],
    claims: Iterable[Claim],
    colours: Colours,
) -> dict[str, MapActor]:
    """Every actor that the page names; those that hold most places choose their colours first."""
    held = [actor for course in courses for actor in sorted({holder for spell in course for holder in spell.holders})]
    named = {holder for course in every for spell in course for holder in spell.holders}
    for claim in claims:
        sides = (voice.side for voice in claim.voices)
        named |= {actor for actor in (claim.actor, claim.against, *claim.jointly_with, *sides) if actor}
    coloured = colours([*held, *sorted(named - {*held})])
    return map_actors({*held, *named}, coloured)


def map_actors(named: Iterable[str], coloured: Mapping[str, str]) -> dict[str, MapActor]:
    """Actors by their ids, in order."""
    return {actor: {"name": actor_name(actor), "colour": coloured.get(actor, UNCOLOURED)} for actor in sorted({*named})}


def map_countries(codes: Iterable[str | None]) -> dict[str, str]:
    """Everyday names of countries by their codes, in order of the codes; those that nobody knows are left out."""
    named = {code: country_name(code) for code in sorted({code for code in codes if code})}
    return {code: name for code, name in named.items() if name and name != code}


def map_claim(claim: Claim, report: Report) -> MapClaim:
    """A claim in its sentence, with its words marked."""
    text, start = context_of(report, claim.quote)
    anchors = claim.anchors
    spans: list[tuple[Span | None, MarkType]] = [
        (anchors.actor, "actor"),
        (anchors.place, "place"),
        (anchors.cue, "cue"),
        (anchors.time, "time"),
        (anchors.speaker, "speaker"),
    ]
    within = Span(start, start + len(text))
    quote = (max(claim.quote.start - start, 0), min(claim.quote.end - start, len(text)))
    return {
        "kind": str(claim.kind),
        "actor": claim.actor,
        "against": claim.against,
        "mode": str(claim.mode),
        "stance": str(claim.stance),
        "extent": claim.extent,
        "part": claim.part,
        "start": iso(claim.when.start),
        "end": iso(claim.when.end),
        "voices": [
            {
                "name": voice.name,
                "role": voice.role,
                "anonymous": voice.anonymous,
                "told": voice.told,
                "side": voice.side,
            }
            for voice in claim.voices
        ],
        "report": claim.report_id,
        "place": place_key(claim.place),
        "origin": claim.origin,
        "context": text,
        "quote": quote,
        "marks": sorted(
            (span.start - start, span.end - start, kind) for span, kind in spans if span and within.covers(span)
        ),
    }


def map_report(report: Report) -> MapReport:
    """What the page says of a report."""
    published = report.published
    return {
        "label": report.label,
        "title": report.title,
        "outlet": report.outlet,
        "url": report.url,
        "published": iso(published.end or published.start) if published else None,
    }
