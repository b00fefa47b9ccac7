"""Treebanks → training files for the two stages.

usage: convert.py UD_FOLDER OUT_FOLDER

Writes train.spacy (EWT and open GUM as they are), adapt.spacy (the same and, beside them, copies in the words of
conflict) and dev.spacy (EWT and GUM development sets).
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import spacy

from augment import augmented
from treebank import read, write

HERE = Path(__file__).parent


def main(ud: Path, out: Path) -> None:
    vocab = spacy.blank("en").vocab
    train = [*read(ud / "ewt_train.conllu"), *read(ud / "gum_open_train.conllu")]
    dev = [*read(ud / "ewt_dev.conllu"), *read(ud / "gum_open_dev.conllu")]
    extra = list(augmented(train, HERE / "vocabulary.yml", seed=7))
    adapt = [*train, *extra]
    random.Random(1).shuffle(adapt)
    for name, sentences in (("train", train), ("adapt", adapt), ("dev", dev)):
        n = write(out / f"{name}.spacy", vocab, sentences)
        print(f"{name:6} {n:6} sentences {sum(map(len, sentences)):8} words")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
