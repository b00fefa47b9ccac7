"""`whoholds export`: the record as a file for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from whoholds.cli.options import (
    OUTPUT,
    Argument,
    Day,
    LedgerAt,
    age_option,
    known_option,
    ledger_option,
    on_option,
    view_option,
)
from whoholds.cli.output import say
from whoholds.exports.formats import words
from whoholds.exports.tables import What

if TYPE_CHECKING:
    from whoholds.control.selection import View
    from whoholds.exports.formats import Format
    from whoholds.exports.tables import Row

BUNDLE = "bundle"
PANEL = str(What.PANEL)
WHAT = (*map(str, What), BUNDLE)
FORMATS = ", ".join(words())


@click.command
@click.argument(
    "what",
    cls=Argument,
    required=True,
    metavar="WHAT",
    type=click.Choice(WHAT),
    help=f"One of {', '.join(WHAT)}. docs/exports.md, docs/shapes.md and docs/bundle.md say what is in each.",
)
@click.option(
    "--output", "-o", metavar="FILE", type=OUTPUT, required=True, help="The file to write; - is standard output."
)
@click.option(
    "--format",
    "form",
    metavar="FORMAT",
    type=click.Choice(words()),
    help=f"One of {FORMATS}; left out, as the file's name says.",
)
@click.option(
    "--every",
    metavar="day|week|month",
    type=click.Choice(["day", "week", "month"]),
    default="week",
    help="For the panel: one row for each place and this.",
)
@click.option("--since", metavar="DATE", type=Day(), help="For the panel: begin with this day.")
@click.option(
    "--texts", is_flag=True, help="For a bundle: with the reports' whole texts, which may be others' property."
)
@click.option(
    "--hxl",
    is_flag=True,
    help="For csv and xlsx: a row of HXL hashtags below the head, and P-codes where a list added to the gazetteer has"
    " them.",
)
@on_option
@known_option
@age_option
@view_option
@ledger_option
def export(
    what: str,
    output: Path,
    form: str | None,
    every: str,
    since: date | None,
    texts: bool,
    hxl: bool,
    on: date | None,
    known: date | None,
    today: date | None,
    view: View,
    ledger: LedgerAt,
) -> None:
    """Write the record as a table for other programs.

    Every row has the ids of the claims that it rests on. The disclaimer, the question and what was read go with it: in
    the file, or beside it as FILE.about.json. A bundle is a zip for replication (docs/bundle.md).
    """
    from whoholds.exports import bundle
    from whoholds.exports.hxl import FORMATS as TAGGED
    from whoholds.exports.hxl import tagged
    from whoholds.exports.tables.what import table_of
    from whoholds.exports.write import write_table
    from whoholds.ledger import Ledger
    from whoholds.views import Question
    from whoholds.views.panel import Period
    from whoholds.whole import is_stream

    _look_at_options(what)
    chosen = _format(form, output) if what != BUNDLE else None
    if hxl and (chosen is None or chosen.name not in TAGGED):
        raise click.UsageError(f"--hxl is for tables as {' or '.join(TAGGED)}, which have room for a row of hashtags.")
    with Ledger.open(ledger, create=False) as store:
        if store.is_file(output):
            raise click.UsageError(f"{output} is the ledger. Name another file with -o.")
        question = Question(on, known, view, today)
        if chosen is None:
            reports = bundle.write(store, output, question, texts=texts)
            say(f"{output}: {reports:,} report{'s' if reports != 1 else ''}. Check it with: whoholds verify {output}")
            return
        table = table_of(store, What(what), question, every=Period(every), since=since)
        asked = 0

        def rows() -> Iterator[Row]:
            nonlocal asked
            for row in table.rows:
                asked += 1
                yield row

        counted = replace(table, rows=rows())
        number = write_table(tagged(counted) if hxl else counted, chosen, output)
    say(f"{output}: {_counted(number, what)}, as {chosen.name}")
    if chosen.points and (left := asked - number):
        say(f"{left:,} more could not be placed on the map: {chosen.name} leaves them out.")
    if is_stream(output) and not chosen.own_about:
        say("What goes with it (the disclaimer, the question, the coverage) has no place there; json has it inside.")


def _format(form: str | None, output: Path) -> Format:
    from whoholds.exports.formats import by_path, by_word

    chosen = by_word(form) if form else by_path(output)
    if chosen is None:
        raise click.UsageError(f"{output}: its name tells no format. Give one with --format ({FORMATS}).")
    return chosen


def _look_at_options(what: str) -> None:
    """Raises UsageError for an option that was given and says nothing of what is written."""
    context = click.get_current_context()
    for only, options in (((PANEL,), ("every", "since")), ((BUNDLE,), ("texts",)), (map(str, What), ("form",))):
        wanted = tuple(only)
        for name in options:
            if what not in wanted and context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
                option = "format" if name == "form" else name
                whose = f"the {wanted[0]}" if len(wanted) == 1 else "tables"
                raise click.UsageError(f"--{option} is for {whose}; {what} has no use for it.")


def _counted(number: int, what: str) -> str:
    from whoholds.exports.shapes import shapes

    noun = "rows of the panel" if what == PANEL else "events" if what in shapes() else what
    return f"{number:,} {noun}" if number != 1 else f"1 {noun.removesuffix('s').replace('rows', 'row')}"
