"""What the teacher makes of sentences: tags, features and a tree for each, and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from projective import best
from teacher import NEVER, Scores, Teacher, batch, tokenizer

WORDS = 2500
"""Of a batch, about."""


@dataclass(frozen=True, slots=True)
class Moves:
    """The labels that the parser can give an arc whose head stands right of the word, and left of it."""

    head_right: frozenset[str]
    head_left: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tree:
    """Parallel lists; `heads` are indices into the sentence, the root's its own."""

    xpos: list[str]
    upos: list[str]
    morphs: list[str]
    heads: list[int]
    deps: list[str]
    sure: float
    """Mean logarithm of the probability of an arc."""


def annotate(teacher: Teacher, sentences: Sequence[Sequence[str]], moves: Moves | None = None) -> list[Tree]:
    """A projective tree for each sentence, in their order; with `moves` only of arcs that the parser knows."""
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]))
    found: dict[int, Tree] = {}
    pieces_of = tokenizer()
    while order:
        size = max(1, WORDS // len(sentences[order[-1]]))
        some, order = order[-size:], order[:-size]
        words = [sentences[i] for i in some]
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            scores = teacher(batch(words, pieces_of))
            chance = torch.log_softmax(scores.arcs.float(), -1)
            trees = [best(chance[r, : len(w), : len(w) + 1].double().numpy()) for r, w in enumerate(words)]
            heads = torch.zeros(scores.xpos.shape[:2], dtype=torch.long)
            for r, tree in enumerate(trees):
                heads[r, : len(tree)] = torch.tensor([0 if head == i else head + 1 for i, head in enumerate(tree)])
            labels = teacher.labels(scores, heads).float() + _allowed(teacher, heads, moves)
        sure = chance.gather(2, heads.unsqueeze(-1)).squeeze(-1)
        for r, (i, tree) in enumerate(zip(some, trees, strict=True)):
            found[i] = _tree(teacher, scores, labels[r], r, tree, float(np.mean(sure[r, : len(tree)].numpy())))
    return [found[i] for i in range(len(sentences))]


def _allowed(teacher: Teacher, heads: Tensor, moves: Moves | None) -> Tensor:
    """Added to scores of labels: nothing where the label may stand, else `NEVER`."""
    known = teacher.inventory.deps
    right, left = (moves.head_right, moves.head_left) if moves else (frozenset(known), frozenset(known))
    sides = [torch.tensor([0.0 if dep in side - {"ROOT"} else NEVER for dep in known]) for side in (left, right)]
    stands_right = heads > torch.arange(1, heads.size(1) + 1)
    return torch.where(stands_right.unsqueeze(-1), sides[1], sides[0])


def _tree(teacher: Teacher, scores: Scores, labels: Tensor, r: int, heads: list[int], sure: float) -> Tree:
    n, known = len(heads), teacher.inventory

    def chosen(some: Tensor, names: tuple[str, ...]) -> list[str]:
        return [names[k] for k in some[:n].argmax(-1).tolist()]

    deps = chosen(labels, known.deps)
    return Tree(
        chosen(scores.xpos[r], known.xpos), chosen(scores.upos[r], known.upos), chosen(scores.morphs[r], known.morphs),
        heads, ["ROOT" if heads[i] == i else dep for i, dep in enumerate(deps)], sure,
    )  # fmt: skip
