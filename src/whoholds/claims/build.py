"""Frames → claims: fill the slots, settle who and where from the report, and say what was read from which words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from whoholds.annotate.actors import ActorRef, Names, PhraseReader
from whoholds.annotate.document import Document, Sentence
from whoholds.annotate.places import PlaceReader, PlaceRef, antecedent
from whoholds.annotate.words import lexis
from whoholds.claims.cues import Cue, Cues
from whoholds.claims.frames import LOCATIVE, Frame, find_frames
from whoholds.claims.mode import read_mode
from whoholds.claims.reference import Named, PlaceMemory
from whoholds.claims.register import Register
from whoholds.claims.voice import Attribution, Speakers
from whoholds.model import Kind, Mode, PlaceType, Role, Span, Stance

MAX_PLACES = 40
"""More places in one list than any report names; a bound against hostile text."""
# An event needs somebody who does it; these kinds without an actor are read only with a place that is known.
NEEDS_ACTOR = frozenset([Kind.HOLDS, Kind.WITHDRAWS, Kind.ADVANCES, Kind.ABSENT, Kind.REPELS, Kind.CLEARS])


# Where even a weak cue's place may be a name that nothing vouches for, if an armed side stands beside it.
STRONG_SLOTS = frozenset(["obj", "from", "out_of", "of", "into", "subj", "noun"])


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before its place and time are resolved."""

    sentence: int
    cue: Cue
    token: int
    kind: Kind
    actor: str | None
    actor_span: Span | None
    against: str | None
    against_span: Span | None
    place: PlaceRef
    place_sentence: int
    """Where the place is named; it may be before the sentence of the cue."""
    mode: Mode
    stance: Stance
    quote: Span
    cue_span: Span
    attribution: Attribution | None
    extent: str | None = None
    part: str | None = None
    share: float | None = None
    destination: str | None = None
    jointly: tuple[str, ...] = ()
    inferred: bool = False
    """The actor was told by the report, not by the words of the phrase."""
    ends: bool = False
    guess: bool = False
    """Nobody is named: `settle` looks through the report."""
    retaken: bool = False
    """The words say that it was held before: retook, recovered, freed."""


@dataclass(slots=True)
class Context:
    """What the builder needs of one report."""

    document: Document
    names: list[Names]
    phrases: list[PhraseReader]
    places: list[PlaceReader]
    register: Register
    memory: PlaceMemory
    speakers: Speakers
    cues: Cues
    capitals: Mapping[str, str]
    """Capital → alpha-3 code of its country."""


def build(context: Context) -> list[Draft]:
    """All drafts of a report: the body first, so that a headline can look ahead."""
    drafts: list[Draft] = []
    order = [n for n, s in enumerate(context.document.sentences) if s.role is not Role.TITLE]
    order += [n for n, s in enumerate(context.document.sentences) if s.role is Role.TITLE]
    for n in order:
        for frame in find_frames(context.document.sentences[n], context.cues):
            for draft in _Filler(context, n, frame).fill():
                drafts.append(draft)
                if draft.actor and draft.kind is not Kind.LOSES:
                    context.register.claimed.append((n, draft.actor))
                went = draft.kind is Kind.ADVANCES and any(d.sentence == n and d.kind is Kind.WITHDRAWS and d.actor == draft.actor for d in drafts)
                aside = draft.cue.form != "verb" and n in context.memory.focus
                if draft.place.name and draft.place_sentence <= n and not went and not aside:
                    context.memory.note(n, draft.place, draft.place_sentence)
    return settle(_journeys(_merge(drafts)), context.register)


