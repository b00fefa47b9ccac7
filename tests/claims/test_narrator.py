"""Whose voice says "our troops": bulletins and channels that never name their own side."""

from __future__ import annotations

import pytest
from short_reports import body, expected, said

from whoholds.model import Report
from whoholds.pipeline import Reader
from whoholds.sources import lay_out

CHANNEL = "In the Bakhmut sector our troops are holding Bila Hora. {they} attacked twice and lost two tanks."


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        # The other side is named, one's own is "ours".
        (CHANNEL.format(they="The AFU"), "holds gov:RUS Bila Hora"),
        (CHANNEL.format(they="The Russians"), "holds gov:UKR Bila Hora"),
        ("Our lads still hold Robotyne. The Ukrainians sit in the first houses.", "holds gov:RUS Robotyne"),
        # Names that it is called by.
        (
            "Our assault groups took Ivanivske. Ukrainian formations withdrew to Chasiv Yar.",
            "gains gov:RUS Ivanivske",
        ),
        # Whose own side wins by its name.
        (
            "Ukrainian defenders repelled four attacks. Our soldiers hold Torske. The enemy is shelling the town.",
            "holds gov:UKR Torske",
        ),
        # Nobody says who beat an attack off.
        (
            "Our troops hold Torske. The Ukrainians lost Terny. An attack on Dibrova was beaten off during the night.",
            "repels gov:RUS Dibrova",
        ),
    ],
)
def test_whose_troops_are_ours(reader: Reader, text: str, claim: str) -> None:
    report = body(text, stated_date="2024-06-12")
    assert expected(claim)[0] in [said(c) for c in reader.read(report).claims]


def test_the_office_over_a_release_may_stand_in_a_byline(reader: Reader) -> None:
    text = """
SUDAN PEOPLE'S LIBERATION ARMY-NORTH (SPLA-N)
Office of the Military Spokesman

PRESS RELEASE, 14 May 2013

On Monday our forces took Dalami in South Kordofan, Sudan. The garrison ran.
""".lstrip()
    claims = reader.read(Report("release", text, lay_out(text))).claims
    assert ("gains", "splm-n") in {(str(c.kind), c.actor) for c in claims}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            '"Masisi is ours," Major Jean Kalume, who commands the M23 rebels in the town, said by telephone.',
            "holds m23 Masisi",
        ),
        ('"We hold Bor," said John Gatluak, who leads the SPLM-IO fighters there.', "holds splm-io Bor"),
    ],
)
def test_a_speaker_is_of_those_whom_he_leads(reader: Reader, text: str, claim: str) -> None:
    assert expected(claim)[0] in [said(c) for c in reader.read(body(text)).claims]


def test_who_helps_an_invader_frees_no_town(reader: Reader) -> None:
    text = (
        "Wagner fighters say they reached Opytne. In the south, Davydiv Brid was liberated on June 4. "
        "Russian forces still hold Snihurivka."
    )
    claims = reader.read(body(text, stated_date="2022-09-14")).claims
    assert expected("gains gov:UKR Davydiv Brid")[0] in [said(c) for c in claims]


@pytest.mark.parametrize(
    ("head", "side"),
    [
        ("MINISTRY OF DEFENCE\nBURUNDI NATIONAL DEFENCE FORCE\nPRESS STATEMENT", "gov:BDI"),
        ("General Staff of the Armies\nCommunications Directorate\nCommuniqué No. 3\nBujumbura, 4 May 2013", "gov:BDI"),
        ("M23\nPress statement", "m23"),
        ("OUR READERS WRITE", "gov:COD"),
    ],
)
def test_what_stands_over_a_bulletin_says_whose_it_is(reader: Reader, head: str, side: str) -> None:
    text = f"{head}\n\nOn 2 May 2013 our forces took Kiliba near Uvira in the Congo. The inhabitants welcomed them.\n"
    claims = reader.read(Report("release", text, lay_out(text))).claims
    assert ("gains", side) in {(str(c.kind), c.actor) for c in claims}
