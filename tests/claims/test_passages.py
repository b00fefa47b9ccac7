"""Passages: what one sentence says is meant by the words of the next. Made up for the test, about places that exist."""

from __future__ import annotations

import pytest
from short_reports import body

from whoholds.pipeline import Reader

PASSAGES = [
    # the day of the raid is the day of what was taken in it
    ("M23 rebels seized Rutshuru in a surprise raid in March.", ["gains m23 Rutshuru 2024-03-31"]),
    ("UNITA lost Andulo, in Angola, in a raid on 3 October 2023.", ["loses unita Andulo 2023-10-03"]),
    # the only town that has been named is the town
    (
        "The road into Babanusa is lined with stalls. Nobody dares to travel. RSF fighters still hold the town.",
        ["holds rsf Babanusa"],
    ),
    # civilians who speak of themselves, and where they have gone
    (
        "M23 rebels attacked Masisi. Many families say they left on Monday.",
        ["contests m23 Masisi"],
    ),
    (
        "M23 rebels took Masisi in April. Residents said the rebels left on Monday.",
        ["gains m23 Masisi", "withdraws m23 Masisi"],
    ),
    (
        "M23 rebels took Masisi in April. They left on Monday, residents said.",
        ["gains m23 Masisi", "withdraws m23 Masisi"],
    ),
    (
        "Families from Kilinochchi have fled to Mullaitivu. The Tamil Tigers have taken the town, they say.",
        ["gains ltte Kilinochchi"],
    ),
    # one of several that were counted
    (
        "Of three towns in Sudan two are quiet. The third, Bara, is held by RSF fighters.",
        ["holds rsf Bara"],
    ),
    ("Two bridges in Mali are gone. One, Mopti mayor Ali Diallo said, was old.", []),
    # "left" says that they went, unless something became of those who were left
    (
        "Nobody in Kidal has seen a patrol since Malian soldiers left at the end of May.",
        ["withdraws gov:MLI Kidal"],
    ),
    ("Bor, held by the army of South Sudan, can be reached by boat only.", ["holds gov:SSD Bor"]),
    ("Kidal has never changed hands, unlike Gao, in Mali.", []),
]


@pytest.mark.parametrize(("text", "said"), PASSAGES)
def test_a_passage(reader: Reader, text: str, said: list[str]) -> None:
    claims = reader.read(body(text, stated_date="2024-06-12")).claims
    found = [f"{c.kind} {c.actor} {c.place.name} {c.when.end}" for c in claims]
    assert len(found) == len(said), found
    assert all(f.startswith(s) for f, s in zip(sorted(found), sorted(said), strict=True)), found
