"""`whoholds compare`: where two records agree, differ, or one is silent."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whoholds.cli.layout import Column, show, show_head, show_row
from whoholds.cli.options import (
    FILE,
    Argument,
    Day,
    LedgerAt,
    LedgerType,
    Summary,
    Views,
    form_option,
    known_option,
    on_option,
    view_option,
)
from whoholds.cli.output import say, write_json

if TYPE_CHECKING:
    from whoholds.control.selection import View
    from whoholds.model import Spell
    from whoholds.views.compare import Agreement, Stretch

MOST = 40
"""Differences printed for people; all of them are in a file (-o)."""


@click.command
@click.argument("first", cls=Argument, metavar="FIRST", type=LedgerType(), help="A ledger.")
@click.argument("second", cls=Argument, metavar="SECOND", type=LedgerType(), help="Another, or the same.")
@click.option(
    "--every",
    metavar="day|week|month",
    type=click.Choice(["day", "week", "month"]),
    default="week",
    help="What is compared: the answer on the last day of each.",
)
@click.option("--since", metavar="DATE", type=Day(), help="Begin with this day.")
@on_option
@known_option
@view_option
@click.option("--second-view", metavar="VIEW", type=Views(), help="Of the second ledger, where it is another.")
@click.option(
    "--output", "-o", metavar="FILE", type=FILE, help="Write every stretch as a table; its name says the format."
)
@form_option(Summary, Summary.TABLE, "Words for people, or JSON for programs.")
def compare(
    first: LedgerAt,
    second: LedgerAt,
    every: str,
    since: date | None,
    on: date | None,
    known: date | None,
    view: View,
    second_view: View | None,
    output: Path | None,
    form: Summary,
) -> None:
    """Compare two records of who held what.

    Machine reading with hand coding, for example, or one side's sources with another's. Each place and week in which
    both have an answer agrees or differs; where one has none it is silent. --on is the day up to which both are
    compared.
    """
    from whoholds.exports.formats import by_path
    from whoholds.exports.tables.comparison import comparison
    from whoholds.exports.write import write_table
    from whoholds.ledger import Ledger
    from whoholds.plain import rounded
    from whoholds.views import compare as views
    from whoholds.views.panel import Period
    from whoholds.views.question import Question

    chosen = by_path(output) if output else None
    if output and not chosen:
        raise click.UsageError(f"{output}: its name tells no format. End it with one of .csv, .json, .parquet, ...")
    questions = [Question(on, known, view), Question(on, known, second_view or view)]
    with ExitStack() as stack:
        stores = [stack.enter_context(Ledger.open(at, create=False)) for at in (first, second)]
        records = [views.Record(store, question) for store, question in zip(stores, questions, strict=True)]
        found = list(views.compare(records[0], records[1], Period(every), since))
    asked = {"first": str(first), "second": str(second), "every": every, "views": [str(q.view) for q in questions]}
    whole = views.agreement(found)
    if output and chosen:
        number = write_table(comparison(found, asked), chosen, output)
        say(f"{output}: {number} stretches, as {chosen.name}")
    if form is Summary.JSON:
        numbers = {
            "periods": {str(verdict): whole.counts[verdict] for verdict in views.Verdict},
            "places": {str(verdict): whole.places[verdict] for verdict in views.Verdict},
            "observed": rounded(whole.observed, 4),
            "kappa": rounded(whole.kappa, 4),
        }
        write_json({**asked, "agreement": numbers})
        return
    _print(whole, [s for s in found if s.verdict is views.Verdict.DIFFER], every)


def _print(whole: Agreement, differences: list[Stretch], every: str) -> None:
    from whoholds.views.compare import Verdict

    columns = (Column("Verdict", fixed=16), Column("places", fixed=7), Column(f"place-{every}s", fixed=12))
    show_head(columns)
    for verdict in Verdict:
        cells = (str(verdict), str(whole.places[verdict]), str(whole.counts[verdict]))
        show_row([[(cell, "")] for cell in cells], columns)
    if whole.observed is not None:
        kappa = "" if whole.kappa is None else f"; kappa {whole.kappa:.2f}"
        show(f"Where both have an answer they agree in {whole.observed:.0%}{kappa}.")
    for one in differences[:MOST]:
        show()
        show(f"{one.place.name}, {one.first} to {one.last}:", "bold")
        show(f"first: {_held(one.one)}", indent=2)
        show(f"second: {_held(one.other)}", indent=2)
    if len(differences) > MOST:
        show()
        show(f"... and {len(differences) - MOST} more differences; -o FILE writes them all.")


def _held(spell: Spell | None) -> str:
    from whoholds.model import Rival
    from whoholds.views.records import rival_words

    return f"{rival_words(Rival(spell.holders, 1.0))}, support {spell.support:.2f}" if spell else "nothing is said"
