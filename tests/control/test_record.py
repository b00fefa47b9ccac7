"""The record of all places: what new claims touch is worked out anew, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from whoholds.control import record as module
from whoholds.control import spells
from whoholds.control.record import Record
from whoholds.model import Claim, Place


def towns(factory: Any, count: int) -> list[Claim]:
    return [
        factory.claim(kind, actor, Place(f"Town {n}", place_id=f"t:{n}"), when, published=when, label=f"{n} {when}")
        for n in range(count)
        for kind, actor, when in (("holds", "gov:MLI", "2013-01-02"), ("gains", "jnim", f"2013-01-{n + 5:02d}"))
    ]


def test_built_in_batches_it_is_what_all_together_give(factory: Any) -> None:
    claims = towns(factory, 9)
    record = Record()
    record.build(claims[at : at + 6] for at in range(0, len(claims), 6))
    assert len(record) == 9
    assert [spell for place in record for spell in record.course(place)] == spells(claims)
    assert record.course("t:none") == ()


def test_a_new_claim_touches_its_place_only(factory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    claims = towns(factory, 9)
    record = Record()
    record.build([claims])
    asked: list[str] = []
    real = module.courses

    def counted(some: list[Claim], **more: Any) -> Any:
        asked.extend(claim.place.place_id or "" for claim in some)
        return real(some, **more)

    monkeypatch.setattr(module, "courses", counted)
    new = factory.claim("withdraws", "jnim", Place("Town 3", place_id="t:3"), "2013-02-01", published="2013-02-01")
    every = [*claims, new]
    changed = record.bring_in([new], lambda ids: [c for c in every if c.place.place_id in {*ids}])
    assert changed == ["t:3"]
    assert {*asked} == {"t:3"}
    assert [spell for place in record for spell in record.course(place)] == spells(every)
    again = record.bring_in([new], lambda ids: [c for c in every if c.place.place_id in {*ids}])
    assert again == [], "what was known changes nothing"
