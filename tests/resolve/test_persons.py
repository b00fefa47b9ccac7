"""Spellings of one person's name, and names that are not one person's."""

from __future__ import annotations

import pytest

from whoholds.resolve.persons import person_key, same_person


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Yahya Rasool", "Yahya Rasul"),
        ("Mahmoud Qassem", "Mahmud Qasem"),
        ("Abdul-Karim Khaled", "Abdul Karim Khaled"),
    ],
)
def test_transliterations_of_a_name_are_one_person(a: str, b: str) -> None:
    assert same_person(a, b)


@pytest.mark.parametrize(("a", "b"), [("Yahya Rasool", "Yahya Saree"), ("Ahmed Hassan", "Hassan Ahmed"), ("", "")])
def test_other_names_are_not(a: str, b: str) -> None:
    assert not same_person(a, b)


def test_an_empty_name_has_no_key() -> None:
    assert person_key(" - ") is None
