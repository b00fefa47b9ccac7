"""Fit the eight parameters of control on made-up wars, see on others whether their figures can be believed, write both.

    python eval/fit_control.py [--towns 80] [--rounds 3] [--dry]

Coordinate descent on the logarithm of each parameter, on the mean log loss over days near a change and over quiet days
alike. Then the reliability is measured on wars that were held out: of the answers that are given so much support, how
many are right. None of these wars is one of eval/control_eval.py, and the Ukrainian table is never looked at here.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from datetime import date, timedelta
from pathlib import Path

from control_scores import FLOOR, Figures, model_chances, score_chances
from wars import EAST, LEVELS, WEST, Town, claims_of, war
from whoholds.control import spells
from whoholds.control.parameters import Parameters, load
from whoholds.model import Anchors, Claim, Kind, Mode, Place, Span, Voice, When

FILE = Path(__file__).resolve().parents[1] / "src/whoholds/data/control.json"
FIT_SEEDS = (11, 12)
HELD_OUT_SEEDS = (21, 22)
QUIET_STEP = 20
"""Every so many days of every town counts as a quiet day."""
STEPS = (1.6, 1.25, 1.1)
"""Factor on each parameter, by round."""
PRIOR = 0.03
"""What a parameter costs for each doubling or halving of its judged value (`Parameters`'s own), squared, beside the
mean log loss: made-up wars know nothing of how real ones are reported, so where they say little the judgement stays."""
BOUNDS = {"event": (0.0, 0.95), "self_serving": (0.0, 1.0), "self_adverse": (1.0, 10.0)}
"""A side's own bad news is never worth less than anybody's, and its good news never more (docs/control.md)."""
War = tuple[list[Town], list[Claim]]


def wars(towns: int, seeds: Sequence[int] = FIT_SEEDS) -> list[War]:
    """Made-up wars: each seed at each level of noise, by a reader that gives its doubts and by one that has none."""
    return [
        (truth, claims_of(truth, noise, seed, doubts=doubts))
        for seed in seeds
        for noise in LEVELS.values()
        for doubts in (False, True)
        if (truth := war(seed, towns))
    ]


def loss(parameters: Parameters, found: Sequence[War]) -> float:
    """Mean log loss near changes and on quiet days, the two with one weight."""
    near, quiet = Figures(), []
    for towns, claims in found:
        actors = sorted({holder for town in towns for _, holder in town.spells if holder is not None} | {""})
        chances = model_chances(claims, towns, parameters)
        for town in towns:
            score_chances(near, town, chances[town.name], actors)
            first = town.spells[0][0]
            for after in range(0, (town.last - first).days, QUIET_STEP):
                day = first + timedelta(after)
                given = chances[town.name](day)
                truth = town.holder(day)
                if truth is not None:
                    rest = max(1 - sum(given.values()), 0.0) / len(actors)
                    quiet.append(-math.log(max(given.get(truth, 0.0) + rest, FLOOR)))
    return near.row()["log loss"] + sum(quiet) / len(quiet)


def unanswered_word_moves(parameters: Parameters) -> bool:
    """True where a side's own word of a taking, which nobody answers, moves a place that others held to the day before.

    How many boasts there are is the generator's own choice; no fit to it may make officials worth nothing.
    """
    a, b = Anchors(Span(0, 1), Span(0, 1)), Place("T", place_id="sim:T")
    begun, before, day = date(2030, 8, 1), date(2030, 10, 27), date(2030, 10, 28)
    held, taken = (
        Claim(name, name, kind, who, b, When(*days), Mode.ASSERTED, Span(0, 1), "x", a, voices=voices,
              published=When(days[1], days[1]), confidence=0.8)
        for name, kind, who, days, voices in (
            ("r1", Kind.HOLDS, WEST, (begun, before), ()),
            ("r2", Kind.GAINS, EAST, (day, day), (Voice("Spokesman", side=EAST),)),
        )
    )  # fmt: skip
    return spells([held, taken], parameters=parameters)[-1].holders == (EAST,)


def lifted(parameters: Parameters) -> Parameters:
    """The same with `self_serving` no lower than an unanswered word needs to move a place."""
    while parameters.self_serving < 1 and not unanswered_word_moves(parameters):
        parameters = replace(parameters, self_serving=min(parameters.self_serving * 1.02, 1.0))
    return parameters


def fit(start: Parameters, found: Sequence[War], rounds: int) -> tuple[Parameters, float]:
    """The best parameters that were met, and their loss without what the prior costs."""
    best = lifted(start)
    least = loss(best, found) + prior(best)
    for step in STEPS[:rounds]:
        for field in fields(Parameters):
            low, high = BOUNDS.get(field.name, (0.0, math.inf))
            for factor in (step, 1 / step):
                while True:
                    value = min(max(getattr(best, field.name) * factor, low), high)
                    tried = lifted(replace(best, **{field.name: value}))
                    if tried == best or not unanswered_word_moves(tried):
                        break
                    if (now := loss(tried, found) + prior(tried)) >= least - 1e-4:
                        break
                    best, least = tried, now
                    print(f"{field.name} {value:.5g}: {least:.4f}", flush=True)
    return best, loss(best, found)


def prior(parameters: Parameters) -> float:
    """What these cost for being far from what was judged."""
    judged = asdict(Parameters())
    return PRIOR * sum(math.log2(value / judged[name]) ** 2 for name, value in asdict(parameters).items())


def reliability(parameters: Parameters, found: Sequence[War]) -> dict[str, object]:
    """Of the answers near changes, by tenths of what they were given: how many are right. The error is the mean
    distance of the two, weighed by days."""
    figures = Figures()
    for towns, claims in found:
        actors = sorted({holder for town in towns for _, holder in town.spells if holder is not None} | {""})
        chances = model_chances(claims, towns, parameters)
        for town in towns:
            score_chances(figures, town, chances[town.name], actors)
    return {
        "on": f"{len(found)} made-up wars (seeds {HELD_OUT_SEEDS}), all levels of noise together",
        "reliability": [
            f"{given:.2f} given, {right:.2f} right, {days} days" for given, right, days in figures.reliability()
        ],
        "error": round(figures.calibration_error(), 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--towns", type=int, default=80)
    parser.add_argument("--rounds", type=int, default=len(STEPS))
    parser.add_argument("--afresh", action="store_true", help="start from the defaults, not from the file")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    asked = parser.parse_args()
    found = wars(asked.towns)
    start = Parameters() if asked.afresh else load()
    before = loss(start, found)
    best, least = fit(start, found, asked.rounds)
    print(f"loss {before:.4f} before, {least:.4f} after")
    record = {
        "format": 1,
        "parameters": {name: float(f"{value:.3g}") for name, value in asdict(best).items()},
        "fitted": {
            "on": f"{len(found)} made-up wars of {asked.towns} towns (eval/wars.py, seeds {FIT_SEEDS}), "
            f"noise {', '.join(LEVELS)}; prior {PRIOR}",
            "claims": sum(len(claims) for _, claims in found),
            "loss": round(least, 4),
        },
        "held_out": reliability(best, wars(asked.towns, HELD_OUT_SEEDS)),
    }
    text = json.dumps(record, indent=2) + "\n"
    print(text)
    if not asked.dry:
        FILE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
