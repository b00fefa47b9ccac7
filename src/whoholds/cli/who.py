"""`whoholds who`: who holds what."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from whoholds.cli.options import (
    VIEW_HELP,
    Argument,
    Format,
    LedgerAt,
    Views,
    age_option,
    answer_option,
    heard,
    known_option,
    ledger_option,
    on_option,
)
from whoholds.cli.output import say, write_records

if TYPE_CHECKING:
    from whoholds.control.selection import View


@click.command
@click.argument(
    "place", cls=Argument, required=False, metavar="[PLACE]", help="A place's name or id; left out, all places."
)
@on_option
@known_option
@age_option
@click.option("--brief", is_flag=True, help="A short table, one row a place.")
@click.option("--view", "chosen", metavar="VIEW", type=Views(), multiple=True, help=f"{VIEW_HELP} Twice: side by side.")
@answer_option
@ledger_option
@heard
def who(
    place: str | None,
    on: date | None,
    known: date | None,
    today: date | None,
    brief: bool,
    chosen: tuple[View, ...],
    form: Format,
    ledger: LedgerAt,
) -> None:
    """Say who holds a place, or every place, and why.

    Each answer comes with the words that it rests on, who said them, and where and when they were published.

    "Support" is how well the reports agree, 0 to 1; it is no probability. Where no report names a holder the answer
    is "unknown", and "vacated" where the last one left and nobody is said to have come. Of one place the rival
    accounts follow, one line for each side that is quoted.
    """
    from whoholds import views
    from whoholds.ledger import Ledger
    from whoholds.views.records import flat_record, state_record

    if brief and form is not Format.TABLE:
        raise click.UsageError(f"--brief is for the table; take it away, or --format {form}.")
    selected = chosen or (views.View(),)
    with Ledger.open(ledger, create=False) as store:
        answers = [views.who(store, place, on, known, view=view, today=today) for view in selected]
        states = answers[0]
        for view, found in zip(selected, answers, strict=True):
            if not found:
                say(views.why_nothing(store, place, on, known, view=view))
        rivals = []
        if place is not None and form is not Format.CSV and len(selected) == 1 and states:
            rivals = views.accounts(states[0].question, store, states[0].spell.place_id)
    if form is not Format.TABLE:
        records = (
            flat_record(s) if form is Format.CSV else state_record(s, rivals) for found in answers for s in found
        )
        write_records(records, form)
    elif len(selected) > 1:
        from whoholds.cli.accounts import print_side_by_side

        print_side_by_side([str(view) for view in selected], answers)
    elif brief:
        from whoholds.cli.tables import print_brief

        print_brief(states)
    else:
        from whoholds.cli.accounts import print_accounts
        from whoholds.cli.tables import print_states

        print_states(states, everything=place is not None)
        if place is not None and states:
            print_accounts(states[0], rivals)
