"""`whoholds who`, `timeline`, `map`, and what all commands share."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from whoholds.cli.app import app
from whoholds.cli.layout import cells_of, wrap
from whoholds.cli.output import clean
from whoholds.ledger import Ledger
from whoholds.model import Place, Voice

HOSTILE = "\x1b[2J\x9b31m[bold red]Boo[/] \u202etxt \x07"


def run(*arguments: str, width: int = 100) -> Result:
    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": str(width), "TERM": "dumb"})


@pytest.fixture
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, factory: Any) -> None:
    monkeypatch.chdir(tmp_path)
    general = Voice("A. General", "army spokesman", told="AFP", side="gov:IRQ")
    with Ledger.open(Path("whoholds.db")) as ledger:
        factory.store(
            ledger,
            factory.claim("gains", "islamic-state", "Ramadi", "2015-05-17", published="2015-05-18", label="may.txt"),
            factory.claim("gains", "gov:IRQ", "Ramadi", ("2016-02-01", "2016-02-29"), voice=general, label="march.txt"),
            factory.claim("gains", "islamic-state", "Ramadi", None, mode="planned", label="plan.txt"),
            factory.claim("withdraws", "islamic-state", "Rutba", (None, "2016-03-13"), label=f"=1+1 {HOSTILE}.txt"),
            factory.claim("holds", "rebels:SYR", Place(f"Gh{HOSTILE}"), "2016-03-01"),
        )


@pytest.mark.usefixtures("filled")
class TestWho:
    def test_ages_count_to_a_day_that_is_given(self) -> None:
        done = run("who", "Ramadi", "--today", "2016-03-10")
        assert done.exit_code == 0, done.output
        assert "Ages count to 2016-03-10." in done.stdout
        one, other = (
            json.loads(run("who", "Ramadi", "--today", day, "--format", "json").stdout)[0]["days"]
            for day in ("2016-03-10", "2016-03-20")
        )
        assert other - one == 10

    def test_every_place(self) -> None:
        done = run("who")
        assert done.exit_code == 0, done.output
        assert "Ramadi" in done.stdout
        assert "Rutba" in done.stdout
        assert "vacated" in done.stdout
        assert done.stderr == ""

    def test_brief_is_a_row_a_place_for_people_only(self) -> None:
        done = run("who", "--brief", width=140)
        assert done.exit_code == 0, done.output
        rows = [row for row in done.stdout.splitlines() if "“" in row]
        assert len(rows) == 3
        assert any(row.startswith("Ramadi ") and "Iraqi government forces" in row for row in rows)
        assert "\x1b" not in done.stdout
        assert run("who", "--brief", "--format", "json").exit_code == 2

    def test_one_place_with_words_speaker_report_and_dates(self) -> None:
        text = " ".join(run("who", "ramadi").stdout.split())
        assert "Iraqi government forces, since 2016-02-29 or before" in text
        assert "“gov:IRQ gains Ramadi”" in text
        assert "A. General, army spokesman (to AFP); march.txt, published 2016-03-13" in text
        assert "2016-02-01 to 2016-02-29" in text

    def test_on_and_known(self) -> None:
        states = json.loads(run("who", "Ramadi", "--on", "2015-06-01", "--format", "json").stdout)
        assert [state["holders"] for state in states] == [["islamic-state"]]
        assert states[0]["end"] == "2016-02-28"
        states = json.loads(run("who", "Ramadi", "--known", "2016-03-12", "--format", "json").stdout)
        assert [state["holders"] for state in states] == [["islamic-state"]]
        before = run("who", "Ramadi", "--on", "2015-01-01")
        assert before.exit_code == 0
        assert "Nothing is said of who held Ramadi on 2015-01-01; the first day" in before.stderr

    def test_json_lines_and_csv(self) -> None:
        rows = [json.loads(line) for line in run("who", "--format", "jsonl").stdout.splitlines()]
        ramadi = next(row for row in rows if row["place"] == "Ramadi")
        assert ramadi["status"] == "held"
        assert ramadi["since"] == "2016-02-29"
        assert ramadi["since_exact"] is False
        assert ramadi["evidence"][0]["speaker"] == "A. General"
        assert ramadi["evidence"][0]["published_end"] == "2016-03-13"
        table = list(csv.DictReader(io.StringIO(run("who", "--format", "csv").stdout)))
        assert len(table) == len(rows) == 3

    def test_the_age_of_the_evidence_is_shown(self) -> None:
        (row,) = json.loads(run("who", "Rutba", "--on", "2016-03-23", "--format", "json").stdout)
        assert row["last_evidence"] == "2016-03-13"
        assert row["days"] == 10

    @pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv"])
    @pytest.mark.parametrize("width", [60, 200])
    def test_reports_cannot_steer_a_terminal(self, form: str, width: int) -> None:
        shown = run("who", "--format", form, width=width).stdout
        assert not any(sign in shown for sign in "\x1b\x9b\x07\u202e")
        assert "[bold red]Boo[/]" in "".join(shown.split("\n")) or width == 60 or form == "table"

    def test_reports_cannot_put_formulas_into_a_spreadsheet(self) -> None:
        rows = csv.DictReader(io.StringIO(run("who", "--format", "csv").stdout))
        assert next(row["report"] for row in rows if row["place"] == "Rutba").startswith("'=1+1")

    @pytest.mark.parametrize("width", [40, 60, 79, 80, 120])
    def test_tables_fit(self, width: int) -> None:
        for verb in (("who",), ("who", "--brief"), ("who", "Ramadi"), ("timeline", "Ramadi")):
            lines = run(*verb, width=width).stdout.splitlines()
            assert max(map(len, lines)) <= width

    def test_an_unknown_place_names_the_nearest(self) -> None:
        done = run("who", "Ramdi")
        assert done.exit_code == 2
        assert "no claim about a place called Ramdi" in done.stderr
        assert "Ramadi" in done.stderr
        assert done.stdout == ""

    def test_a_name_of_several_places_lists_them(self, factory: Any) -> None:
        with Ledger.open(Path("whoholds.db")) as ledger:
            other = Place("Ramadi", place_id="test:other", country="SDN")
            factory.store(ledger, factory.claim("gains", "rsf", other, "2023-06-01"))
        done = run("who", "Ramadi")
        assert done.exit_code == 2
        assert "2 places are called Ramadi" in done.stderr
        assert "test:ramadi  Ramadi, settlement, IRQ, 3 claims" in done.stderr
        assert "test:other  Ramadi, settlement, SDN, 1 claim" in done.stderr
        assert run("who", "test:other").exit_code == 0

    @pytest.mark.parametrize(
        "text", ["13.3.2016", "2016-02-30", "2016-3-1", "20160313", "yesterday", "2016-W10-1", "２０１６-01-01"]
    )
    def test_dates_are_read_strictly(self, text: str) -> None:
        done = run("who", "--on", text)
        assert done.exit_code == 2
        assert "is not a date. Write year-month-day" in " ".join(done.stderr.split())

    def test_the_course_of_a_place(self) -> None:
        done = run("timeline", "Ramadi", width=200)
        assert done.exit_code == 0
        text = done.stdout
        assert text.index("2015-05-17 to 2016-02-28: Islamic State") < text.index(
            "by 2016-02-29: Iraqi government forces"
        )
        assert "Also said:" in text
        assert "planned gains: Islamic State" in text
        rows = [json.loads(line) for line in run("timeline", "Ramadi", "--format", "jsonl").stdout.splitlines()]
        assert [(row["start"], row["end"]) for row in rows] == [("2015-05-17", "2016-02-28"), ("2016-02-29", None)]

    def test_the_map(self, monkeypatch: pytest.MonkeyPatch) -> None:
        written = {}
        monkeypatch.setattr("whoholds.exports.map.write_map", lambda path, data, _=None: written.update({path: data}))
        done = run("map", "-o", "out.html", "--on", "2016-03-01")
        assert done.exit_code == 0, done.output
        assert written[Path("out.html")]["made"]["asked"] == {"on": "2016-03-01", "known": None}
        assert "out.html" in done.stderr


@pytest.mark.usefixtures("filled")
class TestMap:
    def test_never_over_the_ledger(self) -> None:
        before = Path("whoholds.db").read_bytes()
        done = run("map", "-o", "whoholds.db")
        assert done.exit_code == 2
        assert "whoholds.db is the ledger" in done.stderr
        assert Path("whoholds.db").read_bytes() == before

    @pytest.mark.parametrize("output", ["missing/map.html", "folder"])
    def test_where_it_cannot_be_written(self, output: str) -> None:
        Path("folder").mkdir()
        done = run("map", "-o", output)
        assert done.exit_code == 2
        assert f"Cannot write the map to {output}" in done.stderr
        assert "Name another file with -o" in done.stderr

    def test_an_empty_one_says_why(self) -> None:
        done = run("map", "--known", "1990-01-01")
        assert done.exit_code == 0
        assert "map.html: an empty map. No report about any place was surely published by 1990-01-01" in done.stderr
        assert Path("map.html").exists()


def test_an_empty_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Ledger.open("whoholds.db").close()
    done = run("who")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "The ledger holds no reports yet. Read some into it" in done.stderr
    assert run("timeline", "Ramadi").exit_code == 2
    assert json.loads(run("who", "--format", "json").stdout) == []


def test_columns_count_cells_and_not_letters() -> None:
    assert cells_of("café") == 4
    assert cells_of("東京") == 4
    assert cells_of("e\u0301") == 1
    assert wrap("ab cd ef", 5) == ["ab cd", "ef"]
    assert wrap("abcdefgh", 3) == ["abc", "def", "gh"]
    assert wrap("東京東京", 3) == ["東", "京", "東", "京"]
    assert wrap("", 5) == []
    assert wrap("x\x1b[31m y", 40) == ["x[31m y"]


def test_without_a_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for verb in (("who",), ("timeline", "Ramadi"), ("map",)):
        done = run(*verb)
        assert done.exit_code == 2
        assert "whoholds.db: there is no ledger" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_version_and_help() -> None:
    assert run("--version").stdout.startswith("whoholds ")
    for arguments in (("--help",), ("-h",), ("who", "--help")):
        assert run(*arguments).exit_code == 0
    assert run("nothing").exit_code == 2


def test_cleaning_keeps_words_and_drops_what_steers() -> None:
    assert clean("a\x1b[31mb\u202ec\x9bd\re\tf\n") == "a[31mbcd\ne\tf\n"
    assert clean("café 東 \U0001f5fa \udce9") == "café 東 \U0001f5fa \ufffd"


def commands() -> dict[str, Any]:
    context = click.Context(app)
    return {"": app, **{name: app.get_command(context, name) for name in app.list_commands(context)}}


def test_every_command_and_option_says_what_it_does() -> None:
    for name, command in commands().items():
        assert command.help, name
        assert len(command.help.split("\n\n")[0]) < 60, f"{name}: the first line is cut in the list of commands"
        for parameter in command.params:
            if parameter.name != "help":
                assert parameter.help, f"{name} {parameter.name}"
                assert parameter.help.endswith("."), f"{name} {parameter.name}"


def test_the_page_of_the_commands_is_up_to_date() -> None:
    docs = Path(__file__).resolve().parents[2] / "docs"
    code = f"import sys; sys.path.insert(0, {str(docs)!r}); import make_cli; print(make_cli.page(), end='')"
    made = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8"
    ).stdout
    assert made == (docs / "cli.md").read_text(encoding="utf-8"), "run: python docs/make_cli.py"
    assert all(f"## whoholds {name}" in made for name in commands() if name)
