"""Spellings of one name fold alike, those of different names do not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whoholds.gazetteer.names import fold, key

ALIKE = [
    ("Deir ez-Zor", "Deir Ezzor", "Deir al-Zour", "Dayr az Zawr"),
    ("Ar Rutbah", "Rutba", "Ar Ruţbah", "ar-Rutba"),
    ("Al Qa’im", "al-Qaim", "Qa'im"),
    ("Raqqa", "Ar Raqqah", "Rakka"),
    ("Baiji", "Bayji", "Beiji"),
    ("Habbaniyah", "Habbaniya", "Al Habbānīyah"),
    ("Albu Kamal", "Abu Kamal", "Al Bukamal"),
    ("Khan Shaykhun", "Khan Sheikhoun"),
    ("Jisr al-Shughur", "Jisr ash-Shughour"),
    ("Tell Rifaat", "Tal Rifat", "Tall Rif‘at"),
    ("Avdiivka", "Avdiyivka", "Avdeevka"),
    ("Rawa", "Rāwah"),
    ("Ouagadougou", "Wagadugu"),
]


@pytest.mark.parametrize("names", ALIKE, ids=lambda names: names[0])
def test_transliterations_of_one_name_fold_alike(names: tuple[str, ...]) -> None:
    assert len({fold(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [("Rawa", "Rua"), ("Ramadi", "Rumadi"), ("Homs", "Hama"), ("Suwar", "Sur"), ("Hit", "Hut")],
)
def test_different_names_keep_apart(first: str, second: str) -> None:
    assert fold(first) != fold(second)


def test_key_removes_typography_only() -> None:
    assert key("  Al-QA’IM ") == key("al Qaim") == "al qaim"
    assert key("Ar Ruţbah") == "ar rutbah"
    assert key("Rutba") != key("Ar Rutbah")


def test_other_scripts_keep_their_letters_and_lose_their_marks() -> None:
    assert fold("حَلَب") == fold("حلب") == "حلب"
    assert key("Київ") == key("КИЇВ")


def test_a_name_of_no_letters_is_empty() -> None:
    assert key("— ’ …") == fold("— ’ …") == ""


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_folds_to_a_key_without_spaces(text: str) -> None:
    folded = fold(text)
    assert " " not in folded
    assert len(folded) <= 4 * 200
    assert fold(key(text)) == folded
