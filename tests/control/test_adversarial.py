"""What wars do to a record: boasts and copies, both sides at once, towns that change hands twice, silence, lateness."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from whoholds.control import spells
from whoholds.model import Claim, Place, PlaceType, Spell, Status, Voice

ARMY, REBELS = "gov:MLI", "jnim"
TOWN = "Douentza"


def on(claims: list[Claim], day: str, place: str | None = None, **asked: Any) -> Spell:
    """The one answer for a day, as a claim of that day is in hindsight."""
    found = spells(claims, on=date.fromisoformat(day), **asked)
    (spell,) = [spell for spell in found if place in (None, spell.place.name)]
    return spell


def general(number: int = 0) -> Voice:
    return Voice(f"Gen. Moussa Traore {number or ''}".strip(), "army spokesman", side=ARMY)


def day(first: str, after: int) -> str:
    return str(date.fromisoformat(first) + timedelta(days=after))


def test_forty_copies_of_one_boast_against_two_neutral_denials(factory: Any) -> None:
    held = factory.claim("holds", REBELS, TOWN, "2013-01-02", published="2013-01-02", label="agency.txt")
    boasts = [
        factory.claim(
            "gains", ARMY, TOWN, "2013-01-10", published=("2013-01-10"), voice=general(), label=f"paper{n}.txt"
        )
        for n in range(40)
    ]
    denials = [
        factory.claim(
            "gains",
            ARMY,
            TOWN,
            "2013-01-11",
            published="2013-01-11",
            mode="denied",
            voice=Voice(name, role),
            label=f"{name}.txt",
        )
        for name, role in (("A. Cisse", "teacher"), ("B. Maiga", "trader"))
    ]
    spell = on([held, *boasts, *denials], "2013-01-12")
    assert spell.holders == (REBELS,)
    assert spell.disputed
    assert {*spell.claims_against} >= {claim.id for claim in boasts}, "nothing that was said is hidden"
    one = on([held, boasts[0], *denials], "2013-01-12")
    assert one.support == spell.support, "forty carriers of one word weigh what the word weighs"


def test_both_sides_boast_of_one_town_on_one_day(factory: Any) -> None:
    rebel = Voice("Abou Dardar", "rebel commander", side=REBELS)
    spell = on(
        [
            factory.claim("gains", ARMY, TOWN, "2013-01-10", published="2013-01-10", voice=general(), label="a"),
            factory.claim("gains", REBELS, TOWN, "2013-01-10", published="2013-01-10", voice=rebel, label="b"),
        ],
        "2013-01-10",
    )
    assert spell.disputed
    assert spell.support < 0.8
    assert {spell.holders, *(rival.holders for rival in spell.rivals)} == {(ARMY,), (REBELS,)}


def test_lost_and_retaken_twice_in_a_week(factory: Any) -> None:
    days = [("2013-01-07", REBELS), ("2013-01-09", ARMY), ("2013-01-11", REBELS), ("2013-01-13", ARMY)]
    claims = [
        factory.claim("gains", who, TOWN, when, published=day(when, 1), label=f"{when}{n}")
        for when, who in days
        for n in range(2)
    ]
    assert [(str(spell.start), *spell.holders) for spell in spells(claims)] == days


def test_left_on_one_day_and_back_on_the_next(factory: Any) -> None:
    claims = [
        factory.claim("holds", REBELS, TOWN, "2013-03-01", published="2013-03-01"),
        factory.claim("withdraws", REBELS, TOWN, "2013-03-13", published="2013-03-13"),
        factory.claim("gains", REBELS, TOWN, "2013-03-14", published="2013-03-14"),
    ]
    assert [spell.status for spell in spells(claims)] == [Status.HELD, Status.VACATED, Status.HELD]
    assert on(claims, "2013-03-13").status is Status.VACATED
    assert on(claims, "2013-03-14").holders == (REBELS,)


def test_a_district_is_not_its_centre(factory: Any) -> None:
    centre = Place(TOWN, place_id="t:town", country="MLI")
    district = Place(f"{TOWN} district", PlaceType.DISTRICT, "t:district", country="MLI")
    claims = [
        factory.claim("holds", ARMY, centre, "2013-03-01", published="2013-03-01"),
        factory.claim("gains", REBELS, district, "2013-03-05", published="2013-03-05"),
    ]
    assert on(claims, "2013-03-06", TOWN).holders == (ARMY,)
    assert on(claims, "2013-03-06", f"{TOWN} district").holders == (REBELS,)
    back = [claims[1], factory.claim("gains", ARMY, centre, "2013-03-09", published="2013-03-09")]
    assert on(back, "2013-03-10", f"{TOWN} district").holders == (REBELS,)


def test_a_withdrawal_that_nobody_fills(factory: Any) -> None:
    mayor = Voice("S. Ongoiba", "mayor")
    claims = [
        factory.claim("gains", REBELS, TOWN, "2012-09-01", published="2012-09-02"),
        factory.claim("withdraws", REBELS, TOWN, "2013-01-16", published="2013-01-16", voice=mayor, against=ARMY),
        factory.claim("contests", ARMY, TOWN, "2013-01-18", published="2013-01-18"),
    ]
    for when in ("2013-01-16", "2013-01-20", "2013-03-01"):
        spell = on(claims, when)
        assert (spell.status, spell.holders) == (Status.VACATED, ())


def test_a_report_that_arrives_a_month_late(factory: Any) -> None:
    now = factory.claim("gains", ARMY, TOWN, "2013-01-21", published="2013-01-21")
    late = factory.claim("gains", REBELS, TOWN, "2012-12-20", published="2013-02-20")
    claims = [now, late]
    assert on(claims, "2013-02-21").holders == (ARMY,), "old news moves nothing today"
    assert on(claims, "2013-01-10").holders == (REBELS,), "in hindsight it fills the gap"
    assert spells(claims, on=date(2013, 1, 10), known=date(2013, 2, 1)) == [], "as known, it was not known"
    assert on(claims, "2013-01-25", known=date(2013, 2, 1)) == on([now], "2013-01-25")


def test_a_siege_that_lasts_a_year(factory: Any) -> None:
    siege = factory.claim("besieges", REBELS, TOWN, ("2012-02-01", "2013-02-01"), published="2013-02-01")
    claims = [factory.claim("holds", ARMY, TOWN, "2012-02-01", published="2012-02-01"), siege]
    spell = on(claims, "2013-01-31")
    assert spell.fighting
    assert REBELS not in spell.holders, "who surrounds a town does not have it"
    assert all(rival.holders != (REBELS,) for rival in spell.rivals)
    again = factory.claim("holds", ARMY, TOWN, "2013-01-15", published="2013-01-15", label="visit")
    assert on([*claims, again], "2013-01-31").holders == (ARMY,)
    calm = on([claims[0]], "2013-01-31")
    assert spell.support < calm.support, "under siege a year of silence says less"


@pytest.mark.parametrize("kind", ["gains", "holds", "clears"])
def test_a_part_does_not_move_the_whole(factory: Any, kind: str) -> None:
    claims = [
        factory.claim("holds", ARMY, TOWN, "2013-01-02", published="2013-01-02"),
        *(
            factory.claim(kind, REBELS, TOWN, "2013-01-10", published="2013-01-10", extent="part", label=str(n))
            for n in range(5)
        ),
    ]
    spell = on(claims, "2013-01-11")
    assert (spell.holders, spell.divided) == ((ARMY,), True)
    assert spell.rivals == ()


def test_two_sides_hold_it_jointly(factory: Any) -> None:
    words = {"of": factory.report("Government troops and the MNLA together hold Kidal.", published="2013-07-05")}
    words |= {"quote": "Government troops and the MNLA together hold Kidal", "when": "2013-07-05"}
    both = [
        factory.claim("holds", ARMY, "Kidal", jointly_with=("mnla",), **words),
        factory.claim("holds", "mnla", "Kidal", jointly_with=(ARMY,), **words),
    ]
    spell = on(both, "2013-07-06")
    assert spell.holders == (ARMY, "mnla")
    assert not spell.disputed
    left = factory.claim("withdraws", ARMY, "Kidal", "2014-05-21", published="2014-05-22", label="late")
    more = factory.claim("withdraws", ARMY, "Kidal", "2014-05-21", published="2014-05-22", voice=general())
    assert on([*both, left, more], "2014-05-23").holders == ("mnla",)


def test_a_retraction(factory: Any) -> None:
    rival = factory.claim("holds", REBELS, TOWN, "2013-01-02", published="2013-01-02", label="before")
    said = factory.claim("gains", ARMY, TOWN, "2013-01-10", published="2013-01-10", voice=general(), label="first")
    back = factory.claim(
        "gains", ARMY, TOWN, "2013-01-10", published="2013-01-11", mode="denied", voice=general(), label="second"
    )
    before = on([rival, said, back], "2013-01-10", known=date(2013, 1, 10))
    after = on([rival, said, back], "2013-01-12")
    assert after.holders == (REBELS,)
    army = next((r.support for r in after.rivals if r.holders == (ARMY,)), 0.0)
    then = before.support if before.holders == (ARMY,) else before.rivals[0].support
    assert army < then / 2, "a side that takes its own good news back is believed"


def test_silence_ends_in_not_knowing_and_never_in_the_other_side(factory: Any) -> None:
    claims = [
        factory.claim("gains", REBELS, TOWN, "2012-01-01", published="2012-01-01"),
        factory.claim("gains", ARMY, TOWN, "2013-01-21", published="2013-01-21"),
    ]
    supports = [on(claims, when).support for when in ("2013-01-22", "2014-01-22", "2015-01-22")]
    assert supports == sorted(supports, reverse=True)
    old = on(claims, "2033-01-01")
    assert old.status is Status.UNKNOWN
    assert old.last_evidence == date(2013, 1, 21)
    assert old.claims_for


def test_against_its_own_interest_a_side_is_believed_sooner(factory: Any) -> None:
    held = factory.claim("holds", ARMY, TOWN, "2013-01-02", published="2013-01-02")
    rebel = Voice("Abou Dardar", "rebel commander", side=REBELS)

    def support(voice: Voice | None) -> float:
        taken = factory.claim("gains", REBELS, TOWN, "2013-01-10", published="2013-01-10", voice=voice, against=ARMY)
        spell = on([held, taken], "2013-01-10")
        found = [(spell.holders, spell.support), *((rival.holders, rival.support) for rival in spell.rivals)]
        return next((value for holders, value in found if holders == (REBELS,)), 0.0)

    assert support(general()) > support(None) > support(rebel) > 0


def test_one_sides_many_voices_are_capped_and_others_are_not(factory: Any) -> None:
    held = factory.claim("holds", REBELS, TOWN, "2013-01-02", published="2013-01-02")

    def army(voices: list[Voice]) -> float:
        said = [
            factory.claim("gains", ARMY, TOWN, "2013-01-10", published="2013-01-10", voice=voice, label=voice.name)
            for voice in voices
        ]
        spell = on([held, *said], "2013-01-10")
        found = [(spell.holders, spell.support), *((rival.holders, rival.support) for rival in spell.rivals)]
        return next((support for holders, support in found if holders == (ARMY,)), 0.0)

    officers = [general(number) for number in range(60)]
    neutral = [Voice(f"A. Trader {number}", "trader") for number in range(60)]
    assert army(officers[:1]) < army(officers[:3]) == army(officers)
    assert army(officers[:30]) == army(officers), "at the cap, one more officer adds nothing"
    assert army(neutral[:3]) > army(officers), "people of no side are not one side"


def test_a_loose_date_weighs_most_on_its_last_day(factory: Any) -> None:
    # "In the first half of February": by then at the latest, and who knows how early.
    before = factory.claim("holds", REBELS, TOWN, "2013-01-20", published="2013-01-20", label="a.txt")
    loose = factory.claim("gains", ARMY, TOWN, ("2013-02-01", "2013-02-15"), published="2013-02-16", label="b.txt")
    found = [on([before, loose], day("2013-01-31", after)) for after in range(18)]
    army = [spell.support if spell.holders == (ARMY,) else 0.0 for spell in found]
    assert found[0].holders == (REBELS,)
    assert found[16].holders == (ARMY,)
    assert army[:16] == sorted(army[:16]), "it grows through the interval"
    assert army[5] < army[15] / 2
