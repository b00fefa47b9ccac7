"""The quote of a claim: from the cue to place and actor, with what its clause says beside them."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "kind", "quote"),
    [
        (
            "Angolan soldiers beat off one attack on Huambo, but left it towards Caala when a second column came.",
            "withdraws",
            "left it towards Caala when a second column came",
        ),
        ("UNITA rebels captured Huambo on Monday. They said so.", "gains", "UNITA rebels captured Huambo on Monday"),
        (
            "Two days later, residents said, UNITA rebels took Huambo without firing a shot, and people fled.",
            "gains",
            "UNITA rebels took Huambo without firing a shot",
        ),
    ],
)
def test_a_quote_has_the_clause_of_its_cue(text: str, kind: str, quote: str, page: Any) -> None:
    found = [claim for claim in page(text).claims if claim.kind == kind]
    assert found
    assert quote in found[0].quote_text
    assert len(found[0].quote_text) < len(text)


def test_a_long_clause_does_not_make_a_long_quote(page: Any) -> None:
    tail = "after weeks of fighting in the hills around it and along the railway to the coast " * 4
    (claim,) = [c for c in page(f"UNITA rebels captured Huambo {tail}.").claims if c.kind == "gains"]
    assert len(claim.quote_text) <= 160


@pytest.mark.parametrize(
    ("text", "kind", "extent"),
    [
        ("UNITA troops completed the capture of Huambo on Monday.", "gains", "whole"),
        ("UNITA troops took Huambo completely on Monday.", "gains", "whole"),
        ("By Monday Huambo was almost completely surrounded by UNITA rebels.", "besieges", "most"),
        ("UNITA rebels hold the greater part of Huambo.", "holds", "most"),
        ("UNITA rebels hold the whole city of Huambo except the airport.", "holds", "most"),
        ("The majority of UNITA's fighters in Huambo have fled.", "withdraws", "most"),
        ("UNITA troops captured Huambo on Monday.", "gains", None),
    ],
)
def test_how_much_of_it(text: str, kind: str, extent: str | None, page: Any) -> None:
    found = [claim for claim in page(text).claims if claim.kind == kind]
    assert [claim.extent for claim in found] == [extent]


@pytest.mark.parametrize(
    "text",
    [
        "RUF rebels stormed Kenema at dawn. They seized the hospital.",
        "Soldiers entered Kenema on Monday and seized its hospital and main mosque.",
    ],
)
def test_what_every_town_has_is_a_part_of_the_town_in_focus(text: str, page: Any) -> None:
    claim = page(text).claims[-1]
    assert (claim.kind, claim.place.name, claim.extent) == ("gains", "Kenema", "part")


@pytest.mark.parametrize(
    ("text", "place", "extent"),
    [
        ("RUF rebels took the east of Kenema.", "Kenema", "part"),
        ("RUF rebels hold the north and east of Kenema.", "Kenema", "part"),
        ("Fighting between the army and the RUF went on in the south of Kenema.", "Kenema", "part"),
        ("The army took areas east of Kenema.", "areas east of Kenema", None),
        ("The army took villages to the east of Kenema.", "villages to the east of Kenema", None),
    ],
)
def test_a_side_of_a_town_is_a_part_of_it_and_what_lies_beside_it_is_not(
    text: str, place: str, extent: str | None, page: Any
) -> None:
    (claim,) = page(text).claims
    assert (claim.place.name, claim.extent) == (place, extent)
