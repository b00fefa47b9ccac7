"""The cues of `data/cues/*.yml`: which words carry a claim, and where its actor and place stand (docs/cues.md)."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from whoholds.errors import LexiconError
from whoholds.model import Kind

FORMS = ("verb", "noun", "phrase", "adjective", "compound", "attributive")
FIELDS = {
    "id",
    "form",
    "words",
    "kind",
    "actor",
    "place",
    "against",
    "destination",
    "object",
    "object_is_place",
    "particle",
    "weak",
    "needs",
    "unless",
    "after",
    "extent",
    "no_agent",
    "also",
    "actor_default",
    "ends",
    "actor_from_object",
    "not_object",
    "tense",
    "predicative",
    "between",
    "examples",
    "not",
}
LISTS = ("words", "object", "not_object", "particle", "needs", "unless", "after", "examples", "not")


@dataclass(frozen=True, slots=True)
class Cue:
    """One sense. Slots are tuples of alternatives; see the head of data/cues/en.yml."""

    id: str
    form: str
    words: tuple[str, ...]
    kind: Kind
    actor: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    destination: tuple[str, ...] = ()
    object: frozenset[str] = frozenset()
    object_is_place: bool = False
    not_object: frozenset[str] = frozenset()
    """Objects that make an idiom of the verb: "took part", "held talks"."""
    particle: frozenset[str] = frozenset()
    weak: bool = False
    needs: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    extent: str | None = None
    no_agent: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[str, str] = field(default_factory=dict)
    ends: bool = False
    tense: str = ""
    """past: only of a plain past without a length of time ("occupied P on Monday"); other: of all else."""
    actor_from_object: bool = False
    here: bool = False
    """An actor that is not named is the one the report is speaking of."""
    between: bool = False
    predicative: bool = False
    examples: tuple[str, ...] = ()
    counter: tuple[str, ...] = ()


class Cues:
    """All senses, indexed by form and word."""

    def __init__(self, senses: list[Cue], digest: str) -> None:
        self.senses = senses
        self.hash = digest
        self._index: dict[str, dict[str, list[Cue]]] = {form: defaultdict(list) for form in FORMS}
        for cue in senses:
            for word in cue.words:
                key = word.split()[-1] if cue.form == "phrase" else word
                if cue not in self._index[cue.form][key]:
                    self._index[cue.form][key].append(cue)

    def of(self, form: str, word: str) -> list[Cue]:
        return self._index[form].get(word, [])


def _words(raw: dict[str, Any], name: str, where: str) -> tuple[str, ...]:
    value = raw.get(name) or []
    if not isinstance(value, list):
        raise LexiconError(f"{where}: {name!r} must be a list of words, as in [{value}]")
    for word in value:
        if not isinstance(word, str):
            raise LexiconError(f'{where}: {name!r} has {word!r}, which is no word; write it in quotes ("on", "off")')
    return tuple(value)


def _split(value: Any) -> tuple[str, ...]:
    return tuple(str(value).split()) if value else ()


def _one(raw: dict[str, Any], where: str) -> Cue:
    unknown = set(raw) - FIELDS
    if unknown:
        raise LexiconError(f"{where}: unknown field {sorted(unknown)[0]!r}")
    for need in ("id", "form", "words", "kind"):
        if need not in raw:
            raise LexiconError(f"{where}: {need!r} is missing")
    if raw["form"] not in FORMS:
        raise LexiconError(f"{where}: form must be one of {', '.join(FORMS)}")
    try:
        kind = Kind(raw["kind"])
    except ValueError:
        raise LexiconError(f"{where}: kind {raw['kind']!r} is none of {', '.join(Kind)}") from None
    lists = {name: _words(raw, name, where) for name in LISTS}
    return Cue(
        id=str(raw["id"]),
        form=raw["form"],
        words=lists["words"],
        kind=kind,
        actor=_split(raw.get("actor")),
        place=_split(raw.get("place")),
        against=_split(raw.get("against")),
        destination=_split(raw.get("destination")),
        object=frozenset(lists["object"]),
        object_is_place=bool(raw.get("object_is_place")),
        not_object=frozenset(lists["not_object"]),
        particle=frozenset(lists["particle"]),
        weak=bool(raw.get("weak")),
        needs=frozenset(lists["needs"]),
        unless=frozenset(lists["unless"]),
        after=frozenset(lists["after"]),
        extent=raw.get("extent"),
        no_agent=raw.get("no_agent") or {},
        also=raw.get("also") or {},
        ends=bool(raw.get("ends")),
        tense=str(raw.get("tense") or ""),
        actor_from_object=bool(raw.get("actor_from_object")),
        here=raw.get("actor_default") == "@here",
        between=bool(raw.get("between")),
        predicative=bool(raw.get("predicative")),
        examples=lists["examples"],
        counter=lists["not"],
    )


def parse(text: str, name: str) -> list[Cue]:
    """The senses of one file. Raises LexiconError naming the file, the sense and the rule it breaks."""
    try:
        raw = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise LexiconError(f"{name}: not YAML: {error}") from None
    if not isinstance(raw, list):
        raise LexiconError(f"{name}: expected a list of senses")
    senses, seen = [], set()
    for number, entry in enumerate(raw, 1):
        if not isinstance(entry, dict):
            raise LexiconError(f"{name}, sense {number}: expected fields")
        cue = _one(entry, f"{name}, sense {entry.get('id', number)}")
        if cue.id in seen:
            raise LexiconError(f"{name}: sense {cue.id!r} is there twice")
        seen.add(cue.id)
        senses.append(cue)
    return senses


@cache
def load(language: str = "en") -> Cues:
    text = files("whoholds.data").joinpath("cues", f"{language}.yml").read_text(encoding="utf-8")
    return Cues(parse(text, f"data/cues/{language}.yml"), hashlib.sha256(text.encode()).hexdigest()[:12])
