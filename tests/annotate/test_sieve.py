"""What the sieve lets through to the parser, and what it leaves out."""

from __future__ import annotations

import pytest

from whoholds.annotate.lexicon.lexicon import Lexicon
from whoholds.annotate.sieve import ENOUGH, SHORT, Sieve, needed
from whoholds.model import Report, Role, Section, Span
from whoholds.pipeline import Reader
from whoholds.sources import lay_out

FILLER = "The market opened at eight and the trams were full of people who had come for the fair. "
SPORT = (
    "Leeds captured the title in Porto after a long battle with injuries. The striker's attack on the referee cost "
    "him the cup, and the coach took control of the dressing room. "
)
CRIME = (
    "Police in Malaga arrested two men on Monday. Officers entered a flat near the station and seized forty kilos of "
    "hashish. The court will hear them on Friday, a spokeswoman said. "
)
WAR = "Rebels took Bossangoa on Monday and the army withdrew to Bouca. "


@pytest.fixture(scope="module")
def sieve() -> Sieve:
    return Sieve(Lexicon.load())


def report(text: str) -> Report:
    return Report("r", text, lay_out(text))


@pytest.mark.parametrize("text", [SPORT, CRIME, "Shares rose by 4 percent. The chancellor fought for her budget. "])
def test_ordinary_news_is_left_out(sieve: Sieve, text: str) -> None:
    assert not sieve.may_carry(report(text + FILLER * 20))


@pytest.mark.parametrize(
    "text",
    [
        WAR,
        "The Taliban hold Ghazni, and M23 is in Goma. ",
        "Ukraine's forces regained Lyman after heavy fighting, and Russia withdrew from the whole bank in October. ",
        "The town fell after a battle of nine days; the defenders surrendered and were led away by the invaders. ",
    ],
)
def test_one_sentence_of_war_in_a_long_report_is_enough(sieve: Sieve, text: str) -> None:
    assert sieve.may_carry(report(FILLER * 10 + text + FILLER * 10))


def test_a_short_report_is_always_read(sieve: Sieve) -> None:
    assert sieve.may_carry(report("Kyiv takes Kupiansk."))
    assert needed(SHORT) == 0
    assert needed(SHORT + 1) > 0
    assert needed(10**6) == ENOUGH


def test_words_of_the_page_around_the_report_do_not_count(sieve: Sieve) -> None:
    text = FILLER * 10 + "\n\n" + WAR * 5
    end = text.index("\n\n")
    sections = (Section(Span(0, end), Role.BODY), Section(Span(end + 2, len(text)), Role.FURNITURE))
    assert not sieve.may_carry(Report("r", text, sections))


def test_a_name_counts_as_words_of_its_own(sieve: Sieve) -> None:
    assert sieve.points("Boko Haram was there.") >= 3
    assert sieve.points("Bokos Haramia was there.") == 0
    assert sieve.points("the hamas of yore") == sieve.points("Hamas")


def test_what_is_left_out_is_dated_and_without_claims_and_can_be_read_all_the_same() -> None:
    ordinary = report("LEEDS, 3 May 2021\n\n" + SPORT + FILLER * 20)
    left = Reader().read(ordinary)
    assert not left.claims
    assert not left.mentions
    assert left.report.published is not None
    full = Reader(sift=False).read(ordinary)
    assert full.report == left.report
    assert full.mentions
