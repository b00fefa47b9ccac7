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
    # beaten off: by the other side, at the place that was tried
    ("In its second week of war a Russian attempt to enter Orikhiv was repelled.",
     "gains gov:RUS Orikhiv attempted; repels gov:UKR Orikhiv"),
    ("Rebels attacked Bor in South Sudan. They were beaten off.", "contests rebels:SSD Bor; repels gov:SSD Bor"),
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
        "Refugees in Gao.",
    ],
)
def test_what_looks_alike_gives_nothing(reader: Reader, text: str) -> None:
    assert read(reader, text) == []
