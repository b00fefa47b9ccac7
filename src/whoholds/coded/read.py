"""Rows of a data set → records in our own format of claims (`claim_files` makes claims of them)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from whoholds.coded.mapping import PRECISIONS, ClaimRule, Coding, Mapping, Panel, Who
from whoholds.coded.names import Names
from whoholds.coded.rows import Rows, read
from whoholds.errors import InputError
from whoholds.model import Issue, OnIssue, Severity

MONTHS = ("", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip
Row = dict[str, str]
Record = tuple[str, dict[str, Any]]
"""Where it stands in the file, and the claim's fields."""


def records(path: Path, mapping: Mapping, on_issue: OnIssue) -> Iterator[Record]:
    """The claims of a file, in its order; of a panel, as runs end. A row that cannot be read is an issue.

    Raises InputError where the file is no table, or lacks a column that the mapping needs.
    """
    from whoholds.annotate.lexicon.lexicon import Lexicon

    table = read(path)
    names = Names(mapping.actors, Lexicon.load())
    maker = _Panel(mapping, mapping.panel, names) if mapping.panel else _Events(mapping, names)
    maker.look(table)
    missing = [column for column in maker.needs() if column not in table.columns]
    if missing:
        raise InputError(
            f"{path}: no column {', '.join(map(repr, missing))}, which {mapping.name} has; is it another data set?"
        )
    maker.begin(table)
    for where, row in table.rows:
        try:
            if isinstance(row, str):
                raise ValueError(row)
            yield from ((where, record) for record in maker.of(row))
        except ValueError as error:
            on_issue(Issue("bad-row", f"not read: {error}", str(path), where, Severity.ERROR))
    yield from (("end", record) for record in maker.rest())
    if maker.passed_over:
        message = f"rows that say nothing of who holds a place: {maker.passed_over:,}, passed over"
        on_issue(Issue("passed-over", message, str(path), severity=Severity.NOTE))
    for code, (precision, number) in maker.inexact.items():
        message = f"the day's precision {code[:40]!r} is not known: taken as {precision}, in rows: {number:,}"
        on_issue(Issue("unknown-precision", message, str(path), severity=Severity.WARNING))
    for name, actor in names.unknown.items():
        message = f"the actor {name[:80]!r} is not in the lexicon: kept as {actor} (docs/coded.md)"
        on_issue(Issue("unknown-actor", message, str(path), severity=Severity.NOTE))


class _Maker:
    """Makes records of rows."""

    def __init__(self, mapping: Mapping, names: Names) -> None:
        self.mapping = mapping
        self.names = names
        self.passed_over = 0
        """Rows that no rule makes a claim of."""
        self.inexact: dict[str, tuple[str, int]] = {}
        """Codes of a day's precision that the mapping lacks: what they were taken as, and in how many rows."""

    def look(self, table: Rows) -> None:
        """Before it is asked what it needs."""

    def begin(self, table: Rows) -> None:
        """Before the first row."""

    def rest(self) -> Iterator[dict[str, Any]]:
        """After the last."""
        return iter(())

    def _place(self, row: Row) -> dict[str, Any]:
        its = self.mapping.place
        number = row.get(its.geonames or "")
        name = row.get(its.name or "") or (f"GeoNames {number}" if number else "")
        if not name:
            raise ValueError("it names no place")
        lat, lon = row.get(its.lat or ""), row.get(its.lon or "")
        return {
            "place": name,
            "place_type": _coded(row, its.type) or "settlement",
            "lat": lat or None,
            "lon": lon or None,
            "country": self.names.country(row.get(its.country or "", "")),
            "place_basis": "as coded" if lat else None,
            "geonames": number or None,
        }


