"""`whoholds rollup`: how many towns of each province are held by whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from whoholds.cli.options import (
    Argument,
    LedgerAt,
    Summary,
    form_option,
    known_option,
    ledger_option,
    on_option,
    view_option,
)
from whoholds.cli.output import say, write_json

if TYPE_CHECKING:
    from whoholds.control.selection import View
    from whoholds.views.rollup import Rollup


@click.command
@click.argument(
    "area", cls=Argument, required=False, metavar="[AREA]", help="A province's name or id, or a country's name or code."
)
@on_option
@known_option
@view_option
@form_option(Summary, Summary.TABLE, "Lines for people, or JSON for programs.")
@ledger_option
def rollup(area: str | None, on: date | None, known: date | None, view: View, form: Summary, ledger: LedgerAt) -> None:
    """Count the towns of each province by holder.

    Counts with a denominator: of the towns that something is known of, and how many more the gazetteer has.
    """
    from dataclasses import asdict

    from whoholds.ledger import Ledger
    from whoholds.views import why_nothing
    from whoholds.views.question import Question
    from whoholds.views.rollup import rollups
    from whoholds.views.states import states_of

    with Ledger.open(ledger, create=False) as store:
        states = states_of(Question(on, known, view), store)
        if not states:
            say(why_nothing(store, None, on, known, view=view))
        found = _of(rollups(states), area)
        if states and area is not None and not found:
            # Perhaps it has towns, and nothing is known of them on that day or by these sources.
            if not _of(rollups(states_of(Question(), store)), area):
                raise click.UsageError(
                    f"No town of the ledger lies in {area!r}. Give a province's or a country's name."
                )
            say(f"Nothing that the question allows is said of a town in {area}.")
    if form is Summary.JSON:
        write_json([asdict(r) for r in found])
        return
    from whoholds.cli.accounts import print_rollups
    from whoholds.cli.tables import show_question

    if found:
        show_question(states[0].question)
    print_rollups(found)


def _of(found: Sequence[Rollup], area: str | None) -> list[Rollup]:
    """Those of the province or country of this name, code or id; all where none is named."""
    from whoholds.gazetteer.names import fold
    from whoholds.views.actors import country_name

    if area is None:
        return [*found]
    names = [(r, (r.division or "", r.country, country_name(r.country) or "")) for r in found]
    return [r for r, its in names if fold(area) in map(fold, its) or area == r.division_id]
