"""Names of actors in a sentence: groups, forces, countries, leaders. Phrases are read by `phrases`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Literal

from whoholds.annotate import listing
from whoholds.annotate.document import Sentence
from whoholds.annotate.lexicon.lexicon import Lexicon
from whoholds.annotate.parse.long_names import LongNames
from whoholds.annotate.trees.tree import Token, text_of
from whoholds.annotate.words import lexis
from whoholds.gazetteer.wordlike import is_wordlike

ActorClass = Literal["named", "state", "nonstate", "tribal", "again", "pronoun", "ours", "enemy", "people"]


WORD = re.compile(r"[^\W_]+(?:(?:['’](?!s\b)|\.)[^\W_]+)*", re.UNICODE)
RANKS = lexis()["ranks"]
BACKERS = lexis()["backers"]
LOYAL = lexis()["loyal"]
NUMBERED = re.compile(r"\d+(?:st|nd|rd|th)? (?:Army|Battalion|Brigade|Corps|Division|Front|Regiment)")
SHORT = 3
"""Letters of a surname that by itself is no name yet: "Sa", "Nol"."""
LONGEST = 12
"""Words of a name, at the most."""
BREAK = re.compile(r"[,;:()\[\]]|(?<![A-Z]\.[A-Z])\. |[\"“”]")
"""A name does not run over a comma, a bracket or a stop, but for that of "U.S."."""

UNTOLD = listing.words("islamic islamist islamists sunni shia shiite muslim christian european african chechens")
"""Too wide to tell one group from another."""


@dataclass(frozen=True, slots=True)
class ActorRef:
    """Words that stand for an actor. `ids` from the words alone; empty where the report has to settle it."""

    first: int
    last: int
    head: int
    cls: ActorClass
    ids: tuple[str, ...] = ()
    word: str = ""
    country: str | None = None
    maybe: tuple[str, ...] = ()
    """Groups whose men are called so ("Tuareg rebels", "the Tigers"); the report tells which."""


@dataclass(frozen=True, slots=True)
class NameHit:
    first: int
    last: int
    ids: tuple[str, ...]
    against: bool = False
    """After "anti-": those who fight them are meant."""


@dataclass(slots=True)
class Names:
    """Names of one sentence by token: groups, demonyms and countries."""

    groups: dict[int, NameHit]
    demonyms: dict[int, str]
    countries: dict[int, NameHit]
    leaders: dict[int, NameHit] = field(default_factory=dict)
    """Names of public leaders; they stand for their side in "X's forces", "loyal to X"."""
    seats: dict[int, str] = field(default_factory=dict)
    """Capitals that stand for the government there, with the code of its country: "Kyiv's troops", "Kyiv ordered"."""
    peoples: dict[int, NameHit] = field(default_factory=dict)
    """Words that the press calls the men of some groups by: "Tuareg", "Serbs", "UN"."""


def _folded(word: str) -> str:
    return word.casefold().replace("’", "'")


def _key(words: list[str]) -> str:
    return " ".join(map(_folded, words))


def _measure(reach: dict[str, int], names: Iterable[str]) -> None:
    """Note for the first word of each name how many words a name that begins so may have (`LONGEST` at most)."""
    for name in names:
        words = WORD.findall(_folded(name))
        if words:
            reach[words[0]] = min(max(reach.get(words[0], 0), len(words)), LONGEST)


class ActorFinder:
    """Finds names of the lexicon in sentences, and reads noun phrases for the actor they stand for."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._names: dict[str, tuple[str, ...]] = {}
        self._abbreviations = {k: v for k, v in lexicon.abbreviations().items() if " " not in k}
        for name, ids in lexicon.names().items():
            self._add(name, ids)
        for name, ids in lexicon.abbreviations().items():
            if " " in name:
                self._add(name, ids)
        self.long_names = LongNames(lexicon.names())
        self._places: dict[str, tuple[str, ...]] = {}
        for name, alpha3 in lexicon.country_names().items():
            words = WORD.findall(name)
            self._places[_key(words)] = (alpha3,)
        self._forces: dict[str, tuple[str, ...]] = {}
        for name, codes in lexicon.forces().items():
            words = WORD.findall(name)
            self._forces[_key(words)] = tuple(codes)
        self._leaders: dict[str, tuple[str, ...]] = {}
        self._ambiguous = frozenset(n.casefold() for n in lexicon.ambiguous)
        self._surnames: dict[str, set[str]] = {}
        for name, ids in lexicon.leaders().items():
            words = WORD.findall(name)
            self._leaders[_key(words)] = tuple(ids)
            surname = words[-1].casefold()
            if len(surname) > SHORT and not lexis().has("common_names", surname):
                self._surnames.setdefault(surname, set()).update(ids)
        self.capitals = {
            name: code for code, c in lexicon.countries.items() for name in (c.capital, c.capital_once) if name
        }
        self._demonyms = {k.casefold(): v for k, v in lexicon.demonyms().items()}
        self._peoples = _peoples(lexicon)
        if "un" in self._peoples:
            self._peoples["u.n"] = self._peoples["united nations"] = self._peoples["un"]
        self._reach: dict[str, int] = {}
        """Words of the longest name that begins with this word."""
        tables = (self._names, self._forces, self._leaders, self._places, self._demonyms, self._peoples)
        self._known = frozenset(name for table in tables for name in table)
        for table in tables:
            _measure(self._reach, table)

    def _add(self, name: str, ids: tuple[str, ...]) -> None:
        words = WORD.findall(name)
        if words:
            self._names[_key(words)] = ids

    def names(self, s: Sentence, local: dict[str, tuple[str, ...]] | None = None) -> Names:
        """Longest matches of group names, forces, countries and demonyms; `local` are names this report defines."""
        found = Names({}, {}, {})
        words = [(m.group(), m.start(), m.end()) for m in WORD.finditer(s.text)]
        by_char: list[int] = []
        for t in s.doc:
            by_char += [t.i] * len(t.text_with_ws)
        local = local or {}
        of_report: dict[str, int] = {}
        _measure(of_report, local)
        i = 0
        while i < len(words):
            first = _folded(words[i][0])
            longest = max(self._reach.get(first, 0), of_report.get(first, 0), words[i][0] in self._abbreviations)
            i += (longest and self._match(s, words[i : i + longest], by_char, found, local)) or 1
        for t in s.doc[:-1]:
            if t.text in self.capitals and (t.nbor(1).tag_ == "POS" or _governs(s, t)):
                found.seats[t.i] = self.capitals[t.text]
            elif t.lower_ == "to" and t.i and s.lemma(t.i - 1) in LOYAL and (code := self._capital_at(s, t.i + 1)):
                found.seats[t.i + 1] = code
            elif t.lower_.startswith("pro-") and (code := self.capitals.get(t.text[4:])):
                found.seats[t.i] = code
        return found

    def _capital_at(self, s: Sentence, i: int) -> str | None:
        """The country of the capital whose name begins at a token."""
        return next((code for k in (1, 2) if (code := self.capitals.get(text_of(s.doc[i : i + k])))), None)

    def drop_strangers(self, s: Sentence, names: Names, countries: frozenset[str], at_home: frozenset[str]) -> None:
        """Drop a name that several actors share ("AFP") where none of them is at home.

        So with a unit that has a number ("32nd Brigade"), of which many armies have one; `at_home`: the homes of the
        groups that the report names.
        """
        for i, hit in list(names.groups.items()):
            text = s.text[s.doc[hit.first].idx : s.doc[hit.last].idx + len(s.doc[hit.last])]
            homes = {c for a in hit.ids for c in self.lexicon.homes(a)}
            if NUMBERED.fullmatch(text):
                strange = not homes & (countries | at_home)
            else:
                shared = text in self.lexicon.ambiguous or text.casefold() in self._ambiguous
                strange = shared and not homes & countries and all(a.startswith("gov:") for a in hit.ids)
            if strange:
                del names.groups[i]

    def add_surnames(
        self, s: Sentence, names: Names, countries: frozenset[str], known: Mapping[str, tuple[str, ...]]
    ) -> None:
        """A leader by surname alone ("Haftar's forces"), where the leader's group is at home in `countries`.

        `known`: surnames, in lower case, of leaders whom the report itself introduces, with their side's ids.
        """
        for t in s.doc:
            if t.text.islower():
                continue
            surname = t.lower_.removeprefix("pro-").removeprefix("anti-").removeprefix("al-")
            ids = known.get(surname) or self._surnames.get(surname)
            taken = t.i in names.groups or t.i in names.leaders or t.i in names.countries
            if not ids or taken or not t.text.rpartition("-")[2][:1].isupper() or _of_longer_name(t):
                continue
            if surname in known:
                names.leaders[t.i] = NameHit(t.i, t.i, tuple(ids), t.lower_.startswith("anti-"))
                continue
            here = tuple(sorted(i for i in ids if countries & self.lexicon.homes(i)))
            if here:
                names.leaders[t.i] = NameHit(t.i, t.i, here, t.lower_.startswith("anti-"))

    def _match(
        self,
        s: Sentence,
        words: list[tuple[str, int, int]],
        by_char: list[int],
        found: Names,
        local: dict[str, tuple[str, ...]],
    ) -> int:
        folded = [_folded(word) for word, _, _ in words]
        for n in range(len(words), 0, -1):
            key = " ".join(folded[:n])
            if key not in self._known and key not in local and (n > 1 or words[0][0] not in self._abbreviations):
                continue
            piece = words[:n]
            if n > 1 and BREAK.search(s.text, piece[0][1], piece[-1][2]):
                continue
            forms = [w for w, _, _ in piece]
            span = (by_char[piece[0][1]], by_char[piece[-1][2] - 1])
            capital = any(w[:1].isupper() for w in forms)
            ids = local.get(key) if capital else None
            shouted = n == 1 and s.text.isupper() and is_wordlike(key)  # "WHAT IS LEFT"
            if ids is None and n == 1 and forms[0] in self._abbreviations and not shouted:
                ids = self._abbreviations[forms[0]]
            one = n == 1 or " " not in s.text[piece[0][1] : piece[-1][2]]  # "anti-balaka"
            if ids is None and (capital or (one and len(key) >= 6 and not is_wordlike(key))):
                ids = self._names.get(key) or self._forces.get(key)
            if ids:
                against = s.text[: piece[0][1]].casefold().endswith("anti-")
                hit = NameHit(*span, ids, against)
                found.groups.update(dict.fromkeys(range(span[0], span[1] + 1), hit))
                if n == 2 and ids[0].startswith("rebels:") and (code := self._demonyms.get(_key(forms[:1]))):
                    found.demonyms[span[0]] = code  # "Chadian rebels" are whichever the report tells
                return n
            if capital and key in self._leaders and len(key) > 3:
                hit = NameHit(*span, self._leaders[key])
                found.leaders.update(dict.fromkeys(range(span[0], span[1] + 1), hit))
                return n
            if capital and key in self._places:
                hit = NameHit(*span, self._places[key])
                found.countries.update(dict.fromkeys(range(span[0], span[1] + 1), hit))
                if n == 1 and key in self._demonyms:
                    found.demonyms[span[0]] = self._demonyms[key]
                return n
            if capital and key in self._demonyms:
                for t in range(span[0], span[1] + 1):
                    found.demonyms[t] = self._demonyms[key]
                return n
            if key in self._peoples and all(w[:1].isupper() or w in BACKERS for w in forms):
                hit = NameHit(*span, self._peoples[key])
                found.peoples.update(dict.fromkeys(range(span[0], span[1] + 1), hit))
                return n
        return 0


