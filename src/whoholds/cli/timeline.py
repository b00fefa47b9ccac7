"""`whoholds timeline`: the course of one place."""

from __future__ import annotations

from typing import Annotated

import typer

from whoholds.cli.options import DEFAULT_LEDGER, AnswerFormat, Format, Known, LedgerPath
from whoholds.cli.output import say, write_records


def timeline(
    place: Annotated[str, typer.Argument(metavar="PLACE", help="A place's name or id.", show_default=False)],
    known: Known = None,
    form: AnswerFormat = Format.TABLE,
    ledger: LedgerPath = DEFAULT_LEDGER,
) -> None:
    """Say who held one place from when to when.

    The table ends with what was also said of the place and moved nothing: plans, attempts, possibilities.
    """
    from whoholds import views
    from whoholds.ledger import Ledger
    from whoholds.views.records import flat_record, state_record

    with Ledger.open(ledger, create=False) as store:
        course = views.timeline(store, place, known)
    if form is Format.TABLE:
        from whoholds.cli.tables import print_timeline

        print_timeline(course)
    else:
        write_records((flat_record(s) if form is Format.CSV else state_record(s) for s in course.states), form)
    if not course.states:
        say("No report says who held it.")
