"""The word classes of `data/lexis.yml`, loaded once."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

import yaml

from whoholds.errors import LexiconError


class Lexis:
    """Word classes by name: `lexis.has("settlement", "town")`."""

    def __init__(self, text: str) -> None:
        raw = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        if not isinstance(raw, dict):
            raise LexiconError("data/lexis.yml: expected a mapping of class names to lists of words")
        self.hash = hashlib.sha256(text.encode()).hexdigest()[:12]
        self._classes = {name: frozenset(str(w) for w in words) for name, words in raw.items()}

    def __getitem__(self, name: str) -> frozenset[str]:
        return self._classes[name]

    def has(self, name: str, *words: str) -> bool:
        """True where one of the words (lemma or form, lower case) is in the class."""
        return not self._classes[name].isdisjoint(words)


@cache
def lexis() -> Lexis:
    return Lexis(files("whoholds.data").joinpath("lexis.yml").read_text(encoding="utf-8"))
