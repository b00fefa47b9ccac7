"""Headlines in capitals: verbs and little words lose theirs, names keep them; no token gets longer."""

from __future__ import annotations

import pytest

from whoholds.annotate.parse.title_case import in_lower_case, is_title_case


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Rebels Seize Bor as Army Pulls Out of Malakal", "Rebels seize Bor as Army pulls out of Malakal"),
        ("REBELS SEIZE NASIR FROM THE ARMY", "Rebels seize Nasir from the ARMY"),
        ("Seize Renk And Malakal From Rebels", "Seize Renk and Malakal from Rebels"),
    ],
)
def test_what_is_plainly_no_name_is_read_in_lower_case(line: str, read: str) -> None:
    assert is_title_case(line.split())
    assert in_lower_case(line.split()) == read.split()


@pytest.mark.parametrize(
    "line", ["Rebels seize Bor as the army leaves", "Libya Control Watch", "They Came And Left Town ."]
)
def test_other_lines_are_none(line: str) -> None:
    assert not is_title_case(line.split())


def test_a_known_name_keeps_its_capitals() -> None:
    line = ["Army", "Of", "The", "Free", "Takes", "Bor"]
    assert in_lower_case(line, {0, 1, 2, 3}) == ["Army", "Of", "The", "Free", "takes", "Bor"]


@pytest.mark.parametrize("first", ["ﬁghters", "ßarek", "ŉdaba", "İzmir", "“", "Seize"])
def test_no_token_gets_longer_or_shorter(first: str) -> None:
    line = [first, "Rebels", "Seize", "Bor", "From", "Army"]
    assert [len(t) for t in in_lower_case(line)] == [len(t) for t in line]
