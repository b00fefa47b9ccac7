"""Views, rival accounts, reasons, changes, copies, roll-ups and what people say, from a ledger."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from whoholds.control.selection import View, ViewError
from whoholds.errors import LedgerError
from whoholds.ledger import Ledger
from whoholds.model import Correction, Place, PlaceType, Status, Verdict, Voice, When
from whoholds.views import Question, accounts, changes, timeline, who, why
from whoholds.views.actors import country_name
from whoholds.views.copies import copy_trees
from whoholds.views.records import change_record, why_record
from whoholds.views.rollup import rollups

ARMY, IS = "gov:IRQ", "islamic-state"
GENERAL = Voice("A. General", "spokesman", side=ARMY)
AMAQ = Voice("A. Fighter", "commander", side=IS)


@pytest.fixture
def filled(ledger: Ledger, factory: Any) -> Ledger:
    wire = factory.report("IS took Ramadi on Sunday.", "agency", "2015-05-18", outlet="The Wire")
    paper = factory.report("The army took Ramadi on Tuesday.", "paper", "2016-02-12", outlet="The Paper")
    factory.store(
        ledger,
        factory.claim("gains", IS, when="2015-05-17", of=wire, quote="took Ramadi"),
        factory.claim("gains", ARMY, when="2016-02-09", published="2016-02-09", voice=GENERAL, label="army"),
        factory.claim("holds", IS, when="2016-02-10", published="2016-02-10", voice=AMAQ, label="is"),
        factory.claim("gains", ARMY, when="2016-02-09", of=paper, quote="took Ramadi"),
        factory.claim("withdraws", IS, when="2016-02-09", published="2016-02-14", voice=AMAQ, label="is later"),
    )
    return ledger


def holders(found: list[Any]) -> list[tuple[str, ...]]:
    return [state.spell.holders for state in found]


def test_a_view_listens_to_some(filled: Ledger) -> None:
    on = date(2016, 2, 12)
    assert holders(who(filled, on=on)) == [(ARMY,)]
    assert holders(who(filled, on=on, view=View.parse(f"side:{ARMY}"))) == [(ARMY,)]
    assert holders(who(filled, on=on, known=on, view=View.parse(f"side:{IS}"))) == [(IS,)]
    adverse = who(filled, on=on, view=View.parse("self-adverse"))
    assert [state.spell.status for state in adverse] == [Status.VACATED]
    heard = {e.claim.outlet for s in who(filled, on=on, view=View.parse("without:the paper")) for e in s.evidence}
    assert "The Paper" not in heard


@pytest.mark.parametrize("text", ["all", "side:gov:IRQ", "self-adverse", "side:sdf,without:The Paper,without:AFP"])
def test_a_view_is_written_as_it_is_read(text: str) -> None:
    assert str(View.parse(text)) == text


@pytest.mark.parametrize("text", ["", "none", "side:", "without:", "side:a,side:b"])
def test_a_view_that_is_none(text: str) -> None:
    with pytest.raises(ViewError, match="is not a view"):
        View.parse(text)


def test_rival_accounts_are_one_for_each_side(filled: Ledger) -> None:
    on = date(2016, 2, 12)
    found = accounts(Question(on, on), filled, "test:ramadi")
    assert [(account.side, account.state.spell.holders) for account in found] == [
        (ARMY, (ARMY,)),
        (IS, (IS,)),
        (None, (ARMY,)),
    ]


def test_the_two_clocks_are_labelled(filled: Ledger) -> None:
    (then,) = who(filled, on=date(2016, 2, 11), known=date(2016, 2, 11))
    (now,) = who(filled, on=date(2016, 2, 11))
    assert (then.question.clock, now.question.clock) == ("as known", "in hindsight")
    assert then.spell.support < now.spell.support
    course = timeline(filled, "Ramadi", on=date(2015, 12, 1))
    assert holders(list(course.states)) == [(IS,)]


def test_why_takes_each_witness_away(filled: Ledger) -> None:
    found = why(filled, "Ramadi", on=date(2016, 2, 15))
    assert found.answer == "Iraqi government forces"
    assert found.reasons[0].support <= found.reasons[-1].support
    assert found.reasons[-1].claim.actor == IS, "without what speaks against it, it is better supported"
    assert found.instead is not None
    gone = {claim.id for claim in found.shortest}
    assert gone
    record: Any = why_record(found)
    assert {*record["shortest"]} == gone
    assert record["reasons"][0]["quote"]
    assert why(filled, "Ramadi", on=date(2014, 1, 1)).state is None


def test_one_witness_of_many_carriers_is_taken_away_whole(ledger: Ledger, factory: Any) -> None:
    for number in range(4):
        factory.store(ledger, factory.claim("gains", ARMY, voice=GENERAL, label=f"paper {number}", when="2016-02-09"))
    found = why(ledger, "Ramadi")
    assert [(reason.carriers, reason.without) for reason in found.reasons] == [(4, "unknown")]
    assert len(found.shortest) == 1
    assert len({*found.gone}) == 4, "all who carry it have to go"


def test_changes_name_the_claims(filled: Ledger) -> None:
    learnt = changes(filled, date(2016, 2, 8), date(2016, 2, 14))
    assert [(c.before and c.before.spell.holders, c.after.spell.holders) for c in learnt] == [((IS,), (ARMY,))]
    assert {claim.report for claim in learnt[0].because} >= {"army", "paper"}
    assert changes(filled, date(2016, 2, 20), date(2016, 2, 27)) == []
    happened = changes(filled, date(2016, 2, 8), date(2016, 2, 9), known=date(2016, 3, 1))
    assert [c.after.spell.holders for c in happened] == [(ARMY,)]
    record: Any = change_record(learnt[0])
    assert record["before"]["holders"] == [IS]


STORY = (
    "Soldiers came over the bridge at first light and by evening Ramadi was quiet, people who live near the river said "
    "by telephone. They had seen no fighting since the night before, and the last cars had gone west along the river "
    "road with their lights out. Shops stayed closed. A baker said that he would light his oven again in the morning."
)


def test_copies_of_a_report_are_one_witness(ledger: Ledger, factory: Any) -> None:
    def claim(label: str, published: str, more: str = "") -> Any:
        of = factory.report(STORY + more, label, published, outlet=label)
        return factory.claim("gains", ARMY, when="2016-02-09", of=of, quote="by evening Ramadi was quiet")

    first = claim("agency", "2016-02-09")
    factory.store(ledger, first)
    alone = who(ledger)[0].spell.support
    factory.store(ledger, claim("paper", "2016-02-10", " More soon."), claim("site", "2016-02-10", " Stay with us."))
    assert who(ledger)[0].spell.support == alone
    (tree,) = copy_trees(ledger, "Ramadi")
    assert [(copy.report, copy.depth) for copy in tree] == [("agency", 0), ("paper", 1), ("site", 1)]
    assert copy_trees(ledger, known=date(2016, 2, 9)) == [], "nobody had copied it yet"
    assert why(ledger, "Ramadi").reasons[0].carriers == 3


def test_what_people_say_of_a_claim(filled: Ledger) -> None:
    on = date(2016, 2, 15)
    (paper,) = [claim for claim in filled.claims() if claim.report == "paper"]
    before = who(filled, on=on)[0].spell.support
    filled.correct(Correction(Verdict.WRONG, "A. Reader", date(2016, 3, 1), "another town", claim_id=paper.id))
    after = who(filled, on=on)[0]
    assert paper.id not in {evidence.claim.id for evidence in after.evidence}
    assert after.spell.support < before
    assert who(filled, on=on, known=date(2016, 2, 20))[0].spell.support == before, "it was not known to be wrong then"
    filled.correct(Correction(Verdict.RIGHT, "A. Reader", date(2016, 3, 2), claim_id=paper.id))
    assert who(filled, on=on)[0].spell.support > before
    assert paper in list(filled.claims()), "what was read is never changed"
    assert [one.verdict for one in filled.corrections()] == [Verdict.WRONG, Verdict.RIGHT]


@pytest.mark.parametrize("held", [("sdf",), ()])
def test_what_people_say_of_a_place(filled: Ledger, held: tuple[str, ...]) -> None:
    place = who(filled)[0].place
    days = When(date(2016, 2, 20), date(2016, 2, 25), "said")
    filled.correct(Correction(Verdict.STATE, "A. Reader", date(2016, 3, 1), "I was there.", None, place, held, days))
    (state,) = who(filled, on=date(2016, 2, 22))
    assert state.spell.holders == held
    assert state.spell.status is (Status.HELD if held else Status.VACATED)
    said = next(evidence.claim for evidence in state.evidence if evidence.claim.rule == Correction.RULE)
    assert "I was there." in filled.report(said.report_id).text
    assert who(filled, on=date(2016, 2, 22), known=date(2016, 2, 22))[0].spell.holders == (ARMY,)


def test_a_correction_is_about_something(filled: Ledger) -> None:
    with pytest.raises(LedgerError, match="one claim or one place"):
        filled.correct(Correction(Verdict.WRONG, "A. Reader", date(2016, 3, 1)))
    with pytest.raises(LedgerError, match="no claim nowhere"):
        filled.correct(Correction(Verdict.WRONG, "A. Reader", date(2016, 3, 1), claim_id="nowhere"))


RAMADI = Place("Ramadi", place_id="geonames:98717", lat=33.42, lon=43.31, country="IRQ", basis="gazetteer")
ANBAR = Place("Anbar province", PlaceType.PROVINCE, "province:IRQ-anbar", 33.9, 42.2, country="IRQ", basis="gazetteer")


def test_a_whole_province_is_weak_evidence_for_its_towns(ledger: Ledger, factory: Any) -> None:
    factory.store(ledger, factory.claim("contests", IS, RAMADI, "2014-01-02", published="2014-01-02"))
    whole = factory.claim("holds", ARMY, ANBAR, "2014-01-03", published="2014-01-03", extent="whole", label="whole")
    factory.store(ledger, whole)
    town = next(state for state in who(ledger) if state.place == RAMADI)
    assert town.spell.holders == (ARMY,)
    assert town.spell.support < 0.5
    assert town.evidence[0].claim == whole
    factory.store(ledger, factory.claim("holds", IS, RAMADI, "2014-01-03", published="2014-01-03", label="direct"))
    town = next(state for state in who(ledger) if state.place == RAMADI)
    assert (town.spell.holders, town.spell.disputed) == ((IS,), False)


def test_why_knows_what_is_said_of_the_whole_province(ledger: Ledger, factory: Any) -> None:
    whole = factory.claim("holds", ARMY, ANBAR, "2014-01-03", published="2014-01-03", extent="whole", label="whole")
    factory.store(ledger, factory.claim("contests", IS, RAMADI, "2014-01-02", published="2014-01-02"), whole)
    found = why(ledger, "Ramadi")
    (state,) = who(ledger, "Ramadi")
    assert found.answer == "Iraqi government forces"
    # `why` speaks of the day of the last word, `who` of the day after it.
    assert found.support == pytest.approx(state.spell.support, abs=0.002)
    assert [claim.id for claim in found.shortest] == [whole.id]
    assert found.instead == "unknown"


def test_a_rollup_counts_with_a_denominator(ledger: Ledger, factory: Any) -> None:
    hit = Place("Hit", place_id="geonames:95788", lat=33.6, lon=42.8, country="IRQ", basis="gazetteer")
    factory.store(
        ledger,
        factory.claim("gains", ARMY, RAMADI, "2016-02-09"),
        factory.claim("gains", ARMY, ANBAR, "2016-02-09"),
        factory.claim("gains", IS, hit, "2014-10-02"),
    )
    found = [rollup for rollup in rollups(who(ledger)) if rollup.division_id == "province:IRQ-anbar"]
    (anbar,) = found
    assert ((ARMY,), 1) in anbar.held
    assert anbar.known == sum(count for _, count in anbar.held)
    assert anbar.unknown > 5


def test_provinces_without_a_name_are_counted_as_the_rest_of_their_country(ledger: Ledger, factory: Any) -> None:
    """The gazetteer has codes alone for those of Croatia."""
    towns = {"Vukovar": "geonames:3187047", "Knin": "geonames:3197986"}
    for name, place_id in towns.items():
        place = Place(name, place_id=place_id, lat=45.0, lon=17.0, country="HRV", basis="gazetteer")
        factory.store(ledger, factory.claim("gains", "gov:HRV", place, "1995-08-05", label=name))
    hit = Place("Hit", place_id="geonames:95788", lat=33.6, lon=42.8, country="IRQ", basis="gazetteer")
    colombo = Place("Colombo", place_id="geonames:1248991", lat=6.9, lon=79.8, country="LKA", basis="gazetteer")
    factory.store(ledger, factory.claim("gains", IS, hit, "2014-10-02"), factory.claim("holds", "ltte", colombo))
    found = rollups(who(ledger))
    assert [one.country for one in found] == ["HRV", "IRQ", "LKA"], "by the names of the countries: Sri Lanka is last"
    rest = found[0]
    assert (rest.division, rest.division_id, rest.known) == (None, None, 2)
    assert rest.unknown > 5


def test_a_country_without_actors_has_a_name() -> None:
    assert country_name("FLK") == "Falkland Islands (Malvinas)"


def test_districts_are_counted_in_their_province_and_not_as_towns(ledger: Ledger, factory: Any) -> None:
    there = {"lat": 35.9, "lon": 68.5, "country": "AFG", "basis": "gazetteer"}
    district = Place("Dahana-i-Ghori", PlaceType.DISTRICT, "supplement:dahana-i-ghori", **there)
    other = Place("Pul-e Hesar", PlaceType.DISTRICT, "supplement:pul-e-hesar", **there)
    factory.store(
        ledger,
        factory.claim("gains", "taliban", district, "2015-09-01", published="2015-09-02"),
        factory.claim("loses", "taliban", other, "2020-08-01", published="2020-08-02", label="other"),
    )
    (baghlan,) = rollups(who(ledger))
    assert (baghlan.division_id, baghlan.country) == ("province:AFG-baghlan-province", "AFG")
    assert baghlan.districts == ((("taliban",), 1),)
    assert (baghlan.districts_known, baghlan.held, baghlan.known) == (1, (), 0)
    assert baghlan.districts_unknown >= 2, "one lost to nobody named, and one that nothing is said of"
    assert baghlan.unknown > 3, "its towns are all unknown: what holds of a district holds of no town"
