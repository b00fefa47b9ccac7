"""Which colour stands for whom, on maps and in drawings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

PALETTE = (
    "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9",
    "#f0e442", "#222255", "#663333", "#666633", "#aa3377", "#999933",
)  # fmt: skip
"""Twelve colours that stay apart for colour-blind eyes. The first seven are Okabe and Ito's ("Color Universal Design",
2008); the rest are from Paul Tol's schemes ("Colour Schemes", SRON/EPS/TN/09-002), picked one by one to be far from
those before. Measured as the smallest CIE76 difference under normal sight and under full protanopia, deuteranopia and
tritanopia as simulated by Machado, Oliveira and Fernandes (2009): 16.1 among the first seven, 13.5 among all twelve and
`OTHERS` (about 2.3 is just noticeable)."""

OTHERS = "#cdcfd2"
"""Light grey, for all actors past the palette. The page tells those apart by letters."""


def actor_colours(ids: Iterable[str]) -> dict[str, str]:
    """A colour for each actor id, as "#rrggbb"; the same for the same input on any machine.

    Give an id once for each place the actor holds: those given most often choose first, then by id. Actors past the
    twelfth get `OTHERS`.
    """
    counts = Counter(ids)
    ranked = sorted(counts, key=lambda actor: (-counts[actor], actor))
    return {actor: PALETTE[n] if n < len(PALETTE) else OTHERS for n, actor in enumerate(ranked)}