def _governs(s: Sentence, t: Token) -> bool:
    """ "Kyiv ordered …", "Juba made no secret that its men …": the capital does what only a government does."""
    if t.dep_ != "nsubj" or any(True for _ in t.lefts):
        return False
    lex = lexis()
    own = (s.lemma(x.head) for x in s.doc[t.i + 1 :] if x.lower_ == "its" and x.dep_ == "nmod:poss")
    army = any(word == "man" or lex.has("force", word) or lex.has("state_force", word) for word in own)
    return army or lex.has("governs", s.lemma(t.head))


def _of_longer_name(t: Token) -> bool:
    """Another first name, another person: "Ali Haftar"; and a surname is none before another: "Hadi Karim"."""
    doc = t.doc
    for i in (t.i - 1, t.i + 1):
        beside = doc[i] if 0 <= i < len(doc) else None
        if beside is None or beside.pos_ != "PROPN" or not beside.text[:1].isupper():
            continue
        if (beside.head.i in (t.i, t.head.i) or t.head.i == i) and beside.lower_.rstrip(".") not in RANKS:
            return True
    return False


def _peoples(lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """The capitalised words of what the press calls groups ("Tuareg rebels" → tuareg), with all groups called so."""
    found: dict[str, dict[str, None]] = {}
    demonyms = lexicon.demonyms()
    for actor in lexicon.actors.values():
        for phrase in (*actor.described_as, *actor.fighters):
            run = takewhile(lambda w: w[:1].isupper() and w not in demonyms, phrase.split())
            if (name := _key(WORD.findall(" ".join(run)))) and name not in UNTOLD:
                for form in {name, f"{name}s"} - UNTOLD:  # "the Tuaregs"
                    found.setdefault(form, {})[actor.id] = None
    return {name: tuple(ids) for name, ids in found.items()}
