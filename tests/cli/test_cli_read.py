"""`whoholds read`, `claims` and `annotate`: reports in, with the reader replaced by a simple one."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from whoholds.cli.app import app
from whoholds.ledger import Ledger

FILLER = "\nThe town lies on the river, and many of its people have left it since the fighting began there.\n" * 3


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake_reader: Any) -> Any:  # noqa: ARG001
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, stdin: bytes | None = None) -> Result:
        return CliRunner().invoke(app, list(arguments), input=stdin)

    return run


def page(name: str, *lines: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text("\n".join(lines) + FILLER, encoding="utf-8")


def test_reports_go_into_the_ledger_once(run: Any) -> None:
    page("pages/a.txt", "gains gov:IRQ Ramadi 2016-02-09")
    page("pages/b.txt", "holds islamic-state Nowhere 2016-02-09")
    page("pages/c.txt", "Nothing of interest.")
    first = run("read", "pages")
    assert first.exit_code == 0, first.output
    assert "3 new (1 without claims), 0 known before" in first.stdout
    assert "Claims:  2 new" in first.stdout
    assert "1 found, 1 not found" in first.stdout
    second = run("read", "pages")
    assert second.exit_code == 0
    assert "0 new, 3 known before" in second.stdout
    with Ledger.open(Path("whoholds.db")) as ledger:
        assert ledger.counts()["reports"] == 3


def test_another_ledger(run: Any) -> None:
    page("a.txt", "gains gov:IRQ Ramadi 2016-02-09")
    assert run("read", "a.txt", "--ledger", "other.db").exit_code == 0
    assert Path("other.db").exists()
    assert not Path("whoholds.db").exists()


def test_a_summary_for_programs(run: Any) -> None:
    page("a.txt", "gains gov:IRQ Ramadi 2016-02-09", "issue")
    Path("empty.txt").touch()
    done = run("read", "a.txt", "empty.txt", "--format", "json")
    summary = json.loads(done.stdout)
    assert summary["reports_new"] == 1
    assert summary["claims"] == 1
    assert {issue["code"] for issue in summary["issues"]} >= {"empty", "odd"}
    assert done.stderr == ""


def test_issues_are_listed_with_file_and_place_and_kept(run: Any) -> None:
    page("a.txt", "gains gov:IRQ Ramadi 2016-02-09", "issue")
    Path("empty.txt").touch()
    done = run("read", "a.txt", "empty.txt")
    assert done.exit_code == 0
    assert "a.txt, line 1: something odd [bold]" in done.stderr
    assert "empty.txt: " in done.stderr
    assert "\x1b" not in done.output
    run("read", "a.txt", "empty.txt")
    with Ledger.open(Path("whoholds.db")) as ledger:
        assert sorted(issue.code for issue in ledger.issues()) == ["empty", "odd"]


def test_broken_lines_of_a_jsonl_cost_only_themselves(run: Any) -> None:
    lines = [json.dumps({"id": f"r{n}", "text": f"gains gov:IRQ Ramadi 2016-02-0{n + 1}{FILLER}"}) for n in range(9)]
    lines.insert(2, '{"id": "broken", "text": ')
    Path("ten.jsonl").write_text("\n".join(lines))
    done = run("read", "ten.jsonl")
    assert done.exit_code == 0
    assert "9 new" in done.stdout
    assert "ten.jsonl, line 3" in done.stderr


def test_nothing_readable_is_exit_code_2(run: Any) -> None:
    Path("empty.txt").touch()
    done = run("read", "empty.txt")
    assert done.exit_code == 2
    assert "Nothing could be read." in done.stderr
    missing = run("read", "nowhere.txt", "--ledger", "new.db")
    assert missing.exit_code == 2
    assert "nowhere.txt does not exist" in missing.stderr
    assert not Path("new.db").exists()
    assert "Traceback" not in missing.output


def test_a_fault_of_the_reader_costs_one_report(run: Any) -> None:
    page("a.txt", "crash")
    page("b.txt", "gains gov:IRQ Ramadi 2016-02-09")
    done = run("read", "a.txt", "b.txt")
    assert done.exit_code == 0
    assert "1 new" in done.stdout
    assert "a.txt: the report could not be read (RuntimeError in " in done.stderr
    assert run("read", "a.txt").exit_code == 2


def test_standard_input(run: Any) -> None:
    done = run("read", "-", stdin=("gains gov:IRQ Ramadi 2016-02-09" + FILLER).encode())
    assert done.exit_code == 0, done.output
    assert "1 new" in done.stdout


def test_a_ledger_that_is_none(run: Any) -> None:
    page("a.txt", "gains gov:IRQ Ramadi 2016-02-09")
    done = run("read", "a.txt", "--ledger", "a.txt")
    assert done.exit_code == 2
    assert "a.txt: this file is no ledger" in done.stderr


def test_claims_as_json_lines_need_no_ledger(run: Any) -> None:
    page("a.txt", "gains gov:IRQ Ramadi 2016-02-09", "withdraws islamic-state Rutba 2016-02-10", "issue")
    done = run("claims", "a.txt")
    assert done.exit_code == 0
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(row["kind"], row["actor"], row["place"]) for row in rows] == [
        ("gains", "gov:IRQ", "Ramadi"),
        ("withdraws", "islamic-state", "Rutba"),
    ]
    assert rows[0]["report"] == "a.txt"
    assert "something odd" in done.stderr
    assert [path.name for path in Path().iterdir()] == ["a.txt"]


def test_claims_below_a_confidence_are_left_out_and_counted(run: Any) -> None:
    page("a.txt", "gains gov:IRQ Ramadi 2016-02-09", "withdraws islamic-state Rutba 2016-02-10")
    every = [json.loads(line) for line in run("claims", "a.txt").stdout.splitlines()]
    assert len(every) == 2
    done = run("claims", "a.txt", "--min-confidence", "1")
    assert done.exit_code == 0
    assert done.stdout == ""
    assert "2 claims with a confidence below 1 were left out." in done.stderr
    assert "left out" not in run("claims", "a.txt").stderr
    assert run("claims", "a.txt", "--min-confidence", "2").exit_code == 2


def test_claims_as_json_csv_and_table(run: Any) -> None:
    page("a.txt", "gains gov:IRQ Ramadi 2016-02-09")
    assert json.loads(run("claims", "a.txt", "--format", "json").stdout)[0]["place"] == "Ramadi"
    (row,) = csv.DictReader(io.StringIO(run("claims", "a.txt", "--format", "csv").stdout))
    assert row["place"] == "Ramadi"
    assert row["against"] == ""
    assert row["anonymous"] == "false"
    assert json.loads(row["anchors"])["cue"] == [0, 31]
    table = run("claims", "a.txt", "--format", "table").stdout
    assert "Ramadi" in table
    assert "Iraqi" in table


def test_no_claims_are_an_empty_list(run: Any) -> None:
    page("a.txt", "Nothing of interest.")
    assert json.loads(run("claims", "a.txt", "--format", "json").stdout) == []
    assert run("claims", "a.txt").stdout == ""
    assert run("claims", "a.txt", "--format", "table").exit_code == 0


@pytest.mark.parametrize("verb", ["claims", "annotate"])
def test_where_nothing_can_be_read_there_are_no_claims_and_no_mentions(run: Any, verb: str) -> None:
    Path("empty.txt").touch()
    done = run(verb, "empty.txt")
    assert done.exit_code == 2
    assert "empty.txt" in done.stderr


def test_mentions(run: Any) -> None:
    page("a.txt", "gains gov:IRQ Ramadi 2016-02-09")
    (row,) = [json.loads(line) for line in run("annotate", "a.txt").stdout.splitlines()]
    assert row["type"] == "actor"
    assert (row["start"], row["end"], row["text"], row["actor"]) == (6, 13, "gov:IRQ", "gov:IRQ")
