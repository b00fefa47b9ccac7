"""The word classes: one name, one class."""

from __future__ import annotations

import pytest

from whoholds.annotate import words
from whoholds.errors import LexiconError


def test_a_class_that_is_there_twice_is_refused() -> None:
    with pytest.raises(LexiconError, match="ground: there twice"):
        words._parsed(b"ground: [hill]\nmen: [fighter]\nground: [ridge]\n")


def test_classes_are_lists_of_words() -> None:
    assert words._parsed(b"ground: [hill, 12]") == {"ground": ["hill", "12"]}
