"""The joint choice of places, with the whole gazetteer."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

import pytest

from whoholds.gazetteer import Gazetteer
from whoholds.model import Place, PlaceType
from whoholds.resolve.geodesy import bearing_between, distance_km
from whoholds.resolve.places import PlaceQuery, StatedDistance, resolve_places


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open() as opened:
        yield opened


def named(gazetteer: Gazetteer, *names: str | PlaceQuery, countries: Mapping[str, float] | None = None) -> list[Place]:
    queries = [name if isinstance(name, PlaceQuery) else PlaceQuery(name) for name in names]
    return resolve_places(queries, gazetteer, countries=countries)


def test_the_report_s_country_decides_between_namesakes(gazetteer: Gazetteer) -> None:
    libya, lebanon = (named(gazetteer, "Tripoli", countries={c: 1.0})[0] for c in ("LBY", "LBN"))
    assert (libya.country, lebanon.country) == ("LBY", "LBN")
    assert "LBY" in libya.reason


def test_other_places_decide_where_no_country_is_named(gazetteer: Gazetteer) -> None:
    tripoli, *_ = named(gazetteer, "Tripoli", "Zgharta", "Halba")
    assert tripoli.country == "LBN"
    tripoli, *_ = named(gazetteer, "Tripoli", "Misrata", "Gharyan")
    assert tripoli.country == "LBY"


def test_a_small_town_of_the_report_beats_a_namesake_elsewhere(gazetteer: Gazetteer) -> None:
    rawa, hit, haditha = named(gazetteer, "Rawa", "Hit", "Haditha", countries={"IRQ": 3.0})
    assert [p.country for p in (rawa, hit, haditha)] == ["IRQ"] * 3
    assert rawa.place_id == "geonames:92004"


def test_better_unresolved_than_on_another_continent(gazetteer: Gazetteer) -> None:
    (place,) = named(gazetteer, "Springfield", countries={"IRQ": 1.0})
    assert (place.basis, place.lat, place.lon, place.country) == ("unresolved", None, None, None)
    assert place.place_id == "name:springfild"
    assert "fits the report" in place.reason


def test_a_place_of_our_own_table_is_found_far_from_several_others(gazetteer: Gazetteer) -> None:
    """Nobody counted who lives in Ras Lanuf; it lies 200 km and more from each of these."""
    names = ("Ras Lanuf", "Benghazi", "Tripoli", "Zawiya", "Misrata")
    found = named(gazetteer, *names, countries={"LBY": 2.0})
    assert found[0].place_id == "supplement:ras-lanuf"


def test_famous_places_are_found_wherever_the_report_is(gazetteer: Gazetteer) -> None:
    moscow, tikrit = named(gazetteer, "Moscow", "Tikrit", countries={"IRQ": 1.0})
    assert (moscow.country, tikrit.country) == ("RUS", "IRQ")


def test_unknown_names_are_kept(gazetteer: Gazetteer) -> None:
    first, second, third = named(gazetteer, "Ghnayman", "the village of Ghnayman", "the border", countries={"SYR": 1.0})
    assert first.place_id == second.place_id == "name:gniman"
    assert first.name == "Ghnayman"
    assert second.name == "the village of Ghnayman"
    assert third.lat is None


def test_a_parent_gives_its_point_where_the_name_is_unknown(gazetteer: Gazetteer) -> None:
    child, province = named(gazetteer, PlaceQuery("Ghnayman", parent="Raqqa province"), "Raqqa province")
    assert child.basis == "parent"
    assert (child.lat, child.lon) == (province.lat, province.lon)
    assert child.radius_km is not None
    assert child.radius_km > 20
    assert child.place_id == "name:gniman"


def test_a_parent_chooses_among_namesakes(gazetteer: Gazetteer) -> None:
    (georgia,) = named(gazetteer, PlaceQuery("Athens", parent="Georgia", countries=("USA",)))
    (greece,) = named(gazetteer, "Athens")
    assert (georgia.country, greece.country) == ("USA", "GRC")


def test_a_province_is_not_its_city(gazetteer: Gazetteer) -> None:
    city, province, hinted = named(gazetteer, "Idlib", "Idlib province", PlaceQuery("Idlib", PlaceType.PROVINCE))
    assert (city.place_type, province.place_type) == (PlaceType.SETTLEMENT, PlaceType.PROVINCE)
    assert province.place_id == hinted.place_id == "province:SYR-idlib-governorate"
    assert (province.lat, province.lon) != (city.lat, city.lon)


def test_a_district_is_not_its_centre(gazetteer: Gazetteer) -> None:
    town, district = named(gazetteer, "Sangin", "Sangin district")
    assert district.place_type is PlaceType.DISTRICT
    assert district.place_id != town.place_id
    assert district.basis == "parent"
    assert district.radius_km


def test_provinces_of_wars_have_centres(gazetteer: Gazetteer) -> None:
    names = [
        "Helmand province",
        "North Kivu",
        "Borno state",
        "Rakhine State",
        "Cabo Delgado",
        "Donetsk Oblast",
        "Darfur",
    ]
    places = named(gazetteer, *names)
    assert [p.country for p in places] == ["AFG", "COD", "NGA", "MMR", "MOZ", "UKR", "SDN"]
    assert {p.place_type for p in places} == {PlaceType.PROVINCE, PlaceType.AREA}
    assert all(p.radius_km and p.radius_km >= 30 for p in places)


def test_countries(gazetteer: Gazetteer) -> None:
    places = named(gazetteer, "Syria", "the Democratic Republic of Congo", "Burma", "Mali")
    assert [p.place_id for p in places] == ["country:SYR", "country:COD", "country:MMR", "country:MLI"]


def test_an_area_without_distance_lies_in_its_direction(gazetteer: Gazetteer) -> None:
    area, town = named(gazetteer, "areas east of Ramadi", "Ramadi")
    assert (area.place_type, area.basis) == (PlaceType.AREA, "offset")
    assert area.relation is not None
    assert (area.relation.anchor, area.relation.km, area.relation.bearing) == ("Ramadi", None, 90.0)
    assert town.lat is not None
    assert town.lon is not None
    assert area.lat is not None
    assert area.lon is not None
    assert bearing_between(town.lat, town.lon, area.lat, area.lon) == pytest.approx(90, abs=1)
    assert 5 < distance_km(town.lat, town.lon, area.lat, area.lon) < 20


@pytest.mark.parametrize("words", ["50 km NE of Haditha", "50 kms north east of Haditha", "50km north-east of Haditha"])
def test_a_stated_offset_is_computed(gazetteer: Gazetteer, words: str) -> None:
    area, town = named(gazetteer, words, "Haditha")
    assert area.lat is not None
    assert area.lon is not None
    assert town.lat is not None
    assert town.lon is not None
    assert distance_km(town.lat, town.lon, area.lat, area.lon) == pytest.approx(50, abs=0.1)
    assert bearing_between(town.lat, town.lon, area.lat, area.lon) == pytest.approx(45, abs=0.5)
    assert area.radius_km


def test_near_and_between(gazetteer: Gazetteer) -> None:
    near, between, tikrit, baiji = named(
        gazetteer, "villages near Tikrit", "between Tikrit and Baiji", "Tikrit", "Baiji"
    )
    assert (near.lat, near.lon) == (tikrit.lat, tikrit.lon)
    assert near.place_id != tikrit.place_id
    assert between.lat is not None
    assert baiji.lat is not None
    assert tikrit.lat is not None
    assert tikrit.lat < between.lat < baiji.lat


def test_an_area_of_an_unknown_place_is_unresolved_with_its_relation(gazetteer: Gazetteer) -> None:
    (area,) = named(gazetteer, "10 km south of Ghnayman", countries={"SYR": 1.0})
    assert (area.basis, area.lat) == ("unresolved", None)
    assert area.relation is not None
    assert (area.relation.anchor, area.relation.km, area.relation.bearing) == ("Ghnayman", 10.0, 180.0)


def test_facilities_stand_at_their_town_unless_known_themselves(gazetteer: Gazetteer) -> None:
    base, silo, unknown = named(
        gazetteer, "T4 air base", "Tikrit grain silo", "Qazwini airport", countries={"IRQ": 1, "SYR": 1}
    )
    assert (base.place_type, base.basis, base.country) == (PlaceType.FACILITY, "gazetteer", "SYR")
    assert (silo.place_type, silo.basis, silo.country) == (PlaceType.FACILITY, "parent", "IRQ")
    assert silo.radius_km
    assert (unknown.place_type, unknown.lat) == (PlaceType.FACILITY, None)


def test_rivers_and_borders_have_no_point(gazetteer: Gazetteer) -> None:
    for name in ("the Euphrates", "Inhulets River", "border with Syria", "the Iraqi-Syrian border"):
        (place,) = named(gazetteer, name, countries={"IRQ": 1.0})
        assert (place.lat, place.basis) == (None, "unresolved")
        assert place.place_type in (PlaceType.RIVER, PlaceType.BORDER)


def test_a_stated_distance_tells_namesakes_apart(gazetteer: Gazetteer) -> None:
    queries = [PlaceQuery("Ivanivka"), PlaceQuery("Kherson")]
    places = {}
    for km in (60.0, 500.0):
        fact = StatedDistance("Ivanivka", "Kherson", km)
        village, city = resolve_places(queries, gazetteer, countries={"UKR": 1.0}, stated_distances=[fact])
        assert village.lat is not None
        assert village.lon is not None
        assert city.lat is not None
        assert city.lon is not None
        places[km] = distance_km(village.lat, village.lon, city.lat, city.lon)
    assert places[60.0] < 100
    assert places[500.0] > 350


def test_order_does_not_matter_and_names_stay_the_report_s(gazetteer: Gazetteer) -> None:
    names = ["Ar Rutba", "Deir Ezzor", "Hit", "areas east of Ramadi", "Ghnayman", "Anbar province", "Kubaisa"]
    expected = dict(zip(names, named(gazetteer, *names), strict=True))
    mixed = names[:]
    random.Random(5).shuffle(mixed)
    assert dict(zip(mixed, named(gazetteer, *mixed), strict=True)) == expected
    assert [expected[name].name for name in names] == names


@pytest.mark.parametrize(
    "name", ["", " ", ",", "the", "near", "north of", "((((", "\x00\u202e", "x" * 10_000, "a, b, c, d"]
)
def test_odd_names_do_no_harm(gazetteer: Gazetteer, name: str) -> None:
    (place,) = named(gazetteer, name)
    assert place.lat is None or place.basis != "unresolved"


def test_no_queries(gazetteer: Gazetteer) -> None:
    assert resolve_places([], gazetteer) == []


def test_a_land_overseas_counts_with_its_state(gazetteer: Gazetteer) -> None:
    stanley, green = named(gazetteer, "Stanley", "Goose Green", countries={"ARG": 3.0, "GBR": 2.0})
    assert (stanley.country, green.country) == ("FLK", "FLK")
    (islands,) = named(gazetteer, "Falkland Islands")
    assert islands.place_id == "country:FLK"


def test_the_size_of_the_blocks_makes_no_difference(gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("Tripoli", "Misrata", "Gharyan", "Springfield", "Rawa", "Hit", "Haditha", "Kobani", "Ayn al-Arab")
    whole = named(gazetteer, *names)
    monkeypatch.setattr("whoholds.resolve.choose.BLOCK", 1)
    assert named(gazetteer, *names) == whole


def test_a_state_is_meant_and_not_a_small_town_of_its_name(gazetteer: Gazetteer) -> None:
    state, town = named(gazetteer, "California", "Idlib", countries={"USA": 1.0, "SYR": 1.0})
    assert state.place_type is PlaceType.PROVINCE
    assert town.place_type is PlaceType.SETTLEMENT


def test_a_famous_city_is_meant_where_no_other_is_near(gazetteer: Gazetteer) -> None:
    rome, boston = named(gazetteer, "Rome", "Boston", countries={"USA": 1.0})
    assert (rome.country, boston.country) == ("ITA", "USA")


def test_what_a_place_lies_in_decides(gazetteer: Gazetteer) -> None:
    (place,) = named(gazetteer, PlaceQuery("Rome", parent="Georgia"), countries={"USA": 1.0})
    assert place.country == "USA"


def test_a_village_far_from_all_the_others_is_a_stranger(gazetteer: Gazetteer) -> None:
    names = ("Kherson", "Snihurivka", "Beryslav", "Mykolaiv", "Bashtanka", "Semyonovka")
    places = named(gazetteer, *names, countries={"UKR": 1.0})
    assert [p.lat is not None for p in places] == [True] * 5 + [False]


def test_a_country_named_beside_a_place_vouches_for_it(gazetteer: Gazetteer) -> None:
    here = ("Herat", "Kandahar", "Ghazni", "Farah", "Kunduz")
    beside = PlaceQuery("Lalibela", beside=frozenset({"ETH"}))
    alone = PlaceQuery("Lalibela")
    countries = {"AFG": 1.0, "ETH": 0.4}
    assert named(gazetteer, *here, beside, countries=countries)[-1].country == "ETH"
    assert named(gazetteer, *here, alone, countries=countries)[-1].country is None
