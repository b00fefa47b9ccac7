"""Events that others coded, as claims with their coder as the voice."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from whoholds.annotate.lexicon.lexicon import Lexicon
from whoholds.claim_files import coded_readings
from whoholds.cli.app import app
from whoholds.coded.mapping import known, load
from whoholds.coded.names import Names
from whoholds.errors import InputError
from whoholds.ledger import Ledger
from whoholds.ledger.verify import verify
from whoholds.model import Claim, Issue, Severity
from whoholds.views import who

ACLED = {
    "event_id_cnty": "IRQ1",
    "event_date": "2016-02-09",
    "time_precision": "1",
    "event_type": "Battles",
    "sub_event_type": "Government regains territory",
    "actor1": "Islamic State (Iraq)",
    "assoc_actor_1": "",
    "inter1": "Rebel group",
    "actor2": "Military Forces of Iraq (2014-)",
    "assoc_actor_2": "Popular Mobilization Forces",
    "inter2": "State forces",
    "country": "Iraq",
    "location": "Ramadi",
    "latitude": "33.42",
    "longitude": "43.30",
    "geo_precision": "1",
    "notes": "Troops entered the last quarter.",
    "timestamp": "1455235200",
}
GED = {
    "id": "77",
    "type_of_violence": "1",
    "side_a": "Government of Syria",
    "side_b": "IS",
    "where_coordinates": "Palmyra town",
    "where_prec": "1",
    "latitude": "34.56",
    "longitude": "38.27",
    "country": "Syria",
    "date_start": "2016-03-24 00:00:00.000",
    "date_end": "2016-03-27 00:00:00.000",
}


def table(path: Path, *rows: dict[str, str]) -> str:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def claims(what: str, path: str) -> tuple[list[Claim], list[Issue]]:
    issues: list[Issue] = []
    found = [claim for reading in coded_readings([path], load(what), issues.append) for claim in reading.claims]
    return found, issues


def test_a_row_of_acled(tmp_path: Path) -> None:
    (claim,), issues = claims("acled", table(tmp_path / "a.csv", ACLED))
    assert issues == []
    # Whoever is named first: the side of the state is the one that regained.
    assert (claim.kind, claim.actor, claim.against) == ("gains", "gov:IRQ", "islamic-state")
    assert claim.jointly_with == ("pmf",)
    assert (claim.place.name, claim.place.country, claim.place.basis) == ("Ramadi", "IRQ", "gazetteer")
    assert (str(claim.when.start), str(claim.when.end)) == ("2016-02-09", "2016-02-09")
    assert (claim.voices[0].name, claim.outlet) == ("ACLED", "ACLED")
    assert claim.quote_text == "Troops entered the last quarter."
    assert str(claim.published.end if claim.published else None) == "2016-02-12"


@pytest.mark.parametrize(
    ("changes", "kind", "actor", "against"),
    [
        ({"sub_event_type": "Non-state actor overtakes territory"}, "gains", "islamic-state", "gov:IRQ"),
        ({"sub_event_type": "Armed clash"}, "contests", "islamic-state", "gov:IRQ"),
        ({"inter1": "2", "inter2": "1"}, "gains", "gov:IRQ", "islamic-state"),
        ({"sub_event_type": "Armed clash", "actor2": ""}, "contests", "islamic-state", None),
    ],
)
def test_who_took_it(tmp_path: Path, changes: dict[str, str], kind: str, actor: str, against: str | None) -> None:
    (claim,), _ = claims("acled", table(tmp_path / "a.csv", ACLED | changes))
    assert (claim.kind, claim.actor, claim.against) == (kind, actor, against)


@pytest.mark.parametrize(
    ("precision", "start", "end"),
    [("1", "2016-02-09", "2016-02-09"), ("2", "2016-02-06", "2016-02-12"), ("3", "2016-02-01", "2016-02-29")],
)
def test_how_sure_the_day_is(tmp_path: Path, precision: str, start: str, end: str) -> None:
    (claim,), _ = claims("acled", table(tmp_path / "a.csv", ACLED | {"time_precision": precision}))
    assert (str(claim.when.start), str(claim.when.end)) == (start, end)


def test_what_says_nothing_of_who_holds_a_place_is_passed_over(tmp_path: Path) -> None:
    found, issues = claims("acled", table(tmp_path / "a.csv", ACLED | {"sub_event_type": "Peaceful protest"}))
    assert found == []
    assert [(issue.severity, issue.message) for issue in issues] == [
        ("note", "rows that say nothing of who holds a place: 1, passed over")
    ]


def test_bad_rows_are_told_with_their_lines_and_the_others_are_read(tmp_path: Path) -> None:
    rows = [
        ACLED | {"event_date": "soon"},
        ACLED,
        ACLED | {"location": ""},
        ACLED | {"latitude": "north"},
        ACLED | {"actor1": "", "actor2": ""},
        ACLED | {"event_id_cnty": "IRQ2", "event_date": "27 November 2016"},
    ]
    found, issues = claims("acled", table(tmp_path / "a.csv", *rows))
    assert [claim.report for claim in found] == ["ACLED IRQ1", "ACLED IRQ2"]
    assert sorted(issue.place for issue in issues) == ["line 2", "line 4", "line 5", "line 6"]
    assert all("a.csv" in issue.source for issue in issues)


def read_acled(path: str, monkeypatch: pytest.MonkeyPatch) -> tuple[str, list[Claim]]:
    """What the command says of a file, and what the ledger of the folder then has."""
    monkeypatch.chdir(Path(path).parent)
    done = CliRunner().invoke(app, ["read", path, "--as", "acled"])
    assert done.exit_code == 0
    with Ledger.open("whoholds.db") as store:
        return done.output, list(store.claims())


@pytest.mark.parametrize(
    "changed",
    [
        {"event_date": "2016-02-07"},
        {"actor2": "Military Forces of Syria (2000-)"},
        {"location": "Hit", "latitude": "33.64", "longitude": "42.83"},
        {"event_date": "2016-02-07", "notes": "Troops entered the last quarter two days before."},
    ],
)
def test_a_row_that_was_corrected_replaces_what_it_said(
    changed: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = table(tmp_path / "1.csv", ACLED)
    second = table(tmp_path / "2.csv", ACLED | changed | {"timestamp": "1456235200"})
    (old,) = read_acled(first, monkeypatch)[1]
    said, (new,) = read_acled(second, monkeypatch)
    assert "Reports: 1 new, 0 known before" in said
    assert "which they replace: 1" in said
    assert new.published != old.published
    assert (new.when, new.actor, new.place.place_id) != (old.when, old.actor, old.place.place_id)
    # The older file again, by mistake or with others in its folder, brings nothing back.
    said, stands = read_acled(first, monkeypatch)
    assert "Reports: 0 new, 1 known before" in said
    assert "older state" in said
    assert stands == [new]
    # What the coder takes back itself counts.
    said, (back,) = read_acled(table(tmp_path / "3.csv", ACLED | {"timestamp": "1457235200"}), monkeypatch)
    assert "1 new" in said
    assert (back.when, back.actor, back.place.place_id) == (old.when, old.actor, old.place.place_id)
    with Ledger.open("whoholds.db") as store:
        assert verify(store).sound


def test_a_row_that_was_only_published_anew_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_acled(table(tmp_path / "1.csv", ACLED), monkeypatch)
    said, (claim,) = read_acled(table(tmp_path / "2.csv", ACLED | {"timestamp": "1457235200"}), monkeypatch)
    assert "Reports: 0 new, 1 known before" in said
    assert claim.published
    assert str(claim.published.end) == "2016-02-12"


def test_an_older_version_of_a_row_replaces_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, new = read_acled(table(tmp_path / "2.csv", ACLED | {"timestamp": "1457235200"}), monkeypatch)
    said, stands = read_acled(table(tmp_path / "1.csv", ACLED | {"event_date": "2016-02-01"}), monkeypatch)
    assert "older state" in said
    assert stands == new


def test_two_rows_of_one_id_in_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = {"event_id_cnty": "IRQ2"}
    path = table(tmp_path / "a.csv", ACLED, ACLED | other, ACLED | {"event_date": "2016-02-07"}, ACLED)
    said, stands = read_acled(path, monkeypatch)
    assert said.count("has the id of ACLED IRQ1") == 1
    assert "line 4" in said
    assert sorted(claim.report for claim in stands) == ["ACLED IRQ1", "ACLED IRQ1 (2)", "ACLED IRQ2"]
    assert read_acled(path, monkeypatch)[1] == stands


def test_a_row_with_too_few_cells_or_too_many_is_listed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    whole = ",".join(ACLED.values())
    path.write_text(f"{','.join(ACLED)}\nIRQ8,2016-02-09\n{whole},over\n{whole},,\n")
    found, issues = claims("acled", str(path))
    assert len(found) == 1
    assert [(i.severity, i.place) for i in issues] == [(Severity.ERROR, "line 2"), (Severity.ERROR, "line 3")]


def test_an_event_without_an_id_is_listed(tmp_path: Path) -> None:
    found, (issue,) = claims("acled", table(tmp_path / "a.csv", ACLED | {"event_id_cnty": ""}))
    assert not found
    assert "event_id_cnty" in issue.message


def test_a_precision_that_nobody_knows_is_no_exact_day(tmp_path: Path) -> None:
    (claim,), (issue,) = claims("acled", table(tmp_path / "a.csv", ACLED | {"time_precision": "9"}))
    assert (str(claim.when.start), str(claim.when.end)) == ("2016-02-01", "2016-02-29")
    assert "'9'" in issue.message


def test_villages_of_one_name_stay_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one holder on the same days, their words would be the same."""
    rows = [
        {"geonameid": number, "asciiname": "Ivanivka", "date": "20220301", "status": "RU"}
        for number in ("706369", "706370")
    ]
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["read", table(tmp_path / "v.csv", *rows), "--as", "viina"])
    assert "Reports: 2 new" in done.output


