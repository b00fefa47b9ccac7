"""`whoholds changes`: what changed between two days, and because of which claims."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from whoholds.cli.options import Day, LedgerAt, Summary, form_option, known_option, ledger_option, view_option
from whoholds.cli.output import say, write_json

if TYPE_CHECKING:
    from whoholds.control.selection import View

WEEK = timedelta(days=7)


@click.command
@click.option("--since", metavar="DATE", type=Day(), help="The earlier day; left out, a week before the later one.")
@click.option("--until", metavar="DATE", type=Day(), help="The later day; left out, that of the latest report.")
@known_option
@view_option
@form_option(Summary, Summary.TABLE, "Words for people, or JSON for programs.")
@ledger_option
def changes(
    since: date | None, until: date | None, known: date | None, view: View, form: Summary, ledger: LedgerAt
) -> None:
    """Say what changed between two days, and why.

    It is what people learnt: as known on the one day, against as known on the other. With --known it is what happened:
    both days in the light of all that was published by that one.
    """
    from whoholds import views
    from whoholds.ledger import Ledger
    from whoholds.views.records import change_record

    with Ledger.open(ledger, create=False) as store:
        last = until or known or store.last_published()
        if last is None:
            say("No report in the ledger is dated; nothing can be said to have changed. Give --since and --until.")
            raise click.exceptions.Exit(0)
        first = since or last - WEEK
        if first >= last:
            raise click.UsageError(f"--since {first} is not before --until {last}.")
        found = views.changes(store, first, last, known=known, view=view)
    if form is Summary.JSON:
        write_json([change_record(change) for change in found])
        return
    from whoholds.cli.accounts import print_changes

    print_changes(found, first, last, known)
