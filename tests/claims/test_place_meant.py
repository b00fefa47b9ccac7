"""Which of several places is meant: not where somebody sits who speaks, nor the region where the last town lies."""

from __future__ import annotations

import pytest
from short_reports import body, expected, read, said, shown

from whoholds.pipeline import Reader


def must_give(reader: Reader, text: str, claims: str) -> None:
    """Asserts that just these claims are read in the text."""
    found = [said(claim) for claim in reader.read(body(text)).claims]
    assert set(found) == set(expected(claims)), f"read {shown(found)}"


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Taliban fighters are inside Kunduz. President Hamid Karzai, who was in Kabul, called on them to leave the "
            "city.",
            "holds taliban Kunduz; withdraws taliban Kunduz planned",
        ),
        (
            "M23 rebels attacked Rutshuru on Monday. A nurse who fled to Goma said that the rebels had taken the town.",
            "contests m23 Rutshuru; gains m23 Rutshuru",
        ),
        (
            "Congolese troops left Walikale on Monday. A trader who reached Kisangani, Jean Kasongo, told reporters "
            "that M23 men had entered the town.",
            "withdraws gov:COD Walikale; gains m23 Walikale",
        ),
        (
            "Boko Haram attacked Gamboru on Sunday. Residents who crossed into Fotokol said that the town was now in "
            "the hands of the militants.",
            "contests boko-haram Gamboru; holds boko-haram Gamboru",
        ),
        (
            "The Houthis are in Mokha. President Hadi, who lives in Riyadh, called on the rebels to leave the port.",
            "holds houthis Mokha; withdraws houthis Mokha planned",
        ),
    ],
)
def test_who_speaks_from_elsewhere_speaks_of_the_place_told_of(reader: Reader, text: str, claims: str) -> None:
    must_give(reader, text, claims)


def test_who_rules_elsewhere_wants_the_town_told_of(reader: Reader) -> None:
    text = "The Taliban took Ghazni on Monday. The government, which sits in Kabul, vowed to retake the city."
    assert expected("gains gov:AFG Ghazni planned")[0] in read(reader, text)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "M23 rebels attacked the Rumangabo base on Sunday. By noon most of the soldiers had fled in trucks.",
            "contests m23 Rumangabo base; withdraws gov:COD Rumangabo base",
        ),
        (
            "Taliban fighters captured Bagram airfield from the army on Monday, with the soldiers retreating into the "
            "hills.",
            "gains taliban Bagram airfield; withdraws gov:AFG Bagram airfield",
        ),
        (
            "The RSF captured the Zurrug base on 3 May, and on 4 May the army counterattacked. The RSF repelled the "
            "assault.",
            "gains rsf Zurrug base; contests gov:SDN Zurrug base; repels rsf Zurrug base",
        ),
    ],
)
def test_a_base_that_was_fought_for_is_where_they_left(reader: Reader, text: str, claims: str) -> None:
    must_give(reader, text, claims)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Officials said that Kajaki was the last part of Helmand province that the army held.",
            "holds gov:AFG Kajaki",
        ),
        (
            "The Taliban attacked Kajaki, the only district in Helmand that the Afghan army still controls.",
            "contests taliban Kajaki; holds gov:AFG Kajaki",
        ),
        (
            "Russian troops shelled Popasna, the last town of the oblast that Ukrainian forces hold.",
            "holds gov:UKR Popasna",
        ),
        (
            "Kenyan troops planted their flag on Burgabo, the island that sailors call Port Durnford and the last "
            "stronghold of al-Shabaab in Lower Juba.",
            "gains gov:KEN Burgabo; holds al-shabaab Burgabo",
        ),
        (
            "Somali troops recaptured the centre of Jilib on Thursday, two weeks after the start of an offensive on "
            "the last stronghold of al-Shabaab in southern Somalia.",
            "gains gov:SOM Jilib; contests gov:SOM Jilib; holds al-shabaab Jilib",
        ),
        (
            "Borno is calm after the recapture of Marte, the last Boko Haram base in the state.",
            "gains gov:NGA Marte; holds boko-haram Marte",
        ),
    ],
)
def test_the_last_town_of_a_region_is_not_the_region(reader: Reader, text: str, claims: str) -> None:
    must_give(reader, text, claims)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "M23 fighters entered Kiwanja on Tuesday. Congolese soldiers left the North Kivu town in the night.",
            "gains m23 Kiwanja; withdraws gov:COD Kiwanja",
        ),
        (
            "Boko Haram fighters hold Damasak. The army is preparing to storm the Borno town, Nigerian soldiers said.",
            "holds boko-haram Damasak; contests gov:NGA Damasak planned",
        ),
        (
            "TPLF fighters seized Kobo on Friday. Ethiopian troops had withdrawn from the Amhara region town.",
            "gains tplf Kobo; withdraws gov:ETH Kobo",
        ),
        (
            "Islamic State seized Palmyra in May. Syrian troops retook the Homs province city in March.",
            "gains islamic-state Palmyra; gains gov:SYR Palmyra",
        ),
        ("Soldiers entered the Borno town of Gwoza on Monday in Nigeria.", "gains gov:NGA Gwoza"),
        ("Syrian rebels captured the Idlib city from the army.", "gains rebels:SYR Idlib"),
        ("Russian forces took the Donetsk airport on Monday.", "gains gov:RUS Donetsk airport"),
    ],
)
def test_the_town_of_a_region_is_one_named_elsewhere(reader: Reader, text: str, claims: str) -> None:
    must_give(reader, text, claims)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Islamist fighters hold Kidal. Bamako wants to retake the town before the rains.",
            "holds rebels:MLI Kidal; gains gov:MLI Kidal planned",
        ),
        (
            "Rebels of the SPLA-IO attacked Nasir on Friday. Juba made no secret that its troops had left the town.",
            "contests splm-io Nasir; withdraws gov:SSD Nasir",
        ),
        (
            "Rebels marched on Juba in South Sudan. By night they had taken the city.",
            "advances rebels:SSD Juba; gains rebels:SSD Juba",
        ),
        (
            "FNL rebels shelled Bujumbura in Burundi and entered Musaga. Their men have not left the capital.",
            "gains fnl Musaga; withdraws fnl Bujumbura denied",
        ),
    ],
)
def test_a_capital_that_governs_is_not_the_town(reader: Reader, text: str, claims: str) -> None:
    must_give(reader, text, claims)


def test_where_a_village_lies_is_not_meant(reader: Reader) -> None:
    text = (
        "A column of soldiers moved on Sabat, a village in Habila locality, South Kordofan. There the SPLM-N repelled "
        "it."
    )
    must_give(reader, text, "advances gov:SDN Sabat; repels splm-n Sabat")


def test_the_place_is_the_town(reader: Reader) -> None:
    text = "The Taliban attacked Sangin in Afghanistan on Monday. After two days the soldiers gave the place up."
    must_give(reader, text, "contests taliban Sangin; withdraws gov:AFG Sangin")
    assert not read(reader, "The general took the place of his rival in Juba, South Sudan, the army said.")
