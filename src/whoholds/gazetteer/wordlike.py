"""Names of places that are as well, or rather, something else: common words, people's names, months, titles.

"Hit", "Of", "March" and "Said" are towns. Whether the word in a report is the town is for the reader of the sentence
to say; here it only learns to be careful.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from whoholds.gazetteer.names import key


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    text = resources.files("whoholds.data").joinpath("wordlike.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


def is_wordlike(name: str) -> bool:
    """Whether every word of the name is a common English word, a person's name, a month, a title or the like.

    "Hit", "March", "Said", "Police" and "General" are; "Ramadi" is not, nor is "New York", whose second word is not.
    """
    words = key(name).split()
    known = _words()
    return bool(words) and all(word in known for word in words)
