"""The model of control against simpler ways, on the same claims of wars whose truth is known.

    python eval/control_eval.py [--towns 240] [--seeds 2] [--check] [--write FILE]

Made-up wars at three levels of noise, and the table of Ukrainian towns turned into claims with the same noise where the
shared data are there. `--check` compares with the floors in eval/control_floors.json and exits 1 below one. None of
these wars was used to fit the parameters (eval/fit_control.py has seeds of its own).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from baselines import BASELINES, Answer, Course, course_of
from control_scores import (
    Chances,
    Figures,
    by_town,
    each_its_own,
    model_chances,
    model_courses,
    score_chances,
    score_course,
    without_interest,
)
from wars import LEVELS, Town, claims_of, towns_of, war
from whoholds.control.parameters import Parameters, load
from whoholds.model import Claim

TABLE = Path("../shared/control/ua_towns_dev.csv")
FLOORS = Path(__file__).with_name("control_floors.json")
EVAL_SEEDS = (901, 902, 903, 904)
"""Not those of the fit."""
MARGIN = 0.1
"""What the model's log loss has to be below the best baseline's, as a share."""
Tables = dict[str, dict[str, Figures]]


def measure(towns: Sequence[Town], claims: Sequence[Claim], sureness: dict[str, float]) -> dict[str, Figures]:
    """Every baseline and every form of the model on one war. `sureness`: what a baseline's answer is given."""
    actors = sorted({holder for town in towns for _, holder in town.spells if holder is not None} | {""})
    grouped = by_town(claims)
    found: dict[str, Figures] = {}
    for name in BASELINES:
        courses = {town.name: course_of(grouped.get(town.name, ()), name) for town in towns}
        found[name] = _scored(towns, courses, lambda town, c=courses, n=name: _hard(c[town.name], sureness[n]), actors)
    parameters = load()
    forms: dict[str, tuple[Sequence[Claim], Parameters]] = {
        "model without de-duplication": (each_its_own(claims), parameters),
        "model without interest": (claims, without_interest(parameters)),
        "model": (claims, parameters),
    }
    for name, (said, chosen) in forms.items():
        chances = model_chances(said, towns, chosen)
        found[name] = _scored(towns, model_courses(said, chosen), lambda town, c=chances: c[town.name], actors)
    return found


def sureness_of(seed: int = 7, towns: int = 120) -> dict[str, float]:
    """How often each baseline is right near a change, on wars of their own: what it may claim for its answers."""
    right: dict[str, list[bool]] = {name: [] for name in BASELINES}
    for level in LEVELS.values():
        truth = war(seed, towns)
        grouped = by_town(claims_of(truth, level, seed))
        actors = sorted({holder for town in truth for _, holder in town.spells if holder is not None} | {""})
        for name in BASELINES:
            figures = Figures()
            for town in truth:
                score_chances(figures, town, _hard(course_of(grouped.get(town.name, ()), name), 0.5), actors)
            right[name] += figures.right
    return {name: min(max(sum(all_) / max(len(all_), 1), 0.05), 0.99) for name, all_ in right.items()}


def tables(towns: int, seeds: Sequence[int]) -> Tables:
    """Figures by war and way, summed over the seeds."""
    sureness = sureness_of()
    found: Tables = {}
    real = towns_of(TABLE) if TABLE.exists() else None
    for doubts in (False, True):
        for level, noise in LEVELS.items():
            for seed in seeds:
                for name, truth in (("simulated", war(seed, towns)), ("Ukrainian towns", real)):
                    if truth is not None:
                        row = f"{name}, {level} noise" + (", a reader with doubts" if doubts else "")
                        claims = claims_of(truth, noise, seed, doubts=doubts)
                        _add(found.setdefault(row, {}), measure(truth, claims, sureness))
    return found


def page(found: Tables) -> str:
    """The tables as Markdown."""
    lines = []
    for name, rows in found.items():
        any_ = next(iter(rows.values()))
        lines += [f"### {name}", "", f"{any_.true_changes} changes, {any_.place_days} place-days.", ""]
        heads = list(any_.row())
        lines += ["| | " + " | ".join(heads) + " |", "|---|" + "---|" * len(heads)]
        for way, figures in rows.items():
            lines.append(f"| {way} | " + " | ".join(f"{value:.2f}" for value in figures.row().values()) + " |")
        curve = ", ".join(f"{given:.2f}: {right:.2f} ({n})" for given, right, n in rows["model"].reliability())
        lines += ["", f"Reliability of the model (given: right, days): {curve}", ""]
        best = min(figures.row()["log loss"] for way, figures in rows.items() if way in BASELINES)
        ours = rows["model"].row()["log loss"]
        lines += [f"Log loss {ours:.3f} against the best baseline's {best:.3f}: {1 - ours / best:+.0%} better.", ""]
    return "\n".join(lines)


def below(found: Tables, floors: dict[str, dict[str, float]]) -> list[str]:
    """What is worse than its floor, in words; a war that was not measured (no shared data) is passed over."""
    worse = []
    for name, rows in found.items():
        row = rows["model"].row()
        best = min(figures.row()["log loss"] for way, figures in rows.items() if way in BASELINES)
        if row["log loss"] > (1 - MARGIN) * best:
            worse.append(
                f"{name}: log loss {row['log loss']:.3f} is not {MARGIN:.0%} under the best baseline's {best:.3f}"
            )
        for figure, floor in floors.get(name, {}).items():
            lower_is_better = figure in ("log loss", "false flips", "calibration", "delay")
            if (abs(row[figure]) > floor) if lower_is_better else (row[figure] < floor):
                worse.append(f"{name}: {figure} is {row[figure]:.3f}, the floor is {floor:.3f}")
    return worse


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--towns", type=int, default=240)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    found = tables(asked.towns, EVAL_SEEDS[: asked.seeds])
    text = page(found)
    print(text)
    if asked.write:
        asked.write.write_text(text + "\n", encoding="utf-8")
    worse = below(found, json.loads(FLOORS.read_text(encoding="utf-8"))) if asked.check else []
    for line in worse:
        print(line, file=sys.stderr)
    return 1 if worse else 0


def _scored(
    towns: Sequence[Town],
    courses: dict[str, Course],
    chances: Callable[[Town], Callable[[date], Chances]],
    actors: Sequence[str],
) -> Figures:
    figures = Figures()
    for town in towns:
        score_course(figures, town, courses.get(town.name, []))
        score_chances(figures, town, chances(town), actors)
    return figures


def _hard(course: Course, sure: float) -> Callable[[date], Chances]:
    """An answer without a figure, given the share of such answers that are right."""

    def chances(day: date) -> Chances:
        now: Answer = None
        for start, answer in course:
            if start > day:
                break
            now = answer
        return {} if now is None else {now: sure}

    return chances


def _add(total: dict[str, Figures], more: dict[str, Figures]) -> None:
    for name, figures in more.items():
        into = total.setdefault(name, Figures())
        into.true_changes += figures.true_changes
        into.told_changes += figures.told_changes
        into.false_flips += figures.false_flips
        into.place_days += figures.place_days
        into.log_score += figures.log_score
        into.log_days += figures.log_days
        into.delays += figures.delays
        into.said += figures.said
        into.right += figures.right
        for days, count in figures.hits.items():
            into.hits[days] += count


if __name__ == "__main__":
    sys.exit(main())
