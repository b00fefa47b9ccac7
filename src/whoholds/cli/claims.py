"""`whoholds claims`: what is claimed in reports, without a ledger."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import click

from whoholds.cli.options import Format, form_option, inputs_argument, intake_options, today_option
from whoholds.cli.output import say, write_records
from whoholds.cli.reading import Session
from whoholds.cli.spreading import Spread, read_in_parts, spread_options
from whoholds.intake import Options

if TYPE_CHECKING:
    from whoholds.model import Claim


@click.command
@inputs_argument
@intake_options
@spread_options
@today_option
@form_option(Format, Format.JSONL, "One JSON object a line, one JSON list, CSV, or a table for people.")
@click.option(
    "--min-confidence",
    metavar="NUMBER",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Only claims with at least this confidence (0 to 1); how many were left out is said at the end.",
)
def claims(
    inputs: tuple[str, ...],
    today: date | None,
    form: Format,
    min_confidence: float,
    options: Options,
    processes: int | None,
    spread: Spread | None,
) -> None:
    """Print every claim that reports make.

    With --to, write them into a folder in parts, on one machine or many; stopped, the same command goes on. No ledger
    is read or written. A claim is one thing that a report says about one actor's hold on one place;
    docs/claims.md names its fields.
    """
    if spread:
        manifest = read_in_parts(inputs, spread, options, processes, today)
        raise click.exceptions.Exit(0 if manifest["counts"].get("reports") else 2)
    from whoholds.exports.records import claim_record

    # A bar on standard error would run through the lines on the same screen.
    show_bar = False if sys.stdout.isatty() else None
    session = Session(inputs, show_bar=show_bar, options=options, processes=processes, today=today)
    doubtful = 0

    def sure_enough() -> Iterator[Claim]:
        nonlocal doubtful
        for reading in session.readings():
            for claim in reading.claims:
                if claim.confidence >= min_confidence:
                    yield claim
                else:
                    doubtful += 1

    found = sure_enough()
    if form is Format.TABLE:
        from whoholds.cli.tables import print_claims

        print_claims(found)
    else:
        write_records((claim_record(claim) for claim in found), form)
    session.list_issues()
    if doubtful:
        say(f"{doubtful} claims with a confidence below {min_confidence:g} were left out.")
    if not session.done:
        raise click.exceptions.Exit(2)
