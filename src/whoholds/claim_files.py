"""Claims from elsewhere: files of claims in our own format (docs/claims.md), coded by hand or made by other programs.

Each becomes a claim like one that was read: its report is the quotes that the file has of it, one a line, so that every
answer opens to words. A record that breaks the format becomes an issue, with its line; the others are kept.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whoholds.claim_records import MADE_BY, claim_of
from whoholds.errors import InputError
from whoholds.exports.text import unguarded
from whoholds.ledger.codec import to_line
from whoholds.model import (
    Anchors,
    Claim,
    Issue,
    OnIssue,
    Place,
    Report,
    Role,
    Section,
    Severity,
    Span,
)
from whoholds.pipeline import Reading
from whoholds.plain import is_tags
from whoholds.resolve.geodesy import distance_km
from whoholds.resolve.origins import origin_of

if TYPE_CHECKING:
    from whoholds.coded.mapping import Mapping
    from whoholds.gazetteer import Gazetteer
    from whoholds.gazetteer.search import Candidate
    from whoholds.ledger import Ledger

SAME_KM = 15.0
"""Kilometres between two gazetteers' points of one town, at the most; villages of one name lie farther apart."""
ROWS = 1_000
"""Rows of a table in memory at a time."""
FLAGS = ("anonymous", "unsure")
"""Fields that are true or false, which CSV writes as words."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a file, and where it stands."""

    data: dict[str, Any]
    source: str
    where: str
    """ "line 3"."""


def readings(paths: Sequence[str], on_issue: OnIssue) -> Iterator[Reading]:
    """The claims of JSON lines, CSV and Parquet files, and of folders of parts, one reading for each report in a file.

    Raises InputError where a file cannot be opened or is of another kind.
    """
    for path in chain.from_iterable(map(_files, paths)):
        # Files of one name in two folders are two reports.
        by_report: dict[tuple[str, str], list[Claim]] = {}
        for _, claim in _claims(_records(Path(path), on_issue), on_issue):
            by_report.setdefault((claim.report, claim.report_id), []).append(claim)
        with _Places() as places:
            for (label, _), its in by_report.items():
                yield _reading(label, [places.found(claim) for claim in its], path)


def coded_readings(paths: Sequence[str], mapping: Mapping, on_issue: OnIssue) -> Iterator[Reading]:
    """The claims of files of coded events, one reading for each event as it is met.

    Raises InputError where a file cannot be opened, or is no table of this data set.
    """
    from whoholds.coded.read import records

    with _Places() as places:
        for path in paths:
            found = (Record(data, path, where) for where, data in records(Path(path), mapping, on_issue))
            rows = groupby(_claims(found, on_issue), key=lambda said: (said[0], said[1].report))
            seen: dict[str, tuple[str, ...]] = {}
            for (where, label), its in rows:
                coded = [claim for _, claim in its]
                version = _version(coded)
                there = seen.get(label, ())
                if version not in there:
                    seen[label] = there = (*there, version)
                name = label
                if (number := there.index(version) + 1) > 1:
                    # Nothing says which of the two is meant: both count, each under a name that comes back.
                    name = f"{label} ({number})"
                    message = f"another row of this file has the id of {label} and says something else: both are kept"
                    on_issue(Issue("same-id", message, path, where, Severity.WARNING))
                placed = [places.found(replace(claim, report=name)) for claim in coded]
                yield replace(_reading(name, placed, path), made_by=version)


def _version(claims: Iterable[Claim]) -> str:
    """What a row says, hashed.

    A row that was corrected is another version, one that was only published anew is none.
    """
    said = "\n".join(to_line(replace(claim, published=None)) for claim in claims)
    return f"{MADE_BY} {hashlib.sha256(said.encode()).hexdigest()[:16]}"


def _claims(records: Iterable[Record], on_issue: OnIssue) -> Iterator[tuple[str, Claim]]:
    """The claims, each with where its record stands."""
    for record in records:
        try:
            yield record.where, claim_of(record.data)
        except (KeyError, TypeError, ValueError) as error:
            reason = f"the field {error} is missing" if isinstance(error, KeyError) else str(error)
            message = f"not a claim ({reason}); docs/claims.md names the fields"
            on_issue(Issue("bad-claim", message, record.source, record.where, Severity.ERROR))


def _records(path: Path, on_issue: OnIssue) -> Iterator[Record]:
    kind = path.suffix.casefold()
    if kind not in (".jsonl", ".csv", ".parquet"):
        raise InputError(
            f"{path}: claims are read from .jsonl, .csv and .parquet files. Rename it, or leave out --as claims."
        )
    if kind == ".parquet":
        yield from _rows(path)
        return
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            if kind == ".csv":
                rows = csv.DictReader(file)
                for row in rows:
                    if not is_tags(row.values()):
                        yield Record({k: _cell(k, v) for k, v in row.items() if k}, str(path), f"line {rows.line_num}")
                return
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                try:
                    data = json.loads(line)
                    if not isinstance(data, dict):
                        raise ValueError("it is no object")
                    yield Record(data, str(path), f"line {number}")
                except (ValueError, RecursionError) as error:
                    on_issue(Issue("bad-json", f"not read: {error}", str(path), f"line {number}", Severity.ERROR))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text ({error}).") from error


def _files(path: str) -> list[str]:
    """A folder that `claims --to` wrote holds claims in parts; anything else is a file of them."""
    if not Path(path).is_dir():
        return [path]
    parts = sorted(str(part) for part in (Path(path) / "claims").glob("*.parquet"))
    if not parts:
        raise InputError(f"{path}: no claims in parts are in this folder. Give a file, or what `claims --to` wrote.")
    return parts


