"""The data about armed groups and countries: their rules, their coverage, and the messages for broken entries."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from textwrap import dedent

import pycountry
import pytest
import yaml

from whoholds.annotate.lexicon.lexicon import Lexicon, name_variants
from whoholds.errors import LexiconError

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT / "../shared"
DATA = ROOT / "src/whoholds/data"
# Words of ordinary reports that a careless alias would swallow.
PLAIN_WORDS = """
army forces force rebels militants government police troops fighters opposition regime state front movement party
coalition alliance tigers model fact plan allies axis support group brigade division the is in on march may august
volunteers patriots union peace unity change justice return dawn islamic national republican democratic people
command security resistance revolution liberation freedom guard guards shield victory hope cross target base
"""
FIXED_IDS = """
islamic-state al-qaeda hts ahrar-al-sham jaysh-al-islam fsa sdf ypg pkk peshmerga pmf hezbollah tribal:IRQ dpr lpr
coalition:islamic-state jaysh-al-fatah sna taliban al-shabaab houthis m23 rsf jnim boko-haram lna gna wagner tplf
ntc rpf ltte mndaa tnla splm-io fano ansar-al-sunna unita artsakh interahamwe vdp maawisley joint-forces frci nfl
aanes popular-resistance benghazi-defence-brigades naqshbandi-army jund-al-aqsa southern-front
turkistan-islamic-party manbij-military-council
"""


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


# ------------------------------------------------------------------------------------------------------- coverage
def test_covers_many_groups_of_many_countries(lexicon: Lexicon) -> None:
    groups = [a for a in lexicon.actors.values() if ":" not in a.id]
    assert len(groups) >= 220
    assert len({c for a in groups for c in a.countries}) >= 40


def test_covers_the_states_of_the_world(lexicon: Lexicon) -> None:
    members = set(lexicon.countries) & {c.alpha_3 for c in pycountry.countries}
    assert len(members) >= 195
    assert {"SUN", "YUG", "ZAR", "DDR", "XKX"} <= set(lexicon.countries)
    without_people = [c.alpha3 for c in lexicon.countries.values() if not c.demonyms]
    assert set(without_people) <= {"VAT", "HKG", "SCG", "DMA"}


@pytest.mark.parametrize("actor", FIXED_IDS.split())
def test_has_the_fixed_ids(lexicon: Lexicon, actor: str) -> None:
    entry = lexicon.entry(actor)
    assert entry is not None
    assert entry.id == actor


def test_knows_every_id_of_the_gold_files(lexicon: Lexicon) -> None:
    files = sorted((SHARED / "gold").glob("*.jsonl"))
    if not files:
        pytest.skip("the shared gold files are not beside the repository")
    claims = [json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines() if line]
    ids = {claim.get(key) for claim in claims for key in ("actor", "against")} - {None}
    assert {actor for actor in ids if not lexicon.is_known(actor)} == set()


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Daesh", "islamic-state"),
        ("Jabhat al-Nusra", "hts"),
        ("Tamil Tigers", "ltte"),
        ("Sendero Luminoso", "shining-path"),
        ("Bosnian Serbs", "vrs"),
        ("Khmer Rouge", "khmer-rouge"),
        ("Séléka", "seleka"),
        ("Lord's Resistance Army", "lra"),
        ("Farabundo Martí National Liberation Front", "fmln"),
        ("Ansar Allah", "houthis"),
        ("Viet Cong", "viet-cong"),
        ("Phalangists", "lebanese-forces"),
        ("Janjaweed", "janjaweed"),
        ("Northern Alliance", "northern-alliance"),
        ("Kosovo Liberation Army", "kla"),
        ("Operation Barkhane", "gov:FRA"),
        ("FARDC", "gov:COD"),
        ("Tatmadaw", "gov:MMR"),
        ("Kremlin", "gov:RUS"),
        ("Golden Division", "gov:IRQ"),
    ],
)
def test_finds_the_owner_of_a_name(lexicon: Lexicon, name: str, actor: str) -> None:
    found = lexicon.names().get(name.casefold()) or lexicon.forces().get(name.casefold())
    assert found == (actor,)


# ---------------------------------------------------------------------------------------------------------- rules
def test_names_are_unique_or_declared_ambiguous(lexicon: Lexicon) -> None:
    for table in (lexicon.names(), lexicon.abbreviations(), lexicon.forces()):
        shared = {name for name, ids in table.items() if len(ids) > 1}
        assert shared <= lexicon.ambiguous
    assert set(lexicon.abbreviations()["SNA"]) == {"sna", "usc", "gov:SOM"}
    assert "AFP" in lexicon.ambiguous


def test_no_name_is_a_plain_word(lexicon: Lexicon) -> None:
    names, plain = [*lexicon.names(), *lexicon.forces()], set(PLAIN_WORDS.split())
    assert [n for n in names if n in plain] == []
    assert [n for n in names if len(n) < 3] == []
    assert [n for n in lexicon.abbreviations() if n.islower()] == []


def test_no_name_is_a_common_word_of_the_treebank(lexicon: Lexicon) -> None:
    path = SHARED / "ud/ewt_train.conllu"
    if not path.exists():
        pytest.skip("the shared treebank is not beside the repository")
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    words = {row[1] for row in rows if len(row) > 4 and row[1].islower() and row[3] != "PROPN"}
    assert words & ({*lexicon.names(), *lexicon.forces()}) == set()


def test_is_written_with_care(lexicon: Lexicon) -> None:
    for entry in lexicon.actors.values():
        assert entry.source, entry.id
        assert entry.described_as, entry.id
        assert entry.aliases or entry.abbreviations, entry.id
        for text in (*entry.aliases, *entry.branches, *entry.leaders):
            assert not re.search(r"\s{2,}|[\x00-\x1f<>]", text), (entry.id, text)


def test_alignments_lie_in_the_years_of_the_group(lexicon: Lexicon) -> None:
    # An ally may be named from a predecessor's time, so a margin of one year is left.
    wrong = [
        (entry.id, x.actor)
        for entry in lexicon.actors.values()
        for x in entry.alignments
        if x.start and (x.start.year < entry.active[0] - 1 or (entry.active[1] and x.start.year > entry.active[1] + 1))
    ]
    assert wrong == []


def test_core_sides_are_those_of_the_scorer(lexicon: Lexicon) -> None:
    path = SHARED / "score.py"
    if not path.exists():
        pytest.skip("the shared scorer is not beside the repository")
    block = re.search(r"^SIDE = \{(.*?)^\}", path.read_text(encoding="utf-8"), re.S | re.M)
    assert block
    wanted = dict(re.findall(r'"([^"]+)": "([^"]+)"', block[1]))
    assert {a.id: a.side for a in lexicon.actors.values() if a.side} == wanted


# ------------------------------------------------------------------------------------------------------- look-ups
def test_names_ignore_case_and_the_printing_of_the_article(lexicon: Lexicon) -> None:
    for spelling in ("al-nusra front", "al nusra front", "da'esh", "da’esh", "daesh"):
        assert spelling in lexicon.names()
    assert name_variants("Da‘esh")[0] == "da'esh"
    assert name_variants("al-Qaeda") == ("al-qaeda", "al qaeda")
    assert name_variants("Taliban") == ("taliban",)


def test_abbreviations_keep_their_case(lexicon: Lexicon) -> None:
    assert lexicon.abbreviations()["IS"] == ("islamic-state",)
    assert "is" not in lexicon.abbreviations()
    assert "is" not in lexicon.names()
    assert lexicon.abbreviations()["MODEL"] == ("model",)


def test_demonyms_and_country_names(lexicon: Lexicon) -> None:
    assert lexicon.demonyms()["Iraqis"] == "IRQ"
    assert lexicon.demonyms()["Congolese"] == "COD"
    assert lexicon.demonyms()["Zairean"] == "COD"
    assert lexicon.demonyms()["Soviet"] == "SUN"
    assert lexicon.country_names()["Burma"] == "MMR"
    assert lexicon.country_names()["DR Congo"] == "COD"
    assert "turkey" not in lexicon.country_names()


def test_ids_formed_by_rule(lexicon: Lexicon) -> None:
    assert lexicon.is_known("gov:IRQ")
    assert lexicon.is_known("rebels:COL")
    assert lexicon.is_known("tribal:LBY")
    assert lexicon.is_known("coalition:a-new-one")
    assert not lexicon.is_known("gov:XYZ")
    assert not lexicon.is_known("gov:irq")
    assert not lexicon.is_known("no-such-group")


def test_other_ids_and_former_states_give_the_canonical_id(lexicon: Lexicon) -> None:
    assert lexicon.canonical("national-front-for-liberation") == "nfl"
    assert lexicon.entry("maawisley") is lexicon.entry("macawisley")
    assert lexicon.canonical("gov:ZAR") == "gov:COD"
    assert lexicon.canonical("gov:SUN") == "gov:SUN"
    assert lexicon.canonical("anything") == "anything"


def test_labels(lexicon: Lexicon) -> None:
    assert lexicon.label("islamic-state") == "Islamic State"
    assert lexicon.label("gov:IRQ") == "Iraqi government forces"
    assert lexicon.label("rebels:COL") == "Colombian rebels"
    assert lexicon.label("some-new-group") == "Some New Group"


def test_narrow_uses_country_and_year_but_never_ends_empty(lexicon: Lexicon) -> None:
    levant = lexicon.names()["levant front"]
    assert set(levant) == {"fsa", "sna"}
    assert lexicon.narrow(levant, on=date(2015, 5, 1)) == ("fsa",)
    maoists = lexicon.names()["maoist rebels"]
    assert lexicon.narrow(maoists, {"NPL"}) == ("maoists",)
    assert lexicon.narrow(maoists, {"IND"}) == ("naxalites",)
    assert lexicon.narrow(maoists, {"BRA"}) == maoists
    shabaab = lexicon.names()["al-shabaab"]
    assert lexicon.narrow(shabaab, {"MOZ"}) == ("ansar-al-sunna",)
    assert lexicon.narrow(("gov:SOM", "sna"), {"SOM"}) == ("gov:SOM",)
    assert lexicon.narrow((), {"SOM"}) == ()
    spla = lexicon.abbreviations()["SPLA"]
    assert lexicon.narrow(spla, on=date(1995, 1, 1)) == ("spla",)
    assert lexicon.narrow(spla, on=date(2014, 1, 1)) == ("gov:SSD",)


def test_leaders_and_media(lexicon: Lexicon) -> None:
    assert lexicon.leaders()["riek machar"] == ("splm-io", "ssim")
    assert lexicon.leaders()["bashar al-assad"] == ("gov:SYR",)
    assert lexicon.media()["amaq"] == ("islamic-state",)
    assert lexicon.media()["al-manar"] == ("hezbollah",)


def test_names_of_territories_are_marked(lexicon: Lexicon) -> None:
    assert {"abkhazia", "south ossetia", "somaliland"} <= lexicon.also_places
    assert "abkhaz forces" not in lexicon.also_places


def test_forces_that_are_gone(lexicon: Lexicon) -> None:
    assert not lexicon.is_past("ANSF", date(2021, 8, 15))
    assert lexicon.is_past("ANSF", date(2021, 8, 16))
    assert lexicon.is_past("afghan national army", date(2022, 1, 1))
    assert not lexicon.is_past("Golden Division", date(2022, 1, 1))


@pytest.mark.parametrize(
    ("a", "b", "on", "expected"),
    [
        ("pmf", "gov:IRQ", date(2017, 11, 17), True),
        ("gov:IRQ", "pmf", date(2017, 11, 17), True),
        ("peshmerga", "gov:IRQ", date(2016, 10, 20), True),
        ("peshmerga", "gov:IRQ", date(2017, 10, 20), False),
        ("rsf", "gov:SDN", date(2023, 4, 14), True),
        ("rsf", "gov:SDN", date(2023, 4, 15), False),
        ("taliban", "gov:AFG", date(2021, 8, 14), False),
        ("taliban", "gov:AFG", date(2021, 8, 16), True),
        ("houthis", "saleh-loyalists", date(2015, 4, 2), True),
        ("houthis", "saleh-loyalists", date(2017, 12, 2), False),
        ("hts", "gov:SYR", date(2018, 1, 1), False),
        ("nfl", "national-front-for-liberation", date(2018, 10, 1), True),
        ("islamic-state", "islamic-state", date(2018, 1, 1), True),
        ("islamic-state", "gov:IRQ", date(2016, 3, 13), False),
        ("gov:ZAR", "gov:COD", date(1997, 1, 1), True),
    ],
)
def test_alliances_are_dated_and_mutual(lexicon: Lexicon, a: str, b: str, on: date, expected: bool) -> None:
    assert lexicon.aligned(a, b, on) is expected


def test_an_enemy_that_became_an_ally_is_explained(lexicon: Lexicon) -> None:
    # Fought first and allied since: it became the government, its army, or made peace.
    became = re.compile("government|authorit|ruling party|joined|army|peace")
    silent = [
        (entry.id, x.actor, x.note)
        for entry in lexicon.actors.values()
        for x in entry.alignments
        if x.actor in entry.enemies and x.end is None and not became.search(x.note)
    ]
    assert silent == []


# ----------------------------------------------------------------------------------------- immutability, round trips
def test_entries_and_tables_are_read_only(lexicon: Lexicon) -> None:
    entry = lexicon.actors["hezbollah"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        entry.name = "x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        lexicon.names()["x"] = ("y",)  # type: ignore[index]
    assert not hasattr(entry, "__dict__")


def test_every_written_name_is_found_again(lexicon: Lexicon) -> None:
    written = yaml.safe_load((DATA / "actors.yml").read_text(encoding="utf-8"))["actors"]
    assert [row["id"] for row in written] == list(lexicon.actors)
    for row in written:
        for name in (row["name"], *row.get("aliases", []), *row.get("branches", [])):
            assert row["id"] in lexicon.names()[name.casefold()]
        for short in row.get("abbreviations", []):
            assert row["id"] in lexicon.abbreviations()[short]
    for code, row in yaml.safe_load((DATA / "countries.yml").read_text(encoding="utf-8"))["countries"].items():
        for force in row.get("forces", []):
            assert f"gov:{row.get('same_as', code)}" in lexicon.forces()[force.casefold()]


def test_hash_follows_the_files(tmp_path: Path, lexicon: Lexicon) -> None:
    for name in ("actors.yml", "countries.yml"):
        (tmp_path / name).write_bytes((DATA / name).read_bytes())
    copy = Lexicon.load(tmp_path)
    assert copy.hash == lexicon.hash
    assert copy.actors == lexicon.actors
    with (tmp_path / "countries.yml").open("a", encoding="utf-8") as file:
        file.write("# a comment\n")
    assert Lexicon.load(tmp_path).hash != lexicon.hash


# -------------------------------------------------------------------------------------------------- broken entries
COUNTRIES = """
format: 1
countries:
  IRQ: {name: Iraq, demonyms: [Iraqi, Iraqis], forces: [Iraqi Army]}
  SYR: {name: Syria, demonyms: [Syrian]}