class _Events(_Maker):
    """A row is an event."""

    def needs(self) -> list[str]:
        m = self.mapping
        sides = [column for side in m.sides for column in (side.actor, side.allies, side.kind)]
        when: list[str | None] = [m.when.start, m.when.end] if m.when else []
        found = [m.report, m.place.name, m.place.lat, m.place.lon, *when, *sides]
        found += [column for rule in m.claims for column in rule.where]
        return list(dict.fromkeys(column for column in found if column))

    def of(self, row: Row) -> Iterator[dict[str, Any]]:
        rules = [rule for rule in self.mapping.claims if _fits(rule, row)]
        if not rules:
            self.passed_over += 1
            return
        number = row[self.mapping.report or ""]
        if not number:
            raise ValueError(f"it has no id ({self.mapping.report})")
        precision = self._precision(row)
        place, (start, end) = self._place(row), self._when(row, precision)
        label = f"{self.mapping.coder} {number}"
        for rule in rules:
            which = self._which(rule.actor, row)
            actor, allies = self._side(which, row, place["country"])
            other, _ = self._side(3 - which, row, place["country"]) if rule.against else (None, ())
            if actor is None and other is None:
                raise ValueError("it names no side")
            yield {
                **place,
                "report": label,
                "kind": str(rule.kind),
                "mode": str(rule.mode),
                "actor": actor,
                "against": other,
                "jointly_with": list(allies),
                "start": start.isoformat(),
                "end": end.isoformat(),
                "when_basis": "as coded",
                "precision": precision,
                "quote": row.get(self.mapping.quote or "") or None,
                "published": _published(row.get(self.mapping.published or "")),
                "outlet": self.mapping.coder,
                "speaker": self.mapping.coder,
                "speaker_role": "data set",
            }

    def _when(self, row: Row, precision: str) -> tuple[date, date]:
        its = self.mapping.when
        assert its is not None  # the mapping was checked
        start = _day(row[its.start])
        end = _day(row[its.end]) if its.end and row.get(its.end) else start
        if precision == "week":
            return start - timedelta(days=3), end + timedelta(days=3)
        if precision == "month":
            after = (end.replace(day=28) + timedelta(days=4)).replace(day=1)
            return start.replace(day=1), after - timedelta(days=1)
        if precision == "year":
            return start.replace(month=1, day=1), end.replace(month=12, day=31)
        return start, end

    def _precision(self, row: Row) -> str:
        coding = self.mapping.when.precision if self.mapping.when else None
        code = row.get(coding.column, "") if coding else ""
        if not coding or not code:
            return "day"
        if code in coding.values:
            return coding.values[code]
        # Nobody said that it is the very day.
        widest = max(("month", *coding.values.values()), key=PRECISIONS.index)
        self.inexact[code] = widest, self.inexact.get(code, ("", 0))[1] + 1
        return widest

    def _which(self, who: Who, row: Row) -> int:
        """1 or 2."""
        if who.side:
            return who.side
        kinds = [row.get(side.kind or "", "").casefold() for side in self.mapping.sides]
        wanted, unwanted = [{kind.casefold() for kind in some} for some in (who.of_kind, who.not_of_kind)]
        fits = (
            number
            for number, kind in enumerate(kinds, 1)
            if kind and (not wanted or kind in wanted) and kind not in unwanted
        )
        return next(fits, 1)

    def _side(self, which: int, row: Row, country: str | None) -> tuple[str | None, tuple[str, ...]]:
        if which > len(self.mapping.sides):
            return None, ()
        side = self.mapping.sides[which - 1]
        found = (self.names.actor(name, country) for name in row.get(side.allies or "", "").split(";"))
        actor = self.names.actor(row.get(side.actor, ""), country)
        return actor, tuple(dict.fromkeys(ally for ally in found if ally and ally != actor))


@dataclass(slots=True)
class _Run:
    """Days on which one coder gives one answer for one place."""

    answer: str
    start: date
    last: date
    place: dict[str, Any]