def test_a_row_of_ged_is_a_fight(tmp_path: Path) -> None:
    rows = [GED, GED | {"id": "78", "type_of_violence": "3", "side_b": "Civilians"}]
    (claim,), _ = claims("ged", table(tmp_path / "g.csv", *rows))
    assert (claim.kind, claim.actor, claim.against) == ("contests", "gov:SYR", "islamic-state")
    assert (str(claim.when.start), str(claim.when.end)) == ("2016-03-24", "2016-03-27")
    assert (claim.place.lat, claim.place.lon) == (34.56, 38.27)


def test_the_days_of_a_panel_become_runs_and_its_voices_stay_apart(tmp_path: Path) -> None:
    def row(day: str, isw: str, wiki: str) -> dict[str, str]:
        return {"geonameid": "706483", "date": day, "status_isw": isw, "status_wiki": wiki, "status": "UA"}

    rows = [
        row("20220301", "UA", "UA"),
        row("20220302", "CONTESTED", "UA"),
        row("20220303", "RU", ""),
        row("20220304", "RU", "UA"),
        # Days of which nothing is said end a run.
        row("20220320", "RU", "UA"),
    ]
    found, issues = claims("viina", table(tmp_path / "v.csv", *rows))
    assert issues == []
    assert {claim.place.place_id for claim in found} == {"geonames:706483"}
    assert all(claim.place.lat is not None and claim.place.country == "UKR" for claim in found)
    said = sorted((c.voices[0].name or "", str(c.when.start), str(c.when.end), str(c.kind), c.actor) for c in found)
    isw, wiki = "VIINA by ISW", "VIINA by Wikipedia"
    assert said == [
        (isw, "2022-03-01", "2022-03-01", "holds", "gov:UKR"),
        (isw, "2022-03-02", "2022-03-02", "contests", "gov:RUS"),
        (isw, "2022-03-03", "2022-03-04", "holds", "gov:RUS"),
        (isw, "2022-03-20", "2022-03-20", "holds", "gov:RUS"),
        (wiki, "2022-03-01", "2022-03-02", "holds", "gov:UKR"),
        (wiki, "2022-03-04", "2022-03-04", "holds", "gov:UKR"),
        (wiki, "2022-03-20", "2022-03-20", "holds", "gov:UKR"),
    ]


