"""Measure the reader on constructions of English, each filled with several wars.

    python eval/grid.py [FILE ...] [--casts N] [--drawn] [--failures N] [--gate | --raise]

A file of `grids/` lists constructions: ways to say one thing, with what a careful reader would write of each. Every
text is filled with casts (`grids/casts.yml`: two sides and three towns of a war), read as a report of its own, and is
right when the claims that are listed are read, and no others: kind, actor, place, mode, and other side, days and whose
voice it is where they are asked for. A text of several lines is laid out as a page is, and with `page: true` read as a
user's file is, its title and day with it. Prints the share that is right by file, and the constructions below nine in
ten. A table of capabilities against fillings is the idea of Ribeiro, Wu, Guestrin and Singh, "Beyond Accuracy:
Behavioral Testing of NLP Models with CheckList" (ACL 2020). This says how far grammar is covered, not how right the
reader is on real reports: that is eval/run.py.
`--drawn` fills each text with one cast of the two hundred that the lexicon has (eval/drawn.py).
`--failures N` prints what was read in up to N wrong fillings of each construction. `--gate` fails below
`grids/floors.json`; `--raise` lifts the floors.
"""

from __future__ import annotations

import argparse
import io
import json
import math
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

import drawn
from agree import same_place
from gate import SLACK
from whoholds.model import Claim, Kind, Mode, Report, Role, Section, Span
from whoholds.pipeline import Reader
from whoholds.sources import reports
from whoholds.sources.layout import lay_out

FOLDER = Path(__file__).with_name("grids")
FLOORS = FOLDER / "floors.json"
WEAK = 0.9
CASTS = 4
"""Casts that each text is filled with, unless told; which ones turns with the place of the text in its file."""
TOWNS = "PQR"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One claim of a construction, filled."""

    kind: str
    actor: str | None
    place: str
    mode: str
    against: str | None
    """None where it is not asked for, as with dates."""
    dates: str | None
    optional: bool
    """Read or not, both are right."""
    voice: str | None = None
    """The side that the speaker speaks for; "-" for a speaker of none, None where it is not asked for."""

    def is_said_by(self, claim: Claim) -> bool:
        if self.actor != claim.actor or str(claim.kind) not in self.kind.split("|"):
            return False
        if str(claim.mode) not in self.mode.split("|"):
            return False
        if (self.against and self.against != claim.against) or (self.dates and self.dates != days(claim)):
            return False
        if self.voice and (not claim.voices or self.voice != (claim.voices[0].side or "-")):
            return False
        return same_place({"place": self.place}, {"place": claim.place.name})


@dataclass(frozen=True, slots=True)
class Case:
    """One text of a construction with the names of one cast."""

    file: str
    construction: str
    text: str
    published: str | None
    wanted: tuple[Wanted, ...]
    page: bool = False
    """Read as a file's text, not as a body alone."""


def days(claim: Claim) -> str:
    """The first and the last day: "2024-05-14", "2024-05-01..2024-05-31", "..2024-05-14"."""
    start, end = claim.when.start, claim.when.end
    if start and start == end:
        return start.isoformat()
    return f"{start.isoformat() if start else ''}..{end.isoformat() if end else ''}"


# ------------------------------------------------------------------------------------------------------- filling
def filled(template: str, cast: dict[str, Any]) -> str:
    """The template with names for its slots, each sentence with a capital."""

    def name(match: re.Match[str]) -> str:
        side, _, form = match.group(1).partition(".")
        if side in TOWNS:
            return str(cast["towns"][TOWNS.index(side)])
        if form == "s":
            whose = cast[side]["the"]
            return f"{whose}'" if whose.endswith("s") else f"{whose}'s"
        if form == "bare":
            return str(cast[side]["the"]).removeprefix("the ")
        return str(cast[side][form or "the"])

    text = re.sub(r"\{([\w.]+)\}", name, template)
    return re.sub(
        r"(?:^|(?<=[.!?]\s)|(?<=[.!?:]\s[\"“])|(?<=^[\"“]))[a-z]", lambda m: m.group().upper(), text, flags=re.M
    )


