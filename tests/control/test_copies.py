"""Near copies: found by their words, never by what they mean."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from whoholds.control.copies import roots, trees
from whoholds.model import Report, Role, Section, Span
from whoholds.resolve.signatures import BYTES, signature

STORY = (
    "Fighters of the coalition entered the market town of Sarmin before dawn on Tuesday, residents and two local "
    "officials said, after the garrison had left along the road to the north. By noon their flag was over the council "
    "building and the bakery had opened again. The ministry did not answer questions. It was the fourth time in two "
    "years that the town changed hands, and shopkeepers said they expected it would not be the last. Trucks with "
    "furniture stood at the southern entrance, where men at a new checkpoint looked at papers and waved them through."
)


def report(text: str, *, title: str = "") -> Report:
    head = Section(Span(0, len(title)), Role.TITLE)
    body = Section(Span(len(title), len(title) + len(text)), Role.BODY)
    return Report("r", title + text, (head, body) if title else (body,))


def test_a_copy_with_another_title_and_a_cut_end_is_found() -> None:
    words = STORY.split()
    texts = {
        "agency": report(STORY),
        "paper": report(STORY, title="Town falls again. "),
        "cut": report(" ".join(words[: int(len(words) * 0.85)])),
        "other": report(" ".join(reversed(words))),
    }
    found = {name: data for name, one in texts.items() if (data := signature(one))}
    assert {len(data) for data in found.values()} == {BYTES}
    days = {"agency": date(2020, 5, 5), "paper": date(2020, 5, 6), "cut": date(2020, 5, 7), "other": date(2020, 5, 5)}
    (tree,) = trees(found, days)
    assert [copy.report_id for copy in tree] == ["agency", "paper", "cut"]
    assert [copy.depth for copy in tree] == [0, 1, 1]
    assert tree[1].likeness == 1
    assert roots([tree]) == dict.fromkeys(["agency", "paper", "cut"], "agency")
    mixed = list(found.items())
    random.Random(1).shuffle(mixed)
    assert trees(dict(mixed), days) == [tree]


def test_a_copy_of_a_copy_hangs_on_what_it_is_most_alike() -> None:
    words = STORY.split()
    first, second = " ".join(words[:80]), " ".join([*words[:62], "Reporting from the capital added nothing new."])
    third = second + " A spokesman could not be reached on Wednesday."
    found = {name: signature(report(text)) or b"" for name, text in (("a", first), ("b", second), ("c", third))}
    (tree,) = trees(found, {"a": date(2020, 5, 5), "b": date(2020, 5, 6), "c": date(2020, 5, 7)})
    assert [(copy.report_id, copy.parent, copy.depth) for copy in tree] == [
        ("a", None, 0),
        ("b", "a", 1),
        ("c", "b", 2),
    ]


def test_opposite_news_in_like_words_is_no_copy() -> None:
    one = signature(report(STORY.replace("coalition", "army")))
    other = signature(report("The army said on Sunday that it had lost the town. " + " ".join(sorted(STORY.split()))))
    assert trees({"a": one or b"", "b": other or b""}, {}) == []


def test_a_few_words_have_no_signature() -> None:
    assert signature(report("The army took Sarmin.")) is None


def test_very_many_copies_are_one_tree(factory: Any) -> None:
    del factory
    data = signature(report(STORY)) or b""
    (tree,) = trees({f"r{n:03d}": data for n in range(200)}, {})
    assert len(tree) == 200
    assert tree[0].report_id == "r000"
