"""`whoholds map`: the ledger as one page."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whoholds.cli.options import OUTPUT, Day, LedgerAt, known_option, ledger_option, on_option, view_option
from whoholds.cli.output import say

if TYPE_CHECKING:
    from whoholds.control.selection import View


@click.command("map")
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    type=OUTPUT,
    default=Path("map.html"),
    help="The page to write; one that is there is replaced.",
)
@click.option(
    "--tiles",
    metavar="URL",
    help="Lay map tiles under the places, from an address with {z}, {x} and {y}. The page then fetches them.",
)
@click.option("--attribution", metavar="TEXT", default="", help="Who made the tiles, as their terms ask.")
@on_option
@known_option
@click.option(
    "--today",
    metavar="DATE",
    type=Day(),
    help="Let the slider end with this day (YYYY-MM-DD) and count ages to it; without it with the last evidence.",
)
@view_option
@ledger_option
def map_(
    output: Path,
    tiles: str | None,
    attribution: str,
    on: date | None,
    known: date | None,
    today: date | None,
    view: View,
    ledger: LedgerAt,
) -> None:
    """Write the map: one HTML file that needs no network.

    Towns are coloured by holder, a slider goes through the days, and a click shows the words that an answer rests on.
    """
    from whoholds.exports.map import Tiles, write_map
    from whoholds.ledger import Ledger
    from whoholds.views import why_nothing
    from whoholds.views.mapdata import map_data

    under = Tiles(tiles, attribution) if tiles else None
    on = on or today
    with Ledger.open(ledger, create=False) as store:
        if store.is_file(output):
            raise click.UsageError(f"{output} is the ledger. Name another file with -o.")
        data = map_data(store, on, known, view=view)
        write_map(output, data, under)
        if not data["places"] and not data["unplaced"]:
            say(f"{output}: an empty map. {why_nothing(store, None, on, known, view=view)}")
            return
    places, unplaced = len(data["places"]), len(data["unplaced"])
    say(f"{output}: {places} places on the map, {unplaced} listed beside it that could not be placed.")