def _rows(path: Path) -> Iterator[Record]:
    """Rows of a table of claims, as `export` and `claims --to` write it."""
    try:
        from pyarrow import ArrowException, parquet
    except ImportError:
        raise InputError(f"{path}: Parquet needs pyarrow. Install it: pip install 'whoholds[tables]'.") from None
    try:
        with parquet.ParquetFile(path) as file:
            number = 0
            for batch in file.iter_batches(ROWS):
                for row in batch.to_pylist():
                    number += 1
                    days = {name: value.isoformat() for name, value in row.items() if isinstance(value, date)}
                    yield Record({**row, **days}, str(path), f"row {number}")
    except (OSError, ArrowException) as error:
        raise InputError(f"{path}: cannot be read as Parquet ({error}).") from error


def _cell(name: str, value: Any) -> Any:
    """A cell as what it was before it was written as CSV: what has parts is JSON, an apostrophe guards text."""
    if not isinstance(value, str) or value == "":
        return None
    if name in FLAGS:
        return value == "true"
    return unguarded(value)


def says_else(reading: Reading, ledger: Ledger) -> Issue | None:
    """What to tell of a file's report that the ledger has word for word, with other claims, which stay."""
    if reading.made_by != MADE_BY:
        return None
    report = reading.report
    if {*map(_said, reading.claims)} == {*map(_said, ledger.claims_of([report.id]))}:
        return None
    message = (
        f"{report.label}: the ledger has a report of these very quotes with other claims, which stay. Put them right"
        " with `whoholds review`, or read the file into another ledger"
    )
    return Issue("known-otherwise", message, report.source, severity=Severity.WARNING)


def _said(claim: Claim) -> tuple[object, ...]:
    """What makes two claims with one quote different ones."""
    c, place = claim, claim.place
    return (c.kind, c.mode, c.stance, c.actor, c.against, c.jointly_with, c.extent, place.name, place.country, c.when)


def _reading(label: str, claims: Sequence[Claim], source: str) -> Reading:
    """The claims of one report, their quotes put together as its text."""
    quotes = list(dict.fromkeys(claim.quote_text for claim in claims))
    text = "\n".join([*quotes, "", f"Claims coded in {label}"])
    starts, at = {}, 0
    for quote in quotes:
        starts[quote] = at
        at += len(quote) + 1
    report = Report(
        label,
        text,
        tuple(Section(Span(starts[quote], starts[quote] + len(quote)), Role.BODY) for quote in quotes),
        outlet=next((claim.outlet for claim in claims if claim.outlet), None),
        published=next((claim.published for claim in claims if claim.published), None),
        source=source,
    )
    return Reading(report, tuple(dict.fromkeys(_in(report, claim, starts) for claim in claims)), made_by=MADE_BY)


def _in(report: Report, claim: Claim, starts: dict[str, int]) -> Claim:
    start = starts[claim.quote_text]
    span = Span(start, start + len(claim.quote_text))
    at = claim.quote_text.find(claim.place.name)
    place = Span(start + at, start + at + len(claim.place.name)) if at >= 0 else span
    placed = replace(claim, report_id=report.id, quote=span, anchors=Anchors(cue=span, place=place))
    return replace(placed, origin=origin_of(placed))


class _Places:
    """Finds places that come with a name only; the gazetteer is opened when the first does."""

    def __init__(self) -> None:
        self._gazetteer: Gazetteer | None = None

    def __enter__(self) -> _Places:
        return self

    def __exit__(self, *_: object) -> None:
        if self._gazetteer:
            self._gazetteer.close()

    def found(self, claim: Claim) -> Claim:
        """The claim with its place as the gazetteer has it: by its number, else by its name.

        Of several of the name, in its country, the one at its coordinates; without coordinates the most populous.
        """
        place = claim.place
        if place.place_id and (place.lat is not None or not place.place_id.startswith("geonames:")):
            return claim
        if self._gazetteer is None:
            from whoholds.gazetteer import Gazetteer

            self._gazetteer = Gazetteer.open()
        if place.place_id:
            best, reason = self._gazetteer.place(place.place_id), "by its number"
        else:
            best, reason = _best(place, self._gazetteer)
        if best is None:
            return claim
        return replace(
            claim,
            place=replace(
                place,
                name=best.name if place.name.startswith("GeoNames ") else place.name,
                place_id=best.place_id,
                lat=best.lat,
                lon=best.lon,
                country=best.country,
                radius_km=best.radius_km,
                basis="gazetteer",
                reason=reason,
            ),
        )


def _best(place: Place, gazetteer: Gazetteer) -> tuple[Candidate | None, str]:
    """Which place of the name, and why."""
    wanted = (place.country,) if place.country else ()
    named = gazetteer.candidates(place.name, countries=wanted)
    fits = [c for c in named if c.place_type is place.place_type and c.country in (wanted or (c.country,))]
    if place.lat is not None and place.lon is not None:
        far = {c.place_id: distance_km(place.lat, place.lon, c.lat, c.lon) for c in fits}
        near = [c for c in fits if far[c.place_id] <= SAME_KM]
        return min(near, key=lambda c: far[c.place_id], default=None), "of the name, at its coordinates"
    if not fits:
        return None, ""
    return fits[0], f"the most populous of {len(fits)} of the name" if len(fits) > 1 else "the only one of the name"
