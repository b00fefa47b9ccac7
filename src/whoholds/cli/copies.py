"""`whoholds copies`: which reports are copies of which."""

from __future__ import annotations

from datetime import date

import click

from whoholds.cli.options import Argument, LedgerAt, Summary, form_option, known_option, ledger_option
from whoholds.cli.output import write_json


@click.command
@click.argument(
    "place", cls=Argument, required=False, metavar="[PLACE]", help="Only reports with claims about this place."
)
@known_option
@form_option(Summary, Summary.TABLE, "Trees for people, or JSON for programs.")
@ledger_option
def copies(place: str | None, known: date | None, form: Summary, ledger: LedgerAt) -> None:
    """Show near copies of reports as trees.

    Each tree begins with the report that was published first. What nobody is quoted with counts once for all of them.
    """
    from dataclasses import asdict

    from whoholds.ledger import Ledger
    from whoholds.views.copies import copy_trees

    with Ledger.open(ledger, create=False) as store:
        found = copy_trees(store, place, known)
    if form is Summary.JSON:
        write_json([[asdict(copy) for copy in tree] for tree in found])
        return
    from whoholds.cli.accounts import print_copies

    print_copies(found)
