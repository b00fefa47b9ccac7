"""A date has no place of its own: what the parser hangs on a day is hung on what happened then."""

from __future__ import annotations

from whoholds.annotate.mending.after_times import after_times
from whoholds.annotate.trees.table import Table


def table(rows: list[tuple[str, str, str, int, str]]) -> Table:
    """From (word, tag, part of speech, head, relation)."""
    words, tags, pos, heads, deps = map(list, zip(*rows, strict=True))
    return Table([str(w) for w in words], tags, pos, heads, deps, [False] * len(rows))


def test_a_place_on_a_date_is_the_verbs() -> None:
    t = table(
        [
            ("fighting", "NN", "NOUN", 1, "nsubj"),
            ("resumed", "VBD", "VERB", 1, "ROOT"),
            ("on", "IN", "ADP", 4, "case"),
            ("15", "CD", "NUM", 4, "nummod"),
            ("november", "NNP", "PROPN", 1, "obl"),
            ("near", "IN", "ADP", 6, "case"),
            ("kibumba", "NNP", "PROPN", 4, "nmod"),
        ]
    )
    after_times(t)
    assert (t.heads[6], t.deps[6]) == (1, "obl")


def test_the_end_of_a_fight_in_a_town_is_left_alone() -> None:
    rows = [
        ("held", "VBD", "VERB", 0, "ROOT"),
        ("until", "IN", "ADP", 3, "case"),
        ("the", "DT", "DET", 3, "det"),
        ("end", "NN", "NOUN", 0, "obl"),
        ("in", "IN", "ADP", 5, "case"),
        ("gao", "NNP", "PROPN", 3, "nmod"),
    ]
    t = table(rows)
    after_times(t)
    assert t.heads == [row[3] for row in rows]
