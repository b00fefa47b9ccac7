"""Whom a report's words stand for: pronouns, "the army", "the rebels", sides that no words name.

Every report here is made up for the test, about places that exist.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from short_reports import body

from whoholds.pipeline import Reader, Reading

Sides = list[tuple[str, str | None, str]]


def sides(reader: Reader, text: str) -> Sides:
    """Kind, actor and place of what is read."""
    return [(str(c.kind), c.actor, c.place.name) for c in reader.read(body(text)).claims]


# ------------------------------------------------------------------------------------------------------------ pronouns
@pytest.mark.parametrize(
    ("text", "claim"),
    [
        # whoever drives somebody out is not the one driven out
        (
            "The M23 entered Kiwanja in eastern Congo in May. In June the army drove it from Kiwanja.",
            ("gains", "gov:COD", "Kiwanja"),
        ),
        # who speaks
        ("The Malian army said on Friday that it had recaptured Menaka.", ("gains", "gov:MLI", "Menaka")),
        # who holds a place is who was there
        (
            "Nigerian soldiers drove Boko Haram out of Damboa, the town they had held since July.",
            ("holds", "boko-haram", "Damboa"),
        ),
        # the subject of the sentence before, not a country that only tells where
        (
            "In Somalia, al-Shabaab has stood still for a month. On Sunday it captured Wajid, police in Kenya said.",
            ("gains", "al-shabaab", "Wajid"),
        ),
        (
            '"Our troops left Bria on Monday," a spokesman of the Central African army said.',
            ("withdraws", "gov:CAF", "Bria"),
        ),
    ],
)
def test_a_pronoun_stands_for_the_side_that_fits(reader: Reader, text: str, claim: tuple[str, str, str]) -> None:
    assert claim in sides(reader, text)


# ------------------------------------------------------------------------------------------------- words for any side
@pytest.mark.parametrize(
    ("text", "claim"),
    [
        # the country that the sentence sets
        (
            "Malian troops entered Kidal on Monday. In Niger, soldiers recaptured Abala.",
            ("gains", "gov:NER", "Abala"),
        ),
        # a broadcaster's country is no side
        (
            "Syrian troops captured Sukhna. Lebanese television reported that the troops entered Tiyas.",
            ("gains", "gov:SYR", "Tiyas"),
        ),
        # who stands with the government is not "the terrorists"
        (
            "Hezbollah and the Syrian army captured Yabroud. The terrorists still hold Rankous.",
            ("holds", "rebels:SYR", "Rankous"),
        ),
        ("Rwandan rebels of the RPF entered Byumba.", ("gains", "rpf", "Byumba")),
        ("Rebels supported by Turkish troops entered Azaz in Syria.", ("gains", "rebels:SYR", "Azaz")),
        # two words for a force of the state
        (
            "Ukraine's General Staff said that its units had repelled an attack on Bilohorivka.",
            ("repels", "gov:UKR", "Bilohorivka"),
        ),
        # units of an army, men of nobody, whom others favour
        ("Al-Shabaab attacked Afgooye in Somalia. The 3rd Brigade left Afgooye.", ("withdraws", "gov:SOM", "Afgooye")),
        ("The FARC fought Colombian troops. Armed men took Toribio.", ("gains", "farc", "Toribio")),
        ("Pro-Russian fighters in Ukraine still control Kramatorsk.", ("holds", "rebels:UKR", "Kramatorsk")),
        # a part of the name, however far back
        (
            "The Saudi-led coalition landed in Yemen. Houthi forces are in Dhubab. The coalition took Khawkhah.",
            ("gains", "coalition:saudi-led", "Khawkhah"),
        ),
        # other militants than those of the group beside them
        ("In Iraq, the Islamic State and Sunni militants captured Hit.", ("gains", "rebels:IRQ", "Hit")),
        # nicknames and peoples, as the press calls a group's men
        ("Sri Lankan troops fought the LTTE. The Tigers overran Mullaitivu.", ("gains", "ltte", "Mullaitivu")),
        ("In Croatia the RSK is at an end, but Serbs still hold Vukovar.", ("holds", "rsk", "Vukovar")),
    ],
)
def test_words_for_any_side_take_their_meaning_from_the_report(
    reader: Reader, text: str, claim: tuple[str, str, str]
) -> None:
    assert claim in sides(reader, text)


def test_peoples_that_are_no_side_in_the_report_claim_nothing(reader: Reader) -> None:
    assert sides(reader, "Christians left Bethlehem for the holidays.") == []


# -------------------------------------------------------------------------------------------------------- undertakings
@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("A Ukrainian counteroffensive drove Russian forces out of Vovchansk.", ("gains", "gov:UKR", "Vovchansk")),
        (
            "Ethiopian troops launched an offensive that drove the TPLF from Alamata.",
            ("gains", "gov:ETH", "Alamata"),
        ),
        # who beats off an attempt did not make it
        ("The Taliban repelled two attempts to enter Sangin in Afghanistan.", ("gains", "gov:AFG", "Sangin")),
        # what one announces of itself
        ("The M23 announced the capture of Rutshuru.", ("gains", "m23", "Rutshuru")),
        ("The Nigerian army admitted the loss of Marte.", ("loses", "gov:NGA", "Marte")),
    ],
)
def test_an_offensive_is_of_who_undertakes_it(reader: Reader, text: str, claim: tuple[str, str, str]) -> None:
    assert claim in sides(reader, text)


# ------------------------------------------------------------------------------------------------------ nobody is named
@pytest.mark.parametrize(
    ("text", "claim"),
    [
        # who denies a loss would have suffered it
        (
            "The RSF attacked Kosti on Monday. The Sudanese army denied that Kosti had been lost.",
            ("loses", "gov:SDN", "Kosti"),
        ),
        # who took it last does not retake it
        (
            "The Taliban captured Ghazni in Afghanistan on Friday. Ghazni was retaken on Sunday.",
            ("gains", "gov:AFG", "Ghazni"),
        ),
        # an attack is by who comes for the place
        (
            "Boko Haram attacked Monguno in Nigeria, and soldiers repelled them. On Friday Monguno was stormed.",
            ("contests", "boko-haram", "Monguno"),
        ),
    ],
)
def test_who_is_not_named_is_told_by_the_other_claims(reader: Reader, text: str, claim: tuple[str, str, str]) -> None:
    assert claim in sides(reader, text)


@pytest.mark.parametrize(
    ("land", "town", "side"),
    [("Mozambique", "Nangade", "ansar-al-sunna"), ("Iraq", "Tal Afar", "islamic-state")],
)
def test_the_province_that_bears_the_name_of_islamic_state(
    page: Callable[[str], Reading], land: str, town: str, side: str
) -> None:
    claims = page(f"""
        Fighting in {land}

        20 May 2022

        Islamic State fighters seized {town} in {land} on Sunday. Insurgents linked to Islamic State still hold {town}.
    """).claims
    assert {(str(c.kind), c.actor) for c in claims} == {("gains", side), ("holds", side)}
