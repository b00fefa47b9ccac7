"""Texts without trees → training file for the last stage: what the teacher makes of them, beside the treebanks.

usage: silver.py UD_FOLDER TEACHER.pt MODEL_FOLDER OUT.spacy --texts FILE.jsonl … [--without FILE.jsonl …]

Each line of a JSONL file is an object with a `text`. Sentences that also stand in a file of `--without` (texts with
claims by hand, on which the reader is measured) are left out. MODEL_FOLDER is the parser of the stage before: the
arcs it knows are all that the trees may have.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import spacy
from spacy.tokens import Doc

from annotator import Moves, Tree, annotate
from augment import Augmenter, Vocabulary, augmented
from teacher import Teacher
from treebank import Sentence, read, write
from whoholds.annotate.parse.parser import Parser
from whoholds.annotate.parse.sentences import split
from whoholds.annotate.parse.tokens import familiar, tokenise

HERE = Path(__file__).parent
SHORTEST, LONGEST = 4, 70
"""Words of a sentence; outside lie headings, lists and tables."""
UNSURE = 0.06
"""The share of sentences that the teacher is least sure of, which are left out."""
HEADLINES, LONGEST_HEADLINE = 0.12, 24
KEY = 60
"""Letters and figures by which two sentences are the same."""


def key(sentence: str) -> str:
    return "".join(c for c in sentence.lower() if c.isalnum())[:KEY]


def sentences_of(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            yield from (text[span.start : span.end] for span in split(text))


def texts(paths: Sequence[Path], without: Sequence[Path]) -> list[Doc]:
    """Sentences as the reader divides them, each once."""
    nlp = Parser.load()._nlp
    seen = {key(s) for path in without for s in sentences_of(path)}
    found = []
    for path in paths:
        for sentence in sentences_of(path):
            if key(sentence) in seen:
                continue
            seen.add(key(sentence))
            words = [t for t in tokenise(nlp, sentence) if not t.is_space]
            if SHORTEST <= len(words) <= LONGEST and 2 * sum(t.is_alpha for t in words) >= len(words):
                found.append(Doc(nlp.vocab, words=[t.text for t in words], spaces=[bool(t.whitespace_) for t in words]))
    return found


def silver(teacher: Teacher, docs: Sequence[Doc], base: Path) -> list[Sentence]:
    """The sentences with the teacher's trees, less those it is least sure of; words as the parser gets them."""
    parser = spacy.load(base).get_pipe("parser")
    right, left = (
        frozenset(m[2:] for m in parser.move_names if m.startswith(side) and "||" not in m) for side in ("L-", "R-")
    )
    moves = Moves(head_right=right, head_left=left)
    trees = annotate(teacher, [[t.text for t in doc] for doc in docs], moves)
    least = sorted(tree.sure for tree in trees)[int(UNSURE * len(trees))]
    return [_sentence(doc, tree) for doc, tree in zip(docs, trees, strict=True) if tree.sure >= least]


def _sentence(doc: Doc, tree: Tree) -> Sentence:
    words = [familiar(t.text) for t in doc]
    spaces = [bool(t.whitespace_) for t in doc]
    return Sentence(words, spaces, list(words), tree.upos, tree.xpos, tree.morphs, tree.heads, tree.deps, "silver")


def main() -> None:
    parser = argparse.ArgumentParser(description="Texts without trees to a training file.")
    parser.add_argument("ud", type=Path, metavar="UD_FOLDER")
    parser.add_argument("teacher", type=Path, metavar="TEACHER.pt")
    parser.add_argument("base", type=Path, metavar="MODEL_FOLDER")
    parser.add_argument("out", type=Path, metavar="OUT.spacy")
    parser.add_argument("--texts", type=Path, nargs="+", required=True)
    parser.add_argument("--without", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    trees = [*read(options.ud / "ewt_train.conllu"), *read(options.ud / "gum_open_train.conllu")]
    copies = list(augmented(trees, HERE / "vocabulary.yml", seed=7))
    made = silver(Teacher.load(options.teacher), texts(options.texts, options.without), options.base)
    work = Augmenter(Vocabulary(HERE / "vocabulary.yml"), random.Random(11))
    short = [s for s in made if len(s) <= LONGEST_HEADLINE and work.rng.random() < HEADLINES]
    everything = [*trees, *copies, *made, *map(work.headline, short)]
    random.Random(1).shuffle(everything)
    write(options.out, spacy.blank("en").vocab, everything)
    print(f"{len(made)} sentences of {sum(map(len, made))} words by the teacher; {len(everything)} in all")


if __name__ == "__main__":
    main()
