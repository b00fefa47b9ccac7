"""Judging claims: accept, reject, correct, split, mark as a copy, and take it back. `standing` says what counts.

What a person writes in place of a claim is a claim of its own: the fields that were changed, the rest as it was read,
with full confidence and made by "person".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from whoholds.errors import InputError
from whoholds.gazetteer.names import key
from whoholds.ledger import Ledger
from whoholds.ledger.people import MADE_BY
from whoholds.model import Claim, Correction, Kind, Mode, Place, Report, Span, Stance, Verdict, Voice, When
from whoholds.resolve.compose import of_gazetteer
from whoholds.resolve.origins import origin_of
from whoholds.resolve.persons import speaker_key

BASIS = "put right by a person"
FIELDS = (
    *("kind", "mode", "stance", "actor", "against", "jointly_with", "place", "place_id", "start", "end"),
    *("extent", "part", "share", "destination", "speaker", "speaker_role", "speaker_side", "anonymous", "told"),
    *("quote_start", "quote_end"),
)
"""What can be put right, as the records of docs/claims.md name it."""
EXTENTS = ("whole", "most", "part")


@dataclass(frozen=True, slots=True)
class Judge:
    """Somebody who judges the claims of a ledger."""

    ledger: Ledger
    by: str
    today: date

    def accept(self, claim_id: str, reason: str = "") -> Correction:
        """The report says so. Raises InputError where there is no such claim, as all of these do."""
        return self._say(Verdict.RIGHT, claim_id, reason)

    def reject(self, claim_id: str, reason: str = "") -> Correction:
        """The report does not say so."""
        return self._say(Verdict.WRONG, claim_id, reason)

    def change(self, claim_id: str, fields: Mapping[str, Any], reason: str = "") -> Correction:
        """The report says something else in some fields (`FIELDS`); None is empty. Raises InputError where one is not
        as it must be."""
        return self._say(Verdict.CHANGED, claim_id, reason, becomes=(self.corrected(claim_id, fields),))

    def corrected(self, claim_id: str, fields: Mapping[str, Any]) -> Claim:
        """What `change` would put in the claim's place."""
        return self._changed(self._claim(claim_id), fields)

    def split(self, claim_id: str, parts: Sequence[Mapping[str, Any]], reason: str = "") -> Correction:
        """The report says several things; each part has what it has of its own."""
        about = self._claim(claim_id)
        becomes = tuple(self._changed(about, fields) for fields in parts)
        if len({claim.id for claim in becomes}) < max(len(becomes), 2):
            raise InputError(
                "the parts of a split must differ, in actor, place, kind, mode or quote, and be two or more"
            )
        return self._say(Verdict.SPLIT, claim_id, reason, becomes=becomes)

    def copy(self, claim_id: str, of: str, reason: str = "") -> Correction:
        """The claim's report is a copy of the report with the id `of`."""
        about = self._claim(claim_id)
        if of == about.report_id:
            raise InputError("a report is no copy of itself")
        if not self.ledger.has_report(of):
            raise InputError(f"the ledger has no report {of}")
        return self._say(Verdict.COPY, claim_id, reason, copy_of=of)

    def undo(self, number: int, reason: str = "") -> Correction:
        """Take a judgement of a claim back, by its number, whoever made it."""
        given = self.ledger.corrections()
        undone = next((c for c in given if c.number == number), None)
        if undone is None or undone.verdict is Verdict.UNDONE or undone.claim_id is None:
            raise InputError(f"there is no judgement {number} of a claim. See all: whoholds review list")
        if any(c.undoes == number for c in given):
            raise InputError(f"judgement {number} was taken back before")
        return self._store(
            Correction(Verdict.UNDONE, self.by, self.today, reason, undone.claim_id, about=undone.about, undoes=number)
        )

    def state(self, place_id: str, holders: Sequence[str], when: When | None, reason: str) -> Correction:
        """Who held a place, by the person's own knowledge."""
        entry = self.ledger.place(place_id)
        if entry is None:
            raise InputError(f"the ledger has no claim about a place {place_id}")
        return self._store(
            Correction(Verdict.STATE, self.by, self.today, reason, None, entry.place, tuple(holders), when)
        )

    # ---- inside

    def _claim(self, claim_id: str) -> Claim:
        found = self.ledger.claim(claim_id)
        if found is None:
            raise InputError(f"the ledger has no claim {claim_id}")
        return found[0]

    def _say(self, verdict: Verdict, claim_id: str, reason: str, **fields: Any) -> Correction:
        about = self._claim(claim_id)
        if about.rule == Correction.RULE:
            raise InputError("what a person said of a place is no claim to judge; say otherwise of the place")
        return self._store(Correction(verdict, self.by, self.today, reason, claim_id, about=about, **fields))

    def _store(self, correction: Correction) -> Correction:
        if not self.by.strip():
            raise InputError("a judgement needs the name of who makes it")
        return self.ledger.correction(self.ledger.correct(correction))

    def _changed(self, claim: Claim, fields: Mapping[str, Any]) -> Claim:
        if unknown := sorted({*fields} - {*FIELDS}):
            raise InputError(f"a claim has no field {', '.join(unknown)} to put right; it has {', '.join(FIELDS)}")
        given = {name: None if value == "" else value for name, value in fields.items()}
        return changed(claim, given, self.ledger.report(claim.report_id), self._place(claim.place, given))

    def _place(self, was: Place, given: Mapping[str, Any]) -> Place:
        """The place of a changed claim: by its id, of the ledger or the gazetteer, or as its name alone."""
        name = given.get("place", was.name)
        if not name:
            raise InputError("a claim needs the name of its place")
        if "place_id" not in given:
            if name == was.name:
                return was
            alike = key(name) in key(was.name) or key(was.name) in key(name)
            return replace(was, name=name) if alike else Place(name, was.place_type, country=was.country)
        place_id = given["place_id"]
        if not place_id:
            return Place(name, was.place_type, country=was.country)
        found = place_of_id(self.ledger, place_id)
        if found is None:
            raise InputError(f"neither the ledger nor the gazetteer has a place {place_id}")
        return replace(found, name=given.get("place") or found.name)


