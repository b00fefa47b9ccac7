"""`whoholds timeline`: the course of one place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from whoholds.cli.options import (
    Argument,
    Format,
    LedgerAt,
    age_option,
    answer_option,
    known_option,
    ledger_option,
    on_option,
    view_option,
)
from whoholds.cli.output import say, write_records

if TYPE_CHECKING:
    from whoholds.control.selection import View


@click.command
@click.argument("place", cls=Argument, metavar="PLACE", help="A place's name or id.")
@on_option
@known_option
@age_option
@view_option
@answer_option
@ledger_option
def timeline(
    place: str,
    on: date | None,
    known: date | None,
    today: date | None,
    view: View,
    form: Format,
    ledger: LedgerAt,
) -> None:
    """Say who held one place from when to when.

    The table ends with what was also said of the place and moved nothing: plans, attempts, possibilities.
    """
    from whoholds import views
    from whoholds.ledger import Ledger
    from whoholds.views.records import flat_record, state_record

    with Ledger.open(ledger, create=False) as store:
        course = views.timeline(store, place, known, on=on, view=view, today=today)
        if not course.states:
            say(views.why_nothing(store, place, on, known, view=view))
    if form is Format.TABLE and not (course.states or course.others):
        return
    if form is Format.TABLE:
        from whoholds.cli.tables import print_timeline

        print_timeline(course)
    else:
        write_records((flat_record(s) if form is Format.CSV else state_record(s) for s in course.states), form)
