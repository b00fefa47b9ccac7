"""The word classes of `data/lexis.yml`, loaded once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from whoholds.cache import kept
from whoholds.errors import LexiconError


class Lexis:
    """Word classes by name: `lexis.has("settlement", "town")`."""

    def __init__(self, classes: Mapping[str, Sequence[str]], digest: str) -> None:
        self.hash = digest
        self._classes = {name: frozenset(words) for name, words in classes.items()}

    def __getitem__(self, name: str) -> frozenset[str]:
        return self._classes[name]

    def has(self, name: str, *words: str) -> bool:
        """True where one of the words (lemma or form, lower case) is in the class."""
        return not self._classes[name].isdisjoint(words)


@cache
def lexis() -> Lexis:
    text = files("whoholds.data").joinpath("lexis.yml").read_bytes()
    return Lexis(kept("lexis.json", text, lambda: _parsed(text)), hashlib.sha256(text).hexdigest()[:12])


def _parsed(text: bytes) -> dict[str, list[str]]:
    import yaml  # a question to a ledger finds the classes in the cache, and has no use for it

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    raw = yaml.load(text, Loader=loader)
    if not isinstance(raw, dict):
        raise LexiconError("data/lexis.yml: expected a mapping of class names to lists of words")
    # YAML keeps the last of two classes with one name, and says nothing.
    node = yaml.compose(text, Loader=loader)
    names = [key.value for key, _ in node.value] if node is not None else []
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise LexiconError(f"data/lexis.yml: {', '.join(twice)}: there twice; give one of them another name")
    return {str(name): [str(word) for word in words] for name, words in raw.items()}
