"""The texts with claims by hand that the reader is measured on: ours, and those of `../shared` where it is present.

A fifth of all reports is held out: those whose label's SHA-1 leaves no rest when divided by five. Their figure is
printed beside the others' and their errors are never listed, by no option: who writes rules looks at errors, and a
rule that was written for a sentence proves nothing on it. A held-out figure well below the other (more than 0.04)
means that sentences were fitted. The hash, not a list, so that a new report falls on one side without anybody
choosing.

Five corpora stand apart from the others and are no part of "all": `retold`, harder reports that rules were mended by,
`unseen`, their like that nobody looks at, and `fresh`, which was not even counted when rules were chosen
(`ablate.py`); the whole of these two is held out. What a change is worth to users is what it does there. `varied`, wars
of all continents in rich prose, and `scraped`, news pages as they are scraped, were coded as a whole before rules were
mended by four fifths of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
HELD_OUT_OF = 5
UNSEEN = "unseen"
"""The corpus of which every report is held out; its labels begin so."""
FRESH = "fresh"
"""The same, written on 22 November 2026 and never counted in a choice between rules."""
OWN = "own"
"""The corpus of `--gold` and `--reports`: what somebody judged in a ledger of theirs."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Corpus:
    """Reports, and the claims that careful readers wrote from them."""

    name: str
    gold: Path
    inputs: Path
    """A file or folder that `whoholds.sources.reports` reads."""
    apart: bool = False
    """Measured where it is asked for by name, and in the table; no part of "all"."""

    @property
    def present(self) -> bool:
        return self.gold.is_file() and self.inputs.exists()

    @cached_property
    def claims(self) -> list[Row]:
        lines = self.gold.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines if line.strip()]

    @cached_property
    def labels(self) -> frozenset[str]:
        """The reports that were read by hand, those without a claim included."""
        listed = self.gold.with_suffix(".reports.txt")
        if listed.is_file():
            return frozenset(listed.read_text(encoding="utf-8").split())
        if self.name == OWN:  # every report of the file was judged, those too in which nothing was left standing
            lines = self.inputs.read_text(encoding="utf-8").splitlines()
            return frozenset(json.loads(line)["id"] for line in lines if line.strip())
        return frozenset(claim["report"] for claim in self.claims)

    def hashes(self) -> dict[str, str]:
        """SHA-256 of the gold, of the list of its reports and of the texts, by what they are."""
        listed = self.gold.with_suffix(".reports.txt")
        found = {"gold": _sha256([self.gold]), "inputs": _sha256(_files(self.inputs))}
        return found | ({"reports": _sha256([listed])} if listed.is_file() else {})


CORPORA = (
    Corpus("examples", ROOT / "eval/gold/examples.jsonl", ROOT / "examples"),
    Corpus("wars", ROOT / "eval/gold/wars.jsonl", ROOT / "eval/wars"),
    Corpus("retold", ROOT / "eval/gold/retold.jsonl", ROOT / "eval/retold", apart=True),
    Corpus(UNSEEN, ROOT / "eval/gold/unseen.jsonl", ROOT / "eval/unseen", apart=True),
    Corpus(FRESH, ROOT / "eval/gold/fresh.jsonl", ROOT / "eval/fresh", apart=True),
    Corpus("varied", ROOT / "eval/gold/varied.jsonl", ROOT / "eval/varied", apart=True),
    Corpus("scraped", ROOT / "eval/gold/scraped.jsonl", ROOT / "eval/scraped", apart=True),
    Corpus("seeds", SHARED / "gold/seeds.jsonl", SHARED / "seeds"),
    Corpus("wp", SHARED / "gold/wp.jsonl", SHARED / "corpora/wp_passages.jsonl"),
    Corpus("dev_reports", SHARED / "gold/dev_reports.jsonl", SHARED / "corpora/dev_reports"),
    Corpus("re3d", SHARED / "gold/re3d.jsonl", SHARED / "corpora/re3d.jsonl"),
)


def chosen(names: Iterable[str] = ()) -> list[Corpus]:
    """The corpora of these names, or all but those that stand apart; those that are not present are left out.

    Raises ValueError for a name that is none.
    """
    names = list(names)
    if unknown := set(names) - {c.name for c in CORPORA}:
        raise ValueError(f"no corpus {', '.join(sorted(unknown))}; there are {', '.join(c.name for c in CORPORA)}")
    return [c for c in CORPORA if c.present and (c.name in names if names else not c.apart)]


def apart() -> list[Corpus]:
    """The corpora that stand apart."""
    return [c for c in CORPORA if c.present and c.apart]


def is_held_out(label: str) -> bool:
    if label.startswith((f"{UNSEEN}-", f"{FRESH}-")):
        return True
    return int(hashlib.sha1(label.encode(), usedforsecurity=False).hexdigest(), 16) % HELD_OUT_OF == 0


def _files(path: Path) -> list[Path]:
    """What reports are read from; a README beside them is none."""
    if path.is_file():
        return [path]
    return sorted(p for p in path.rglob("*") if p.suffix in (".txt", ".html", ".htm", ".jsonl"))


def _sha256(paths: list[Path]) -> str:
    """Of one file its own hash, of several the hash of their names and hashes, in order."""
    each = [(p.name, hashlib.sha256(p.read_bytes()).hexdigest()) for p in paths]
    if len(each) == 1:
        return each[0][1]
    return hashlib.sha256("".join(f"{digest}  {name}\n" for name, digest in each).encode()).hexdigest()
