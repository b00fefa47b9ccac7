"""`whoholds brief`: a report of an area and a time, for people to read."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whoholds.cli.options import OUTPUT, Day, LedgerAt, known_option, ledger_option, view_option
from whoholds.cli.output import say

if TYPE_CHECKING:
    from whoholds.control.selection import View


@click.command
@click.option(
    "--area", metavar="NAME", required=True, help="A province, a country (its name or alpha-3 code) or a place."
)
@click.option("--from", "first", metavar="DATE", type=Day(), required=True, help="The first day.")
@click.option("--to", "last", metavar="DATE", type=Day(), required=True, help="The last day.")
@known_option
@view_option
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    type=OUTPUT,
    required=True,
    help="The file to write: .html, or .pdf with WeasyPrint.",
)
@ledger_option
def brief(area: str, first: date, last: date, known: date | None, view: View, output: Path, ledger: LedgerAt) -> None:
    """Write a brief of about two pages on an area.

    What changed, a map before and after, who says what against whom, what is not known, and the sources. Every sentence
    has a footnote with the words that it rests on.
    """
    from whoholds.exports.brief import page
    from whoholds.exports.brief.facts import facts
    from whoholds.exports.brief.notes import Notes
    from whoholds.exports.brief.sections import sections
    from whoholds.ledger import Ledger
    from whoholds.views.question import Question

    if last < first:
        raise click.UsageError(f"--to {last} is before --from {first}.")
    if output.suffix.casefold() not in (".html", ".htm", ".pdf"):
        raise click.UsageError(f"{output}: name a file that ends in .html or .pdf.")
    with Ledger.open(ledger, create=False) as store:
        told, notes = facts(store, area, first, last, Question(None, known, view)), Notes(store)
        made = sections(told, notes)
        page.write(output, page.render(told, made, notes.made))
    sentences = sum(len(section.sentences) for section in made)
    say(f"{output}: {_number(sentences, 'sentence')} with {_number(len(notes.made), 'footnote')}")


def _number(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' if number != 1 else ''}"