class _Panel(_Maker):
    """A row is a place on a day; the rows of a place come in order of their days, beside others or alone."""

    def __init__(self, mapping: Mapping, panel: Panel, names: Names) -> None:
        super().__init__(mapping, names)
        self.panel = panel
        self.coders: dict[str, str] = {}
        """Of this table, by column."""
        self.runs: dict[tuple[str, str], _Run] = {}
        """Those that go on, by place and coder: memory grows with the places, not with the days."""
        self.wide: list[tuple[date, str, str]] = []
        """Days in order, with the column of each and who gave its answers; where a row has all days of its place."""

    def look(self, table: Rows) -> None:
        if self.panel.day in table.columns:
            return
        for pattern, coder in self.panel.wide.items():
            for column in table.columns:
                if match := pattern.search(column):
                    self.wide.append((_day(match["day"]), column, coder))
        self.wide.sort()

    def needs(self) -> list[str]:
        its = self.mapping.place
        return [column for column in (None if self.wide else self.panel.day, its.geonames or its.name) if column]

    def begin(self, table: Rows) -> None:
        if self.wide:
            return
        for some in (self.panel.coders, self.panel.otherwise):
            self.coders = {column: who for column, who in some.items() if column in table.columns}
            if self.coders:
                return
        wanted = ", ".join((*self.panel.coders, *self.panel.otherwise))
        raise InputError(f"the table has none of the columns {wanted}; is it another data set?")

    def of(self, row: Row) -> Iterator[dict[str, Any]]:
        place = self._place(row)
        if self.wide:
            for day, column, coder in self.wide:
                yield from self._answer(row.get(column, ""), day, coder, place)
            yield from self.rest()
            self.runs.clear()
            return
        day = _day(row[self.panel.day])
        for column, coder in self.coders.items():
            yield from self._answer(row.get(column, ""), day, coder, place)

    def _answer(self, answer: str, day: date, coder: str, place: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """One coder's answer for a place and day; what it ends is given."""
        key = (place["geonames"] or place["place"], coder)
        run = self.runs.get(key)
        if run and (run.answer == answer and day - run.last <= timedelta(days=1)):
            run.last = max(run.last, day)
            return
        if run:
            yield from self._ended(run, coder)
            del self.runs[key]
        if answer in self.panel.holders or answer in self.panel.contested:
            self.runs[key] = _Run(answer, day, day, place)

    def rest(self) -> Iterator[dict[str, Any]]:
        for (_, coder), run in self.runs.items():
            yield from self._ended(run, coder)

    def _ended(self, run: _Run, coder: str) -> Iterator[dict[str, Any]]:
        sides = self.panel.sides or (None, None)
        holder = self.panel.holders.get(run.answer)
        # Many villages have one name.
        number = f" ({run.place['geonames']})" if run.place["geonames"] else ""
        yield {
            **run.place,
            "report": f"{coder}, {run.place['place']}{number}, {run.start} to {run.last}",
            "kind": "holds" if holder else "contests",
            "actor": holder or sides[0],
            "against": None if holder else sides[1],
            "start": run.start.isoformat(),
            "end": run.last.isoformat(),
            "when_basis": "as coded",
            "published": run.last.isoformat(),
            "outlet": self.mapping.coder,
            "speaker": coder,
            "speaker_role": "data set",
        }


def _fits(rule: ClaimRule, row: Row) -> bool:
    return all(
        row.get(column, "").casefold() in {value.casefold() for value in values}
        for column, values in rule.where.items()
    )


def _coded(row: Row, coding: Coding | None) -> str | None:
    return coding.values.get(row.get(coding.column, "")) if coding else None


def _day(text: str) -> date:
    """Raises ValueError in words for people."""
    parts = text.split()
    try:
        if len(parts) == 3 and parts[1] in MONTHS:
            return date(int(parts[2]), MONTHS.index(parts[1]), int(parts[0]))
        # "2016-03-13", "20160313", "2016-03-13 00:00:00.000"
        return date.fromisoformat(parts[0])
    except (ValueError, IndexError):
        raise ValueError(f"{text!r} is no day such as 2016-03-13") from None


def _published(text: str | None) -> str | None:
    if not text:
        return None
    if text.isdecimal() and len(text) in (9, 10):
        return datetime.fromtimestamp(int(text), UTC).date().isoformat()
    return _day(text).isoformat()
