"""Judgements of whether two names are one person: stored beside the claims, never in them, and taken back at any time.

A judgement is about two name keys (`persons.name_key`). The latest of a pair counts. Names that are judged the same
hang together in chains, unless that would join two that are judged to be others; such a link is left out (`conflicts`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    SAME = "same"
    OTHER = "other"
    OPEN = "open"
    """Taken back: as if nobody had judged."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Who judged what of two names, when and why."""

    one: str
    other: str
    verdict: Verdict
    made_by: str
    """A person's name, or "whoholds 0.2.0"."""
    made_at: str
    """ISO 8601, UTC."""
    reason: str

    @property
    def pair(self) -> tuple[str, str]:
        return (self.one, self.other) if self.one <= self.other else (self.other, self.one)


def latest(judgements: Iterable[Judgement]) -> dict[tuple[str, str], Judgement]:
    """By pair, the judgement that counts; the order given is the order they were made in."""
    return {judgement.pair: judgement for judgement in judgements}


def canonical(judgements: Iterable[Judgement]) -> dict[str, str]:
    """By name key, the key that stands for the person: the longest of those joined, of two as long the first."""
    return {key: min(group, key=lambda k: (-len(k), k)) for group in _groups(judgements)[0] for key in group}


def conflicts(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Judgements "same" that are left out, since with the others they would join two names judged to be others."""
    return _groups(judgements)[1]


def _groups(judgements: Iterable[Judgement]) -> tuple[list[set[str]], list[Judgement]]:
    current = latest(judgements)
    apart = {pair for pair, judgement in current.items() if judgement.verdict is Verdict.OTHER}
    group_of: dict[str, set[str]] = {}
    refused: list[Judgement] = []
    for judgement in current.values():
        if judgement.verdict is not Verdict.SAME:
            continue
        a, b = (group_of.get(key, {key}) for key in judgement.pair)
        if any((min(x, y), max(x, y)) in apart for x in a for y in b):
            refused.append(judgement)
            continue
        joined = a | b
        group_of.update(dict.fromkeys(joined, joined))
    return list({id(group): group for group in group_of.values()}.values()), refused
