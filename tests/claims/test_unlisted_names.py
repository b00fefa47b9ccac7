"""Names that no gazetteer has, and that stand where only a place can stand."""

from __future__ import annotations

import pytest
from short_reports import expected, read, shown

from whoholds.pipeline import Reader


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Renamo ruled out a withdrawal from Dorbaneh.", "withdraws renamo Dorbaneh denied"),
        ("People from Dorbaneh, which Chadian soldiers left on Monday, are afraid.", "withdraws gov:TCD Dorbaneh"),
        ("Dozens of families have left Dorbaneh as M23 rebels close in on the town.", "advances m23 Dorbaneh"),
        ("Dorbaneh is home to a Renamo base.", "holds renamo Dorbaneh"),
        ("Dorbaneh was long a stronghold of Renamo.", "holds renamo Dorbaneh"),
        ("Mozambican officials spoke of a withdrawal from Eurovision.", "nothing"),
        ("The M23 freed a nurse from Holt Dorbaneh, an aid agency.", "nothing"),
        ("Chadian soldiers left Karen Holt by the road.", "nothing"),
    ],
)
def test_what_only_a_place_can_be(reader: Reader, text: str, claims: str) -> None:
    found = read(reader, text)
    assert found == ([] if claims == "nothing" else expected(claims)), f"{text} => {shown(found)}"
