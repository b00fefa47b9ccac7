"""The measurement of control: wars of known truth, simpler ways, and that the model beats them."""

from __future__ import annotations

import json
from datetime import date, timedelta

from baselines import BASELINES, course_of
from control_eval import FLOORS, LEVELS, below, measure, page
from control_scores import Figures, score_course
from fit_control import BOUNDS, FILE, loss, prior, reliability
from wars import FIRST, Town, claims_of, war
from whoholds.control import Parameters
from whoholds.control.parameters import load

DAY = timedelta(1)


def test_a_seed_is_a_war() -> None:
    assert war(5, 20) == war(5, 20)
    assert war(5, 20) != war(6, 20)
    truth = war(5, 20)
    assert claims_of(truth, LEVELS["high"], 5) == claims_of(truth, LEVELS["high"], 5)
    assert any(town.changes() for town in truth)
    for town in truth:
        for day, old, new in town.changes():
            assert (town.holder(day - DAY), town.holder(day)) == (old, new)


def test_more_noise_is_more_claims_that_are_false() -> None:
    truth = war(5, 60)

    def wrong(level: str) -> float:
        gains = [c for c in claims_of(truth, LEVELS[level], 5) if c.kind == "gains" and c.mode == "asserted"]
        towns = {town.name: town for town in truth}
        false = [c for c in gains if c.when.end and towns[c.place.name].holder(c.when.end) != c.actor]
        return len(false) / len(gains)

    assert wrong("low") < wrong("middle") < wrong("high")


def test_changes_are_counted_once_each() -> None:
    days = [FIRST + timedelta(n) for n in (0, 50, 100)]
    town = Town("T", ((days[0], "a"), (days[1], "b"), (days[2], "a")), FIRST + timedelta(200))
    figures = Figures()
    told = [(days[0], "a"), (days[1] + 2 * DAY, "b"), (days[1] + 20 * DAY, "a"), (days[2] + DAY, "b")]
    score_course(figures, town, told)
    row = figures.row()
    assert (row["recall 3"], row["precision 3"]) == (1 / 2, 1 / 3)
    assert figures.false_flips == 2
    assert row["delay"] == 2 or -80 < row["delay"] < 3


def test_every_baseline_answers() -> None:
    truth = war(5, 10)
    claims = claims_of(truth, LEVELS["low"], 5)
    about = [claim for claim in claims if claim.place.name == claims[0].place.name]
    for name in BASELINES:
        course = course_of(about, name)
        assert course
        assert [day for day, _ in course] == sorted(day for day, _ in course)
        assert all(isinstance(day, date) for day, _ in course)


def test_the_model_beats_them_by_a_tenth() -> None:
    truth = war(77, 60)
    claims = claims_of(truth, LEVELS["middle"], 77)
    found = {"simulated, middle noise": measure(truth, claims, dict.fromkeys(BASELINES, 0.75))}
    assert below(found, {}) == []
    rows = {name: figures.row() for name, figures in found["simulated, middle noise"].items()}
    assert rows["model"]["log loss"] < rows["model without de-duplication"]["log loss"]
    assert rows["model"]["log loss"] < rows["model without interest"]["log loss"]
    assert "| model |" in page(found)
    impossible = {"simulated, middle noise": {"log loss": 0.0, "recall 7": 1.1}}
    assert len(below(found, impossible)) == 2


def test_the_parameters_are_as_the_file_says() -> None:
    for name, (low, high) in BOUNDS.items():
        assert low <= getattr(load(), name) <= high
    assert load().self_serving < 1 < load().self_adverse
    assert prior(Parameters()) == 0 < prior(load())
    truth = war(78, 15)
    fitted = [(truth, claims_of(truth, LEVELS["middle"], 78))]
    assert loss(load(), fitted) < loss(Parameters(event=0.01, neutral=0.2), fitted)
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    assert {f"simulated, {level} noise" for level in LEVELS} <= {*floors}


def test_the_figure_is_calibrated_on_wars_that_were_held_out() -> None:
    written = json.loads(FILE.read_text(encoding="utf-8"))["held_out"]
    assert written["error"] < 0.05
    held_out = [(truth := war(79, 30), claims_of(truth, noise, 79)) for noise in LEVELS.values()]
    found = reliability(load(), held_out)
    assert float(str(found["error"])) < 0.1, found
    far = reliability(Parameters(neutral=9.0, self_serving=1.0, cap=50.0), held_out)
    assert float(str(far["error"])) > float(str(found["error"])), "whoever believes every word is too sure"


def test_a_reader_is_as_often_wrong_as_it_says() -> None:
    truth = war(80, 60)
    told = claims_of(truth, LEVELS["high"], 80, doubts=True)
    claims = [claim for claim in told if claim.outlet and claim.outlet.startswith("reporter")]
    mean = sum(claim.confidence for claim in claims) / len(claims)
    assert abs(mean - (1 - LEVELS["high"].misread)) < 0.03
    assert len({claim.confidence for claim in claims}) > 20
