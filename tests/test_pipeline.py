"""The stages put together: what a reading carries, and what happens when one report breaks the reader."""

from __future__ import annotations

from typing import Any

import pytest

import whoholds.annotate.document
from whoholds import Reader, Report
from whoholds.errors import WeightsError
from whoholds.model import Role, Section, Severity, Span

TEXT = "Iraqi troops captured the town of Hit on 14 April 2016. ISIS fighters fled to Rutba."


def report(text: str = TEXT, label: str = "page.txt", **fields: Any) -> Report:
    return Report(label, text, (Section(Span(0, len(text)), Role.BODY),), source=f"in/{label}", **fields)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def test_a_reading_names_the_version_that_made_it(reader: Reader) -> None:
    reading = reader.read(report())
    assert reading.claims
    assert reading.made_by == reader.made_by != ""
    assert {claim.made_by for claim in reading.claims} == {reading.made_by}
    foreign = reader.read(report("La ciudad fue tomada.", lang="es"))
    assert (foreign.claims, foreign.made_by) == ((), reader.made_by)


def test_one_report_that_breaks_the_reader_costs_no_other(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Reader.read

    def read(self: Reader, one: Report) -> Any:
        if one.label == "bad.txt":
            raise ZeroDivisionError("a fault of ours")
        return real(self, one)

    monkeypatch.setattr(Reader, "read", read)
    first, second, third = reader.read_many([report(), report(label="bad.txt"), report(label="c.txt")])
    assert first.claims
    assert third.claims
    (issue,) = second.issues
    assert (issue.code, issue.severity, issue.source) == ("reader-failed", Severity.ERROR, "in/bad.txt")
    assert "ZeroDivisionError" in issue.message
    assert "a fault of ours" in issue.message


def test_a_missing_part_of_the_reader_is_no_fault_of_a_report(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_self: Reader, _report: Report) -> Any:
        raise WeightsError("the weights are damaged")

    monkeypatch.setattr(Reader, "read", broken)
    with pytest.raises(WeightsError):
        list(Reader().read_many([report()]))


def test_what_is_not_read_of_a_very_long_report_is_said(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not [issue for issue in reader.read(report()).issues if issue.code == "cut-short"]
    monkeypatch.setattr(whoholds.annotate.document, "MAX_SENTENCES", 1)
    (issue,) = [issue for issue in reader.read(report()).issues if issue.code == "cut-short"]
    assert issue.message.startswith("only its first 1 sentences are read")
    assert issue.place == "offset 55"


def test_nothing_is_cut_off_a_report_without_a_sentence(reader: Reader) -> None:
    assert not [issue for issue in reader.read(report("[]")).issues if issue.code == "cut-short"]
