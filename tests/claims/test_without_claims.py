"""Reports beside the war: what is said in them by the way is no claim, and what is said outright stays one.

The reports in `without_claims` are made up: each is of another thing than holding ground, in the words of war.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from short_reports import body, said

from whoholds.pipeline import Reader
from whoholds.sources import reports

REPORTS = sorted((Path(__file__).parent / "without_claims").glob("*.txt"))
DULL = " The market was open. A minister spoke on the radio. Rain is expected. Schools stay closed. Prices rose."


@pytest.mark.parametrize("path", REPORTS, ids=[path.stem for path in REPORTS])
def test_a_report_of_something_else_gives_nothing(path: Path) -> None:
    (report,) = reports([str(path)], lambda issue: pytest.fail(str(issue)))
    # The sieve may leave such a report unread; here it is read.
    assert [said(c) for c in Reader(sift=False).read(report).claims if c.mode == "asserted"] == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Gunmen attacked a village near Shiroro in Nigeria." + DULL, []),
        ("Boko Haram gunmen attacked Damboa and Biu. Boko Haram captured Damboa." + DULL, ["contests"] * 2 + ["gains"]),
        ("M23 rebels are fighting the Congolese army in Sake." + DULL, ["contests"]),
        ("The army of Mali recaptured Kidal from the rebels. Malian soldiers are in Kidal." + DULL, ["gains", "holds"]),
        ("Dutch soldiers are in Vilnius." + DULL, []),
    ],
)
def test_what_is_said_by_the_way_needs_a_report_about_ground(reader: Reader, text: str, kinds: list[str]) -> None:
    assert [c.kind for c in reader.read(body(text)).claims] == kinds


POLICE = " A judge, a prosecutor and two detectives were robbed. Murders, drugs and trafficking are what they fear."


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Police officers with soldiers of Ecuador entered Nueva Prosperina.", []),
        ("Police of Haiti took Solino back from the Viv Ansanm gangs.", ["gains"]),
        ("The Viv Ansanm gangs hold Mirebalais in Haiti. Police officers entered Solino.", ["holds", "gains"]),
    ],
)
def test_what_police_do_in_a_report_of_crime_needs_a_fight_for_ground(
    reader: Reader, text: str, kinds: list[str]
) -> None:
    assert [c.kind for c in reader.read(body(text + DULL + POLICE)).claims] == kinds


ARMS = " Soldiers, guerrillas and militants of the offensive met troops, rebels, insurgents and an army brigade."


@pytest.mark.parametrize(("arms", "kinds"), [(ARMS, ["contests", "contests"]), ("", [])])
def test_a_report_full_of_arms_is_about_ground(reader: Reader, arms: str, kinds: list[str]) -> None:
    text = "Gunmen of Boko Haram attacked Damboa in Nigeria. They fought with soldiers near Biu." + DULL
    assert [c.kind for c in reader.read(body(text + arms)).claims] == kinds


def test_brawls_and_aid_are_no_fights(reader: Reader) -> None:
    text = "Protesters clashed with soldiers in Khartoum. An aid convoy of the Red Cross reached Kutum in Sudan."
    assert [said(c) for c in reader.read(body(text)).claims] == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("The M23 has left Goma, the army's spokesman said.", "army's spokesman"),
        ("Rebels of the M23 took Sake, the region's governor said.", "region's governor"),
    ],
)
def test_a_possessive_stays_in_the_role_of_who_says_it(reader: Reader, text: str, role: str) -> None:
    (claim,) = reader.read(body(text)).claims
    assert claim.voices[0].role == role


def test_a_long_history_that_tells_of_an_exercise_too_is_no_drill(reader: Reader) -> None:
    war = "Taliban fighters captured Kunduz in May 2015 and lost the city in June." + DULL
    drill = "Before the war the army of Afghanistan had held exercises in which a mock village was stormed."
    drills = " The exercise was an annual one. Umpires counted the dead."
    assert reader.read(body(drill + drills + DULL)).claims == ()
    long = body("\n\n".join([drill + drills, *[war] * 20]))
    assert {"gains", "loses"} == {c.kind for c in reader.read(long).claims}
