"""Which places claims are read about: lists, parts, facilities, names nobody knows, words that point back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from short_reports import body, expected, read, said, shown

from whoholds.pipeline import Reader, Reading

ReadPage = Callable[[str], Reading]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Malian rebels seized six villages around Kidal, including Anefis, Tessit and Ber.",
            "gains rebels:MLI Anefis; gains rebels:MLI Tessit; gains rebels:MLI Ber",
        ),
        (
            "Rebels in Mali controlled most of Kidal region, including the border post of Tinzawaten.",
            "holds rebels:MLI Kidal; holds rebels:MLI Tinzawaten",
        ),
        (
            "In Pakistan, the Taliban were driven from the towns of Matta and Bahrain.",
            "loses taliban Matta; loses taliban Bahrain",
        ),
        (
            "Two villages, Tessit and Ber, were captured by rebels in Mali.",
            "gains rebels:MLI Tessit; gains rebels:MLI Ber",
        ),
        (
            "The M23 hold Kiwanja, Rumangabo and finally Bunagana.",
            "holds m23 Kiwanja; holds m23 Rumangabo; holds m23 Bunagana",
        ),
        (
            "Ukrainian troops repelled nine attacks in the Kupiansk direction and on the Kherson axis.",
            "repels gov:UKR Kupiansk direction; repels gov:UKR Kherson axis",
        ),
        (
            "Bambari, the village of Bakala, a mine and a camp in the Central African Republic were seized by rebels.",
            "gains rebels:CAF Bambari; gains rebels:CAF Bakala",
        ),
        (
            "Villages to the south from Kharkiv were taken by Russian troops.",
            "gains gov:RUS villages to the south from Kharkiv",
        ),
        ("Malian rebels hold Gao as well as Ber.", "holds rebels:MLI Gao; holds rebels:MLI Ber"),
        (
            "The Taliban have retaken a number of villages in Kunduz and Baghlan.",
            "gains taliban villages in Kunduz; gains taliban villages in Baghlan",
        ),
        ("The Taliban still control Chardara in Kunduz province and the road.", "holds taliban Chardara"),
        (
            "The LNA holds the oil terminals of Es Sider and Ras Lanuf.",
            "holds lna Es Sider; holds lna Ras Lanuf",
        ),
        (
            "Rebels captured the Gao and Kidal regions of Mali.",
            "gains rebels:MLI Gao; gains rebels:MLI Kidal",
        ),
        (
            "The M23 control the Masisi and Rutshuru territories.",
            "holds m23 Masisi territory; holds m23 Rutshuru territory",
        ),
        (
            "The M23 seized the Rumangabo and Katindo barracks.",
            "gains m23 Rumangabo; gains m23 Katindo",
        ),
        (
            "In Jonglei, Ayod and Waat were overrun by White Army fighters in South Sudan.",
            "gains white-army Ayod; gains white-army Waat",
        ),
        (
            "Ayod, in Jonglei, has been in the hands of the White Army in South Sudan since May.",
            "holds white-army Ayod",
        ),
        (
            "In Unity, the SPLM-IO controls Leer, the county seat, as well as Koch, Mayendit and Panyijiar.",
            "holds splm-io Leer; holds splm-io Koch; holds splm-io Mayendit; holds splm-io Panyijiar",
        ),
        (
            "Renamo rebels retook Vila do Conde in February and Mocuba shortly after.",
            "gains renamo Vila do Conde; gains renamo Mocuba",
        ),
        (
            "The guerrillas of the KNLA had already captured Kyaikdon and Lay Kay Kaw by Friday, then "
            "Waw Lay and Palu.",
            "gains knla Kyaikdon; gains knla Lay Kay Kaw; gains knla Waw Lay; gains knla Palu",
        ),
        (
            "Tamil Tigers seized Mankulam, Oddusuddan and, a day later, Nedunkeni in Sri Lanka.",
            "gains ltte Mankulam; gains ltte Oddusuddan; gains ltte Nedunkeni",
        ),
        (
            "Kalma and Tawila fell to the Sudanese army on Sunday.",
            "gains gov:SDN Kalma; gains gov:SDN Tawila",
        ),
        (
            "The UFDD takes Goz-Beida, Koukou-Port and the market town of Am Timan in Chad.",
            "gains ufdd Goz-Beida; gains ufdd Koukou-Port; gains ufdd Am Timan",
        ),
        (
            "The M23 controls Kiwanja, Rumangabo, where it trains recruits, and Bunagana.",
            "holds m23 Kiwanja; holds m23 Rumangabo; holds m23 Bunagana",
        ),
        (
            "The Taliban attacked Matta, the hill station, where thousands of families live, and Mingora in Pakistan.",
            "contests taliban Matta; contests taliban Mingora",
        ),
        (
            "The M23 keeps its grip on Kiwanja and Rumangabo, both taken in May, and on the market town of Bunagana.",
            "holds m23 Kiwanja; holds m23 Rumangabo; holds m23 Bunagana; gains m23 Rumangabo",
        ),
        (
            "Boko Haram seized Damboa, near Sambisa, as well as two hills and large parts of Gulak and Michika.",
            "gains boko-haram Damboa; gains boko-haram Gulak; gains boko-haram Michika",
        ),
        (
            "The White Army took Malakal, north of Juba, on 3 May and Kodok, with its 5,000 people, on 7 May.",
            "gains white-army Malakal; gains white-army Kodok",
        ),
        (
            "The Taliban entered Qalat in Zabul province, Ghazni, Gardez and Khost.",
            "gains taliban Qalat; gains taliban Ghazni; gains taliban Gardez; gains taliban Khost",
        ),
        (
            "The Taliban entered Qalat in Zabul province and Kandahar province.",
            "gains taliban Qalat",
        ),
        (
            "Al-Shabaab still controls Jilib in Middle Juba and the towns of Saakow and Barawe.",
            "holds al-shabaab Jilib; holds al-shabaab Saakow; holds al-shabaab Barawe",
        ),
    ],
)
def test_all_members_of_a_list_are_read_and_nothing_else(reader: Reader, text: str, claims: str) -> None:
    assert read(reader, text) == expected(claims), shown(read(reader, text))


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "The CSP still holds Tessit, its airstrip and some ten villages around it in Mali.",
            "holds csp Tessit; holds csp Tessit airstrip; holds csp villages around Tessit",
        ),
        (
            "Soldiers in Mali left Ber and Tessit, which the CSP has held since May.",
            "holds csp Ber; holds csp Tessit",
        ),
        (
            "Rebels of the CSP left Ber, in Mali, in June and Tessit a week later; the army had lost both.",
            "loses gov:MLI Ber; loses gov:MLI Tessit",
        ),
        (
            "Matta and Mingora in Pakistan, the towns that the Taliban seized in May, are calm.",
            "gains taliban Matta; gains taliban Mingora",
        ),
        (
            "The Taliban fled to Gardez and Zurmat, two towns in Paktia, which they still hold along with Ghazni.",
            "holds taliban Gardez; holds taliban Zurmat; holds taliban Ghazni",
        ),
        (
            "Fighters left Wadajir, Hodan and other districts of Mogadishu which al-Shabaab had held since 2008.",
            "holds al-shabaab Wadajir; holds al-shabaab Hodan",
        ),
        ("Kidal remains in rebel hands, as does Tessalit.", "holds rebels:MLI Kidal; holds rebels:MLI Tessalit"),
        (
            "Clashes intensified for the villages of Rumangabo, Kiwanja and especially Bunagana in Congo.",
            "contests - Rumangabo; contests - Kiwanja; contests - Bunagana",
        ),
    ],
)
def test_what_goes_on_or_points_at_a_list(reader: Reader, text: str, claims: str) -> None:
    assert set(expected(claims)) <= set(read(reader, text)), shown(read(reader, text))


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        # what has a number, two ends or a line for its name
        ("The CSP has cut Highway 18 and the RN6 in Mali.", "besieges csp Highway 18; besieges csp RN6"),
        ("Indian troops cleared Point 4875 of the intruders in Kargil.", "gains gov:IND Point 4875"),
        ("The Houthis hold a strip from Mokha to Hays in Yemen.", "holds houthis strip from Mokha to Hays"),
        (
            "The coast from Mokha to Hays is now under the government's authority in Yemen.",
            "holds gov:YEM coast from Mokha to Hays",
        ),
        (
            "Malian soldiers drove JNIM out of villages along the RN6 in Mali.",
            "gains gov:MLI villages along the RN6",
        ),
        (
            "In the Lyman direction, Ukrainian troops repelled attacks near Torske and Zarichne in Donetsk region.",
            "repels gov:UKR near Torske; repels gov:UKR near Zarichne",
        ),
        ("Houthi fighters in Yemen seized the 310th Brigade camp.", "gains houthis 310th Brigade camp"),
        ("The Syrian army entered Raqqa city limits.", "gains gov:SYR Raqqa"),
        # names with hyphens, whatever they begin with
        (
            "Gunmen hold most of Port-au-Prince, and entered Port-de-Paix, Haiti's police said.",
            "holds rebels:HTI Port-au-Prince; gains rebels:HTI Port-de-Paix",
        ),
        ("Rebels in Gabon captured Port-Gentil and the harbour.", "gains rebels:GAB Port-Gentil"),
        # countries whose names end like a place's
        (
            "Rebels swept into Korhogo in Ivory Coast. They hold a third of Ivory Coast.",
            "gains rebels:CIV Korhogo; holds rebels:CIV Ivory Coast",
        ),
        # where a base is, as a clause of its own says
        (
            "The RSF attacked the base that the army of Sudan has in Babanusa.",
            "contests rsf Babanusa; holds gov:SDN Babanusa",
        ),
        ("The camp which lies at Bardale was stormed by al-Shabaab in Somalia.", "contests al-shabaab Bardale"),
        # shares of a country
        ("The RUF in Sierra Leone holds more than 60 per cent of the country.", "holds ruf Sierra Leone"),
        ("Half of the country is in rebel hands, the president of Burundi said.", "holds rebels:BDI Burundi"),
        ("The Houthis control upwards of a quarter of Yemen.", "holds houthis Yemen"),
        # what a preposition opens is none of the towns before it
        (
            "Soldiers of Iraq cleared Hit and Kubaysa of Islamic State fighters.",
            "gains gov:IRQ Hit; gains gov:IRQ Kubaysa",
        ),
        # what a name may be taken for
        ("Fighters of HTS took Mount Sheikh Barakat in Syria.", "gains hts Mount Sheikh Barakat"),
        ("Villagers fled to Mount Abdulaziz, which Daesh besieges in Syria.", "besieges islamic-state Mount Abdulaziz"),
        ("British commandos captured Fern Settlement on the Falklands.", "gains gov:GBR Fern Settlement"),
        ("Gunmen of Hamas hold Ofakim's police station in Israel.", "holds hamas Ofakim"),
        ("Al-Shabaab overran Buqda Zurkan, the government says.", "gains al-shabaab Buqda Zurkan"),
        ("Zürkan, retaken from Boko Haram by Niger's army in May, is empty.", "gains gov:NER Zürkan"),
        # what the parser makes of the sentence
        ("Bakhmut, with its mines, is still in the hands of the Russians.", "holds gov:RUS Bakhmut"),
        ("The guard of the Ukrainian Sea Regiment attacks Kherson.", "contests gov:UKR Kherson"),
        ("Fighting rages in eastern Congo as M23 nears Goma.", "advances m23 Goma"),
        ("There were no longer any Taliban in the bazaar of Khost.", "absent taliban Khost"),
        ("The Islamists took Gao and Saut-d'Ansongo in Mali.", "gains rebels:MLI Gao; gains rebels:MLI Saut-d'Ansongo"),
        (
            "Bor has been under the army's control in South Sudan, while Pibor and Boma are rebel strongholds.",
            "holds gov:SSD Bor; holds rebels:SSD Pibor; holds rebels:SSD Boma",
        ),
        ("The KLA controls Malisevo and much of Drenica in Kosovo.", "holds kla Malisevo; holds kla Drenica"),
        ("Somalia's army now holds little more than a few streets of Kismayo.", "holds gov:SOM Kismayo"),
        (
            "HTS overran Wadi Zurkan, an army base in Syria. The jihadists had besieged the base for two years.",
            "gains hts Wadi Zurkan; besieges hts Wadi Zurkan",
        ),
        ("Wagner stormed Zorya, whose northern suburbs it had entered in Ukraine.", "gains wagner Zorya"),
        (
            "M23 rebels held the town of Rubaya in Congo, which supplies many mills, and were moving on Minova.",
            "holds m23 Rubaya; advances m23 Minova",
        ),
        ("With the capture of Mubi in Nigeria, Boko Haram ruled the state.", "gains boko-haram Mubi"),
        (
            "Letters came from Rawa, Ana and other towns held by Daesh in Iraq.",
            "holds islamic-state Rawa; holds islamic-state Ana",
        ),
        (
            "Bria is in rebel hands while Bambari is still under the army in the Central African Republic.",
            "holds rebels:CAF Bria; holds gov:CAF Bambari",
        ),
    ],
)
def test_which_words_name_a_place(reader: Reader, text: str, claims: str) -> None:
    assert set(expected(claims)) <= set(read(reader, text)), shown(read(reader, text))


def test_a_new_clause_is_no_member_of_a_list(reader: Reader) -> None:
    text = "Mali's army took Ber, and Tessit fell to the CSP on Sunday."
    assert read(reader, text) == expected("gains gov:MLI Ber; gains csp Tessit")


def test_the_names_beside_a_known_place_are_places(reader: Reader) -> None:
    text = "Juba, Bor and Zurkan in South Sudan were described as quiet; SPLM-IO rebels hold them by night."
    assert {c[2] for c in read(reader, text) if c[1] == "splm-io"} == {"juba", "bor", "zurkan"}


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "The army took Ber and Gao. CSP rebels had lost Tessit, Anefis and Kidal. In both towns our flag "
            "flies, the army said.",
            "holds gov:MLI Ber; holds gov:MLI Gao",
        ),
        (
            "The CSP took Ber and Tessit in Mali. The JNIM pulled its fighters out of both places.",
            "withdraws jnim Ber; withdraws jnim Tessit",
        ),
        ("Kidal's governor visited Ber. It was attacked by the CSP on Sunday.", "contests csp Ber"),
        ("Residents of Léré, which CSP rebels in Mali had surrounded since May, spoke of hunger.", "besieges csp Léré"),
        # a day has no other name
        (
            "According to an official quoted by the news agency on Tuesday, Ber, which the JNIM holds, was bombed.",
            "holds jnim Ber",
        ),
        # who calls is not who drove them out
        ("Malian soldiers were forced out of Ber despite repeated calls by the African Union.", "loses gov:MLI Ber"),
        # a village that no gazetteer has
        ("Residents of Zumburi said Boko Haram fighters had entered the town.", "gains boko-haram Zumburi"),
        # names that the tagger takes for adverbs and plurals
        ("Boko Haram fighters captured Magumeri on Tuesday.", "gains boko-haram Magumeri"),
        ("Houthi fighters captured Radaa, residents said.", "gains houthis Radaa"),
        # the first of a list, which the parser makes a part of the second
        ("Fighting was reported in Nekemte and Dembi Dolo after an attack by OLA fighters.", "contests ola Nekemte"),
        ("The army in Mali freed Ber in Timbuktu province, where police now comb the houses.", "clears gov:MLI Ber"),
        ("The jihadists of JNIM still hold Léré centre in Mali.", "holds jnim Léré"),
    ],
)
def test_which_place_is_meant(reader: Reader, text: str, claims: str) -> None:
    assert set(expected(claims)) <= set(read(reader, text)), shown(read(reader, text))


def test_a_month_at_the_head_of_an_entry_is_no_place(reader: Reader) -> None:
    text = "6 March: After a day of fighting Malian soldiers drive the JNIM out of Ber."
    assert read(reader, text) == expected("gains gov:MLI Ber")


def test_a_name_that_the_report_uses_as_a_place_is_one_throughout(reader: Reader) -> None:
    text = "There is no water in Zurkanabad, in Afghanistan. Zurkanabad has fallen to the Taliban."
    assert ("gains", "taliban", "zurkanabad", "asserted") in read(reader, text)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Rebels in Mali took Ber and Tessit. On Friday the army retook both.",
            "gains gov:MLI Ber; gains gov:MLI Tessit",
        ),
        (
            "Rebels in Mali took Ber and Tessit before the army retook them.",
            "gains gov:MLI Ber; gains gov:MLI Tessit",
        ),
        ("The Taliban took Kunduz airport. Afghan soldiers retook the airport.", "gains gov:AFG Kunduz airport"),
        ("Fighting raged at the Baiji refinery. Iraqi soldiers hold the plant.", "holds gov:IRQ Baiji refinery"),
        ("The Taliban hold Kunduz. They took the police station last.", "gains taliban Kunduz"),
        ("The Taliban hold Sangin. The Afghan army launched a counter-attack.", "contests gov:AFG Sangin"),
        ("The Taliban held Sangin. Their fighters left on Monday.", "withdraws taliban Sangin"),
        ("Malian rebels hold Gao. The army took villages near the town and attacked it.", "contests gov:MLI Gao"),
        ("Malian rebels hold Gao. The army seized hills around it.", "gains gov:MLI hills around Gao"),
        ("Malian rebels hold Gao. The army launched an assault on it.", "contests gov:MLI Gao"),
        ("In Monrovia, all is calm. LURD holds Tubmanburg and attacked the capital.", "contests lurd Monrovia"),
        (
            # where an officer sits who speaks is not "the town"
            "Al-Shabaab stormed Dinsor on Tuesday. Captain Omar Yusuf, an officer in Baidoa, said that the army had "
            "pulled out of the town and was now at Berdale. He said the town would be retaken.",
            "withdraws gov:SOM Dinsor; gains gov:SOM Dinsor planned",
        ),
        (
            "Al-Shabaab stormed Dinsor. The Defence Ministry in Mogadishu said in a statement that the fighters tried "
            "to enter Ufurow and were thrown back.",
            "repels gov:SOM Ufurow",
        ),
        (
            # where fighters come from is not "the town"
            "NTC troops attacked Bani Walid. On Monday fighters from Tripoli and Zawiya entered the town in Libya.",
            "gains ntc Bani Walid",
        ),
        (
            # "the town" is no region
            "The RSF advanced on Zalingei. A resident of Darfur said that the army had left the town.",
            "withdraws gov:SDN Zalingei",
        ),
        (
            "Among them are Bama, in Borno state, which the Nigerian army entered on Thursday, and Dikwa.",
            "gains gov:NGA Bama",
        ),
    ],
)
def test_words_that_point_back_stand_for_what_was_named(reader: Reader, text: str, claims: str) -> None:
    found = read(reader, text)
    assert [c for c in expected(claims) if c not in found] == [], shown(found)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Taloqan, the capital of Takhar, was abandoned by Afghan soldiers.", "withdraws gov:AFG Taloqan"),
        ("The town of Makarivka, Donetsk Oblast was captured by Russian troops.", "gains gov:RUS Makarivka"),
        ("Suluk, 10 km south of Tal Abyad, has been captured by Turkish soldiers.", "gains gov:TUR Suluk"),
        ("In Kunduz province, the Taliban attacked soldiers at Chardara.", "contests taliban Chardara"),
        ("In Luhansk the airport is still held by Ukrainian paratroopers.", "holds gov:UKR Luhansk airport"),
        ("Chechen rebels captured the suburb of Staraya Sunzha.", "gains rebels:RUS Staraya Sunzha"),
        ("Tubmanburg, the seat of LURD on the old road, was taken by Liberian troops.", "gains gov:LBR Tubmanburg"),
        ("Voinjama, about 20 km from Guinea, is in the hands of Liberian rebels.", "holds rebels:LBR Voinjama"),
        (
            "Mocimboa da Praia, 60 km to the south, has been an insurgent stronghold.",
            "holds rebels:MOZ Mocimboa da Praia",
        ),
        ("Rwandan troops seized the heights overlooking Bukavu.", "gains gov:RWA heights overlooking Bukavu"),
        ("Rwandan troops seized the hills above Bukavu.", "gains gov:RWA hills above Bukavu"),
        ("Gao was the last French stronghold in Mali.", "holds gov:FRA Gao"),
        ("Gao and Ber had become the last French strongholds in Mali.", "holds gov:FRA Gao; holds gov:FRA Ber"),
        ("Russian units are digging in at Oleshky across the river.", "holds gov:RUS Oleshky"),
        ("All entrances to Mosul are held by Iraqi soldiers.", "holds gov:IRQ Mosul"),
        (
            "Nepalganj's neighbour, Kohalpur, is quiet. Maoist rebels took Libang, Rolpa's main town.",
            "gains maoists Libang",
        ),
        ("Gao, the largest town of northern Mali, was taken by French soldiers.", "gains gov:FRA Gao"),
        (
            "The army of Libya attacked Zintan. Soldiers then entered the main town of the Nafusa mountains.",
            "contests gov:LBY Zintan; gains gov:LBY Zintan",
        ),
        ("Only the town of Bol is still in the hands of the Chadian army.", "holds gov:TCD Bol"),
        ("Rolpa's main town, Libang, was captured by Nepalese soldiers.", "gains gov:NPL Libang"),
        (
            "Nepalese soldiers are in Libang, a town of Rolpa that was captured by the Maoists.",
            "holds gov:NPL Libang; gains maoists Libang",
        ),
        ("Sudanese rebels hold Geneina's police station.", "holds rebels:SDN Geneina"),
        ("Sudanese rebels hold Geneina's disused military airport.", "holds rebels:SDN Geneina military airport"),
    ],
)
def test_what_says_where_a_place_lies_is_not_the_place(reader: Reader, text: str, claims: str) -> None:
    assert read(reader, text) == expected(claims), shown(read(reader, text))


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Syrian rebels launched an attack south of Hama on Monday.", "contests rebels:SYR south of Hama"),
        ("The Syrian army attacked the western countryside of Idlib.", "contests gov:SYR western countryside of Idlib"),
        (
            "The M23 hold Sake. Congolese troops hold the hills to the north of it.",
            "holds m23 Sake; holds gov:COD hills north of Sake",
        ),
        (
            "The M23 hold Sake. Villages to the west of the town are held by Congolese troops.",
            "holds m23 Sake; holds gov:COD Villages west of Sake",
        ),
        (
            "Ukrainian forces hold Bakhmut. They have retaken 20 square kilometres north and south of the city.",
            "holds gov:UKR Bakhmut; gains gov:UKR north and south of Bakhmut",
        ),
        # nobody enters what he advances south of
        ("Russian troops were advancing north and east of Vuhledar.", "advances gov:RUS north and east of Vuhledar"),
        ("Government soldiers of Somalia made gains north of Jowhar.", "gains gov:SOM north of Jowhar"),
    ],
)
def test_an_area_that_is_described_keeps_its_description(reader: Reader, text: str, claims: str) -> None:
    assert read(reader, text) == expected(claims), shown(read(reader, text))


TABLE = """Town         Held by    Since
Gao          army       4 Jan 2013
Kidal        MNLA       -
Ber          contested  -
"""
PIPED = """District | Province | Controlled by
Chardara | Kunduz | Taliban
Imam Sahib | Kunduz | Afghan army
"""
LABELLED = """Chardara: Taliban
Imam Sahib: Afghan army since August
Khanabad: the mayor said that the market was open
"""


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (TABLE, "holds gov:MLI Gao; holds mnla Kidal; contests gov:MLI Ber"),
        (PIPED, "holds taliban Chardara; holds gov:AFG Imam Sahib"),
        (LABELLED, "holds taliban Chardara; holds gov:AFG Imam Sahib"),
    ],
)
def test_tables_and_lists_say_who_holds_what(page: ReadPage, text: str, claims: str) -> None:
    found = [said(c) for c in page("Control update\n\nSituation in Mali and Afghanistan.\n\n" + text).claims]
    assert [c for c in found if c[0] != "contests"] == [c for c in expected(claims) if c[0] != "contests"], shown(found)


def test_a_place_in_the_heading_is_what_is_spoken_of_under_it(page: ReadPage) -> None:
    reading = page("""
        What the Ukrainian army said on Monday

        Russia's war went on for another day, and the weather was bad on all parts of the front, officials said.

        Vuhledar direction

        Russian forces attacked on Monday. The mayor spoke of a quiet night, and the railway was running again.

        Siversk direction

        Russian forces attacked on Sunday. Two houses burned, and a woman was taken to hospital by neighbours.
    """)
    assert [said(c)[2] for c in reading.claims] == ["vuhledar", "siversk"]


def test_the_labels_of_a_box_are_no_places(page: ReadPage) -> None:
    reading = page("""
        Battle of Gao

        Date: 5 May 2013
        Place: Gao, Mali
        Parties: Mali (army) - MUJAO
        Losses: Mali, 3 men

        MUJAO captured Gao at dawn.
    """)
    assert {said(c)[2] for c in reading.claims} == {"gao"}


@pytest.mark.parametrize(
    "text",
    [
        "Troops of 212 Tank Battalion, under command of 7 Division, met Boko Haram, Nigeria's army said.",
        "From their Forward Operation Base in Gajigana Nigerian troops watch Boko Haram.",
    ],
)
def test_a_unit_and_its_base_are_no_towns(reader: Reader, text: str) -> None:
    assert read(reader, text) == []


def test_a_country_is_no_coast(reader: Reader) -> None:
    assert read(reader, "The rebels advanced in Ivory Coast.") == []


@pytest.mark.parametrize("name", ["Channel News", "Kurds", "Battle"])
def test_bodies_peoples_and_events_are_no_places(reader: Reader, name: str) -> None:
    assert read(reader, f"The Islamic State captured {name} in Syria.") == []


@pytest.mark.parametrize(
    ("words", "extent"),
    [
        ("three quarters of Gao", "most"),
        ("60 percent of Gao", "most"),
        ("nearly all of Gao", "most"),
        ("all of Gao", "whole"),
        ("a quarter of Gao", "part"),
        ("half of Gao", "part"),
    ],
)
def test_more_than_half_is_most_of_it(reader: Reader, words: str, extent: str) -> None:
    (claim,) = reader.read(body(f"The Malian army holds {words}.")).claims
    assert (claim.place.name, claim.extent) == ("Gao", extent)


@pytest.mark.parametrize(
    "text",
    [
        "Hit lies on the Euphrates in Iraq. The Islamic State held Hit for two years. Iraqi soldiers attacked Hit, and "
        "Kubaysa, Baghdadi and Rawa were taken on the way. The army said that the militants had left the city.",
        "Hit lies in Iraq. The Islamic State took Hit in 2014. The people of Hit fled. Iraqi soldiers stormed Hit. In "
        "Kubaysa, Baghdadi and Rawa there was fighting with the Islamic State. The army said that the militants had "
        "left the city.",
    ],
)
def test_a_city_is_seldom_one_of_a_list(reader: Reader, text: str) -> None:
    assert ("withdraws", "islamic-state", "hit", "asserted") in read(reader, text), shown(read(reader, text))


def test_three_towns_of_which_nothing_was_said_before_are_none(reader: Reader) -> None:
    # They are looked for in the sentences before, and there are none.
    text = (
        "The three towns, one of which, Bria, was retaken by the Central African army on Friday, lie on the main road."
    )
    assert {said(c) for c in reader.read(body(text)).claims} <= set(expected("gains gov:CAF Bria"))


def test_parts_of_places_may_be_told_of_one_another(reader: Reader) -> None:
    text = "The rebels in Yemen held most of Taiz, though a few parts of the city in the west had not been taken."
    assert [c.place.name for c in reader.read(body(text)).claims][:1] == ["Taiz"]


@pytest.mark.parametrize(
    ("text", "place", "extent"),
    [
        ("The M23 controls the whole of Goma save the airport.", "Goma", "most"),
        ("M23 rebels captured all of Goma on Monday.", "Goma", "whole"),
        ("M23 rebels captured all of Goma on Monday; the army left everywhere except there.", "Goma", "whole"),
        ("Al-Shabaab still controls most of the countryside in Bay.", "Bay", "most"),
        ("The M23 holds most of the north of Goma.", "Goma", "part"),
        ("Boko Haram has encircled Maiduguri on three sides.", "Maiduguri", "part"),
        ("Boko Haram has Maiduguri all but surrounded.", "Maiduguri", "most"),
        ("The army has completed the encirclement of Bama.", "Bama", "whole"),
        ("Boko Haram has a foothold in Bama.", "Bama", "part"),
        ("Boko Haram has control of Bama.", "Bama", None),
        ("Pockets of Boko Haram fighters remained in Bama.", "Bama", "part"),
        ("The M23 had half of Goma by the afternoon.", "Goma", "part"),
        ("The M23 has ninety-five per cent of Goma in its hands.", "Goma", "most"),
        ("Goma is 100% under the control of the army.", "Goma", "whole"),
        ("Goma is for the greatest part in the hands of the M23.", "Goma", "most"),
        ("Goma is wholly in the grip of the M23.", "Goma", "whole"),
        ("The army freed 17 villages of the Masisi and Rutshuru districts.", "Masisi", "part"),
        ("The army freed the villages of Kibumba and Rugari.", "Kibumba", None),
    ],
)
def test_how_much_of_a_place(reader: Reader, text: str, place: str, extent: str | None) -> None:
    found = [c.extent for c in reader.read(body(text)).claims if c.place.name == place]
    assert found[:1] == [extent]
