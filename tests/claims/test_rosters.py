"""Lists of who holds what as users meet them, and lists that are of something else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from short_reports import expected, said, shown

from whoholds.pipeline import Reading

ReadPage = Callable[[str], Reading]


@pytest.mark.parametrize(
    ("over", "rows", "claims"),
    [
        (
            "Our map shows who is in control of the towns today.",
            "Mopti - Malian army\nBoni - JNIM",
            "holds gov:MLI Mopti; holds jnim Boni",
        ),
        ("Who has what in Kachin State", "Momauk (map): KIA\nMansi – KIA", "holds kia Momauk; holds kia Mansi"),
        ("Towns and who holds them", "Lere (JNIM)\nGoundam (Malian army)", "holds jnim Lere; holds gov:MLI Goundam"),
        (
            "Territorial control in Borno",
            "Bama — Boko Haram\nGwoza — Boko Haram",
            "holds boko-haram Bama; holds boko-haram Gwoza",
        ),
    ],
)
def test_lines_of_place_and_holder_under_words_that_ask_it(page: ReadPage, over: str, rows: str, claims: str) -> None:
    found = [said(c) for c in page(f"Two years of war\n\n14 June 2023\n\n{over}\n\n{rows}").claims]
    assert found == expected(claims), shown(found)


@pytest.mark.parametrize(
    "over",
    ["Teams of the tournament:", "Speakers at the talks:", "The dead of this week by town:", "Related stories"],
)
@pytest.mark.parametrize("mark", [" - ", ": "])
def test_a_list_of_something_else_tells_nothing(page: ReadPage, over: str, mark: str) -> None:
    told = page(
        f"News of the week\n\n14 June 2023\n\nThe war in Mali goes on.\n\n{over}\n\nMopti{mark}Malian army\n"
        f"Boni{mark}JNIM\nGao{mark}Tuareg rebels"
    )
    assert not told.claims, shown([said(c) for c in told.claims])


def test_a_list_of_the_dead_under_a_title_of_control_tells_nothing(page: ReadPage) -> None:
    told = page(
        "Who controls Borno\n\n14 June 2023\n\nThe war in Nigeria goes on. So many were killed in each town:\n\n"
        "Konduga - Nigerian army\nBama - Boko Haram"
    )
    assert not told.claims, shown([said(c) for c in told.claims])
