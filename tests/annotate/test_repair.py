"""Clauses and noun arguments on sentences of our own: each names the construction or the repair it is about."""

from __future__ import annotations

import pytest

from whoholds.annotate.clauses.repair import Clause, clauses, expand, noun_args
from whoholds.annotate.parse.parser import Parser
from whoholds.annotate.trees.tree import Doc


def read(text: str) -> tuple[Doc, dict[str, Clause]]:
    """The document and its clauses by lemma (the first of each)."""
    doc = Parser.load().parse([text])[0]
    found: dict[str, Clause] = {}
    for clause in clauses(doc):
        found.setdefault(clause.lemma, clause)
    return doc, found


def shown(doc: Doc, clause: Clause) -> dict[str, str]:
    """The filled fields of a clause in words: "subjects" → "rebels", "from" → "Bama Gwoza"."""
    fields: dict[str, str] = {"voice": clause.voice}
    for name in ("subjects", "objects", "agents", "xcomp"):
        fields[name] = " ".join(doc[i].text for i in getattr(clause, name))
    for preposition, i in clause.obliques:
        fields[preposition] = f"{fields.get(preposition, '')} {doc[i].text}".strip()
    return {k: v for k, v in fields.items() if v}


CASES: list[tuple[str, str, dict[str, str]]] = [
    # coordination
    ("Rebels captured Bama, Gwoza and Baga on Sunday.", "capture",
     {"subjects": "Rebels", "objects": "Bama Gwoza Baga", "on": "Sunday"}),
    ("Soldiers and policemen left the base.", "leave", {"subjects": "Soldiers policemen", "objects": "base"}),
    ("Troops withdrew from Lyman, Izyum and Bakhmut.", "withdraw",
     {"subjects": "Troops", "from": "Lyman Izyum Bakhmut"}),
    ("Chadian troops and African Union peacekeepers captured the port.", "capture",
     {"subjects": "troops peacekeepers", "objects": "port"}),
    # shared over "and"
    ("The army took Bama and seized Gwoza.", "seize", {"subjects": "army", "objects": "Gwoza"}),
    ("The rebels were expelled from Bama but still hold parts of Gwoza.", "hold",
     {"subjects": "rebels", "objects": "parts"}),
    ("The fighters have surrounded and attacked the district.", "surround",
     {"subjects": "fighters", "objects": "district"}),
    ("The town was captured by the army and held for two days.", "hold",
     {"voice": "passive", "subjects": "town", "for": "days"}),
    # control
    ("The army tried to take the town.", "take", {"subjects": "army", "objects": "town"}),
    ("The group forced the soldiers to leave the base.", "leave", {"subjects": "soldiers", "objects": "base"}),
    ("Militants withdrew from Rutba, leaving the town to tribesmen.", "leave",
     {"subjects": "Militants", "objects": "town"}),
    ("After capturing the city, the group declared an emirate.", "capture", {"subjects": "group", "objects": "city"}),
    ("The army launched an operation to retake the town.", "retake", {"subjects": "army", "objects": "town"}),
    # relative clauses
    ("The town that rebels captured in May is quiet.", "capture", {"subjects": "rebels", "objects": "town"}),
    ("The rebels who took the base in June left.", "take", {"subjects": "rebels", "objects": "base"}),
    ("The city the rebels captured is quiet.", "capture", {"subjects": "rebels", "objects": "city"}),
    ("The army shelled the base they withdrew from.", "withdraw", {"subjects": "they", "from": "base"}),
    ("The town, which M23 rebels had captured a week earlier, is quiet.", "capture",
     {"subjects": "rebels", "objects": "town"}),
    ("The town, from which the rebels had withdrawn, was retaken by soldiers.", "withdraw",
     {"subjects": "rebels", "from": "town"}),
    ("Government troops have not taken the city, which has been held by rebels since April.", "hold",
     {"voice": "passive", "subjects": "city", "agents": "rebels", "since": "April"}),
    ("The towns held by rebels were bombed.", "hold", {"voice": "passive", "subjects": "towns", "agents": "rebels"}),
    ("The army retook the rebel-held town.", "hold", {"voice": "passive", "subjects": "town", "agents": "rebel"}),
    # passives
    ("The airport was seized on Monday by fighters loyal to the general.", "seize",
     {"voice": "passive", "subjects": "airport", "agents": "fighters", "on": "Monday"}),
    ("The rebels were driven out of the centre of the town on Sunday by Iraqi forces.", "drive",
     {"voice": "passive", "subjects": "rebels", "agents": "forces", "out of": "centre"}),
    ("The town was retaken by dawn.", "retake", {"voice": "passive", "subjects": "town", "by": "dawn"}),
    ("The town was taken by force.", "take", {"voice": "passive", "subjects": "town", "by": "force"}),
    # headlines
    ("Rebels seize town near border", "seize", {"subjects": "Rebels", "objects": "town"}),
    ("Rebels Seize Key Town In North", "seize", {"subjects": "Rebels", "objects": "Town"}),
    ("Town captured by rebels after heavy fighting", "capture",
     {"voice": "passive", "subjects": "Town", "agents": "rebels"}),
    ("Three villages recaptured from militants", "recapture",
     {"voice": "passive", "subjects": "villages", "from": "militants"}),
    # attachments
    ("The fighters seized control of Dabiq from the jihadists.", "seize",
     {"subjects": "fighters", "objects": "control", "from": "jihadists"}),
    ("The junta lost control of Myawaddy to Karen fighters.", "lose",
     {"subjects": "junta", "objects": "control", "to": "fighters"}),
    ("Rebels in the city handed over the checkpoint to the police.", "hand",
     {"subjects": "Rebels", "objects": "checkpoint", "to": "police"}),
    # finite verbs taken for participles, subjects hidden behind other words
    ("Some 400 rebels and their families left the town on Friday.", "leave",
     {"subjects": "rebels families", "objects": "town", "on": "Friday"}),
    ("Kurdish-led forces backed by warplanes advanced on Raqqa.", "advance", {"subjects": "forces", "on": "Raqqa"}),
    ("After heavy shelling the guerrillas pulled back from the hills.", "pull",
     {"subjects": "guerrillas", "from": "hills"}),
    ("Troops loyal to the president have taken control of Gharyan.", "take",
     {"subjects": "Troops", "objects": "control"}),
    # subjects left without their verb
    ("In Gao French special forces seized the airport.", "seize", {"subjects": "forces", "objects": "airport"}),
    ("On 6 June, Chadian armed forces entered Bol.", "enter", {"subjects": "forces", "objects": "Bol"}),
    ("MODEL, which split from LURD in March, already controlled Harper.", "control",
     {"subjects": "MODEL", "objects": "Harper"}),
    ("Bouar, he said, will be taken before the end of the week.", "take", {"voice": "passive", "subjects": "Bouar"}),
    ("They pushed towards the coast, took Palma and drove the insurgents from Quitunda.", "take",
     {"subjects": "They", "objects": "Palma"}),
    ("Rebel fighters armed with machine guns stormed the barracks.", "storm",
     {"subjects": "fighters", "objects": "barracks"}),
    ("An attempt to enter Yaroun was repelled, the radio said.", "enter", {"objects": "Yaroun"}),
    ("It was the second time in a month that the rebels had failed to take the town.", "take",
     {"subjects": "rebels", "objects": "town"}),
    ("The rebels have taken the town and are moving towards Bangui, an officer said.", "move",
     {"subjects": "rebels", "towards": "Bangui"}),
    # fights as nouns, names as names
    ("Heavy clashes between the army and rebels in Bria left ten dead.", "leave",
     {"subjects": "clashes", "objects": "ten"}),
    ("Tuareg rebels in Mali plan to retake Kidal.", "retake", {"subjects": "rebels", "objects": "Kidal"}),
    ("Rebels laid siege to the town of Bria.", "lay", {"subjects": "Rebels", "objects": "siege", "to": "town"}),
    ("The government says fighting goes on in Dessie.", "go", {"subjects": "fighting", "in": "Dessie"}),
    # copulas
    ("The village is under the control of the army.", "be", {"subjects": "village", "under": "control"}),
    ("The city is in rebel hands.", "be", {"subjects": "city", "in": "hands"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lemma", "expected"), CASES, ids=[c[0][:60] for c in CASES])
def test_clause(text: str, lemma: str, expected: dict[str, str]) -> None:
    doc, found = read(text)
    assert lemma in found, sorted(found)
    got = shown(doc, found[lemma])
    wanted = {"voice": "active", **expected}
    assert {k: got.get(k) for k in wanted} == wanted
    for role in ("subjects", "objects", "agents"):
        assert got.get(role) == wanted.get(role)


def test_negation_auxiliaries_particles_and_relations() -> None:
    doc, found = read("The army has not taken the town and will not pull back, officials said.")
    assert found["take"].negated
    assert found["take"].auxiliaries == ("have",)
    assert found["pull"].auxiliaries == ("will",)
    assert found["pull"].particles == ("back",)
    assert not found["say"].negated
    assert found["say"].relation == "root"
    assert found["take"].governor == found["say"].verb
    _, found = read("The group no longer controls the town.")
    assert found["control"].negated
    _, found = read("No militants remain in the city.")
    assert found["remain"].negated
    _, found = read("The army failed to take the town.")
    assert found["fail"].xcomp == (found["take"].verb,)
    assert found["take"].marks == ("to",)
    assert not found["take"].negated
    del doc


def test_after_lists_the_nouns_of_a_preposition() -> None:
    doc, found = read("Troops withdrew from Lyman and Izyum to Kharkiv.")
    assert [doc[i].text for i in found["withdraw"].after("from")] == ["Lyman", "Izyum"]
    assert [doc[i].text for i in found["withdraw"].after("to", "into")] == ["Kharkiv"]
    assert found["withdraw"].after("of") == ()


def test_a_town_and_its_province_are_no_list() -> None:
    doc, found = read("Troops entered Rutba, Anbar, on Monday.")
    assert [doc[i].text for i in found["enter"].objects] == ["Rutba"]


@pytest.mark.parametrize(
    ("text", "noun", "expected"),
    [
        ("The capture of Hit by Iraqi forces was welcomed.", "capture", {"of": "Hit", "by": "forces"}),
        ("The fall of Mosul to the insurgents shocked many.", "fall", {"of": "Mosul", "to": "insurgents"}),
        ("Their withdrawal from Kidal to Gao ended on Sunday.", "withdrawal",
         {"possessor": "Their", "from_": "Kidal", "to": "Gao"}),
        ("The junta's loss of Lashio to the MNDAA was confirmed.", "loss",
         {"possessor": "junta", "of": "Lashio", "to": "MNDAA"}),
        ("The army announced the capture of Bama by its troops.", "capture", {"of": "Bama", "by": "troops"}),
        ("They took control of Tarhuna and Gharyan.", "control", {"of": "Tarhuna Gharyan"}),
        ("The army withdrawal was slow.", "withdrawal", {"compounds": "army"}),
        ("The fighting in Hama went on.", "fighting", {"in_": "Hama"}),
    ],
)  # fmt: skip
def test_noun_arguments(text: str, noun: str, expected: dict[str, str]) -> None:
    doc = Parser.load().parse([text])[0]
    i = next(t.i for t in doc if t.text == noun)
    args = noun_args(doc, i)
    fields = ("of", "by", "from_", "to", "in_", "possessor", "compounds")
    got = {f: " ".join(doc[j].text for j in getattr(args, f)) for f in fields}
    assert {k: v for k, v in got.items() if v} == expected


def test_lists_of_names_by_comma_whatever_the_parse() -> None:
    """The parse is made by hand: the members hang on the first as appositions and compounds."""
    words = ["They", "took", "Bama", ",", "Gwoza", ",", "Tal", "Abyad", "and", "Baga", "."]
    pos = ["PRON", "VERB", "PROPN", "PUNCT", "PROPN", "PUNCT", "PROPN", "PROPN", "CCONJ", "PROPN", "PUNCT"]
    heads = [1, 1, 1, 4, 2, 6, 4, 6, 9, 2, 1]
    deps = ["nsubj", "ROOT", "obj", "punct", "appos", "punct", "appos", "flat", "cc", "nmod", "punct"]
    tags = ["PRP", "VBD", "NNP", ",", "NNP", ",", "NNP", "NNP", "CC", "NNP", "."]
    lemmas = [w.lower() for w in words]
    doc = Doc(words, [True] * len(words), tags=tags, pos=pos, lemmas=lemmas, heads=heads, deps=deps)
    for i in (2, 4, 6, 9):
        assert expand(doc, i) == (2, 4, 6, 9)


def test_every_clause_points_into_the_sentence() -> None:
    texts = [text for text, _, _ in CASES] + ["", "!!!", "and and and", "by by by the the", "who which that"]
    for doc in Parser.load().parse(texts):
        for c in clauses(doc):
            indices = (c.verb, *c.subjects, *c.objects, *c.agents, *c.xcomp, *(i for _, i in c.obliques))
            assert all(0 <= i < len(doc) for i in indices)
        for t in doc:
            noun_args(doc, t.i)
            assert t.i in expand(doc, t.i)
