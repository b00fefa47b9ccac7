"""Parsed sentences: words with tags, lemmas and what they hang on.

Plain objects, each made once for a sentence, with their children beside them: the reader asks a word for its head and
its children millions of times a minute. The names of the fields are spaCy's.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache


class Token:
    """A word of a sentence. `head` is the word it hangs on, of a root itself; `children` are in order of the text."""

    __slots__ = (
        "case", "children", "dep_", "doc", "head", "i", "idx", "lefts", "lemma_", "lower_", "pos_", "rights", "tag_",
        "text", "whitespace_",
    )  # fmt: skip

    doc: Doc
    i: int
    """Its number in the sentence."""
    idx: int
    """Where it begins, in characters of the sentence."""
    text: str
    lower_: str
    whitespace_: str
    """The blank after it, or nothing."""
    tag_: str
    """Penn Treebank tag."""
    pos_: str
    """Universal part of speech."""
    dep_: str
    """Universal relation to `head`."""
    lemma_: str
    head: Token
    children: tuple[Token, ...]
    lefts: tuple[Token, ...]
    """Of its children those before it."""
    case: str | None
    """Its preposition, from when it was first asked for (`nominals.preposition`): that is often."""
    rights: tuple[Token, ...]

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    @property
    def text_with_ws(self) -> str:
        return self.text + self.whitespace_

    @property
    def is_alpha(self) -> bool:
        return self.text.isalpha()

    @property
    def is_punct(self) -> bool:
        return all(unicodedata.category(c)[0] == "P" for c in self.text)

    @property
    def is_space(self) -> bool:
        return self.text.isspace()

    @property
    def subtree(self) -> list[Token]:
        """The word and all below it, each with what is on its left before it."""
        found: list[Token] = []
        for c in self.lefts:
            found += c.subtree
        found.append(self)
        for c in self.rights:
            found += c.subtree
        return found

    @property
    def left_edge(self) -> Token:
        """The first word of the subtree."""
        first = self
        below = [self]
        for token in below:
            below += token.children
            if token.i < first.i:
                first = token
        return first

    @property
    def right_edge(self) -> Token:
        """The last word of the subtree."""
        last = self
        below = [self]
        for token in below:
            below += token.children
            if token.i > last.i:
                last = token
        return last

    @property
    def ancestors(self) -> Iterator[Token]:
        """The words above it, from its head up to the root."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    @property
    def conjuncts(self) -> tuple[Token, ...]:
        """The words coordinated with it, itself left out."""
        start = self
        while start.dep_ == "conj" and start.head is not start:
            start = start.head
        found = [start]
        for token in found:
            found += [c for c in token.rights if c.dep_ == "conj"]
        return tuple(t for t in found if t is not self)

    def nbor(self, steps: int = 1) -> Token:
        """The word so many steps to the right. Raises IndexError past either end."""
        if self.i + steps < 0:
            raise IndexError(steps)
        return self.doc[self.i + steps]


def text_of(words: Sequence[Token]) -> str:
    """Words one after the other, as they stand in the sentence, without the blank at their end."""
    return "".join([t.text + t.whitespace_ for t in words[:-1]]) + words[-1].text if words else ""


@lru_cache(maxsize=1 << 14)
def lowered(word: str) -> str:
    """In small letters: the same object for each that is asked for, so that a long report is not kept twice."""
    small = word.lower()
    return word if small == word else small


class Doc(tuple[Token, ...]):
    """A parsed sentence: the tokens, which hang on one another as one tree. A part of it is a plain tuple (`text_of`).

    `spaces`: whether a blank follows the word; `heads`: the number of the word it hangs on, its own for the root.
    """

    __slots__ = ()

    def __new__(
        cls,
        words: Sequence[str],
        spaces: Sequence[bool],
        *,
        tags: Sequence[str],
        pos: Sequence[str],
        lemmas: Sequence[str],
        heads: Sequence[int],
        deps: Sequence[str],
    ) -> Doc:
        doc = super().__new__(cls, [Token() for _ in words])
        idx = 0
        for i, (t, word, space, tag, part, lemma, dep) in enumerate(
            zip(doc, words, spaces, tags, pos, lemmas, deps, strict=True)
        ):
            t.doc, t.i, t.idx, t.text, t.lower_, t.whitespace_ = doc, i, idx, word, lowered(word), " " * space
            t.tag_, t.pos_, t.dep_, t.lemma_, t.case = tag, part, dep, lemma, None
            idx += len(word) + space
        left: list[list[Token]] = [[] for _ in words]
        right: list[list[Token]] = [[] for _ in words]
        for t, head in zip(doc, heads, strict=True):
            t.head = doc[head]
            if head != t.i:
                (left if t.i < head else right)[head].append(t)
        for t, before, after in zip(doc, left, right, strict=True):
            t.lefts, t.rights = tuple(before), tuple(after)
            t.children = t.lefts + t.rights
        return doc

    @property
    def text(self) -> str:
        return "".join([t.text + t.whitespace_ for t in self])
