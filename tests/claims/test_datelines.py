"""The country of a dateline is one that the report is about."""

from __future__ import annotations

from collections.abc import Callable

from whoholds.pipeline import Reading


def test_a_town_lies_in_the_country_of_the_dateline(page: Callable[[str], Reading]) -> None:
    text = (
        "KIDAL, Mali - French troops entered Kidal on Wednesday, the French army said. French jets flew over the town."
    )
    places = {c.place.place_id for c in page(f"French troops in desert town\n\n{text}\n").claims}
    assert places
    assert not any(str(place).endswith("@FRA") for place in places)


def test_a_dateline_without_a_country_tells_none(page: Callable[[str], Reading]) -> None:
    text = "BEIRUT - Syrian troops entered Hama on Tuesday, the Syrian army said."
    assert {c.place.country for c in page(f"Troops enter city\n\n{text}\n").claims} == {"SYR"}
