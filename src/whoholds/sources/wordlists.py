"""Word lists written as running text."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text that lists them with spaces between."""
    return frozenset(text.split())
