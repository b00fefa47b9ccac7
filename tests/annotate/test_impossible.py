"""Relations that turned what is said round: who is forced does it, what is denied is denied, whose blockade it is."""

from __future__ import annotations

import pytest

from whoholds.model import Report, Role, Section, Span
from whoholds.pipeline import Reader


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Tigrayan forces recaptured Mekelle, forcing Ethiopian federal troops to flee the city.",
            [("gains", "tplf", "asserted"), ("withdraws", "gov:ETH", "asserted")],
        ),
        (
            "The army said it had taken Bria. A rebel spokesman denies the town has fallen, in the Central African"
            " Republic.",
            [("gains", "gov:CAF", "asserted"), ("loses", "rebels:CAF", "denied")],
        ),
        (
            "The Ethiopian army left Axum and Eritrean troops entered Badme.",
            [("withdraws", "gov:ETH", "asserted"), ("gains", "gov:ERI", "asserted")],
        ),
        (
            "Government troops captured Bria, the stronghold of the UPC, in the Central African Republic.",
            [("gains", "gov:CAF", "asserted"), ("holds", "upc", "asserted")],
        ),
        (
            "Reports that UNITA had captured Kuito in Angola were false.",
            [("gains", "unita", "denied")],
        ),
        ("The JNIM blockade of Djibo continues.", [("besieges", "jnim", "asserted")]),
    ],
)
def test_what_is_said_is_not_turned_round(text: str, wanted: list[tuple[str, str | None, str]]) -> None:
    report = Report(label="x", text=text, sections=(Section(Span(0, len(text)), Role.BODY),))
    assert [(c.kind, c.actor, c.mode) for c in Reader().read(report).claims] == wanted
