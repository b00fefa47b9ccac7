"""Measure who says it: on the claims written by hand, and on a table of short passages of our own.

    python eval/voices.py [--corpus NAME ...] [--errors [--samples N]] [--table] [--processes N]

Claims of gold are paired with those read that agree in kind, actor, place and mode (the strict ring) and share half
of the quote's words; of several, the nearest quote. Printed for each corpus, the held-out fifth apart:

    named      gold names a speaker: how many of the paired claims have that speaker (a word of the name in common)
    voice      gold gives a speaker or a role: how many have that speaker, or where only a role is given, a voice
    unsaid     gold gives neither: how many have no voice at all
    nameless   gold gives no name (but may give a role): how many have no name

Gold does not say whom a speaker speaks for; `speaker_side` is measured on the table (tests/claims/voices.yml), which
also says what name, role and channel are expected. `--errors` lists errors, never those of the held-out fifth.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from agree import AGREE, Row, folded, plain
from corpora import CORPORA, ROOT, Corpus, chosen, is_held_out
from reading import Read, read_corpora, reader
from whoholds.exports.records import claim_record
from whoholds.model import Report, Role, Section, Span

TABLE = ROOT / "tests/claims/voices.yml"
TARGETS = {"named": 0.85, "unsaid": 0.95}
QUESTIONS = ("named", "voice", "unsaid", "nameless")
FIELDS = ("name", "role", "side", "told", "withheld")


def _words(text: str | None) -> frozenset[str]:
    return frozenset("".join(c if c.isalnum() else " " for c in plain(text or "")).split())


def same_speaker(gold: str, read: str | None) -> bool:
    """The names share a word, as the grounded ring has it."""
    return not _words(gold).isdisjoint(_words(read))


# -------------------------------------------------------------------------------------------------------------- gold
@dataclass(slots=True)
class Tally:
    """For each question how many claims were right, and of how many; and the pairs that were wrong."""

    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(QUESTIONS, 0))
    of: dict[str, int] = field(default_factory=lambda: dict.fromkeys(QUESTIONS, 0))
    wrong: list[tuple[str, Row, Row]] = field(default_factory=list)

    def add(self, question: str, gold: Row, read: Row, right: bool) -> None:
        self.of[question] += 1
        self.right[question] += right
        if not right:
            self.wrong.append((question, gold, read))

    def line(self) -> str:
        parts = []
        for question in QUESTIONS:
            share = self.right[question] / self.of[question] if self.of[question] else 0.0
            parts.append(f"{question} {share:.3f} ({self.right[question]} of {self.of[question]})")
        return "  ".join(parts)


def pairs(gold: Sequence[Row], read: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """The claims of one report that say the same in about the same words: gold's, and the one that was read."""
    for g in gold:
        if g.get("doubtful"):
            continue
        words = _words(g["quote"])
        near = [(len(words & (other := _words(p["quote"]))) / max(1, len(words | other)), p) for p in read
                if all(test(g, p) for test in AGREE["strict"])
                and 2 * len(words & _words(p["quote"])) >= min(len(words), len(_words(p["quote"])))]  # fmt: skip
        if near:
            yield g, max(near, key=lambda one: one[0])[1]


def tally(gold: Iterable[Row], read: Iterable[Read], *, held_out: bool) -> Tally:
    """The figures of the reports that are held out, or of the others."""
    by_report: dict[str, list[Row]] = {}
    for row in gold:
        by_report.setdefault(row["report"], []).append(row)
    found = Tally()
    for one in read:
        if is_held_out(one.report.label) is not held_out:
            continue
        for g, p in pairs(by_report.get(one.report.label, ()), one.claims):
            has_name, has_voice = bool(p["speaker"]), bool(p["voices"])
            if g.get("speaker"):
                met = same_speaker(g["speaker"], p["speaker"])
                found.add("named", g, p, met)
                found.add("voice", g, p, met)
                continue
            found.add("nameless", g, p, not has_name)
            if g.get("speaker_role") or g.get("told"):
                found.add("voice", g, p, has_voice)
            else:
                found.add("unsaid", g, p, not has_voice)
    return found


# ------------------------------------------------------------------------------------------------------------- table
@dataclass(frozen=True, slots=True)
class Expected:
    """What the table says of the claims at one place. None of a field: not looked at; "-": there must be none."""

    text: str
    place: str
    fields: Mapping[str, str] | None
    """None: the report itself says it."""


def table(path: Path = TABLE) -> list[Expected]:
    out = []
    for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
        for place, said in entry["says"].items():
            parts = [part.strip() for part in said.split(";")]
            fields = None if said == "report" else {k: v for k, v in zip(FIELDS, parts, strict=False) if v}
            out.append(Expected(entry["text"], place, fields))
    return out


def passage(text: str) -> Report:
    """A report of the text, one section a paragraph."""
    sections, at = [], 0
    for part in text.split("\n\n"):
        start = text.index(part, at)
        at = start + len(part)
        sections.append(Section(Span(start, at), Role.BODY))
    return Report("passage", text, tuple(sections))


