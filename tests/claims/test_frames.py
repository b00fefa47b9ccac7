"""From parse to claim: subjects that the parser lost, fights as nouns, places that go without saying, lists."""

from __future__ import annotations

import pytest
from short_reports import expected, read, shown

from whoholds.pipeline import Reader

CASES = [
    # subjects left without their verb
    ("In Gao French special forces seized the airport.", "gains gov:FRA Gao airport"),
    ("The rebels of the M23 pushed towards the lake, took Sake and drove the army from Mushaki.",
     "gains m23 Sake; gains m23 Mushaki"),
    ("JNIM, which had left Ber in March, already controlled Tessit.",
     "withdraws jnim Ber; holds jnim Tessit"),
    ("Al-Shabaab fighters armed with machine guns stormed the town of Afmadow.", "contests al-shabaab Afmadow"),
    ("The Taliban controlled Sangin, the town which they had managed to take in March.",
     "holds taliban Sangin; gains taliban Sangin"),
    # lists that stand apart
    ("The Rapid Support Forces hold four towns in Darfur. They are Nyala, Zalingei, El Geneina and Ed Daein.",
     "holds rsf Nyala; holds rsf Zalingei; holds rsf El Geneina; holds rsf Ed Daein"),
    ("Al-Shabaab has captured three villages in Somalia. An officer named them as Mahas, Ali Yabal and Halgan.",
     "gains al-shabaab Mahas; gains al-shabaab Ali Yabal; gains al-shabaab Halgan"),
    ("Three towns of Mali are in rebel hands: Ber, Kidal and Tessalit.",
     "holds rebels:MLI Ber; holds rebels:MLI Kidal; holds rebels:MLI Tessalit"),
    ("The Taliban captured Ghazni on Thursday. Herat followed on Friday.", "gains taliban Ghazni; gains taliban Herat"),
    ("The Taliban captured Ghazni on Thursday. The next target was Kandahar.",
     "gains taliban Ghazni; gains taliban Kandahar planned"),
    # captions without a verb
    ("French soldiers at Kidal airport on Friday.", "holds gov:FRA Kidal airport"),
    # places that go without saying
    ("The RSF holds Nyala. The attack of the army began on Monday.", "holds rsf Nyala; contests gov:SDN Nyala"),
    ("The M23 took Sake after two days of fighting.", "gains m23 Sake; contests m23 Sake"),
    ("Chadian soldiers retook Bol on Monday. The ministry said that mopping-up was under way.",
     "gains gov:TCD Bol; clears gov:TCD Bol"),
    ("Philippine soldiers retook Butig. Search operations are still in progress.",
     "gains gov:PHL Butig; clears gov:PHL Butig"),
    ("The M23 attacked Sake. The fight could take days, a soldier said.",
     "contests m23 Sake; contests m23 Sake possible"),
    ("Ethiopian troops entered Axum five days after the launch of the operation.",
     "gains gov:ETH Axum; contests gov:ETH Axum"),
    ("The Taliban took Ghazni. Most army units had by then gone to Kabul.",
     "gains taliban Ghazni; withdraws gov:AFG Ghazni"),
    ("The Taliban took Ghazni. The garrison had by then withdrawn to Kabul.",
     "gains taliban Ghazni; withdraws gov:AFG Ghazni"),
    # what every town has is a part of the one that is spoken of
    ("Rebels attacked Bambari in the Central African Republic and seized the mayor's office.",
     "contests rebels:CAF Bambari; gains rebels:CAF Bambari"),
    ('The RSF entered Kadugli. "Its men control our street," a trader said.', "gains rsf Kadugli; holds rsf Kadugli"),
    ("The M23 entered Masisi. Congolese soldiers still hold the western edge.",
     "gains m23 Masisi; holds gov:COD Masisi"),
    ("Ethiopian troops entered Wukro. By Friday they were in control of the grain silos.",
     "gains gov:ETH Wukro; holds gov:ETH Wukro grain silos"),
    # what the parser hangs on the wrong word
    ("In Bol soldiers of Chad are searching the houses.", "clears gov:TCD Bol"),
    ("Soldiers from the neighbouring region control Kidal.", "holds gov:MLI Kidal"),
    ("Fighters loyal to the sheikh control Beledweyne in Somalia.", "holds rebels:SOM Beledweyne"),
    ("Ukrainian soldiers attacked Horlivka. The town itself was briefly in their hands in May.",
     "contests gov:UKR Horlivka; holds gov:UKR Horlivka"),
    ("Melut, with its oil wells, is again in the hands of South Sudan's army, and the governor of Malakal says that"
     " work goes on.", "holds gov:SSD Melut"),
    # what a relative clause is of
    ("Clashes were reported near Hmeimim airbase, 40 km to the west, which is held by the Syrian army.",
     "holds gov:SYR Hmeimim airbase"),
    ("The men came from Jaar in Abyan province, a town that al-Qaeda seized in March in Yemen.", "gains al-qaeda Jaar"),
    ("The Russian army bombed Vedeno, a village at the foot of the mountains which Chechen rebels have held since May.",
     "holds rebels:RUS Vedeno"),
    ("He had fled to Darfur in the west, much of which is held by the RSF.", "holds rsf Darfur"),
    ("Tal Tamr was the largest of four towns that the SDF handed over to Turkey.",
     "withdraws sdf Tal Tamr; gains gov:TUR Tal Tamr"),
    # in whose hands it is, and who left it
    ("Bria was back in the army's hands on Sunday, deserted by the UPC, the Central African Republic said.",
     "holds gov:CAF Bria; withdraws upc Bria"),
    # had before, and now again
    ("Bol is firmly back in the hands of the army of Chad.", "holds gov:TCD Bol; gains gov:TCD Bol"),
    ("Bol will be back in the hands of the army of Chad by May.",
     "holds gov:TCD Bol planned; gains gov:TCD Bol planned"),
    ("Bol is not yet back in the hands of the army of Chad.", "holds gov:TCD Bol denied"),
    # whose men they are called
    ("Troops cleared Banki of Boko Haram criminals, Nigeria's army said.", "gains gov:NGA Banki"),
    ("The Rapid Intervention Battalion retook Jakiri from the Ambazonia fighters in Cameroon.", "gains gov:CMR Jakiri"),
    # who is denied to have done what, and who goes on
    ("He denied that the army of Mali had captured Ber, and recalled that French troops pulled out of Tessalit.",
     "gains gov:MLI Ber denied; withdraws gov:FRA Tessalit"),
    ("A counter-attack by the Congolese army, supported by Mai-Mai fighters, failed. The M23 had taken Sake.",
     "gains m23 Sake"),
    # more than one place without a name
    ("The M23 lost its camps at Tongo and Bwito. The Congolese army said that it captured the two camps.",
     "loses m23 Tongo; loses m23 Bwito; gains gov:COD Tongo; gains gov:COD Bwito"),
    ("The towns of Tessit and Ber in Mali are still held by JNIM. They will be attacked in the coming days.",
     "holds jnim Tessit; holds jnim Ber; contests gov:MLI Tessit planned; contests gov:MLI Ber planned"),
    # beaten back from afar
    # seats of governments
    ("Nyala and its airport are out of Khartoum's control.", "loses gov:SDN Nyala"),
    # beaten off: by the other side, at the place that was tried
    ("In its second week of war a Russian attempt to enter Orikhiv was repelled.",
     "gains gov:RUS Orikhiv attempted; repels gov:UKR Orikhiv"),
    ("Rebels attacked Bor in South Sudan. They were beaten off.", "contests rebels:SSD Bor; repels gov:SSD Bor"),
    # what stands before "that"
    ("It was into Axum that the Ethiopian army marched first.", "gains gov:ETH Axum"),
    ("It was Ghazni that the Taliban captured last.", "gains taliban Ghazni"),
    ("It was in Sake that the M23 first attacked the army.", "contests m23 Sake"),
    ("It was in May that the M23 captured Sake.", "gains m23 Sake"),
    # what is marked, listed, described as held
    ("The monitors' map marked Nyala as RSF-held.", "holds rsf Nyala"),
    ("Analysts listed the town of Sake as held by the M23.", "holds m23 Sake"),
    ("The army of Mali left Kidal as agreed with the rebels.", "withdraws gov:MLI Kidal"),
    # who has turned on the state
    ("Bouake in Ivory Coast was seized by a renegade colonel.", "gains rebels:CIV Bouake"),
    # out of where they are, by whom or by what
    ("The Taliban took Ghazni. On Tuesday the army drove them out.", "gains taliban Ghazni; gains gov:AFG Ghazni"),
    ("The M23 took Sake. Shellfire drove the rebels out in the end.", "gains m23 Sake; loses m23 Sake"),
    ("Artillery fire drove the army of Sudan from Bara.", "loses gov:SDN Bara"),
    # numbers that stand for the noun
    ("Ukrainian troops repelled nine attacks near Terny and three near Torske.",
     "repels gov:UKR near Terny; repels gov:UKR near Torske"),
    # deeds as subjects
    ("A Ukrainian counter-offensive drove the Russians from Izium.", "gains gov:UKR Izium"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "claims"), CASES, ids=[text[:50] for text, _ in CASES])
def test_claims_of_a_frame(reader: Reader, text: str, claims: str) -> None:
    found = read(reader, text)
    assert sorted(set(map(str, expected(claims))) - set(map(str, found))) == [], shown(found)


@pytest.mark.parametrize(
    "text",
    [
        "The committee named the winners as Anna and Bern.",
        "They are Paris, Rome and Vienna.",
        "Prices fell in London. Tokyo followed on Friday.",
        "The discussion began on Monday.",
        "The next stop was Paris.",
        "It was in Nairobi that the rebels of the M23 met the minister.",
        "A guide lists Lyon as twinned with Leeds.",
        "Shellfire drove the people out of Goma.",
        "Refugees in Gao.",
    ],
)
def test_what_looks_alike_gives_nothing(reader: Reader, text: str) -> None:
    assert read(reader, text) == []
