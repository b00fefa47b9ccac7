"""The compact English parser: sentences → documents (`annotate.trees.tree`) with tags, lemmas and dependencies.

Universal Dependencies labels (`nsubj`, `obj`, `obl:agent`, `nsubj:pass`, …) and Penn Treebank tags. Sentences come
from `annotate.parse.sentences`; what claims ask of a parsed sentence is in `annotate.clauses.repair`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from whoholds.annotate.mending.mend import mend_all
from whoholds.annotate.parse import weights
from whoholds.annotate.parse.first_layers import keep_words
from whoholds.annotate.parse.long_names import LongNames, Stretch
from whoholds.annotate.parse.title_case import in_lower_case, is_title_case
from whoholds.annotate.parse.tokens import familiar, prepare, tokenise
from whoholds.annotate.times.words import MONTHS
from whoholds.annotate.trees.lemmas import lemma_of
from whoholds.annotate.trees.table import Table, capitals
from whoholds.annotate.trees.tree import Doc
from whoholds.sources.units import ADDRESSES

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc as Words
    from spacy.vocab import Vocab

LONGEST = 150
"""Tokens; a longer sentence is parsed in pieces, so that time grows with its length and no faster."""
SHORTEST_PIECE = 60
BATCH = 128
"""Sentences parsed at a time."""
LONGEST_LABEL = 8
"""Tokens of a date that stands before an entry, at the most."""
LONGEST_SOURCE = 4
"""Tokens of who says so, after the dash of a headline, at the most."""
_MARKS = frozenset(["-", "–", "—", "--", ":"])
_PARTS_OF_TIME = frozenset(["early", "mid", "late", "th", "st", "nd", "rd", "and", "to", "/"])
_DONE = ("ed", "en", "lost", "cut", "gone", "over")
"""How participles end: "all but encircled", and not "all but the port"."""
_CUTS = ((";",), (":", "—", "–", "--"), (",",), ("and", "but", "while"))
"""Where to cut, best first."""


class Strings(dict[int, str]):
    """The parser's strings by their numbers, each made once: a word that stands a thousand times is kept once."""

    def __init__(self, vocab: Vocab) -> None:
        super().__init__()
        self._store = vocab.strings

    def __missing__(self, number: int) -> str:
        self[number] = text = self._store[number]
        return text


@dataclass(frozen=True, slots=True)
class Uncut:
    """The tokens of one sentence before it is parsed; `spaces`: whether a blank follows each."""

    texts: list[str]
    spaces: list[bool]
    names: Sequence[Stretch]
    hidden: dict[int, int]
    """The tokens within names that the parser does not get, each with the one that it gets for the name."""

    @classmethod
    def of(cls, doc: Words, said: Strings, names: LongNames | None = None) -> Uncut:
        # As an array: a question to each of spaCy's tokens makes an object.
        found = doc.to_array(["ORTH", "SPACY"]).tolist()
        texts, spaces = [said[word] for word, _ in found], [bool(space) for _, space in found]
        if is_title_case(texts):
            texts = in_lower_case(texts, names.within(texts) if names else ())
        stretches = names.found(texts, spaces) if names else []
        hidden = {i: name.kept for name in stretches for i in range(name.first, name.last + 1) if i != name.kept}
        return cls(texts, spaces, stretches, hidden)


