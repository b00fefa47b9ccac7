"""`whoholds changes`: what changed between two days, and because of which claims."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import click

from whoholds.cli.options import Day, LedgerAt, Summary, form_option, known_option, ledger_option, view_option
from whoholds.cli.output import say, write_json

if TYPE_CHECKING:
    from whoholds.control.selection import View

WEEK = timedelta(days=7)


class DayOrReport(Day):
    """A day, or what people call a report: which of the ledger's it is can be told only later."""

    name = "date or report"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        looks_like_a_day = isinstance(value, str) and value[:4].isdecimal() and value.count("-") == 2
        return super().convert(value, param, ctx) if looks_like_a_day else value


@click.command
@click.option(
    "--since",
    metavar="DATE|REPORT",
    type=DayOrReport(),
    help="The earlier day, or a report's name or id for its day; left out, a week before the later one.",
)
@click.option(
    "--until",
    metavar="DATE|REPORT",
    type=DayOrReport(),
    help="The later day, or a report's name or id for its day; left out, that of the latest report.",
)
@known_option
@view_option
@form_option(Summary, Summary.TABLE, "Words for people, or JSON for programs.")
@ledger_option
def changes(
    since: date | str | None, until: date | str | None, known: date | None, view: View, form: Summary, ledger: LedgerAt
) -> None:
    """Say what changed between two days or reports, and why.

    It is what people learnt: as known on the one day, against as known on the other. With --known it is what happened:
    both days in the light of all that was published by that one.
    """
    from whoholds import views
    from whoholds.ledger import Ledger
    from whoholds.views.records import change_record

    with Ledger.open(ledger, create=False) as store:
        since, until = views.day_of(store, since), views.day_of(store, until)
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
