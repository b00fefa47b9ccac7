"""Questions and their answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from short_reports import expected, read, said, shown

from whoholds.pipeline import Reader, Reading


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Does the Somali army still hold Jowhar? Yes. Aid workers saw it there.", "holds gov:SOM Jowhar"),
        ("Has the TPLF captured Dessie? Yes, the mayor said.", "gains tplf Dessie"),
        ("Has the TPLF captured Dessie? No. The mayor said the town was calm.", "gains tplf Dessie denied"),
        # neither yes nor no to what is so
        ("Has the TPLF captured Dessie? No soldiers could be reached.", "gains tplf Dessie possible"),
        ("Does the Somali army still hold Jowhar? Nobody knows.", "holds gov:SOM Jowhar possible"),
    ],
)
def test_yes_and_no_tell_what_was_asked(reader: Reader, text: str, claim: str) -> None:
    found = [c for c in read(reader, text) if c[0] == expected(claim)[0][0]]
    assert found == expected(claim), shown(found)


def test_a_short_answer_above_the_first_long_one_is_read(page: Callable[[str], Reading]) -> None:
    text = """
    What is new?

    Al-Shabaab fighters captured Adan Yabaal on Monday, their second town this year.

    Does the Somali army still hold Jowhar?

    Yes. It has a few hundred men there, who have dug in along the river.
    """
    found = [said(c) for c in page(text).claims]
    wanted = expected("gains al-shabaab Adan Yabaal; holds gov:SOM Jowhar")
    assert set(wanted) == set(found), shown(found)
