"""What the words over a cue say of it: done, tried, planned, denied."""

from __future__ import annotations

import pytest
from short_reports import must_read, read

from whoholds.claims.cues.cues import parse
from whoholds.errors import LexiconError
from whoholds.pipeline import Reader


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Angolan soldiers have yet to retake Jamba from UNITA.", "gains gov:AGO Jamba denied"),
        ("The soldiers of Chad had to leave Fada in March.", "withdraws gov:TCD Fada"),
        # what is to be, and what is still to be
        ("The army of Mali took Konna. Hombori is to be retaken by June.", "gains gov:MLI Hombori planned"),
        ("The army of Mali took Konna. Hombori is yet to be retaken.", "gains gov:MLI Hombori denied"),
        ("The army of Mali took Konna. Hombori has still to be retaken.", "gains gov:MLI Hombori denied"),
        ("The army of Mali took Konna. Hombori remains to be retaken.", "gains gov:MLI Hombori denied"),
        ("The army of Mali took Konna. Still to be retaken is Hombori.", "gains gov:MLI Hombori denied"),
        ("The army of Mali took Konna. Yet to be retaken are Hombori and Boni.", "gains gov:MLI Boni denied"),
        ("Congolese soldiers are still to set foot in Bunagana.", "gains gov:COD Bunagana planned"),
        ("It remains to be seen whether the M23 will leave Bunagana.", "withdraws m23 Bunagana possible"),
        ("Vietnamese soldiers not only captured Pailin but also took Malai.", "gains gov:VNM Pailin"),
        ("Reports that the RUF had captured Kenema were false.", "gains ruf Kenema denied"),
        ("It is not clear that the M23 captured Sake.", "gains m23 Sake possible"),
        ("Iraqi soldiers never succeeded in capturing Abadan.", "gains gov:IRQ Abadan attempted"),
        ("Burundian soldiers are struggling to hold Bururi.", "holds gov:BDI Bururi"),
        (
            "The RSF holds Nyala and most of Zalingei, but not the Zalingei airport.",
            "holds rsf Zalingei airport denied",
        ),
        ("Al-Shabaab stormed Dinsor. The army said that Dinsor had not fallen.", "loses gov:SOM Dinsor denied"),
        # what did not come about
        ("Instead of taking Sake, the M23 marched on Minova.", "gains m23 Sake denied"),
        ("The army's denial of the loss of Bama convinced nobody.", "loses - Bama denied"),
        ("The M23's assault on Goma did not take place.", "contests m23 Goma denied"),
        ("At no time did the rebels of Chad hold Faya.", "holds rebels:TCD Faya denied"),
        ("The rebels' failed siege of Malakal ended in May.", "besieges rebels:SSD Malakal attempted"),
        # and what did, for all the trouble
        ("It took the M23 three days to capture Sake.", "gains - Sake"),
        # a siege that is to be lifted is there, and whoever is named with it has laid it
        ("The army of Sudan tried to break the RSF's siege of El Obeid.", "besieges rsf El Obeid"),
        ("The siege of El Obeid by the RSF has not been lifted.", "besieges rsf El Obeid"),
        ("The KIA's capture of Momauk has cut off Bhamo.", "besieges kia Bhamo"),
        # what stands under "once" and "until" is as much to come as its verb
        ("Once they have taken Bol, the rebels of Chad will march on Massakory.", "gains rebels:TCD Bol planned"),
        ("The army of Chad vowed to fight on until the rebels left Bol.", "withdraws rebels:TCD Bol planned"),
        ("The M23 said that it was going to take Bukavu and then march on Uvira.", "advances m23 Uvira planned"),
        ("The governor of Tillaberi said that Torodi would be declared liberated.", "gains gov:NER Torodi planned"),
        # what is told, wherever it stands
        (
            "The army of Chad denied a rumour on social media that rebels had entered Bol.",
            "gains rebels:TCD Bol denied",
        ),
        ("There were rumours that the M23 had entered Sake.", "gains m23 Sake possible"),
        ("Nobody denies that the M23 took Sake.", "gains m23 Sake"),
        ("The M23 refuses to leave Sake.", "withdraws m23 Sake denied"),
        ("The M23 has not managed to take Sake.", "gains m23 Sake attempted"),
        ("Congolese soldiers have been trying for weeks to retake Sake.", "gains gov:COD Sake attempted"),
        ("Residents fear that the M23 will enter Sake.", "gains m23 Sake possible"),
        ("Analysts expect the M23 to attack Sake.", "contests m23 Sake possible"),
        ("The president called on the army to liberate Sake in Congo.", "gains gov:COD Sake planned"),
        ("The fall of Goma to the M23 could delay the vote.", "gains m23 Goma"),
        ("The army of Chad ruled out that rebels had captured Bol.", "gains rebels:TCD Bol denied"),
        # a lie is told, and an attempt fails
        ("It is a lie that the M23 took Sake, a Congolese officer said.", "gains m23 Sake denied"),
        ("There is no truth in reports that Ugandan troops have left Bunia.", "withdraws gov:UGA Bunia denied"),
        (
            "The Taliban's claim to be in control of Faizabad is false, Afghan police said.",
            "holds taliban Faizabad denied",
        ),
        (
            "Reports on social media that Herat has been captured by the Taliban are not true, the Afghan army said.",
            "gains taliban Herat denied",
        ),
        (
            "An assault on Pemba by the insurgents is out of the question, Mozambique's army said.",
            "contests rebels:MOZ Pemba denied",
        ),
        ("Efforts of the Ethiopian army to retake Axum were in vain.", "gains gov:ETH Axum attempted"),
        ("The RSF launched its fourth attempt in a month to take El Fasher.", "gains rsf El Fasher attempted"),
        ("Syrian rebels were unable to hold Kinsabba and withdrew.", "withdraws rebels:SYR Kinsabba"),
        # what may be, and what would have been
        (
            "Ukrainian soldiers in Chasiv Yar risk being surrounded by the Russians.",
            "besieges gov:RUS Chasiv Yar possible",
        ),
        ("There are fears that the M23 will take Uvira.", "gains m23 Uvira possible"),
        (
            "Residents are afraid that Boko Haram will come back to Michika, Nigeria.",
            "gains boko-haram Michika possible",
        ),
        ("Had Boko Haram taken Maiduguri, Nigeria would have been lost.", "gains boko-haram Maiduguri possible"),
        (
            "Iraqi officers could not confirm that Islamic State fighters had left Hit.",
            "withdraws islamic-state Hit possible",
        ),
        ("There was no confirmation that Somali troops had entered Kismayo.", "gains gov:SOM Kismayo possible"),
        ("Nigerian soldiers are massing for an attack on Marte.", "gains gov:NGA Marte planned"),
        (
            "Al-Shabaab holds Buale. By June there will be no militants in Buale, Somalia's army said.",
            "absent al-shabaab Buale planned",
        ),
        # what nobody means to do, what is not there to come, and what may come all the same
        ("An attack on Baidoa is no part of its plans, al-Shabaab said in Somalia.", "contests - Baidoa denied"),
        ("There is no rebel column on the way to Mongo, Chad says.", "advances rebels:TCD Mongo denied"),
        ("No rebels on the way to Kisangani, Congolese army says", "advances rebels:COD Kisangani denied"),
        ("An assault on Marib by the Houthis cannot be ruled out.", "contests houthis Marib possible"),
        ("Clashes between RSF and army in Kosti are not to be excluded.", "contests rsf Kosti possible"),
        ("A raid on Bunia by the ADF was ruled out by Uganda's army.", "contests adf Bunia denied"),
        (
            "The governor's word that the Taliban were marching on Maymana was contradicted by the Afghan army.",
            "advances taliban Maymana denied",
        ),
        ("Dozens of ADF rebels were confirmed to be in Mwenga in Congo.", "holds adf Mwenga"),
        ("No rebels on the way to Bukavu were killed, the Congolese army said.", "advances rebels:COD Bukavu"),
        # what is told is not so, in whatever words
        (
            "Claims in some newspapers that rebels have landed at Kismayo, Somalia, are not true.",
            "gains rebels:SOM Kismayo denied",
        ),
        ("A message on Telegram according to which the M23 entered Sake on Monday is false.", "gains m23 Sake denied"),
        (
            "The claim of Radio Juba that rebels have retaken Malakal is without foundation.",
            "gains rebels:SSD Malakal denied",
        ),
        ("Rumours that the Taliban are already in Herat are FALSE.", "holds taliban Herat denied"),
        (
            "Earlier reports that rebels had taken Bol turned out to be wrong, the army of Chad said.",
            "gains rebels:TCD Bol denied",
        ),
        ("There is no sign so far of an army advance on Kidal in Mali.", "advances gov:MLI Kidal denied"),
        (
            "We have not been able to verify claims online that rebels have captured Gao in Mali.",
            "gains rebels:MLI Gao possible",
        ),
        ("The ministry was unable to confirm that rebels had entered Faya in Chad.", "gains rebels:TCD Faya possible"),
        ("The general did not hide that rebels remain in Rutshuru in Congo.", "holds rebels:COD Rutshuru"),
        # and what is not so ends where a new statement begins
        (
            "An officer insisted that Goma was not lost and that the Congolese army still had positions in Sake.",
            "holds gov:COD Sake",
        ),
        (
            "The rebels no longer held any village and had mostly withdrawn from Bor, the army of South Sudan said.",
            "withdraws rebels:SSD Bor",
        ),
        (
            "The army of Mali has not confirmed the loss of the town; a spokesman said troops hold Kidal airport.",
            "holds gov:MLI Kidal airport",
        ),
        # on a condition
        ("If the talks fail, the Houthis will take Marib, a diplomat said.", "gains houthis Marib possible"),
        ("Congolese troops were ready to retake Goma if the M23 stayed.", "gains gov:COD Goma possible"),
        ("The M23 threatened to take Bukavu if the army stayed.", "gains m23 Bukavu planned"),
        ("The M23 will take Bukavu even if the army stays, an officer said.", "gains m23 Bukavu planned"),
        (
            "The rebels will march on Bor if the army of South Sudan does not leave Juba.",
            "withdraws gov:SSD Juba possible",
        ),
        # what is to be prevented, and what is threatened
        ("Troops set up roadblocks to prevent the M23 taking control of Bukavu.", "gains m23 Bukavu possible"),
        (
            "Kurdish forces dug in to prevent the capture of Tal Hamis by the Islamic State.",
            "gains islamic-state Tal Hamis possible",
        ),
        ("Ukrainian forces threatened the Russian hold on Bakhmut.", "holds gov:RUS Bakhmut"),
        ("The fall of Gao to the rebels in Mali appeared imminent.", "gains rebels:MLI Gao possible"),
        (
            "We shall go on fighting until all of Bakhmut is ours, said a Ukrainian colonel.",
            "holds gov:UKR Bakhmut planned",
        ),
        ("The RSF vowed not to stop until El Fasher was under its control.", "holds rsf El Fasher planned"),
        (
            "The Ethiopian general said his men would fight until Mekelle was in their hands.",
            "holds gov:ETH Mekelle planned",
        ),
        ("The Ethiopian army fought on until Mekelle was in its hands.", "holds gov:ETH Mekelle"),
        ("It looks inevitable that Goma will fall to the M23.", "gains m23 Goma possible"),
        # what was put off, given up, proposed, or is only open
        ("The M23's assault on Goma was put off several times.", "contests m23 Goma planned"),
        ("The army of Mali abandoned its offensive to capture Kidal.", "gains gov:MLI Kidal attempted"),
        ("Ukrainian forces made an attempted counterattack to retake Lyman.", "gains gov:UKR Lyman attempted"),
        ("A second attempt by the army to enter Bor in South Sudan was being prepared.", "gains gov:SSD Bor planned"),
        ("Congolese officers did not expect an attack on Bukavu by the M23.", "contests m23 Bukavu denied"),
        ("Turkey may carry out its threat of attacking Kobani.", "contests gov:TUR Kobani possible"),
        ("The fall of Tabqa left the door open for an assault on Raqqa by the SDF.", "contests sdf Raqqa possible"),
        ("No Malian soldier has come to take over the town of Menaka.", "gains gov:MLI Menaka denied"),
        ("Mediators proposed that the army barracks in Bamako be vacated.", "withdraws gov:MLI Bamako possible"),
        ("The SDF spoke about the coming liberation of Raqqa.", "gains - Raqqa planned"),
        ("A raid on Bor by the rebels of South Sudan will follow.", "contests rebels:SSD Bor planned"),
        ("Local police in Mali reported no rebels left in Gao.", "absent rebels:MLI Gao"),
    ],
)
def test_the_words_over_a_cue_set_its_mode(reader: Reader, text: str, claims: str) -> None:
    must_read(reader, text, claims)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Ukrainian troops destroyed a bridge to stop the Russian advance on Huliaipole.", ["advances"]),
        ("Malian soldiers went into Konna without fighting.", ["gains"]),
        ("Rebels met little resistance in the port of Kismayo in Somalia.", []),
        ("The Ukrainian army retreated from Lyman to defend Sloviansk.", ["withdraws"]),
        ("Soldiers came from the south of Yei in South Sudan.", []),
        ("Moscow declared that Berdiansk belonged to Russia.", []),
        ("The rebels of Mali are stuck in Menaka.", []),
        ("The M23 said it held Goma. Congo accused Rwanda of helping it; Rwanda denies it.", ["holds"]),
        ("The M23 took Goma. Fleeing soldiers sold their guns.", ["gains"]),
        ("Rebels took Gao in Mali. The air force of Mali struck the town.", ["gains"]),
        ("The rebels took Gao in Mali. In its statement the command said that calm had returned.", ["gains"]),
    ],
)
def test_what_is_only_meant_or_was_not_needed_is_no_claim(reader: Reader, text: str, kinds: list[str]) -> None:
    assert [kind for kind, *_ in read(reader, text)] == kinds


def test_a_sense_with_a_mode_that_is_none_is_refused() -> None:
    with pytest.raises(LexiconError, match=r"eye.*mode 'soon'"):
        parse("- {id: eye, form: verb, words: [eye], kind: gains, mode: soon}", "gains.yml")