def test_a_panel_with_a_column_for_each_time(tmp_path: Path) -> None:
    times = {"ctr_20220301060000": "UA", "ctr_20220302235900": "CONTESTED", "ctr_20220303010000": "RU"}
    later = {"ctr_20220304010000": "RU", "ctr_20220320010000": "RU"}
    # The columns of a table come in any order.
    row = {"geonameid": "706483", "name": "Kharkiv", **later, "feature_code": "PPLA", **times}
    found, issues = claims("viina", table(tmp_path / "v.csv", row, row | {"geonameid": "", "name": ""}))
    assert [issue.place for issue in issues] == ["line 3"]
    assert {claim.voices[0].name for claim in found} == {"VIINA"}
    assert [(str(c.when.start), str(c.when.end), str(c.kind), c.actor) for c in found] == [
        ("2022-03-01", "2022-03-01", "holds", "gov:UKR"),
        ("2022-03-02", "2022-03-02", "contests", "gov:RUS"),
        ("2022-03-03", "2022-03-04", "holds", "gov:RUS"),
        ("2022-03-20", "2022-03-20", "holds", "gov:RUS"),
    ]


def test_names_that_the_lexicon_lacks_are_listed_once_and_kept(tmp_path: Path) -> None:
    strange = ACLED | {"actor1": "Coastal Watch of Nowhere (Iraq)", "sub_event_type": "Armed clash"}
    found, issues = claims(
        "acled",
        table(tmp_path / "a.csv", strange, strange | {"event_id_cnty": "IRQ2"}, ACLED | {"event_id_cnty": "IRQ3"}),
    )
    assert [claim.actor for claim in found] == ["coastal-watch-of-nowhere"] * 2 + ["gov:IRQ"]
    (issue,) = issues
    assert (issue.code, issue.severity) == ("unknown-actor", Severity.NOTE)
    assert "Coastal Watch of Nowhere (Iraq)" in issue.message
    assert "coastal-watch-of-nowhere" in issue.message


