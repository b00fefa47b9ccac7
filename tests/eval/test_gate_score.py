"""Our own measure: what agrees in which ring, how claims are counted, and that the shared measure says the same."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from short_rows import row

import agree
import corpora
import measure
import reading
import run
import score


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ar Ruţbah", "Rutba", True),
        ("the town of Wad Madani", "Wad Madani", True),
        ("Aleppo's east", "Homs", False),
        ("Khan Shaykhun", "Khan Sheikhoun", True),
        ("Kharkiv Oblast", "Kharkiv", True),
        ("Bor", "Bol", False),
        ("east Mosul", "west Mosul", False),
        ("area east of Kidal", "area to the east of Kidal", True),
        ("areas east of Kidal", "Kidal", False),
        ("areas east of Kidal", "areas west of Kidal", False),
        ("5 km north of Sake", "area north of Sake", True),
    ],
)
def test_places_agree_by_the_sound_and_the_sense_of_their_names(one: str, other: str, same: bool) -> None:
    assert agree.same_place(row(place=one), row(place=other)) is same
    assert agree.same_place(row(place=other), row(place=one)) is same


def test_places_of_other_names_agree_where_both_have_coordinates_within_ten_kilometres() -> None:
    here, near, far = ({"lat": lat, "lon": 40.0} for lat in (35.0, 35.08, 35.1))
    assert agree.same_place(row(place="Al Mayadin", **here), row(place="Rahba", **near))
    assert not agree.same_place(row(place="Al Mayadin", **here), row(place="Rahba", **far))
    assert not agree.same_place(row(place="Al Mayadin", **here), row(place="Rahba"))


@pytest.mark.parametrize(
    ("changes", "rings"),
    [
        ({}, {"core", "strict", "dated", "grounded"}),
        ({"actor": "pmf"}, {"core", "grounded"}),
        ({"actor": "islamic-state"}, set()),
        ({"kind": "holds"}, set()),
        ({"mode": "denied"}, set()),
        ({"start": "2016-02-15", "end": "2016-02-16"}, {"core", "strict", "dated", "grounded"}),
        ({"start": None}, {"core", "strict", "grounded"}),
        ({"start": "2015-02-09", "end": "2015-02-09"}, {"core", "strict", "grounded"}),
        ({"quote": "entirely other words"}, {"core", "strict", "dated"}),
        ({"speaker": "Somebody Else"}, {"core", "strict", "dated"}),
        ({"speaker": "Gen. Ismail al-Mahlawi"}, {"core", "strict", "dated", "grounded"}),
        ({"against": None}, {"core", "strict", "dated"}),
        ({"extent": "whole"}, {"core", "strict", "dated"}),
    ],
)
def test_each_ring_looks_at_its_own_fields(changes: dict[str, object], rings: set[str]) -> None:
    fields = {
        "start": "2016-02-09",
        "end": "2016-02-09",
        "quote": "troops took Ramadi",
        "speaker": "Ismaïl Mahlawi",
        "against": "islamic-state",
        "extent": "part",
    }
    gold, read = row(**fields), row() | fields | changes
    assert {ring for ring in score.RINGS if agree.agrees(ring, gold, read)} == rings


def test_kinds_of_one_sense_agree_in_the_core_ring_alone() -> None:
    for one, other in (("contests", "besieges"), ("loses", "withdraws"), ("repels", "holds")):
        assert agree.agrees("core", row(one), row(other))
        assert not agree.agrees("strict", row(one), row(other))


def test_long_intervals_agree_where_half_of_both_is_shared() -> None:
    gold = row(start="2016-01-01", end="2016-04-30")
    assert agree.same_time(gold, row(start="2016-02-01", end="2016-05-15"))
    assert not agree.same_time(gold, row(start="2016-04-01", end="2016-12-31"))


def test_statements_count_once_and_doubtful_ones_not_at_all() -> None:
    gold = [row(), row(place="Rutba", doubtful=True), row("holds", "islamic-state", "Hit")]
    read = [row(), row(), row(place="Rutba"), row(place="Kubaysa")]
    core = score.score(gold, read)["core"]
    assert (core.right, core.extra, core.missed) == (1, 1, 1)
    assert core.precision == core.recall == core.f1 == 0.5


def test_as_many_as_can_be_are_matched() -> None:
    # The first could take either; were it to take the only one that fits the second, one would be lost.
    gold = [row(start=None, end=None), row(start="2016-02-09", end="2016-02-09")]
    read = [row(start="2016-02-09", end="2016-02-09"), row(start="2016-08-01", end="2016-08-01")]
    assert score.score(gold, read)["dated"].right == 2


def test_what_is_read_in_reports_without_a_claim_is_too_much_and_elsewhere_is_ignored() -> None:
    read = [row(), row(report="b.txt"), row(report="unread.txt")]
    core = score.score([row()], read, ["a.txt", "b.txt"])["core"]
    assert (core.right, core.extra, core.missed) == (1, 1, 0)


def test_the_interval_is_that_of_reports_drawn_anew() -> None:
    gold = [row(report=f"{n}.txt") for n in range(40)]
    mixed = score.score(gold, [row(report=f"{n}.txt") for n in range(0, 40, 2)])["core"]
    assert mixed.low < mixed.f1 < mixed.high
    assert mixed == score.score(gold, [row(report=f"{n}.txt") for n in range(0, 40, 2)])["core"]
    sure = score.score(gold, [row(report=f"{n}.txt") for n in range(40)])["core"]
    assert (sure.low, sure.f1, sure.high) == (1, 1, 1)


def test_nothing_to_compare_is_no_fault() -> None:
    assert score.score([], [])["core"].f1 == 0.0
    assert score.score([row()], [])["strict"].recall == 0.0


# -------------------------------------------------------------------------------------------- beside the shared one
needs_shared = pytest.mark.skipif(measure.shared() is None, reason="needs ../shared/score.py")


def _spoiled(rows: list[corpora.Row], seed: int) -> list[corpora.Row]:
    """Gold with a third of its lines changed in one way or another, and some doubled or dropped."""
    chance, out = random.Random(seed), []
    for given in rows:
        one = dict(given)
        change = chance.randrange(14)
        if change == 0:
            one["kind"] = chance.choice(sorted(agree.SENSE))
        elif change == 1:
            one["actor"] = chance.choice([*agree.SIDE_OF, None, "taliban"])
        elif change == 2:
            one["place"] = chance.choice(rows)["place"]
        elif change == 3 and one["end"]:
            one["end"] = (date.fromisoformat(one["end"]) + timedelta(days=chance.randrange(20))).isoformat()
        elif change == 4:
            one["place"] = one["place"].replace("i", "ee").replace("al-", "el ").replace("k", "q")
        elif change == 5:
            one["quote"] = " ".join(chance.choice(rows)["quote"].split()[:4])
        elif change == 6:
            out.append(one)
        elif change == 7:
            continue
        elif change == 8:
            one["mode"] = chance.choice(["planned", "asserted", None])
        elif change == 9:
            one["lat"], one["lon"] = 35.0 + chance.random() / 10, 40.0
        out.append(one)
    return out


def _hold_together(gold: list[corpora.Row], read: list[corpora.Row], labels: frozenset[str]) -> None:
    module = measure.shared()
    assert module is not None
    theirs, ours = module.score(gold, read, set(labels)), score.score(gold, read, labels)
    for ring in score.RINGS:
        for figure in ("precision", "recall", "f1", "low", "high"):
            assert getattr(ours[ring], figure) == pytest.approx(theirs[ring][figure], abs=0.005), (ring, figure)


@needs_shared
@pytest.mark.parametrize("corpus", corpora.CORPORA, ids=lambda c: c.name)
def test_both_measures_say_the_same_of_what_is_read(
    corpus: corpora.Corpus, read_all: dict[str, list[reading.Read]]
) -> None:
    if not corpus.present:
        pytest.skip(f"{corpus.name} is not in this checkout")
    read = [claim for one in read_all[corpus.name] for claim in one.claims]
    assert read
    _hold_together(corpus.claims, read, corpus.labels)


@needs_shared
@pytest.mark.parametrize("corpus", corpora.CORPORA, ids=lambda c: c.name)
def test_both_measures_say_the_same_of_spoiled_gold(corpus: corpora.Corpus) -> None:
    if not corpus.present:
        pytest.skip(f"{corpus.name} is not in this checkout")
    # A quarter of a large corpus is enough here: the shared measure takes its time.
    labels = frozenset(sorted(corpus.labels)[:40])
    gold = [g for g in corpus.claims if g["report"] in labels]
    spoiled = _spoiled(gold, 7)
    _hold_together(gold, spoiled, labels)
    assert 0.5 < score.score(gold, spoiled, labels)["strict"].f1 < 0.99


def test_dates_are_counted_among_what_is_right_in_the_strict_ring() -> None:
    gold = [row(start="2016-02-09", end="2016-02-09"), row(place="Bor", start="2016-02-09", end="2016-02-09")]
    read = [
        row(start="2016-02-10", end="2016-02-10"),
        row(place="Bor", start="2015-02-09", end="2015-02-09"),
        row(place="Nimule", start="2016-02-09", end="2016-02-09"),
    ]
    assert score.timed_right(gold, read) == (1, 2)


def test_the_share_of_right_dates_is_printed_for_each_corpus_and_its_held_out_fifth() -> None:
    result = run.Result("little", 5, *({ring: score.Figures(1, 0, 0) for ring in score.RINGS} for _ in "abc"), 1)
    result.timed, result.timed_held_out = (9, 10), (3, 4)
    assert "right in the strict ring: 0.900 (9 of 10); held out 0.750 (3 of 4)" in run.report(result)


def test_dates_over_the_shared_gold_are_printed_together() -> None:
    def result(name: str, timed: tuple[int, int], held: tuple[int, int]) -> run.Result:
        figures = ({ring: score.Figures(1, 0, 0) for ring in score.RINGS} for _ in "abc")
        return run.Result(name, 5, *figures, 1, timed=timed, timed_held_out=held)

    results = [result("wp", (8, 10), (1, 2)), result("examples", (1, 10), (1, 5)), result("re3d", (7, 10), (1, 2))]
    line = run.shared_timed(corpora.CORPORA, results)
    assert "(wp, re3d): 0.750 (15 of 20); held out 0.500 (2 of 4)" in line
    assert run.shared_timed(corpora.CORPORA, results[1:2]) == ""
