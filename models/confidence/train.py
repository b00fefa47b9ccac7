"""Train and calibrate the confidence of claims: gold and the reader as it stands → `confidence-en.json`.

usage: train.py [OUT.json]        (from the root of the repository; about a minute)

Every report of `eval/corpora.py` is read; a claim counts as right where the strict ring agrees with it. A logistic
regression with a penalty is fitted by Newton's method, five-fold by report for the figures. The held-out fifth is
not among the reports the weights are fitted on; two numbers alone (scale and shift of the score) are fitted on it,
because the rules of the reader were written with an eye on the other reports, and rate themselves too high there.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "eval"))

import agree  # noqa: E402
import corpora  # noqa: E402
import score  # noqa: E402
from reading import reader  # noqa: E402
from whoholds.claims.confidence import PACKAGED, traits_of  # noqa: E402
from whoholds.exports.records import claim_record  # noqa: E402
from whoholds.sources import reports  # noqa: E402

PENALTY = 20.0
"""Of the squared weights; more for fewer claims. Chosen by the folds' log loss among 5, 10, 20, 40."""
SELDOM = 5
"""Traits of fewer claims are left out."""
FOLDS = 5
Array = np.ndarray[Any, np.dtype[np.float64]]


def collect() -> tuple[list[list[str]], Array, list[int], int]:
    """Traits of every claim that was read, whether it is right, its fold (-1: held out), and how many claims by hand
    were not read at all."""
    rows: list[list[str]] = []
    right: list[bool] = []
    fold: list[int] = []
    missed = 0
    for corpus in corpora.CORPORA:
        gold = score.by_report(corpus.claims) if corpus.present else {}
        for report in reports([str(corpus.inputs)], print) if corpus.present else ():
            if report.label not in corpus.labels:
                continue
            claims = reader().read(report).claims
            records = [claim_record(claim) for claim in claims]
            missed += len(score.compare("strict", gold[report.label], records).missed)
            number = int(hashlib.md5(report.label.encode()).hexdigest(), 16) % FOLDS
            for record, traits in zip(records, traits_of(claims, report), strict=True):
                near = [g for g in gold[report.label] if agree.agrees("strict", g, record)]
                if near and all(g.get("doubtful") for g in near):
                    continue
                rows.append(traits)
                right.append(bool(near))
                fold.append(-1 if corpora.is_held_out(report.label) else number)
    return rows, np.array(right, dtype=float), fold, missed


def matrix(rows: list[list[str]], names: list[str]) -> Array:
    column = {name: k for k, name in enumerate(names)}
    x = np.zeros((len(rows), len(names) + 1))
    x[:, -1] = 1
    for i, traits in enumerate(rows):
        x[i, [column[t] for t in traits if t in column]] = 1
    return x


def fit(x: Array, y: Array, penalty: float, steps: int = 12) -> Array:
    """Weights of a logistic regression, the last one the bias, by Newton's method."""
    w = np.zeros(x.shape[1])
    ridge = np.full(x.shape[1], penalty)
    ridge[-1] = 1e-6
    for _ in range(steps):
        p = sigmoid(x @ w)
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        w += np.linalg.solve(hessian, x.T @ (y - p) - ridge * w)
    return w


def sigmoid(z: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-z)))


def calibration_error(p: Array, y: Array, bins: int = 10) -> float:
    """Expected calibration error: the mean gap between confidence and share of right claims, over equal bins."""
    which = np.minimum((p * bins).astype(int), bins - 1)
    return float(sum(abs(p[which == b].mean() - y[which == b].mean()) * (which == b).mean() for b in set(which)))


def coverage(p: Array, y: Array, precision: float = 0.9) -> tuple[float, float]:
    """The largest share of claims, most confident first, that is right as often as asked, and its least confidence."""
    order = np.argsort(-p, kind="stable")
    share = np.cumsum(y[order]) / np.arange(1, len(order) + 1)
    last = max((k for k in range(19, len(order)) if share[k] >= precision), default=-1)
    return (last + 1) / len(order), float(p[order][last]) if last >= 0 else 1.0


def best_threshold(p: Array, y: Array, missed: int) -> tuple[float, float, float]:
    """The confidence below which leaving claims out gives the best F1; that F1, and the one of all claims.

    Each right claim counts once, and is missed where it is left out.
    """

    def f1(least: float) -> float:
        kept = p >= least
        return float(2 * y[kept].sum() / (kept.sum() + y.sum() + missed))

    least = max((round(0.02 * k, 2) for k in range(35)), key=f1)
    return least, f1(least), f1(0.0)


def main() -> None:
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else PACKAGED
    if not out.parent.is_dir() or out.is_dir():
        print(f"{out}: cannot be written; name a file in a folder that is there", file=sys.stderr)
        sys.exit(2)
    rows, y, folds, missed = collect()
    fold = np.array(folds)
    dev = fold >= 0
    counts = Counter(t for i, traits in enumerate(rows) if dev[i] for t in set(traits))
    names = sorted(t for t, n in counts.items() if n >= SELDOM)
    x = matrix(rows, names)
    z = np.zeros(len(y))
    for k in range(FOLDS):
        z[fold == k] = x[fold == k] @ fit(x[dev & (fold != k)], y[dev & (fold != k)], PENALTY)
    w = fit(x[dev], y[dev], PENALTY)
    z[~dev] = x[~dev] @ w
    scale, shift = fit(np.column_stack([z[~dev], np.ones((~dev).sum())]), y[~dev], 1.0)
    own = fit(np.column_stack([z[dev], np.ones(dev.sum())]), y[dev], 1.0)
    p = np.where(dev, sigmoid(own[0] * z + own[1]), sigmoid(scale * z + shift))
    least, best, whole = best_threshold(p, y, missed)
    share, surest = coverage(sigmoid(scale * z[~dev] + shift), y[~dev])
    figures = {
        "claims": len(y),
        "right": round(float(y.mean()), 3),
        "calibration error, five folds": round(calibration_error(p[dev], y[dev]), 3),
        "calibration error, held out, before scale and shift": round(calibration_error(sigmoid(z[~dev]), y[~dev]), 3),
        "calibration error, held out": round(calibration_error(p[~dev], y[~dev]), 3),
        "precision 0.9 at coverage, held out": round(share, 3),
        "its least confidence": round(surest, 3),
        "precision 0.9 at coverage, five folds": round(coverage(p[dev], y[dev])[0], 3),
        "F1 of all claims": round(whole, 3),
        "F1 without the unsure": round(best, 3),
        "unsure": round(float((p < least).mean()), 3),
    }
    print(json.dumps(figures, indent=1))
    kept = {name: round(float(v), 3) for name, v in zip(names, w, strict=False) if abs(v) >= 0.01}
    text = {"figures": figures, "bias": round(float(w[-1]), 4), "scale": round(float(scale), 4)}
    text |= {"shift": round(float(shift), 4), "least": least, "weights": kept}
    out.write_text(json.dumps(text, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
