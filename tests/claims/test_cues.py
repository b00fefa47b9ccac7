"""The lexicon tests itself: what `examples` and `not` of every sense in data/cues/*.yml say is what is read.

An example is "text => kind actor place [mode]; ...": all of these claims must be among those that are read. A text
under `not` must give no claim at all. `known_failures.txt` lists those that fail as yet ("sense: text", one a line):
they are strict expected failures, so that an entry which begins to pass, or whose text is gone, fails until it is
taken out.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from short_reports import expected, later, read, shown

from whoholds.claims.cues.cues import Cue, Cues, lexicon_files, load, parse
from whoholds.pipeline import Reader

KNOWN = Path(__file__).with_name("known_failures.txt")
FILES = lexicon_files("en")
SENSES: list[Cue] = [cue for name, text in FILES.items() for cue in parse(text, name)]
EXAMPLES = [(cue.id, *example.split(" => ", 1)) for cue in SENSES for example in cue.examples]
COUNTER = [(cue.id, text) for cue in SENSES for text in cue.counter]


def known_failures() -> list[str]:
    lines = KNOWN.read_text(encoding="utf-8").splitlines() if KNOWN.exists() else []
    return [line for line in lines if line and not line.startswith("#")]


def cases(rows: list[tuple[str, ...]]) -> list[object]:
    """Test cases; those that are known to fail are strict expected failures."""
    known = set(known_failures())
    mark = later("listed in known_failures.txt")
    return [
        pytest.param(*row, id=f"{row[0]}-{row[1][:40]}", marks=[mark] if f"{row[0]}: {row[1]}" in known else [])
        for row in rows
    ]


@pytest.mark.parametrize(("sense", "text", "claims"), cases(EXAMPLES))
def test_an_example_gives_its_claims(reader: Reader, sense: str, text: str, claims: str) -> None:
    found = read(reader, text)
    missing = [claim for claim in expected(claims) if claim not in found]
    assert not missing, f"{sense}: {text} => {shown(found)}; without {shown(missing)}"


@pytest.mark.parametrize(("sense", "text"), cases(COUNTER))
def test_a_counter_example_gives_nothing(reader: Reader, sense: str, text: str) -> None:
    found = read(reader, text)
    assert not found, f"{sense}: {text} => {shown(found)}"


def test_every_sense_has_an_example() -> None:
    assert [cue.id for cue in SENSES if cue.kind and not cue.examples] == []


def test_every_sense_has_a_counter_example() -> None:
    """A word must show what it means elsewhere."""
    assert [cue.id for cue in SENSES if not cue.counter] == []


def test_no_sense_is_there_twice() -> None:
    ids = [cue.id for cue in SENSES]
    assert sorted({cue_id for cue_id in ids if ids.count(cue_id) > 1}) == []


def test_words_that_are_no_claim_are_needed(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a sense of `kind: none` one of its sentences must give a claim: else it stands there for nothing."""
    for idle in (cue for cue in SENSES if cue.kind is None):
        monkeypatch.setattr(reader, "cues", Cues([cue for cue in load().senses if cue.id != idle.id], ""))
        assert any(read(reader, text) for text in idle.counter), idle.id


def test_no_text_is_an_example_twice() -> None:
    texts = [row[1] for row in EXAMPLES] + [row[1] for row in COUNTER]
    assert sorted({text for text in texts if texts.count(text) > 1}) == []


def test_known_failures_are_examples_of_the_lexicon() -> None:
    there = {f"{row[0]}: {row[1]}" for row in EXAMPLES} | {f"{row[0]}: {row[1]}" for row in COUNTER}
    listed = known_failures()
    assert [line for line in listed if line not in there] == []
    assert len(listed) == len(set(listed))


def test_examples_are_written_as_claims() -> None:
    raw = [entry for text in FILES.values() for entry in yaml.safe_load(text)]
    for entry in raw:
        for example in entry.get("examples", ()):
            text, arrow, claims = example.partition(" => ")
            assert arrow, f"{entry['id']}: {example}"
            assert expected(claims), f"{entry['id']}: {example}"
            assert text == " ".join(text.split()), f"{entry['id']}: {example}"
        for text in entry.get("not", ()):
            assert "=>" not in text, f"{entry['id']}: {text}"
