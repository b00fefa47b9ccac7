"""Claims into a spreadsheet, judged there by hand, and back as judgements."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from whoholds.cli.app import app
from whoholds.ledger import Ledger
from whoholds.model import Verdict
from whoholds.review.standing import standing

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")

ATTACK = '=HYPERLINK("http://x.example","took Hit")'


@pytest.fixture
def run(tmp_path: Path, factory: Any) -> Callable[..., Any]:
    """Runs a verb on a ledger with four claims."""
    with Ledger.open(tmp_path / "w.db") as ledger:
        factory.store(
            ledger,
            factory.claim("gains", "gov:IRQ", "Ramadi", "2016-02-09", against="islamic-state", quote="took Ramadi"),
            factory.claim("holds", "islamic-state", "Rutba", ("2014-06-20", None), quote="held Rutba"),
            factory.claim("gains", "gov:IRQ", "Hit", "1899-03-04", quote=ATTACK),
            factory.claim("contests", "gov:UKR", "Lyman", "2022-05-01", quote="fought in Lyman"),
        )

    def call(*arguments: str) -> Any:
        return CliRunner().invoke(app, [*arguments, "--ledger", str(tmp_path / "w.db")])

    return call


@pytest.fixture
def sheet(run: Callable[..., Any], tmp_path: Path) -> Path:
    path = tmp_path / "claims.xlsx"
    assert run("export", "claims", "-o", str(path)).exit_code == 0
    return path


def edit(path: Path, changes: dict[str, dict[str, Any]]) -> None:
    """Writes values into the rows of these places, as somebody would in a spreadsheet program."""
    with closing(openpyxl.load_workbook(path)) as book:
        rows = book["claims"]
        names = [cell.value for cell in rows[1]]
        for row in rows.iter_rows(min_row=2):
            for name, value in changes.get(row[names.index("place")].value, {}).items():
                row[names.index(name)].value = value
        book.save(path)


def judged(path: Path) -> dict[str, Verdict]:
    with Ledger.open(path, create=False) as ledger:
        return {c.about.place.name: c.verdict for c in standing(ledger).of.values() if c.about}


def test_an_actor_that_nobody_knows_is_listed_or_meant(run: Any, sheet: Path, tmp_path: Path) -> None:
    edit(sheet, {"Ramadi": {"actor": "gov:FRNACE"}, "Hit": {"actor": "gov:FRA"}})
    done = run("review", "sheet", str(sheet))
    assert "put right: 1" in done.stdout
    assert "gov:FRA (French government forces)" in done.stderr
    assert judged(tmp_path / "w.db") == {"Hit": Verdict.CHANGED}
    assert "put right: 1" in run("review", "sheet", str(sheet), "--new-actor").stdout


def test_three_corrections_give_three_judgements(run: Any, sheet: Path, tmp_path: Path) -> None:
    edit(
        sheet,
        {
            "Ramadi": {"judgement": "accept", "because": "I read it"},
            "Rutba": {"judgement": "Reject"},
            "Lyman": {"kind": "gains", "against": "gov:RUS", "end": "2022-05-03"},
        },
    )
    done = run("review", "sheet", str(sheet), "--by", "Noor")
    assert done.exit_code == 0
    assert "Accepted: 1, rejected: 1, put right: 1, untouched: 1, conflicts: 0" in done.stdout
    assert judged(tmp_path / "w.db") == {
        "Ramadi": Verdict.RIGHT,
        "Rutba": Verdict.WRONG,
        "Lyman": Verdict.CHANGED,
    }
    with Ledger.open(tmp_path / "w.db", create=False) as ledger:
        found = ledger.corrections()
        assert {c.by for c in found} == {"Noor"}
        assert [c.reason for c in found if c.verdict is Verdict.RIGHT] == ["I read it"]
        ((_, claim),) = standing(ledger).written
    assert (claim.kind, claim.against, str(claim.when.start), str(claim.when.end)) == (
        "gains",
        "gov:RUS",
        "2022-05-01",
        "2022-05-03",
    )


def test_a_sheet_that_comes_back_twice_is_said_once(run: Any, sheet: Path) -> None:
    edit(sheet, {"Ramadi": {"judgement": "accept"}, "Lyman": {"kind": "gains", "end": "2022-05-03"}})
    assert run("review", "sheet", str(sheet), "--by", "Noor").exit_code == 0
    again = run("review", "sheet", str(sheet), "--by", "Noor")
    assert "Accepted: 0, rejected: 0, put right: 0, untouched: 2, conflicts: 0, said before: 2" in again.stdout
    edit(sheet, {"Ramadi": {"because": "I was there"}})
    assert "Accepted: 1" in run("review", "sheet", str(sheet), "--by", "Noor").stdout
    # Another person's word is another judgement; so is what is said again after it was taken back.
    assert "Accepted: 1, rejected: 0, put right: 1" in run("review", "sheet", str(sheet), "--by", "Ana").stdout
    assert run("review", "undo", "5", "--by", "Ana").exit_code == 0
    assert "put right: 1" in run("review", "sheet", str(sheet), "--by", "Ana").stdout
    listed = run("review", "list").stdout
    assert 'Ramadi: "took Ramadi"' in listed
    assert "Because: I was there" in listed


def test_what_comes_back_untouched_says_nothing(run: Any, sheet: Path, tmp_path: Path) -> None:
    edit(sheet, {})  # opened and saved by another program
    done = run("review", "sheet", str(sheet))
    assert (done.exit_code, "untouched: 4, conflicts: 0" in done.stdout) == (0, True)
    assert judged(tmp_path / "w.db") == {}


def test_conflicts_are_listed_with_their_rows_and_the_rest_counts(run: Any, sheet: Path, tmp_path: Path) -> None:
    edit(
        sheet,
        {
            "Ramadi": {"judgement": "accept", "kind": "loses"},
            "Rutba": {"id": "no-such-claim", "judgement": "reject"},
            "Hit": {"judgement": "maybe"},
            "Lyman": {"judgement": "reject"},
        },
    )
    done = run("review", "sheet", str(sheet))
    assert done.exit_code == 0
    assert "rejected: 1, put right: 0, untouched: 0, conflicts: 3" in done.stdout
    assert all(f"row {number}:" in done.stderr for number in (2, 3, 4))
    assert judged(tmp_path / "w.db") == {"Lyman": Verdict.WRONG}


@pytest.mark.parametrize(
    "change",
    [{"kind": "seizes"}, {"start": "soon"}, {"extent": "half"}, {"share": "many"}, {"place": None}, {"anonymous": 2}],
)
def test_a_value_that_a_field_does_not_take_is_a_conflict(
    run: Any, sheet: Path, tmp_path: Path, change: dict[str, Any]
) -> None:
    edit(sheet, {"Ramadi": change})
    done = run("review", "sheet", str(sheet))
    assert (done.exit_code, "conflicts: 1" in done.stdout) == (2, True)
    assert judged(tmp_path / "w.db") == {}


def test_what_others_changed_since_is_a_conflict(run: Any, sheet: Path, tmp_path: Path) -> None:
    edit(sheet, {"Ramadi": {"as_read": "0" * 12, "kind": "loses"}})
    done = run("review", "sheet", str(sheet))
    assert "changed in the ledger since" in done.stderr
    assert judged(tmp_path / "w.db") == {}


def test_text_stays_text_and_choices_are_offered(sheet: Path) -> None:
    with closing(openpyxl.load_workbook(sheet)) as book:
        rows = book["claims"]
        names = [cell.value for cell in rows[1]]
        quotes = [row[names.index("quote")] for row in rows.iter_rows(min_row=2)]
        attack = next(cell for cell in quotes if "HYPERLINK" in cell.value)
        assert (attack.data_type, attack.value) == ("s", ATTACK)
        assert not rows._hyperlinks
        offered = {str(v.sqref).split(":")[0]: v.formula1 for v in rows.data_validations.dataValidation}
        kinds = openpyxl.utils.get_column_letter(names.index("kind") + 1)
        assert "withdraws" in offered[f"{kinds}2"]
        assert "accept,reject" in offered["A2"]
        # Days are days to a spreadsheet; those before 1900 it does not know.
        starts = {row[names.index("place")].value: row[names.index("start")].value for row in rows.iter_rows(min_row=2)}
        assert str(starts["Ramadi"]).startswith("2016-02-09")
        assert starts["Hit"] == "1899-03-04"
        assert [row[0].value for row in book["codebook"].iter_rows(min_row=2)] == names
        assert any("Not for targeting" in str(row[1].value) for row in book["about"].iter_rows())


def test_files_that_are_no_such_sheet(run: Any, tmp_path: Path) -> None:
    (tmp_path / "text.xlsx").write_text("no zip", encoding="utf-8")
    assert "no spreadsheet" in run("review", "sheet", str(tmp_path / "text.xlsx")).stderr
    assert "No such file or directory). Check the path." in run("review", "sheet", str(tmp_path / "none.xlsx")).stderr
    assert run("review", "sheet", str(tmp_path / "none.xlsx")).exit_code == 2
    with closing(openpyxl.Workbook()) as other:
        other.save(tmp_path / "other.xlsx")
    assert "no sheet 'claims'" in run("review", "sheet", str(tmp_path / "other.xlsx")).stderr
    assert run("export", "spells", "-o", str(tmp_path / "s.xlsx")).exit_code == 0
    assert "no sheet 'claims'" in run("review", "sheet", str(tmp_path / "s.xlsx")).stderr
