"""Train the teacher on the treebanks.

usage: teach.py UD_FOLDER OUT.pt [--epochs N]

The encoder is trained with its heads, in bfloat16, on two cores. Headlines made of the treebanks' short sentences are
among the sentences, as for the parser itself (`augment.py`).
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from annotator import annotate
from augment import Augmenter, Vocabulary
from teacher import WORDS_STEP, Batch, Inventory, Scores, Teacher, batch, tokenizer
from treebank import Sentence, read

HERE = Path(__file__).parent
WORDS = 1200
"""Of a batch, about."""
LONGEST = 80
ENCODER_RATE, HEADS_RATE, WARM = 1.2e-4, 1e-3, 150
SHARE_OF_XPOS, SHARE_OF_UPOS, SHARE_OF_MORPHS = 0.5, 0.3, 0.2
UNKNOWN = -100


def batches(sentences: Sequence[Sentence], words: int = WORDS) -> list[list[Sentence]]:
    """The sentences in batches of about `words` words, in an order by chance."""
    by_length: dict[int, list[Sentence]] = defaultdict(list)
    for s in sentences:
        by_length[-(-len(s) // WORDS_STEP)].append(s)
    made = []
    for steps, group in by_length.items():
        random.shuffle(group)
        size = max(1, words // (steps * WORDS_STEP))
        made += [group[k : k + size] for k in range(0, len(group), size)]
    random.shuffle(made)
    return made


def inventory(sentences: Sequence[Sentence]) -> Inventory:
    def all_of(name: str) -> tuple[str, ...]:
        return tuple(sorted({value for s in sentences for value in getattr(s, name)}))

    return Inventory(all_of("xpos"), all_of("upos"), all_of("morphs"), all_of("deps"))


class Lesson:
    """A batch with what is right of it."""

    def __init__(self, sentences: Sequence[Sentence], known: Inventory, given: Batch) -> None:
        self.given, size = given, given.words.shape
        self.heads = torch.full(size, UNKNOWN)
        self.right: dict[str, Tensor] = {}
        for name in ("xpos", "upos", "morphs", "deps"):
            number = {value: k for k, value in enumerate(getattr(known, name))}
            self.right[name] = torch.full(size, UNKNOWN)
            for r, s in enumerate(sentences):
                self.right[name][r, : len(s)] = torch.tensor([number.get(v, UNKNOWN) for v in getattr(s, name)])
        for r, s in enumerate(sentences):
            self.heads[r, : len(s)] = torch.tensor([0 if head == i else head + 1 for i, head in enumerate(s.heads)])

    def loss(self, scores: Scores, labels: Tensor) -> Tensor:
        def of(found: Tensor, right: Tensor) -> Tensor:
            return functional.cross_entropy(found.float().flatten(0, 1), right.flatten(), ignore_index=UNKNOWN)

        return (
            SHARE_OF_XPOS * of(scores.xpos, self.right["xpos"])
            + SHARE_OF_UPOS * of(scores.upos, self.right["upos"])
            + SHARE_OF_MORPHS * of(scores.morphs, self.right["morphs"])
            + of(scores.arcs, self.heads)
            + of(labels, self.right["deps"])
        )


def train(sentences: Sequence[Sentence], epochs: int) -> Teacher:
    pieces_of = tokenizer()
    teacher = Teacher(inventory(sentences))
    own = {id(p) for p in teacher.encoder.parameters()}
    optimiser = torch.optim.AdamW(
        [
            {"params": list(teacher.encoder.parameters()), "lr": ENCODER_RATE},
            {"params": [p for p in teacher.parameters() if id(p) not in own], "lr": HEADS_RATE},
        ],
        weight_decay=0.01,
        betas=(0.9, 0.98),
    )
    total = epochs * len(batches(sentences))
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / WARM) * max(0.02, 1 - step / total)
    )
    teacher.train()
    step, begun = 0, time.monotonic()
    for _ in range(epochs):
        for some in batches(sentences):
            lesson = Lesson(some, teacher.inventory, batch([s.words for s in some], pieces_of))
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = teacher(lesson.given)
                labels = teacher.labels(scores, lesson.heads.clamp(min=0))
            loss = lesson.loss(scores, labels)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(teacher.parameters(), 5.0)
            optimiser.step()
            rate.step()
            step += 1
            if step % 50 == 0:
                left = (total - step) * (time.monotonic() - begun) / step / 60
                print(f"step {step} of {total}, loss {loss.item():.3f}, {left:.0f} minutes left", flush=True)
    return teacher.eval()


def measure(teacher: Teacher, sentences: Sequence[Sentence]) -> tuple[float, float]:
    """UAS and LAS in percent, gold tokens, punctuation counted."""
    n = heads = both = 0
    for s, tree in zip(sentences, annotate(teacher, [s.words for s in sentences]), strict=True):
        for i in range(len(s)):
            right = tree.heads[i] == s.heads[i]
            n, heads, both = n + 1, heads + right, both + (right and tree.deps[i] == s.deps[i])
    return 100 * heads / n, 100 * both / n


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the teacher on the treebanks.")
    parser.add_argument("ud", type=Path, metavar="UD_FOLDER")
    parser.add_argument("out", type=Path, metavar="OUT.pt")
    parser.add_argument("--epochs", type=int, default=7)
    options = parser.parse_args()
    random.seed(1)
    torch.manual_seed(1)
    torch.set_flush_denormal(True)
    trees = [*read(options.ud / "ewt_train.conllu"), *read(options.ud / "gum_open_train.conllu")]
    work = Augmenter(Vocabulary(HERE / "vocabulary.yml"), random.Random(3))
    short = [s for s in trees if 5 <= len(s) <= 22 and work.rng.random() < 0.1]
    trees += [work.headline(work.swap(s) or s) for s in short]
    teacher = train([s for s in trees if len(s) <= LONGEST], options.epochs)
    teacher.save(options.out)
    for name in ("ewt_test", "gum_open_test", "pud_test"):
        uas, las = measure(teacher, list(read(options.ud / f"{name}.conllu")))
        print(f"{name:14} UAS {uas:.1f} LAS {las:.1f}", flush=True)


if __name__ == "__main__":
    main()
