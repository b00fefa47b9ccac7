"""`whoholds claims`: what is claimed in reports, without a ledger."""

from __future__ import annotations

import sys

import click

from whoholds.cli.options import Format, form_option, inputs_argument
from whoholds.cli.output import write_records
from whoholds.cli.reading import Session


@click.command
@inputs_argument
@form_option(Format, Format.JSONL, "One JSON object a line, one JSON list, CSV, or a table for people.")
def claims(inputs: tuple[str, ...], form: Format) -> None:
    """Print every claim that reports make.

    No ledger is read or written. A claim is one thing that a report says about one actor's hold on one place;
    docs/claims.md names its fields.
    """
    from whoholds.exports.records import claim_record

    # A bar on standard error would run through the lines on the same screen.
    session = Session(inputs, show_bar=False if sys.stdout.isatty() else None)
    found = (claim for reading in session.readings() for claim in reading.claims)
    if form is Format.TABLE:
        from whoholds.cli.tables import print_claims

        print_claims(found)
    else:
        write_records((claim_record(claim) for claim in found), form)
    session.list_issues()
    if not session.done:
        raise click.exceptions.Exit(2)
