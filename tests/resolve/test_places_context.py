"""What the words around names tell of where they lie, read from whole reports."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from whoholds.model import MentionType, Place, Report, Role, Section, Span
from whoholds.pipeline import Reader

Read = Callable[[str], dict[str, Place]]


@pytest.fixture(scope="module")
def places() -> Read:
    reader = Reader(sift=False)

    def read(text: str) -> dict[str, Place]:
        report = Report("test", text, (Section(Span(0, len(text)), Role.BODY),))
        reading = reader.read(report)
        found = [m for m in reading.mentions if m.type is MentionType.PLACE]
        claimed = {c.place.name: c.place for c in reading.claims}
        return claimed | {m.text: m.value for m in found if isinstance(m.value, Place)}

    return read


def test_a_place_lies_in_what_follows_its_comma(places: Read) -> None:
    found = places("The fire began in Springfield, Illinois, on Monday.")
    assert found["Springfield"].place_id == "geonames:4250542"


def test_a_stated_distance_tells_which_is_meant(places: Read) -> None:
    found = places("A bridge fell in Clinton, 30 km west of Utica, in the United States.")
    assert found["Clinton"].lat is not None
    # Clinton in New York lies by Utica; a dozen larger ones do not
    assert abs(found["Clinton"].lat - found["Utica"].lat) < 1


def test_a_village_that_nobody_knows_lies_by_those_of_its_list(places: Read) -> None:
    found = places("In Ukraine, troops took the villages of Snihurivka, Qzorvatka and Bereznehuvate on Friday.")
    unknown = found["Qzorvatka"]
    assert unknown.basis == "parent"
    assert unknown.lat is not None
    assert unknown.radius_km is not None
    assert unknown.radius_km >= 15
    assert unknown.place_id is not None
    assert unknown.place_id.startswith("name:")
    assert unknown.place_id.endswith("@UKR")
    assert "not found" in unknown.reason


def test_unknown_places_of_one_name_in_two_countries_are_two(places: Read) -> None:
    mali = places("In Mali, rebels took the village of Qzorvatka.")["Qzorvatka"]
    chad = places("In Chad, rebels took the village of Qzorvatka.")["Qzorvatka"]
    assert mali.place_id != chad.place_id
    assert mali.lat is None


def test_a_reason_names_the_rivals(places: Read) -> None:
    found = places("The Libyan government said that Tripoli was calm.")
    assert "rather than" in found["Tripoli"].reason
    assert "LBN" in found["Tripoli"].reason


def test_an_unknown_village_lies_where_the_report_says_it_does(places: Read) -> None:
    near = places("In Mali, rebels captured Qzorvatka, a small village near Gao, on Monday.")
    assert (near["Qzorvatka"].basis, near["Qzorvatka"].radius_km) == ("parent", 20.0)
    assert near["Qzorvatka"].lat == near["Gao"].lat
    north = places("In Mali, the army retook Qzorvatka, 30 km north of Gao, on Monday.")
    assert north["Qzorvatka"].basis == "offset"
    assert north["Qzorvatka"].lat is not None
    assert north["Gao"].lat is not None
    assert 0.2 < north["Qzorvatka"].lat - north["Gao"].lat < 0.35
    assert north["Qzorvatka"].radius_km == 7.5
    assert "not found" in north["Qzorvatka"].reason


def test_near_says_nothing_of_a_place_that_is_known(places: Read) -> None:
    found = places("In Mali, rebels captured Timbuktu near Gao on Monday.")
    assert found["Timbuktu"].basis == "gazetteer"


def test_the_countryside_of_a_town_is_not_the_town(places: Read) -> None:
    found = places("The Syrian army controls the Hama countryside.")
    assert found["Hama countryside"].basis == "offset"
    assert found["Hama countryside"].radius_km == 20.0
