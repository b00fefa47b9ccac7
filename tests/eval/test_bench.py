"""The benchmark's clocks and feeds."""

from __future__ import annotations

import importlib.util
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

from whoholds.model import Report
from whoholds.pipeline import Reader

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
sys.path.append(str(BENCHMARKS))  # behind eval/, which has a run.py too

import feeds  # noqa: E402
import stages  # noqa: E402


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    """benchmarks/run.py; eval/ has a run.py of its own."""
    spec = importlib.util.spec_from_file_location("bench_run", BENCHMARKS / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_run"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("target", [t for targets in stages.STAGES.values() for t in targets])
def test_every_stage_begins_where_the_table_says(target: str) -> None:
    owner, name = stages.find(target)
    assert callable(getattr(owner, name))


def test_a_function_that_is_gone_is_named() -> None:
    with pytest.raises(LookupError, match="nonesuch"):
        stages.find("whoholds.model:Report.nonesuch")


def test_a_stage_is_not_charged_for_the_stages_it_calls() -> None:
    clocks = stages.Clocks()

    def burn(seconds: float) -> None:
        until = time.process_time() + seconds
        while time.process_time() < until:
            pass

    inner = clocks.put_round("inner", lambda: burn(0.06))

    def outer_work() -> None:
        burn(0.02)
        inner()
        burn(0.02)

    clocks.put_round("outer", outer_work)()
    assert clocks.seconds["inner"] >= 0.06
    assert 0.04 <= clocks.seconds["outer"] < clocks.seconds["inner"]
    assert clocks.entered == {"inner": 1, "outer": 1}


def test_clocks_change_nothing_and_are_taken_out_again() -> None:
    before = [getattr(*stages.find(t)) for targets in stages.STAGES.values() for t in targets]
    report = feeds.invented(2)
    reader = Reader()
    plain = reader.read(report)
    with stages.clocked() as clocks:
        assert reader.read(report).claims == plain.claims
    assert plain.claims
    assert {"parse", "names", "places", "frames", "dating", "resolve"} <= set(clocks.entered)
    assert before == [getattr(*stages.find(t)) for targets in stages.STAGES.values() for t in targets]


def test_the_mixed_feed_is_the_same_each_time_and_one_in_twenty_is_of_a_war() -> None:
    feed = list(feeds.mixed(60))
    assert [r.id for r in feed] == [r.id for r in feeds.mixed(60)]
    assert len([r for r in feed if not r.label.startswith("ordinary")]) == 3
    assert len({r.id for r in feed}) == 60


def test_an_invented_article_has_the_length_that_is_asked_for() -> None:
    assert 10_000 <= len(feeds.invented(10).text) < 11_000
    assert feeds.invented(10).id == feeds.invented(10).id


def test_the_figures_are_rates_and_ratios(bench: ModuleType) -> None:
    found = bench.Bench("x", reports=10, kilobytes=50.0, read_s=2.0, parser_s=1.0)
    assert found.rates == {"reports_a_second": 5.0, "kilobytes_a_second": 25.0, "read_over_parser": 2.0}
    assert "5.0 reports and 25 kB a second; read / parser 2.00" in bench.shown(found)
    assert bench._long_over_short([(100, 1.0), (100, 1.0), (1000, 10.0), (2000, 40.0)]) == pytest.approx(2.0)


def test_a_report_that_breaks_the_reader_is_counted(bench: ModuleType) -> None:
    class Broken:
        def read(self, report: Report) -> object:
            raise ValueError(report.label)

    found = bench.Bench("x")
    size, _ = bench._read(Broken(), Report("a", "text"), found)
    assert (size, found.failed) == (4, 1)


def test_ordinary_news_gives_next_to_no_claims() -> None:
    reader = Reader()
    ordinary = [r for r in feeds.mixed(60) if r.label.startswith("ordinary")]
    assert sum(len(reader.read(r).claims) for r in ordinary) <= len(ordinary) // 10
