"""Accuracy and speed of packed weights on the test treebanks.

usage: evaluate.py UD_FOLDER [WEIGHTS.zip] [--limit N] [--per-label]

Gold tokens, punctuation counted, one sentence at a time as the reader parses them: UPOS (universal part of speech),
UAS (right head), LAS (right head and full label, subtypes included). Without WEIGHTS.zip: those in the package.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from treebank import Sentence, read
from whoholds.annotate.parse import weights

TESTS = {"EWT test": "ewt_test.conllu", "GUM test": "gum_open_test.conllu", "PUD": "pud_test.conllu"}
FLOORS = {"EWT test": 84.0, "PUD": 83.5}
"""LAS that a release must reach."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Percentages of tokens, and tokens a second on one core."""

    tokens: int
    upos: float
    uas: float
    las: float
    speed: float
    by_label: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Label of the gold tree: (tokens with it, of these right head and label)."""


def score(nlp: Language, sentences: list[Sentence]) -> Scores:
    """Parse the sentences by their gold tokens and compare with their gold trees."""
    docs = [
        Doc(nlp.vocab, words=s.words, spaces=s.spaces, sent_starts=[i == 0 for i in range(len(s))]) for s in sentences
    ]
    begin = time.process_time()
    parsed = list(nlp.pipe(docs, batch_size=128))
    seconds = time.process_time() - begin
    n = upos = uas = las = 0
    labels: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for s, doc in zip(sentences, parsed, strict=True):
        for i, token in enumerate(doc):
            head = token.head.i == s.heads[i]
            both = head and token.dep_ == s.deps[i]
            n, upos, uas, las = n + 1, upos + (token.pos_ == s.upos[i]), uas + head, las + both
            labels[s.deps[i]] += 1
            right[s.deps[i]] += both
    return Scores(n, 100 * upos / n, 100 * uas / n, 100 * las / n, n / seconds,
                  {k: (v, right[k]) for k, v in labels.most_common()})  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description="Accuracy and speed of packed weights on the test treebanks.")
    parser.add_argument("ud", type=Path, metavar="UD_FOLDER")
    parser.add_argument("weights", type=Path, nargs="?", metavar="WEIGHTS.zip", default=None)
    parser.add_argument("--limit", type=int, default=None, help="only the first N sentences of each")
    parser.add_argument("--per-label", action="store_true", help="also recall by label")
    options = parser.parse_args()
    nlp, digest = weights.load(options.weights or weights.default_path())
    print(f"SHA-256 {digest}\n{'':9} {'tokens':>7} {'UPOS':>6} {'UAS':>6} {'LAS':>6} {'tokens/s':>9}")
    short = False
    for name, file in TESTS.items():
        s = score(nlp, list(read(options.ud / file))[: options.limit])
        print(f"{name:9} {s.tokens:7} {s.upos:6.2f} {s.uas:6.2f} {s.las:6.2f} {s.speed:9.0f}")
        if options.per_label:
            for label, (n, right) in s.by_label.items():
                print(f"    {label:16} {n:6} {100 * right / n:5.1f}")
        short |= options.limit is None and s.las < FLOORS.get(name, 0.0)
    if short:
        print("below the floor: " + ", ".join(f"{k} {v}" for k, v in FLOORS.items()))
    return int(short)


if __name__ == "__main__":
    raise SystemExit(main())
