"""Reading the fields of a sense in `data/cues/en/*.yml`: lists of words, particles, kinds and modes."""

from __future__ import annotations

from typing import Any

from whoholds.errors import LexiconError
from whoholds.model import Kind, Mode

NO_CLAIM = "none"
"""Instead of a kind: words that look like a cue and are none ("took part", "the blaze is under control")."""


def words_of(raw: dict[str, Any], name: str, where: str) -> tuple[str, ...]:
    value = raw.get(name) or []
    if not isinstance(value, list):
        raise LexiconError(f"{where}: {name!r} must be a list of words, as in [{value}]")
    for word in value:
        if not isinstance(word, str):
            raise LexiconError(f'{where}: {name!r} has {word!r}, which is no word; write it in quotes ("on", "off")')
    return tuple(value)


def particles_of(words: tuple[str, ...], shared: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """Of "give up", "pull back": the verb and its particle; `shared` may follow any of the verbs."""
    out: dict[str, frozenset[str]] = {}
    for word in words:
        verb, _, particle = word.partition(" ")
        out[verb] = out.get(verb, frozenset()) | ({particle} if particle else frozenset(shared))
    return out


def company_of(raw: dict[str, Any], where: str) -> dict[str, frozenset[str]]:
    value = raw.get("with") or {}
    if not isinstance(value, dict):
        raise LexiconError(f"{where}: 'with' must name slots, as in {{of: [fraud, murder]}}")
    return {str(slot): frozenset(words_of(value, slot, where)) for slot in value}


def kind_of(raw: dict[str, Any], name: str, where: str) -> Kind | None:
    """The kind that stands in a field; None where it says "none", or nothing."""
    value = raw.get(name)
    if value is None or value == NO_CLAIM:
        return None
    try:
        return Kind(value)
    except ValueError:
        raise LexiconError(f"{where}: {name} {value!r} is none of {', '.join(Kind)}") from None


def silent_of(raw: dict[str, Any]) -> frozenset[Mode]:
    """Where `denied` or `announced` says "none"."""
    modes = {"denied": (Mode.DENIED,), "announced": (Mode.PLANNED, Mode.POSSIBLE)}
    return frozenset(mode for name, some in modes.items() if raw.get(name) == NO_CLAIM for mode in some)


def mode_of(raw: dict[str, Any], where: str) -> Mode | None:
    value = raw.get("mode")
    try:
        return Mode(value) if value is not None else None
    except ValueError:
        raise LexiconError(f"{where}: mode {value!r} is none of {', '.join(Mode)}") from None


def slots_of(value: Any) -> tuple[str, ...]:
    return tuple(str(value).split()) if value else ()
