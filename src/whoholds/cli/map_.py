"""`whoholds map`: the ledger as one page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from whoholds.cli.options import DEFAULT_LEDGER, Known, LedgerPath, On
from whoholds.cli.output import say


def map_(
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The page to write; one that is there is replaced.")
    ] = Path("map.html"),
    on: On = None,
    known: Known = None,
    ledger: LedgerPath = DEFAULT_LEDGER,
) -> None:
    """Write the map: one HTML file that needs no network.

    Towns are coloured by holder, a slider goes through the days, and a click shows the words that an answer rests on.
    """
    from whoholds.exports.map import actor_colours, write_map
    from whoholds.ledger import Ledger
    from whoholds.views.mapdata import map_data

    with Ledger.open(ledger, create=False) as store:
        data = map_data(store, on, known, colours=actor_colours)
    write_map(output, data)
    say(f"{output}: {len(data['places'])} places on the map, {len(data['unplaced'])} that could not be placed.")
