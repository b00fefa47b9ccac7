"""What was so and is not any more: a side is absent, whatever word its hold has."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("UNITA no longer controls Huambo.", "unita"),
        ("Huambo is no longer under UNITA control.", "unita"),
        ("Huambo is no longer in rebel hands, the Angolan army said.", "rebels:AGO"),
        ("UNITA was no longer in control of Huambo on Monday.", "unita"),
        ("The town of Huambo, which UNITA no longer holds, is quiet.", "unita"),
        ("The army is no longer in Huambo, Angola.", "gov:AGO"),
    ],
)
def test_no_longer_means_absent(text: str, actor: str, page: Any) -> None:
    (claim,) = page(text).claims
    assert (claim.kind, claim.actor, claim.place.name, claim.mode) == ("absent", actor, "Huambo", "asserted")
    assert claim.extent is None


@pytest.mark.parametrize(
    ("text", "kind", "mode"),
    [
        ("UNITA does not control Huambo.", "holds", "denied"),
        ("UNITA still controls Huambo.", "holds", "asserted"),
        ("UNITA can no longer take Huambo.", "gains", "denied"),
    ],
)
def test_what_is_near_it_is_not(text: str, kind: str, mode: str, page: Any) -> None:
    (claim,) = page(text).claims
    assert (claim.kind, claim.mode) == (kind, mode)
