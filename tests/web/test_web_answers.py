"""What the API answers: the same as the views, in the shapes that its description promises."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from whoholds import views
from whoholds.ledger import Ledger
from whoholds.views.mapdata import map_data
from whoholds.views.mapshape import MapData
from whoholds.views.records import change_record, state_record, why_record
from whoholds.web import shapes

API = "/api/v1"
RAMADI, RUTBA, GHNAYMAN = "test:ramadi", "test:rutba", "name:ghnayman"


def get(client: TestClient, path: str, **params: Any) -> Any:
    answer = client.get(f"{API}/{path}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.fixture
def store(tmp_path: Path, client: TestClient) -> Any:  # noqa: ARG001 - the client's ledger
    with Ledger.open(tmp_path / "test.db", create=False) as opened:
        yield opened


def test_about_says_what_is_served(client: TestClient) -> None:
    about = shapes.About.model_validate(get(client, "about"))
    assert (about.counts.reports, about.counts.claims, about.counts.places, about.counts.issues) == (6, 6, 3, 1)
    assert about.ledger == "test.db"
    assert not about.write
    assert str(about.last_published) == "2016-03-06"
    assert (str(about.first_day), str(about.last_day)) == ("2015-06-01", "2016-03-05")
    assert about.index.ready


def test_the_map_has_the_answers_of_the_one_file_map(client: TestClient, store: Ledger) -> None:
    found = TypeAdapter(MapData).validate_python(get(client, "map"))
    whole = map_data(store)
    assert [p["id"] for p in found["places"]] == [p["id"] for p in whole["places"]]
    assert [p["id"] for p in found["unplaced"]] == [GHNAYMAN]
    for mine, theirs in zip(found["places"], whole["places"], strict=True):
        for one, other in zip(mine["spells"], theirs["spells"], strict=True):
            without = {"claims", "against", "evidence"}
            assert {k: v for k, v in one.items() if k not in without} == {
                k: v for k, v in other.items() if k not in without
            }
            assert one["claims"] == []
    assert found["claims"] == {}
    assert found["actors"]["gov:IRQ"]["name"] == "Iraqi government forces"


def test_the_first_look_has_one_spell_a_place(client: TestClient) -> None:
    last = get(client, "map", course="at")
    assert [len(p["spells"]) for p in last["places"]] == [1, 1]
    then = get(client, "map", course="at", day="2015-12-01")
    ramadi = next(p for p in then["places"] if p["id"] == RAMADI)
    assert ramadi["spells"][0]["holders"] == ["islamic-state"]
    assert get(client, "map", course="at", day="1999-01-01")["places"] == []
    assert client.get(f"{API}/map", params={"course": "all", "day": "2015-12-01"}).status_code == 422


def test_too_many_spells_at_once_are_refused_with_what_to_ask(serve: Callable[..., TestClient]) -> None:
    client = serve(limits=shapes_limits(map_spells=2))
    answer = client.get(f"{API}/map")
    assert answer.status_code == 400
    assert "course=at" in answer.json()["detail"]
    assert client.get(f"{API}/map", params={"course": "at"}).status_code == 200


def shapes_limits(**fields: Any) -> Any:
    from whoholds.web.settings import Limits

    return Limits(**fields)


def test_the_second_clock(client: TestClient, store: Ledger) -> None:
    found = get(client, "map", known="2016-01-01", course="at")
    assert [p["id"] for p in found["places"]] == [RAMADI]
    assert found["places"][0]["spells"][0]["holders"] == ["islamic-state"]
    assert found["made"]["asked"] == {"on": None, "known": "2016-01-01"}
    assert [p["id"] for p in map_data(store, None, views_day("2016-01-01"))["places"]] == [RAMADI]


def views_day(text: str) -> Any:
    from datetime import date

    return date.fromisoformat(text)


def test_a_view_listens_to_some_sources_only(client: TestClient) -> None:
    found = get(client, "map", view="side:gov:IRQ", course="at")
    assert [p["id"] for p in found["places"]] == [RAMADI]
    assert client.get(f"{API}/map", params={"view": "sideways"}).status_code == 422


def test_what_did_not_change_is_not_sent_again(client: TestClient) -> None:
    first = client.get(f"{API}/map")
    again = client.get(f"{API}/map", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_the_histogram_counts_claims_by_their_last_day(client: TestClient) -> None:
    days = get(client, "histogram")["bins"]
    assert {b["day"]: b["claims"] for b in days} == {
        "2015-06-01": 1,
        "2016-02-09": 2,
        "2016-03-01": 2,
        "2016-03-05": 1,
    }
    assert [b["day"] for b in days if b["fighting"]] == ["2016-03-05"]
    months = get(client, "histogram", by="month", known="2016-02-10")["bins"]
    assert [(b["day"], b["claims"]) for b in months] == [("2015-06-01", 1), ("2016-02-01", 1)]
    assert [b["claims"] for b in get(client, "histogram", place=RUTBA, by="week")["bins"]] == [2]


def test_changes_are_those_of_the_command_line(client: TestClient, store: Ledger) -> None:
    found = shapes.Changes.model_validate(get(client, "changes", since="2016-02-01", until="2016-02-28"))
    theirs = views.changes(store, views_day("2016-02-01"), views_day("2016-02-28"))
    assert [json.loads(c.model_dump_json()) for c in found.changes] == json.loads(
        json.dumps([change_record(c) for c in theirs])
    )
    assert [c.place for c in found.changes] == ["Ramadi"]
    assert client.get(f"{API}/changes", params={"since": "2016-03-01", "until": "2016-02-01"}).status_code == 422
    assert str(shapes.Changes.model_validate(get(client, "changes")).until) == "2016-03-06"


def test_a_place_opens_to_its_words(client: TestClient, store: Ledger, claims: list[Any]) -> None:
    found = shapes.PlaceDetail.model_validate(get(client, "place", id=RAMADI))
    (state,) = views.who(store, RAMADI, today=views_day("2016-06-01"))
    assert found.state is not None
    assert found.state.holders == list(state.spell.holders) == ["gov:IRQ"]
    assert {a.side for a in found.state.accounts} == {"gov:IRQ", None}
    assert {e.claim for e in found.state.evidence} == {e.claim.id for e in state.evidence}
    assert found.first_reported is not None
    assert found.first_reported.claim == claims[1].id
    assert next(w.claims for w in found.witnesses) == [claims[0].id]
    shown = found.claims[claims[1].id]
    start, end = shown["quote"]
    assert shown["context"][start:end] == claims[1].quote_text
    assert next(s.holders for s in found.timeline if s.status == "held") == ["islamic-state"]
    assert not found.truncated
    assert client.get(f"{API}/place", params={"id": "nowhere"}).status_code == 404


def test_copies_are_folded_under_their_origin(client: TestClient, store: Ledger, factory: Any) -> None:
    text = "gov:IRQ gains Rutba. " + "The column drove in from the west at dawn and met nobody on the road. " * 6
    for label, day in (("wire.txt", "2016-04-01"), ("paper.txt", "2016-04-02")):
        of = factory.report(text + label, label, day)
        factory.store(
            store, factory.claim("gains", "gov:IRQ", "Rutba", "2016-04-01", of=of, quote="gov:IRQ gains Rutba")
        )
    client.app.state.desk.index.refresh()  # type: ignore[attr-defined]
    witnesses = get(client, "place", id=RUTBA)["witnesses"]
    folded = next(w for w in witnesses if len(w["claims"]) == 2)
    assert folded["published"] == "2016-04-01"
    assert folded["outlets"] == ["wire.txt", "paper.txt"]


def test_why_is_that_of_the_command_line(client: TestClient, store: Ledger) -> None:
    found = shapes.WhyShape.model_validate(get(client, "place/why", id=RUTBA))
    theirs = json.loads(json.dumps(why_record(views.why(store, RUTBA))))
    mine = json.loads(found.model_dump_json())
    assert mine["reasons"] == theirs["reasons"]
    assert (mine["answer"], mine["support"]) == (theirs["answer"], theirs["support"])


def test_a_state_of_the_api_is_one_of_the_command_line(store: Ledger) -> None:
    for state in views.who(store):
        shapes.StateShape.model_validate(json.loads(json.dumps(state_record(state))))


def test_claims_and_reports_in_full(client: TestClient, claims: list[Any]) -> None:
    claim = shapes.ClaimDetail.model_validate(get(client, f"claims/{claims[1].id}"))
    assert claim.claim["speaker"] == "Col. Amin Saleh"
    report = shapes.ReportDetail.model_validate(get(client, f"reports/{claims[1].report_id}"))
    assert report.text[claims[1].quote.start : claims[1].quote.end] == claims[1].quote_text
    assert [c["id"] for c in report.claims] == [claims[1].id]
    part = get(client, f"reports/{claims[1].report_id}", start=5)
    assert part["text"] == report.text[5:]
    assert client.get(f"{API}/claims/{'0' * 20}").status_code == 404
    assert client.get(f"{API}/reports/{'0' * 32}").status_code == 404


def test_search_finds_places_by_the_beginning_of_a_name(client: TestClient) -> None:
    hits = TypeAdapter(list[shapes.PlaceHit]).validate_python(get(client, "search", q="ram"))
    assert [hit.place_id for hit in hits] == [RAMADI]
    assert [h["place_id"] for h in get(client, "search", q="GHNÁYMAN")] == [GHNAYMAN]
    assert [h["place_id"] for h in get(client, "search", q=RUTBA)] == [RUTBA]
    assert get(client, "search", q="%_\"'*") == []


def test_actors_and_places_that_a_correction_may_name(client: TestClient) -> None:
    assert get(client, "actors", q="islamic state")[0] == {"id": "islamic-state", "name": "Islamic State", "claims": 3}
    assert any(a["id"] == "hts" and not a["claims"] for a in get(client, "actors", q="hts"))
    found = TypeAdapter(list[shapes.PlaceCandidate]).validate_python(get(client, "gazetteer", q="Raqqa", country="SYR"))
    assert found
    assert not found[0].known
    assert get(client, "gazetteer", q="Ramadi")[0]["known"]


# ---- tables


def rows(client: TestClient, table: str, **params: Any) -> list[dict[str, Any]]:
    page = shapes.Page.model_validate(get(client, f"tables/{table}", **params))
    assert [c.name for c in page.columns] == list(page.rows[0]) if page.rows else True
    return page.rows


def test_tables_search_filter_and_sort(client: TestClient, claims: list[Any]) -> None:
    assert {r["id"] for r in rows(client, "claims")} == {c.id for c in claims}
    assert {r["place"] for r in rows(client, "claims", q="rutb")} == {"Rutba"}
    assert [r["id"] for r in rows(client, "claims", q="colonel saleh")] == []
    assert [r["id"] for r in rows(client, "claims", q="amin saleh")] == [claims[1].id]
    assert {r["kind"] for r in rows(client, "claims", kind=["gains", "contests"])} == {"gains", "contests"}
    assert [r["report"] for r in rows(client, "claims", since="2016-03-02")] == ["f.txt"]
    by = [r["confidence"] for r in rows(client, "claims", sort="confidence")]
    assert by == sorted(by)
    assert by[::-1] == [r["confidence"] for r in rows(client, "claims", sort="-confidence")]
    assert [r["place"] for r in rows(client, "places", holder="gov:IRQ", q="rama")] == ["Ramadi"]
    assert {r["place"] for r in rows(client, "places", placed="false")} == {"Ghnayman"}
    assert all(r["stale"] is False for r in rows(client, "places", flag="disputed"))
    assert [r["label"] for r in rows(client, "reports", sort="-label")] == [f"{c}.txt" for c in "fedcba"]
    assert [r["code"] for r in rows(client, "issues", q="empty")] == ["empty"]


@pytest.mark.parametrize("sort", ["confidence", "-end", "speaker", "-actor"])
def test_pages_together_are_the_table(client: TestClient, claims: list[Any], sort: str) -> None:
    seen: list[str] = []
    cursor: dict[str, str] = {}
    for _ in range(10):
        page = get(client, "tables/claims", limit=2, sort=sort, **cursor)
        seen += [row["id"] for row in page["rows"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert sorted(seen) == sorted(c.id for c in claims)
    assert seen == [row["id"] for row in rows(client, "claims", sort=sort)]


@pytest.mark.parametrize(
    "params",
    [
        {"sort": "nothing"},
        {"status": "held"},
        {"cursor": "!!"},
        {"cursor": "WzEsMl0x"},
        {"kind": "conquers"},
        {"limit": 0},
        {"limit": 100000},
        {"since": "yesterday"},
    ],
)
def test_what_a_table_does_not_have_is_said(client: TestClient, params: dict[str, Any]) -> None:
    answer = client.get(f"{API}/tables/claims", params=params)
    assert answer.status_code == 422
    assert answer.json()["detail"]


def test_what_is_shown_can_be_exported(client: TestClient) -> None:
    answer = client.get(f"{API}/tables/claims/export", params={"q": "rutba", "sort": "confidence"})
    assert answer.headers["content-disposition"] == 'attachment; filename="whoholds-claims.csv"'
    found = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["place"] for row in found] == ["Rutba", "Rutba"]
    lines = client.get(f"{API}/tables/places/export", params={"format": "jsonl"}).text.splitlines()
    assert {json.loads(line)["place"] for line in lines} == {"Ramadi", "Rutba", "Ghnayman"}
    assert "FeatureCollection" in client.get(f"{API}/tables/places/export", params={"format": "geojson"}).text
    assert client.get(f"{API}/tables/claims/export", params={"format": "kml"}).status_code == 400
    assert client.get(f"{API}/tables/claims/export", params={"sort": "nothing"}).status_code == 422


def test_a_hostile_report_is_data_in_every_answer(client: TestClient, store: Ledger, factory: Any) -> None:
    attack = "=cmd|'/c calc'!A1 <script>alert(1)</script> \x1b[31m \u202e \"'--"
    of = factory.report(f"gov:IRQ gains Rutba {attack}", "=x<b>.txt", "2016-04-05", title=attack, outlet=attack)
    factory.store(store, factory.claim("gains", "gov:IRQ", "Rutba", "2016-04-04", of=of))
    client.app.state.desk.index.refresh()  # type: ignore[attr-defined]
    for path in ("tables/claims", "tables/reports", f"place?id={RUTBA}", f"reports/{of.id}", "map", "search?q=rutba"):
        answer = client.get(f"{API}/{path}")
        assert answer.headers["content-type"] == "application/json"
        assert "\x1b" not in answer.text
        assert "\u202e" not in answer.text
    exported = client.get(f"{API}/tables/reports/export").text
    assert "'=cmd" in exported
    assert "\n=cmd" not in exported
    assert ",=cmd" not in exported
    assert client.get(f"{API}/tables/claims", params={"q": attack}).status_code == 200


# ---- the index follows


def test_what_another_program_adds_is_answered(client: TestClient, store: Ledger, factory: Any) -> None:
    version = get(client, "index")["version"]
    factory.store(
        store, factory.claim("holds", "gov:IRQ", "Lyman", "2016-05-01", published="2016-05-02", label="g.txt")
    )
    assert client.app.state.desk.index.refresh(30)  # type: ignore[attr-defined]
    assert get(client, "index")["version"] != version
    assert [h["place_id"] for h in get(client, "search", q="lyman")] == ["test:lyman"]
    assert get(client, "about")["counts"]["claims"] == 7


def test_an_empty_ledger_answers_with_nothing(tmp_path: Path) -> None:
    from whoholds.web.app import create_app
    from whoholds.web.settings import Settings

    Ledger.open(tmp_path / "empty.db").close()
    app = create_app(Settings(tmp_path / "empty.db"), tmp_path / "index")
    with TestClient(app, base_url="http://127.0.0.1") as client:
        app.state.desk.index.refresh(60)
        assert get(client, "about")["counts"] == {"reports": 0, "claims": 0, "places": 0, "issues": 0}
        assert get(client, "map")["places"] == []
        assert get(client, "changes")["changes"] == []
        assert get(client, "review/queue", by="ann")["items"] == []
        for table in ("places", "claims", "reports", "issues"):
            assert rows(client, table) == []


def test_while_the_index_is_built_the_server_says_so(tmp_path: Path, claims: list[Any]) -> None:  # noqa: ARG001
    from whoholds.web.app import create_app
    from whoholds.web.settings import Settings

    app = create_app(Settings(tmp_path / "test.db"), tmp_path / "index")
    app.state.desk.start = lambda: None  # the thread never comes to it
    with TestClient(app, base_url="http://127.0.0.1") as client:
        assert get(client, "index")["ready"] is False
        assert get(client, "about")["counts"]["claims"] == 0
        for path in ("map", "tables/claims", "histogram", "search?q=x", "review/queue?by=a", "tables/claims/export"):
            answer = client.get(f"{API}/{path}")
            assert answer.status_code == 503, path
            assert answer.headers["retry-after"] == "1"
