"""How long the record of control takes to build and to keep up to date, and what memory it needs.

    python benchmarks/control.py [--claims 1000000] [--places 20000] [--ledger FILE]

Made-up claims, place by place: a stream, so that the figures are those of control and not of a list of claims. With
`--ledger` they are first written into a new ledger there, and read back from it: reading, one new report and `who` of
one place are timed through the ledger too. Seconds are of processor time; compare ratios between machines.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

from whoholds.cli import COLLECT_EVERY
from whoholds.control.record import Record
from whoholds.ledger import Ledger
from whoholds.model import Anchors, Claim, Kind, Mode, Place, Report, Role, Section, Span, Voice, When
from whoholds.pipeline import Reading
from whoholds.views import who
from whoholds.views.actors import aligned

BATCH = 400
SIDES = ("gov:SYR", "islamic-state", "sdf", "rebels:SYR")
FIRST = date(2014, 1, 1)


def claims_of(number: int, count: int) -> list[Claim]:
    """The claims about one place, over six years: it changes hands three times, and one claim in seven is wrong."""
    rng = random.Random(number)
    place = Place(f"Town {number}", place_id=f"bench:{number}", lat=35.0, lon=38.0, country="SYR", basis="gazetteer")
    found = []
    sides = rng.sample(SIDES, 2 + (rng.random() < 0.3))
    changes = sorted(rng.randrange(2200) for _ in range(3))
    for n in range(count):
        after = rng.randrange(2200)
        actor = sides[sum(after >= day for day in changes) % len(sides)] if rng.random() < 6 / 7 else rng.choice(sides)
        kind = rng.choices([Kind.HOLDS, Kind.GAINS, Kind.WITHDRAWS, Kind.CONTESTS, Kind.BESIEGES], [35, 30, 10, 20, 5])[
            0
        ]
        if kind is Kind.WITHDRAWS:
            actor = rng.choice([side for side in sides if side != actor])
        last = FIRST + timedelta(after)
        first = last - timedelta(rng.choice([0, 0, 0, 1, 6, 30]))
        text = f"{actor} {kind} {place.name} no. {n}"
        found.append(
            Claim(
                report=f"r{number}-{n}",
                report_id=f"{number:08d}{n:024d}",
                kind=kind,
                actor=actor,
                place=place,
                when=When(first, last, "made up"),
                mode=Mode.ASSERTED,
                quote=Span(0, len(text)),
                quote_text=text,
                anchors=Anchors(cue=Span(0, 4), place=Span(5, 9)),
                voices=(Voice(f"Voice {rng.randrange(9)}", side=rng.choice([None, *sides])),) if n % 2 else (),
                outlet=f"outlet {rng.randrange(30)}",
                published=When(last, last, "made up"),
                confidence=0.8,
            )
        )
    return found


def stream(claims: int, places: int) -> Iterator[list[Claim]]:
    each = max(claims // places, 1)
    for at in range(0, places, BATCH):
        yield [claim for number in range(at, min(at + BATCH, places)) for claim in claims_of(number, each)]


def reading_of(claims: Sequence[Claim]) -> Reading:
    """A report of these claims; each keeps its own date."""
    text = ". ".join(f"{claim.quote_text} ({claim.report})" for claim in claims)
    first = claims[0]
    report = Report(first.report, text, (Section(Span(0, len(text)), Role.BODY),), published=first.published)
    return Reading(report, tuple(replace(claim, report_id=report.id) for claim in claims), made_by="bench")


def memory_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def timed(work: object) -> float:
    begun = time.process_time()
    work()  # type: ignore[operator]
    return time.process_time() - begun


def build(claims: int, places: int) -> dict[str, float]:
    """Seconds to make the claims, to build the record of them, and to bring in one more report."""
    making = timed(lambda: [None for _ in stream(claims, places)])
    record = Record(aligned=aligned)
    both = timed(lambda: record.build(stream(claims, places)))
    each = max(claims // places, 1)
    more = [claims_of(number, each + 1) for number in range(min(20, places))]
    one = [timed(lambda m=m: record.bring_in([m[-1]], lambda _: m)) for m in more]
    return {
        "places": len(record),
        "build_s": round(both - making, 1),
        "us_a_claim": round(1e6 * (both - making) / claims, 1),
        "one_report_ms": round(1000 * sum(one) / len(one), 1),
        "memory_mb": memory_mb(),
    }


def through_a_ledger(path: Path, claims: int, places: int) -> dict[str, float]:
    """Seconds to build from a ledger, to add one report and bring it in, and to answer for one place, just opened."""
    with Ledger.open(path) as ledger:
        for batch in stream(claims, places):
            for _, about in groupby(batch, key=lambda claim: claim.place.name):
                ledger.add(reading_of(list(about)))
    with Ledger.open(path) as ledger:
        ids = ledger.place_ids()
        record = Record(aligned=aligned)
        parts = (ids[at : at + BATCH] for at in range(0, len(ids), BATCH))
        built = timed(lambda: record.build(list(ledger.claims(part)) for part in parts))
        new = claims_of(3, max(claims // places, 1) + 1)[-1]

        def one() -> None:
            reading = reading_of([new])
            ledger.add(reading)
            record.bring_in(reading.claims, ledger.claims)

        brought = timed(one)

    def cold() -> None:
        with Ledger.open(path, create=False) as opened:
            who(opened, f"Town {places // 2}")

    return {
        "ledger_build_s": round(built, 1),
        "ledger_one_report_ms": round(1000 * brought, 1),
        "who_cold_ms": round(1000 * timed(cold), 1),
        "memory_mb": memory_mb(),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--places", type=int, default=20_000)
    parser.add_argument("--ledger", type=Path)
    asked = parser.parse_args()
    gc.set_threshold(COLLECT_EVERY, 50, 50)  # as the command line does
    print(json.dumps(build(asked.claims, asked.places)))
    if asked.ledger:
        print(json.dumps(through_a_ledger(asked.ledger, asked.claims, asked.places)))


if __name__ == "__main__":
    main()
