"""One key for the spellings of a person's name: "Yahya Rasool" and "Yahya Rasul" are one man.

The key joins transliterations only (`gazetteer.names.fold`); it never joins a short name with a long one, nor two
people of one family. Whether two keys are one person is a judgement for people, and is kept apart from the claims.
"""

from __future__ import annotations

from whoholds.annotate.words import lexis
from whoholds.gazetteer.names import fold, key
from whoholds.model import Voice


def name_key(name: str) -> str:
    """A name without the accidents of typing: case, accents, punctuation. Two spellings of one name are two keys."""
    return key(name).replace(" ", "-")


def speaker_key(voice: Voice) -> str | None:
    """The key of who speaks under a name of their own; None for a nameless one and for a body such as "the army".

    A body that speaks for a side is that side, and one that reports call by a common noun only is nobody in particular.
    """
    if not voice.name:
        return None
    words = {w for word in voice.name.lower().split() for w in (word, word.removesuffix("s"))}
    body = not words.isdisjoint(lexis()["institution"] | lexis()["state_force"])
    if body and (voice.side or voice.name == voice.name.lower()):
        return None
    return name_key(voice.name) or None


def person_key(name: str) -> str | None:
    """The key of a name as a report writes it, in lower case, its parts joined by "-"; None for an empty one."""
    parts = [fold(part) for part in name.replace("-", " ").split()]
    return "-".join(p for p in parts if p) or None


def same_person(a: str, b: str) -> bool:
    """True where two spellings have one key."""
    key = person_key(a)
    return key is not None and key == person_key(b)