@pytest.mark.parametrize(
    ("data", "name", "country", "actor"),
    [
        ("acled", "M23: March 23 Movement", "COD", "m23"),
        ("acled", "QSD: Syrian Democratic Forces", "SYR", "sdf"),
        ("acled", "KIO/KIA: Kachin Independence Organization/Kachin Independence Army", "MMR", "kia"),
        ("acled", "Boko Haram - Jamatu Ahli is-Sunnah lid-Dawati wal-Jihad", "NGA", "boko-haram"),
        ("acled", "NAF: United Armed Forces of Novorossiya - Donetsk People's Republic", "UKR", "dpr"),
        ("acled", "AMISOM: African Union Mission in Somalia (2007-2022)", "SOM", "amisom"),
        ("acled", "Military Forces of the United States (2021-)", "SYR", "gov:USA"),
        # By their names a state's, and a side of its war.
        ("acled", "Military Forces of Yemen (2016-) Supreme Political Council", "YEM", "houthis"),
        ("acled", "Military Forces of Libya (2014-) Haftar Faction", "LBY", "lna"),
        ("acled", "Military Forces of Afghanistan (2021-)", "AFG", "taliban"),
        ("acled", "Military Forces of Afghanistan (2004-2021)", "AFG", "gov:AFG"),
        # No state, and not that of the place.
        ("acled", "Military Forces of Artsakh (1994-2023)", "AZE", "artsakh"),
        ("acled", "Military Forces of Ruritania (1894-)", "AZE", "military-forces-of-ruritania"),
        # Letters that stand for another group elsewhere.
        ("acled", "SDF: Somewhere Defence Front", "PHL", "sdf-somewhere-defence-front"),
        ("acled", "M23: March 23 Movement and/or ADF: Allied Democratic Forces", "COD",
         "m23-march-23-movement-and-or-adf-allied-democratic-forces"),
        ("ged", "Government of Myanmar (Burma)", "MMR", "gov:MMR"),
        ("ged", "Government of DR Congo (Zaire)", "COD", "gov:COD"),
        ("ged", "Government of National Accord", "LBY", "gna"),
        ("ged", "Syrian insurgents", "SYR", "rebels:SYR"),
        ("ged", "Taleban", "AFG", "taliban"),
        ("ged", "Jama'atu Ahlis Sunna Lidda'awati wal-Jihad", "NGA", "boko-haram"),
        ("ged", "Forces of Hadi", "YEM", "gov:YEM"),
        ("ged", "Serbian Republic of Bosnia-Herzegovina", "BIH", "vrs"),
    ],
)  # fmt: skip
def test_names_as_the_data_sets_have_them(data: str, name: str, country: str, actor: str) -> None:
    names = Names(load(data).actors, Lexicon.load())
    assert names.actor(name, country) == actor
    assert (name in names.unknown) is (actor.count("-") > 2)


@pytest.mark.parametrize(
    ("name", "country", "actor"),
    [
        ("Military Forces of Mali (2021-)", None, "gov:MLI"),
        ("Police Forces of Democratic Republic of Congo (2019-)", None, "gov:COD"),
        ("Islamic State (Sahel)", "MLI", "islamic-state"),
        ("Taliban", "AFG", "taliban"),
        ("Opposition Rebels (Syria)", "SYR", "rebels:SYR"),
        ("Syrian government forces", "TUR", "gov:SYR"),
        ("Nigerien tribal fighters", None, "tribal:NER"),
        ("Congolese government forces", "COD", "gov:COD"),
        ("Congolese government forces", "UGA", "congolese-government-forces"),
        ("Coastal Guard of Nowhere (1999)", None, "coastal-guard-of-nowhere"),
        ("", None, None),
    ],
)
def test_names_of_actors(name: str, country: str | None, actor: str | None) -> None:
    assert Names(load("acled").actors, Lexicon.load()).actor(name, country) == actor


