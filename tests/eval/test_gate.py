"""The gate: the reader is not worse than it was, on the same texts; and the gate itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from short_rows import row

import corpora
import gate
import reading
import run
import score
from errors import find_errors, show
from measure import measure
from whoholds.model import Report, Role, Section, Span
from whoholds.sources import reports

ENOUGH_FOR_TWO = 16
"""Reports from which on `read_corpora` reads with two processes."""


# ------------------------------------------------------------------------------------------------------ the figures
@pytest.mark.parametrize("corpus", corpora.CORPORA, ids=lambda c: c.name)
def test_the_reader_is_not_worse_than_its_floors(
    corpus: corpora.Corpus, read_all: dict[str, list[reading.Read]]
) -> None:
    if not corpus.present:
        assert corpus.name != "examples", "the gold that is ours is part of every checkout"
        pytest.skip(f"{corpus.gold.name} and its texts are in ../shared, which is absent here")
    floors = gate.load(gate.FLOORS)
    assert reading.failures(read_all[corpus.name]) == []
    assert gate.changed(corpus, floors) == [], "the texts or their gold changed; see eval/gate.py --accept"
    read = [claim for one in read_all[corpus.name] for claim in one.claims]
    measured = {ring: f.f1 for ring, f in measure(corpus.claims, read, corpus.labels).items()}
    assert gate.below(corpus.name, measured, floors) == []


def test_of_what_is_read_right_in_the_shared_gold_the_dates_are_right(read_all: dict[str, list[reading.Read]]) -> None:
    shared = [c for c in corpora.chosen() if c.gold.is_relative_to(corpora.SHARED)]
    if not shared:
        pytest.skip("the gold of ../shared is absent here")
    counts = [
        score.timed_right(c.claims, [claim for one in read_all[c.name] for claim in one.claims], c.labels)
        for c in shared
    ]
    right, among = (sum(part) for part in zip(*counts, strict=True))
    assert right >= 0.93 * among


def test_every_corpus_has_floors() -> None:
    floors = gate.load(gate.FLOORS)
    assert set(floors) == {c.name for c in corpora.CORPORA}
    for entry in floors.values():
        assert "core" in entry["f1"]
        assert set(entry["f1"]) <= set(score.RINGS)
        assert all(0 < floor < 1 for floor in entry["f1"].values())


def test_every_report_of_a_corpus_is_found(read_all: dict[str, list[reading.Read]]) -> None:
    for corpus in corpora.chosen():
        assert sorted(one.report.label for one in read_all[corpus.name]) == sorted(corpus.labels), corpus.name
        assert {claim["report"] for claim in corpus.claims} <= corpus.labels


# --------------------------------------------------------------------------------------------------------- the gate
@pytest.fixture
def little(tmp_path: Path) -> corpora.Corpus:
    """A corpus of two reports in one folder."""
    texts = tmp_path / "texts"
    texts.mkdir()
    for name in ("a.txt", "b.txt"):
        (texts / name).write_text(f"Report {name}.", encoding="utf-8")
    gold = tmp_path / "little.jsonl"
    gold.write_text(json.dumps(row()) + "\n", encoding="utf-8")
    gold.with_suffix(".reports.txt").write_text("a.txt\nb.txt\n", encoding="utf-8")
    return corpora.Corpus("little", gold, texts)


def test_a_figure_below_its_floor_is_a_fault() -> None:
    floors = {"x": {"f1": {"core": 0.5, "strict": 0.4}}}
    assert gate.below("x", {"core": 0.5, "strict": 0.41}, floors) == []
    (fault,) = gate.below("x", {"core": 0.4999, "strict": 0.41}, floors)
    assert "core" in fault
    assert "0.4999" in fault
    assert gate.below("x", {"core": 0.9}, floors) == ["x: strict was not measured"]


def test_floors_are_lifted_and_never_lowered() -> None:
    floors = {"x": {"f1": {"core": 0.5, "strict": 0.4}}, "y": {"f1": {"core": 0.9}}}
    lifted = gate.lifted("x", {"core": 0.6004, "strict": 0.39, "dated": 0.3}, floors)
    assert lifted == {"x": {"f1": {"core": 0.595, "strict": 0.4}}, "y": {"f1": {"core": 0.9}}}
    assert gate.lifted("x", {"core": 0.503, "strict": 0.403}, floors) == floors


def test_other_texts_or_other_gold_are_noticed(little: corpora.Corpus) -> None:
    floors = {"little": {"sha256": little.hashes(), "f1": {}}}
    assert gate.changed(little, floors) == []
    (little.inputs / "README.md").write_text("notes", encoding="utf-8")
    assert gate.changed(little, floors) == []
    (little.inputs / "b.txt").rename(little.inputs / "c.txt")
    assert gate.changed(little, floors) == ["inputs"]
    little.gold.write_text("", encoding="utf-8")
    assert gate.changed(little, floors) == ["gold", "inputs"]
    assert gate.changed(little, {}) == ["gold", "inputs", "reports"]


@pytest.fixture
def measured(little: corpora.Corpus, monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """The gate with the little corpus alone and figures that a test sets."""
    its = dict.fromkeys(score.RINGS, 0.6)
    monkeypatch.setattr(gate, "chosen", lambda names=(): [little])  # noqa: ARG005
    monkeypatch.setattr(gate, "apart", list)
    monkeypatch.setattr(gate, "CORPORA", [little])
    monkeypatch.setattr(gate, "figures", lambda given: ({c.name: its for c in given}, []))
    return its


def test_the_command_fails_below_a_floor_and_on_other_texts(
    little: corpora.Corpus, measured: dict[str, float], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "floors.json"
    gate.save({"little": {"sha256": little.hashes(), "f1": {"core": 0.5}}}, path)
    assert gate.main([], path) == 0
    measured["core"] = 0.4
    assert gate.main(["--raise"], path) == 1
    assert "core F1 is 0.4" in capsys.readouterr().err
    measured["core"] = 0.6
    (little.inputs / "a.txt").write_text("another text", encoding="utf-8")
    assert gate.main(["--raise"], path) == 1
    assert gate.load(path)["little"]["f1"] == {"core": 0.5}, "floors are lifted on known texts only"
    assert gate.main(["--accept", "little"], path) == 0
    assert gate.main(["--raise"], path) == 0
    assert gate.load(path)["little"]["f1"] == {"core": 0.595}


# -------------------------------------------------------------------------------------------------------- the report
def test_one_process_reads_what_two_do() -> None:
    (examples,) = corpora.chosen(["examples"])
    few = corpora.Corpus("examples", examples.gold, examples.inputs)
    few.__dict__["labels"] = frozenset(sorted(examples.labels)[:ENOUGH_FOR_TWO])
    alone, both = (reading.read_corpora([few], processes=n) for n in (1, 2))
    assert [(one.report.label, one.claims) for one in alone] == [(one.report.label, one.claims) for one in both]
    assert len(alone) == ENOUGH_FOR_TWO


def _one_read(label: str, claims: list[corpora.Row]) -> reading.Read:
    text = "Iraqi troops took Ramadi. The rebels hold Rutba. Hit was lost. | Haditha fell."
    sections = (Section(Span(0, 63), Role.BODY), Section(Span(66, len(text)), Role.FURNITURE))
    placed = []
    for claim in claims:
        start = text.index(claim["quote"])
        placed.append({**claim, "report": label, "quote_start": start, "quote_end": start + len(claim["quote"])})
    return reading.Read("x", Report(label, text, sections), tuple(placed), 0.5, ((51, 63, "lose"),))


def test_errors_are_put_down_to_the_stage_that_failed() -> None:
    label = next(f"{n}.txt" for n in range(99) if not corpora.is_held_out(f"{n}.txt"))
    took, hold = "Iraqi troops took Ramadi", "The rebels hold Rutba"
    gold = [
        row(quote=took),
        row("holds", "rebels:IRQ", "Rutba", quote=hold),
        row("loses", "islamic-state", "Hit", quote="Hit was lost"),
        row(place="Haditha", quote="Haditha fell"),
        row("holds", "rebels:IRQ", "Anah", quote="nowhere in the text"),
    ]
    gold = [{**g, "report": label} for g in gold]
    read = [
        row(quote=took, rule="take"),
        row("holds", "rebels:IRQ", "Rawa", quote=hold, mode="denied", rule="control"),
    ]
    found = find_errors(gold, [_one_read(label, read)])
    assert {m.gold["place"]: m.stage for m in found.missed} == {
        "Rutba": "place+mode",
        "Hit": "no claim",
        "Haditha": "layout",
        "Anah": "layout",
    }
    assert [(e.read["place"], e.why) for e in found.extra] == [("Rawa", "place+mode")]
    assert found.right == {"take": 1}
    shown = show(found, "x", 2)
    assert "control" in shown
    assert hold in shown


def test_the_errors_of_held_out_reports_are_never_listed() -> None:
    held = [f"{n}.txt" for n in range(100) if corpora.is_held_out(f"{n}.txt")]
    assert 10 <= len(held) <= 30
    gold = [row(quote="Hit was lost", report=label) for label in held]
    found = find_errors(gold, [_one_read(label, [row("holds", quote="took Ramadi", rule="x")]) for label in held])
    assert (found.missed, found.extra) == ([], [])


def test_the_unseen_corpus_is_held_out_whole_and_stands_apart() -> None:
    unseen, retold = corpora.chosen(["retold", "unseen"])[::-1]
    assert len(unseen.labels) == 40
    assert all(map(corpora.is_held_out, unseen.labels))
    assert not any(map(corpora.is_held_out, retold.labels))
    assert not {"retold", "unseen", "fresh", "varied", "scraped"} & {c.name for c in corpora.chosen()}
    assert {c.name for c in corpora.apart()} == {"retold", "unseen", "fresh", "varied", "scraped"}
    fresh = corpora.chosen(["fresh"])[0]
    assert len(fresh.labels) == 20
    assert all(map(corpora.is_held_out, fresh.labels))


@pytest.mark.parametrize("name", ["retold", "unseen", "fresh"])
def test_every_quote_of_the_pages_told_anew_stands_in_its_report(name: str) -> None:
    (corpus,) = corpora.chosen([name])
    texts = {report.label: report.text for report in reports([str(corpus.inputs)], print)}
    assert set(texts) == corpus.labels
    assert not [g["quote"] for g in corpus.claims if g["quote"] not in texts[g["report"]]]


def test_the_held_out_fifth_is_measured_beside_the_rest() -> None:
    labels = [f"{n}.txt" for n in range(50)]
    gold = [row(report=label) for label in labels]
    read = [_one_read(label, [row(quote="took Ramadi")] if corpora.is_held_out(label) else []) for label in labels]
    result = run.evaluate("x", gold, labels, read, shared=False)
    held = sum(map(corpora.is_held_out, labels))
    assert result.held_out_reports == held
    assert (result.held_out["core"].f1, result.rest["core"].f1) == (1.0, 0.0)
    assert result.rings["core"].right == held
    assert result.kinds["gains"].recall == pytest.approx(held / 50)
    assert result.reports_a_second == 2.0
    assert "held out 1.000, rest 0.000" in run.report(result)
    assert json.loads(json.dumps(run.as_record(result)))["rings"]["core"]["right"] == held


def test_claims_in_reports_without_a_claim_are_counted() -> None:
    read = [_one_read("b.txt", [row(quote="took Ramadi"), row("holds", mode="possible", quote="Rutba")])]
    result = run.evaluate("x", [row()], ["a.txt", "b.txt"], read, shared=False)
    assert (result.empty_reports, result.claims_in_empty) == (1, 1)


def test_a_report_that_breaks_the_reader_costs_only_its_own_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def read(self, report: Report) -> object:
            return {}[report.label]

    monkeypatch.setattr(reading, "reader", Broken)
    one = reading.read_one(("x", Report("a.txt", "Some text."), False))
    assert one.claims == ()
    (line,) = reading.failures([one])
    assert "a.txt: KeyError: 'a.txt'" in line


def test_a_report_that_ends_the_process_costs_only_its_own_claims() -> None:
    """As it would in the product's pool: the run goes on, and says which report it was."""
    task = ("x", Report("a.txt", "Some text."), False)
    (line,) = reading.failures([reading._TASK.lost(task, "crashed", -11)])
    assert line == "x: the reader failed on a.txt: the process crashed (exit code -11)"


def test_an_unknown_corpus_is_refused() -> None:
    with pytest.raises(ValueError, match="no corpus nonesuch"):
        corpora.chosen(["nonesuch"])