class Parser:
    """Parses sentences. Make one with `Parser.load`; it holds no state between calls."""

    fingerprint: str
    """SHA-256 of the weights, hexadecimal: what made the analyses."""

    def __init__(self, nlp: Language, fingerprint: str) -> None:
        prepare(nlp)
        keep_words(nlp)
        self._nlp = nlp
        self.fingerprint = fingerprint

    @classmethod
    def load(cls, path: Path | None = None) -> Parser:
        """The parser with the packaged weights, those of `WHOHOLDS_WEIGHTS`, or those at `path`.

        Weights are read once for each file. Raises `WeightsError` where they are missing, damaged or of another
        version.
        """
        return _load(path or weights.default_path())

    def parse(self, sentences: Sequence[str], names: LongNames | None = None) -> list[Doc]:
        """One document a sentence, in order; `token.idx` counts in the sentence as given.

        `names`: names that are parsed as one word.
        Give all sentences of one report in one call: analyses may differ in rare ties with what shares a batch, so
        a report's analysis should depend on that report alone.
        """
        return self.parse_docs((tokenise(self._nlp, s) for s in sentences), names)

    @property
    def vocab(self) -> Vocab:
        """The vocabulary that documents for `parse_docs` must share."""
        return self._nlp.vocab

    def parse_docs(self, docs: Iterable[Words], names: LongNames | None = None) -> list[Doc]:
        """Parse spaCy's documents that are already divided into tokens, one sentence each, a batch at a time."""
        said = Strings(self._nlp.vocab)
        cut: deque[tuple[Uncut, list[list[int]]]] = deque()
        found: list[Doc] = []
        whole = (Uncut.of(doc, said, names) for doc in docs)
        parsed = self._nlp.pipe(self._flat(whole, cut), batch_size=BATCH)
        for first in parsed:
            while not cut[0][1]:
                found.append(self._join(cut.popleft()[0], [], said))
            uncut, pieces = cut.popleft()
            found.append(self._join(uncut, [(pieces[0], first), *((p, next(parsed)) for p in pieces[1:])], said))
        return found + [self._join(uncut, [], said) for uncut, _ in cut]

    def _flat(self, sentences: Iterable[Uncut], cut: deque[tuple[Uncut, list[list[int]]]]) -> Iterator[Words]:
        """The pieces of all sentences, one after the other. What each is a piece of is put into `cut` before."""
        for uncut in sentences:
            pieces = list(_pieces(uncut))
            cut.append((uncut, pieces))
            yield from (self._bare(uncut, indices) for indices in pieces)

    def _bare(self, uncut: Uncut, indices: Sequence[int]) -> Words:
        """The tokens of one piece as a document of one sentence."""
        from spacy.tokens import Doc as Words

        words = [familiar(uncut.texts[i]) for i in indices]
        for name in uncut.names:
            if name.form and name.kept in indices:
                words[indices.index(name.kept)] = name.form
        if (mark := _before_source(uncut)) in indices:
            words[indices.index(mark)] = ":"
        _say_almost(words)
        spaces = [uncut.spaces[i] for i in indices]
        return Words(self._nlp.vocab, words=words, spaces=spaces, sent_starts=[k == 0 for k in range(len(words))])

    def _join(self, uncut: Uncut, parts: list[tuple[list[int], Words]], said: Strings) -> Doc:
        """The parsed pieces as one document over all tokens of the sentence."""
        texts, n = uncut.texts, len(uncut.texts)
        if len(parts) > 1 and parts[0][0][-1] + 1 == dated(texts, uncut.spaces):
            # "27 May 1977 - Rebels took the town": the date hangs on what it dates
            parts = [*parts[1:], parts[0]]
        tags, pos, lemmas, deps = ([""] * n for _ in range(4))
        heads = list(range(n))
        root = -1
        for indices, part in parts:
            # As arrays: a question to each of spaCy's tokens makes an object and looks up each of its strings.
            found = part.to_array(["TAG", "POS", "DEP"]).tolist()
            steps = part.to_array("HEAD").astype("int64").tolist()
            for k, (i, (tag, kind, dep), step) in enumerate(zip(indices, found, steps, strict=True)):
                tags[i], pos[i], deps[i], heads[i] = said[tag], said[kind], said[dep], indices[k + step]
            top = next(i for i in indices if heads[i] == i)
            if root < 0:
                root = top
            for i in indices:
                # Roots of later pieces, and any further root of the same, hang on the first.
                if heads[i] == i and i != root:
                    heads[i], deps[i] = root, "parataxis"
            deps[root] = "ROOT"
        for i, text in enumerate(texts):
            if is_unread(text):
                blank = text.isspace()
                tags[i], pos[i], deps[i] = ("_SP", "SPACE", "dep") if blank else ("ADD", "X", "dep")
                heads[i] = max(i - 1, 0) if root >= 0 else i
                if heads[i] == i and root >= 0:
                    heads[i] = root
        if root < 0 and n:
            deps[0] = "ROOT"
        for i, kept in uncut.hidden.items():
            tags[i], pos[i] = ("HYPH", "PUNCT") if texts[i] == "-" else ("NNP", "PROPN")
            heads[i], deps[i] = kept, "compound" if i < kept else "flat"
        table = Table([text.lower() for text in texts], tags, pos, heads, deps, capitals(texts, pos))
        mend_all(table)
        heads, deps = table.heads, table.deps
        for i in range(n):
            perfect = deps[i] == "aux" and tags[heads[i]] == "VBN"
            share = table.words[max(0, i - 1) : i + 1] == ["per", "cent"]
            lemmas[i] = "percent" if share else lemma_of(texts[i], tags[i], pos[i], perfect)
        return Doc(texts, uncut.spaces, tags=tags, pos=pos, lemmas=lemmas, heads=heads, deps=deps)


