"""Lists of places that a user adds: columns by many names, what is taken from them, what is listed or refused."""

from __future__ import annotations

import random

import pytest

from whoholds.errors import GazetteerError
from whoholds.gazetteer import Candidate, Gazetteer, manage
from whoholds.gazetteer.pcodes import Pcodes
from whoholds.model import PlaceType

HEAD = "name,lat,lon,aliases,type,admin,country,valid from,valid to\n"


def one(name: str) -> Candidate:
    with Gazetteer.open() as found:
        return found.candidates(name)[0]


def faults(outcome: manage.Outcome) -> dict[int, str]:
    return {at: code for at, code, _ in outcome.tally.listed}


def test_all_columns_are_used(own) -> None:
    own.add(HEAD + "Al Ghadir,33.5,42.5,Ghadeer|الغدير,district,Anbar,Iraq,1991,2005-06\n")
    found = one("Ghadeer")
    assert (found.place_id, found.name, found.country, found.admin) == ("mine:al-ghadir", "Al Ghadir", "IRQ", "Anbar")
    assert (found.place_type, found.valid_from, found.valid_to) == (PlaceType.DISTRICT, "1991", "2005-06")
    assert one("الغدير").place_id == "mine:al-ghadir"


@pytest.mark.parametrize(
    "table",
    [
        "Place Name,Latitude,Longitude\nQaryat Sab,33.5,42.5\n",
        "LON;LAT;VILLAGE\n42,5;33,5;Qaryat Sab\n",
        "x\ty\ttoponym\n42.5\t33.5\tQaryat Sab\n",
        "\ufeffname,lat,lng\r\nQaryat Sab,33.5N,42.5°E\r\n",
        'id,where_coordinates,adm_1,latitude,longitude\n7,"Qaryat Sab village",Anbar Governorate,33.5,42.5\n',
        "name,lat,lon,country,type\nQaryat Sab,33.5,42.5,iq,PPL\n",
    ],
)
def test_columns_are_known_by_many_names(own, table: str) -> None:
    own.add(table)
    found = one("Qaryat Sab")
    assert (found.lat, found.lon, found.country, found.name) == (33.5, 42.5, "IRQ", "Qaryat Sab")
    assert found.place_type is PlaceType.SETTLEMENT


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Bir Hamad/Ain Hamad", ("Bir Hamad", "Ain Hamad", "Bir Hamad/Ain Hamad")),
        ("Bir Hamad town (Ain Hamad)", ("Bir Hamad", "Ain Hamad", "Bir Hamad town")),
    ],
)
def test_two_names_in_a_cell_are_two_names(own, written: str, names: tuple[str, ...]) -> None:
    own.add(f"name,lat,lon\n{written},33.5,42.5\n")
    assert {one(name).name for name in names} == {"Bir Hamad"}


def test_the_country_is_that_of_the_division_or_of_the_towns_near(own) -> None:
    own.add("name,lat,lon,admin\nQaryat Sab,34.48,41.8,\nTall Tis,34.45,41.25,Deir ez-Zor\n")
    assert one("Qaryat Sab").country == "IRQ"
    assert one("Tall Tis").country == "SYR"


def test_the_country_may_be_said_for_all_rows(own) -> None:
    own.add("name,lat,lon\nQaryat Sab,34.48,41.8\n", country="Syria")
    assert one("Qaryat Sab").country == "SYR"
    with pytest.raises(GazetteerError, match="'Narnia' is no country"):
        own.add("name,lat,lon\nQaryat Sab,34.48,41.8\n", country="Narnia")


def test_places_that_are_known_learn_names(own) -> None:
    outcome = own.add("name,lat,lon,aliases\nRutba,33.05,40.28,Rutbeh Old Fort\nAr-Rawwa,34.47,41.91,\n")
    assert (outcome.tally.places, outcome.tally.known) == (0, 2)
    assert one("Rutbeh Old Fort").place_id == "geonames:1"


