"""The sides of one report: which groups and countries it names, and whom "the army" or "the rebels" stand for."""

from __future__ import annotations

from collections import Counter, defaultdict

from whoholds.annotate.actors import ActorRef, Names
from whoholds.annotate.document import Document
from whoholds.annotate.lexicon import Lexicon
from whoholds.annotate.phrases import PhraseReader
from whoholds.annotate.words import lexis

STATELIKE = ("gov:", "coalition:")


class Register:
    """Sides of one report, and the resolution of words that stand for them."""

    def __init__(
        self,
        document: Document,
        names: list[Names],
        readers: list[PhraseReader],
        lexicon: Lexicon,
        place_countries: Counter[str],
    ) -> None:
        self.document, self.names, self.lexicon, self.lex = document, names, lexicon, lexis()
        self.countries: Counter[str] = Counter()
        self.seen: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.refs: list[list[tuple[int, ActorRef]]] = []
        forces: Counter[str] = Counter()
        for n, (s, found) in enumerate(zip(document.sentences, names, strict=True)):
            weight = 2 if s.role.value in ("title", "caption") or n < 3 else 1
            for code in set(found.demonyms.values()):
                self.countries[code] += weight
            for hit in {id(h): h for h in found.countries.values()}.values():
                self.countries[hit.ids[0]] += weight
            here: list[tuple[int, ActorRef]] = []
            for t in s.doc:
                if t.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM") and t.i not in found.groups:
                    continue
                ref = readers[n].actor(t.i)
                if ref is None:
                    continue
                here.append((t.i, ref))
                if ref.cls == "state" and ref.ids:
                    forces[ref.ids[0]] += weight
            self.refs.append(here)
        for code, k in place_countries.items():
            self.countries[code] += k
        for actor, k in forces.items():
            self.countries[actor.removeprefix("gov:")] += k
        self.place_countries = place_countries
        for n, here in enumerate(self.refs):
            for i, ref in here:
                if ref.cls in ("named", "state") and ref.ids:
                    self.seen[self.choose(ref.ids)].append((n, i))
        self.groups = [a for a in self.seen if not a.startswith(STATELIKE)]
        self.claimed: list[tuple[int, str]] = []
        """Actors of the claims read so far, with their sentence: whom "they" is likely to mean."""
        self.groups.sort(key=lambda a: (-len(self.seen[a]), self.seen[a][0]))

    # -------------------------------------------------------------------------------------------------- countries
    @property
    def country(self) -> str | None:
        """The country the report is about: where its places lie, then which it names most."""

        def weight(code: str) -> float:
            here = self.place_countries.get(code, 0)
            # A country where no place of the report lies is an outsider: an ally, a mediator, a reporter's base.
            return 2 * here + min(self.countries[code], 8) * (1.0 if here else 0.4)

        codes = sorted({*self.countries, *self.place_countries})
        return max(codes, key=weight) if codes else None

    @property
    def home(self) -> frozenset[str]:
        """The countries where the report's places lie."""
        total = self.place_countries.total()
        own = {c for c, k in self.place_countries.items() if k >= 0.15 * total}
        return frozenset(own | ({self.country} if self.country else set()))

    def choose(self, ids: tuple[str, ...]) -> str:
        """One of several groups of a name: the one that fights in the report's countries."""
        if len(ids) == 1:
            return self.lexicon.canonical(ids[0])
        published = self.document.report.published
        ids = self.lexicon.narrow(ids, (), published.end if published else None)

        def weight(actor: str) -> int:
            if actor.startswith("gov:"):
                return 2 * self.countries.get(actor[4:], 0)
            entry = self.lexicon.entry(actor)
            return sum(self.countries.get(c, 0) for c in entry.countries) if entry else 0

        return self.lexicon.canonical(max(ids, key=weight))

    # -------------------------------------------------------------------------------------------------- actors
    def resolve(self, ref: ActorRef | None, n: int, *, speaker: str | None = None) -> tuple[str | None, bool]:
        """The actor id that a reference stands for in sentence `n`, and whether the report (not its words) told it."""
        if ref is None:
            return None, True
        if ref.ids:
            chosen = self.choose(ref.ids)
            return self._branch(chosen), False
        if ref.cls == "state":
            return self._state(ref, n), True
        if ref.cls == "tribal":
            code = ref.country or self.country
            return (f"tribal:{code}" if code else None), True
        if ref.cls == "nonstate":
            return self._nonstate(ref, n), True
        if ref.cls == "ours":
            return speaker, True
        if ref.cls == "enemy":
            country = self.country
            return self.other(speaker or (f"gov:{country}" if country else None)), True
        return self._back(ref, n), True

    def _branch(self, actor: str) -> str:
        """ "al-Qaeda" in a report about its Yemeni branch is that branch."""
        if actor != "al-qaeda":
            return actor
        for group in self.groups:
            entry = self.lexicon.entry(group)
            if (
                entry
                and "qaeda" in f"{entry.name} {' '.join(entry.aliases)}".casefold()
                and any(x.actor == actor for x in entry.alignments)
                and group != actor
            ):
                return group
        return actor

    def _state(self, ref: ActorRef, n: int) -> str | None:
        if ref.country:
            return f"gov:{ref.country}"
        main = self.country
        if (
            ref.word
            in ("troop", "soldier", "force", "unit", "tank", "commando", "paratrooper", "police", "army", "military")
            and n >= 0
        ):
            # "the troops" goes on with the state named in the same or the last sentence.
            recent = self._recent(n, ref.head, lambda a: a.startswith("gov:"), back=1)
            if recent and (ref.word not in ("police", "army", "military") or main is None):
                return recent
        return f"gov:{main}" if main else None

    def _nonstate(self, ref: ActorRef, n: int) -> str | None:
        candidates = [a for a in self.groups if not a.startswith(("rebels:", "tribal:"))]
        word = ref.word
        if ref.country:
            inside = [a for a in candidates if (e := self.lexicon.entry(a)) and ref.country in e.countries]
            matching = [a for a in inside if self._described(a, word)]
            if len(matching) == 1:
                return matching[0]
            return f"rebels:{ref.country}"
        matching = [a for a in candidates if self._described(a, word)]
        sides = {e.side for a in matching if (e := self.lexicon.entry(a))}
        if len(matching) > 1 and len(sides) == 1 and (side := next(iter(sides))) and side.startswith("rebels:"):
            return side
        if len(matching) > 1:
            recent = self._recent(n, ref.head, lambda a: a in matching, back=4)
            return recent or matching[0]
        if matching:
            entry = self.lexicon.entry(matching[0])
            near = self._recent(n, ref.head, lambda a: a == matching[0], back=2)
            if near is None and entry and entry.side and entry.side.startswith("rebels:"):
                # "the rebels", long after one of many rebel groups was named
                return entry.side
            return matching[0]
        known = [a for a in candidates if self.lexicon.entry(a) is not None]
        if (
            word
            in (
                "fighter",
                "militiaman",
                "gunman",
                "militia",
                "militant",
                "insurgent",
                "guerrilla",
                "combatant",
                "terrorist",
                "rebel",
                "extremist",
            )
            and candidates
        ):
            candidates = [a for a in candidates if (e := self.lexicon.entry(a)) is None or e.described_as]
            pool = (
                candidates
                if word in ("fighter", "militiaman", "gunman", "militia", "combatant")
                else [a for a in candidates if a not in known] or candidates
            )
            recent = self._recent(n, ref.head, lambda a: a in pool, back=4)
            if recent:
                return recent
            if len(pool) == 1 or word in ("terrorist", "militant", "gunman", "fighter"):
                return pool[0]
        main = self.country
        return f"rebels:{main}" if main else None

    def _described(self, actor: str, word: str) -> bool:
        entry = self.lexicon.entry(actor)
        if entry is None:
            return word in ("rebel", "militia", "fighter", "group", "insurgent", "militant")
        return any(w.casefold().startswith(word.casefold()) for w in entry.described_as)

    def _back(self, ref: ActorRef, n: int) -> str | None:
        """ "they", "the group", "the forces": the actor last spoken of, subjects first."""
        s = self.document.sentences[n]
        if ref.cls == "pronoun":
            claimed = [a for m, a in self.claimed if n - 2 <= m < n]
        else:
            claimed = []
        group_only = (
            ref.cls == "again" and self.lex.has("group_again", ref.word) and ref.word not in ("force", "forces")
        )

        def fits(a: str) -> bool:
            return not (group_only and a.startswith(STATELIKE))

        for back in range(4):
            m = n - back
            if m < 0 or (self.document.sentences[m].section != s.section and back > 2):
                break
            found = []
            for i, other in self.refs[m]:
                if m == n and i >= ref.first:
                    continue
                if other.cls in ("pronoun", "again", "ours", "enemy"):
                    continue
                actor, _ = self.resolve(other, m)
                if actor and fits(actor):
                    found.append((self._is_subject(m, i), i, actor))
            if found:
                if m == n:
                    return max(found, key=lambda f: (f[0], f[1]))[2]
                subjects = [f for f in found if f[0]]
                if claimed and not any(f[2] in claimed for f in subjects or found):
                    return claimed[-1]
                return (subjects[-1] if subjects else found[-1])[2]
        if ref.cls == "pronoun":
            # "After its loss of P the group fled": named only after
            ahead = [other for i, other in self.refs[n] if i > ref.last and other.cls in ("named", "state", "nonstate")]
            if ahead:
                return self.resolve(ahead[0], n)[0]
        if group_only and self.groups:
            return self.groups[0]
        return claimed[-1] if claimed else None

    def _is_subject(self, n: int, i: int) -> bool:
        t = self.document.sentences[n].doc[i]
        for _ in range(3):
            if t.dep_ in ("nsubj", "nsubj:pass", "nsubj:outer"):
                return True
            if t.dep_ not in ("compound", "amod", "nmod", "flat", "conj", "appos", "nmod:poss"):
                return False
            t = t.head
        return False

    def _recent(self, n: int, i: int, accept: object, back: int) -> str | None:
        best: tuple[int, int] | None = None
        chosen = None
        for actor, spots in self.seen.items():
            if not accept(actor):  # type: ignore[operator]
                continue
            for spot in spots:
                if spot < (n, i) and spot[0] >= n - back and (best is None or spot > best):
                    best, chosen = spot, actor
        return chosen

    # -------------------------------------------------------------------------------------------------- opponents
    def other(self, actor: str | None) -> str | None:
        """The other side in this report, where it names just one that fights `actor`."""
        if actor is None:
            return None
        enemies = [a for a in self.seen if a != actor and self.opposed(actor, a)]
        if not enemies:
            return None
        enemies.sort(key=lambda a: (-len(self.seen[a]), self.seen[a][0]))
        if len(enemies) > 1 and len(self.seen[enemies[0]]) < 2 * len(self.seen[enemies[1]]):
            entry = self.lexicon.entry(actor)
            if entry:
                declared = [a for a in enemies if a in entry.enemies]
                if declared:
                    return declared[0]
        return enemies[0]

    def declared(self, a: str, b: str) -> bool:
        """True where the lexicon knows one as the other's enemy."""
        ea, eb = self.lexicon.entry(a), self.lexicon.entry(b)
        return bool((ea and b in ea.enemies) or (eb and a in eb.enemies))

    def opposed(self, a: str, b: str) -> bool:
        """True where two may be on different sides."""
        state_a, state_b = a.startswith("gov:"), b.startswith("gov:")
        ea, eb = self.lexicon.entry(a), self.lexicon.entry(b)
        if self.declared(a, b):
            return True
        if state_a and state_b:
            main = self.country
            return (
                main in (a[4:], b[4:])
                and {a[4:], b[4:]}
                & {
                    "RUS",
                    "ISR",
                    "AZE",
                    "ERI",
                    "RWA",
                    "ETH",
                    "IRQ",
                    "IRN",
                    "USA",
                    "TUR",
                    "SRB",
                    "YUG",
                    "KHM",
                    "VNM",
                    "ARM",
                    "GEO",
                }
                != set()
            )
        if state_a != state_b:
            group, state = (eb, a) if state_a else (ea, b)
            if group and group.side and group.side == state:
                return False
            if group and any(x.actor == state for x in group.alignments):
                return False
            home = group.countries if group else ()
            return state[4:] in home or not home
        return False
