"""Measure the reader on all claims written by hand.

    python eval/run.py [--corpus NAME ...] [--errors [--samples N]] [--json] [--processes N]
    python eval/run.py --gold GOLD --reports REPORTS      (your own, as `whoholds review export` writes it)

Prints, for each corpus: precision, recall and F1 of the four rings (eval/score.py says what they are) with a 90 %
interval, the reports that are held out beside the others, the strict ring by kind and by mode, what is claimed in
reports without a claim, and how many reports are read in a second of processor time. Predictions are written to
build/eval/NAME.jsonl. `--errors` lists errors by stage, never those of the held-out fifth (eval/corpora.py).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import agree
import score
from corpora import CORPORA, OWN, ROOT, SHARED, Corpus, Row, chosen, is_held_out
from errors import find_errors, show
from measure import measure, which
from reading import Read, failures, read_corpora
from score import RINGS, Figures

OUT = ROOT / "build/eval"


@dataclass
class Result:
    """The figures of one corpus, or of all together."""

    name: str
    reports: int
    rings: dict[str, Figures]
    rest: dict[str, Figures]
    """Without the held-out fifth."""
    held_out: dict[str, Figures]
    held_out_reports: int
    kinds: dict[str, Figures] = field(default_factory=dict)
    modes: dict[str, Figures] = field(default_factory=dict)
    timed: tuple[int, int] = (0, 0)
    """Of the claims that are right in the strict ring, how many are dated right, and how many there are."""
    timed_held_out: tuple[int, int] = (0, 0)
    empty_reports: int = 0
    """Reports without a claim in gold."""
    claims_in_empty: int = 0
    """Asserted claims that were read in them."""
    seconds: float = 0.0
    bytes: int = 0

    @property
    def reports_a_second(self) -> float:
        return self.reports / self.seconds if self.seconds else 0.0

    @property
    def kilobytes_a_second(self) -> float:
        return self.bytes / 1000 / self.seconds if self.seconds else 0.0


def evaluate(name: str, gold: list[Row], labels: Iterable[str], read: Sequence[Read], *, shared: bool = True) -> Result:
    """The figures of one set of reports. `shared`: by the shared measure where it is present, else by ours."""
    labels = set(labels)
    rows = [row for one in read for row in one.claims]
    return _result(name, gold, rows, labels, read, {x for x in labels if is_held_out(x)}, shared)


def pooled(corpora: Sequence[Corpus], read: Sequence[Read]) -> Result:
    """All corpora as one; labels carry the corpus, since two may name a report alike."""

    def renamed(name: str, row: Row) -> Row:
        return {**row, "report": f"{name}/{row['report']}"}

    gold = [renamed(c.name, g) for c in corpora for g in c.claims]
    rows = [renamed(one.corpus, row) for one in read for row in one.claims]
    labels = {f"{c.name}/{label}" for c in corpora for label in c.labels}
    held = {f"{c.name}/{label}" for c in corpora for label in c.labels if is_held_out(label)}
    return _result("all", gold, rows, labels, read, held, False)


def _result(
    name: str, gold: list[Row], rows: list[Row], labels: set[str], read: Sequence[Read], held: set[str], shared: bool
) -> Result:
    empty = labels - {g["report"] for g in gold}
    return Result(
        name,
        len(labels),
        measure(gold, rows, labels) if shared else score.score(gold, rows, labels),
        score.score(gold, rows, labels - held),
        score.score(gold, rows, held),
        len(held),
        _split("kind", gold, rows, labels),
        _split("mode", gold, rows, labels),
        score.timed_right(gold, rows, labels),
        score.timed_right(gold, rows, held),
        len(empty),
        sum(row["report"] in empty and agree.mode(row) == "asserted" for row in rows),
        sum(one.seconds for one in read),
        sum(len(one.report.text.encode("utf-8", "surrogatepass")) for one in read),
    )


def _split(by: str, gold: list[Row], rows: list[Row], labels: set[str]) -> dict[str, Figures]:
    """The strict ring for each value of a field."""
    values = sorted({g.get(by) or "asserted" for g in gold} | {p.get(by) or "asserted" for p in rows})
    return {
        value: score.score(
            [g for g in gold if (g.get(by) or "asserted") == value],
            [p for p in rows if (p.get(by) or "asserted") == value],
            labels,
            ("strict",),
        )["strict"]
        for value in values
    }


def _figures(f: Figures) -> str:
    return (
        f"P {f.precision:.3f}  R {f.recall:.3f}  F1 {f.f1:.3f} [{f.low:.3f}, {f.high:.3f}]"
        f"   ({f.right} right, {f.extra} too much, {f.missed} missed)"
    )


def _share(counts: tuple[int, int]) -> str:
    right, among = counts
    return f"{right / among:.3f} ({right} of {among})" if among else "none"


def report(result: Result) -> str:
    """The figures for people."""
    out = [f"== {result.name}: {result.reports} reports, {result.held_out_reports} of them held out"]
    for ring in RINGS:
        beside = f"; held out {result.held_out[ring].f1:.3f}, rest {result.rest[ring].f1:.3f}"
        out.append(f"  {ring:9} {_figures(result.rings[ring])}{beside if result.held_out_reports else ''}")
    out.append(f"  dated, of the claims right in the strict ring: {_share(result.timed)}")
    if result.held_out_reports:
        out[-1] += f"; held out {_share(result.timed_held_out)}"
    for title, parts in (("by kind", result.kinds), ("by mode", result.modes)):
        out.append(f"  strict, {title}")
        for value, f in parts.items():
            counts = f"{f.right}/{f.extra}/{f.missed}"
            out.append(f"    {value:10} P {f.precision:.3f}  R {f.recall:.3f}  F1 {f.f1:.3f}  ({counts})")
    speed = f"{result.reports_a_second:.1f} reports and {result.kilobytes_a_second:.0f} kB of text a second on one core"
    out.append(f"  {result.claims_in_empty} asserted claims in {result.empty_reports} reports without a claim; {speed}")
    return "\n".join(out)


def shared_timed(corpora: Sequence[Corpus], results: Sequence[Result]) -> str:
    """The line on dates over the shared gold, as the project's promise on dates counts it; empty without it."""
    names = {c.name for c in corpora if c.gold.is_relative_to(SHARED)}
    its = [r for r in results if r.name in names]
    if not its:
        return ""
    all_of, held = (
        tuple(map(sum, zip(*counts, strict=True)))
        for counts in ([r.timed for r in its], [r.timed_held_out for r in its])
    )
    return (
        f"dated, of the claims right in the strict ring, over the shared gold ({', '.join(r.name for r in its)}): "
        f"{_share(all_of)}; held out {_share(held)}"
    )


