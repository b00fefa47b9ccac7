"""One key for the spellings of a person's name: "Yahya Rasool" and "Yahya Rasul" are one man.

The key joins transliterations only (`gazetteer.names.fold`); it never joins a short name with a long one, nor two
people of one family. Whether two keys are one person is a judgement for people, and is kept apart from the claims.
"""

from __future__ import annotations

from whoholds.gazetteer.names import fold, key


def name_key(name: str) -> str:
    """A name without the accidents of typing: case, accents, punctuation. Two spellings of one name are two keys."""
    return key(name).replace(" ", "-")


def person_key(name: str) -> str | None:
    """The key of a name as a report writes it, in lower case, its parts joined by "-"; None for an empty one."""
    parts = [fold(part) for part in name.replace("-", " ").split()]
    return "-".join(p for p in parts if p) or None


def same_person(a: str, b: str) -> bool:
    """True where two spellings have one key."""
    key = person_key(a)
    return key is not None and key == person_key(b)
