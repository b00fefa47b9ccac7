"""`whoholds ledger`: a ledger as a whole."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whoholds.cli.options import DEFAULT_LEDGER, FILE, Argument, LedgerAt, LedgerType, Summary, form_option
from whoholds.cli.output import say
from whoholds.cli.progress import Bar
from whoholds.exports.text import clean

if TYPE_CHECKING:
    from whoholds.ledger.verify import Verdict

NOT_SOUND = 2
MAX_LISTED = 20
"""Faults printed for people."""
PLACE = "A file, or the address of a shared ledger, postgresql://USER@HOST/DATABASE."


@click.group
def ledger() -> None:
    """A ledger as a whole: copy, verify, backup.

    docs/ledger.md tells of shared ledgers too.
    """


@ledger.command
@click.argument("source", cls=Argument, type=LedgerType(), metavar="FROM", help=f"The ledger to copy. {PLACE}")
@click.argument(
    "target", cls=Argument, type=LedgerType(), metavar="TO", help="Where the copy goes; nothing is there yet."
)
def copy(source: LedgerAt, target: LedgerAt) -> None:
    """Copy a ledger from a file into a database, or back, or into another file.

    All of it is copied or nothing, as it stands at one moment: every version of every reading, and what people judged.
    """
    from whoholds.ledger import Ledger, care

    with Ledger.open(source, create=False) as old, Ledger.open(target) as new, Bar(care.size(old)) as bar:
        bar.begin("rows")
        done = care.copy(old, new, bar.advance)
        say(f"{new.name}: {done['reports']} reports with {done['claims']} claims copied from {old.name}.")


@ledger.command
@click.argument("where", cls=Argument, type=LedgerType(), default=DEFAULT_LEDGER, metavar="[LEDGER]", help=PLACE)
@form_option(Summary, Summary.TABLE, "In words, or with every fault for programs.")
def verify(where: LedgerAt, form: Summary) -> None:
    """Look through a whole ledger for damage.

    The database itself, the text of every report, every claim's quote and columns. The hash of the content is the same
    for two ledgers that hold the same, whatever the database, the order and the days of reading.

    Exit code: 0 where it is sound, 2 where it is not.
    """
    from whoholds.ledger import Ledger
    from whoholds.ledger.verify import verify as look_through

    with Ledger.open(where, create=False) as store:
        found = look_through(store)
        if form is Summary.JSON:
            click.echo(json.dumps({"ledger": store.name, "sound": found.sound} | asdict(found), ensure_ascii=False))
        else:
            _tell(store.name, found)
    if not found.sound:
        raise click.exceptions.Exit(NOT_SOUND)


def _tell(name: str, found: Verdict) -> None:
    for words in found.faults[:MAX_LISTED]:
        say(clean(words))
    if (more := len(found.faults) - MAX_LISTED + found.more) > 0:
        say(f"... and {more} more faults.")
    held = ", ".join(f"{number} {table.replace('_', ' ')}" for table, number in found.rows.items() if number)
    click.echo(f"Ledger:  {clean(name)}")
    click.echo(f"Holds:   {held or 'nothing'}")
    click.echo(f"Content: {found.content}")
    if found.sound:
        click.echo("Sound.")
    else:
        say("Damaged. Restore a backup, or read the reports again into a new ledger.")


@ledger.command
@click.argument("where", cls=Argument, type=LedgerType(), metavar="LEDGER", help=PLACE)
@click.argument("file", cls=Argument, type=FILE, metavar="FILE", help="The new file; one that exists is not replaced.")
@click.option(
    "--schema",
    metavar="NUMBER",
    type=click.IntRange(1),
    help="For an older program: the schema that it knows, as it says when it refuses a newer ledger.",
)
def backup(where: LedgerAt, file: Path, schema: int | None) -> None:
    """Write a ledger, as it stands at this moment, into one file.

    The file is a ledger like any other, also of a database's: it can be asked, and copied back. It is looked through
    before it takes its name. With --schema nothing is lost either: where the older schema has no room for something,
    no file is written.
    """
    from whoholds.ledger import Ledger, care

    with Ledger.open(where, create=False) as store:
        found = care.backup(store, file, schema)
    say(f"{file}: {found.rows['reports']} reports with {found.rows['claims']} claims; content {found.content}.")
