"""A parse that can be changed: what mends of parses work on."""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, field

from whoholds.annotate.trees.lemmas import lemma_of

SUBJECT = ("nsubj", "nsubj:pass")
FINITE = ("VBD", "VBZ", "VBP")
"""Tags of finite verbs, auxiliaries of mode left out."""


@dataclass(slots=True)
class Table:
    """A parse as parallel lists, to be changed in place; `words` in lower case, `heads` as indices (roots: itself).

    Heads are changed by `hang` alone, which keeps the lists of children.
    """

    words: list[str]
    tags: list[str]
    pos: list[str]
    heads: list[int]
    deps: list[str]
    capital: list[bool]
    """Whether the word stands with a capital letter that may be a name's."""
    _below: list[list[int]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.reset(self.heads, self.deps)

    def reset(self, heads: Sequence[int], deps: Sequence[str]) -> None:
        """Put all heads and relations anew."""
        self.heads, self.deps = list(heads), list(deps)
        self._below = [[] for _ in heads]
        for i, head in enumerate(heads):
            if head != i:
                self._below[head].append(i)

    def children(self, i: int) -> tuple[int, ...]:
        """What hangs on a word now, in order of the text."""
        return tuple(self._below[i])

    def labels(self, i: int) -> set[str]:
        """The relations of what hangs on a word."""
        return {self.deps[c] for c in self._below[i]}

    def hang(self, i: int, head: int, dep: str | None = None) -> None:
        """Hang a word on another, or on itself to make it a root."""
        before = self.heads[i]
        if before != head:
            if before != i:
                self._below[before].remove(i)
            if head != i:
                insort(self._below[head], i)
            self.heads[i] = head
        if dep is not None:
            self.deps[i] = dep

    def lemma(self, i: int) -> str:
        """The dictionary form of a word by the tag that it has now."""
        return lemma_of(self.words[i], self.tags[i], self.pos[i])

    def name(self, i: int) -> None:
        """Make a name of a word."""
        self.tags[i], self.pos[i] = "NNP", "PROPN"

    def under(self, i: int, top: int) -> bool:
        """True where `top` is `i` or above it."""
        for _ in self.heads:  # so that a ring, which a mend may have made, has an end
            if i == top or self.heads[i] == i:
                break
            i = self.heads[i]
        return i == top


def capitals(texts: Sequence[str], pos: Sequence[str]) -> list[bool]:
    """Which words have a capital that may be a name's: none in a headline in capitals.

    A verb or noun without one tells that it is none: "The Serbs keep Vukovar and Beli Manastir".
    """
    upper = [t[:1].isupper() and not (len(t) > 1 and t.isupper()) for t in texts]
    letters = sum(t[:1].isalpha() for t in texts)
    small = any(p in ("VERB", "NOUN") and len(x) > 3 and x.islower() for x, p in zip(texts, pos, strict=True))
    return upper if letters > 3 and (small or sum(upper) < 0.6 * letters) else [False] * len(texts)
