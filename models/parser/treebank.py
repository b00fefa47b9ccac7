"""Read CoNLL-U treebanks and turn their sentences into spaCy documents.

One sentence is one document, because that is how the reader calls the parser: sentence
splitting is done by rules beforehand (`whoholds.annotate.parse.sentences`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

ATTRS = ["LEMMA", "TAG", "POS", "MORPH", "HEAD", "DEP", "SENT_START"]
# Only the features the reader looks at; the rest would make the morphologizer larger for nothing.
FEATURES = {"VerbForm", "Tense", "Mood", "Voice", "Number", "Degree"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One tree: parallel lists, `heads` as indices into the sentence (a root points at itself)."""

    words: list[str]
    spaces: list[bool]
    lemmas: list[str]
    upos: list[str]
    xpos: list[str]
    morphs: list[str]
    heads: list[int]
    deps: list[str]
    source: str = field(default="")

    def __len__(self) -> int:
        return len(self.words)

    def copy(self) -> Sentence:
        """A sentence whose word and lemma lists may be changed."""
        return replace(self, words=list(self.words), lemmas=list(self.lemmas))

    def children(self) -> list[list[int]]:
        """For each word the indices of the words that hang on it."""
        kids: list[list[int]] = [[] for _ in self.words]
        for i, head in enumerate(self.heads):
            if head != i:
                kids[head].append(i)
        return kids

    def without(self, drop: set[int]) -> Sentence:
        """The sentence less the leaves in `drop` (they must have no children that stay)."""
        keep = [i for i in range(len(self)) if i not in drop]
        new = {old: i for i, old in enumerate(keep)}

        def pick(values: list[str]) -> list[str]:
            return [values[i] for i in keep]

        return Sentence(
            pick(self.words), [self.spaces[i] for i in keep], pick(self.lemmas), pick(self.upos),
            pick(self.xpos), pick(self.morphs), [new[self.heads[i]] for i in keep], pick(self.deps), self.source,
        )  # fmt: skip


def read(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a CoNLL-U file; multiword ranges keep their spacing, empty nodes go."""
    rows: list[list[str]] = []
    ranges: list[tuple[int, int, bool]] = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if not line:
                if rows:
                    yield _build(rows, ranges, path.stem)
                rows, ranges = [], []
            elif not line.startswith("#"):
                columns = line.split("\t")
                if "-" in columns[0]:
                    first, last = map(int, columns[0].split("-"))
                    ranges.append((first, last, "SpaceAfter=No" not in columns[9]))
                elif "." not in columns[0]:
                    rows.append(columns)
    if rows:
        yield _build(rows, ranges, path.stem)


def _build(rows: list[list[str]], ranges: list[tuple[int, int, bool]], source: str) -> Sentence:
    spaces = ["SpaceAfter=No" not in r[9] for r in rows]
    for first, last, space in ranges:
        spaces[first - 1 : last] = [False] * (last - first) + [space]
    morphs = ["|".join(f for f in r[5].split("|") if f.split("=")[0] in FEATURES) for r in rows]
    heads = [int(r[6]) - 1 if r[6] != "0" else i for i, r in enumerate(rows)]
    deps = ["ROOT" if r[7] == "root" else r[7] for r in rows]
    words = [r[1].replace(" ", "\u00a0") for r in rows]
    return Sentence(words, spaces, [r[2] for r in rows], [r[3] for r in rows], [r[4] for r in rows],
                    morphs, heads, deps, source)  # fmt: skip


def as_doc(vocab: Vocab, s: Sentence) -> Doc:
    """The tree as a spaCy document of one sentence."""
    return Doc(vocab, words=s.words, spaces=s.spaces, lemmas=s.lemmas, tags=s.xpos, pos=s.upos, morphs=s.morphs,
               heads=s.heads, deps=s.deps, sent_starts=[i == 0 for i in range(len(s))])  # fmt: skip


def write(path: Path, vocab: Vocab, sentences: Iterable[Sentence]) -> int:
    """Write a training file for `spacy train` and return the number of sentences in it. Folders are made."""
    box = DocBin(attrs=ATTRS)
    for s in sentences:
        box.add(as_doc(vocab, s))
    path.parent.mkdir(parents=True, exist_ok=True)
    box.to_disk(path)
    return len(box)
