"""What a ledger answers: reports, claims, places and issues of the latest readings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, Connection, exists, func, or_, select

from whoholds.days import AnyDay, as_day
from whoholds.errors import LedgerError
from whoholds.gazetteer.names import key
from whoholds.ledger import rows
from whoholds.ledger.codec import claim_from_json, correction_from_json
from whoholds.ledger.judging import Judging, judged
from whoholds.ledger.schema import claims, corrections, issues, place_names, readings, reports, signatures
from whoholds.model import Claim, Correction, Issue, Place, Report
from whoholds.resolve.judgements import canonical
from whoholds.resolve.origins import as_judged

AT_ONCE = 900
"""Values in one query; SQLite took no more than 999 for long."""

_newer = readings.alias("newer")
_CURRENT: ColumnElement[bool] = ~exists(
    select(_newer.c.id).where(_newer.c.report_id == claims.c.report_id, _newer.c.id > claims.c.reading_id)
)
"""True of the claims of each report's latest reading: the one that answers."""
_LATEST = select(func.max(readings.c.id)).group_by(readings.c.report_id)


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place that the ledger has claims about, with all the names reports gave it (most used first)."""

    place_id: str
    place: Place
    names: tuple[str, ...]
    claims: int


class Asking(Judging):
    """The questions to a ledger. `Ledger` has them all."""

    def _transaction(self, *, writes: bool = False) -> AbstractContextManager[Connection]:
        raise NotImplementedError

    def has(self, report_id: str, made_by: str) -> bool:
        """True where this version has read the report."""
        with self._transaction() as connection:
            return found(connection, report_id, made_by)

    def claims(self, place_id: str | Collection[str] | None = None, known: AnyDay | None = None) -> Iterator[Claim]:
        """The claims of each report's latest reading, in the order they were read; about one or some places, or all.

        `known`: only of reports that were surely published by that day. A report without a date is never sure.
        """
        query = select(claims.c.data).where(_CURRENT)
        if place_id is not None:
            ids = [place_id] if isinstance(place_id, str) else sorted(place_id)
            query = query.where(claims.c.place_id.in_(ids))
        if known is not None:
            query = query.where(claims.c.published_end <= as_day(known, "known"))
        with self._transaction() as connection:
            # Fetched before the first is used: an open query would keep other processes from writing.
            found = connection.execute(query.order_by(claims.c.reading_id, claims.c.number)).scalars().all()
            persons = canonical(judged(connection))
        return (as_judged(claim_from_json(data), persons) for data in found)

    def places_between(self, after: AnyDay, upto: AnyDay) -> list[str]:
        """Ids of the places with claims of reports published after the one day and by the other, in order."""
        c, after, upto = claims.c, as_day(after, "after"), as_day(upto, "upto")
        query = select(c.place_id).distinct().where(_CURRENT)
        query = query.where(c.published_end > after, c.published_end <= upto).order_by(c.place_id)
        with self._transaction() as connection:
            return list(connection.execute(query).scalars())

    def last_published(self) -> date | None:
        """The day by which the latest of the reports with claims was surely published; None where none is dated."""
        query = select(func.max(claims.c.published_end)).where(_CURRENT)
        with self._transaction() as connection:
            found: date | None = connection.execute(query).scalar_one()
        return found

    def report(self, report_id: str) -> Report:
        """The report as its latest reading sees it. Raises LedgerError where there is none of that id."""
        query = (
            select(reports, *(column for column in readings.c if column.name not in reports.c))
            .join(readings, readings.c.report_id == reports.c.id)
            .where(reports.c.id == report_id)
            .order_by(readings.c.id.desc())
            .limit(1)
        )
        with self._transaction() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            raise LedgerError(f"the ledger has no report {report_id}")
        return rows.report_from(row)

    def reports_of(self, report_ids: Collection[str]) -> dict[str, Report]:
        """These reports by their ids, each as its latest reading sees it; those that are not there are left out."""
        wanted = sorted(report_ids)
        result: dict[str, Report] = {}
        with self._transaction() as connection:
            for at in range(0, len(wanted), AT_ONCE):
                query = (
                    select(reports, *(column for column in readings.c if column.name not in reports.c))
                    .join(readings, readings.c.report_id == reports.c.id)
                    .where(readings.c.report_id.in_(wanted[at : at + AT_ONCE]))
                    .order_by(readings.c.id)
                )
                result.update({row["id"]: rows.report_from(row) for row in connection.execute(query).mappings()})
        return result

    def reports(self) -> Iterator[tuple[Report, int]]:
        """Every report as its latest reading sees it, with its number of claims, in the order they were read."""
        number = select(claims.c.reading_id, func.count().label("number")).group_by(claims.c.reading_id).subquery()
        query = (
            select(reports, *(column for column in readings.c if column.name not in reports.c), number.c.number)
            .join(readings, readings.c.report_id == reports.c.id)
            .outerjoin(number, number.c.reading_id == readings.c.id)
            .where(readings.c.id.in_(_LATEST))
            .order_by(readings.c.id)
        )
        with self._transaction() as connection:
            found = connection.execute(query).mappings().all()
        return ((rows.report_from(row), row["number"] or 0) for row in found)

    def called(self, name: str) -> list[Report]:
        """The reports of this id, or that people call so, in the order they were read."""
        with self._transaction() as connection:
            query = select(reports.c.id).where(or_(reports.c.id == name, reports.c.label == name))
            ids = list(connection.execute(query.order_by(reports.c.first_read_at, reports.c.id)).scalars())
        return [self.report(report_id) for report_id in ids]

    def coverage(self) -> tuple[Counter[str], Counter[str]]:
        """How many reports there are by language and by outlet ("unknown" where none is known)."""
        counts = []
        for column in (readings.c.lang, readings.c.outlet):
            query = select(column, func.count()).where(readings.c.id.in_(_LATEST)).group_by(column)
            with self._transaction() as connection:
                counts.append(Counter({value or "unknown": number for value, number in connection.execute(query)}))
        return counts[0], counts[1]

    def places(self) -> list[PlaceEntry]:
        """Every place with a claim in a latest reading, by id; its most used name and position first."""
        return self._places()

    def _places(self, *only: ColumnElement[bool]) -> list[PlaceEntry]:
        c = claims.c
        columns = (c.place_id, c.place_name, c.place_type, c.place_basis, c.country, c.lat, c.lon, c.radius_km)
        query = select(*columns, func.count().label("claims")).where(_CURRENT, *only).group_by(*columns)
        with self._transaction() as connection:
            rows_found = connection.execute(query).mappings().all()
        by_id: dict[str, list[tuple[int, Place]]] = {}
        for row in rows_found:
            by_id.setdefault(row["place_id"], []).append((row["claims"], rows.place_from(row)))
        return [_entry(place_id, variants) for place_id, variants in sorted(by_id.items())]

    def issues(self) -> list[Issue]:
        """The issues of the latest readings, and of inputs that became no report, oldest first."""
        query = select(issues).where(issues.c.reading_id.is_(None) | issues.c.reading_id.in_(_LATEST))
        with self._transaction() as connection:
            return [rows.issue_from(row) for row in connection.execute(query.order_by(issues.c.id)).mappings()]

    def counts(self) -> dict[str, int]:
        """How many reports, readings (old ones too), and claims, places and issues of the latest readings."""
        current = _CURRENT
        queries = {
            "reports": select(func.count()).select_from(reports),
            "readings": select(func.count()).select_from(readings),
            "claims": select(func.count()).select_from(claims).where(current),
            "places": select(func.count(claims.c.place_id.distinct())).where(current),
            "issues": select(func.count())
            .select_from(issues)
            .where(issues.c.reading_id.is_(None) | issues.c.reading_id.in_(_LATEST)),
        }
        with self._transaction() as connection:
            return {name: int(connection.execute(query).scalar_one()) for name, query in queries.items()}

    def place_ids(self) -> list[str]:
        """The ids of all places that any reading has claims about, in order."""
        with self._transaction() as connection:
            query = select(place_names.c.place_id).distinct().order_by(place_names.c.place_id)
            return list(connection.execute(query).scalars())

    def place(self, place_id: str) -> PlaceEntry | None:
        """The place of this id; None where no claim of a latest reading is about it."""
        found = next(iter(self._places(claims.c.place_id == place_id)), None)
        return found or next(iter(self._places_written([place_id])), None)

    def places_of(self, place_ids: Collection[str]) -> list[PlaceEntry]:
        """The places of these ids that claims are about, those included that people wrote; by id."""
        read = self._places(claims.c.place_id.in_(sorted(place_ids)))
        left = {*place_ids} - {entry.place_id for entry in read}
        return sorted([*read, *self._places_written(left)], key=lambda entry: entry.place_id) if left else read

    def _places_written(self, place_ids: Collection[str]) -> list[PlaceEntry]:
        """Those that only stand in what people wrote in place of claims."""
        wanted, found = {*place_ids}, dict[str, list[tuple[int, Place]]]()
        for correction in self.corrections():
            for claim in correction.becomes:
                if (place_id := rows.place_key(claim.place)) in wanted:
                    found.setdefault(place_id, []).append((1, claim.place))
        return [_entry(place_id, variants) for place_id, variants in sorted(found.items())]

    def of_whole_provinces(self) -> list[Claim]:
        """Asserted claims about the whole of a province or country, in order of their ids."""
        c = claims.c
        query = select(c.data).where(_CURRENT, c.place_type.in_(("province", "country")), c.mode == "asserted")
        with self._transaction() as connection:
            found = connection.execute(query.where(c.extent == "whole").order_by(c.claim_id)).scalars().all()
            persons = canonical(judged(connection))
        return [as_judged(claim_from_json(data), persons) for data in found]

    def named(self, name: str) -> list[PlaceEntry]:
        """The places that have this id, or are called so by some claim, case and accents aside; by id."""
        query = select(place_names.c.place_id).distinct()
        query = query.where(or_(place_names.c.key == key(name), place_names.c.place_id == name))
        with self._transaction() as connection:
            ids = list(connection.execute(query.order_by(place_names.c.place_id)).scalars())
        return [entry for place_id in ids if (entry := self.place(place_id)) is not None]

    def signatures(self, report_ids: Collection[str]) -> dict[str, bytes]:
        """The signatures of these reports (`resolve.signatures`); those too short for one are left out."""
        wanted, result = sorted(report_ids), {}
        with self._transaction() as connection:
            for at in range(0, len(wanted), AT_ONCE):
                query = select(signatures).where(signatures.c.report_id.in_(wanted[at : at + AT_ONCE]))
                result.update({row.report_id: row.data for row in connection.execute(query)})
        return result

    def has_corrections(self) -> bool:
        """Whether people have said anything; asked with every question."""
        with self._transaction() as connection:
            return connection.execute(select(corrections.c.id).limit(1)).first() is not None

    def corrections(self, known: AnyDay | None = None) -> list[Correction]:
        """What people said of claims and places, in order, with their numbers; `known`: by that day."""
        query = select(corrections.c.id, corrections.c.made_at, corrections.c.data).order_by(corrections.c.id)
        with self._transaction() as connection:
            rows_found = connection.execute(query).all()
        every = [replace(correction_from_json(data), number=n, at=made_at) for n, made_at, data in rows_found]
        day = as_day(known, "known")
        return [one for one in every if day is None or one.made <= day]

    def correction(self, number: int) -> Correction:
        """The one of this number. Raises KeyError where there is none."""
        query = select(corrections.c.made_at, corrections.c.data).where(corrections.c.id == number)
        with self._transaction() as connection:
            found = connection.execute(query).first()
        if found is None:
            raise KeyError(number)
        return replace(correction_from_json(found.data), number=number, at=found.made_at)

    def claim(self, claim_id: str) -> tuple[Claim, bool] | None:
        """The claim of this id, and whether it is one of its report's latest reading; None where no reading has it."""
        with self._transaction() as connection:
            row = claim_by_id(connection, claim_id)
            persons = canonical(judged(connection))
        return None if row is None else (as_judged(row[0], persons), row[1])

    def claims_of(self, report_ids: Collection[str]) -> list[Claim]:
        """The claims of the latest readings of these reports, in the order they were read."""
        wanted = sorted(report_ids)
        result: list[str] = []
        with self._transaction() as connection:
            persons = canonical(judged(connection))
            for at in range(0, len(wanted), AT_ONCE):
                latest = _LATEST.where(readings.c.report_id.in_(wanted[at : at + AT_ONCE]))
                query = select(claims.c.data).where(claims.c.reading_id.in_(latest))
                result += connection.execute(query.order_by(claims.c.reading_id, claims.c.number)).scalars().all()
        return [as_judged(claim_from_json(data), persons) for data in result]

    def has_report(self, report_id: str) -> bool:
        """Whether any version has read a report of this id."""
        with self._transaction() as connection:
            return connection.execute(select(reports.c.id).where(reports.c.id == report_id)).first() is not None


