"""Sentence splitting: our own cases, and figures on the raw text of the treebanks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whoholds.annotate.parse.sentences import LONGEST, split
from whoholds.model import Span

UD = Path(__file__).resolve().parents[2] / "../shared/ud"
needs_treebanks = pytest.mark.skipif(not UD.is_dir(), reason="needs the treebanks in ../shared/ud")


def sentences(text: str) -> list[str]:
    return [s.of(text) for s in split(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["Lt. Col. James Price met Brig. Gen. Omar Said.", "They agreed."],
        ["Maj. Lee and Sgt. Ruiz left St. Denis with Dr. Amin and Mr. Wells.", "Nobody stopped them."],
        ["J. F. Okello spoke for the U.N. mission in Washington, D.C. on Monday.", "He left."],
        ["The attack began at 5 p.m.", "The army fell back."],
        ["It began at 5 a.m. local time.", "It ended at 6 p.m. Sunday."],
        ["They were trained in the U.S.", "The base is closed."],
        ["U.S. Army troops and U.S. President Adams were there.", "So was the E.U. envoy."],
        ["Gen. The Htun commands them."],
        ["It fell on Jan. 5 and again on Feb. 12.", "Fighting ended in Sept.", "The town is empty."],
        ["Checkpoint No. 5 is shut.", "Was it opened?", "No.", "The police said so."],
        ["They advanced 5 km.", "The town lies 3.5 km. from the river."],
        ["Acme Inc. of Boston sold it.", "It was bought by Beta Ltd.", "The price is not known."],
        ["About 2.5 million people fled.", "On 1.1.2015 they came back."],
        ["He hesitated...", "Then he ran."],
        ["He hesitated ... and then he ran."],
        ["“We hold the town.”", "The governor left."],
        ["“We hold the town,” he said.", "(He did not say since when.)", "The end is near."],
        ["“Will they come?” Gen. Idris asked.", "“Yes!” he was told."],
        ["“The town is ours.", "Nobody will take it,” said the mayor."],
        ["What?!", "They took it."],
        ["The towns are lost: Bama, Gwoza and Baga; the rest is held."],
        ["The rebels e.g. the FSA and others (i.e. Ahrar) left.", "Gaza vs. Rafah is no match."],
        ["The army left.[3]", "The rebels came. [4]", "They stayed."],
        ["See www.example.org/a.Html?x=1 for more.", "It is free."],
        ["He said so.", "“It is true.”"],
        ["Soldiers rest in Bria (Photo: Acme/D. Yalo)."],
        ["They have a plan B.", "The army calls it that."],
        ["Prof. A. B. Diallo and Sheikh M. Nur signed.", "In 2014 it was over."],
    ],
)
def test_full_stops(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


def test_missing_blank_after_a_full_stop() -> None:
    assert sentences("They took it.The army left.") == ["They took it.", "The army left."]
    assert sentences("Node.js and example.com are names.") == ["Node.js and example.com are names."]


def test_blank_lines_headings_and_lines_without_full_stop() -> None:
    text = "REBELS TAKE TOWN\n\nBy A Reporter\nRebels took the town of Bama\nResidents fled to Maiduguri\n"
    assert sentences(text) == [
        "REBELS TAKE TOWN", "By A Reporter", "Rebels took the town of Bama", "Residents fled to Maiduguri",
    ]  # fmt: skip


def test_wrapped_lines_are_one_sentence() -> None:
    text = (
        "The ministry said on Sunday that its troops had taken the port of\n"
        "Misrata after a fight of several days. Officials of the Interior\n"
        "Ministry confirmed the report to journalists who had moved on to\n"
        "Tripoli on Monday.\n"
        "Rebels denied it."
    )
    assert [s.replace("\n", " ") for s in sentences(text)] == [
        "The ministry said on Sunday that its troops had taken the port of Misrata after a fight of several days.",
        "Officials of the Interior Ministry confirmed the report to journalists who had moved on to Tripoli on Monday.",
        "Rebels denied it.",
    ]


def test_a_line_that_cannot_end_a_sentence_goes_on() -> None:
    assert len(split("Fighters of the\nIslamic State left, said\nthe mayor of\nHit")) == 1
    assert len(split("The army left Bama,\nGwoza and Baga")) == 1


def test_bullets_are_sentences_of_their_own() -> None:
    text = "The army took:\n- Bama\n* Gwoza town\n• Baga\n1. the old bridge\n2) the port. It is shut\n(a) a hill"
    assert sentences(text) == [
        "The army took:", "- Bama", "Gwoza town", "Baga", "1. the old bridge", "2) the port.", "It is shut",
        "(a) a hill",
    ]  # fmt: skip
    assert sentences("Taken so far: • Bama • Gwoza") == ["Taken so far:", "Bama", "Gwoza"]
    assert sentences("▪️ Gao fell.\n1️⃣ Ber was shelled.") == ["Gao fell.", "Ber was shelled."]


def test_a_section_of_a_text() -> None:
    text = "Menu. Home. The army left. Rebels came. Footer."
    start, end = text.index("The army"), text.index(" Footer")
    assert split(text, start, end) == [Span(start, start + 14), Span(start + 15, end)]
    assert split(text, 3, 3) == []


def test_nothing_without_a_word() -> None:
    assert split("") == []
    assert split(" \n\n * * * \n ... \n") == []


@given(st.text(alphabet="aB1 .!?\n\"'“”()-•:;,é", max_size=300))
@settings(max_examples=200, deadline=None)
def test_spans_are_ordered_trimmed_and_lose_no_word(text: str) -> None:
    spans = split(text)
    for a, b in pairwise(spans):
        assert a.end <= b.start
    inside = [False] * len(text)
    for s in spans:
        assert s.of(text) == s.of(text).strip() != ""
        inside[s.start : s.end] = [True] * (s.end - s.start)
    assert all(inside[i] for i, c in enumerate(text) if c.isalnum())


def test_long_runs_are_cut_and_time_is_linear() -> None:
    run = "the army and the rebels " * 1000
    assert all(s.end - s.start <= LONGEST for s in split(run))
    for hostile in ("." * 100_000, "a." * 50_000, "(" * 100_000, "\n" * 100_000, "A. " * 33_000, "x" * 100_000):
        begin = time.process_time()
        split(hostile)
        assert time.process_time() - begin < 2.0


def documents(file: str, paragraphs: bool) -> Iterator[tuple[str, str, set[tuple[int, int]]]]:
    """(genre, text, sentence bounds) of the documents of a treebank. Sentences are joined by blanks, with
    `paragraphs` by a line break where the treebank has a new paragraph."""
    name, text, gold, fresh = "", "", set[tuple[int, int]](), False
    for line in (UD / file).read_text(encoding="utf-8").splitlines():
        if line.startswith("# newdoc"):
            if text:
                yield name, text, gold
            document = line.partition("=")[2].strip()
            name = document.split("_")[1] if document.startswith("GUM_") else document.split("-")[0]
            text, gold, fresh = "", set(), False
        elif line.startswith("# newpar"):
            fresh = True
        elif line.startswith("# text = "):
            text += ("\n" if fresh and paragraphs else " ") if text else ""
            gold.add((len(text), len(text) + len(line[9:].strip())))
            text, fresh = text + line[9:].strip(), False
    yield name, text, gold


def f1(file: str, genres: set[str] | None, paragraphs: bool) -> float:
    right = wanted = given = 0
    for genre, text, gold in documents(file, paragraphs):
        if genres is None or genre in genres:
            found = {(s.start, s.end) for s in split(text)}
            right, wanted, given = right + len(gold & found), wanted + len(gold), given + len(found)
    return 200 * right / (wanted + given)


@needs_treebanks
@pytest.mark.parametrize(
    ("file", "genres", "paragraphs", "floor"),
    [
        ("pud_test.conllu", None, False, 99.5),  # 99.7: news and encyclopaedia, edited
        ("ewt_test.conllu", {"weblog"}, False, 86.0),  # 86.4: flat, headings and lists run together
        ("ewt_test.conllu", {"weblog"}, True, 93.5),  # 93.8
        ("gum_open_test.conllu", {"news", "bio", "interview", "speech"}, True, 94.5),
        ("gum_open_test.conllu", None, True, 94.5),
        ("gum_open_test.conllu", None, False, 84.0),
        ("ewt_test.conllu", None, False, 61.0),  # e-mail and forum posts, flat and without full stops: not our text
    ],
)
def test_treebanks(file: str, genres: set[str] | None, paragraphs: bool, floor: float) -> None:
    assert f1(file, genres, paragraphs) >= floor