def wanted(claims: str, cast: dict[str, Any]) -> Iterator[Wanted]:
    """What "gains A P; loses B P denied; holds A Q vs B @ 2024-05-14; ?holds - R" stands for.

    "-" is nobody, "rebels:*" those of the cast's country. "vs" is the other side, "by" whom the speaker speaks for
    ("gains A P vs B by A"), "@" the days as `days` writes them, "?" what may be left out. Kinds or modes with "|"
    between them are all right: "gains A P planned|possible".
    """

    def actor_id(name: str) -> str | None:
        if name == "-":
            return None
        return str(cast[name]["id"]) if name in cast else name.replace("*", cast.get("country", ""))

    for part in filter(None, (x.strip() for x in claims.split(";"))):
        said, _, dates = part.partition("@")
        said, _, voice = said.partition(" by ")
        said, _, against = said.partition(" vs ")
        kind, actor, *place = said.split()
        if not place or not set(kind.lstrip("?").split("|")) <= set(Kind):
            raise ValueError(f"{part!r} is no claim: kind, actor and place, as in 'gains A P'")
        mode = place.pop() if set(place[-1].split("|")) <= set(Mode) else str(Mode.ASSERTED)
        names = " ".join(cast["towns"][TOWNS.index(x)] if x in TOWNS else x for x in place)
        other = actor_id(against.strip()) if against else None
        by = (actor_id(voice.strip()) or "-") if voice else None
        yield Wanted(kind.lstrip("?"), actor_id(actor), names, mode, other, dates.strip() or None, kind[0] == "?", by)


def can_fill(template: str, cast: dict[str, Any]) -> bool:
    """Whether a cast has all that the slots ask for."""
    slots = (slot.partition(".") for slot in re.findall(r"\{([\w.]+)\}", template))
    return all(
        side in TOWNS or (side in cast and (form in ("", "s", "bare") or form in cast[side])) for side, _, form in slots
    )


def cases(files: Sequence[Path], many: int, everyone: Sequence[dict[str, Any]] | None = None) -> Iterator[Case]:
    """Every text of the files with `many` of the casts that can fill it, at most once with one cast.

    `everyone`: the casts, left out those of `casts.yml`; what none of them can fill is then left out.

    Raises `OSError` for a file that cannot be read, and `ValueError`, which names file and text, for one that is no
    list of constructions, a text that no cast fills, and a claim that cannot be read.
    """
    of_lexicon = everyone is not None
    everyone = everyone or yaml.safe_load((FOLDER / "casts.yml").read_text(encoding="utf-8"))
    for path in files:
        try:
            entries = yaml.safe_load(path.read_text(encoding="utf-8"))
            texts = [(entry, text) for entry in entries for text in entry["texts"]]
        except (yaml.YAMLError, UnicodeDecodeError, TypeError, KeyError) as error:
            raise ValueError(f"{path}: no list of constructions with their texts: {error}") from error
        for place, (entry, text) in enumerate(texts):
            if of_lexicon and not (re.search(r"\{[AB]", text) and any(can_fill(text, cast) for cast in everyone)):
                continue
            try:
                yield from _fillings(path.stem, entry, text.strip(), everyone, place, many)
            except (ValueError, KeyError, IndexError, AttributeError) as error:
                raise ValueError(f"{path}: {str(text).strip()!r}: {error}") from error


