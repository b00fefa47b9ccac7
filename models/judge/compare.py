"""Frames alone, an encoder alone, and frames with a judge: F1 of every ring, on the same folds by report.

usage: compare.py PROPOSALS NAME=ANSWERS ...      (answers of learn.py; NAME=A+B takes the mean of two judges)

The judge may change four things of what the frames read (`judged.Thresholds`), each where it is surer than a threshold.
Thresholds, and the weights that turn a judge's answers into a probability, are found on the other folds; for the
held-out fifth on all folds. "No say": on reports of which the rules' writers saw no error, the held-out fifth and the
corpus `unseen`, each with the thresholds and weights of the other.
"""

from __future__ import annotations

import pickle
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

import score
from corpora import UNSEEN
from judged import NEVER, Judge, Row, Thresholds, Trial
from samples import Read

GRID = {
    "actor": (NEVER, 0.05, 0.1, 0.2, 0.3, 0.4),
    "place": (NEVER, 0.1, 0.2, 0.35, 0.5),
    "keep": (0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4),
    "add": (NEVER, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5),
}
LEAST = np.arange(0.1, 0.6, 0.05)
DECISIONS = {
    "another actor": ("actor",),
    "another place": ("place",),
    "leave out": ("keep",),
    "add": ("add",),
    "all four": ("actor", "place", "keep", "add"),
}
Counts = tuple[int, int, int]


class Scores:
    """Right, extra and missed claims of a report in the core ring; the same rows are compared once."""

    def __init__(self, reads: list[Read]) -> None:
        self.reads = reads
        self.known: dict[tuple[object, ...], Counts] = {}

    def counts(self, r: int, rows: list[Row]) -> Counts:
        key = (r, *sorted(map(str, (score.statement("core", row) for row in rows))))
        if key not in self.known:
            c = score.compare("core", self.reads[r].gold, rows)
            self.known[key] = c.right, len(c.extra), len(c.missed)
        return self.known[key]

    def f1(self, rows: Iterable[tuple[int, list[Row]]]) -> float:
        right, extra, missed = (sum(v) for v in zip(*(self.counts(r, its) for r, its in rows), strict=True))
        return 2 * right / max(2 * right + extra + missed, 1)


def figures(reads: list[Read], which: Iterable[int], rows: Callable[[int], list[Row]]) -> str:
    total = {ring: Counter[str]() for ring in score.RINGS}
    for r in which:
        its = rows(r)
        for ring, t in total.items():
            c = score.compare(ring, reads[r].gold, its)
            t.update(right=c.right, extra=len(c.extra), missed=len(c.missed))
    out = []
    for ring, t in total.items():
        f = score.Figures(t["right"], t["extra"], t["missed"])
        out.append(f"{ring} {f.precision:.3f} {f.recall:.3f} {f.f1:.3f}" if ring == "core" else f"{ring} {f.f1:.3f}")
    return "  ".join(out)


def best(trial: Trial, which: list[int], fields: tuple[str, ...], scores: Scores) -> Thresholds:
    """The thresholds that serve some reports best, found one after the other."""
    t = Thresholds()
    for field in fields:
        tried = [replace(t, **{field: v}) for v in GRID[field]]
        t = max(tried, key=lambda t: scores.f1((r, trial.rows(r, t)) for r in which))
    return t


def compare(name: str, judge: Judge, scores: Scores) -> None:
    """Print what each decision of a judge comes to."""
    reads = judge.reads
    rest = [r for r, read in enumerate(reads) if read.fold >= 0 and read.fold in judge.folds]
    held = [r for r, read in enumerate(reads) if read.fold == -1 and read.corpus != UNSEEN and -1 in judge.folds]
    others = {f: [r for r in rest if reads[r].fold != f] for f in sorted(judge.folds)}
    trials = {f: Trial(judge, its) for f, its in others.items()}
    print(f"== {name}: folds {', '.join(str(f) for f in others if f >= 0)}{' and the held-out fifth' * bool(held)}")

    def show(title: str, rows: Callable[[int], list[Row]]) -> None:
        print(f"  {title:14} folds  {figures(reads, rest, rows)}", flush=True)
        if held:
            print(f"  {'':14} held   {figures(reads, held, rows)}", flush=True)

    show("frames", lambda r: reads[r].claims)
    for title, fields in DECISIONS.items():
        chosen = {f: best(trial, others[f], fields, scores) for f, trial in trials.items()}
        show(title, lambda r, chosen=chosen: trials[reads[r].fold].rows(r, chosen[reads[r].fold]))
        print(f"  {'':14} {[tuple(getattr(t, field) for field in fields) for t in chosen.values()]}")
    if held:
        t = best(trials[-1], held, DECISIONS["all four"], scores)
        print(f"  {'best there is':14} held   {figures(reads, held, lambda r: trials[-1].rows(r, t))}  (no result)")
    least = {f: max(LEAST, key=lambda v: scores.f1((r, judge.alone(r, v)) for r in its)) for f, its in others.items()}
    show("judge alone", lambda r: judge.alone(r, least[reads[r].fold]))


def no_say(name: str, judge: Judge, scores: Scores) -> None:
    """Print what the decisions come to where rules had no say, thresholds from such reports too."""
    reads = judge.reads
    unseen, held = (
        [r for r, read in enumerate(reads) if read.fold == -1 and (read.corpus == UNSEEN) is apart]
        for apart in (True, False)
    )
    _by_others(f"{name}, no say: unseen", judge, scores, unseen, held)
    _by_others(f"{name}, no say: held out", judge, scores, held, unseen)


def _by_others(title: str, judge: Judge, scores: Scores, which: list[int], others: list[int]) -> None:
    reads, trial = judge.reads, Trial(judge, others)
    print(f"== {title}, {len(which)} reports")
    print(f"  {'frames':14} {figures(reads, which, lambda r: reads[r].claims)}")
    for decision, fields in DECISIONS.items():
        t = best(trial, others, fields, scores)
        print(f"  {decision:14} {figures(reads, which, partial(trial.rows, t=t))}", flush=True)
    t = best(trial, which, DECISIONS["all four"], scores)
    print(f"  {'best there is':14} {figures(reads, which, partial(trial.rows, t=t))}  (no result)")
    least = max(LEAST, key=lambda v: scores.f1((r, judge.alone(r, v)) for r in others))
    print(f"  {'judge alone':14} {figures(reads, which, partial(judge.alone, least=least))}")


def main() -> None:
    reads, samples = pickle.loads(Path(sys.argv[1]).read_bytes())
    scores = Scores(reads)
    for name, its in (v.split("=") for v in sys.argv[2:]):
        answers = [pickle.loads(Path(a).read_bytes()) for a in its.split("+")]
        judge = Judge(reads, samples, answers)
        if judge.folds != {-1}:
            compare(name, judge, scores)
        if -1 in judge.folds and any(read.corpus == UNSEEN for read in reads):
            no_say(name, judge, scores)


if __name__ == "__main__":
    main()
