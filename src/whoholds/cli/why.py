"""`whoholds why`: what an answer rests on, taken apart."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from whoholds.cli.options import (
    Argument,
    LedgerAt,
    Summary,
    age_option,
    form_option,
    known_option,
    ledger_option,
    on_option,
    view_option,
)
from whoholds.cli.output import say, write_json

if TYPE_CHECKING:
    from whoholds.control.selection import View


@click.command
@click.argument("place", cls=Argument, metavar="PLACE", help="A place's name or id.")
@on_option
@known_option
@age_option
@view_option
@form_option(Summary, Summary.TABLE, "Words for people, or JSON for programs.")
@ledger_option
def why(
    place: str,
    on: date | None,
    known: date | None,
    today: date | None,
    view: View,
    form: Summary,
    ledger: LedgerAt,
) -> None:
    """Say what each witness adds to an answer.

    Each witness is taken away in turn, with all who only carry its word, and the answer worked out anew; then the
    fewest witnesses are looked for without whom it would be another. Without --on it is the day of the last evidence.
    """
    from whoholds import views
    from whoholds.ledger import Ledger
    from whoholds.views.records import why_record

    with Ledger.open(ledger, create=False) as store:
        found = views.why(store, place, on, known, view=view, today=today)
        if found.state is None:
            say(views.why_nothing(store, place, on, known, view=view))
    if form is Summary.JSON:
        write_json(why_record(found))
    elif found.state is not None:
        from whoholds.cli.accounts import print_why

        print_why(found)
