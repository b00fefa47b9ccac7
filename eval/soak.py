"""Read reports that nobody would write, and name each that the reader cannot read.

    python eval/soak.py [--reports N] [--seed N] [--keep FOLDER]

Each is put together from sentences of all corpora that are present, wars mixed, some of them cut short, in capitals,
without their full stop or with their words in any order: as scraped pages are, when scraping goes wrong. What is read
is not looked at (held-out reports tell nothing here but whether they are read); that nothing fails is. Exit code 1
where something did; `--keep` writes those reports into a folder.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from corpora import CORPORA
from whoholds.model import Report
from whoholds.pipeline import Reader
from whoholds.sources import lay_out, reports

LONGEST = 30
"""Sentences of a report."""
MANGLED = 0.35
"""Share of the sentences that are changed."""
JOINS = (" ", " ", " ", "\n\n", "\n")
_ENDS = re.compile(r"(?<=[.!?”\"])\s+|\n+")


def _shuffled(words: list[str], chance: random.Random) -> str:
    return " ".join(chance.sample(words, len(words)))


WAYS: tuple[Callable[[str, random.Random], str], ...] = (
    lambda s, _: s.upper(),
    lambda s, _: s.lower(),
    lambda s, _: s.rstrip(".!?"),
    lambda s, _: f"- {s}",
    lambda s, _: s.replace("“", '"').replace("”", '"'),
    lambda s, chance: " ".join(s.split()[chance.randrange(len(s.split())) :]),
    lambda s, chance: " ".join(s.split()[: 1 + chance.randrange(len(s.split()))]),
    lambda s, chance: _shuffled(s.split(), chance),
)
"""What may befall a sentence."""


def sentences() -> list[str]:
    """Sentences of all corpora that are present, about."""
    given = (report for c in CORPORA if c.present for report in reports([str(c.inputs)], lambda _: None))
    return [s.strip() for report in given for s in _ENDS.split(report.text) if s.strip()]


def made_up(told: Sequence[str], chance: random.Random) -> str:
    """The text of a report out of sentences of many."""
    text = ""
    for s in chance.choices(told, k=chance.randint(2, LONGEST)):
        text += (chance.choice(WAYS)(s, chance) if chance.random() < MANGLED else s) + chance.choice(JOINS)
    return text


def failures(texts: Sequence[str], read: Callable[[Report], object]) -> Iterator[tuple[str, str]]:
    """The texts that could not be read, each with the error and where it arose."""
    for number, text in enumerate(texts):
        try:
            read(Report(f"soak-{number}", text, lay_out(text)))
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            yield text, f"{type(error).__name__}: {error} ({Path(where.filename).name}, line {where.lineno})"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    chance, told = random.Random(options.seed), sentences()
    failed = 0
    for text, why in failures([made_up(told, chance) for _ in range(options.reports)], Reader().read):
        failed += 1
        print(why, flush=True)
        if options.keep:
            options.keep.mkdir(parents=True, exist_ok=True)
            (options.keep / f"seed-{options.seed}-{failed}.txt").write_text(text, encoding="utf-8")
    print(f"{failed} of {options.reports} reports could not be read")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