def _say_almost(words: list[str]) -> None:
    """ "Bara is all but surrounded", in words that the parser knows."""
    for k in range(len(words) - 2) if "but" in words else ():
        if words[k].lower() == "all" and words[k + 1] == "but" and words[k + 2].endswith(_DONE):
            words[k : k + 2] = "almost", "completely"


def dated(texts: Sequence[str], spaces: Sequence[bool]) -> int:
    """How many tokens a date before an entry takes ("27 May 1977 - Rebels took the town"), its mark with it; or 0."""
    for i, text in enumerate(texts[:LONGEST_LABEL]):
        if text in _MARKS and i and (text == ":" or (i + 1 < len(texts) and spaces[i - 1])):
            figures = [x for x in texts[:i] if x.isdigit()]
            return i + 1 if figures and i + 3 < len(texts) else 0
        low = text.lower()
        if not (text.isdigit() or text in ",." or low in MONTHS or low in _PARTS_OF_TIME):
            return 0
    return 0


def _before_source(uncut: Uncut) -> int:
    """The dash before who says so, at the end of a headline ("Rebels take Bor - mayor"), which the parser knows as a
    colon; or -1."""
    texts, spaces = uncut.texts, uncut.spaces
    if texts[-1] in ".!?":
        return -1
    dashes = [i for i, text in enumerate(texts) if text in _MARKS and text != ":" and i and spaces[i - 1]]
    return dashes[0] if len(dashes) == 1 and 0 < len(texts) - 1 - dashes[0] <= LONGEST_SOURCE else -1


def is_unread(text: str) -> bool:
    """A blank, or an address of the web: no part of what a sentence says."""
    return text.isspace() or (len(text) > 5 and text.startswith(ADDRESSES))


def _pieces(uncut: Uncut) -> Iterator[list[int]]:
    """Indices of the tokens to parse together, without blanks: all of them, or clauses of a very long sentence."""
    texts = uncut.texts
    indices = [i for i, text in enumerate(texts) if i not in uncut.hidden and not is_unread(text)]
    if label := dated(texts, uncut.spaces):
        yield [i for i in indices if i < label]
        indices = [i for i in indices if i >= label]
    while len(indices) > LONGEST:
        window = range(SHORTEST_PIECE, LONGEST)
        cut = LONGEST
        for marks in _CUTS:
            found = [k for k in window if texts[indices[k]].lower() in marks]
            if found:
                cut = found[-1] + (0 if marks[0] == "and" else 1)
                break
        yield indices[:cut]
        indices = indices[cut:]
    if indices:
        yield indices


@cache
def _load(path: Path) -> Parser:
    return Parser(*weights.load(path))
