"""A ledger and a question → the tables that can be exported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from importlib.metadata import version
from typing import cast

from whoholds.exports.records import flat_record, voice_records
from whoholds.exports.shapes import shapes
from whoholds.exports.tables import Column, Row, Table, What, columns
from whoholds.exports.text import to_json
from whoholds.ledger import Ledger
from whoholds.model import Claim, Spell
from whoholds.plain import iso, rounded
from whoholds.views.actors import actor_name
from whoholds.views.dating import is_exact
from whoholds.views.events import Event, events
from whoholds.views.mapdata import DISCLAIMER
from whoholds.views.panel import Cell, Period, panel
from whoholds.views.question import Question
from whoholds.views.records import place_fields
from whoholds.views.states import State, answers, begins, evidence_of, grounded

__all__ = ["Coverage", "What", "answer_row", "claim_row", "table_of"]


def table_of(
    ledger: Ledger,
    what: What,
    question: Question,
    *,
    every: Period = Period.WEEK,
    since: date | None = None,
) -> Table:
    """One table.

    `every` and `since` are for the panel: how long its periods are, and where it begins. It ends with the day asked
    about, else with that of the last report.
    """
    coverage = Coverage(ledger)
    if what is What.REPORTS:
        return Table(str(what), columns.REPORTS, _reports(ledger), lambda: _about(what, question, coverage))

    def about() -> dict[str, object]:
        return _about(what, question, coverage)

    def table(its: tuple[Column, ...], rows: Iterable[Row]) -> Table:
        return Table(str(what), its, iter(rows), about)

    def batches() -> Iterator[list[Claim]]:
        # Some hundred places at a time: a large ledger fits no memory.
        for claims in question.batches(ledger):
            coverage.hear(claims)
            yield claims

    def batched() -> Iterator[tuple[list[list[Spell]], dict[str, Claim]]]:
        for claims in batches():
            yield question.courses(ledger, claims), evidence_of(question, ledger, claims)

    def courses() -> Iterator[tuple[list[Spell], dict[str, Claim]]]:
        yield from ((grounded(course), by_id) for its, by_id in batched() for course in its)

    if what is What.CLAIMS:
        return table(columns.CLAIMS, (claim_row(claim) for claims in batches() for claim in claims))
    if what is What.STATES:
        return table(columns.STATES, (_state(s) for claims in batches() for s in answers(question, ledger, claims)))
    if what is What.SPELLS:
        return table(columns.SPELLS, (_spell(spell, by_id) for course, by_id in courses() for spell in course))
    happened = (event for its, by_id in batched() for event in events(its, by_id))
    if what is What.EVENTS:
        return table(columns.EVENTS, map(_event, happened))
    if (shape := shapes().get(str(what))) is not None:
        return table(shape.columns, shape.rows(happened))
    if what is not What.PANEL:
        raise NotImplementedError(f"{what}: nothing here makes its rows; add a branch for it")
    last = question.on or question.known or ledger.last_published() or question.now
    cells = (
        cell for course, by_id in courses() for cell in panel(course, every, since, last, partial(begins, claims=by_id))
    )
    return table(columns.PANEL, map(_cell, cells))


def answer_row(spell: Spell) -> Row:
    """The cells of `columns.ANSWER`."""
    return {
        "status": str(spell.status),
        "holders": list(spell.holders),
        "holder_names": [actor_name(holder) for holder in spell.holders],
        "support": rounded(spell.support, 3),
        "fighting": spell.fighting,
        "disputed": spell.disputed,
        "divided": spell.divided,
        "claims_for": list(spell.claims_for),
        "claims_against": list(spell.claims_against),
    }


def _spell(spell: Spell, claims: Mapping[str, Claim]) -> Row:
    return {
        **place_fields(spell.place_id, spell.place),
        "start": iso(spell.start),
        "start_exact": is_exact(spell.start, [claims[name] for name in spell.claims_for if name in claims]),
        "end": iso(spell.end),
        **answer_row(spell),
        "last_evidence": iso(spell.last_evidence),
    }


def _state(state: State) -> Row:
    return {
        **place_fields(state.spell.place_id, state.place),
        "on": iso(state.question.on),
        "known": iso(state.question.known),
        **answer_row(state.spell),
        "claims_for": [evidence.claim.id for evidence in state.evidence if evidence.supports],
        "since": iso(state.since),
        "since_exact": state.since_exact,
        "last_evidence": iso(state.last_evidence),
        "days_old": state.days,
        "stale": state.stale,
    }


def _cell(cell: Cell) -> Row:
    return {
        **place_fields(cell.spell.place_id, cell.spell.place),
        "first_day": iso(cell.first),
        "last_day": iso(cell.last),
        **answer_row(cell.spell),
        "fighting": cell.fighting,
        "disputed": cell.disputed,
        "fighting_days": cell.fighting_days,
        "changes": cell.changes,
    }


def _event(event: Event) -> Row:
    return {
        "event_id": event.id,
        "event": str(event.what),
        "first_day": iso(event.first),
        "last_day": iso(event.last),
        **place_fields(event.place_id, event.place),
        "before": list(event.before),
        "after": list(event.after),
        "actors": event.actors,
        "fought": event.fought,
        "support": rounded(event.support, 3),
        "reports": event.reports,
        "outlets": event.outlets,
        "claims": [claim.id for claim in event.told],
    }


def claim_row(claim: Claim) -> Row:
    """The cells of `columns.CLAIMS`."""
    record = flat_record(claim)
    # Where the columns of the first voice do not say it all.
    whole = len(claim.voices) > 1 or any(voice.person for voice in claim.voices)
    record["voices"] = to_json(voice_records(claim)) if whole else None
    return cast("Row", record)


def _reports(ledger: Ledger) -> Iterator[Row]:
    for report, claims in ledger.reports():
        published = report.published
        yield {
            "report_id": report.id,
            "label": report.label,
            "title": report.title,
            "outlet": report.outlet,
            "url": report.url,
            "lang": report.lang,
            "published_start": iso(published.start) if published else None,
            "published_end": iso(published.end) if published else None,
            "published_basis": published.basis if published else None,
            "claims": claims,
            "source": report.source,
            "raw_hash": report.raw_hash,
        }


class Coverage:
    """What the answers could be read from: reports by language and outlet, claims by the side of their speakers."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._sides: Counter[str] = Counter()

    def hear(self, claims: Sequence[Claim]) -> None:
        self._sides.update(voice.side or "no side" for claim in claims for voice in claim.voices[:1])
        self._sides["the report itself"] += sum(not claim.voices for claim in claims)

    def record(self) -> dict[str, object]:
        languages, outlets = self._ledger.coverage()
        return {
            "reports": sum(languages.values()),
            "reports_by_language": _ranked(languages),
            "reports_by_outlet": _ranked(outlets),
            **({"claims_by_side_of_speaker": _ranked(self._sides)} if self._sides.total() else {}),
        }


def _ranked(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _about(what: What, question: Question, coverage: Coverage) -> dict[str, object]:
    return {
        "what": str(what),
        "disclaimer": DISCLAIMER,
        "program": f"whoholds {version('whoholds')}",
        "asked": question.record(),
        "coverage": coverage.record(),
    }
