"""The cues of `data/cues/en/*.yml`: which words carry a claim, and where its actor and place stand (docs/cues.md)."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from whoholds.claims.cues.fields import company_of, kind_of, mode_of, particles_of, silent_of, slots_of, words_of
from whoholds.errors import LexiconError
from whoholds.model import Kind, Mode

ORDER = (
    Kind.GAINS,
    Kind.HOLDS,
    Kind.ABSENT,
    Kind.LOSES,
    Kind.WITHDRAWS,
    Kind.CONTESTS,
    Kind.ADVANCES,
    Kind.BESIEGES,
    Kind.REPELS,
    Kind.CLEARS,
)
"""Of two senses that read the same from the same words the one of the earlier kind is kept."""
FORMS = ("verb", "noun", "phrase", "adjective", "compound", "attributive", "none")
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
    "aside",
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
    "with",
    "like",
    "denied",
    "announced",
    "mode",
    "examples",
    "not",
}
OWN = ("id", "words", "examples", "not", "like")
"""What a sense does not take over from the one it is `like`."""
LISTS = ("words", "object", "not_object", "particle", "needs", "unless", "after", "examples", "not")


@dataclass(frozen=True, slots=True)
class Cue:
    """One sense. Slots are tuples of alternatives."""

    id: str
    form: str
    words: tuple[str, ...]
    kind: Kind | None
    """None: these words are no claim, whatever other sense has them."""
    actor: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    destination: tuple[str, ...] = ()
    object: frozenset[str] = frozenset()
    object_is_place: bool = False
    not_object: frozenset[str] = frozenset()
    """Objects that make an idiom of the verb: "took part", "held talks"."""
    particles: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Verb → the particles of which one must follow; empty where it stands alone."""
    weak: bool = False
    aside: bool = False
    """The words stand in reports of other things than war as well: soldiers are stationed in lands at peace."""
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
    company: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Slot → nouns of which one must stand there (`with`)."""
    denied: Kind | None = None
    """What the words mean where they are denied: "has no men there" is `absent`."""
    announced: Kind | None = None
    """What the words mean where they are only planned: an offensive to come is a plan to take the place."""
    silent: frozenset[Mode] = frozenset()
    """Modes in which they are no claim: "to defend P" is none, and "met no resistance in P" is no fight."""
    mode: Mode | None = None
    """How they say it by themselves: "set its sights on P" is a plan. Where the sentence says less, that counts."""
    examples: tuple[str, ...] = ()
    counter: tuple[str, ...] = ()

    @property
    def precedence(self) -> tuple[bool, bool, bool, int]:
        """What is tried first: what rules a claim out, then what asks for more words."""
        conditions = len(self.company) + len(self.needs) + bool(self.tense) + bool(self.after)
        return (self.kind is not None, not self.object, not any(self.particles.values()), -conditions)

    @property
    def from_afar(self) -> bool:
        """Whether the words say how far from the place: "came within 5 km of P", "were 20 miles from P"."""
        return any("km" in words for words in self.company.values())


class Cues:
    """All senses, indexed by form and word."""

    def __init__(self, senses: list[Cue], digest: str) -> None:
        self.senses = senses
        self.hash = digest
        self._index: dict[str, dict[str, list[Cue]]] = {form: defaultdict(list) for form in FORMS}
        for cue in senses:
            for word in cue.words:
                key = {"phrase": word.split()[-1], "verb": word.split()[0]}.get(cue.form, word)
                if cue not in self._index[cue.form][key]:
                    self._index[cue.form][key].append(cue)
        for index in self._index.values():
            for found in index.values():
                found.sort(key=lambda cue: cue.precedence)
        self.named = {cue.id: cue for cue in senses}
        self._nouns = {verb: frozenset[str]().union(*(c.object for c in s)) for verb, s in self._index["verb"].items()}
        self._bare = {verb: [c for c in s if not c.object] for verb, s in self._index["verb"].items()}
        self._words = frozenset(word for index in self._index.values() for word in index)

    def knows(self, *words: str) -> bool:
        """True where one of the words is of some sense, in whatever form: most words of a report are of none."""
        return not self._words.isdisjoint(words)

    def of(self, form: str, word: str) -> list[Cue]:
        """The senses of a word, those that ask for more first."""
        return self._index[form].get(word, [])

    def of_verb(self, verb: str, lemmas: Iterable[str]) -> list[Cue]:
        """The senses of a verb, without those that ask for a noun which is not among the words of its sentence."""
        here = self._nouns.get(verb, frozenset()).intersection(lemmas)
        if not here:
            return self._bare.get(verb, [])
        return [cue for cue in self.of("verb", verb) if not (cue.object and cue.object.isdisjoint(here))]


def _one(raw: dict[str, Any], where: str) -> Cue:
    unknown = set(raw) - FIELDS
    if unknown:
        raise LexiconError(f"{where}: unknown field {sorted(unknown)[0]!r}")
    for need in ("id", "form", "words", "kind"):
        if need not in raw:
            raise LexiconError(f"{where}: {need!r} is missing")
    if raw["form"] not in FORMS:
        raise LexiconError(f"{where}: form must be one of {', '.join(FORMS)}")
    kind = kind_of(raw, "kind", where)
    lists = {name: words_of(raw, name, where) for name in LISTS}
    if raw["form"] == "verb" and len({" " in word for word in lists["words"]}) > 1:
        raise LexiconError(f"{where}: verbs with a particle ('give up') and verbs without one are two senses")
    return Cue(
        id=str(raw["id"]),
        form=raw["form"],
        words=lists["words"],
        kind=kind,
        actor=slots_of(raw.get("actor")),
        place=slots_of(raw.get("place")),
        against=slots_of(raw.get("against")),
        destination=slots_of(raw.get("destination")),
        object=frozenset(lists["object"]),
        object_is_place=bool(raw.get("object_is_place")),
        not_object=frozenset(lists["not_object"]),
        particles=particles_of(lists["words"], lists["particle"]) if raw["form"] == "verb" else {},
        weak=bool(raw.get("weak")),
        aside=bool(raw.get("aside")),
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
        company=company_of(raw, where),
        denied=kind_of(raw, "denied", where),
        announced=kind_of(raw, "announced", where),
        silent=silent_of(raw),
        mode=mode_of(raw, where),
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
    senses = []
    entries: dict[str, dict[str, Any]] = {}
    for number, entry in enumerate(raw, 1):
        if not isinstance(entry, dict):
            raise LexiconError(f"{name}, sense {number}: expected fields")
        where = f"{name}, sense {entry.get('id', number)}"
        if "like" in entry:
            if entry["like"] not in entries:
                raise LexiconError(f"{where}: 'like' names {entry['like']!r}, which is no sense above it")
            inherited = {key: v for key, v in entries[entry["like"]].items() if key not in OWN}
            entry = inherited | entry
        cue = _one(entry, where)
        if cue.id in entries:
            raise LexiconError(f"{name}: sense {cue.id!r} is there twice")
        entries[cue.id] = entry
        senses.append(cue)
    return senses


def lexicon_files(language: str = "en") -> dict[str, str]:
    """The cue files of a language, by name: `gains.yml` and so on."""
    folder = files("whoholds.data").joinpath("cues", language)
    found = [path for path in folder.iterdir() if path.name.endswith(".yml")]
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(found, key=lambda path: path.name)}


@cache
def load(language: str = "en") -> Cues:
    """All senses of a language. Raises LexiconError where two files have one of the same id."""
    texts = lexicon_files(language)
    senses = [cue for name, text in texts.items() for cue in parse(text, f"data/cues/{language}/{name}")]
    for cue_id, count in Counter(cue.id for cue in senses).items():
        if count > 1:
            raise LexiconError(f"data/cues/{language}: sense {cue_id!r} is there twice")
    senses.sort(key=lambda cue: ORDER.index(cue.kind) if cue.kind else -1)
    return Cues(senses, hashlib.sha256("".join(texts.values()).encode()).hexdigest()[:12])
