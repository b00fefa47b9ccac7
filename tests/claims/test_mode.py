"""What the words over a cue say of it: done, tried, planned, denied."""

from __future__ import annotations

import pytest
from short_reports import expected, read, shown

from whoholds.claims.cues import parse
from whoholds.errors import LexiconError
from whoholds.pipeline import Reader


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Angolan soldiers have yet to retake Jamba from UNITA.", "gains gov:AGO Jamba denied"),
        ("The soldiers of Chad had to leave Fada in March.", "withdraws gov:TCD Fada"),
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
        # what stands under "once" and "until" is as much to come as its verb
        ("Once they have taken Bol, the rebels of Chad will march on Massakory.", "gains rebels:TCD Bol planned"),
        ("The army of Chad vowed to fight on until the rebels left Bol.", "withdraws rebels:TCD Bol planned"),
        ("The M23 said that it was going to take Bukavu and then march on Uvira.", "advances m23 Uvira planned"),
        ("The governor of Tillaberi said that Torodi would be declared liberated.", "gains - Torodi planned"),
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
    ],
)
def test_the_words_over_a_cue_set_its_mode(reader: Reader, text: str, claims: str) -> None:
    found = read(reader, text)
    assert expected(claims)[0] in found, f"{text} => {shown(found)}"


def test_a_sense_with_a_mode_that_is_none_is_refused() -> None:
    with pytest.raises(LexiconError, match=r"eye.*mode 'soon'"):
        parse("- {id: eye, form: verb, words: [eye], kind: gains, mode: soon}", "gains.yml")
