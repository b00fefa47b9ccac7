"""Clauses with something within them or turned round, and what is said of a place by the words over it."""

from __future__ import annotations

import pytest
from short_reports import expected, read, shown

from whoholds.pipeline import Reader


def reads(reader: Reader, text: str, claims: str) -> None:
    """Asserts that these claims are read and no others."""
    found = read(reader, text)
    assert found == ([] if claims == "nothing" else expected(claims)), f"{text} => {shown(found)}"


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("SPLM-IO fighters have, a village chief said, been driven out of Nasir.", "loses splm-io Nasir"),
        ("Chadian rebels have, two aid workers said on Friday, captured Faya.", "gains rebels:TCD Faya"),
        ("Chadian rebels have, on the whole, stayed near Faya.", "nothing"),
    ],
)
def test_a_speaker_within_the_perfect(reader: Reader, text: str, claims: str) -> None:
    reads(reader, text, claims)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Were Juba to fall to the SPLM-IO, the border would be closed.", "gains splm-io Juba possible"),
        ("If Malakal were to be captured by the SPLM-IO, people would flee.", "gains splm-io Malakal possible"),
        ("The SPLM-IO is to attack Malakal on Monday.", "contests splm-io Malakal planned"),
        ("Were the people of Malakal to vote, the SPLM-IO would win.", "nothing"),
    ],
)
def test_a_condition_turned_round(reader: Reader, text: str, claims: str) -> None:
    reads(reader, text, claims)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Ethiopian soldiers in Mekele risk being surrounded by the TPLF.", "besieges tplf Mekele possible"),
        ("The soldiers in Malakal risk being cut off by the SPLM-IO.", "besieges splm-io Malakal possible"),
        ("Bor risks being encircled by the SPLM-IO, an officer said.", "besieges splm-io Bor possible"),
        ("Farmers near Bor are at risk of being cut off by the flood, a South Sudanese army officer said.", "nothing"),
    ],
)
def test_who_risks_what(reader: Reader, text: str, claims: str) -> None:
    reads(reader, text, claims)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "The day ended with Iraqi troops driven out of Baiji and Peshmerga fighters in control of Kirkuk.",
            "loses gov:IRQ Baiji; holds peshmerga Kirkuk",
        ),
        (
            "Rebels in Chad left Faya and are in control of Bardai.",
            "withdraws rebels:TCD Faya; holds rebels:TCD Bardai",
        ),
    ],
)
def test_two_that_are_left_so(reader: Reader, text: str, claims: str) -> None:
    reads(reader, text, claims)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Renamo rebels surrounding Gorongosa cut its telephone line.", "besieges renamo Gorongosa"),
        (
            "The M23 took Sake and surrounding Nyiragongo territory.",
            "gains m23 Sake; gains m23 Nyiragongo territory",
        ),
        ("SPLM-IO advance on Malakal alarms UN", "advances splm-io Malakal"),
        ("Fire alarms at the Malakal base of the South Sudanese army are being tested.", "nothing"),
    ],
)
def test_words_taken_for_others(reader: Reader, text: str, claims: str) -> None:
    reads(reader, text, claims)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Bouar lies in territory held by the 3R.", "holds 3r Bouar"),
        ("Walikale lies deep in territory controlled by the M23.", "holds m23 Walikale"),
        ("Walikale lies in territory bombed by the M23.", "nothing"),
        ("The EPLF now holds more of Massawa than it did in May.", "holds eplf Massawa"),
        ("The EPLF wanted more of the salt of Massawa.", "nothing"),
    ],
)
def test_whose_ground(reader: Reader, text: str, claims: str) -> None:
    reads(reader, text, claims)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Hundreds flee Nasir after SPLM-IO takeover", "gains splm-io Nasir"),
        ("Families left Herat after the takeover of Farah by the Taliban.", "gains taliban Farah"),
        ("Diplomats left Rangoon in Burma after the army takeover.", "nothing"),
        ("The Chadian army congratulated its men on the recapture of Faya.", "gains gov:TCD Faya"),
        ("The president congratulated Nigerian soldiers on the recapture of Baga.", "gains gov:NGA Baga"),
        ("The Chadian army congratulated the team on the capture of the title in Faya.", "nothing"),
    ],
)
def test_what_the_words_over_a_noun_tell(reader: Reader, text: str, claims: str) -> None:
    reads(reader, text, claims)
