"""`whoholds why`, `changes`, `rollup`, `copies`, and views on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from whoholds.cli.app import app
from whoholds.ledger import Ledger
from whoholds.model import Voice

HOSTILE = "\x1b[2J\x9b31m \u202etxt"


def run(*arguments: str, width: int = 100) -> Result:
    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": str(width), "TERM": "dumb"})


@pytest.fixture(autouse=True)
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, factory: Any) -> None:
    monkeypatch.chdir(tmp_path)
    army, rebel = (
        Voice("A. General", "spokesman", side="gov:IRQ"),
        Voice("A. Fighter", "commander", side="islamic-state"),
    )
    with Ledger.open(Path("whoholds.db")) as ledger:
        factory.store(
            ledger,
            factory.claim("gains", "islamic-state", when="2015-05-17", published="2015-05-18", label=f"may{HOSTILE}"),
            factory.claim("gains", "gov:IRQ", when="2016-02-09", published="2016-02-09", voice=army, label="army"),
            factory.claim("holds", "islamic-state", when="2016-02-10", published="2016-02-10", voice=rebel, label="is"),
            factory.claim("gains", "gov:IRQ", when="2016-02-09", published="2016-02-12", label="visit"),
        )


def words(done: Result) -> str:
    assert done.exit_code == 0, done.output
    return " ".join(done.stdout.split())


def test_why_in_words_and_as_json() -> None:
    text = words(run("why", "Ramadi", "--on", "2016-02-12"))
    assert text.startswith("Ramadi, on 2016-02-12: Iraqi government forces, support 0.")
    assert "Without this one it would be Islamic State" in text
    found = json.loads(run("why", "Ramadi", "--on", "2016-02-12", "--format", "json").stdout)
    assert found["instead"] == "Islamic State"
    assert len(found["shortest"]) == 1
    assert {reason["answer_without_it"] for reason in found["reasons"]} >= {"Islamic State"}
    assert run("why", "Nowhere").exit_code == 2


def test_changes_in_words_and_as_json() -> None:
    text = words(run("changes", "--since", "2016-02-08", "--until", "2016-02-12"))
    assert "From 2016-02-08 to 2016-02-12, each as known on its day." in text
    assert "→ Iraqi government forces" in text
    week = json.loads(run("changes", "--format", "json").stdout)
    assert [change["place"] for change in week] == ["Ramadi"]
    assert week[0]["because"]
    assert "in hindsight" in words(
        run("changes", "--since", "2016-02-08", "--until", "2016-02-09", "--known", "2017-01-01")
    )
    assert "Nothing changed." in words(run("changes", "--since", "2016-03-08", "--until", "2016-03-12"))
    assert run("changes", "--since", "2016-02-12", "--until", "2016-02-08").exit_code == 2


def test_changes_between_two_reports() -> None:
    between = json.loads(run("changes", "--since", "army", "--until", "visit", "--format", "json").stdout)
    days = json.loads(run("changes", "--since", "2016-02-09", "--until", "2016-02-12", "--format", "json").stdout)
    assert between == days
    assert "From 2016-02-09 to 2016-02-12" in words(run("changes", "--since", "army", "--until", "visit"))
    unknown = run("changes", "--since", "nobody's report")
    assert unknown.exit_code == 2
    assert "no report of the ledger is called so" in unknown.stderr
    assert run("changes", "--since", "2016-02-30").exit_code == 2


def test_views_side_by_side_and_rival_accounts() -> None:
    text = words(run("who", "--on", "2016-02-11", "--view", "side:gov:IRQ", "--view", "side:islamic-state"))
    assert "side:gov:IRQ side:islamic-state Ramadi Iraqi government forces" in text
    text = words(run("who", "Ramadi", "--on", "2016-02-11", "--known", "2016-02-11"))
    assert "On 2016-02-11, as known on 2016-02-11." in text
    assert "by Iraqi government forces: Iraqi government forces" in text
    assert "by Islamic State: Islamic State" in text
    assert "in hindsight" in words(run("who", "Ramadi", "--on", "2016-02-11"))
    (state,) = json.loads(run("who", "Ramadi", "--on", "2016-02-11", "--format", "json").stdout)
    assert [account["side"] for account in state["accounts"]] == ["gov:IRQ", "islamic-state", None]
    assert state["clock"] == "in hindsight"
    wrong = run("who", "--view", "everybody")
    assert wrong.exit_code == 2
    assert "is not a view" in wrong.stderr
    nothing = run("timeline", "Ramadi", "--view", "side:sdf")
    assert "said by the sources of this view (side:sdf)" in nothing.stderr


def test_rollup_and_copies() -> None:
    assert "No report is a near copy of another." in words(run("copies"))
    assert json.loads(run("copies", "Ramadi", "--format", "json").stdout) == []
    done = run("rollup", "Nowhere")
    assert done.exit_code == 2
    assert json.loads(run("rollup", "--format", "json").stdout) == [], "places that no gazetteer has lie in no province"


@pytest.mark.parametrize(
    "verb", [("why", "Ramadi"), ("changes", "--since", "2015-01-01"), ("who", "Ramadi"), ("copies",)]
)
@pytest.mark.parametrize("width", [50, 100])
def test_reports_cannot_steer_a_terminal(verb: tuple[str, ...], width: int) -> None:
    shown = run(*verb, width=width).stdout
    assert not any(sign in shown for sign in "\x1b\x9b\u202e")
    assert max(map(len, shown.splitlines())) <= width
