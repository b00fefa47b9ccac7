"""Which towns lie in which province, and how many there are of them: the gazetteer's divisions."""

from __future__ import annotations

from collections.abc import Mapping

from whoholds.model import Place, PlaceType


def provinces_of(places: Mapping[str, Place]) -> dict[str, str]:
    """For settlements by their ids: the id of the first-level division that each lies in, where it is known.

    A town never moves its district or province, and a district is not its centre; only what is said of the whole of a
    province reaches its towns.
    """
    towns = {
        place_id: p.country for place_id, p in places.items() if p.place_type is PlaceType.SETTLEMENT and p.country
    }
    if not towns:
        return {}
    from whoholds.gazetteer import Gazetteer

    found: dict[str, str] = {}
    with Gazetteer.open() as gazetteer:
        for country in sorted({*towns.values()}):
            codes = gazetteer.towns(country)
            for place_id, its in towns.items():
                division = gazetteer.division(country, codes.get(place_id, "")) if its == country else None
                if division and division.place_id:
                    found[place_id] = division.place_id
    return found