"""
ACTORS = """
format: 1
actors:
- id: red-band
  name: Red Band
  aliases: [Reds of the River]
  abbreviations: [RB]
  countries: [IRQ]
  active: [2001, null]
  source: made up
- id: blue-band
  name: Blue Band
  countries: [SYR]
  active: [2001, 2010]
  alignments:
  - {with: red-band, from: 2002-02, to: 2003, note: made up}
  source: made up
"""
Loader = Callable[[str, str], Lexicon]


@pytest.fixture
def load(tmp_path: Path) -> Loader:
    def write(actors: str = ACTORS, countries: str = COUNTRIES) -> Lexicon:
        (tmp_path / "actors.yml").write_text(dedent(actors), encoding="utf-8")
        (tmp_path / "countries.yml").write_text(dedent(countries), encoding="utf-8")
        return Lexicon.load(tmp_path)

    return write


def test_a_month_or_a_year_counts_whole(load: Loader) -> None:
    lexicon = load(ACTORS, COUNTRIES)
    days = [date(2002, 1, 31), date(2002, 2, 1), date(2003, 12, 31), date(2004, 1, 1)]
    assert [lexicon.aligned("red-band", "blue-band", d) for d in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("old", "new", "entry", "rule"),
    [
        ("with: red-band", "with: green-band", "blue-band", "unknown id 'green-band'"),
        ("with: red-band", "with: blue-band", "blue-band", "points to itself"),
        ("- id: blue-band", "- id: red-band", "red-band", "duplicate id"),
        ("- id: blue-band", "- id: Blue_Band", "Blue_Band", "not a slug"),
        ("name: Blue Band", "name: Reds of the River", "blue-band", "ambiguous"),
        ("from: 2002-02", "from: 2002-13", "blue-band", "bad date"),
        ("from: 2002-02", "from: yesterday", "blue-band", "bad date"),
        ("from: 2002-02", "from: 2004-02", "blue-band", "bad date"),
        ("from: 2002-02", "from: null", "blue-band", "bad date"),
        ("note: made up}", "because: x}", "blue-band", "alignments"),
        ("countries: [SYR]", "countries: [XXX]", "blue-band", "no country 'XXX'"),
        ("countries: [SYR]", "countries: []", "blue-band", "at least one"),
        ("active: [2001, 2010]", "active: [2010, 2001]", "blue-band", "active"),
        ("active: [2001, 2010]", "active: 2001", "blue-band", "active"),
        ("[Reds of the River]", "[gunmen]", "red-band", "no capital"),
        ("[Reds of the River]", "[RR]", "red-band", "too short"),
        ("[Reds of the River]", "[2015]", "red-band", "must be text"),
        ("[Reds of the River]", "[Reds, Reds]", "red-band", "twice"),
        ("[Reds of the River]", "Reds", "red-band", "must be a list"),
        ("abbreviations: [RB]", "abbreviations: [Red Band]", "red-band", "one word"),
        ("abbreviations: [RB]", "ambiguous: [Nobody]", "red-band", "none of its names"),
        ("abbreviations: [RB]", "also_place: [Nobody]", "red-band", "also_place"),
        ("abbreviations: [RB]", "nicknames: [RB]", "red-band", "unknown field 'nicknames'"),
        ("  name: Blue Band", "  name: Blue Band\n  name: Bluer Band", "actors.yml", "occurs twice"),
        ("  source: made up\n- id", "- id", "red-band", "source"),
    ],
)
def test_a_broken_group_is_refused_with_file_entry_and_rule(
    load: Loader, old: str, new: str, entry: str, rule: str
) -> None:
    assert old in ACTORS
    with pytest.raises(LexiconError) as caught:
        load(ACTORS.replace(old, new, 1), COUNTRIES)
    message = str(caught.value)
    assert "actors.yml" in message
    assert entry in message
    assert rule in message


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("SYR: {name: Syria", "IRQ: {name: Syria", "occurs twice"),
        ("SYR: {name: Syria", "Syr: {name: Syria", "alpha-3"),
        ("demonyms: [Syrian]", "demonyms: [Iraqi]", "already IRQ's"),
        ("demonyms: [Syrian]", "demonyms: [syrian]", "capital"),
        ("demonyms: [Syrian]", "same_as: XXX", "same_as"),
        ("demonyms: [Syrian]", "forces: [Iraqi Army]", "ambiguous"),
        ("demonyms: [Syrian]", "abbreviations: [RB]", "ambiguous"),
        ("demonyms: [Syrian]", "until: {Old Guard: 2010}", "not among its forces"),
        ("demonyms: [Syrian]", "until: [Old Guard]", "until"),
        ("format: 1", "format: 2", "format"),
        ("countries:", "states:", "countries"),
        ("SYR: {name: Syria, demonyms: [Syrian]}", "SYR: Syria", "mapping"),
        ("SYR: {name: Syria, demonyms: [Syrian]}", "SYR: {", "not valid YAML"),
    ],
)
def test_a_broken_country_is_refused_with_file_and_rule(load: Loader, old: str, new: str, rule: str) -> None:
    assert old in COUNTRIES
    with pytest.raises(LexiconError) as caught:
        load(ACTORS, COUNTRIES.replace(old, new, 1))
    assert "countries.yml" in str(caught.value)
    assert rule in str(caught.value)


def test_one_name_for_two_groups_needs_both_to_declare_it(load: Loader) -> None:
    blue = "  name: Blue Band\n  aliases: [Reds of the River]\n"
    with pytest.raises(LexiconError, match="red-band"):
        load(ACTORS.replace("  name: Blue Band\n", blue + "  ambiguous: [Reds of the River]\n"), COUNTRIES)
    both = ACTORS.replace("  name: Blue Band\n", blue + "  ambiguous: [Reds of the River]\n")
    both = both.replace("  abbreviations: [RB]\n", "  ambiguous: [Reds of the River]\n")
    assert load(both, COUNTRIES).names()["reds of the river"] == ("red-band", "blue-band")


def test_a_force_that_shares_its_name_with_a_group_is_found_as_both(load: Loader) -> None:
    countries = COUNTRIES.replace("forces: [Iraqi Army]", "forces: [Reds of the River]")
    with pytest.raises(LexiconError, match="red-band"):
        load(ACTORS, countries)
    countries = countries.replace("[Reds of the River]", "[Reds of the River], ambiguous: [Reds of the River]")
    actors = ACTORS.replace("  abbreviations: [RB]\n", "  ambiguous: [Reds of the River]\n")
    lexicon = load(actors, countries)
    assert lexicon.names()["reds of the river"] == ("red-band", "gov:IRQ")
    assert lexicon.forces()["reds of the river"] == ("red-band", "gov:IRQ")
    assert "red band" not in lexicon.forces()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"actors\.yml: cannot be read"):
        Lexicon.load(tmp_path)
