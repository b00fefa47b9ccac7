"""What people type where ids are meant: actors, countries and places, by id or by name."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from whoholds.gazetteer.names import key
from whoholds.index.tables import places_named
from whoholds.model import Claim
from whoholds.views.actors import actor_name, lexicon, naming
from whoholds.views.mapdata import map_actors
from whoholds.views.mapshape import MapActor
from whoholds.web.desk import Desk

MOST = 200
"""Ids that one name may stand for."""


def actors_found(desk: Desk, words: str) -> list[dict[str, Any]]:
    """Actors by name or id as `shapes.ActorHit`: those of the ledger first, the most used first."""
    counts: dict[str, int] = desk.kept("actors", lambda: _counts(desk))
    wanted = key(words).split()
    listed = [*counts, *(actor for actor in lexicon().actors if actor not in counts)]
    if words.strip() and not wanted:
        listed = []
    return [
        {"id": actor, "name": actor_name(actor), "claims": counts.get(actor, 0)}
        for actor in listed
        if all(word in f"{key(actor_name(actor))} {key(actor)} {actor}" for word in wanted)
    ]


def actor_ids(desk: Desk, text: str) -> list[str]:
    """The actor of this id; else those of this name; else those whose name has the words; else the text itself."""
    text = text.strip()
    found = actors_found(desk, text)
    names = {one["id"]: key(one["name"]) for one in found}
    if text in names:
        return [text]
    same = [actor for actor, name in names.items() if name == key(text)]
    return (same or list(names))[:MOST] or [text]


def country_codes(text: str) -> list[str]:
    """The country of this code, in capitals or not; else those whose name has the words; else the text itself."""
    text = text.strip()
    countries = naming().countries
    if text.upper() in countries:
        return [text.upper()]
    wanted = key(text)
    names = {code: key(name) for code, (name, *_) in countries.items()}
    same = [code for code, name in names.items() if name == wanted]
    within = [code for code, name in names.items() if wanted and wanted in name]
    return same or within or [text]


def place_ids(index: sqlite3.Connection, text: str) -> list[str]:
    """The place of this id; else those of this name; else those one of whose names has the words; else the text."""
    text = text.strip()
    found = places_named(index, text, MOST)
    if any(row["place_id"] == text for row in found):
        return [text]
    same = [row["place_id"] for row in found if key(row["place"]) == key(text)]
    return same or [row["place_id"] for row in found] or [text]


def actors_of(desk: Desk, claims: Iterable[Claim]) -> dict[str, MapActor]:
    """Every actor that the claims name, by id."""
    named = set[str]()
    for claim in claims:
        sides = (voice.side for voice in claim.voices)
        named |= {actor for actor in (claim.actor, claim.against, *claim.jointly_with, *sides) if actor}
    return map_actors(named, desk.colours())


def _counts(desk: Desk) -> dict[str, int]:
    query = (
        "SELECT actor, count(*) FROM claims WHERE current = 1 AND actor IS NOT NULL GROUP BY actor ORDER BY 2 DESC, 1"
    )
    with desk.asking() as connection:
        return dict(connection.execute(query).fetchall())
