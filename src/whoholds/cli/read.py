"""`whoholds read`: reports into the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whoholds.cli.options import (
    LedgerAt,
    Summary,
    form_option,
    inputs_argument,
    intake_options,
    ledger_option,
    today_option,
)
from whoholds.cli.output import say, write_json
from whoholds.cli.reading import Session
from whoholds.cli.voices import join_spellings
from whoholds.errors import LedgerError
from whoholds.exports.text import clean
from whoholds.intake import Options

if TYPE_CHECKING:
    from whoholds.coded.mapping import Mapping
    from whoholds.ledger import Ledger
    from whoholds.pipeline import Reading

NOTHING_DONE = 2
INTERRUPTED = 130


@dataclass(slots=True)
class Tally:
    """What one `read` came to."""

    reports_new: int = 0
    reports_known: int = 0
    reports_without_claims: int = 0
    reports_not_english: int = 0
    claims: int = 0
    places_found: set[str] = field(default_factory=set)
    places_not_found: set[str] = field(default_factory=set)

    def count(self, reading: Reading) -> None:
        self.reports_new += 1
        self.claims += len(reading.claims)
        english = reading.report.lang.partition("-")[0] == "en"
        self.reports_not_english += not english
        self.reports_without_claims += english and not reading.claims
        for claim in reading.claims:
            place = claim.place
            found = self.places_found if place.lat is not None else self.places_not_found
            found.add(place.place_id or place.name)


@click.command
@inputs_argument
@intake_options
@today_option
@click.option(
    "--as",
    "what",
    metavar="reports|claims|readings|acled|ged|viina|FILE",
    default="reports",
    help="What the inputs hold: reports to read; claims in the format of docs/claims.md (.jsonl, .csv, .parquet);"
    " readings, in folders that `claims --to` wrote; or events that others coded, which the name of a data set or a"
    " mapping file describes (docs/coded.md).",
)
@ledger_option
@form_option(Summary, Summary.TABLE, "The summary for people, or with every issue for programs.")
def read(
    inputs: tuple[str, ...],
    today: date | None,
    what: str,
    ledger: LedgerAt,
    form: Summary,
    options: Options,
    processes: int | None,
) -> None:
    """Read reports into the ledger.

    What was read before is passed over, so the same command can be given again at any time: after a stop, or when
    pages were added. A report counts once, by its words.

    Exit code: 0 where something was read or was known, 2 where nothing could be done, 130 after Ctrl-C.
    """
    from whoholds.coded.mapping import load
    from whoholds.ledger import Ledger

    mapping = load(what) if what not in ("reports", "claims", "readings") else None
    session, tally = Session(inputs, options=options, processes=processes, today=today), Tally()
    code = 0
    if what == "reports":
        session.look()  # before a ledger is made for nothing
    with Ledger.open(ledger) as store:
        try:
            if what == "reports":
                read_all(session, tally, store)
            else:
                add_readings(session, _written(session, what, mapping), tally, store, mapping)
        except KeyboardInterrupt:
            code = INTERRUPTED
        except LedgerError as error:
            say(str(error))
            code = NOTHING_DONE
        if not session.done and not code:
            code = NOTHING_DONE
        if not code:
            join_spellings(store)
    _report(session, tally, store.name, form)
    if code == INTERRUPTED:
        say(
            f"Stopped. Every finished report is in {store.name}; give the same command again and it goes on from there."
        )
    elif code and not session.done:
        say("Nothing could be read.")
    raise click.exceptions.Exit(code)


def read_all(session: Session, tally: Tally, store: Ledger) -> None:
    """Everything of the session into the ledger, counted in `tally`; its faults too, however it ends."""
    session.of_inputs.store = store.add_issues
    try:
        with closing(session.readings(skip=lambda report, made_by: store.has(report.id, made_by))) as readings:
            for reading in readings:
                if store.add(reading):
                    tally.count(reading)
                else:
                    session.skipped += 1  # another process was faster
    finally:
        session.of_inputs.flush()


def _written(session: Session, what: str, mapping: Mapping | None) -> Iterator[Reading]:
    """Claims that others wrote down, events that they coded, or what was read in parts elsewhere."""
    from whoholds import claim_files

    note = session.of_inputs.add
    if what == "readings":
        from whoholds.spread.load import readings

        return chain.from_iterable(readings(Path(given), note) for given in session.inputs)
    if mapping:
        return claim_files.coded_readings(session.inputs, mapping, note)
    return claim_files.readings(session.inputs, note)


def add_readings(
    session: Session, found: Iterable[Reading], tally: Tally, store: Ledger, mapping: Mapping | None = None
) -> None:
    """Readings into the ledger, and the faults of the inputs too, however it ends. `mapping`: of coded events."""
    from whoholds.claim_files import says_else
    from whoholds.coded.revisions import Revisions

    session.of_inputs.store = store.add_issues
    revisions = Revisions(store, mapping.coder) if mapping and mapping.claims else None
    try:
        for reading in found:
            session.done += 1
            if revisions.add(reading) if revisions else store.add(reading):
                tally.count(reading)
            else:
                session.skipped += 1
                if not revisions and (issue := says_else(reading, store)):
                    session.of_inputs.add(issue)
    finally:
        if revisions:
            revisions.tell(session.of_inputs.add)
        session.of_inputs.flush()


def _report(session: Session, tally: Tally, ledger: str, form: Summary) -> None:
    tally.reports_known = session.skipped
    if form is Summary.JSON:
        record = asdict(tally) | {
            "places_found": len(tally.places_found),
            "places_not_found": sorted(tally.places_not_found),
            "ledger": ledger,
            "issues": [asdict(issue) for issue in session.issues],
            "more_issues": session.of_inputs.more + session.of_readings.more,
        }
        write_json(record)
        return
    session.list_issues()
    for line in _lines(tally, ledger):
        click.echo(clean(line))


def _lines(tally: Tally, ledger: str) -> Sequence[str]:
    notes = [
        f"{tally.reports_without_claims} without claims" if tally.reports_without_claims else "",
        f"{tally.reports_not_english} not in English" if tally.reports_not_english else "",
    ]
    inside = ", ".join(note for note in notes if note)
    return (
        f"Reports: {tally.reports_new} new{f' ({inside})' if inside else ''}, {tally.reports_known} known before",
        f"Claims:  {tally.claims} new",
        f"Places:  {len(tally.places_found)} found, {len(tally.places_not_found)} not found",
        f"Ledger:  {ledger}",
    )
