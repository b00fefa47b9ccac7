"""What the reader is timed on: dense reports, long articles, and a feed in which one report in twenty is of a war."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "eval"))

from corpora import SHARED, chosen  # noqa: E402
from whoholds.model import Report  # noqa: E402
from whoholds.sources import lay_out, reports  # noqa: E402

ARTICLES = SHARED / "corpora/wikipedia_battles.jsonl"
WAR_IN = 20
"""One report in so many is of a war in the mixed feed."""

TOWNS = (
    *("Lyon", "Leeds", "Porto", "Graz", "Turku", "Nantes", "Bergen", "Malaga"),
    *("Cork", "Basel", "Osaka", "Quito", "Durban", "Perth", "Nagoya", "Winnipeg"),
)
PEOPLE = (
    "the mayor",
    "a spokeswoman",
    "the coach",
    "the company",
    "residents",
    "the minister",
    "a teacher",
    "the court",
)
DEEDS = (
    "opened a new line of trams in {town} on Monday",
    "said that prices in {town} had risen by 4 percent since March",
    "won the match against {town} by two goals to one",
    "lost the first set in {town} and took the second",
    "will meet in {town} next week to talk about fish quotas",
    "holds shares in a brewery of {town}",
    "warned that the heat in {town} would last until Friday",
    "called the strike at the port of {town} a mistake",
    "withdrew a plan to close the library of {town}",
    "showed pictures of the festival in {town}, where thousands had come",
    "told reporters that the attack on the budget was over",
    "wrote that the road to {town} was closed because of snow",
)


def dense() -> Iterator[Report]:
    """The sample reports, and the reports of the gold corpora where they are present."""
    for corpus in chosen():
        yield from reports([str(corpus.inputs)], lambda _: None)


def articles(number: int | None = None) -> Iterator[Report]:
    """Long articles, every so-manyth of them; invented ones of up to 100 kB where the corpus is absent."""
    if not ARTICLES.is_file():
        for size in (5, 10, 20, 40, 60, 80, 100)[:number]:
            yield invented(size)
        return
    lines = ARTICLES.read_text(encoding="utf-8").splitlines()
    for line in lines[:: max(1, len(lines) // number) if number else 1]:
        record = json.loads(line)
        text = record["text"]
        yield Report(record.get("id") or record["title"], text, lay_out(text), title=record.get("title"))


def invented(kilobytes: int) -> Report:
    """A long text about a war that never was, the same for the same length."""
    chance = random.Random(kilobytes)
    towns = [f"{a}{b}" for a in ("Or", "Mell", "Tarn", "Kal", "Ves", "Dor") for b in ("sa", "ovo", "ik", "grad", "in")]
    deeds = (
        "Government troops recaptured {a} from the rebels of the Northern Front on {day} May 2019.",
        "The rebels had held {a} since {day} April, and withdrew to {b} when the army entered the town.",
        "Fighting went on around {a} and {b}, and the road between them was cut.",
        "“We control most of {a},” the colonel told reporters, “and will advance on {b} within days.”",
        "People in {a} said that the market was open and that there was no bread.",
        "The bridge at {b} had been built in 1931 and was the only one for trucks.",
    )
    out, size = [], 0
    while size < kilobytes * 1000:
        lines = [
            chance.choice(deeds).format(a=chance.choice(towns), b=chance.choice(towns), day=chance.randrange(1, 30))
        ]
        lines += [chance.choice(deeds).format(a=lines[0].split()[-2], b=chance.choice(towns), day=3) for _ in range(4)]
        out.append(" ".join(lines))
        size += len(out[-1]) + 2
    text = "\n\n".join(out)
    return Report(f"invented-{kilobytes}", text, lay_out(text))


def mixed(number: int = 400) -> Iterator[Report]:
    """Ordinary news, and one sample report in twenty. The same reports each time."""
    chance = random.Random(1)
    wars = list(reports([str(ROOT / "examples")], lambda _: None))
    for n in range(number):
        if n % WAR_IN == 7:
            yield wars[(n // WAR_IN) % len(wars)]
        else:
            yield ordinary(n, chance)


def ordinary(n: int, chance: random.Random) -> Report:
    """A report of some 1.5 kB about nothing that matters here, with the words of war in other senses."""

    def sentence() -> str:
        words = f"{chance.choice(PEOPLE)} {chance.choice(DEEDS).format(town=chance.choice(TOWNS))}."
        return words[:1].upper() + words[1:]

    text = "\n\n".join(" ".join(sentence() for _ in range(chance.randrange(2, 6))) for _ in range(6))
    return Report(f"ordinary-{n}", text, lay_out(text))


FEEDS: dict[str, Callable[[], Iterator[Report]]] = {"dense": dense, "mixed": mixed}
