"""What the reader makes of whole reports: pages, references, modes, voices, areas, sides; and that it always ends well.

Every report here is made up for the test, about places that exist. `later` marks what is not read right as yet: a
strict expected failure, to be taken off when it passes.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from short_reports import Said, body, read, said

from whoholds.model import Claim, Kind, Mode
from whoholds.pipeline import Reader, Reading
from whoholds.sources import reports

ReadPage = Callable[[str], Reading]


def all_said(reading: Reading) -> list[Said]:
    return [said(claim) for claim in reading.claims]


def only(reading: Reading, kind: str, place: str | None = None) -> Claim:
    """The one claim of a kind (and place)."""
    (claim,) = [c for c in reading.claims if c.kind == kind and (place is None or c.place.name == place)]
    return claim


# ------------------------------------------------------------------------------------------------------------ pages
def test_the_town_of_hit_is_found_and_the_verb_is_not(page: ReadPage) -> None:
    reading = page("""
        Army back in western town

        By our correspondent in Baghdad
        14 April 2016

        Iraqi troops on Thursday recaptured the town of Hit from the Islamic State, the defence ministry announced.

        Shells hit the market before the assault, and one man was hit by shrapnel on the road to Kubaysa. The economy
        of Anbar has been hard hit by the war.

        Hit had been in the hands of the Islamic State since October 2014.
    """)
    assert all_said(reading) == [
        ("gains", "gov:IRQ", "hit", "asserted"),
        ("holds", "islamic-state", "hit", "asserted"),
    ]
    assert {claim.place.country for claim in reading.claims} == {"IRQ"}
    named = [m for m in reading.mentions if m.type == "place" and m.text.lower() == "hit"]
    assert {m.text for m in named} == {"Hit"}


PAGE = """
    Lakeside News
    Home | World | Business | Sport

    Rebels tighten grip on eastern Congo

    By a reporter in Goma
    Published: Tuesday, 24 July 2012

    Fighters of the M23 patrol the town of Rutshuru, which they seized on Sunday. [Photo: Lakeside News]

    Fighters of the M23 patrol the town of Rutshuru, which they seized on Sunday. [Photo: Lakeside News]

    The M23 rebels have appointed a mayor, people who live there said on Tuesday, and collect taxes at the market.

    The rebels say that they do not want a war with the government in Kinshasa, and that talks could begin soon.

    Related articles
    M23 rebels seize Walikale
    Army retakes Masisi after night of fighting
    Share this: Facebook | Twitter
    Comments (1)
    reader1: The army has already recaptured Bunagana, everybody here knows that and nobody will print it.
