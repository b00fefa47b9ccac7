"""Which names are one person: chains, the latest word, what is taken back, what contradicts."""

from __future__ import annotations

from whoholds.resolve.judgements import Judgement, Verdict, canonical, conflicts


def judged(*words: str) -> list[Judgement]:
    """ "a=b", "a!b", "a?b": the same, others, left open; in this order."""
    verdicts = {"=": Verdict.SAME, "!": Verdict.OTHER, "?": Verdict.OPEN}
    return [Judgement(w[0], w[2], verdicts[w[1]], "somebody", "2020-01-01", "because") for w in words]


def test_chains_have_one_key() -> None:
    assert canonical(judged("a=b", "b=c", "d=e")) == {"a": "a", "b": "a", "c": "a", "d": "d", "e": "d"}


def test_the_longest_name_stands_for_the_person() -> None:
    one = Judgement("rasul", "yahya-rasul", Verdict.SAME, "x", "y", "z")
    assert canonical([one]) == {"rasul": "yahya-rasul", "yahya-rasul": "yahya-rasul"}


def test_the_latest_word_on_a_pair_counts() -> None:
    assert canonical(judged("a=b", "a!b")) == {}
    assert canonical(judged("a!b", "b=a")) == {"a": "a", "b": "a"}
    assert canonical(judged("a=b", "b?a")) == {}


def test_nobody_is_joined_with_whom_he_is_judged_not_to_be() -> None:
    words = judged("a!c", "a=b", "b=c")
    assert canonical(words) == {"a": "a", "b": "a"}
    assert conflicts(words) == words[2:]
    assert not conflicts(judged("a=b", "b=c"))