class _Filler:
    """Fills one frame."""

    def __init__(self, context: Context, n: int, frame: Frame) -> None:
        self.c, self.n, self.f = context, n, frame
        self.s: Sentence = context.document.sentences[n]
        self.cue = frame.cue
        self.lex = lexis()
        self.here_sentence = n

    # ------------------------------------------------------------------------------------------------ slots
    def heads(self, slots: tuple[str, ...]) -> Iterator[tuple[str, int]]:
        for slot in slots:
            if not slot.startswith("@"):
                for i in self.f.slots.get(slot):
                    yield slot, i

    def actors(self, slots: tuple[str, ...]) -> tuple[list[ActorRef], bool]:
        """Actors in the slots, and whether something stood there that is none ("residents", a person)."""
        found: list[ActorRef] = []
        other = False
        for slot, i in self.heads(slots):
            if i in self.f.words:
                continue
            i = antecedent(self.s, i)
            token = self.s.doc[i]
            if slot == "comp" and token.pos_ == "ADJ" and i not in self.c.names[self.n].demonyms and not self._side_word(i):
                continue
            ref = self._side_word(i) if slot in ("comp",) else None
            ref = ref or self.c.phrases[self.n].actor(i)
            if ref is None and slot == "subj" and token.text in self.c.capitals:
                # "Damascus ordered": the government there
                ref = ActorRef(i, i, i, "named", (f"gov:{self.c.capitals[token.text]}",), token.lower_)
            if ref is not None and ref.cls == "pronoun" and slot in ("of", "from", "to", "in") and self.f.cue.form == "noun":
                continue
            if ref is not None:
                if all(ref.head != r.head for r in found):
                    found += self.c.phrases[self.n].actors(i) if ref.head == i and slot != "comp" else [ref]
                for c in token.children:
                    if c.dep_ == "conj" and self.f.cue.form != "verb":
                        more = self.c.phrases[self.n].actor(c.i)
                        if more is not None and all(more.head != r.head for r in found):
                            found.append(more)
                if slot != "subj":
                    break
            elif slot in ("subj", "agent", "by"):
                other = True
            if found and slot in ("poss", "comp", "by", "of"):
                break
        return found, other

    def _side_word(self, i: int) -> ActorRef | None:
        """"rebel", "government", "Iraqi", "ISIS" as a modifier."""
        t, names = self.s.doc[i], self.c.names[self.n]
        if i in names.groups:
            hit = names.groups[i]
            return ActorRef(hit.first, hit.last, i, "named", hit.ids)
        if i in names.demonyms:
            return ActorRef(i, i, i, "state", (f"gov:{names.demonyms[i]}",), country=names.demonyms[i])
        lemma = self.s.lemma(i)
        if self.lex.has("nonstate_modifier", t.lower_, lemma) or lemma in ("rebel", "militant", "separatist", "guerrilla", "militia"):
            country = next((names.demonyms[j] for j in (i - 1, i - 2) if j in names.demonyms), None)
            return ActorRef(i, i, i, "nonstate", word=lemma, country=country)
        if lemma in ("government", "regime", "army", "loyalist", "state", "military") or t.lower_ in ("pro-government", "loyalist"):
            country = next((names.demonyms[j] for j in (i - 1, i - 2) if j in names.demonyms), None)
            return ActorRef(i, i, i, "state", word=lemma, country=country)
        return None

    def places(self) -> list[tuple[PlaceRef, str]]:
        found: list[tuple[PlaceRef, str]] = []
        reader = self.c.places[self.n]
        for slot in self._place_slots():
            for i in self.f.slots.get(slot):
                if i in self.f.words and not self.cue.object_is_place:
                    continue
                for ref in (self._near(self._within(r), slot) for r in reader.places(i)):
                    if self._acceptable(ref, slot) and all((ref.first, ref.last) != (r.first, r.last) for r, _ in found):
                        found.append((ref, slot))
            if not found and self.cue.object_is_place and slot == "obj":
                found = self._road()
            if found:
                # One slot names the place; another one only says where that lies ("in X near Y").
                break
        if found and self.cue.form == "verb":
            found += self._gapped(found)
        if not found and self.cue.form in ("verb", "noun"):
            found = self._beside()
        if all(ref.name is None and ref.type in (PlaceType.FACILITY, PlaceType.AREA) or ref.many for ref, _ in found):
            found = self._around() or found
        return found[:MAX_PLACES]

    def _gapped(self, found: list[tuple[PlaceRef, str]]) -> list[tuple[PlaceRef, str]]:
        """"seized A on Tuesday and B on Thursday": a name between two dates goes on with the verb."""
        doc, more = self.s.doc, []
        last = max(ref.last for ref, _ in found)
        if found[-1][1] != "obj" or len(self.s.times) < 2:
            return []
        dates = [r for t in self.s.times if (r := self.s.token_range(t.span)) and r[0] > last]
        for before, after in pairwise(dates):
            words = doc[before[1] + 1 : after[0]]
            names = [x for x in words if x.text[:1].isupper() and self.c.places[self.n].starts_name(x)]
            if not names or any(x.pos_ in ("VERB", "AUX") for x in words) or words[0].lower_ not in ("and", ","):
                continue
            for x in names:
                for ref in self.c.places[self.n]._named(x):
                    if ref.name and all(ref.first != r.first for r, _ in [*found, *more]):
                        more.append((ref, "obj"))
        return more

    def _beside(self) -> list[tuple[PlaceRef, str]]:
        """"made gains south of P": the direction came as a preposition of the verb."""
        for slot, heads in self.f.slots.heads.items():
            if re.fullmatch(r"(gov_)?(north|south|east|west)(east|west)?_of", slot):
                words = slot.removeprefix("gov_").replace("_", " ")
                refs = [r for i in heads for r in self.c.places[self.n].places(i) if r.name]
                if refs:
                    return [(replace(r, name=f"{words} {r.name}" if r.type is not PlaceType.AREA else r.name, type=PlaceType.AREA, known=True), slot) for r in refs]
        return []

    def _road(self) -> list[tuple[PlaceRef, str]]:
        """"cut the road to P": the parser hung "to P" on the verb."""
        for i in self.f.slots.get("obj"):
            for slot in ("to", "between", "from", "into", "towards"):
                for j in self.f.slots.get(slot):
                    for ref in self.c.places[self.n].places(j):
                        if ref.name and j > i:
                            words = self.s.text[self.s.doc[i].idx : self.s.doc[ref.last].idx + len(self.s.doc[ref.last])]
                            return [(PlaceRef(i, ref.last, i, words, PlaceType.ROAD, known=True), "obj")]
        return []

    def _around(self) -> list[tuple[PlaceRef, str]]:
        """"seized six villages near P", "abandoned its bases there": what is taken has no name, but lies by one."""
        if self.cue.form != "verb" or "obj" not in self.cue.place or not self.f.slots.get("obj"):
            return []
        if not any(self.c.places[self.n].placeable(i) for i in self.f.slots.get("obj")):
            return []
        reader, out = self.c.places[self.n], []
        for slot in ("in", "at", "near", "outside", "around", "inside", "along"):
            for i in self.f.slots.get(slot):
                for ref in reader.places(i):
                    if not ref.name and (self.lex.has("settlement", ref.anaphor) or ref.type is PlaceType.FACILITY):
                        meant = self.c.memory.resolve(self.n, ref.first, ref.anaphor, ref.type)
                        ref = replace(ref, name=meant.ref.name) if meant else ref
                    if not ref.name or ref.type is PlaceType.COUNTRY:
                        continue
                    head = next(o for o in self.f.slots.get("obj") if reader.placeable(o))
                    own = any(c.tag_ == "PRP$" or c.lower_ == "the" for c in self.s.doc[head].children)
                    if own and slot in ("in", "at", "inside"):
                        out.append((replace(ref, extent="part", known=True), slot))
                        continue
                    # "captured two checkpoints in P": the words are the place's description.
                    first = first_of(self.s, head)
                    while first > 0 and self.s.doc[first - 1].pos_ in ("NUM", "ADJ") and self.s.doc[first - 1].head.i in (head, first):
                        first -= 1
                    words = self.s.text[self.s.doc[first].idx : self.s.doc[head].idx + len(self.s.doc[head])]
                    out.append((PlaceRef(ref.first, ref.last, ref.head, f"{words} {slot} {ref.name}", PlaceType.AREA, known=True), slot))
            if out:
                return out
        there = [c for c in self.s.doc[self.f.token].children if c.lower_ == "there" and c.dep_ == "advmod"]
        return [(PlaceRef(there[0].i, there[0].i, there[0].i, None, extent="part", anaphor="there"), "in")] if there else []

    def _place_slots(self) -> tuple[str, ...]:
        slots = list(self.cue.place)
        if self.cue.form == "noun":
            slots += [f"gov_{p}" for p in self.cue.place if p in LOCATIVE | {"against", "from", "towards", "to"}]
            if self.cue.kind is Kind.CONTESTS:
                slots += ["gov_in", "gov_at", "gov_near", "gov_around"]
            if self.cue.predicative:
                slots += ["gov_nsubj"]
        return tuple(dict.fromkeys(slots))

    def _within(self, ref: PlaceRef) -> PlaceRef:
        """"advanced to within 5 km of P" closes in on P itself."""
        m = re.match(r"(?:to\s+)?(?:within\s+)?(?:about\s+|some\s+|just\s+)?[\d.,]+\s*(?:km|kms|kilomet\w+|miles?)\s+(?:of|from|outside)\s+(?:the\s+)?(?:(?:town|city|village|centre|center|outskirts)\s+of\s+)?", ref.name or "", re.I)
        if self.cue.kind is not Kind.ADVANCES or not m or not ref.name:
            return ref
        return replace(ref, name=ref.name[m.end() :], type=None)

    def _near(self, ref: PlaceRef, slot: str) -> PlaceRef:
        """"near Bria" is not Bria: the preposition belongs to the description."""
        word = slot.removeprefix("gov_")
        if word in ("near", "outside", "around") and ref.name and ref.type is not PlaceType.AREA and self.cue.kind in (Kind.CONTESTS, Kind.ADVANCES, Kind.BESIEGES, Kind.REPELS):
            if word == "around" and self.cue.kind in (Kind.BESIEGES,):
                return ref
            first = ref.first
            while first > 0 and self.s.doc[first].lower_ != word and ref.first - first < 4:
                first -= 1
            return replace(ref, name=f"{word} {ref.name}", type=PlaceType.AREA, known=True)
        return ref

    def _acceptable(self, ref: PlaceRef, slot: str) -> bool:
        if ref.name is None:
            # "liberated areas": a participle before a noun says of no place in particular
            return self._pointable(ref, slot) and (self.f.clause is None or self.f.clause.relation != "amod")
        if ref.first in self.c.names[self.n].groups:
            return False
        if ref.type is PlaceType.COUNTRY and ref.share is None:
            return False
        if self.cue.weak and not ref.known and slot in ("poss", "comp"):
            return False
        if not ref.known and self.s.role is Role.TITLE and self.s.doc[ref.first].pos_ != "PROPN":
            return False
        return ref.known or ref.head != 0 or self.s.doc[0].pos_ == "PROPN"

    def _pointable(self, ref: PlaceRef, slot: str) -> bool:
        word = ref.anaphor
        if word in ("it", "them", "which", "that", "this"):
            return slot in ("obj", "subj", "of", "from", "on", "in") and self.cue.form == "verb" and not self.cue.object or (slot in ("of", "on", "over", "subj") and bool(self.cue.object or self.cue.form == "phrase"))
        if ref.type is PlaceType.AREA:
            return self.lex.has("natural", word)
        return ref.type not in (PlaceType.ROAD, PlaceType.COUNTRY, PlaceType.BORDER)

    # ------------------------------------------------------------------------------------------------ the claim
    def fill(self) -> list[Draft]:
        cue, kind = self.cue, self.cue.kind
        actors, other = self.actors(cue.actor)
        against, _ = self.actors(cue.against)
        if other and not actors:
            return []
        if "against" in cue.needs and not against or "actor" in cue.needs and not actors:
            return []
        if cue.between:
            pair = self._between()
            if len(pair) >= 2:
                actors, against = pair[:1], pair[1:2]
        if not actors and cue.form == "noun" and kind is not Kind.HOLDS and not self.lex.has("say", self.s.lemma(self.s.doc[self.f.token].head)):
            found = [a for i in self.f.slots.get("gov_subj") if (a := self.c.phrases[self.n].actor(i))]
            actors = found
        places = self.places()
        swapped = False
        if self.f.passive and not actors and cue.no_agent:
            kind = Kind(cue.no_agent["kind"])
            actors, against, swapped = against, [], True
            if not actors:
                return []
        if not actors and self.f.passive:
            actors = self._by_operation()
        percent = any(self.s.doc[i].lower_ in ("%", "percent") or self.s.doc[i].pos_ == "NUM" for i in self.f.slots.get("obj"))
        if not places and (kind in (Kind.HOLDS, Kind.LOSES) or kind is Kind.GAINS and percent) and (whole := self.c.places[self.n].share_of_country()):
            places = [(whole, "share")]
        if not places:
            subject_of_fight = cue.form == "noun" and kind is Kind.CONTESTS and self.s.doc[self.f.token].dep_ == "nsubj"
            if not actors and not swapped and not subject_of_fight:
                return []
            here = self._here() or self._apart()
            if here is None:
                return []
            places = [(here.ref, "@here")]
            self.here_sentence = here.sentence
        if cue.weak and not self._side_enough(actors, places, swapped):
            return []
        drafts = []
        attribution = self.c.speakers.of(self.n, self.f.token)
        speaker = self._speaker_side(attribution)
        mode, stance = read_mode(self.s, self.f.token)
        if attribution and stance is Stance.PLAIN:
            stance = {True: Stance.CLAIMED}.get(attribution.lemma in ("claim", "boast", "allege", "assert"), stance)
            if attribution.lemma in ("confirm", "acknowledge", "admit", "concede"):
                stance = Stance.CONFIRMED
        if kind is Kind.HOLDS and mode is Mode.DENIED and cue.id in ("have-control", "remain-in"):
            # "They have no men there", "no fighter remains in P"
            kind, mode = Kind.ABSENT, Mode.ASSERTED
        if kind is Kind.CONTESTS and mode is Mode.PLANNED and cue.id in ("launch", "offensive-noun"):
            # An operation that is only announced is a plan to take the place (rule 12 of docs/claims.md).
            kind = Kind.GAINS
        subjects = self._resolved(actors, speaker)
        others = self._resolved(against, speaker)
        other_id, other_span = (others[0][0], others[0][1]) if others else (None, None)
        if cue.actor[:1] == ("@other",):
            doer = self._resolved(self.actors(("subj", "poss", "by"))[0], speaker)
            owner = self._resolved(self.actors(("poss", "comp"))[0], speaker)
            besieger = owner[0][0] if owner and doer and owner[0][0] != doer[0][0] else self.c.register.other(doer[0][0]) if doer else None
            subjects = [(besieger, owner[0][1] if owner else None, not owner)]
        if not subjects:
            subjects = [(self._implied(kind, other_id), None, True)]
        if other_span is not None:
            # "It pushed X out of P": whoever "it" is, it is not X.
            subjects = [(self.c.register.other(other_id) if a == other_id and told else a, sp, told) for a, sp, told in subjects]
        guess = not any(actor for actor, _, _ in self._resolved(actors, speaker)) and not cue.actor[:1] == ("@other",)
        if other_id is None and not guess and kind in (Kind.GAINS, Kind.CONTESTS, Kind.ADVANCES, Kind.BESIEGES, Kind.REPELS, Kind.CLEARS):
            other_id = self.c.register.other(subjects[0][0])
        if other_id == subjects[0][0]:
            other_id = None
        together = tuple(a for a, _, _ in subjects if a) if len(subjects) > 1 else ()
        destination = self._destination() if kind is Kind.WITHDRAWS else None
        for ref, slot, where, sentence in self._located(places):
            if destination and where.name and where.name.casefold() == destination.casefold():
                continue
            for actor, actor_span, inferred in subjects:
                if actor is None and not guess:
                    continue
                quote, cue_span = self._quote(ref if slot != "@here" else None, actor_span)
                extent = self._share_of_men(kind) or ref.extent or (cue.extent if not self._whole() else None) or self._adverb_extent()
                drafts.append(
                    Draft(self.n, cue, self.f.token, kind, actor, actor_span, other_id, other_span, where, sentence, mode, stance, quote, cue_span,
                          attribution, extent, ref.part, ref.share, destination, tuple(a for a in together if a != actor), inferred, cue.ends, guess,
                          self.s.lemma(self.f.token).startswith(("re", "liberat")))
                )  # fmt: skip
        drafts += self._also(drafts, speaker)
        drafts += self._operation(drafts)
        return drafts

    def _operation(self, drafts: list[Draft]) -> list[Draft]:
        """"an operation to retake P": planned to take it, and fighting for it already (rule 12 of docs/claims.md)."""
        verb = self.s.doc[self.f.token]
        noun = verb.head
        if self.cue.form != "verb" or verb.dep_ not in ("acl", "advcl", "nmod"):
            return []
        if self.s.lemma(noun) not in OPERATIONS:
            # "launched an offensive to take P"
            noun = next((c for c in noun.children if c.dep_ == "obj" and self.s.lemma(c) in OPERATIONS and c.i < verb.i), noun)
        if self.s.lemma(noun) not in OPERATIONS:
            return []
        over = self.s.lemma(noun.head) if noun.head.i != noun.i else ""
        if self.lex.has("planned", over) or over in ("announce", "prepare", "plan", "discuss", "delay", "postpone") or read_mode(self.s, noun.i)[0] is not Mode.ASSERTED:
            return []
        return [
            replace(d, kind=Kind.CONTESTS, mode=Mode.ASSERTED, token=noun.i, extent=None, part=None, retaken=False,
                    quote=Span(min(d.quote.start, self.s.char_span(noun.i, noun.i).start), d.quote.end))
            for d in drafts if d.kind is Kind.GAINS and d.mode is Mode.PLANNED
        ]  # fmt: skip

    def _whole(self) -> bool:
        return False

    def _by_operation(self) -> list[ActorRef]:
        """"was retaken in a Ukrainian counter-offensive": the operation says who did it."""
        for slot in ("in", "during", "after", "by"):
            for i in self.f.slots.get(slot):
                if self.s.lemma(i) in OPERATIONS:
                    for c in self.s.doc[i].children:
                        if c.dep_ in ("compound", "amod", "nmod:poss") and (ref := self._side_word(c.i)):
                            return [ref]
        return []

    def _between(self) -> list[ActorRef]:
        """"between A and B", "A and B fighters clashed", "with B": the two sides of a fight."""
        out: list[ActorRef] = []
        for slot in ("between", "gov_between", "with", "gov_with"):
            for i in self.f.slots.get(slot):
                for j in [i, *[c.i for c in self.s.doc[i].children if c.dep_ == "conj"]]:
                    ref = self.c.phrases[self.n].actor(j)
                    if ref is not None and all(r.head != ref.head for r in out):
                        out.append(ref)
        return out

    def _side_enough(self, actors: list[ActorRef], places: list[tuple[PlaceRef, str]], swapped: bool) -> bool:
        """A weak cue needs an armed side, and a place that something vouches for."""
        if any(ref.known or ref.name is None or slot == "@here" for ref, slot in places):
            named = any(a.cls != "pronoun" for a in actors)
            if named or swapped:
                return True
            if actors:
                return True
            # a passive without agent, or a noun: "Mubi was retaken", "the fall of Mubi"
            return self.f.passive or self.cue.form in ("noun", "phrase", "attributive", "compound") or self.cue.id == "fall"
        if self.cue.form == "noun" and self.cue.kind is Kind.CONTESTS:
            return any(self.s.doc[ref.head].pos_ == "PROPN" and slot not in ("comp", "poss", "of") for ref, slot in places)
        if any(a.cls in ("named", "state", "nonstate") for a in actors) and any(self.s.doc[ref.head].pos_ == "PROPN" and slot in ("in", "at", "near", "around", "inside", "towards", "on", "to") for ref, slot in places):
            return True
        return bool(actors) and any(slot in STRONG_SLOTS for _, slot in places)

    def _resolved(self, refs: list[ActorRef], speaker: str | None) -> list[tuple[str | None, Span | None, bool]]:
        out: list[tuple[str | None, Span | None, bool]] = []
        state = next((r for r in refs if r.cls == "state"), None)
        for ref in refs[:4]:
            if state is not None and ref.cls in ("nonstate", "tribal", "again") and not ref.ids and len(refs) > 1 and ref.head > state.head and ref.word not in ("rebel", "insurgent", "separatist"):
                # "the army and allied militias": the state's unnamed helpers are its side.
                continue
            actor, inferred = self.c.register.resolve(ref, self.n, speaker=speaker)
            if actor is not None and all(actor != a for a, _, _ in out):
                out.append((actor, self.s.char_span(ref.first, ref.last), inferred))
        return out

    def _speaker_side(self, attribution: Attribution | None) -> str | None:
        if attribution is None or attribution.actor is None:
            return None
        return self.c.register.resolve(attribution.actor, self.n)[0]

    def _implied(self, kind: Kind, against: str | None) -> str | None:
        """The actor where the words name none: the enemy of who is named, else the one last spoken of."""
        if against is not None:
            return self.c.register.other(against)
        if kind in (Kind.CONTESTS, Kind.BESIEGES, Kind.GAINS, Kind.LOSES, Kind.CLEARS, Kind.REPELS):
            return None
        ref = ActorRef(self.f.token, self.f.token, self.f.token, "again", word="force")
        return self.c.register.resolve(ref, self.n)[0]

    def _here(self) -> Named | None:
        if "@here" not in self.cue.place or any(self.f.slots.get(slot) for slot in self.cue.place):
            return None
        if self.cue.no_agent and not (self.f.passive and not self.actors(self.cue.actor)[0]):
            return None
        found = self.c.memory.resolve(self.n, self.f.token, "", None)
        return replace(found, ref=replace(found.ref, extent=None, part=None, share=None)) if found else None

    def _apart(self) -> Named | None:
        """"..., referring to a militant bastion": a stronghold named just before in the same sentence."""
        noun = self.s.doc[self.f.token]
        if not self.cue.predicative or self.cue.form != "noun" or not (noun.dep_ == "appos" or self.s.lemma(noun.head) in ("refer", "call", "describe", "consider")):
            return None
        before = [p for p in self.c.memory.by_sentence.get(self.n, ()) if p.ref.first < self.f.token and p.ref.known]
        return before[-1] if before else None

    def _located(self, places: list[tuple[PlaceRef, str]]) -> Iterator[tuple[PlaceRef, str, PlaceRef, int]]:
        for ref, slot in places:
            if ref.name is None and ref.many and self.lex.has("settlement", ref.anaphor):
                for found in self.c.memory.resolve_many(self.n, ref.first, ref.anaphor):
                    yield ref, slot, replace(found.ref, extent=ref.extent, part=ref.part, known=True), found.sentence
                continue
            where, sentence = self._where(ref, slot)
            if where is not None:
                yield ref, slot, where, sentence

    def _where(self, ref: PlaceRef, slot: str) -> tuple[PlaceRef | None, int]:
        if ref.name is not None:
            return ref, self.n if slot != "@here" else self.here_sentence
        found = self.c.memory.resolve(self.n, ref.first, ref.anaphor, ref.type)
        start = first_of(self.s, ref.head)
        if found is None and ref.type is PlaceType.FACILITY and start and self.s.doc[start - 1].lower_ == "the":
            base = self.c.memory.resolve(self.n, ref.first, "town", PlaceType.SETTLEMENT)
            if base is not None and base.ref.name:
                phrase = self.s.text[self.s.doc[first_of(self.s, ref.head)].idx : self.s.doc[ref.head].idx + len(self.s.doc[ref.head])]
                return replace(ref, name=f"{base.ref.name} {phrase}", parent=base.ref.name, known=True), self.n
            return None, self.n
        if found is None and ref.type in (PlaceType.FACILITY, PlaceType.AREA) and any(c.tag_ == "PRP$" for c in self.s.doc[ref.head].children):
            # "deserted their bases": where they were
            base = self.c.memory.resolve(self.n, ref.first, "", None)
            return (replace(base.ref, extent="part", part=ref.anaphor, known=True), base.sentence) if base else (None, self.n)
        if found is None:
            return None, self.n
        return replace(found.ref, extent=ref.extent, part=ref.part, share=ref.share, known=True), found.sentence

    def _destination(self) -> str | None:
        for _, i in self.heads(self.cue.destination):
            for ref in self.c.places[self.n].places(i):
                if ref.name:
                    return ref.name
        return None

    def _share_of_men(self, kind: Kind) -> str | None:
        """"most of its fighters have left", "the majority of the troops withdrew"."""
        if kind is not Kind.WITHDRAWS:
            return None
        for i in [*self.f.slots.get("subj"), *self.f.words]:
            t = self.s.doc[i]
            over = t.head if t.dep_ == "nmod" else t
            if self.s.lemma(over) in ("majority", "most", "bulk") or any(c.lower_ == "most" and c.dep_ in ("amod", "det", "advmod") for c in t.children):
                return "most"
            if self.s.lemma(over) in ("some", "part", "dozen", "hundred", "half"):
                return "part"
        return None

    def _adverb_extent(self) -> str | None:
        """"completely", "fully", "full control": the whole; "partly", "largely": a part, or most."""
        for j in self.f.words:
            for c in self.s.doc[j].children:
                if c.lower_ in ("completely", "fully", "entirely", "totally", "full", "complete", "total", "firmly"):
                    return "whole"
                if c.lower_ in ("partly", "partially", "partial"):
                    return "part"
                if c.lower_ in ("largely", "mostly"):
                    return "most"
        return None

    def _quote(self, ref: PlaceRef | None, actor: Span | None) -> tuple[Span, Span]:
        """The shortest run of text from the cue to the place, and to the actor where it stands near."""
        words = list(self.f.words)
        first, last = min(words), max(words)
        cue_span = self.s.char_span(first, last)
        if ref is not None:
            first, last = min(first, ref.first), max(last, ref.last)
        span = self.s.char_span(first, last)
        if actor is not None and self.s.span.covers(actor):
            wide = Span(min(span.start, actor.start), max(span.end, actor.end))
            if wide.end - wide.start <= 160:
                span = wide
        return span, cue_span

    def _also(self, drafts: list[Draft], speaker: str | None) -> list[Draft]:
        """The second claim of a sense: who takes what another hands over."""
        also = self.cue.also
        if not also or not drafts:
            return []
        takers = self._resolved(self.actors((also["actor"],))[0], speaker)
        if not takers:
            return []
        actor, span, inferred = takers[0]
        rows = []
        for d in drafts:
            rows.append(replace(d, kind=Kind(also["kind"]), actor=actor, actor_span=span, against=d.actor, against_span=d.actor_span, inferred=inferred,
                                destination=None, jointly=()))  # fmt: skip
        return rows