def _fillings(
    file: str, entry: dict[str, Any], text: str, everyone: Sequence[dict[str, Any]], place: int, many: int
) -> Iterator[Case]:
    """One text with its casts; `place`, its number in the file, turns with which of them it begins."""
    template, *own = re.split(r"\s+=> ", text)
    claims = own[0] if own else entry["claims"]
    casts = [cast for cast in everyone if can_fill(template, cast)]
    if not casts:
        raise ValueError("no cast fills it")
    if "{" not in template:
        casts = casts[:1]
    for turn in range(min(many, len(casts))):
        cast = casts[(place + turn * max(1, len(casts) // many)) % len(casts)]
        listed = () if claims == "nothing" else tuple(wanted(claims, cast))
        yield Case(
            file,
            entry["construction"],
            filled(template, cast),
            entry.get("published"),
            listed,
            entry.get("page", False),
        )


# ------------------------------------------------------------------------------------------------------- measuring
def is_right(case: Case, claims: Sequence[Claim]) -> bool:
    """Whether each claim that is wanted was read, and nothing else; as in score.py, twice is no fault."""
    said = all(any(w.is_said_by(claim) for claim in claims) for w in case.wanted if not w.optional)
    return said and all(any(w.is_said_by(claim) for w in case.wanted) for claim in claims)


def read(reader: Reader, case: Case) -> tuple[Claim, ...]:
    if case.page:
        (report,) = reports(["-"], print, stdin=io.BytesIO(case.text.encode()))
        report = replace(report, stated_date=case.published or report.stated_date)
    else:
        whole = (Section(Span(0, len(case.text)), Role.BODY),)
        sections = lay_out(case.text) if "\n" in case.text else whole
        report = Report("grid", case.text, sections, stated_date=case.published)
    return tuple(reader.read(report).claims)


def shown(claims: Sequence[Claim]) -> str:
    said = [f"{c.kind} {c.actor or '-'} [{c.place.name}] {c.mode} @ {days(c)}" for c in claims]
    return "; ".join(said).replace(" asserted", "") or "nothing"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Measure the reader on constructions of English.")
    parser.add_argument("files", nargs="*", type=Path, help="files of constructions (all of grids/)")
    parser.add_argument("--casts", type=int, default=CASTS, help=f"fillings of each text (default {CASTS})")
    parser.add_argument("--drawn", action="store_true", help="one filling of each text, drawn from the lexicon")
    parser.add_argument("--failures", type=int, default=0, help="print what was read in so many wrong ones of each")
    parser.add_argument("--gate", action="store_true", help="fail below grids/floors.json")
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift the floors to what is measured")
    asked = parser.parse_args(arguments)
    files = asked.files or sorted(p for p in FOLDER.glob("*.yml") if p.stem != "casts")

    if asked.casts < 1:
        parser.error("--casts: give 1 or more")
    reader = Reader()
    try:
        if asked.drawn:
            filling = list(cases(files, 1, drawn.casts(reader.lexicon, reader.gazetteer)))
        else:
            filling = list(cases(files, asked.casts))
    except (OSError, ValueError) as error:
        parser.error(str(error))

    counts: dict[str, dict[str, list[int]]] = {}
    for case in filling:
        claims = read(reader, case)
        right = is_right(case, claims)
        count = counts.setdefault(case.file, {}).setdefault(case.construction, [0, 0])
        count[0] += right
        count[1] += 1
        if not right and count[1] - count[0] <= asked.failures:
            print(f"{case.construction}: {case.text}\n      {shown(claims)}")

    floors: dict[str, float] = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    low = []
    for file, of in ((f"{name}, drawn" if asked.drawn else name, of) for name, of in counts.items()):
        right, total = (sum(c[i] for c in of.values()) for i in (0, 1))
        share = right / total
        print(f"{file}: {right} of {total} right ({share:.3f}; floor {floors.get(file, 0):.3f})")
        for name, (good, of_all) in sorted(of.items(), key=lambda x: x[1][0] / x[1][1]):
            if good < WEAK * of_all:
                print(f"   {good:3} of {of_all:3}  {name}")
        if share < floors.get(file, 0):
            low.append(file)
        if asked.lift:
            floors[file] = max(floors.get(file, 0), math.floor((share - SLACK) * 1000) / 1000)
    if asked.lift:
        FLOORS.write_text(json.dumps(dict(sorted(floors.items())), indent=1) + "\n", encoding="utf-8")
    return int(asked.gate and bool(low))


if __name__ == "__main__":
    sys.exit(main())
