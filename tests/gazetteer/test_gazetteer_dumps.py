"""GeoNames dumps that a user adds: what is taken, what is listed, what is refused; interrupted, it goes on."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from whoholds.errors import GazetteerError
from whoholds.gazetteer import Gazetteer, extend, manage, opened
from whoholds.gazetteer.added import Added
from whoholds.model import PlaceType

Line = Callable[..., str]


def zipped(content: str | bytes, name: str = "IQ.txt", **others: str) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
        for other, text in others.items():
            archive.writestr(other, text)
    return found.getvalue()


def many(line: Line, number: int) -> str:
    return "".join(line(1000 + n, f"Tall {n}", 33 + n / number, 43 + n / number) for n in range(number))


def faults(outcome: manage.Outcome) -> dict[int, str]:
    return {at: code for at, code, _ in outcome.tally.listed}


def test_a_dump_is_added_to_the_default(own, dump_line: Line) -> None:
    text = dump_line(50, "Tall al-Hawa", 36.7, 42.4, aliases="Tell Hawa,تل الهوا") + dump_line(
        51, "Jabal Sanam", 34.1, 42.6, code="MT"
    )
    outcome = own.add(text, "IQ.txt")
    assert (outcome.tally.name, outcome.tally.places, outcome.tally.left_out) == ("iq", 2, 0)
    with Gazetteer.open() as found:
        assert found.candidates("Tell Hawa")[0].place_id == "geonames:50"
        assert found.candidates("تل الهوا")[0].place_id == "geonames:50"
        assert found.candidates("Jabal Sanam")[0].place_type is PlaceType.AREA
        assert found.candidates("Ramadi")[0].place_id == "geonames:2"
        assert found.place("geonames:50") is not None


@pytest.mark.parametrize("name", ["IQ.zip", "IQ"])
def test_zipped_or_not_is_seen_from_the_content(own, dump_line: Line, name: str) -> None:
    content = zipped(dump_line(50, "Tall al-Hawa", 36.7, 42.4), **{"readme.txt": "about the columns"})
    assert own.add(content, name).tally.places == 1


def test_places_that_are_known_are_not_doubled(own, dump_line: Line) -> None:
    text = dump_line(3, "Rawah", 34.48, 41.92, aliases="Raouah") + dump_line(60, "Kubaisa", 33.58, 42.61)
    outcome = own.add(text, "IQ.txt")
    assert (outcome.tally.places, outcome.tally.known) == (0, 2)
    with Gazetteer.open() as found:
        assert [c.place_id for c in found.candidates("Raouah") if c.match == "alias"] == ["geonames:3"]
        assert found.candidates("Kubaisa", countries=["IRQ"])[0].place_id == "supplement:kubaysa"


def test_kinds_that_reports_do_not_name_are_passed_over(own, dump_line: Line) -> None:
    text = dump_line(50, "Tall al-Hawa", 36.7, 42.4) + dump_line(51, "Hotel Babil", 33.3, 44.4, code="HTL")
    outcome = own.add(text, "IQ.txt")
    assert (outcome.tally.places, outcome.tally.unwanted) == (1, 1)


def test_divisions_keep_their_place_and_districts_get_an_extent(own, dump_line: Line) -> None:
    villages = "".join(dump_line(100 + n, f"Qaryat {n}", 34 + n / 20, 42 + n / 20, admin2="77") for n in range(6))
    text = (
        dump_line(90, "Muhafazat al Anbar", 33, 42, code="ADM1", aliases="Al-Anbar Governorate")
        + dump_line(91, "Rawah District", 34.4, 41.9, code="ADM2", admin2="77")
        + villages
    )
    own.add(text, "IQ.txt")
    with Gazetteer.open() as found:
        assert found.candidates("Al-Anbar Governorate")[0].place_id == "province:IRQ-anbar"
        (district,) = found.candidates("Rawah District")
        assert district.place_type is PlaceType.DISTRICT
        assert 10 <= (district.radius_km or 0) <= 100


def test_lines_that_cannot_be_true_are_left_out_and_listed(own, dump_line: Line) -> None:
    good = "".join(dump_line(200 + n, f"Good {n}", 33 + n / 100, 43) for n in range(12))
    bad = [
        "1\tcut short\n",
        dump_line(301, "Swapped", 43.3, 33.4),
        dump_line(302, "Of another land", -20.0, 30.0),
        dump_line(303, "Off the earth", 95.0, 43.0),
        dump_line(200, "Twice", 33.0, 43.0),
        dump_line(304, "x" * 10_000, 33.0, 43.0),
        dump_line(305, "Nul\0byte", 33.0, 43.0),
        dump_line(306, "Ramadi", 33.4, 43.3, country="QQ"),
        dump_line(10**12, "Numbered", 33.4, 43.3),
        dump_line(307, "", 33.4, 43.3),
        dump_line(8, "Hit", 30.1, 46.9),
    ]
    latin = dump_line(308, "Ba\xe9", 33.0, 43.0).encode("latin-1")
    outcome = own.add((good + "".join(bad)).encode() + latin + b"y" * 100_000 + b"\n", "IQ.txt")
    assert outcome.tally.places == 12
    assert faults(outcome) == {
        13: "columns", 14: "swapped", 15: "elsewhere", 16: "number", 17: "duplicate", 18: "name", 19: "nul",
        20: "country", 21: "id", 22: "name", 23: "elsewhere", 24: "encoding", 25: "long-line",
    }  # fmt: skip
    assert all(str(issue).startswith("IQ.txt, line ") for issue in outcome.issues)
    with Gazetteer.open() as found:
        assert not found.candidates("Swapped")
        assert not found.candidates("Twice")
        assert found.candidates("Hit")[0].lat == 33.64


def refused(own, content: str | bytes, name: str = "IQ.txt") -> str:
    """The message; what was there is as it was."""
    Gazetteer.open().close()
    before = own.whole()
    with pytest.raises(GazetteerError) as caught:
        own.add(content, name)
    assert own.whole() == before
    assert manage.listed() == []
    assert sorted(path.name for path in own.compiled.parent.iterdir()) == ["gazetteer.sqlite", "gazetteer.sqlite.lock"]
    assert list((own.folder / "data").glob("*")) == []
    return str(caught.value)


def test_a_dump_with_exchanged_coordinates_is_refused(own, dump_line: Line) -> None:
    text = "".join(dump_line(400 + n, f"Turned {n}", 43 + n / 100, 33) for n in range(40))
    assert "lat and lon exchanged" in refused(own, text)


def test_a_dump_of_broken_lines_is_refused(own, dump_line: Line) -> None:
    text = dump_line(400, "Good", 33, 43) + "".join(f"{n}\tbroken\t\t\t1\n" for n in range(40))
    assert "40 of its first 41 lines are broken" in refused(own, text)


def test_a_dump_without_places_is_refused(own, dump_line: Line) -> None:
    assert "no place" in refused(own, dump_line(51, "Hotel Babil", 33.3, 44.4, code="HTL"))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(own, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "FREE", 1 << 20)
    assert "unpacks from" in refused(own, zipped(b"0" * (8 << 20)), "IQ.zip")


def test_a_cut_archive_is_refused(own, dump_line: Line) -> None:
    whole = zipped(many(dump_line, 3000))
    assert "cannot be read" in refused(own, whole[: len(whole) // 2], "IQ.zip")


def test_an_archive_with_a_wrong_checksum_is_refused(own, dump_line: Line) -> None:
    whole = bytearray(zipped(many(dump_line, 3000)))
    whole[len(whole) // 2] ^= 0xFF
    assert "damaged" in refused(own, bytes(whole), "IQ.zip")


def test_an_archive_of_several_texts_is_refused(own) -> None:
    assert "a.txt, b.csv" in refused(own, zipped("x", "a.txt", **{"b.csv": "y"}), "IQ.zip")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\0" * 5000, "a binary file"),
        (b"%PDF-1.7 ...", "a PDF"),
        ("name,lat,lon\n".encode("utf-16"), "UTF-16"),
    ],
)
def test_what_is_no_text_is_refused(own, content: bytes, message: str) -> None:
    assert message in refused(own, content)


def test_a_missing_file_is_named(own) -> None:
    with pytest.raises(GazetteerError, match=r"absent\.zip is no file"):
        manage.add(own.folder / "absent.zip")


@pytest.mark.parametrize("where", ["reading", "sorting"])
def test_an_interrupted_add_goes_on_where_it_was(
    own, dump_line: Line, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    text = many(dump_line, 95) + "broken\n" + dump_line(1000, "Tall 0 again", 33, 43)
    own.add(text, "IQ.txt")
    straight, tally = own.whole(), manage.listed()[0]
    manage.remove(["iq"])
    monkeypatch.setattr(extend, "STEP", 20)
    before = own.whole()
    stops = {"reading": "adding iq", "sorting": "adding iq: sorting spellings"}[where]
    told: list[tuple[float, str]] = []

    def dies(share: float, what: str) -> None:
        told.append((share, what))
        if what == stops and (where == "sorting" or sum(w == what for _, w in told) == 3):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        manage.add(own.folder / "IQ.txt", progress=dies)
    assert own.whole() == before, "the old file is whole until the new one is"
    assert manage.listed() == []
    told.clear()
    again = manage.add(own.folder / "IQ.txt", progress=lambda share, what: told.append((share, what)))
    assert again.tally == tally
    assert sum(what == "adding iq" for _, what in told) == (1 if where == "reading" else 0)
    assert dumped(own.whole(), own.folder) == dumped(straight, own.folder)


def dumped(content: bytes, folder: Path) -> list[tuple[object, ...]]:
    """All places and names of a compiled file: pages may lie otherwise after an interruption."""
    path = folder / "compared.sqlite"
    path.write_bytes(content)
    with Gazetteer.open() as found:
        found._connection.execute("ATTACH ? AS other", (str(path),))
        return [
            row
            for table in ("place", "name", "folded", "division")
            for row in found._connection.execute(f"SELECT * FROM other.{table} ORDER BY 1, 2, 3").fetchall()
        ]


def test_work_on_another_file_is_not_gone_on_with(own, dump_line: Line) -> None:
    def dies(_share: float, what: str) -> None:
        if "sorting spellings" in what:
            raise KeyboardInterrupt

    first = own.file(many(dump_line, 20), "IQ.txt")
    with pytest.raises(KeyboardInterrupt):
        manage.add(first, progress=dies)
    own.add(dump_line(70, "Qaryat Wahid", 33, 43), "SY.txt")
    with Gazetteer.open() as found:
        assert found.is_known("Qaryat Wahid")
        assert not found.candidates("Tall 3")
    assert not list(own.compiled.parent.glob("*.work*"))


def test_a_newer_file_of_the_same_name_takes_the_place_of_the_old(own, dump_line: Line) -> None:
    own.add(dump_line(70, "Qaryat Wahid", 33, 43), "IQ.txt")
    own.add(dump_line(71, "Qaryat Ithnan", 33, 43), "IQ.txt")
    assert len(manage.listed()) == 1
    with Gazetteer.open() as found:
        assert not found.candidates("Qaryat Wahid")
        assert found.is_known("Qaryat Ithnan")
    assert len(list((own.folder / "data").glob("iq.*"))) == 1


def test_the_same_file_again_changes_nothing(own, dump_line: Line) -> None:
    assert own.add(dump_line(70, "Qaryat Wahid", 33, 43), "IQ.txt").new
    assert not own.add(dump_line(70, "Qaryat Wahid", 33, 43), "IQ.txt").new


def test_the_fingerprint_tells_what_was_added(own, dump_line: Line) -> None:
    def fingerprint() -> str:
        with Gazetteer.open() as found:
            return found.fingerprint

    default = fingerprint()
    own.add(dump_line(70, "Qaryat Wahid", 33, 43), "IQ.txt")
    added = fingerprint()
    assert added != default
    manage.remove(["iq"])
    assert fingerprint() == default


def test_a_compiled_file_that_was_lost_is_made_from_the_copies(own, dump_line: Line) -> None:
    own.add(dump_line(70, "Qaryat Wahid", 33, 43), "IQ.txt")
    (own.folder / "IQ.txt").unlink()
    own.compiled.unlink()
    with Gazetteer.open() as found:
        assert found.is_known("Qaryat Wahid")


def test_a_copy_that_was_changed_is_not_read(own, dump_line: Line) -> None:
    own.add(dump_line(70, "Qaryat Wahid", 33, 43), "IQ.txt")
    (copy,) = (own.folder / "data").glob("iq.*")
    copy.write_text(dump_line(70, "Qaryat Ithnan", 33, 43))
    own.compiled.unlink()
    with pytest.raises(GazetteerError, match="has changed"):
        Gazetteer.open()
    manage.remove(["iq"])
    assert manage.listed() == []


def test_a_damaged_list_of_gazetteers_is_named(own) -> None:
    (own.folder / "data").mkdir()
    (own.folder / "data" / "gazetteers.json").write_text('{"form": 1, "sources": [{"name": "../../x"}]}')
    with pytest.raises(GazetteerError, match=r"gazetteers\.json is damaged"):
        Gazetteer.open()


def test_a_folder_that_may_not_be_read_is_named(own, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, **_: object) -> bool:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "is_file", refuse)
    with pytest.raises(GazetteerError, match=r"gazetteers\.json cannot be read \(Permission denied\)"):
        Added.load(own.folder / "data")