"""


def test_a_caption_that_is_printed_twice_is_read_once(page: ReadPage) -> None:
    reading = page(PAGE)
    claim = only(reading, "gains")
    assert said(claim) == ("gains", "m23", "rutshuru", "asserted")
    assert claim.quote.start < reading.report.text.index("Fighters", claim.quote.end)
    assert (claim.when.start, claim.when.end) == (claim.when.end, claim.when.start)
    assert str(claim.when.start) == "2012-07-22", "the Sunday before the page was published"


def test_related_headlines_and_comments_give_nothing(page: ReadPage) -> None:
    reading = page(PAGE)
    assert {claim.place.name for claim in reading.claims} == {"Rutshuru"}
    assert not [m for m in reading.mentions if m.text in ("Walikale", "Masisi", "Bunagana")]


def test_a_report_in_another_language_gives_none_and_says_so(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "seite.txt"
    path.write_text(
        "Die Armee hat am Montag die Stadt Lyman von den Russen zurückerobert, sagte ein Sprecher der Regierung.\n\n"
        "Die Stadt war seit Mai in der Hand der russischen Truppen, die sich nun nach Kreminna zurückziehen.\n",
        encoding="utf-8",
    )
    issues: list[str] = []
    (report,) = reports([str(path)], lambda issue: issues.append(issue.code))
    reading = reader.read(report)
    assert report.lang == "de"
    assert reading.claims == ()
    assert reading.mentions == ()
    assert [*issues, *(issue.code for issue in reading.issues)] == ["not-english"]


# -------------------------------------------------------------------------------------------------------- reference
def test_the_town_is_the_one_that_was_named(reader: Reader) -> None:
    text = "Mai-Mai fighters attacked Butembo on Monday. The army of Congo has retaken the town, a priest said."
    assert ("gains", "gov:COD", "butembo", "asserted") in read(reader, text)


def test_the_two_towns_are_the_two_that_were_named(reader: Reader) -> None:
    text = "Boko Haram fighters entered Bama and Gwoza on Monday. The Nigerian army retook both towns on Friday."
    assert {s for s in read(reader, text) if s[0] == "gains" and s[1] == "gov:NGA"} == {
        ("gains", "gov:NGA", "bama", "asserted"),
        ("gains", "gov:NGA", "gwoza", "asserted"),
    }


def test_they_are_the_side_that_was_spoken_of(reader: Reader) -> None:
    text = "Russian troops had held Balakliia since March. They left it in a hurry."
    assert ("withdraws", "gov:RUS", "balakliia", "asserted") in read(reader, text)


def test_a_headline_without_the_town_takes_it_from_the_body(page: ReadPage) -> None:
    reading = page("""
        Army retakes town in north

        3 May 2021

        Government troops in Mozambique have driven the insurgents out of Palma, the police said on Monday.

        Palma had been in the hands of the insurgents for more than a month, and most of its people had fled to Pemba.
    """)
    assert ("gains", "gov:MOZ", "palma", "asserted") in {
        said(c) for c in reading.claims if c.quote_text.startswith("Army")
    }


# ------------------------------------------------------------------------------------------------ leaving, and where to
def test_a_withdrawal_names_where_to_and_makes_nobody_the_holder(reader: Reader) -> None:
    reading = reader.read(body("The Islamic State withdrew from Rutba to al-Qaim on Sunday. The town is quiet."))
    (claim,) = reading.claims
    assert said(claim) == ("withdraws", "islamic-state", "rutba", "asserted")
    assert claim.destination == "al-Qaim"


def test_a_handover_is_two_claims(reader: Reader) -> None:
    found = read(reader, "French troops handed over Gao to the Malian army.")
    assert set(found) == {("withdraws", "gov:FRA", "gao", "asserted"), ("gains", "gov:MLI", "gao", "asserted")}


# ------------------------------------------------------------------------------------------------------------ modes
@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("LURD claimed on Sunday to have captured Buchanan.", ("gains", "lurd", "buchanan", "asserted")),
        (
            "West African ECOMOG troops on Tuesday drove rebels from the centre of Buchanan.",
            ("gains", "ecomog", "buchanan", "asserted"),
        ),
        ("The Sixth Division abandoned Babanusa in Sudan.", ("withdraws", "gov:SDN", "babanusa", "asserted")),
    ],
)
def test_what_is_said_to_be_so_is_asserted(reader: Reader, text: str, claim: Said) -> None:
    assert claim in read(reader, text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("The Malian army denied on Monday that it had lost Ber.", ("loses", "gov:MLI", "ber", "denied")),
        ("The army of Mali has not taken Aguelhok.", ("gains", "gov:MLI", "aguelhok", "denied")),
        ("Tuareg rebels from Mali want to retake Kidal.", ("gains", "rebels:MLI", "kidal", "planned")),
        ("Tuareg rebels in Mali plan to retake Kidal.", ("gains", "rebels:MLI", "kidal", "planned")),
        ("Russian troops will leave Kherson, the ministry said.", ("withdraws", "gov:RUS", "kherson", "planned")),
        ("JNIM fighters tried to seize Timbuktu on Sunday.", ("gains", "jnim", "timbuktu", "attempted")),
        ("The RSF failed to capture El Fasher.", ("gains", "rsf", "el fasher", "attempted")),
        ("The M23 may already have taken Bukavu.", ("gains", "m23", "bukavu", "possible")),
        ("If the Taliban take Ghazni, the road is open.", ("gains", "taliban", "ghazni", "possible")),
        ("Have the Houthis lost Hodeidah?", ("loses", "houthis", "hodeidah", "possible")),
        ("The ministry denies that the army has left Homs.", ("withdraws", "gov:SYR", "homs", "denied")),
        (
            "He rejected rumours that Ukrainian troops had entered Lysychansk.",
            ("gains", "gov:UKR", "lysychansk", "denied"),
        ),
        ("There is no sign of a Taliban attack on Kunduz.", ("contests", "taliban", "kunduz", "denied")),
        ("The M23 may try to take Goma.", ("gains", "m23", "goma", "possible")),
        ("LURD hopes to have captured Buchanan by May.", ("gains", "lurd", "buchanan", "planned")),
        ("The M23 was going to take Goma.", ("gains", "m23", "goma", "planned")),
        ("It was not clear whether the M23 had taken Goma.", ("gains", "m23", "goma", "possible")),
        ("The M23 was not able to take Goma.", ("gains", "m23", "goma", "attempted")),
        ("The Houthis are striving to take Marib.", ("gains", "houthis", "marib", "attempted")),
        ("The Taliban likely hold Kunduz.", ("holds", "taliban", "kunduz", "possible")),
        ("It is not true that the Taliban have taken Kunduz.", ("gains", "taliban", "kunduz", "denied")),
    ],
)
def test_what_is_not_said_to_be_so_keeps_its_mode(reader: Reader, text: str, claim: Said) -> None:
    found = read(reader, text)
    assert claim in found
    assert (*claim[:3], "asserted") not in found


@pytest.mark.parametrize(
    "text",
    [
        "The sources denied this and claimed that Ukrainian troops had taken Lyman.",
        "The ministry denied this, saying that Ukrainian troops had taken Lyman.",
    ],
)
def test_what_is_said_beside_a_denial_is_not_denied(reader: Reader, text: str) -> None:
    assert read(reader, text) == [("gains", "gov:UKR", "lyman", "asserted")]


def test_a_failed_attack_is_beaten_off_by_the_defender(reader: Reader) -> None:
    found = read(reader, "Ukrainian troops repelled a Russian attack on Vuhledar.")
    assert ("repels", "gov:UKR", "vuhledar", "asserted") in found


def test_an_operation_that_began_is_fighting_and_a_plan(reader: Reader) -> None:
    found = read(reader, "The SDF launched an operation to capture Raqqa from the Islamic State.")
    assert ("contests", "sdf", "raqqa", "asserted") in found
    assert ("gains", "sdf", "raqqa", "planned") in found


# ----------------------------------------------------------------------------------------------------------- voices
def test_a_speaker_has_a_name_a_role_and_a_listener(reader: Reader) -> None:
    reading = reader.read(
        body("“The army has retaken Surman,” General Osama Jweili of the GNA told Reuters in Tripoli.")
    )
    (voice,) = only(reading, "gains").voices
    assert voice.name == "Osama Jweili"
    assert voice.role is not None
    assert voice.role.startswith("General")
    assert voice.told is not None
    assert voice.told.startswith("Reuters")
    assert not voice.anonymous


def test_a_withheld_name_is_marked(reader: Reader) -> None:
    text = "Government forces in Libya have taken Zuwara, a senior officer told AFP on condition of anonymity."
    (voice,) = only(reader.read(body(text)), "gains").voices
    assert (voice.name, voice.anonymous, voice.told) == (None, True, "AFP")
    assert voice.role is not None
    assert "officer" in voice.role


def test_he_is_the_speaker_of_the_sentence_before(reader: Reader) -> None:
    text = (
        "General Osama Jweili said that the rebels in Libya had left Surman. The army had also captured Tiji, he said."
    )
    reading = reader.read(body(text))
    assert {claim.place.name: [v.name for v in claim.voices] for claim in reading.claims} == {
        "Surman": ["Osama Jweili"],
        "Tiji": ["Osama Jweili"],
    }


def test_a_speaker_behind_a_place_is_no_place(reader: Reader) -> None:
    reading = reader.read(
        body(
            "The rebels in Libya have left Surman, General Osama Jweili told reporters. "
            "The army had also captured Tiji, he said."
        )
    )
    assert {claim.place.name: [v.name for v in claim.voices] for claim in reading.claims} == {
        "Surman": ["Osama Jweili"],
        "Tiji": ["Osama Jweili"],
    }


def test_a_quote_goes_on_over_sentences_and_ends_with_its_mark(reader: Reader) -> None:
    reading = reader.read(
        body(
            "“Our troops captured Zuwara at dawn,” General Osama Jweili said in Tripoli. “The rebels fled from Surman. "
            "They still hold Tiji.” The Red Cross counted twelve dead. Militants in Libya seized Nalut on Friday."
        )
    )
    voices = {claim.place.name: [v.name for v in claim.voices] for claim in reading.claims}
    assert voices["Zuwara"] == voices["Surman"] == voices["Tiji"] == ["Osama Jweili"]
    assert voices["Nalut"] == []


def test_what_the_report_itself_says_has_no_voice(reader: Reader) -> None:
    reading = reader.read(body("The Taliban captured Ghazni on Thursday. A spokesman said that talks would go on."))
    assert only(reading, "gains").voices == ()


def test_a_speaker_after_an_apposition_is_found(reader: Reader) -> None:
    text = "The Islamic State has withdrawn from Rutba, the mayor of the town, Imad Meshaal, said on Sunday."
    reading = reader.read(body(text))
    (claim,) = reading.claims
    assert claim.place.name == "Rutba"
    assert [voice.name for voice in claim.voices] == ["Imad Meshaal"]


# ------------------------------------------------------------------------------------------------- shares and areas
@pytest.mark.parametrize(
    ("text", "actor", "place", "share"),
    [
        ("The Islamic State holds 10 percent of Iraq, the prime minister said.", "islamic-state", "Iraq", 0.10),
        ("Al-Shabaab controls 40% of Somalia.", "al-shabaab", "Somalia", 0.40),
        ("Ukrainian forces hold a third of Luhansk province.", "gov:UKR", "Luhansk", 1 / 3),
        ("Ukrainian forces control about a third of Luhansk province.", "gov:UKR", "Luhansk", 1 / 3),
    ],
)
def test_a_share_of_a_region_is_a_number(reader: Reader, text: str, actor: str, place: str, share: float) -> None:
    claim = only(reader.read(body(text)), "holds")
    assert claim.actor == actor
    assert claim.place.name.startswith(place)
    assert claim.share == pytest.approx(share, abs=0.005)


def test_a_country_without_a_share_is_no_place_to_hold(reader: Reader) -> None:
    assert read(reader, "The Taliban control Afghanistan, and fighting in the country goes on.") == []


@pytest.mark.parametrize(
    ("text", "anchor", "km", "bearing"),
    [
        ("Malian troops seized an area east of Kidal on 3 March 2013.", "Kidal", None, 90),
        ("Fighters of the Islamic State in Iraq captured villages 40 km north of Ramadi.", "Ramadi", 40, 0),
        ("Boko Haram fighters in Nigeria still hold areas south-west of Gwoza.", "Gwoza", None, 225),
        ("The Iraqi army took a base 15 kms north east of Haditha.", "Haditha", 15, 45),
    ],
)
def test_a_described_area_lies_where_it_is_said_to(
    reader: Reader, text: str, anchor: str, km: float | None, bearing: float
) -> None:
    (claim,) = reader.read(body(text)).claims
    place, relation = claim.place, claim.place.relation
    assert relation is not None
    assert (relation.anchor, relation.km, relation.bearing) == (anchor, km, bearing)
    assert place.basis == "offset"
    (town,) = [
        m.value for m in reader.read(body(f"Troops took the town of {anchor}. {text}")).mentions if m.text == anchor
    ][:1]
    east, north = place.lon - town.lon, place.lat - town.lat  # type: ignore[union-attr,operator]
    assert (east > 0.01) == (bearing in (45, 90))
    assert (east < -0.01) == (bearing == 225)
    assert (north > 0.01) == (bearing in (0, 45))
    assert (north < -0.01) == (bearing == 225)


def test_a_village_that_no_gazetteer_knows_is_kept_as_unresolved(reader: Reader) -> None:
    text = "Congolese troops recaptured the village of Kanyabwimba from the M23 on Monday."
    (claim,) = reader.read(body(text)).claims
    assert said(claim) == ("gains", "gov:COD", "kanyabwimba", "asserted")
    assert claim.place.basis == "unresolved"
    assert (claim.place.lat, claim.place.lon) == (None, None)
    assert claim.place.place_id is not None
    assert claim.place.place_id.startswith("name:")


# ------------------------------------------------------------------------------------------------------------ sides
def test_the_one_that_takes_and_the_one_that_loses(reader: Reader) -> None:
    (claim,) = reader.read(body("Congolese troops recaptured Rumangabo from the M23.")).claims
    assert (claim.kind, claim.actor, claim.against) == (Kind.GAINS, "gov:COD", "m23")


@pytest.mark.parametrize(
    ("text", "actor", "against", "place"),
    [
        ("Al-Shabaab fighters clashed with Kenyan troops in Afmadow.", "al-shabaab", "gov:KEN", "Afmadow"),
        ("Clashes broke out between the Taliban and Afghan troops in Sangin.", "taliban", "gov:AFG", "Sangin"),
        ("There was fighting between the Taliban and Afghan troops in Sangin.", "taliban", "gov:AFG", "Sangin"),
        ("The Taliban and Afghan troops clashed in Sangin.", "taliban", "gov:AFG", "Sangin"),
        ("Heavy clashes between the Taliban and Afghan troops went on in Sangin.", "taliban", "gov:AFG", "Sangin"),
        ("Fierce clashes between the Taliban and Afghan soldiers continued in Sangin.", "taliban", "gov:AFG", "Sangin"),
        ("The SDF is fighting the Islamic State in Hajin.", "sdf", "islamic-state", "Hajin"),
    ],
)
def test_a_fight_has_two_sides(reader: Reader, text: str, actor: str, against: str, place: str) -> None:
    claim = only(reader.read(body(text)), "contests")
    assert (claim.actor, claim.against, claim.place.name) == (actor, against, place)


def test_two_that_take_a_town_together_are_two_claims(reader: Reader) -> None:
    reading = reader.read(body("Malian and French troops captured Diabaly."))
    assert {c.actor: c.jointly_with for c in reading.claims} == {"gov:MLI": ("gov:FRA",), "gov:FRA": ("gov:MLI",)}


def test_the_one_that_is_backed_is_the_one_that_takes(reader: Reader) -> None:
    reading = reader.read(body("Libyan rebels backed by NATO took Zawiya."))
    assert {c.actor for c in reading.claims} == {"rebels:LBY"}


@pytest.mark.parametrize("text", ["The town of Gwoza in Nigeria was captured on Friday.", "Lyman has been retaken."])
def test_a_passive_without_an_agent_names_nobody(reader: Reader, text: str) -> None:
    (claim,) = reader.read(body(text)).claims
    assert (claim.kind, claim.actor, claim.mode) == (Kind.GAINS, None, Mode.ASSERTED)
    assert claim.anchors.actor is None


def test_a_town_that_the_parser_does_not_know_is_still_its_object(reader: Reader) -> None:
    assert read(reader, "Ukrainian troops recaptured Balakliia on 8 September 2022.") == [
        ("gains", "gov:UKR", "balakliia", "asserted")
    ]


# ----------------------------------------------------------------------------------- what became of it, which of many
@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Kidal is the latest town in Mali to be captured by Ansar Dine.",
            [("gains", "ansar-dine", "kidal", "asserted")],
        ),
        (
            "Lashkar Gah, the third city in Afghanistan to fall to the Taliban, was quiet.",
            [("gains", "taliban", "lashkar gah", "asserted")],
        ),
        ("The Houthis were the first group to enter Dhale in Yemen.", [("gains", "houthis", "dhale", "asserted")]),
        ("Goris in Armenia remained surrounded by Azerbaijani troops.", [("besieges", "gov:AZE", "goris", "asserted")]),
        ("The Malian town of Konna saw heavy clashes.", [("contests", None, "konna", "asserted")]),
        ("Malakal in South Sudan has been the scene of fierce fighting.", [("contests", None, "malakal", "asserted")]),
        (
            "Syrian soldiers were pushed out of posts west of Daraa.",
            [("loses", "gov:SYR", "posts west of daraa", "asserted")],
        ),
    ],
)
def test_what_a_place_went_through(reader: Reader, text: str, claims: list[Said]) -> None:
    assert read(reader, text) == claims


def test_a_group_named_by_the_way_is_not_the_militants(reader: Reader) -> None:
    text = (
        "The Taliban attacked Ghazni in Afghanistan. The Taliban said on Friday that the Taliban would take the city. "
        "A Taliban commander spoke of talks with the Islamic State. On Sunday the militants captured Ghazni."
    )
    assert read(reader, text)[-1] == ("gains", "taliban", "ghazni", "asserted")


def test_on_the_day_of_a_change_the_old_enemy_is_still_one(page: ReadPage) -> None:
    reading = page("""
        Jalalabad falls

        Kabul, 15 August 2021. The insurgents took Jalalabad overnight, officials said. The Taliban also hold Herat.
        General Dostum fled.
    """)
    assert {c.actor for c in reading.claims if c.kind == "gains"} == {"taliban"}


# ----------------------------------------------------------------------------------------------------- no claims at all
@pytest.mark.parametrize(
    "text",
    [
        "Warplanes bombed Raqqa overnight and killed nine people.",
        "Shells fell on Donetsk for the third day, the mayor said.",
        "A suicide attack on a market in Maiduguri killed five.",
        "The president visited Bangui and promised new roads.",
        "A convoy with food for the people of Darayya has left Damascus.",
        "Gunmen kidnapped two teachers near Jos.",
        "Thousands of civilians were evacuated from Aleppo in green buses.",
        "The colonel was born in Homs and studied in Leeds.",
        "Manchester United held Chelsea to a draw in London.",
        "The party took Liverpool and lost Leeds in the election.",
    ],
)
def test_what_is_no_claim_on_a_place_gives_none(reader: Reader, text: str) -> None:
    assert read(reader, text) == []