def as_record(result: Result) -> dict[str, Any]:
    """The figures for programs; F1, precision and recall are written out."""

    def ring(f: Figures) -> dict[str, Any]:
        named = {"precision": f.precision, "recall": f.recall, "f1": f.f1}
        return asdict(f) | {key: round(value, 4) for key, value in named.items()}

    record = {key: value for key, value in vars(result).items() if not isinstance(value, dict)}
    for part in ("rings", "rest", "held_out", "kinds", "modes"):
        record[part] = {key: ring(f) for key, f in getattr(result, part).items()}
    return record | {"seconds": round(result.seconds, 2), "reports_a_second": round(result.reports_a_second, 2)}


def run(
    corpora: Sequence[Corpus], *, with_cues: bool = False, processes: int | None = None
) -> tuple[list[Result], list[Read]]:
    """Read and measure; the last result is that of all together, where there is more than one corpus."""
    read = read_corpora(corpora, with_cues=with_cues, processes=processes)
    results = []
    OUT.mkdir(parents=True, exist_ok=True)
    for corpus in corpora:
        its = [one for one in read if one.corpus == corpus.name]
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for one in its for row in one.claims)
        (OUT / f"{corpus.name}.jsonl").write_text("".join(lines), encoding="utf-8")
        results.append(evaluate(corpus.name, corpus.claims, corpus.labels, its))
    return ([*results, pooled(corpora, read)] if len(corpora) > 1 else results), read


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", nargs="+", default=[], choices=[c.name for c in CORPORA], metavar="NAME")
    parser.add_argument("--errors", action="store_true", help="errors by stage, without the held-out fifth")
    parser.add_argument("--samples", type=int, default=4, help="with --errors: how many of each to show (default 4)")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--processes", type=int, default=None)
    parser.add_argument("--gold", type=Path, help="claims by hand of your own, JSON lines")
    parser.add_argument("--reports", type=Path, help="the reports that they are in, JSON lines")
    options = parser.parse_args()
    if (options.gold is None) != (options.reports is None):
        parser.error("--gold and --reports go together")
    if options.gold:
        corpora = [Corpus(OWN, options.gold, options.reports)]
        if not corpora[0].present:
            parser.error(f"{options.gold} or {options.reports} does not exist")
        options.corpus = [OWN]
    else:
        corpora = chosen(options.corpus)
    for absent in {c.name for c in CORPORA} & set(options.corpus or [c.name for c in CORPORA]) - {
        c.name for c in corpora
    }:
        print(f"{absent} is not present and left out", file=sys.stderr)
    if not corpora:
        print("none of the corpora is present", file=sys.stderr)
        return 2
    results, read = run(corpora, with_cues=options.errors, processes=options.processes)
    for failure in failures(read):
        print(failure, file=sys.stderr)
    if options.json:
        print(json.dumps({"measure": which(), "results": [as_record(r) for r in results]}))
        return 0
    if options.errors:
        for corpus in corpora:
            print(
                show(
                    find_errors(corpus.claims, [r for r in read if r.corpus == corpus.name]),
                    corpus.name,
                    options.samples,
                )
            )
    print(f"measured by {which()}; interval: 90 % of draws of the reports")
    for result in results:
        print(report(result))
    if line := shared_timed(corpora, results):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
