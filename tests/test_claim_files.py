"""Claims from elsewhere: our own format back in, and what is wrong with a file said by line."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from whoholds.claim_files import readings
from whoholds.cli.app import app
from whoholds.cli.output import Format, write_records
from whoholds.errors import InputError
from whoholds.exports.records import claim_record
from whoholds.exports.tables.what import What, table_of
from whoholds.ledger import Ledger
from whoholds.model import Issue, Place, PlaceType, Voice, When
from whoholds.views import Question, who


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": "100", "TERM": "dumb"})


@pytest.fixture
def claims(factory: Any) -> list[Any]:
    general = Voice("A. General", "spokesman", told="AFP", side="gov:IRQ")
    return [
        factory.claim("gains", "gov:IRQ", when="2016-02-09", published="2016-02-10", voice=general, label="a.txt"),
        factory.claim("holds", "islamic-state", "Rutba", ("2014-06-20", None), published=None, label="b.txt"),
        factory.claim("gains", "islamic-state", "Rutba", None, mode="planned", extent="part", label="b.txt"),
    ]


def test_what_was_written_out_is_read_in(claims: list[Any], tmp_path: Path) -> None:
    file = tmp_path / "claims.jsonl"
    file.write_text("\n".join(json.dumps(claim_record(claim)) for claim in claims), encoding="utf-8")
    issues: list[Issue] = []
    found = list(readings([str(file)], issues.append))
    assert issues == []
    # Two reports of one name stay two.
    assert [reading.report.label for reading in found] == ["a.txt", "b.txt", "b.txt"]
    for old, new in zip(claims, [claim for reading in found for claim in reading.claims], strict=True):
        kept = ("kind", "actor", "place", "mode", "extent", "voices", "stance", "confidence", "quote_text")
        assert [getattr(old, name) for name in kept] == [getattr(new, name) for name in kept]
        assert (old.when.start, old.when.end) == (new.when.start, new.when.end)
        assert (old.published and old.published.end) == (new.published and new.published.end)
    for reading in found:
        for claim in reading.claims:
            assert claim.quote.of(reading.report.text) == claim.quote_text


def test_from_the_table_to_an_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = ["report", "kind", "actor", "place", "start", "end", "published", "quote", "country"]
    rows = [
        "a,gains,gov:IRQ,Ramadi,2016-02-09,2016-02-09,2016-02-10,the army took Ramadi,IRQ",
        "a,seizes,gov:IRQ,Ramadi,,,,x,IRQ",
        "b,holds,islamic-state,Nowhere-at-all,,2016-02-30,,x,",
        "b,holds,islamic-state,Nowhere-at-all,,2016-02-20,,'=it holds it,",
    ]
    Path("claims.csv").write_text("\n".join([",".join(names), *rows]), encoding="utf-8")
    done = run("read", "--as", "claims", "claims.csv", "--format", "json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["claims"] == 2
    assert [(issue["place"], issue["code"]) for issue in told["issues"]] == [
        ("line 3", "bad-claim"),
        ("line 4", "bad-claim"),
    ]
    assert "'seizes' is none of holds" in told["issues"][0]["message"]
    with Ledger.open("whoholds.db") as ledger:
        found = {state.name: state for state in who(ledger)}
        assert found["Ramadi"].spell.holders == ("gov:IRQ",)
        assert found["Ramadi"].place.place_id == "geonames:98717"
        assert found["Nowhere-at-all"].place.lat is None
        assert found["Nowhere-at-all"].evidence[0].claim.quote_text == "=it holds it"
    again = json.loads(run("read", "--as", "claims", "claims.csv", "--format", "json").stdout)
    assert (again["claims"], again["reports_known"]) == (0, 2)


def test_other_claims_of_known_quotes_are_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    record = {"report": "a.txt", "kind": "gains", "actor": "gov:IRQ", "place": "Ramadi", "quote": "It is ours."}
    for actor, told in (("gov:IRQ", False), ("gov:IRQ", False), ("islamic-state", True)):
        Path("c.jsonl").write_text(json.dumps(record | {"actor": actor}), encoding="utf-8")
        done = run("read", "--as", "claims", "c.jsonl")
        assert done.exit_code == 0
        assert ("with other claims" in done.stderr) is told
    with Ledger.open("whoholds.db") as ledger:
        assert [claim.actor for claim in ledger.claims()] == ["gov:IRQ"]


def test_a_broken_line_is_listed(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text('{"kind": "holds"}\nnonsense\n[1]\n{"kind": "holds", "place": "Hit", "share": "much"}\n')
    issues: list[Issue] = []
    assert list(readings([str(file)], issues.append)) == []
    assert [issue.place for issue in issues] == ["line 1", "line 2", "line 3", "line 4"]


@pytest.mark.parametrize("name", ["missing.jsonl", "claims.txt"])
def test_what_is_no_claims_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=name):
        list(readings([str(tmp_path / name)], print))


@pytest.mark.parametrize("odd", ["\0", "\ud800"])
def test_characters_that_no_ledger_stores_are_an_issue_of_their_record(tmp_path: Path, odd: str) -> None:
    file = tmp_path / "c.jsonl"
    record = {"report": "a", "kind": "holds", "actor": "gov:IRQ", "place": "Ramadi", "quote": "it holds it"}
    file.write_text("\n".join(json.dumps(r) for r in (record | {"quote": f"it {odd}"}, record)), encoding="utf-8")
    done = run("read", str(file), "--as", "claims", "--ledger", str(tmp_path / "w.db"))
    assert (done.exit_code, "line 1" in done.stderr, "1 new" in done.stdout) == (0, True, True)


@pytest.fixture
def many(factory: Any) -> list[Any]:
    """Claims in which every column of a table has something, and much that a table may spoil."""
    ana = Voice("Ana Ruiz", "mayor", told="Reuters", side="gov:COL", person="ana-ruiz")
    source = Voice(None, "official", anonymous=True)
    there = Place("the hills east of Tumaco", PlaceType.AREA, "geonames:3666640/near", 1.8, -78.7, 9.5, "COL", "offset")
    month = When(date(2019, 5, 1), date(2019, 5, 31), "in May", "month")
    return [
        factory.claim("gains", "gov:COL", "Ramadi", "2016-02-09", voices=(ana, source), against="eln", label="a.txt"),
        factory.claim("holds", "eln", there, month, jointly_with=("farc", "epl"), quote="=1+1", label="b.txt"),
        factory.claim("holds", "eln", "Rutba", (None, "2016-01-02"), published=None, quote="'=it is theirs"),
        factory.claim("gains", "eln", "Rutba", None, mode="planned", extent="part", part="the east", quote="[1]"),
        factory.claim("loses", "eln", "Lyman", ("2022-05-01", None), quote="true", voice=source, share=0.4),
        factory.claim("withdraws", None, "Lyman", quote='\t-left; it "was" said\nto all', destination="Rutba"),
        replace(
            factory.claim("absent", "eln", "Ghnayman", outlet_side="gov:COL", wire="AFP", rule="r1"), outlet="El Día"
        ),
        factory.claim("repels", "eln", "Ghnayman", ("2016-02-09", "2016-02-12"), stance="disputed", confidence=0.25),
    ]


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "parquet"])
def test_claims_out_and_in_again_give_the_same_ledger(
    many: list[Any], factory: Any, tmp_path: Path, suffix: str
) -> None:
    with Ledger.open(tmp_path / "1.db") as ledger:
        factory.store(ledger, *many)
    for number in (1, 2):
        ledger_path, file = str(tmp_path / f"{number}.db"), str(tmp_path / f"{number}.{suffix}")
        assert run("export", "claims", "-o", file, "--ledger", ledger_path).exit_code == 0
        done = run("read", "--as", "claims", file, "--ledger", str(tmp_path / f"{number + 1}.db"))
        assert (done.exit_code, "bad-claim" in done.stderr) == (0, False), done.output
    tables = [tables_of(tmp_path / f"{number}.db") for number in (1, 2, 3)]
    # A report is the quotes that the file has of it, so that it and its claims have ids of their own, once.
    own = {"id", "report_id", "quote_start", "quote_end", "made_by", "origin", "claims_for", "claims_against"}
    assert len(tables[0][What.CLAIMS]) == len(many)
    for what in (What.CLAIMS, What.SPELLS, What.STATES):
        first, second = ([{n: v for n, v in row.items() if n not in own} for row in some[what]] for some in tables[:2])
        assert first == second
    assert tables[1] == tables[2]


def tables_of(path: Path) -> dict[What, list[dict[str, Any]]]:
    """Claims and answers of a ledger, in an order that ids have no part in."""
    with Ledger.open(path, create=False) as ledger:
        found = {
            what: map(dict, table_of(ledger, what, Question()).rows) for what in (What.CLAIMS, What.SPELLS, What.STATES)
        }
        return {
            what: sorted(rows, key=lambda row: (row["place_id"], str(row.get("quote")), str(row.get("start"))))
            for what, rows in found.items()
        }


def test_what_the_command_claims_wrote_comes_back_too(claims: list[Any], tmp_path: Path) -> None:
    records = [claim_record(claim) for claim in claims]
    found = {}
    for form in (Format.JSONL, Format.CSV):
        file = tmp_path / f"claims.{form}"
        with file.open("w", encoding="utf-8") as out:
            write_records(records, form, out)
        found[form] = [claim for reading in readings([str(file)], print) for claim in reading.claims]
    assert found[Format.JSONL] == found[Format.CSV]
    assert [claim.voices for claim in found[Format.CSV]] == [claim.voices for claim in claims]
