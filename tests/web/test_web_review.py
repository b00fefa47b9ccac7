"""Review through the API: what it does to the answers, and that it can be undone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from starlette.testclient import TestClient

from whoholds.web import shapes

API = "/api/v1"


def say(client: TestClient, status: int = 201, path: str = "judgements", **said: Any) -> Any:
    answer = client.post(f"{API}/review/{path}", json={"by": "ann"} | said)
    assert answer.status_code == status, answer.text
    return answer.json()


def get(client: TestClient, path: str, **params: Any) -> Any:
    answer = client.get(f"{API}/{path}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def holders(client: TestClient, place: str = "test:ramadi") -> list[str]:
    found: list[str] = get(client, "place", id=place)["state"]["holders"]
    return found


def test_the_queue_begins_with_what_is_doubtful_and_matters(writer: TestClient, claims: list[Any]) -> None:
    queue = shapes.Queue.model_validate(get(writer, "review/queue", by="ann"))
    assert (queue.left, queue.judged) == (6, 0)
    scores = [item.score for item in queue.items]
    assert scores == sorted(scores, reverse=True)
    assert queue.items[0].claim["confidence"] < 0.5
    assert all(item.because for item in queue.items)
    first = shapes.Queue.model_validate(get(writer, "review/queue", by="ann", limit=4))
    rest = shapes.Queue.model_validate(get(writer, "review/queue", by="ann", limit=4, cursor=first.next))
    assert {i.claim["id"] for i in (*first.items, *rest.items)} == {c.id for c in claims}
    assert [i.claim["place"] for i in shapes.Queue.model_validate(
        get(writer, "review/queue", by="ann", q="rutba")).items] == ["Rutba", "Rutba"]  # fmt: skip
    for cursor in ("x", "0.5", "2:1", "nan:1", "0.5:-1"):
        assert writer.get(f"{API}/review/queue", params={"by": "a", "cursor": cursor}).status_code == 422


def test_a_rejected_claim_takes_no_part_until_it_is_undone(writer: TestClient, claims: list[Any]) -> None:
    assert holders(writer) == ["gov:IRQ"]
    made = [shapes.JudgementShape.model_validate(say(writer, claim=c.id, verdict="wrong")) for c in claims[1:3]]
    assert holders(writer) == ["islamic-state"]
    assert get(writer, "tables/claims", judged="wrong")["total"] == 2
    for one in made:
        undone = say(writer, path=f"judgements/{one.id}/undo", by="bob", reason="it was right")
        assert undone["undoes"] == one.id
    assert holders(writer) == ["gov:IRQ"]
    assert get(writer, "tables/claims", judged="no")["total"] == 6
    say(writer, 409, path=f"judgements/{made[0].id}/undo")
    say(writer, 409, path="judgements/999/undo")
    record = TypeAdapter(list[shapes.JudgementShape]).validate_python(get(writer, "review/judgements"))
    assert [(j.by, j.verdict, j.undone) for j in record] == [
        ("bob", "undone", False),
        ("bob", "undone", False),
        ("ann", "wrong", True),
        ("ann", "wrong", True),
    ]


def test_any_field_can_be_put_right(writer: TestClient, claims: list[Any]) -> None:
    changes = {"actor": "sdf", "place_id": "test:rutba", "start": "2016-04-01", "end": "2016-04-02", "speaker": "Mayor"}
    made = say(writer, claim=claims[1].id, verdict="changed", changes=changes, reason="misread")
    became = made["becomes"][0]
    assert {k: became[k] for k in ("actor", "place", "start", "end", "speaker", "kind", "confidence", "made_by")} == {
        "actor": "sdf",
        "place": "Rutba",
        "start": "2016-04-01",
        "end": "2016-04-02",
        "speaker": "Mayor",
        "kind": "gains",
        "confidence": 1.0,
        "made_by": "person",
    }
    say(writer, claim=claims[2].id, verdict="wrong")
    assert holders(writer) == ["islamic-state"]
    assert "sdf" in holders(writer, "test:rutba")
    assert [j["verdict"] for j in get(writer, f"claims/{claims[1].id}")["judgements"]] == ["changed"]


def test_a_place_that_only_a_person_named_is_on_the_map(writer: TestClient, claims: list[Any]) -> None:
    say(writer, claim=claims[1].id, verdict="changed", changes={"place": "Kubaysa West"})
    assert holders(writer, "name:kubaysa-west") == ["gov:IRQ"]
    assert [h["place"] for h in get(writer, "search", q="kubaysa")] == ["Kubaysa West"]
    assert "name:kubaysa-west" in [p["id"] for p in get(writer, "map")["unplaced"]]


def test_a_claim_can_be_split(writer: TestClient, claims: list[Any]) -> None:
    into = [{"actor": "gov:IRQ"}, {"actor": "pmf"}]
    made = say(writer, claim=claims[1].id, verdict="split", into=into)
    assert [c["actor"] for c in made["becomes"]] == ["gov:IRQ", "pmf"]
    assert {"gov:IRQ", "pmf"} <= {c["actor"] for c in get(writer, "place", id="test:ramadi")["claims"].values()}
    say(writer, 400, claim=claims[0].id, verdict="split", into=[{}, {}])
    say(writer, 422, claim=claims[0].id, verdict="split", into=[{}])


def test_a_copy_is_no_further_witness(writer: TestClient, claims: list[Any]) -> None:
    before = get(writer, "place", id="test:rutba")
    assert len(before["witnesses"]) == 2
    other = claims[4].report_id
    say(writer, claim=claims[3].id, verdict="copy", copy_of=other)
    origins = {w["origin"] for w in get(writer, "place", id="test:rutba")["witnesses"]}
    assert origins == {f"report:{other}"}
    say(writer, 400, claim=claims[4].id, verdict="copy", copy_of=other)
    say(writer, 400, claim=claims[4].id, verdict="copy", copy_of="0" * 32)


def test_what_is_judged_must_make_sense(writer: TestClient, claims: list[Any]) -> None:
    one = claims[1].id
    say(writer, 404, claim="0" * 20, verdict="right")
    say(writer, 422, claim=one, verdict="changed")
    say(writer, 422, claim=one, verdict="changed", changes={})
    say(writer, 422, claim=one, verdict="changed", changes={"kind": "conquers"})
    say(writer, 422, claim=one, verdict="changed", changes={"colour": "red"})
    say(writer, 422, claim=one, verdict="copy")
    say(writer, 422, claim=one, verdict="right", by="   ")
    for changes in (
        {"start": "2016-05-01", "end": "2016-04-01"},
        {"quote_start": 5, "quote_end": 2},
        {"quote_end": 100_000},
        {"place": ""},
        {"place_id": "geonames:999999999999"},
    ):
        assert "detail" in say(writer, 400, claim=one, verdict="changed", changes=changes), changes
    assert get(writer, "review/judgements") == []


def test_two_people_code_apart_and_are_compared(writer: TestClient, claims: list[Any]) -> None:
    for claim, ann, bob in zip(claims[:4], ("right", "right", "wrong", "right"), ("right", "wrong", "wrong", "right"),
                               strict=True):  # fmt: skip
        say(writer, claim=claim.id, verdict=ann)
        say(writer, claim=claim.id, verdict=bob, by="bob")
    assert get(writer, "review/queue", by="ann")["left"] == 2
    assert get(writer, "review/queue", by="eve")["left"] == 6
    assert len(get(writer, "review/queue", by="eve", apart=False)["items"]) == 2
    found = shapes.Agreement.model_validate(get(writer, "review/agreement", one="ann", other="bob"))
    assert (found.both, found.agreed, found.kappa, found.f1) == (4, 3, 0.5, 0.8)
    assert [(d.claim, d.one, d.other) for d in found.disagreements] == [(claims[1].id, "right", "wrong")]
    coders = TypeAdapter(list[shapes.Coder]).validate_python(get(writer, "review/coders"))
    assert [(c.name, c.judgements, c.right, c.wrong) for c in coders] == [("ann", 4, 3, 1), ("bob", 4, 2, 2)]


def test_who_held_a_place_by_ones_own_knowledge(writer: TestClient) -> None:
    say(writer, path="states", place_id="test:ramadi", holders=["sdf"], start="2016-05-01", reason="I was there.")
    assert "sdf" in holders(writer)
    say(writer, 400, path="states", place_id="nowhere", holders=[], reason="x")
    say(writer, 422, path="states", place_id="test:ramadi", holders=[], reason="")
    queue = get(writer, "review/queue", by="ann")
    assert all(item["claim"]["rule"] != "correction" for item in queue["items"])
    assert queue["left"] == 6


def test_judgements_of_what_a_newer_reader_does_not_read_are_orphans(
    writer: TestClient, claims: list[Any], factory: Any, tmp_path: Path
) -> None:
    from whoholds.ledger import Ledger

    say(writer, claim=claims[0].id, verdict="wrong")
    with Ledger.open(tmp_path / "test.db", create=False) as store:
        reading = factory.reading(factory.claim("contests", "sdf", "Rutba", of=factory.reports[claims[0].report_id]))
        from dataclasses import replace

        store.add(replace(reading, made_by="v2"))
    writer.app.state.desk.index.refresh(30)  # type: ignore[attr-defined]
    (orphan,) = TypeAdapter(list[shapes.JudgementShape]).validate_python(get(writer, "review/orphans"))
    assert (orphan.claim, orphan.anchored) == (claims[0].id, "orphan")
    assert get(writer, "review/queue", by="ann")["left"] == 6


def test_what_was_judged_can_be_exported_as_gold(writer: TestClient, claims: list[Any]) -> None:
    say(writer, claim=claims[0].id, verdict="right")
    say(writer, claim=claims[1].id, verdict="changed", changes={"actor": "sdf"})
    say(writer, claim=claims[3].id, verdict="wrong")
    answer = writer.get(f"{API}/review/export")
    gold = [json.loads(line) for line in answer.text.splitlines()]
    assert [(g["report"], g["kind"], g["actor"], g["place"]) for g in gold] == [
        ("a.txt", "holds", "islamic-state", "Ramadi"),
        ("b.txt", "gains", "sdf", "Ramadi"),
    ]
    reports = [json.loads(line) for line in writer.get(f"{API}/review/export?what=reports").text.splitlines()]
    assert [r["id"] for r in reports] == ["a.txt", "b.txt", "d.txt"]
    assert gold[0]["quote"] in reports[0]["text"]
    assert writer.get(f"{API}/review/export?by=bob").text == ""
