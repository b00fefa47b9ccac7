"""Where places lie of which a report says no more than whose army took them."""

from __future__ import annotations

import pytest
from short_reports import body

from whoholds.pipeline import Reader


@pytest.mark.parametrize(
    ("text", "place", "country"),
    [
        # abroad, and no other country is named
        ("Turkish troops captured Afrin on Tuesday.", "Afrin", "SYR"),
        ("Kenyan troops seized Afmadow.", "Afmadow", "SOM"),
        ("French troops entered Tessalit at dawn.", "Tessalit", "MLI"),
        # a name of another spelling at home is not meant
        ("Konna was captured by French troops.", "Konna", "MLI"),
        # named by its army alone
        ("Palmyra is under the control of the Syrian army.", "Palmyra", "SYR"),
        # at home
        ("Russian troops took Shali.", "Shali", "RUS"),
    ],
)
def test_a_town_is_looked_for_where_the_army_can_be(reader: Reader, text: str, place: str, country: str) -> None:
    (claim,) = reader.read(body(text)).claims
    assert (claim.place.name, claim.place.country) == (place, country)
    assert claim.place.lat is not None


@pytest.mark.parametrize("venue", ["Geneva", "Oslo"])
def test_where_talks_are_held_is_not_where_the_war_is(reader: Reader, venue: str) -> None:
    (claim,) = reader.read(body(f"As talks dragged on in {venue}, the rebels seized Bukavu.")).claims
    assert claim.actor == "rebels:COD"
