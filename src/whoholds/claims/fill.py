"""One frame → drafts: fill the slots, read mode and voice, and say which words it was read from."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from whoholds.annotate.actors import ActorRef
from whoholds.annotate.nominals import preposition
from whoholds.annotate.place_names import PlaceRef
from whoholds.claims.draft import OPERATIONS, Draft
from whoholds.claims.excepted import is_excepted
from whoholds.claims.extent import of_deed, of_men
from whoholds.claims.ground import COMES, Setting
from whoholds.claims.mode import read_mode
from whoholds.claims.mode_words import FUTURE, is_none, is_over, worse
from whoholds.claims.quote import quote_of
from whoholds.claims.slot_sides import Resolved, Sides, speaker_side
from whoholds.claims.unsaid import Unsaid
from whoholds.model import Kind, Mode, Span, Stance

# Where even a weak cue's place may be a name that nothing vouches for, if an armed side stands beside it.
WITHIN = frozenset(["amod", "compound", "nmod", "nmod:poss", "flat"])
MEANS = frozenset(["in", "with", "through", "by"])
STRONG_SLOTS = frozenset(["obj", "from", "out_of", "of", "into", "subj", "noun"])


def _is_group(ref: ActorRef) -> bool:
    """No state: "M23 territory" says who holds it, "Russian territory" whose it is by law."""
    return ref.cls in ("named", "nonstate") and not any(i.startswith("gov:") for i in ref.ids)


class Filler(Unsaid):
    """Fills one frame."""

    def fill(self) -> list[Draft]:
        cue, kind = self.cue, self.cue.kind
        if kind is None:
            return []
        actors, other = self.actors(cue.actor)
        against, _ = self.actors(cue.against)
        if other and not actors:
            return []
        if ("against" in cue.needs and not against) or ("actor" in cue.needs and not actors):
            return []
        if "group" in cue.needs and not any(_is_group(a) for a in actors):
            return []
        if self._riot() if kind is Kind.CONTESTS else self._one_another():
            return []
        if cue.between:
            pair = self._between()
            between = self.f.slots.get("between")
            if between and not pair and not actors and not any(self.c.places[self.n].places(i) for i in between):
                # "clashes between fans"
                return []
            if len(pair) >= 2:
                actors, against = pair[:1], pair[1:2]
        if not actors and cue.form == "noun" and kind is not Kind.HOLDS:
            actors = self._by_governor()
        if not against and kind is Kind.BESIEGES and self.f.passive:
            # "police have been surrounded in P"
            against = [a for a in self.actors(("obj",))[0] if a.cls != "pronoun"]
        if not actors and not against and kind is Kind.WITHDRAWS and self.f.passive:
            against = self._finders()
        places = self.places()
        swapped = False
        if self.f.passive and not actors and cue.no_agent:
            kind = Kind(cue.no_agent["kind"])
            actors, against, swapped = against, [], True
            if not actors:
                return []
        if not actors and self.f.passive:
            actors = self._by_operation()
        if not actors and not self.f.passive:
            actors = self._by_means() if cue.form == "noun" else self._by_first_words()
        percent = any(
            self.s.doc[i].lower_ in ("%", "percent") or self.s.doc[i].pos_ == "NUM" for i in self.f.slots.get("obj")
        )
        if (
            not places
            and (kind in (Kind.HOLDS, Kind.LOSES) or (kind is Kind.GAINS and percent))
            and (whole := self.c.places[self.n].share_of_country())
        ):
            places = [(whole, "share")]
        if not places:
            subject_of_fight = cue.form == "noun" and kind is Kind.CONTESTS and self.s.doc[self.f.token].dep_ == "nsubj"
            unsaid = self._unsaid()
            # "The attack was repelled", "the rebels were beaten off": who did it is the other side.
            # So it is where "his men are surrounded there".
            beaten = self.f.passive and (kind is Kind.REPELS or (kind is Kind.BESIEGES and bool(against)))
            if not actors and not swapped and not subject_of_fight and not unsaid and not beaten:
                return []
            here = self._here() or self._its_own() or self._apart() or unsaid
            if here is None:
                return []
            places = [(here.ref, "@here")]
            self.here_sentence = here.sentence
        if cue.weak and not self._side_enough(actors, places, swapped):
            return []
        drafts = []
        attribution = self.c.speakers.of(self.n, self.f.token)
        speaker = speaker_side(self.c, attribution)
        sides = Sides(self.c, self.n, self.f, attribution)
        mode, stance = read_mode(self.s, self.f.token)
        if cue.mode is not None:
            mode = worse(mode, cue.mode)
        tried = any(self.s.lemma(i) in ("attempt", "bid", "effort") for i in self.f.words)
        if kind is Kind.REPELS and mode is Mode.ATTEMPTED and tried:
            # "an attempt to enter P was repelled": what was tried is not the beating off
            mode = Mode.ASSERTED
        if kind in (Kind.HOLDS, Kind.REPELS) and self._at_it(mode):
            # "are struggling to hold P", "are battling to keep the rebels out of P": they still do
            mode = Mode.ASSERTED
        if attribution and stance is Stance.PLAIN:
            stance = {True: Stance.CLAIMED}.get(attribution.lemma in ("claim", "boast", "allege", "assert"), stance)
            if attribution.lemma in ("confirm", "acknowledge", "admit", "concede"):
                stance = Stance.CONFIRMED
        if any(c.lower_ == "no" for w in self.f.words if w != self.f.token for c in self.s.doc[w].children):
            # "has no control over P"
            mode = Mode.DENIED
        if cue.denied and mode is Mode.DENIED and self._plainly_not():
            # "They have no men there", "no fighter remains in P"
            kind, mode = cue.denied, Mode.ASSERTED
        if kind is Kind.HOLDS and mode is Mode.DENIED and is_over(self.s.doc[self.f.token]):
            kind, mode = Kind.ABSENT, Mode.ASSERTED
        if (cue.form == "none" or self.s.doc[self.f.words[0]].lower_ == "without") and mode is Mode.DENIED:
            mode = self._to_come()  # the "no" is the cue itself
        if kind is Kind.GAINS and mode is Mode.DENIED and cue.place == ("subj",) and not self._taker_said(actors):
            # "P has not fallen": who holds it still does
            kind = Kind.LOSES
        if cue.announced and mode is Mode.PLANNED:
            # An operation that is only announced is a plan to take the place.
            kind = cue.announced
        located = list(self._located(places))
        setting = self._setting(speaker, kind, located)
        subjects, others = sides.both(actors, against, setting)
        if kind is Kind.CONTESTS and not others and "with" in cue.against:
            subjects, others = self._each_other(subjects)
        other_id, other_span = (others[0][0], others[0][1]) if others else (None, None)
        if cue.actor[:1] == ("@other",):
            doer = sides.resolved(self.actors(("subj", "poss", "by"))[0], setting)
            owner = sides.resolved(self.actors(("poss", "comp"))[0], setting)
            their_own = any(self.s.doc[i].tag_ == "PRP$" for i in self.f.slots.get("poss"))
            if doer and not owner and self._gives_up(doer[0][0], setting):
                owner, their_own = doer, True
            besieger = (
                owner[0][0]
                if owner and doer and (owner[0][0] != doer[0][0] or their_own)
                else self.c.register.other(doer[0][0], setting.country)
                if doer
                else None
            )
            subjects = [(besieger, owner[0][1] if owner else None, not owner)]
        subjects = subjects or self._beaten_off(sides, setting)
        if not subjects and kind is Kind.LOSES and mode is Mode.DENIED and self._a_party(speaker):
            # "P has not fallen, the army said": who says so is who would have lost it
            subjects = [(speaker, None, True)]
        guess = not subjects
        if guess:
            subjects = [(sides.implied(setting, other_id), None, True)]
        if (
            other_id is None
            and not guess
            and kind in (Kind.GAINS, Kind.CONTESTS, Kind.ADVANCES, Kind.BESIEGES, Kind.REPELS, Kind.CLEARS)
        ):
            other_id = self.c.register.other(subjects[0][0], setting.country)
        if any(other_id == a for a, _, _ in subjects):
            other_id = None
        together = tuple(a for a, _, _ in subjects if a) if len(subjects) > 1 else ()
        destination = self._destination() if kind is Kind.WITHDRAWS else None
        for ref, slot, where, sentence in located:
            if destination and where.name and where.name.casefold() == destination.casefold():
                continue
            named_here = slot != "@here" and mode is Mode.ASSERTED
            left_out = named_here and is_excepted(self.s.doc, self.f.token, ref.first)
            usual = cue.extent if kind is cue.kind else None  # "are no longer in P": they have not even a part of it
            for actor, actor_span, inferred in subjects:
                if actor is None and not guess:
                    continue
                quote, cue_span = quote_of(self.s, self.f, ref if slot != "@here" else None, actor_span)
                extent = of_men(self.s, self.f, kind) or where.extent or usual or of_deed(self.s, self.f, kind)
                drafts.append(
                    Draft(
                        self.n,
                        cue,
                        self.f.token,
                        kind,
                        actor,
                        actor_span,
                        other_id,
                        other_span,
                        where,
                        sentence,
                        Mode.DENIED if left_out else mode,
                        stance,
                        quote,
                        cue_span,
                        attribution,
                        extent,
                        where.part,
                        where.share,
                        destination,
                        tuple(a for a in together if a != actor),
                        inferred,
                        cue.ends,
                        guess,
                        self.s.lemma(self.f.token).startswith(("re", "liberat", "free")),
                        speaker,
                        setting.country,
                    )
                )
        drafts += self._also(drafts, sides, setting)
        drafts += self._operation(drafts)
        return drafts

    def _taker_said(self, actors: list[ActorRef]) -> bool:
        return bool(actors or self.f.slots.get("to")) or self.f.passive

    def _by_governor(self) -> list[ActorRef]:
        """ "A began an assault", "A claimed the capture of P", "A admitted the loss": the verb above names who."""
        head = self.s.doc[self.f.token].head
        lemma, kind = self.s.lemma(head), self.cue.kind
        phrases = self.c.phrases[self.n]
        if not self.lex.has("say", lemma):
            return [a for i in self.f.slots.get("gov_subj") if (a := phrases.actor(i))]
        own = lemma in ("claim", "announce") if kind is Kind.GAINS else lemma in ("admit", "acknowledge", "confirm")
        if not own or kind not in (Kind.GAINS, Kind.LOSES) or self.cue.no_agent or "to" in self.cue.actor:
            return []
        return [a for c in head.children if c.dep_ == "nsubj" and (a := phrases.actor(c.i))]

    def _finders(self) -> list[ActorRef]:
        """ "The rebels found P abandoned": somebody else had left it."""
        verb = self.s.doc[self.f.token]
        above = self.s.clause_of.get(verb.head.i)
        if verb.dep_ != "xcomp" or above is None or above.lemma != "find":
            return []
        return [a for i in above.subjects if (a := self.c.phrases[self.n].actor(i))]

    def _by_means(self) -> list[ActorRef]:
        """ "A took six villages in an attack near P", "A profited with a raid on P": it is A's attack."""
        t = self.s.doc[self.f.token]
        if t.dep_ not in ("obl", "nmod") or preposition(t) not in MEANS or self.cue.kind not in COMES:
            return []
        clause = next((c for x in islice(t.ancestors, 3) if (c := self.s.clause_of.get(x.i))), None)
        if clause is None or clause.voice == "passive" or self.lex.has("suffers", clause.lemma):
            return []
        found = [ref for i in clause.subjects if i < self.f.token and (ref := self.c.phrases[self.n].actor(i))]
        return [ref for ref in found if ref.cls in ("named", "state", "nonstate")]

    def _by_first_words(self) -> list[ActorRef]:
        """ "A, weary of waiting, on Monday crossed into P": where the parser lost the subject, who stands first."""
        verb = self.s.doc[self.f.token]
        if (
            self.cue.form != "verb"
            or "subj" not in self.cue.actor
            or self.f.slots.get("subj")
            or verb.tag_ not in ("VBD", "VBZ", "VBP")
            or any(x.tag_ in ("VBD", "VBZ", "VBP", "MD") or x.text in ';:"“”' for x in self.s.doc[: verb.i])
        ):
            return []
        before = [
            i
            for i, ref in self.c.register.refs[self.n]
            if i < verb.i and ref.cls in ("named", "state", "nonstate") and self.s.doc[i].dep_ not in WITHIN
        ]
        return [ref for i in before[:1] if (ref := self.c.phrases[self.n].actor(i))]

    def _beaten_off(self, sides: Sides, setting: Setting) -> Resolved:
        """ "A repelled three attempts to enter P": the attempts are of the other side."""
        foes = [a for i in self.f.slots.get("foe") if (a := self.c.phrases[self.n].actor(i))]
        others = (self.c.register.other(a, setting.country) for a, _, _ in sides.resolved(foes[:1], setting))
        return [(a, None, True) for a in others if a]

    def _setting(self, speaker: str | None, kind: Kind, located: list[tuple[PlaceRef, str, PlaceRef, int]]) -> Setting:
        """What the frame's place tells of its actors."""
        if not located:
            return Setting(speaker, kind=kind)
        _, _, where, sentence = located[0]
        named = next((p for p in self.c.memory.by_sentence.get(sentence, ()) if p.ref.name == where.name), None)
        lies = self.c.register.lies_in(named.countries) if named else None
        return Setting(speaker, country=lies, place=where.name, kind=kind)

    def _each_other(self, subjects: Resolved) -> tuple[Resolved, Resolved]:
        """ "A and B clashed in P": one against the other (rule 11 of docs/claims.md)."""
        if len(subjects) == 2:
            (a, _, _), (b, _, _) = subjects
            if a and b and (self._one_another() or self.c.register.opposed(a, b)):
                return subjects[:1], subjects[1:]
        return subjects, []

    def _a_party(self, speaker: str | None) -> bool:
        """The speaker's side is of the war, and no state that only comments on it."""
        home = self.c.register.country
        if speaker is None or home is None or not speaker.startswith("gov:"):
            return speaker is not None
        return speaker == f"gov:{home}" or self.c.register.declared(speaker, f"gov:{home}")

    def _gives_up(self, doer: str | None, setting: Setting) -> bool:
        """ "X lifted the siege of P", where the report has told that X came for P: it is X's own siege."""
        ends = self.s.lemma(self.f.token) in ("lift", "end", "raise")
        return ends and doer is not None and self.c.register.ground.speaks_for(doer, Kind.BESIEGES, setting.place) > 0

    def _one_another(self) -> bool:
        after = self.s.doc[self.f.token + 1 : self.f.token + 3].text.lower()
        return after in ("each other", "one another")

    def _plainly_not(self) -> bool:
        """The words themselves say no, and not somebody who denies them, or does not know."""
        clause = self.f.clause
        men = (*self.f.slots.get("subj"), *(self.f.slots.get("obj") if self.f.passive else ()))
        nearby = [c for i in (self.f.token, *self.f.words, *men) for c in self.s.doc[i].children]
        none = any(
            self.s.doc[i].lower_ in ("nobody", "none")
            or is_none(self.s.doc[i])
            or any(c.lower_ == "neither" for c in self.s.doc[i].children)
            for i in men
        )
        nowhere = self.s.doc[self.f.token].head.lower_ == "nowhere"
        return none or nowhere or (clause is not None and clause.negated) or any(c.lower_ == "no" for c in nearby)

    def _to_come(self) -> Mode:
        """Whether a denied noun is of what is, or of what will or may be: "there will be no rebels in P"."""
        auxiliaries = {c.lower_ for c in self.s.doc[self.f.token].children if c.dep_ == "aux"}
        if auxiliaries & FUTURE:
            return Mode.PLANNED
        return Mode.POSSIBLE if auxiliaries & {"may", "might"} else Mode.ASSERTED

    def _at_it(self, mode: Mode) -> bool:
        """The word over the cue says that it is being done, though with pains."""
        above = self.s.lemma(self.s.doc[self.f.token].head)
        return mode in (Mode.ATTEMPTED, Mode.PLANNED) and above in ("struggle", "battle", "fight", "strive", "scramble")

    def _operation(self, drafts: list[Draft]) -> list[Draft]:
        """ "an operation to retake P": planned to take it, and fighting for it already (rule 12 of docs/claims.md)."""
        verb = self.s.doc[self.f.token]
        noun = verb.head
        if self.cue.form != "verb" or verb.dep_ not in ("acl", "advcl", "nmod"):
            return []
        if self.s.lemma(noun) not in OPERATIONS:
            # "launched an offensive to take P"
            noun = next(
                (c for c in noun.children if c.dep_ == "obj" and self.s.lemma(c) in OPERATIONS and c.i < verb.i), noun
            )
        if self.s.lemma(noun) not in OPERATIONS:
            return []
        over = self.s.lemma(noun.head) if noun.head.i != noun.i else ""
        # "the offensive to take P failed": there was one
        tried = () if self.s.lemma(noun) == "effort" else (Mode.ATTEMPTED,)
        if (
            self.lex.has("planned", over)
            or over in ("announce", "prepare", "plan", "discuss", "delay", "postpone")
            or read_mode(self.s, noun.i)[0] is not Mode.ASSERTED
        ):
            return []
        return [
            replace(
                d,
                kind=Kind.CONTESTS,
                mode=Mode.ASSERTED,
                token=noun.i,
                extent=None,
                part=None,
                retaken=False,
                quote=Span(min(d.quote.start, self.s.char_span(noun.i, noun.i).start), d.quote.end),
            )
            for d in drafts
            if d.kind is Kind.GAINS and d.mode in (Mode.PLANNED, *tried)
        ]

    def _side_enough(self, actors: list[ActorRef], places: list[tuple[PlaceRef, str]], swapped: bool) -> bool:
        """A weak cue needs an armed side, and a place that something vouches for."""
        if any(ref.known or ref.name is None or slot == "@here" for ref, slot in places):
            named = any(a.cls != "pronoun" for a in actors)
            if named or swapped:
                return True
            if actors:
                return True
            # A passive without agent, or a noun: "Mubi was retaken", "the fall of Mubi". Else only where the report has
            # spoken of who holds what: "attempts to take it failed".
            bare = self.cue.kind is not Kind.WITHDRAWS and not self.f.slots.get("subj")
            attribute = self.f.clause is not None and self.f.clause.relation == "amod"
            return self._needs_nobody() or (bare and not attribute and bool(self.c.register.ground.actors))
        if self.cue.form == "noun" and self.cue.kind is Kind.CONTESTS:
            return any(
                self.s.doc[ref.head].pos_ == "PROPN" and slot not in ("comp", "poss", "of") for ref, slot in places
            )
        if any(a.cls in ("named", "state", "nonstate") for a in actors) and any(
            self.s.doc[ref.head].pos_ == "PROPN"
            and slot in ("in", "at", "near", "around", "inside", "towards", "on", "to", "for")
            for ref, slot in places
        ):
            return True
        sided = bool(actors) or (self._needs_nobody() and bool(self.c.register.ground.actors))
        return sided and any(slot in STRONG_SLOTS for _, slot in places)

    def _needs_nobody(self) -> bool:
        """Forms that name no doer: a passive, a noun, a verb whose subject is the place ("P fell")."""
        return (
            self.f.passive
            or self.cue.form in ("noun", "phrase", "attributive", "compound")
            or (self.cue.form == "verb" and self.cue.place[:1] == ("subj",))
        )

    def _also(self, drafts: list[Draft], sides: Sides, setting: Setting) -> list[Draft]:
        """The second claim of a sense: who takes what another hands over."""
        also = self.cue.also
        if not also or not drafts:
            return []
        takers = sides.resolved(self.actors((also["actor"],))[0], setting)
        if not takers:
            return []
        actor, span, inferred = takers[0]
        rows = []
        for d in drafts:
            rows.append(
                replace(
                    d,
                    kind=Kind(also["kind"]),
                    actor=actor,
                    actor_span=span,
                    against=d.actor,
                    against_span=d.actor_span,
                    inferred=inferred,
                    destination=None,
                    jointly=(),
                )
            )
        return rows
