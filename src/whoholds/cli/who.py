"""`whoholds who`: who holds what."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from whoholds.cli.options import Argument, Format, age_option, answer_option, known_option, ledger_option, on_option
from whoholds.cli.output import say, write_records


@click.command
@click.argument(
    "place", cls=Argument, required=False, metavar="[PLACE]", help="A place's name or id; left out, all places."
)
@on_option
@known_option
@age_option
@click.option("--brief", is_flag=True, help="A short table, one row a place.")
@answer_option
@ledger_option
def who(
    place: str | None, on: date | None, known: date | None, today: date | None, brief: bool, form: Format, ledger: Path
) -> None:
    """Say who holds a place, or every place, and why.

    Each answer comes with the words that it rests on, who said them, and where and when they were published.

    "Support" is how well the reports agree, 0 to 1; it is no probability. Where no report names a holder the answer
    is "unknown", and "vacated" where the last one left and nobody is said to have come.
    """
    from whoholds import views
    from whoholds.ledger import Ledger
    from whoholds.views.records import flat_record, state_record

    if brief and form is not Format.TABLE:
        raise click.UsageError(f"--brief is for the table; take it away, or --format {form}.")
    with Ledger.open(ledger, create=False) as store:
        states = views.who(store, place, on, known, today=today)
        if not states:
            say(views.why_nothing(store, place, on, known))
    if brief:
        from whoholds.cli.tables import print_brief

        print_brief(states, on=on, known=known, today=today)
    elif form is Format.TABLE:
        from whoholds.cli.tables import print_states

        print_states(states, everything=place is not None, on=on, known=known, today=today)
    else:
        write_records((flat_record(s) if form is Format.CSV else state_record(s) for s in states), form)
