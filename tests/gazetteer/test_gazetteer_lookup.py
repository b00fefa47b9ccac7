"""Looking names up, in a gazetteer of eight towns, our supplement and the countries."""

from __future__ import annotations

import pytest

from whoholds.errors import GazetteerError
from whoholds.gazetteer import Gazetteer
from whoholds.gazetteer.wordlike import is_wordlike
from whoholds.model import PlaceType


def test_own_name_comes_before_other_names_and_those_before_likenesses(small: Gazetteer) -> None:
    found = small.candidates("Rawa")
    assert [(c.place_id, c.match) for c in found[:2]] == [("geonames:4", "exact"), ("geonames:3", "alias")]
    assert small.candidates("Deir al-Zour")[0].match == "folded"
    assert small.candidates("Deir al-Zour")[0].likeness < 1.0


def test_equal_matches_are_ordered_by_inhabitants(small: Gazetteer) -> None:
    assert [c.admin for c in small.candidates("Springfield")] == ["Massachusetts", "Illinois"]


def test_wanted_countries_come_first_and_escape_the_limit(small: Gazetteer) -> None:
    (found,) = small.candidates("Rawa", 1, countries=["IRQ"])
    assert found.place_id == "geonames:3"


def test_fuzzy_matches_only_on_request(small: Gazetteer) -> None:
    assert small.candidates("Sprinfield") == []
    found = small.candidates("Sprinfield", fuzzy=True)
    assert {c.match for c in found} == {"fuzzy"}
    assert small.candidates("Ramadi", fuzzy=True)[0].match == "exact"


def test_arabic_names_are_found(small: Gazetteer) -> None:
    assert small.candidates("الرطبة")[0].place_id == "geonames:1"


def test_unknown_and_empty_names(small: Gazetteer) -> None:
    assert small.candidates("Ghnayman") == []
    assert small.candidates("") == small.candidates("...") == []
    assert not small.is_known("Ghnayman")
    assert not small.is_known("")


@pytest.mark.parametrize("name", ["Hit", "the Ramadi", "RUTBA", "Springfields" * 40])
def test_is_known_agrees_with_candidates(small: Gazetteer, name: str) -> None:
    assert small.is_known(name) == bool(small.candidates(name))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Syria", "SYR"),
        ("the Congo", "COD"),
        ("DRC", "COD"),
        ("Republic of the Congo", "COG"),
        ("Burma", "MMR"),
        ("Ivory Coast", "CIV"),
        ("South Sudan", "SSD"),
        ("US", "USA"),
        ("U.S.", "USA"),
        ("Kosovo", "XKX"),
        ("us", None),
        ("Ramadi", None),
        ("Atlantis", None),
    ],
)
def test_countries_by_name(name: str, code: str | None) -> None:
    from whoholds.gazetteer.countries import country_names
    from whoholds.gazetteer.names import key

    # Countries are compiled only where the cities reach, so the names are checked at their source.
    table = {key(n): c for c, usual, others in country_names() for n in (usual, *others)}
    plain = key(name).removeprefix("the ")
    found = table.get(plain)
    assert (None if name == "us" else found) == code


def test_a_country_is_told_from_a_pronoun(small: Gazetteer) -> None:
    assert small.country("US") == small.country("the U.S.") == "USA"
    assert small.country("us") is None
    assert small.country("Iraq") == "IRQ"
    assert small.country("Ramadi") is None


def test_supplement_and_provinces_have_their_ids_types_and_reach(small: Gazetteer) -> None:
    kubaysa = small.candidates("Kubaisa")[0]
    assert (kubaysa.place_id, kubaysa.country, kubaysa.admin) == ("supplement:kubaysa", "IRQ", "Anbar")
    assert kubaysa.radius_km
    anbar = small.candidates("al-Anbar")[0]
    assert (anbar.place_id, anbar.place_type) == ("province:IRQ-anbar", PlaceType.PROVINCE)
    # The centre of its four towns, and none of them.
    assert anbar.lat == pytest.approx((33.04 + 33.42 + 34.48 + 33.64) / 4, abs=0.001)
    again = small.place("province:IRQ-anbar")
    assert again is not None
    assert (again.name, again.lat, again.lon) == ("Anbar", anbar.lat, anbar.lon)
    assert small.candidates("Ramadi")[0].admin == "Anbar"


def test_a_closed_gazetteer_says_so(small: Gazetteer) -> None:
    small.close()
    with pytest.raises(GazetteerError):
        small.candidates("Hit")


@pytest.mark.parametrize("name", ["Hit", "Of", "March", "Bar", "Police", "Said", "General Ali", "NORTH"])
def test_wordlike_names(name: str) -> None:
    assert is_wordlike(name)


@pytest.mark.parametrize("name", ["Ramadi", "Deir ez-Zor", "New Aleppo", "Syria", "Turkey", "Chad", "", "Goma"])
def test_names_that_are_no_words(name: str) -> None:
    assert not is_wordlike(name)
