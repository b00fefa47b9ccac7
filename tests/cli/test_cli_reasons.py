"""`whoholds why`, `changes`, `rollup`, `copies`, and views on the command line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from whoholds.cli.app import app
from whoholds.ledger import Ledger
from whoholds.model import Place, Voice

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


def test_why_of_a_day_without_an_answer_is_told_beside_and_prints_nothing() -> None:
    done = run("why", "Ramadi", "--known", "1990-01-01")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "No report about Ramadi was surely published by 1990-01-01" in " ".join(done.stderr.split())
    assert json.loads(run("why", "Ramadi", "--known", "1990-01-01", "--format", "json").stdout)["state"] is None


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


@pytest.fixture
def at_hit(factory: Any) -> Place:
    hit = Place("Hit", place_id="geonames:95788", lat=33.6, lon=42.8, country="IRQ", basis="gazetteer")
    with Ledger.open(Path("whoholds.db")) as ledger:
        claim = factory.claim("gains", "islamic-state", hit, "2014-10-02", published="2016-03-01", label="hit")
        factory.store(ledger, claim)
    return hit


@pytest.mark.usefixtures("at_hit")
def test_a_rollup_without_an_answer_says_why() -> None:
    assert "Iraq, Anbar" in words(run("rollup", "Anbar"))
    for area, option, day, said in (
        ("Iraq", "--known", "2015-06-01", "Nothing that the question allows is said of a town in Iraq."),
        ("Iraq", "--known", "1990-01-01", "surely published by 1990-01-01"),
        ("Anbar", "--on", "1900-01-01", "on 1900-01-01"),
    ):
        done = run("rollup", area, option, day)
        assert done.exit_code == 0
        assert said in done.stderr
        assert "lies in" not in done.stderr


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("who", "Ramadi", "--view", "side:islamic-sate"), "islamic-state (Islamic State)"),
        (("changes", "--view", "side:xyz"), "No voice in the ledger speaks for an actor xyz."),
        (("timeline", "Ramadi", "--view", "without:Nobody"), "No outlet or agency in the ledger is called Nobody."),
        (("compare", "whoholds.db", "whoholds.db", "--view", "side:xyz"), "speaks for an actor xyz"),
        (("export", "states", "-o", "s.csv", "--view", "side:xyz"), "speaks for an actor xyz"),
    ],
)
def test_a_view_of_nobody_in_the_ledger_is_warned_of(command: tuple[str, ...], said: str) -> None:
    done = run(*command)
    assert done.exit_code == 0
    assert done.stderr.startswith("warning: ")
    assert said in done.stderr


@pytest.mark.parametrize("view", ["side:gov:IRQ", "self-adverse", "without:the wire", "without:agency", "all"])
def test_a_view_of_somebody_is_not(view: str, factory: Any) -> None:
    with Ledger.open(Path("whoholds.db")) as ledger:
        claim = factory.claim("holds", "gov:IRQ", when="2016-02-20", published="2016-02-20", label="wire")
        factory.store(ledger, replace(claim, outlet="The Wire", wire="agency"))
    assert "warning" not in run("who", "Ramadi", "--view", view).stderr


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("spells", "--since", "2015-01-01"), "--since is for the panel"),
        (("states", "--every", "month"), "--every is for the panel"),
        (("states", "--texts"), "--texts is for the bundle"),
        (("bundle", "--format", "csv"), "--format is for tables"),
    ],
)
def test_an_option_that_says_nothing_of_the_table_is_refused(command: tuple[str, ...], said: str) -> None:
    done = run("export", *command, "-o", "out.csv")
    assert done.exit_code == 2
    assert said in done.stderr
    assert not Path("out.csv").exists()


def test_what_a_map_leaves_out_is_told(factory: Any) -> None:
    with Ledger.open(Path("whoholds.db")) as ledger:
        factory.store(ledger, factory.claim("holds", "gov:IRQ", Place("Nowhere"), label="nowhere"))
    assert "1 state, as kml\n1 more could not be placed on the map" in run("export", "states", "-o", "s.kml").stderr
    assert "could not" not in run("export", "states", "-o", "s.geojson").stderr
    assert "rows of the panel, as csv" in run("export", "panel", "-o", "p.csv").stderr


@pytest.mark.parametrize(
    "verb", [("why", "Ramadi"), ("changes", "--since", "2015-01-01"), ("who", "Ramadi"), ("copies",)]
)
@pytest.mark.parametrize("width", [50, 100])
def test_reports_cannot_steer_a_terminal(verb: tuple[str, ...], width: int) -> None:
    shown = run(*verb, width=width).stdout
    assert not any(sign in shown for sign in "\x1b\x9b\u202e")
    assert max(map(len, shown.splitlines())) <= width
