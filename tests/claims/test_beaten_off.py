"""Who came and was driven off had lost nothing: the others beat them off. Who was in is driven out."""

from __future__ import annotations

import pytest
from short_reports import must_read, read

from whoholds.pipeline import Reader


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Rebels attacked the Chadian town of Adre, but were chased off after an hour.", "repels gov:TCD Adre"),
        ("Rebels attacked Sarh, but Chadian soldiers drove them out after an hour.", "repels gov:TCD Sarh"),
        ("FARC rebels attacked Mitu and took it, but were driven out by Colombian soldiers.", "gains gov:COL Mitu"),
        ("Al-Shabaab fighters were driven out of Barawe, Somalia's army said.", "loses al-shabaab Barawe"),
        (
            "Boko Haram is coming nearer. Attacks on Maiduguri were repelled in May, the Nigerian army said.",
            "repels gov:NGA Maiduguri",
        ),
        ("A Houthi attack on Marib in Yemen failed on Monday.", "contests houthis Marib; repels gov:YEM Marib"),
        (
            "The M23 launched a failed assault on Sake and Minova in Congo.",
            "contests m23 Sake; contests m23 Minova; repels gov:COD Sake; repels gov:COD Minova",
        ),
    ],
)
def test_an_attack_that_was_driven_off_was_repelled(reader: Reader, text: str, claims: str) -> None:
    must_read(reader, text, claims)


def test_an_attack_that_only_missed_its_aim_was_not_beaten_off(reader: Reader) -> None:
    found = read(reader, "The Taliban's attack on Ghazni in Afghanistan failed to bring them fame.")
    assert not [claim for claim in found if claim[0] == "repels"]


def test_who_finds_a_place_abandoned_did_not_leave_it(reader: Reader) -> None:
    found = read(reader, "The Islamic State held Rawa. Iraqi soldiers entered Rawa and found it abandoned.")
    assert ("withdraws", "gov:IRQ", "rawa", "asserted") not in found
    assert ("withdraws", "islamic-state", "rawa", "asserted") in found


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Government troops attacked Bouake, Ivory Coast. The garrison surrendered to them, and the rebels fled.",
            "gains gov:CIV Bouake",
        ),
        ("FARC rebels attacked Mitu in Colombia. The garrison withdrew.", "withdraws gov:COL Mitu"),
    ],
)
def test_a_garrison_is_of_whoever_was_there(reader: Reader, text: str, claims: str) -> None:
    must_read(reader, text, claims)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Al-Shabaab attacked the positions of the Kenyan army at Dhobley in Somalia.",
            "contests al-shabaab Dhobley; holds gov:KEN Dhobley",
        ),
        (
            "The SNA stormed SDF positions in Ain Issa and Tal Tamr in Syria.",
            "contests sna Ain Issa; contests sna Tal Tamr; holds sdf Ain Issa; holds sdf Tal Tamr",
        ),
        (
            "Houthi fighters attacked its positions in Sirwah, the Yemeni army said.",
            "contests houthis Sirwah; holds gov:YEM Sirwah",
        ),
        (
            "The Ras Kamboni militia in Somalia said that its positions at Kismayo were attacked by al-Shabaab.",
            "contests al-shabaab Kismayo; holds ras-kamboni Kismayo",
        ),
    ],
)
def test_positions_that_are_attacked_are_held_by_the_other_side(reader: Reader, text: str, claims: str) -> None:
    must_read(reader, text, claims)
