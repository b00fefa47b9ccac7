"""Armed groups and countries as data: who is meant by a name, and who stood with whom on a day.

The data are `data/actors.yml` and `data/countries.yml`; `docs/actors.md` explains their fields. Loading checks every
rule and raises `LexiconError` with file, entry and rule, so that a bad entry never reaches a claim.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType

from whoholds.annotate.lexicon.files import (
    OWN,
    ActorEntry,
    Alignment,
    CountryEntry,
    raw_files,
    read_actors,
    read_countries,
)
from whoholds.annotate.lexicon.naming import Naming
from whoholds.annotate.lexicon.tables import BY_RULE, NameTable, check_references, folded, name_variants, owned
from whoholds.annotate.words import lexis
from whoholds.errors import LexiconError

__all__ = ["ActorEntry", "Alignment", "CountryEntry", "Lexicon", "name_variants"]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All entries with their look-up tables. Read-only; made by `Lexicon.load`."""

    actors: Mapping[str, ActorEntry]
    """By id, in the order of the file."""
    countries: Mapping[str, CountryEntry]
    """By ISO 3166 alpha-3 code (for states that are gone, their former code)."""
    naming: Naming
    """What they are called in print, and who stood with whom."""
    hash: str
    """SHA-256 over both files; it goes into `Claim.made_by`."""
    ambiguous: frozenset[str]
    """Every name, casefolded, and every abbreviation, exact, that may mean something else: take it only in context."""
    also_places: frozenset[str]
    """Casefolded names of groups that are also the name of a territory ("abkhazia")."""
    _names: Mapping[str, tuple[str, ...]] = field(repr=False)
    _abbreviations: Mapping[str, tuple[str, ...]] = field(repr=False)
    _forces: Mapping[str, tuple[str, ...]] = field(repr=False)
    _leaders: Mapping[str, tuple[str, ...]] = field(repr=False)
    _media: Mapping[str, tuple[str, ...]] = field(repr=False)
    _country_names: Mapping[str, str] = field(repr=False)
    _demonyms: Mapping[str, str] = field(repr=False)
    _until: Mapping[str, date] = field(repr=False)
    _abroad: Mapping[str, tuple[str, ...]] = field(repr=False)
    _kin: Mapping[str, Mapping[str, int]]

    def __hash__(self) -> int:
        """By its files: what is worked out from a lexicon is kept beside it."""
        return hash(self.hash)

    @classmethod
    def load(cls, path: Path | None = None) -> Lexicon:
        """Read and check `actors.yml` and `countries.yml`.

        `path` is the folder that holds both; the package's own data where it is None.
        Raises `LexiconError` naming file, entry and the rule that is broken.
        """
        folder = path or OWN
        raw = raw_files(folder)
        digest = hashlib.sha256(b"\0".join(raw.values())).hexdigest()
        # Only our own files are kept parsed: theirs are the same from run to run.
        keep = {name: f"{Path(name).stem}.json" if path is None else None for name in raw}
        countries = read_countries(str(folder / "countries.yml"), raw["countries.yml"], keep["countries.yml"])
        actors = read_actors(str(folder / "actors.yml"), raw["actors.yml"], keep["actors.yml"])
        return _build(folder, actors, countries, digest)

    def names(self) -> Mapping[str, tuple[str, ...]]:
        """Casefolded name, alias or branch of a group (and its spelling variants) → ids, more than one if ambiguous.

        A name that is a state's force as well stands here and in `forces()`, with the ids of both.
        """
        return self._names

    def abbreviations(self) -> Mapping[str, tuple[str, ...]]:
        """Short forms that count only in exactly this case ("IS", "SNA") → ids of groups and of states (`gov:XXX`)."""
        return self._abbreviations

    def forces(self) -> Mapping[str, tuple[str, ...]]:
        """Casefolded proper name of a state's force or seat of power ("golden division", "kremlin") → `gov:XXX` ids."""
        return self._forces

    def leaders(self) -> Mapping[str, tuple[str, ...]]:
        """Casefolded name of a leader, spokesman or head of state → ids: "loyal to X", and whom X speaks for."""
        return self._leaders

    def media(self) -> Mapping[str, tuple[str, ...]]:
        """Casefolded name of a group's mouthpiece ("amaq") → ids."""
        return self._media

    def country_names(self) -> Mapping[str, str]:
        """Name of a country, exact case ("Turkey" but not "turkey") → alpha-3 code of the state it stands for."""
        return self._country_names

    def demonyms(self) -> Mapping[str, str]:
        """Adjective or noun for its people, exact case ("Iraqi", "Iraqis") → alpha-3 code."""
        return self._demonyms

    def abroad(self, words: str) -> tuple[str, ...]:
        """Groups that the press calls by these words, which begin with a people's name ("Croat forces", any case).

        In the land of that people the words mean its state's men; abroad they mean the group.
        """
        return self._abroad.get(words.casefold(), ())

    def kin(self, people: str) -> Mapping[str, int]:
        """Groups whose men the press calls by the name of this people ("croats"), with in how many phrases.

        Not by its rebels: "Ugandan rebels" are no Ugandans abroad.
        """
        return self._kin.get(people.casefold().removesuffix("s"), {})

    def is_past(self, force: str, on: date) -> bool:
        """True where a state's force of that name (any case) or abbreviation was gone by that day ("ANSF" in 2022)."""
        last = self._until.get(force) or self._until.get(name_variants(force)[0])
        return last is not None and last < on

    def canonical(self, actor: str) -> str:
        """The id that stands for `actor`: another spelling of an id, or a former state's, is replaced."""
        return self.naming.canonical(actor)

    def entry(self, actor: str) -> ActorEntry | None:
        """The group with this id (or other id); None where it has no entry, as for most ids formed by rule."""
        return self.actors.get(actor) or self.actors.get(self.canonical(actor))

    def keeps_peace(self, actor: str) -> bool:
        """Whether an actor is a peacekeeping mission."""
        entry = self.entry(actor)
        return entry is not None and "peacekeepers" in entry.described_as

    def country(self, actor_or_code: str) -> CountryEntry | None:
        """The country of "IRQ", "gov:IRQ", "rebels:IRQ" or "tribal:IRQ"; None for anything else."""
        return self.countries.get(actor_or_code.rpartition(":")[2])

    def is_known(self, actor: str) -> bool:
        """True for a listed group, and for an id formed by rule (`gov:IRQ`, `rebels:SYR`, `coalition:x`)."""
        if self.entry(actor):
            return True
        rule = BY_RULE.match(actor)
        return bool(rule) and (rule is None or rule[2] is None or rule[2] in self.countries)

    def label(self, actor: str) -> str:
        """What to call an actor in print: "Islamic State", "Iraqi government forces"."""
        return self.naming.label(actor)

    def narrow(self, ids: Iterable[str], countries: Iterable[str] = (), on: date | None = None) -> tuple[str, ...]:
        """Those of several `ids` for one name that fit the report: active in its year, at home in its `countries`.

        A test that none of them passes is left out, so at least one id always comes back for a name that has any.
        """
        left = tuple(ids)
        if on:
            left = tuple(i for i in left if self._active(i, on)) or left
        wanted = set(countries)
        if wanted:
            left = tuple(i for i in left if wanted & self.homes(i)) or left
        return left

    def aligned(self, a: str, b: str, on: date) -> bool:
        """True where `a` and `b` are one actor, or the data name them as allies on that day (either way round).

        Alliances are not passed on: a friend of a friend may be an enemy.
        """
        return self.naming.aligned(a, b, on)

    def _active(self, actor: str, on: date) -> bool:
        entry = self.entry(actor)
        country = self.countries.get(actor[4:]) if actor.startswith("gov:") else None
        first, last = entry.active if entry else country.exists if country else (on.year, None)
        return first <= on.year and (last is None or on.year <= last)

    def homes(self, actor: str) -> frozenset[str]:
        """The countries (alpha-3) where an actor is at home: a state its own, a group those of its entry."""
        entry = self.entry(actor)
        return frozenset(entry.countries) if entry else frozenset({actor.rpartition(":")[2]})


