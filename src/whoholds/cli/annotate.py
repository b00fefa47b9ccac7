"""`whoholds annotate`: every mention in reports, for people who want to see why."""

from __future__ import annotations

import sys
from datetime import date

import click

from whoholds.cli.options import Format, Lines, form_option, inputs_argument, intake_options, today_option
from whoholds.cli.output import write_records
from whoholds.cli.reading import Session
from whoholds.intake import Options


@click.command
@inputs_argument
@intake_options
@today_option
@form_option(Lines, Lines.JSONL, "One JSON object a line.")
def annotate(
    inputs: tuple[str, ...],
    today: date | None,
    form: Lines,  # noqa: ARG001
    options: Options,
    processes: int | None,
) -> None:
    """Print every place, actor, time and speaker in reports.

    One JSON object a line: where it stands in the stored text, and what it resolved to.
    """
    from whoholds.exports.records import mention_record

    show_bar = False if sys.stdout.isatty() else None
    session = Session(inputs, show_bar=show_bar, sift=False, options=options, processes=processes, today=today)
    found = (mention_record(reading.report, m) for reading in session.readings() for m in reading.mentions)
    write_records(found, Format.JSONL)
    session.list_issues()
    if not session.done:
        raise click.exceptions.Exit(2)
