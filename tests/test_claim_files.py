"""Claims from elsewhere: our own format back in, and what is wrong with a file said by line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from whoholds.claim_files import readings
from whoholds.cli.app import app
from whoholds.errors import InputError
from whoholds.exports.records import claim_record
from whoholds.ledger import Ledger
from whoholds.model import Issue, Voice
from whoholds.views import who


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
    assert [reading.report.label for reading in found] == ["a.txt", "b.txt"]
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
