"""What a user named that the ledger has nothing of: misspelt, as a rule, and easily taken for an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from whoholds.control.selection import View
from whoholds.errors import InputError
from whoholds.gazetteer.names import fold, key
from whoholds.ledger import Ledger
from whoholds.views.actors import actor_name, lexicon, naming

NEAREST = 3
NEAR_ENOUGH = 70.0
"""Of 100, by rapidfuzz's ratio of letters: below it a suggestion is noise."""


def unheard(ledgers: Sequence[Ledger], view: View) -> list[str]:
    """For each part of a view that leaves nothing in or out in any of the ledgers, a sentence that says so."""
    found = []
    if view.side and not any(ledger.speaks_for(view.side) for ledger in ledgers):
        near = near_actors(view.side, {actor for ledger in ledgers for actor in ledger.actors()})
        found.append(f"No voice in the ledger speaks for an actor {view.side}.{_nearest(near)}")
    for outlet in view.without:
        outlets = {name for ledger in ledgers for name in ledger.coverage()[1]}
        if fold(outlet) in map(fold, outlets) or any(ledger.is_outlet(outlet) for ledger in ledgers):
            continue
        found.append(f"No outlet or agency in the ledger is called {outlet}.{_nearest(_near(outlet, outlets))}")
    return found


def is_actor(actor: str, ledger: Ledger) -> bool:
    """Whether it is the id of an actor that the lexicon knows, or that the ledger's claims name."""
    return actor in lexicon().actors or actor in _generic() or actor in ledger.actors()


def look_at_actors(ledger: Ledger, fields: Mapping[str, Any]) -> None:
    """Raises InputError where the fields of a claim name an actor that nobody knows: a slip, as a rule."""
    named = [fields.get(name) for name in ("actor", "against", "speaker_side")] + [*(fields.get("jointly_with") or ())]
    for actor in dict.fromkeys(str(one) for one in named if one):
        if not is_actor(actor, ledger):
            raise InputError(
                f"neither the lexicon nor the ledger knows an actor {actor}."
                f"{_nearest(near_actors(actor, ledger.actors()))} If it is meant, give --new-actor"
            )


def near_actors(actor: str, more: Iterable[str] = ()) -> list[str]:
    """Ids of the lexicon, and of `more`, that are spelt nearly so or whose names are, with the names, nearest first."""
    names = {one: actor_name(one) for one in {*lexicon().actors, *_generic(), *more}}
    words = {one: one for one in names} | {f"{one} {name}": name for one, name in names.items()}
    ids = dict.fromkeys(one.partition(" ")[0] for one in _near(actor, words))
    return [f"{one} ({names[one]})" for one in ids]


def _generic() -> set[str]:
    """The forces, rebels and others of each country."""
    return {actor for ids in naming().generic().values() for actor in ids}


def _near(name: str, choices: Iterable[str] | dict[str, str]) -> list[str]:
    """Those that are spelt nearly like the name; of a dictionary the keys whose values are."""
    from rapidfuzz import fuzz, process

    words = choices if isinstance(choices, dict) else {one: one for one in choices}
    folded = {one: key(word) for one, word in sorted(words.items())}
    found = process.extract(key(name), folded, scorer=fuzz.ratio, limit=NEAREST, score_cutoff=NEAR_ENOUGH)
    return [str(one) for _, _, one in found]


def _nearest(near: Sequence[str]) -> str:
    return f" The nearest: {', '.join(near)}." if near else ""