def test_a_dated_row_is_a_place_of_its_own(own) -> None:
    outcome = own.add(HEAD + "Rutba,33.05,40.28,,,,IQ,1990,1995\n")
    assert outcome.tally.places == 1


def test_rows_that_cannot_be_true_are_left_out_and_listed(own) -> None:
    rows = [
        *(f"Qaryat {n},33.{n},42.5,,village,,IQ,," for n in range(10, 30)),  # lines 2 to 21
        "Qaryat 10,33.1001,42.5001,,village,,IQ,,",
        "No Point,,42.5,,,,IQ,,",
        "Null Island,0,0,,,,,,",
        "Ramadi,43.31,33.42,,,,,,",
        "Tall Far,43.0,33.4,,,,IQ,,",
        "Tall Narnia,33.4,43.0,,,,Narnia,,",
        "Tall Never,33.4,43.0,,,,IQ,2005,1991",
        "Tall Soon,33.4,43.0,,,,IQ,soon,",
        ",33.4,43.0,,,,IQ,,",
        f"{'x' * 10_000},33.4,43.0,,,,IQ,,",
        "Tall Souq,33.45,43.01,,souq,,IQ,,",
        "Nul\0,33.4,43.0,,,,IQ,,",
    ]
    outcome = own.add((HEAD + "\n".join(rows) + "\n").encode() + b"Latin \xe9,33.4,43.0,,,,IQ,,\n")
    assert faults(outcome) == {
        22: "duplicate", 23: "number", 24: "number", 25: "swapped", 26: "swapped", 27: "number", 28: "dates",
        29: "number", 30: "name", 31: "name", 32: "type", 33: "nul", 34: "encoding",
    }  # fmt: skip
    assert (outcome.tally.places, outcome.tally.left_out) == (21, 12)
    assert one("Tall Souq").place_type is PlaceType.SETTLEMENT


def test_rows_of_one_name_are_kept_apart(own) -> None:
    outcome = own.add("name,lat,lon,country\nTall Hamad,33.5,42.5,IQ\nTall Hamad,34.5,43.5,IQ\n")
    assert outcome.tally.places == 2
    with Gazetteer.open() as found:
        assert {c.place_id for c in found.candidates("Tall Hamad")} == {"mine:tall-hamad", "mine:tall-hamad-2"}


def test_the_lists_own_ids_are_kept_and_may_not_come_twice(own) -> None:
    outcome = own.add("pcode,name,lat,lon\nIQ01,Tall Hamad,33.5,42.5\nIQ01,Tall Other,34.5,43.5\n")
    assert one("Tall Hamad").place_id == "mine:iq01"
    assert faults(outcome) == {3: "duplicate"}


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("name,lat\nX,1\n", "no column for lon (it has: name, lat)"),
        ("33.5,42.5,Qaryat Sab\n", "no column for name and lat and lon"),
        ("name,lat,lon\n", "no place that can be used"),
        ("name,lat,lon\n" + "X,here,there\n" * 5, "5 of its first 6 lines are broken (line 2 lat is 'here'"),
    ],
)
def test_a_list_that_is_none_is_refused(own, table: str, message: str) -> None:
    with pytest.raises(GazetteerError) as caught:
        own.add(table)
    assert message in str(caught.value)
    assert manage.listed() == []


def test_a_list_with_exchanged_columns_is_refused_by_the_places_that_are_known(own) -> None:
    towns = (
        "Ramadi,43.31,33.42",
        "Ar Rutbah,40.29,33.04",
        "Rawah,41.92,34.48",
        "Hit,42.83,33.64",
        "Deir ez-Zor,40.14,35.34",
    )
    with pytest.raises(GazetteerError, match="lat and lon exchanged"):
        own.add("name,lat,lon\n" + "\n".join(towns) + "\n")


