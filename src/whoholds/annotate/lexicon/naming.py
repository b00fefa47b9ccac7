"""What actors and countries are called in print, and who stood with whom on a day: the part of the lexicon that answers
need. It is kept ready in the cache folder, as the whole lexicon takes longer to put together than an answer does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from whoholds import cache
from whoholds.annotate.lexicon.files import OWN, ActorEntry, Alignment, CountryEntry, raw_files

KEPT_AS = "naming-1.json"
"""In the cache folder. The number is raised when something else is kept of the same files."""

_GENERIC_LABEL = {
    "gov": "{demonym} government forces",
    "rebels": "{demonym} rebels",
    "tribal": "{demonym} tribal fighters",
    "vigilantes": "{demonym} vigilantes",
    "militia": "{demonym} militia",
}


@dataclass(frozen=True, slots=True)
class Naming:
    """Names and alliances by id. Read-only."""

    names: Mapping[str, str]
    """Of groups, by id."""
    other_ids: Mapping[str, str]
    """Another spelling of an id → the id."""
    alliances: Mapping[str, tuple[Alignment, ...]]
    """By id, of those who have any."""
    countries: Mapping[str, tuple[str, str, str | None]]
    """By alpha-3 code: name, adjective (else the name again), and the code of the state it stands for today."""

    @classmethod
    def of(
        cls, actors: Mapping[str, ActorEntry], countries: Mapping[str, CountryEntry], other_ids: Mapping[str, str]
    ) -> Self:
        return cls(
            {entry.id: entry.name for entry in actors.values()},
            other_ids,
            {entry.id: entry.alignments for entry in actors.values() if entry.alignments},
            {code: (c.name, c.demonyms[0] if c.demonyms else c.name, c.same_as) for code, c in countries.items()},
        )

    @classmethod
    def load(cls) -> Self:
        """Those of the package's own data. Raises `LexiconError` where its files are damaged."""

        def make() -> dict[str, Any]:
            from whoholds.annotate.lexicon.lexicon import Lexicon

            return Lexicon.load().naming._plain()

        data = cache.kept(KEPT_AS, b"\0".join(raw_files(OWN).values()), make)
        return cls(
            data["names"],
            data["other_ids"],
            {who: tuple(Alignment(*one) for one in every) for who, every in data["alliances"].items()},
            {code: (name, adjective, same) for code, (name, adjective, same) in data["countries"].items()},
        )

    def _plain(self) -> dict[str, Any]:
        return {
            "names": dict(self.names),
            "other_ids": dict(self.other_ids),
            "alliances": {
                who: [[x.actor, x.start, x.end, x.note] for x in every] for who, every in self.alliances.items()
            },
            "countries": {code: list(row) for code, row in self.countries.items()},
        }

    def canonical(self, actor: str) -> str:
        """The id that stands for `actor`: another spelling of an id, or a former state's, is replaced."""
        if actor.startswith("gov:"):
            _, _, same_as = self.countries.get(actor[4:], ("", "", None))
            return f"gov:{same_as}" if same_as else actor
        return self.other_ids.get(actor, actor)

    def label(self, actor: str) -> str:
        """What to call an actor in print: "Islamic State", "Iraqi government forces"."""
        if name := self.names.get(self.canonical(actor)):
            return name
        kind, _, rest = actor.partition(":")
        if rest in self.countries and kind in _GENERIC_LABEL:
            return _GENERIC_LABEL[kind].format(demonym=self.countries[rest][1])
        # An id made of a name that no file lists ("scots-guards").
        words = (rest or actor).split("-")
        return " ".join(
            w if w in ("of", "the", "for", "and") and n else w[:1].upper() + w[1:] for n, w in enumerate(words)
        )

    def generic(self) -> Mapping[str, tuple[str, ...]]:
        """What `label` calls the forces, rebels and others of each country ("Iraqi government forces") → ids.

        The two Congos have one adjective.
        """
        made: dict[str, tuple[str, ...]] = {}
        for actor in (f"{kind}:{code}" for kind in _GENERIC_LABEL for code in self.countries):
            name = self.label(actor)
            made[name] = tuple(dict.fromkeys((*made.get(name, ()), self.canonical(actor))))
        return made

    def aligned(self, a: str, b: str, on: date) -> bool:
        """True where `a` and `b` are one actor, or the data name them as allies on that day (either way round).

        Alliances are not passed on: a friend of a friend may be an enemy.
        """
        a, b = self.canonical(a), self.canonical(b)
        if a == b:
            return True
        return any(
            alliance.actor == other and alliance.covers(on)
            for one, other in ((a, b), (b, a))
            for alliance in self.alliances.get(one, ())
        )
