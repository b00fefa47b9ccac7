"""`whoholds annotate`: every mention in reports, for people who want to see why."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from whoholds.cli.options import Format, Inputs, Lines
from whoholds.cli.output import write_records
from whoholds.cli.reading import Session


def annotate(
    inputs: Inputs,
    form: Annotated[Lines, typer.Option("--format", metavar="jsonl", help="One JSON object a line.")] = Lines.JSONL,  # noqa: ARG001
) -> None:
    """Print every place, actor, time and speaker in reports.

    One JSON object a line: where it stands in the stored text, and what it resolved to.
    """
    from whoholds.exports.records import mention_record

    session = Session(inputs, show_bar=False if sys.stdout.isatty() else None)
    found = (mention_record(reading.report, m) for reading in session.readings() for m in reading.mentions)
    write_records(found, Format.JSONL)
    session.list_issues()
    if not session.done:
        raise typer.Exit(2)