OPERATIONS = frozenset("operation offensive assault campaign push battle attack counter-offensive counteroffensive fight drive counterattack counter-attack effort struggle".split())
ATTACKS = frozenset([Kind.GAINS, Kind.CONTESTS, Kind.ADVANCES, Kind.BESIEGES, Kind.CLEARS])
LEAVES = frozenset([Kind.LOSES, Kind.WITHDRAWS, Kind.HOLDS, Kind.REPELS])


def _journeys(drafts: list[Draft]) -> list[Draft]:
    """"pulled out of A and gone towards B": B is where they went, not what they advance on."""
    out: list[Draft] = []
    for d in drafts:
        left = next((k for k, x in enumerate(out) if d.kind is Kind.ADVANCES and x.kind is Kind.WITHDRAWS and x.sentence == d.sentence
                     and x.actor == d.actor and x.token < d.token and d.token - x.token < 12), None)  # fmt: skip
        if left is None:
            out.append(d)
        else:
            out[left] = replace(out[left], destination=out[left].destination or d.place.name)
    return out


def settle(drafts: list[Draft], register: Register) -> list[Draft]:
    """Fill the actors that no words name ("fighting in P", "P was retaken") from the other claims of the report.

    First from claims about the same place, then from who attacked in the sentences before, then from who does so
    most. Claims that still have no actor stay only where the kind allows one to be unknown.
    """
    firm = [d for d in drafts if not d.guess and d.actor]
    out: list[Draft] = []
    for d in drafts:
        if not d.guess or d.actor is not None:
            out.append(d)
            continue
        wanted = LEAVES if d.kind in (Kind.LOSES, Kind.WITHDRAWS, Kind.HOLDS, Kind.REPELS) else ATTACKS
        actor = _likely(d, firm, wanted)
        if d.kind is Kind.GAINS and d.retaken:
            actor = _retaker(d, firm, register, actor)
        if actor is None and wanted is LEAVES:
            taker = _likely(d, firm, ATTACKS)
            actor = register.other(taker) if taker else None
        if actor is None and d.kind in NEEDS_ACTOR:
            continue
        if d.kind is Kind.REPELS and d.against and actor == d.against:
            actor = register.other(d.against)
        against = d.against or (register.other(actor) if d.kind in ATTACKS else None)
        out.append(replace(d, actor=actor, against=against, inferred=True))
    return out


