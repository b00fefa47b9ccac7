"""Reports that nobody would write: each is read, and one that is not is named with its error."""

from __future__ import annotations

import random

import soak
from whoholds.model import Report
from whoholds.pipeline import Reader


def test_sentences_of_many_reports_shuffled_and_cut_are_read() -> None:
    chance, told = random.Random(20), soak.sentences()
    assert len(told) > 1000
    assert not list(soak.failures([soak.made_up(told, chance) for _ in range(40)], Reader().read))


def test_the_same_seed_makes_the_same_reports() -> None:
    told = ["Rebels took Bor.", "The army left Pibor.", "Nobody knows why."]
    assert soak.made_up(told, random.Random(3)) == soak.made_up(told, random.Random(3))


def test_what_cannot_be_read_is_named() -> None:
    def read(report: Report) -> None:
        if "Bor" in report.text:
            raise ValueError("no such town")

    ((text, why),) = soak.failures(["All is quiet.", "Rebels took Bor."], read)
    assert text == "Rebels took Bor."
    assert why.startswith("ValueError: no such town (test_soak.py, line ")
