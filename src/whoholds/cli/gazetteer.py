"""`whoholds gazetteer`: the places that names can mean, and the user's own lists of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whoholds.cli.options import FILE, Argument, Format, piped_option
from whoholds.cli.output import one_line, say, write_records
from whoholds.cli.progress import Bar

if TYPE_CHECKING:
    from whoholds.gazetteer.explain import Answer
    from whoholds.gazetteer.manage import Outcome
    from whoholds.gazetteer.pcodes import Pcodes

INTERRUPTED = 130
"""128 and the number of SIGINT, as shells count it."""
MAX_LISTED = 20
"""Faults of a file printed for people."""


@click.group(name="gazetteer")
def gazetteer() -> None:
    """The places that names can mean, and your own lists of them.

    The default knows 235,000 towns and villages of GeoNames, provinces, and places of past wars. What you add is
    copied to your data folder (or WHOHOLDS_DATA) and compiled with the default into one file in the cache folder (or
    WHOHOLDS_CACHE).
    """


@gazetteer.command
@click.argument(
    "files",
    cls=Argument,
    nargs=-1,
    required=True,
    type=FILE,
    metavar="FILE...",
    help="GeoNames dumps (IQ.zip, IQ.txt, allCountries.zip), or lists of places as CSV with name, lat and lon.",
)
@click.option("--name", metavar="NAME", default="", help="What to call it; left out, by the file's name.")
@click.option(
    "--country", metavar="COUNTRY", default="", help="The country of all rows of a list, where it does not say."
)
def add(files: tuple[Path, ...], name: str, country: str) -> None:
    """Add files of places.

    A place that is there already is not doubled, it learns the names that the file has for it. Lines that cannot be
    true are left out and listed, and a file of such lines is refused. Stopped, it goes on when the same command is
    given again.
    """
    if name and len(files) > 1:
        raise click.UsageError("--name is for one file; give the files one by one, or take it away.")
    from whoholds.gazetteer import manage

    try:
        for file in files:
            with Bar(0) as bar:
                outcome = manage.add(file, name, country, bar.setup)
            _report(outcome)
    except KeyboardInterrupt:
        say("Stopped. Nothing of this file is used yet; give the same command again and it goes on from there.")
        raise click.exceptions.Exit(INTERRUPTED) from None


@gazetteer.command
@click.argument(
    "countries",
    cls=Argument,
    nargs=-1,
    required=True,
    metavar="COUNTRY...",
    help="Countries, by their names or codes (IQ, SYR, Ukraine), or allCountries.",
)
@click.option(
    "--base-url",
    metavar="URL",
    default="",
    help="Where the files are fetched from; left out, WHOHOLDS_GEONAMES or GeoNames' own server.",
)
@click.option("--keep", metavar="FOLDER", type=FILE, help="Keep the files that were fetched in this folder.")
def fetch(countries: tuple[str, ...], base_url: str, keep: Path | None) -> None:
    """Fetch GeoNames' files of countries and add them.

    This is the only command that uses the network, and it asks for nothing else than these files. GeoNames' data are
    under CC BY 4.0.
    """
    import tempfile

    from whoholds.gazetteer import manage
    from whoholds.gazetteer.fetch import download

    codes = manage.codes(countries)
    with tempfile.TemporaryDirectory(prefix="whoholds-") as spare:
        for code in codes:
            with Bar(0) as bar:
                file = download(code, keep or Path(spare), base_url, bar.setup)
                outcome = manage.add(file, progress=bar.setup)
            _report(outcome)


@gazetteer.command(name="list")
@piped_option()
def list_(form: Format) -> None:
    """List what was added."""
    from whoholds.gazetteer import manage

    with Bar(0) as bar:
        found = manage.listed(bar.setup)
    records = [
        {
            "name": tally.name,
            "file": tally.origin,
            "added": tally.added,
            "new_places": tally.places,
            "known_places": tally.known,
            "left_out": tally.left_out,
        }
        for tally in found
    ]
    if not records:
        say("Nothing was added to the default gazetteer.")
    if form is not Format.TABLE:
        write_records(records, form)
    else:
        _show(records, {"name": 3, "file": 3, "added": 2, "new_places": 2, "known_places": 2, "left_out": 1})


@gazetteer.command
@click.argument(
    "names", cls=Argument, nargs=-1, required=True, metavar="NAME...", help="What `gazetteer list` calls them."
)
def remove(names: tuple[str, ...]) -> None:
    """Take away what was added."""
    from whoholds.gazetteer import manage

    with Bar(0) as bar:
        manage.remove(names, bar.setup)
    say(f"Removed: {', '.join(names)}.")


@gazetteer.command
@click.argument("name", cls=Argument, metavar="NAME", help="A place's name, in any script and spelling.")
@click.option(
    "--country", "countries", metavar="COUNTRY", multiple=True, help="Only in this country; may be given again."
)
@click.option("--near", metavar="PLACE", help="Nearest first, to a place's name or to a point (33.42,43.31).")
@click.option("--limit", metavar="N", type=click.IntRange(1, 1000), default=10, help="At most so many.")
@piped_option()
def lookup(name: str, countries: tuple[str, ...], near: str | None, limit: int, form: Format) -> None:
    """Look a name up: the places that it can mean, the likeliest first, and why."""
    from whoholds.gazetteer import Gazetteer, explain
    from whoholds.gazetteer.names import key

    if not key(name):
        raise click.UsageError("No place is named. Give a name with letters.")
    with Bar(0) as bar:
        opened = Gazetteer.open(progress=bar.setup)
    with opened:
        codes = explain.country_codes(countries)
        point = explain.point_of(near, opened, codes) if near is not None else None
        found = explain.answers(opened, name, codes, point, limit)
        records = [_record(answer, opened.pcodes(answer.candidate.place_id)) for answer in found]
    if warning := opened.warning:
        say(f"note: {warning}")
    if form is not Format.TABLE:
        write_records(records, form)
    else:
        rows = [
            record | {"where": _where(answer), "at": _at(answer)} for answer, record in zip(found, records, strict=True)
        ]
        _show(rows, {"name": 3, "where": 3, "type": -10, "at": -16, "place_id": 3, "reason": 5})
    if not found:
        said = " in " + " or ".join(codes) if codes else ""
        say(f"No place is called {one_line(name)}{said}, nor nearly so.")
        raise click.exceptions.Exit(2)
    if note := explain.caution(name):
        say(f"note: {note}.")


def _record(answer: Answer, codes: Pcodes) -> dict[str, object]:
    one = answer.candidate
    record: dict[str, object] = {
        "place_id": one.place_id,
        "name": one.name,
        "type": one.place_type.value,
        "lat": one.lat,
        "lon": one.lon,
        "radius_km": one.radius_km,
        "country": one.country,
        "admin": one.admin,
        "population": one.population or None,
        "match": one.match,
        "likeness": one.likeness,
        "km": None if answer.km is None else round(answer.km, 1),
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "pcode": codes.own or None,
        "adm1_pcode": codes.adm1 or None,
        "adm2_pcode": codes.adm2 or None,
        "source": answer.source,
        "reason": answer.reason,
    }
    return record


def _where(answer: Answer) -> str:
    return ", ".join(part for part in (answer.candidate.admin, answer.candidate.country) if part)


def _at(answer: Answer) -> str:
    return f"{answer.candidate.lat:.3f},{answer.candidate.lon:.3f}"


def _show(records: Sequence[dict[str, object]], columns: dict[str, int]) -> None:
    """A table of some of the fields: each with its share of the width, or with a fixed width where it is negative."""
    from whoholds.cli.layout import Column, show_head, show_row

    heads = [Column(name.replace("_", " "), max(share, 0), max(-share, 0)) for name, share in columns.items()]
    if records:
        show_head(heads)
    for record in records:
        cells = [record[name] for name in columns]
        show_row([[(f"{cell:,}" if isinstance(cell, int) else str(cell or ""), "")] for cell in cells], heads)


def _report(outcome: Outcome) -> None:
    tally = outcome.tally
    if not outcome.new:
        say(f"{tally.name}: this very file was added before ({tally.places:,} new places).")
        return
    for issue in outcome.issues[:MAX_LISTED]:
        say(f"{issue.severity}: {one_line(str(issue))}")
    if (more := len(outcome.issues) - MAX_LISTED) > 0:
        say(f"... and {more:,} more issues.")
    left = f", {tally.left_out:,} lines left out" if tally.left_out else ""
    say(f"{tally.name}: {tally.places:,} new places, {tally.known:,} that were known{left}.")
