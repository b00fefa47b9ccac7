"""`whoholds gazetteer`: the commands as people and programs use them (here, beside the small gazetteer they need)."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from whoholds.cli.app import app
from whoholds.gazetteer import Gazetteer, extend

LIST = "name,lat,lon,country\nQaryat Sab,33.5,42.5,IQ\nTall \x1b[31mRed,33.6,42.6,IQ\nBroken,,,\n"


def run(*arguments: str, width: int = 160) -> Result:
    return CliRunner().invoke(app, ["gazetteer", *arguments], env={"COLUMNS": str(width), "TERM": "dumb"})


def records(done: Result) -> list[dict[str, Any]]:
    assert done.exit_code == 0, done.output
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.fixture
def listed(own) -> Path:
    return own.file(LIST, "mine.csv")


def test_add_list_look_up_remove(listed: Path) -> None:
    done = run("add", str(listed))
    assert done.exit_code == 0, done.output
    assert "mine.csv, line 4: lat is ''" in done.stderr
    assert "mine: 2 new places, 0 that were known, 1 lines left out." in done.stderr
    assert done.stdout == ""
    (row,) = records(run("list"))
    assert (row["name"], row["file"], row["new_places"], row["left_out"]) == ("mine", "mine.csv", 2, 1)
    (found,) = records(run("lookup", "Qaryat Sab"))
    assert (found["place_id"], found["source"]) == ("mine:qaryat-sab", "your list mine")
    assert run("remove", "mine").exit_code == 0
    assert records(run("list")) == []
    assert run("lookup", "Qaryat Sab").exit_code == 2


def test_a_look_up_tells_the_p_codes_of_a_list(own) -> None:
    own.add("name,lat,lon,country,pcode,adm1_pcode\nQaryat Sab,33.5,42.5,IQ,IQG01Q9,IQG01\n")
    (found,) = records(run("lookup", "Qaryat Sab"))
    assert [found[name] for name in ("pcode", "adm1_pcode", "adm2_pcode")] == ["IQG01Q9", "IQG01", None]


def test_what_cannot_be_added_is_one_message(own) -> None:
    done = run("add", str(own.file(b"", "empty.csv")))
    assert (done.exit_code, done.stderr) == (2, "empty.csv is empty\n")
    done = run("add", str(own.folder / "absent.csv"))
    assert (done.exit_code, "absent.csv is no file" in done.stderr) == (2, True)
    assert run("add", "a.csv", "b.csv", "--name", "both").exit_code == 2
    assert run("remove", "nothing").exit_code == 2


def test_an_add_that_was_stopped_says_that_it_goes_on(listed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stops(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(extend._Run, "finish", stops)
        done = run("add", str(listed))
    assert done.exit_code == 130
    assert "give the same command again" in done.stderr
    assert run("add", str(listed)).exit_code == 0


def test_fetch_takes_the_countries_files_from_the_address_given(own, dump_line: Callable[..., str]) -> None:
    import zipfile

    with zipfile.ZipFile(own.folder / "IQ.zip", "w") as archive:
        archive.writestr("IQ.txt", dump_line(900, "Qaryat Sab", 33.5, 42.5))

    class Quiet(SimpleHTTPRequestHandler):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args, directory=str(own.folder))

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        address = f"http://127.0.0.1:{server.server_port}/"
        done = run("fetch", "Iraq", "--base-url", address, "--keep", str(own.folder / "kept"))
        missing = run("fetch", "SY", "--base-url", address)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert done.exit_code == 0, done.output
    assert "iq: 1 new places" in done.stderr
    assert (own.folder / "kept" / "IQ.zip").is_file()
    assert (missing.exit_code, "SY.zip cannot be fetched: there is no such file" in missing.stderr) == (2, True)


@pytest.mark.usefixtures("own")
class TestLookUp:
    def test_every_place_has_its_reason(self) -> None:
        found = records(run("lookup", "Springfield"))
        assert [row["admin"] for row in found] == ["Massachusetts", "Illinois"]
        assert found[0]["reason"] == "its own name; 155,000 inhabitants, the most of those so called"
        (rutba,) = records(run("lookup", "Al-Rutbeh"))
        assert rutba["reason"].startswith("spelt like Ar Ruţbah but for transliteration (likeness 0.")
        (fuzzy,) = records(run("lookup", "Sprinfield", "--limit", "1"))
        assert fuzzy["reason"].startswith("nearly spelt like Springfield, no place is spelt so")

    def test_only_in_a_country(self) -> None:
        (found,) = records(run("lookup", "Rawa", "--country", "iq"))
        assert (found["place_id"], "in IRQ, as asked" in found["reason"]) == ("geonames:3", True)
        done = run("lookup", "Rawa", "--country", "SYR")
        assert (done.exit_code, "in SYR" in done.stderr, json.loads(done.stdout)) == (2, True, [])
        assert run("lookup", "Rawa", "--country", "Narnia").exit_code == 2

    @pytest.mark.parametrize("near", ["39.7,-89.6", "39.7 -89.6"])
    def test_nearest_to_a_point_first(self, near: str) -> None:
        found = records(run("lookup", "Springfield", "--near", near))
        assert [row["admin"] for row in found] == ["Illinois", "Massachusetts"]
        assert found[0]["km"] < 20

    def test_nearest_to_a_place_first(self) -> None:
        assert records(run("lookup", "Rawa", "--near", "Ramadi"))[0]["km"] == pytest.approx(173, abs=3)
        assert run("lookup", "Rawa", "--near", "Nowhere at all").exit_code == 2
        assert run("lookup", "Rawa", "--near", "99,0").exit_code == 2

    def test_names_that_are_words_are_said_to_be(self) -> None:
        done = run("lookup", "Hit")
        assert done.exit_code == 0
        assert "note: Hit is also a common word" in done.stderr
        assert run("lookup", "Ramadi").stderr == ""

    def test_a_table_for_people(self) -> None:
        done = run("lookup", "Ramadi", "--format", "table")
        assert done.exit_code == 0
        assert "Anbar, IRQ" in done.stdout
        assert "33.420,43.310" in done.stdout

    def test_names_that_are_no_names(self) -> None:
        for name in ("", "...", "x" * 100_000, "\x1b[2J", "\0"):
            assert run("lookup", name).exit_code == 2


@pytest.mark.usefixtures("own")
def test_looking_a_name_up_loads_no_reader() -> None:
    Gazetteer.open().close()
    code = """
import sys
from whoholds.cli import main
sys.argv = ["whoholds", "gazetteer", "lookup", "Ramadi"]
try: main()
except SystemExit as end: assert not end.code, end.code
heavy = ("spacy", "numpy", "lxml", "yaml", "rich.console")
print([name for name in heavy if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[]"
    assert json.loads(done.stdout)[0]["place_id"] == "geonames:2"


def test_hostile_names_of_lists_do_not_reach_the_terminal(listed: Path) -> None:
    assert run("add", str(listed)).exit_code == 0
    with Gazetteer.open() as found:
        assert found.candidates("Tall 31mRed")
    for form in ("table", "json"):
        assert "\x1b" not in run("lookup", "Tall 31mRed", "--format", form).stdout
