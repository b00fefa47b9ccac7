"""`whoholds verify`: whether a bundle is whole, and gives the same results again."""

from __future__ import annotations

from pathlib import Path

import click

from whoholds.cli.options import FILE, Argument
from whoholds.cli.output import one_line

NOT_SAME = 2


@click.command
@click.argument("bundle", cls=Argument, type=FILE, metavar="BUNDLE", help="A file of `whoholds export bundle`.")
@click.option(
    "--inputs",
    metavar="INPUT",
    multiple=True,
    help="Files or folders with the reports: look whether they are those that were read. May be repeated.",
)
def verify(bundle: Path, inputs: tuple[str, ...]) -> None:
    """Check a bundle, and make its results again.

    Its parts are compared with their hashes, and its results are made anew from its claims and judgements.

    Exit code: 0 where all is the same, 2 where something is not.
    """
    from whoholds.exports.bundle import check

    good = True
    for found in check(bundle, inputs):
        click.echo(f"{found.what.capitalize() + ':':<9} {'good' if found.good else 'BAD'}; {one_line(found.says)}")
        good = good and found.good
    if not good:
        raise click.exceptions.Exit(NOT_SAME)
