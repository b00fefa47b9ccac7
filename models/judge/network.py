"""The judge as a network: a pretrained encoder over a sentence and the one before it, heads on cue, place and actor.

Embeddings and the lower layers stay as they are, so that their states are computed once and kept; the upper layers are
trained. Each question is answered twice: `alone`, from the words and a few plain traits, and `beside`, with the traits
of what the frames read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from samples import BUCKETS, KINDS, MODES, SENSES, Sample

WIDTH = 384
BEFORE, OWN = 62, 110
"""Most word pieces of the sentence before (its end), and of the sentence itself (its beginning)."""
BAG = 32
SELDOM = 4
"""Traits of fewer pairs are left out."""


@dataclass(slots=True)
class Encoded:
    """A sample as the encoder sees it."""

    pieces: list[int]
    own: list[int]
    """Word of the sentence → its first piece (the last piece there is, for words cut off)."""
    before: list[int]
    tags: np.ndarray


def encode(samples: list[Sample], model: Path) -> list[Encoded]:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()

    def cut(words: list[str]) -> tuple[list[int], list[int]]:
        ids: list[int] = []
        starts = []
        for e in tokenizer.encode_batch([w if w.strip() else "." for w in words], add_special_tokens=False):
            starts.append(len(ids))
            ids += e.ids or [100]
        return ids, starts

    out = []
    for s in samples:
        earlier, at_before = cut(s.before)
        ids, at = cut(s.words)
        dropped = max(len(earlier) - BEFORE, 0)
        earlier = earlier[dropped:]
        pieces = [101, *earlier, *([102] if earlier else []), *ids[:OWN], 102]
        first = len(pieces) - 1 - len(ids[:OWN])
        own = [min(first + i, len(pieces) - 2) for i in at]
        before = [max(1 + i - dropped, 0) for i in at_before]
        tags = np.zeros((4, len(pieces)), dtype=np.int64)
        for w, tag in enumerate(s.tags):
            end = own[w + 1] if w + 1 < len(own) else len(pieces) - 1
            tags[:, own[w] : max(end, own[w] + 1)] = np.array(tag)[:, None]
        out.append(Encoded(pieces, own, before, tags))
    return out


def lower_states(encoded: list[Encoded], model: Path, depth: int) -> list[np.ndarray]:
    """States after the first `depth` layers, in half precision."""
    from transformers import BertModel

    bert = BertModel.from_pretrained(model).eval()
    bert.encoder.layer = bert.encoder.layer[:depth]
    out: list[np.ndarray] = [np.empty(0)] * len(encoded)
    order = sorted(range(len(encoded)), key=lambda i: len(encoded[i].pieces))
    with torch.no_grad():
        for b in range(0, len(order), 24):
            part = order[b : b + 24]
            ids, mask = padded([encoded[i].pieces for i in part])
            h = bert(input_ids=ids, attention_mask=mask).last_hidden_state
            for r, i in enumerate(part):
                out[i] = h[r, : len(encoded[i].pieces)].numpy().astype(np.float16)
    return out


def padded(rows: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    longest = max(map(len, rows))
    ids = torch.zeros(len(rows), longest, dtype=torch.long)
    mask = torch.zeros(len(rows), longest)
    for r, row in enumerate(rows):
        ids[r, : len(row)] = torch.tensor(row)
        mask[r, : len(row)] = 1
    return ids, mask


def compacted(rows: list[list[int]]) -> tuple[list[np.ndarray], int]:
    """Traits numbered anew, without the seldom ones."""
    flat = np.concatenate([np.array(r, dtype=np.int64) for r in rows if r])
    keep = np.bincount(flat, minlength=BUCKETS) >= SELDOM
    number = np.cumsum(keep) - 1
    return [number[np.array(r, dtype=np.int64)[keep[r]]] if r else np.empty(0, np.int64) for r in rows], int(keep.sum())


class Bag(nn.Module):
    """Hashed traits: a weight for every answer, and a short vector for the layers above."""

    def __init__(self, size: int, answers: int) -> None:
        super().__init__()
        self.vector = nn.EmbeddingBag(size + 1, BAG, mode="sum", sparse=True)
        self.weight = nn.EmbeddingBag(size + 1, answers, mode="sum", sparse=True)
        nn.init.normal_(self.vector.weight, std=0.02)
        nn.init.zeros_(self.weight.weight)

    def forward(self, rows: list[np.ndarray]) -> tuple[torch.Tensor, torch.Tensor]:
        offsets = torch.from_numpy(np.cumsum([0] + [len(r) for r in rows[:-1]]))
        flat = torch.from_numpy(np.concatenate(rows).astype(np.int64))
        return 0.1 * self.vector(flat, offsets), self.weight(flat, offsets)


class Answer(nn.Module):
    """One question, answered from the states with plain traits, and from the states with all traits."""

    def __init__(self, states: int, answers: int, basic: int, traits: int, bias: float, words: bool) -> None:
        super().__init__()
        self.words = words
        self.trunk = nn.Sequential(nn.Linear(states * WIDTH, 256), nn.GELU(), nn.Dropout(0.25))
        self.basic, self.traits = Bag(basic, answers), Bag(traits, answers)
        self.alone, self.beside = (
            nn.Sequential(nn.Linear(256 + BAG, 128), nn.GELU(), nn.Dropout(0.2), nn.Linear(128, answers))
            for _ in range(2)
        )
        self.bias = nn.Parameter(torch.full((2, answers), bias))

    def forward(self, h: torch.Tensor, basic: list[np.ndarray], traits: list[np.ndarray]) -> torch.Tensor:
        """[2, rows, answers]: alone, beside."""
        x = self.trunk(h) if self.words else torch.zeros(len(basic), 256)
        out = []
        for k, (bag, rows, top) in enumerate(((self.basic, basic, self.alone), (self.traits, traits, self.beside))):
            vector, weight = bag(rows)
            out.append(top(torch.cat([x, vector], 1)) + weight + self.bias[k])
        return torch.stack(out)


class Judge(nn.Module):
    """`words`: False for the same heads over traits alone, the yardstick of what the encoder adds."""

    def __init__(self, model: Path, lower: int, layers: int, sizes: tuple[int, int, int, int], words: bool) -> None:
        super().__init__()
        from transformers import BertModel

        self.words = words
        bert = BertModel.from_pretrained(model, attn_implementation="eager")
        self.layers = nn.ModuleList(bert.encoder.layer[lower:layers] if words else [])
        self.tags = nn.ModuleList(nn.Embedding(n, WIDTH) for n in (11, len(KINDS) + 1, 4, 10))
        for tag in self.tags:
            nn.init.normal_(tag.weight, std=0.01)
        self.nowhere, self.nobody = (nn.Parameter(torch.zeros(WIDTH)) for _ in range(2))
        self.kind = Answer(3, len(KINDS), sizes[0], sizes[1], -3.0, words)
        self.side = Answer(4, len(SENSES), sizes[2], sizes[3], -1.0, words)
        self.mode = nn.Linear(2 * WIDTH, len(MODES))

    def states(self, lower: list[np.ndarray], tags: list[np.ndarray]) -> torch.Tensor:
        longest = max(len(x) for x in lower)
        h = torch.zeros(len(lower), longest, WIDTH)
        t = torch.zeros(4, len(lower), longest, dtype=torch.long)
        mask = torch.zeros(len(lower), longest)
        for r, (x, tag) in enumerate(zip(lower, tags, strict=True)):
            h[r, : len(x)] = torch.from_numpy(x.astype(np.float32))
            t[:, r, : len(x)] = torch.from_numpy(tag)
            mask[r, : len(x)] = 1
        if not self.words:
            return h
        with torch.autocast("cpu", dtype=torch.bfloat16):
            h = h + sum(tag(t[k]) for k, tag in enumerate(self.tags))
            hidden = ((1 - mask) * -1e4)[:, None, None, :]
            for layer in self.layers:
                h = layer(h, hidden)
                h = h[0] if isinstance(h, tuple) else h
        return h.float()

    def pairs(
        self,
        h: torch.Tensor,
        at: Iterable[tuple[int, int, int, int]],
        basic: list[np.ndarray],
        traits: list[np.ndarray],
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Logits of the kinds; the states of cue and place. `at`: sentence, cue, first and last piece (-1: nowhere)."""
        row, cue, first, last = (torch.tensor(v) for v in zip(*at, strict=True))
        of_cue = h[row, cue]
        of_place = (h[row, first.clamp(min=0)] + h[row, last.clamp(min=0)]) / 2
        of_place = torch.where((first < 0)[:, None], self.nowhere.expand_as(of_place), of_place)
        return self.kind(torch.cat([of_cue, of_place, of_cue * of_place], 1), basic, traits), of_cue, of_place

    def sides(
        self,
        h: torch.Tensor,
        rows: list[int],
        mentions: list[list[int]],
        of_cue: torch.Tensor,
        of_place: torch.Tensor,
        basic: list[np.ndarray],
        traits: list[np.ndarray],
    ) -> torch.Tensor:
        """Logits of the senses that each candidate is the actor."""
        most = max(1, max(map(len, mentions)))
        at = torch.tensor([(m + [0] * most)[:most] for m in mentions])
        there = torch.tensor([[1.0] * len(m) + [0.0] * (most - len(m)) for m in mentions])
        g = (h[torch.tensor(rows)[:, None], at] * there[:, :, None]).sum(1) / there.sum(1).clamp(min=1)[:, None]
        g = torch.where((there.sum(1) > 0)[:, None], g, self.nobody.expand_as(g))
        return self.side(torch.cat([of_cue, g, of_cue * g, of_place * g], 1), basic, traits)