def claim_by_id(connection: Connection, claim_id: str) -> tuple[Claim, bool] | None:
    """The claim as it was read last, and whether that is its report's latest reading; inside a transaction."""
    query = select(claims.c.data, _CURRENT.label("current")).where(claims.c.claim_id == claim_id)
    row = connection.execute(query.order_by(claims.c.reading_id.desc()).limit(1)).first()
    return None if row is None else (claim_from_json(row[0]), bool(row[1]))


def found(connection: Connection, report_id: str, made_by: str) -> bool:
    """True where this version's reading of the report is there."""
    query = select(readings.c.id).where(readings.c.report_id == report_id, readings.c.made_by == made_by)
    return connection.execute(query).first() is not None


def _entry(place_id: str, variants: list[tuple[int, Place]]) -> PlaceEntry:
    """One place of its variants: reports spell it differently, and an older one may not have found it."""
    ranked = sorted(variants, key=lambda v: (v[1].lat is None, -v[0], v[1].name))
    names: dict[str, int] = {}
    for count, place in variants:
        names[place.name] = names.get(place.name, 0) + count
    return PlaceEntry(
        place_id=place_id,
        place=ranked[0][1],
        names=tuple(sorted(names, key=lambda name: (-names[name], name))),
        claims=sum(count for count, _ in variants),
    )
