"""Two records of who held what, side by side."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from whoholds.cli.app import app
from whoholds.ledger import Ledger
from whoholds.views.compare import Record, Stretch, Verdict, agreement, compare
from whoholds.views.panel import Period
from whoholds.views.question import Question

Made = Callable[..., Path]
UPTO = Question(date(2016, 3, 27))


@pytest.fixture
def made(tmp_path: Path, factory: Any) -> Made:
    """Makes a ledger of these claims: (kind, actor, place, day)."""

    def make(name: str, *said: tuple[str, str, str, str]) -> Path:
        path = tmp_path / f"{name}.db"
        with Ledger.open(path) as ledger:
            for kind, actor, place, day in said:
                factory.store(ledger, factory.claim(kind, actor, place, day, published=day, label=f"{name}-{day}"))
        return path

    return make


def stretches(one: Path, other: Path, every: Period = Period.WEEK) -> list[Stretch]:
    with Ledger.open(one, create=False) as first, Ledger.open(other, create=False) as second:
        return list(compare(Record(first, UPTO), Record(second, UPTO), every))


IS, IRAQ = "islamic-state", "gov:IRQ"


def test_where_they_agree_differ_and_are_silent(made: Made) -> None:
    one = made("a", ("gains", IS, "Ramadi", "2016-02-01"), ("gains", IRAQ, "Ramadi", "2016-03-01"))
    other = made(
        "b", ("gains", IS, "Ramadi", "2016-02-01"), ("gains", IRAQ, "Ramadi", "2016-03-15"),
        ("gains", IRAQ, "Rutba", "2016-03-08"),
    )  # fmt: skip
    found = stretches(one, other)
    ramadi = [(s.verdict, str(s.first), str(s.last)) for s in found if s.place.name == "Ramadi" and s.first.month > 1]
    # The week of 29 February to 6 March is the first in which one record has another holder.
    assert ramadi[-2:] == [
        (Verdict.DIFFER, "2016-02-29", "2016-03-13"),
        (Verdict.AGREE, "2016-03-14", "2016-03-27"),
    ]
    assert {s.verdict for s in found if s.place.name == "Rutba"} == {Verdict.ONLY_SECOND}
    differing = next(s for s in found if s.verdict is Verdict.DIFFER)
    assert differing.one
    assert differing.other
    assert (differing.one.holders, differing.other.holders, differing.periods) == ((IRAQ,), (IS,), 2)


def test_a_record_agrees_with_itself_and_order_only_swaps_the_sides(made: Made) -> None:
    one = made("a", ("gains", IS, "Ramadi", "2016-02-01"), ("gains", IRAQ, "Rutba", "2016-03-01"))
    other = made("b", ("gains", IRAQ, "Ramadi", "2016-02-01"))
    whole = agreement(stretches(one, one))
    assert set(whole.counts) == {Verdict.AGREE}
    assert (whole.observed, whole.kappa) == (1.0, 1.0)
    there, back = agreement(stretches(one, other)), agreement(stretches(other, one))
    swapped = {Verdict.ONLY_FIRST: Verdict.ONLY_SECOND, Verdict.ONLY_SECOND: Verdict.ONLY_FIRST}
    assert {swapped.get(v, v): n for v, n in there.counts.items()} == dict(back.counts)


def test_the_numbers(made: Made) -> None:
    one = made("a", ("gains", IS, "Ramadi", "2016-03-01"), ("gains", IRAQ, "Rutba", "2016-03-01"))
    other = made("b", ("gains", IRAQ, "Ramadi", "2016-03-01"), ("gains", IRAQ, "Rutba", "2016-03-01"))
    found = [s for s in stretches(one, other, Period.MONTH) if s.first == date(2016, 3, 1)]
    whole = agreement(found)
    assert whole.counts == {Verdict.DIFFER: 1, Verdict.AGREE: 1}
    assert whole.places == {Verdict.DIFFER: 1, Verdict.AGREE: 1}
    # One coder uses one category only: chance agreement is what is observed.
    assert (whole.observed, whole.kappa) == (0.5, 0.0)


def test_nothing_in_both(made: Made) -> None:
    one, other = made("a", ("gains", IS, "Ramadi", "2016-03-01")), made("b", ("gains", IS, "Rutba", "2016-03-01"))
    whole = agreement(stretches(one, other))
    assert (whole.observed, whole.kappa) == (None, None)
    assert agreement(stretches(made("c"), made("d"))).counts == {}


def test_the_command(made: Made, tmp_path: Path) -> None:
    one = made("a", ("gains", IS, "Ramadi", "2016-03-01"))
    other = made("b", ("gains", IRAQ, "Ramadi", "2016-03-01"))

    def run(*arguments: object) -> Any:
        return CliRunner().invoke(app, ["compare", *map(str, arguments)], env={"COLUMNS": "100", "TERM": "dumb"})

    shown = run(one, other, "--on", "2016-03-27")
    assert shown.exit_code == 0
    assert "Ramadi, 20" in shown.stdout
    assert "first: Islamic State, support" in shown.stdout
    assert "agree in 0%" in shown.stdout
    told = json.loads(run(one, other, "--format", "json").stdout)
    assert told["agreement"]["observed"] == 0
    assert run(one, other, "-o", tmp_path / "c.csv").exit_code == 0
    with (tmp_path / "c.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["verdict"] for row in rows} == {"differ"}
    assert rows[0]["first_claims"] != rows[0]["second_claims"]
    assert run(one, other, "-o", tmp_path / "c.nothing").exit_code == 2
    assert run(one, tmp_path / "none.db").exit_code == 2
    # One ledger, two views of it.
    same = run(one, one, "--second-view", "without:report.txt", "--format", "json")
    assert same.exit_code == 0