def place_of_id(ledger: Ledger, place_id: str) -> Place | None:
    """The place of an id, of the ledger or else of the gazetteer."""
    entry = ledger.place(place_id)
    if entry is not None:
        return entry.place
    from whoholds.gazetteer import Gazetteer

    with Gazetteer.open() as gazetteer:
        candidate = gazetteer.place(place_id)
    if candidate is None:
        return None
    return of_gazetteer(candidate, candidate.name, BASIS)


def changed(claim: Claim, given: Mapping[str, Any], report: Report, place: Place) -> Claim:
    """The claim with the given fields; None empties one. Raises InputError where a value is none that a field takes."""
    quote = Span(given.get("quote_start", claim.quote.start), given.get("quote_end", claim.quote.end))
    if not 0 <= quote.start < quote.end <= len(report.text):
        raise InputError(f"the quote {quote.start} to {quote.end} does not lie in the report's text")
    extent = given.get("extent", claim.extent)
    if extent is not None and extent not in EXTENTS:
        raise InputError(f"{extent!r} is no extent; there are {', '.join(EXTENTS)}")
    made = replace(
        claim,
        kind=_one_of(Kind, given, "kind", claim.kind),
        mode=_one_of(Mode, given, "mode", claim.mode),
        stance=_one_of(Stance, given, "stance", claim.stance),
        actor=given.get("actor", claim.actor),
        against=given.get("against", claim.against),
        jointly_with=tuple(given.get("jointly_with", claim.jointly_with) or ()),
        place=place,
        when=_when(claim.when, given),
        extent=extent,
        part=given.get("part", claim.part),
        share=given.get("share", claim.share),
        destination=given.get("destination", claim.destination),
        voices=_voices(claim.voices, given),
        quote=quote,
        quote_text=quote.of(report.text),
        confidence=1.0,
        made_by=MADE_BY,
    )
    return replace(made, origin=origin_of(made))


def _one_of(kind: type[StrEnum], given: Mapping[str, Any], name: str, was: Any) -> Any:
    value = given.get(name)
    if value is None:
        return was
    try:
        return kind(value)
    except ValueError:
        raise InputError(f"{value!r} is no {name}; there are {', '.join(kind)}") from None


def _when(was: When, given: Mapping[str, Any]) -> When:
    if not {"start", "end"} & {*given}:
        return was
    days = []
    for name, day in (("start", was.start), ("end", was.end)):
        value = given.get(name, day)
        try:
            days.append(date.fromisoformat(value) if isinstance(value, str) else value)
        except ValueError:
            raise InputError(f"{name}: {value!r} is not a date. Write year-month-day, for example 2016-03-13") from None
    try:
        return When(days[0], days[1], BASIS, "day" if days[0] == days[1] else "range")
    except ValueError:
        raise InputError(f"the claim would end ({days[1]}) before it starts ({days[0]})") from None


def _voices(was: tuple[Voice, ...], given: Mapping[str, Any]) -> tuple[Voice, ...]:
    named = {
        "speaker": "name",
        "speaker_role": "role",
        "speaker_side": "side",
        "anonymous": "anonymous",
        "told": "told",
    }
    fields = {named[name]: value for name, value in given.items() if name in named}
    if not fields:
        return was
    if "anonymous" in fields:
        fields["anonymous"] = bool(fields["anonymous"])
    first = replace(was[0] if was else Voice(), **fields)
    first = replace(first, person=speaker_key(first))
    if first == Voice():
        return was[1:]
    return (first, *was[1:])
