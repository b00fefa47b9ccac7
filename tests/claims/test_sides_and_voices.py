"""Who says it, where the parser loses the name, and who is on the other side, where only the report tells."""

from __future__ import annotations

import pytest
from short_reports import body

from whoholds.pipeline import Reader

VOICES = [
    (
        "Ahmed Saleh, president of the Sool region, told reporters on a hill above the town that rebels took Las Anod.",
        "Ahmed Saleh",
    ),
    ("The mayor of the port of Mariupol, Ivan Petrov, said that Russian troops had taken Mariupol.", "Ivan Petrov"),
    ("The ADF had left Beni, the army spokesman in the sector, Major Jean Mbala, said.", "Jean Mbala"),
    ("The Taliban confirmed by text message that its forces had left Ghazni.", "Taliban"),
    ("The Russian military announced that it had taken Lyman.", "Russian military"),
    ("Defence ministry: Nigerian troops have retaken Bama.", "Defence ministry"),
    ("Residents said that rebels had left Goma.", None),
    ("The operations commander for Salahuddin Lt . Gen. Qasim Nazzal said troops had entered Sharqat.", "Qasim Nazzal"),
]


@pytest.mark.parametrize(("text", "name"), VOICES)
def test_the_name_of_who_says_it(reader: Reader, text: str, name: str | None) -> None:
    claims = reader.read(body(text)).claims
    assert claims
    assert {claim.voices[0].name for claim in claims} == {name}


def test_a_leader_of_civil_society_is_of_no_side(reader: Reader) -> None:
    text = "The M23 entered Sake. They are in control of the whole town, a civil society leader said."
    claim = reader.read(body(text)).claims[-1]
    assert (claim.actor, claim.voices[0].side) == ("m23", None)


def test_the_words_for_a_side_are_looked_for_where_they_stand(reader: Reader) -> None:
    """The commander's name is not that of the next who speaks; his side is told by words of his own sentence."""
    text = (
        "Bor, 3 May 2014 - A rebel commander has confirmed to this paper what had been plain since midday: his men are "
        "all over the town of Bor and at the barracks. “They phoned us, they asked us to come, and they left for the "
        "bridge of Juba before noon,” said the commander, who was not allowed to give his name. “By two o’clock nobody "
        "was there.”\n\nThe Nile Observatory says militias have quit Pibor."
    )
    (told,) = [claim for claim in reader.read(body(text)).claims if claim.place.name == "Pibor"]
    assert [(voice.name, voice.role) for voice in told.voices] == [("Nile Observatory", None)]


def test_a_role_does_not_end_with_a_preposition(reader: Reader) -> None:
    (claim,) = reader.read(body("Rebels left Goma, according to officials in the town of Sake.")).claims
    assert claim.voices[0].role
    assert claim.voices[0].role.split()[-1] not in ("in", "of")


SIDES = [
    # of two enemies, the one that is heard of at the place
    (
        "The Islamic State holds Hajin. Ahrar al-Sham holds Idlib. The army attacked the Islamic State in Mayadin. "
        "The Syrian army advanced on Hajin. The Syrian army advanced on Idlib.",
        {"Hajin": "islamic-state", "Idlib": "ahrar-al-sham"},
    ),
    # a state that only talks is on no side
    (
        "Rebels of the M23 hold Goma. Congolese troops advanced on Goma. Ministers of France and Kenya met in Nairobi.",
        {"Goma": "m23"},
    ),
    # one group, two countries: each state where its places lie
    (
        "Islamic State attacked Mosul in Iraq on Monday. Iraqi police fled. Syrian soldiers hold Homs in Syria. "
        "The militants attacked Tikrit. The group advanced on Palmyra.",
        {"Tikrit": "gov:IRQ", "Palmyra": "gov:SYR"},
    ),
    # two states at war
    ("Azerbaijan said that its army attacked Hadrut. The Armenian army withdrew from Hadrut.", {"Hadrut": "gov:ARM"}),
]


@pytest.mark.parametrize(("text", "against"), SIDES)
def test_the_other_side(reader: Reader, text: str, against: dict[str, str]) -> None:
    claims = [c for c in reader.read(body(text)).claims if c.kind in ("advances", "contests")]
    assert {c.place.name: c.against for c in claims if c.place.name in against} == against
