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


class Divisions:
    """The first-level divisions that places lie in, by the gazetteer."""

    def __init__(self) -> None:
        from whoholds.gazetteer import Gazetteer

        self._gazetteer = Gazetteer.open()
        self._known: dict[str, str | None] = {}

    def of(self, place: Place) -> str | None:
        """Its name; None where the place was not found, or lies in none."""
        key = place.place_id
        if key is None or place.place_type is PlaceType.COUNTRY:
            return None
        if key not in self._known:
            # A described spot ("geonames:98717/near") lies where its named place does, as far as divisions go.
            found = self._gazetteer.place(key.partition("/")[0])
            own = place.name if place.place_type is PlaceType.PROVINCE else None
            self._known[key] = (found.admin if found else None) or own
        return self._known[key]

    def close(self) -> None:
        self._gazetteer.close()
