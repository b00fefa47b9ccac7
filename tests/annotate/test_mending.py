"""Mends of a parse: a tree comes out of any tree."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whoholds.annotate.mending import mend as mending
from whoholds.annotate.mending.mend import is_tree, mend_all
from whoholds.annotate.trees.table import Table

TAGGED = """
Kaya/NNP/PROPN ,/,/PUNCT seat/NN/NOUN fell/VBD/VERB and/CC/CCONJ that/IN/SCONJ no/RB/ADV longer/RBR/ADV says/VBZ/VERB
out/RP/ADP of/IN/ADP control/NN/NOUN the/DT/DET which/WDT/PRON is/VBZ/AUX driven/VBN/VERB
"""
WORDS = {word: (tag, pos) for word, tag, pos in (one.split("/") for one in TAGGED.split())}
LABELS = (
    "nsubj", "nsubj:pass", "obj", "obl", "nmod", "appos", "conj", "cc", "ccomp", "acl:relcl", "advmod", "case", "det",
    "aux", "punct", "flat", "compound", "compound:prt", "parataxis", "vocative", "mark", "advcl", "xcomp",
)  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Any tree over some words that mends look at."""
    words = draw(st.lists(st.sampled_from(sorted(WORDS)), min_size=1, max_size=14))
    order = draw(st.permutations(range(len(words))))
    heads = list(range(len(words)))
    for place, i in enumerate(order[1:], 1):
        heads[i] = order[draw(st.integers(0, place - 1))]
    deps = ["ROOT" if heads[i] == i else draw(st.sampled_from(LABELS)) for i in range(len(words))]
    tags, pos = zip(*(WORDS[word] for word in words), strict=True)
    return Table([w.lower() for w in words], list(tags), list(pos), heads, deps, [w.istitle() for w in words])


@settings(max_examples=300, deadline=None)
@given(tables())
def test_a_tree_comes_out_of_any_tree(table: Table) -> None:
    mend_all(table)
    assert is_tree(table.heads)


def test_a_name_whose_clause_hangs_on_it_makes_no_ring() -> None:
    """ "Kaya, the seat of rebels, is in the hands of the army": the predicate made a part of the name."""
    words = ["kaya", ",", "with", "the", "mine", ",", "is", "in", "hands", ",", "says", "he"]
    pos = ["PROPN", "PUNCT", "ADP", "DET", "NOUN", "PUNCT", "AUX", "ADP", "NOUN", "PUNCT", "VERB", "PRON"]
    heads = [10, 0, 4, 4, 8, 4, 8, 8, 0, 0, 10, 10]
    deps = ["nsubj", "punct", "case", "det", "nsubj", "punct", "cop", "case", "nmod", "punct", "ROOT", "nsubj"]
    table = Table(words, ["X"] * 12, pos, heads, deps, [True] + [False] * 11)
    mend_all(table)
    assert is_tree(table.heads)


def test_a_mend_that_makes_a_ring_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def ring(t: Table) -> None:
        t.hang(0, 1)
        t.hang(1, 0)

    monkeypatch.setattr(mending, "MENDS", (ring,))
    table = Table(["rebels", "fled"], ["NNS", "VBD"], ["NOUN", "VERB"], [1, 1], ["nsubj", "ROOT"], [True, False])
    mend_all(table)
    assert table.heads == [1, 1]


@pytest.mark.parametrize(
    ("heads", "sound"),
    [([], True), ([0], True), ([1, 1, 1], True), ([1, 0, 2], False), ([1, 2, 1], False), ([0, 1], False)],
)
def test_what_a_tree_is(heads: list[int], sound: bool) -> None:
    assert is_tree(heads) == sound