def test_a_quote_that_is_not_closed_costs_no_more_than_it_must(own) -> None:
    rows = [f"Qaryat {n},33.{n},42.5" for n in range(10, 30)]
    own.add("name,lat,lon\n" + "\n".join(rows) + '\n"Tall Open,33.4,42.5\n')
    assert one("Qaryat 29").lat == 33.29


def test_names_of_lists_are_plain(own) -> None:
    own.add("name,lat,lon\nQaryat Sab,33.5,42.5\n", "My Places (2016).v2.csv")
    assert [tally.name for tally in manage.listed()] == ["my-places-2016"]
    for name in ("../up", "geonames", "supplement"):
        with pytest.raises(GazetteerError, match="cannot be a gazetteer's name"):
            own.add("name,lat,lon\nQaryat Sab,33.5,42.5\n", name=name)


def test_noise_never_breaks_it(own) -> None:
    """Bytes at random in a list that is otherwise whole: it is added or refused, and says why."""
    chosen = random.Random(5)
    for turn in range(25):
        content = bytearray((HEAD + "".join(f"Qaryat {n},33.{n},42.5,,,,IQ,,\n" for n in range(10, 40))).encode())
        for _ in range(chosen.choice((1, 20, 400))):
            content[chosen.randrange(len(content))] = chosen.randrange(256)
        refused = ""
        try:
            assert own.add(bytes(content), f"noise{turn % 2}.csv").tally.lines > 1
        except GazetteerError as error:
            refused = str(error)
        assert not refused or "noise" in refused or "first line" in refused


def test_p_codes_of_a_place_and_of_its_divisions(own) -> None:
    own.add(
        "name,type,lat,lon,country,admin,pcode,adm1_pcode,ADM2 PCODE\n"
        "Tall Hamad,village,33.5,42.5,IQ,Anbar,iqg01q0101,IQG01,IQG01Q01\n"
        "Tall Other,village,34.5,43.5,IQ,,,IQG18,no code!\n"
        "Tall Third,village,34.9,43.9,IQ,,,,\n"
    )
    with Gazetteer.open() as found:
        assert found.pcodes("mine:iqg01q0101") == Pcodes("IQG01Q0101", "IQG01", "IQG01Q01")
        assert found.pcodes("mine:tall-other") == Pcodes("", "IQG18", "")
        assert found.pcodes("mine:tall-third") == Pcodes()
        assert found.pcodes("nowhere") == Pcodes()


def test_a_bad_p_code_is_listed_and_its_place_kept(own) -> None:
    outcome = own.add("name,lat,lon,pcode\nTall Hamad,33.5,42.5,to be found\n")
    assert outcome.tally.places == 1
    assert "is no P-code" in outcome.tally.listed[0][2]


def test_a_town_that_is_known_learns_its_p_codes_and_a_province_tells_its_towns(own) -> None:
    own.add(
        "name,type,lat,lon,country,pcode\n"
        "Al Anbar,governorate,32.9,41.7,IQ,IQG01\nRamadi,town,33.43,43.3,IQ,IQG01Q0603\n"
    )
    with Gazetteer.open() as found:
        assert found.pcodes("geonames:2") == Pcodes("IQG01Q0603", "IQG01", "")
        # No second province of the name.
        anbar = [one for one in found.candidates("Anbar") if one.place_type is PlaceType.PROVINCE]
        assert [found.pcodes(one.place_id).own for one in anbar] == ["IQG01"]


def test_what_was_added_first_keeps_its_codes(own) -> None:
    own.add("name,lat,lon,country,pcode\nRamadi,33.43,43.3,IQ,IQG01Q0603\n")
    own.add("name,lat,lon,country,pcode,adm2_pcode\nRamadi,33.43,43.3,IQ,IQ9,IQG01Q06\n", "later.csv")
    with Gazetteer.open() as found:
        assert found.pcodes("geonames:2") == Pcodes("IQG01Q0603", "", "IQG01Q06")


def test_a_gazetteer_without_lists_has_no_p_codes(small: Gazetteer) -> None:
    assert small.pcodes("geonames:2") == Pcodes()
