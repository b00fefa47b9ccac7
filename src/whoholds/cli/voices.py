"""`whoholds voices` and `whoholds persons`: who says it, and which names are one person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import click

from whoholds.cli.options import Argument, Format, LedgerAt, form_option, known_option, ledger_option, me
from whoholds.cli.output import one_line, say, write_records

if TYPE_CHECKING:
    from whoholds.ledger import Ledger
    from whoholds.review.persons import Person

_form = form_option(Format, Format.TABLE, "A table for people; JSON, JSON lines or CSV for programs.")


@click.command
@click.argument("name", cls=Argument, required=False, metavar="[NAME]", help="A speaker's name; left out, all of them.")
@known_option
@_form
@ledger_option
def voices(name: str | None, known: date | None, form: Format, ledger: LedgerAt) -> None:
    """List who speaks in the reports.

    Every name with its spellings, roles and side.

    Two names are shown as one person only where that has been judged (see `whoholds persons`).
    """
    from whoholds.ledger import Ledger
    from whoholds.review import persons as review

    with Ledger.open(ledger, create=False) as store:
        found = [review.find(store, name, known)] if name else review.people(store, known)
        if not found:
            say("Nobody is quoted by name in this ledger.")
    if form is Format.TABLE:
        _print(found)
    else:
        write_records((_record(person) for person in found), form)


@click.group(name="persons")
def persons() -> None:
    """Judge which names are one person.

    A judgement is stored in the ledger with who made it, when and why; claims stay as they were read. The latest one
    about two names counts, and every one can be taken back. Names that differ in transliteration only are joined as
    reports are read, as a judgement of "whoholds" and its version.
    """


def _verdict(help: str, act: Callable[..., Callable[..., None]]) -> Callable[[Callable[..., None]], click.Command]:
    def decorate(command: Callable[..., None]) -> click.Command:
        @click.argument("one", cls=Argument, metavar="NAME", help="A name as a report spells it.")
        @click.argument("other", cls=Argument, metavar="NAME", help="The other name.")
        @click.option("--because", metavar="TEXT", required=True, help="The reason; it is kept with the judgement.")
        @click.option("--by", metavar="WHO", default="", help="Who judges; left out, the name you are logged in with.")
        @ledger_option
        def run(one: str, other: str, because: str, by: str, ledger: LedgerAt) -> None:
            from whoholds.ledger import Ledger

            with Ledger.open(ledger, create=False) as store:
                act()(store, one, other, by or me(), because)
            click.echo(f"{one_line(one)} and {one_line(other)}: {help}.")

        run.__doc__ = command.__doc__
        return persons.command(command.__name__.replace("_", "-"))(run)

    return decorate


def _join() -> Callable[..., None]:
    from whoholds.review.persons import join

    return join


def _split() -> Callable[..., None]:
    from whoholds.review.persons import split

    return split


def _take_back() -> Callable[..., None]:
    from whoholds.review.persons import take_back

    return take_back


@_verdict("one person", _join)
def join() -> None:
    """Judge two names to be one person."""


@_verdict("two persons", _split)
def split() -> None:
    """Judge two names to be two persons, whatever else would join them."""


@_verdict("left open again", _take_back)
def undo() -> None:
    """Take back what was judged of two names."""


@persons.command(name="suggest")
@_form
@ledger_option
def suggest(form: Format, ledger: LedgerAt) -> None:
    """List names that may be one person, each pair with the reason. Nothing is joined."""
    from whoholds.ledger import Ledger
    from whoholds.review import persons as review

    with Ledger.open(ledger, create=False) as store:
        found = review.suggest(store)
    if form is not Format.TABLE:
        write_records(({"one": s.one, "other": s.other, "reason": s.reason} for s in found), form)
        return
    if not found:
        say("No two names look like one person.")
    for s in found:
        click.echo(one_line(f"{s.one} = {s.other}? {s.reason}"))


@persons.command(name="list")
@_form
@ledger_option
def list_(form: Format, ledger: LedgerAt) -> None:
    """List every judgement, oldest first, with who made it, when and why; those taken back too."""
    from whoholds.ledger import Ledger
    from whoholds.resolve.judgements import conflicts

    with Ledger.open(ledger, create=False) as store:
        found = store.judgements()
    refused = {judgement.pair for judgement in conflicts(found)}
    if form is not Format.TABLE:
        rows = (
            {
                "one": j.one, "other": j.other, "verdict": str(j.verdict), "by": j.made_by, "at": j.made_at,
                "reason": j.reason, "conflict": j.pair in refused,
            }
            for j in found
        )  # fmt: skip
        write_records(rows, form)
        return
    if not found:
        say("Nobody has judged any names in this ledger.")
    for j in found:
        note = " (left out: it would join two that are judged to be others)" if j.pair in refused else ""
        click.echo(one_line(f"{j.made_at} {j.made_by}: {j.one} and {j.other}: {j.verdict}{note}. {j.reason}"))


def join_spellings(store: Ledger) -> None:
    """Join the transliterations among a ledger's speakers, and say so."""
    from whoholds.review.persons import join_spellings as join_all

    for s in join_all(store):
        say(f"{s.one} and {s.other} are taken for one person: {s.reason}. Undo: whoholds persons undo")


def _record(person: Person) -> dict[str, object]:
    return {
        "person": person.key,
        "names": list(person.names),
        "roles": list(person.roles),
        "sides": list(person.sides),
        "claims": person.claims,
        "reports": person.reports,
        "first": person.first.isoformat() if person.first else None,
        "last": person.last.isoformat() if person.last else None,
    }


def _print(found: list[Person]) -> None:
    from whoholds.cli.layout import Column, show, show_head, show_row, width
    from whoholds.cli.tables import NARROW

    columns = (
        Column("Name", 5),
        Column("Role", 6),
        Column("Side", 3),
        Column("Claims", fixed=6),
        Column("Last", fixed=10),
    )
    narrow = width() < NARROW
    if found and not narrow:
        show_head(columns)
    for p in found:
        cells = (
            "; ".join(p.names), "; ".join(p.roles[:3]), ", ".join(p.sides), str(p.claims), str(p.last or "-"),
        )  # fmt: skip
        if narrow:
            show(cells[0], "bold")
            for column, cell in zip(columns[1:], cells[1:], strict=True):
                if cell:
                    show(f"{column.title}: {cell}", indent=2)
            continue
        show_row([[(one_line(cell), "")] for cell in cells], columns)
