"""Names and alliances by themselves: the same as the whole lexicon has them, made anew or kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from whoholds.annotate.lexicon.lexicon import Lexicon
from whoholds.annotate.lexicon.naming import KEPT_AS, Naming


def test_kept_names_are_the_lexicons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHOHOLDS_CACHE", str(tmp_path))
    lexicon = Lexicon.load()
    made = Naming.load()
    assert (tmp_path / KEPT_AS).exists()
    monkeypatch.setattr(Lexicon, "load", lambda: pytest.fail("it was kept"))
    kept = Naming.load()
    assert kept == made == lexicon.naming
    ids = [*lexicon.actors, "gov:IRQ", "gov:YUG", "rebels:SYR", "tribal:XXX", "scots-guards", "isis"]
    assert [kept.label(actor) for actor in ids] == [lexicon.label(actor) for actor in ids]


def test_labels_alliances_and_former_ids() -> None:
    names = Naming.load()
    assert names.label("rebels:SYR") == "Syrian rebels"
    assert names.label("sons-of-the-north") == "Sons of the North"
    who, (ally, *_) = next(iter(names.alliances.items()))
    day = ally.start or ally.end or date(2016, 1, 1)
    assert names.aligned(who, ally.actor, day)
    assert names.aligned(ally.actor, who, day), "either way round"
    assert not names.aligned(who, "nobody-at-all", day)