@pytest.mark.parametrize("name", ["Syria", "SYR", "SY", "760", "Syrian Arab Republic"])
def test_names_of_countries(name: str) -> None:
    assert Names((), Lexicon.load()).country(name) == "SYR"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name: x", "place: is missing"),
        ("- a", "expected settings"),
        ("a: [", "not YAML"),
        ("name: x\nsays: y\ncoder: z\nplace: {name: p}\nreprot: id", "reprot: there is no such setting"),
        ("name: x\nsays: y\ncoder: z\nplace: {name: p}", "give either claims"),
        ("name: x\nsays: y\ncoder: z\nplace: {name: p}\npanel: {day: d, coders: {}, holders: {}, wide: {c: x}}", "day"),
        ("name: x\nsays: y\ncoder: z\nplace: {name: p}\nactors: [{match: '(', actor: a}]", "no regular expression"),
        ("name: x\nsays: y\ncoder: z\nplace: {name: p}\nactors: [{match: a, actor: 'gov:{land}'}]", "'{land}'"),
    ],
)
def test_a_mapping_file_with_a_fault(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "m.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=words) as raised:
        load(str(path))
    assert "m.yml" in str(raised.value)


def test_ones_own_data_set(tmp_path: Path) -> None:
    path = tmp_path / "mine.yml"
    path.write_text(
        """
name: mine
says: a spreadsheet of ours
coder: Our desk
report: no
place: {name: town, country: land}
when: {start: day}
sides: [{actor: holder}]
claims: [{where: {what: [took, captured]}, kind: gains, against: false}, {where: {what: holds}, kind: holds}]
""".replace("no\n", "'no'\n"),
        encoding="utf-8",
    )
    row = {"no": "1", "town": "Ramadi", "land": "Iraq", "day": "2016-02-09", "holder": "gov", "what": "Captured"}
    found, issues = claims(str(path), table(tmp_path / "m.tsv", row, row | {"no": "2", "what": "holds"}))
    assert [issue.code for issue in issues] == ["unknown-actor"]
    assert [(c.kind, c.actor, c.place.country, c.voices[0].name) for c in found] == [
        ("gains", "gov", "IRQ", "Our desk"),
        ("holds", "gov", "IRQ", "Our desk"),
    ]


def test_the_command_and_the_wrong_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Any:
        return CliRunner().invoke(app, ["read", *arguments, "--ledger", "w.db"])

    events = table(tmp_path / "a.csv", ACLED, ACLED | {"event_date": "never"})
    done = run(events, "--as", "acled")
    assert done.exit_code == 0
    assert "line 3" in done.stderr
    # Again: nothing twice.
    assert "0 new" in run(events, "--as", "acled").stdout
    with Ledger.open(tmp_path / "w.db", create=False) as ledger:
        (answer,) = who(ledger)
        assert answer.spell.holders[0] == "gov:IRQ"
    assert (wrong := run(events, "--as", "ged")).exit_code == 2
    assert "another data set" in wrong.stderr
    assert (unknown := run(events, "--as", "gdelt")).exit_code == 2
    assert "reports, claims, readings, acled, ged, viina" in unknown.stderr
    assert (
        "none.csv: cannot be read (No such file or directory). Check the path."
        in run("none.csv", "--as", "acled").stderr
    )
    (tmp_path / "empty.csv").touch()
    assert "empty" in run("empty.csv", "--as", "acled").stderr
    (tmp_path / "x.zip").write_bytes(b"PK\3\4")
    assert "Unpack" in run("x.zip", "--as", "acled").stderr
    (tmp_path / "binary.csv").write_bytes(b"a,b\n\xff\xfe\0")
    assert run("binary.csv", "--as", "acled").exit_code == 2


def test_parquet_too(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    row: dict[str, Any] = {**ACLED, "time_precision": 1.0, "geo_precision": 1, "latitude": 33.42, "longitude": 43.3}
    parquet.write_table(pyarrow.Table.from_pylist([row]), tmp_path / "a.parquet")
    (claim,), issues = claims("acled", str(tmp_path / "a.parquet"))
    assert (claim.actor, issues) == ("gov:IRQ", [])


def test_every_data_set_that_ships_says_what_it_is() -> None:
    assert known() == ["acled", "ged", "viina"]
    assert all(load(name).says and load(name).name == name for name in known())