def faults(expected: Expected, claims: Sequence[Mapping[str, Any]]) -> list[str]:
    """The fields that some claim at the place has wrong; ["no claim"] where none was read, [] where all is right."""
    there = [c for c in claims if folded(c["place"]) == folded(expected.place)]
    if not there:
        return ["no claim"]
    return sorted({fault for claim in there for fault in _faults(expected.fields, claim)})


def _faults(fields: Mapping[str, str] | None, claim: Mapping[str, Any]) -> Iterator[str]:
    if fields is None:
        if claim["voices"]:
            yield "voice"
        return
    if "name" in fields and not _same_name(fields["name"], claim["speaker"]):
        yield "name"
    if not claim["voices"]:
        yield "voice"
        return
    for key, has in (("role", claim["speaker_role"] or claim["speaker"]), ("told", claim["told"])):
        if key in fields and not _words(fields[key]) - {"the"} <= _words(has):
            yield key
    if "side" in fields and (claim["speaker_side"] or "-") != fields["side"]:
        yield "side"
    if ("withheld" in fields) != bool(claim["anonymous"]):
        yield "withheld"


def _same_name(expected: str, name: str | None) -> bool:
    """The whole name, articles and "news agency" apart; a body's may have its owner before it."""
    if expected == "-":
        return name is None
    drop = {"the", "s", "news", "agency", "television", "tv"}
    wanted, has = _words(expected) - drop, _words(name) - drop
    return wanted <= has and len(has - wanted) <= 2


def read_passages(texts: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    return {text: [claim_record(claim) for claim in reader().read(passage(text)).claims] for text in texts}


def show_table(path: Path) -> str:
    entries = table(path)
    claims = read_passages(dict.fromkeys(e.text for e in entries))
    wrong = [(e, f) for e in entries if (f := faults(e, claims[e.text]))]
    sides = [e for e in entries if e.fields and "side" in e.fields and "no claim" not in faults(e, claims[e.text])]
    bad = sum("side" in faults(e, claims[e.text]) or "voice" in faults(e, claims[e.text]) for e in sides)
    read = [e for e in entries if "no claim" not in faults(e, claims[e.text])]
    named = [e for e in read if e.fields and e.fields.get("name", "-") != "-"]
    right = sum(not {"name", "voice"} & set(faults(e, claims[e.text])) for e in named)
    silent = [e for e in read if e.fields is None]
    quiet = sum(not faults(e, claims[e.text]) for e in silent)
    out = [f"-- {', '.join(f)}: {e.text[:300]!r}\n     {e.place}: {_shown(e, claims[e.text])}" for e, f in wrong]
    return "\n".join(
        [
            *out,
            f"table: all fields right {len(entries) - len(wrong)} of {len(entries)}"
            f" ({(len(entries) - len(wrong)) / len(entries):.3f}); without a claim {len(entries) - len(read)};"
            f" named {right} of {len(named)}; no voice {quiet} of {len(silent)};"
            f" side {len(sides) - bad} of {len(sides)}",
        ]
    )


def _shown(expected: Expected, claims: Iterable[Mapping[str, Any]]) -> str:
    keys = ("speaker", "speaker_role", "speaker_side", "told", "anonymous")
    there = {str([c[k] for k in keys]) for c in claims if folded(c["place"]) == folded(expected.place)}
    return (
        f"{dict(expected.fields) if expected.fields is not None else 'report'}  READ {', '.join(sorted(there)) or '-'}"
    )


# ---------------------------------------------------------------------------------------------------------- printing
def show_errors(found: Tally, samples: int) -> str:
    out = []
    for question in QUESTIONS:
        rows = [(g, p) for q, g, p in found.wrong if q == question]
        out.append(f"-- {question}: {len(rows)} wrong")
        for g, p in random.Random(len(rows)).sample(rows, min(samples, len(rows))):
            gold = f"{g.get('speaker')} / {g.get('speaker_role')} / {g.get('told')}"
            read = f"{p['speaker']} / {p['speaker_role']} / {p['told']}"
            out.append(f"     {g['report'][:28]:28} {gold}  READ {read} | {' '.join(p['quote'].split())[:110]}")
    return "\n".join(out)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", nargs="+", default=[], choices=[c.name for c in CORPORA], metavar="NAME")
    parser.add_argument("--errors", action="store_true", help="errors, without the held-out fifth")
    parser.add_argument("--samples", type=int, default=20, help="with --errors: how many of each (default 20)")
    parser.add_argument("--table", nargs="?", type=Path, const=TABLE, help="only the table of passages (or another)")
    parser.add_argument("--processes", type=int, default=None)
    options = parser.parse_args()
    if options.table:
        print(show_table(options.table))
        return 0
    corpora: list[Corpus] = chosen(options.corpus)
    read = read_corpora(corpora, processes=options.processes)
    for corpus in corpora:
        its = [one for one in read if one.corpus == corpus.name]
        rest, held = (tally(corpus.claims, its, held_out=held) for held in (False, True))
        print(f"== {corpus.name}\n  others    {rest.line()}\n  held out  {held.line()}")
        if options.errors:
            print(show_errors(rest, options.samples))
    print(f"targets: {', '.join(f'{name} {value}' for name, value in TARGETS.items())}")
    if not options.corpus:
        print(show_table(TABLE).splitlines()[-1])
    return 0


if __name__ == "__main__":
    sys.exit(main())
