"""The judge that was weighed against frames alone: what it is told of a report, and what it may change of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = [str(ROOT / folder) for folder in ("eval", "models/confidence", "models/judge")]
sys.path[:0] = FOLDERS

from compare import Scores  # noqa: E402
from judged import Judge, Thresholds, Trial  # noqa: E402
from proposals import propose  # noqa: E402
from samples import KINDS, SENSES, Read, Sample, hashed  # noqa: E402
from whoholds.model import Report, Role, Section, Span  # noqa: E402

TEXT = (
    "Boko Haram fighters stormed Monguno on Friday. Nigerian soldiers recaptured the town of Baga on Sunday. "
    "The militants withdrew towards Kukawa."
)
GOLD = [
    {"kind": "gains", "actor": "gov:NGA", "place": "Baga", "mode": "asserted", "quote": "recaptured the town of Baga"},
    {"kind": "contests", "actor": "boko-haram", "place": "Monguno", "mode": "asserted", "quote": "stormed Monguno"},
]


@pytest.fixture(scope="module")
def proposed() -> tuple[Read, list[Sample]]:
    return propose(0, "own", Report("own", TEXT, (Section(Span(0, len(TEXT)), Role.BODY),)), GOLD)


def pairs_of(samples: list[Sample], word: str) -> list[Any]:
    return [(s, p) for s in samples for p in s.pairs if s.words[p.cue] == word]


def test_what_frames_read_is_linked_to_its_cue_and_place(proposed: tuple[Read, list[Sample]]) -> None:
    read, samples = proposed
    linked = {i for s in samples for p in s.pairs for i in p.claims.values()}
    assert linked == set(range(len(read.claims)))
    for s in samples:
        for p in s.pairs:
            for kind, i in p.claims.items():
                assert read.claims[i]["kind"] == KINDS[kind]
                assert read.claims[i]["place"] == p.row["place"]


def test_gold_is_put_to_the_cue_in_its_quote_and_to_its_own_place(proposed: tuple[Read, list[Sample]]) -> None:
    _, samples = proposed
    right = {(s.words[p.cue], p.row["place"], KINDS[k]) for s in samples for p in s.pairs for k in p.right}
    assert right == {("recaptured", "Baga", "gains"), ("town", "Baga", "gains"), ("stormed", "Monguno", "contests")}
    assert {(place, kind) for _, place, kind in right} == {("Baga", "gains"), ("Monguno", "contests")}


def test_a_side_may_stand_in_the_sentence_before(proposed: tuple[Read, list[Sample]]) -> None:
    _, samples = proposed
    for s, pair in pairs_of(samples, "recaptured"):
        sides = {side.actor: side.tokens for side in pair.sides}
        assert {"gov:NGA", "boko-haram"} <= set(sides)
        assert all(back == 0 for back, _ in sides["gov:NGA"])
        assert [s.before[t] for back, t in sides["boko-haram"] if back == -1]


def test_a_place_may_stand_in_the_sentence_before(proposed: tuple[Read, list[Sample]]) -> None:
    _, samples = proposed
    earlier = [p for _, p in pairs_of(samples, "withdrew") if p.place is None]
    assert "Baga" in {p.row["place"] for p in earlier}


def test_traits_have_the_same_numbers_in_every_process() -> None:
    assert hashed(["read=gains", "case=in"]) == hashed(["case=in", "read=gains", "case=in"])
    assert hashed(["read=gains"]) == [166051]


def judge_of(read: Read, samples: list[Sample], sure: dict[str, float]) -> Judge:
    """A judge that finds every kind that was read likely, no other, and the actors as `sure` says."""
    answers = {}
    for i, s in enumerate(samples):
        for j, p in enumerate(s.pairs):
            kinds = np.full((2, len(KINDS)), 0.01)
            kinds[:, list(p.claims)] = 0.9
            sides = {x.actor: np.full((2, len(SENSES)), sure.get(x.actor, 0.05)) for x in p.sides}
            answers[i, j] = {"kinds": kinds, "modes": np.array([1.0, 0, 0, 0, 0]), "sides": sides}
    return Judge([read], samples, [answers])


@pytest.fixture
def trial(proposed: tuple[Read, list[Sample]], monkeypatch: pytest.MonkeyPatch) -> Trial:
    monkeypatch.setattr(Trial, "_weights", lambda *_, **__: np.zeros(6))
    read, samples = proposed
    return Trial(judge_of(read, samples, {"boko-haram": 0.8}), [0])


def test_a_judge_that_is_asked_nothing_changes_nothing(trial: Trial, proposed: tuple[Read, list[Sample]]) -> None:
    assert trial.rows(0, Thresholds()) == proposed[0].claims


def test_a_judge_changes_only_actors_that_words_did_not_name(
    trial: Trial, proposed: tuple[Read, list[Sample]], monkeypatch: pytest.MonkeyPatch
) -> None:
    read, _ = proposed
    monkeypatch.setattr(trial.judge.reads[0], "inferred", [c["place"] == "Baga" for c in read.claims])
    now = {(c["place"], c["kind"]): c["actor"] for c in trial.rows(0, Thresholds(actor=0.3))}
    assert now["Baga", "gains"] == "boko-haram"
    monkeypatch.setattr(trial.judge.reads[0], "inferred", [False] * len(read.claims))
    assert trial.rows(0, Thresholds(actor=0.3)) == read.claims


def test_claims_that_are_less_likely_than_asked_are_left_out(trial: Trial) -> None:
    """With weights of nought every claim is as likely as not."""
    assert trial.rows(0, Thresholds(keep=0.6)) == []


def test_the_same_claims_are_counted_alike_in_any_order(proposed: tuple[Read, list[Sample]]) -> None:
    read, _ = proposed
    scores = Scores([read])
    right, _, missed = scores.counts(0, read.claims)
    assert (right, missed) == (2, 0)
    assert scores.counts(0, read.claims[::-1]) == scores.counts(0, read.claims)