def _build(folder: Path, actors: list[ActorEntry], countries: list[CountryEntry], digest: str) -> Lexicon:
    actor_file, country_file = str(folder / "actors.yml"), str(folder / "countries.yml")
    by_code = {c.alpha3: c for c in countries}
    by_id: dict[str, ActorEntry] = {}
    other_ids: dict[str, str] = {}
    for entry in actors:
        for key in (entry.id, *entry.other_ids):
            if key in by_id or key in other_ids:
                raise LexiconError(f"{actor_file}, {entry.id}: the id {key!r} is already taken (duplicate id)")
        by_id[entry.id] = entry
        other_ids.update(dict.fromkeys(entry.other_ids, entry.id))

    names, shorts = NameTable(actor_file), NameTable(actor_file)
    for entry in actors:
        check_references(actor_file, entry, by_id, by_code)
        for name in (entry.name, *entry.aliases, *entry.branches):
            for variant in name_variants(name):
                names.add(variant, entry.id, name in entry.ambiguous)
        for name in entry.abbreviations:
            shorts.add(name, entry.id, name in entry.ambiguous)
    people, media = NameTable(actor_file), NameTable(actor_file)
    for entry in actors:
        people.add_all(entry.leaders, entry.id)
        media.add_all(entry.media, entry.id)
    groups = frozenset(names.rows)
    names.where = shorts.where = country_file
    forces: set[str] = set()
    for c in countries:
        code = c.same_as or c.alpha3
        if code not in by_code:
            raise LexiconError(f"{country_file}, {c.alpha3}: same_as names no country of this file: {code!r}")
        for name in c.forces:
            for variant in name_variants(name):
                names.add(variant, f"gov:{code}", name in c.ambiguous)
                forces.add(variant)
        for name in c.abbreviations:
            shorts.add(name, f"gov:{code}", name in c.ambiguous)
        people.add_all(c.heads, f"gov:{code}")
    demonyms = owned(country_file, [(c, c.demonyms) for c in countries])
    abroad: dict[str, list[str]] = {}
    for entry in actors:
        for phrase in entry.described_as:
            if phrase.split()[0] in demonyms:
                abroad.setdefault(phrase.casefold(), []).append(entry.id)
    kin: dict[str, Counter[str]] = {}
    for phrase, ids in abroad.items():
        nation, _, noun = phrase.partition(" ")
        if not lexis().has("rebellious", noun.removesuffix("s")) and noun != "peacekeepers":
            kin.setdefault(nation, Counter()).update(ids)
    until = {key: day for c in countries for name, day in c.until for key in {name, name_variants(name)[0]}}
    return Lexicon(
        actors=MappingProxyType(by_id),
        countries=MappingProxyType(by_code),
        naming=Naming.of(by_id, by_code, MappingProxyType(other_ids)),
        hash=digest,
        ambiguous=folded([*actors, *countries]),
        also_places=frozenset(v for a in actors for name in a.also_place for v in name_variants(name)),
        _names=names.table(groups),
        _abbreviations=shorts.table(),
        _forces=names.table(forces),
        _leaders=people.table(),
        _media=media.table(),
        _country_names=owned(country_file, [(c, (c.name, *c.names)) for c in countries]),
        _demonyms=demonyms,
        _until=MappingProxyType(until),
        _kin=MappingProxyType({nation: MappingProxyType(dict(ids)) for nation, ids in kin.items()}),
        _abroad=MappingProxyType({phrase: tuple(ids) for phrase, ids in abroad.items()}),
    )