def _retaker(d: Draft, firm: list[Draft], register: Register, likely: str | None) -> str | None:
    """Who retakes a place is not who took it last."""
    before = [x for x in firm if x.kind is Kind.GAINS and x.place.name == d.place.name and not x.retaken and x.mode is Mode.ASSERTED]
    if before:
        return likely if likely != before[-1].actor else register.other(likely)
    states = [x for x in firm if x.kind in ATTACKS and (x.actor or "").startswith("gov:") and d.sentence - 3 <= x.sentence <= d.sentence]
    return states[-1].actor if states else likely


def _likely(d: Draft, firm: list[Draft], kinds: frozenset[Kind]) -> str | None:
    same = [x for x in firm if x.kind in kinds and x.place.name == d.place.name]
    if same:
        counts = Counter(x.actor for x in same)
        return min(same, key=lambda x: (-counts[x.actor], abs(x.sentence - d.sentence), x.sentence > d.sentence)).actor
    near = [x for x in firm if x.kind in kinds and d.sentence - 3 <= x.sentence <= d.sentence]
    if near:
        return max(near, key=lambda x: (x.sentence, x.token)).actor
    counts = Counter(x.actor for x in firm if x.kind in kinds)
    return counts.most_common(1)[0][0] if counts else None


def first_of(s: Sentence, i: int) -> int:
    """First token of the nouns and adjectives right before a noun: "grain silos"."""
    j = i
    while j > 0 and s.doc[j - 1].head.i in range(j, i + 1) and s.doc[j - 1].dep_ in ("compound", "amod") and s.doc[j - 1].is_alpha:
        j -= 1
    return j


def _merge(drafts: list[Draft]) -> list[Draft]:
    """One draft for what two senses of the same words read alike; the more particular sense wins."""
    kept: dict[tuple[object, ...], Draft] = {}
    for d in drafts:
        key = (d.sentence, d.token, d.actor, d.place.name, d.place.first)
        old = kept.get(key)
        if old is None:
            kept[key] = d
        elif old.kind is not d.kind and (old.cue.id, d.cue.id) != (old.cue.id, old.cue.id):
            if d.cue.also and d.kind is not d.cue.kind:
                kept[(*key, d.kind)] = d
    return sorted(kept.values(), key=lambda d: (d.sentence, d.token, d.place.first, d.place.name or "", d.actor or "", d.kind))
