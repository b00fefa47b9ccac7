"""Who stands in the slots of a frame: actors read from their phrases and resolved through the register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from whoholds.annotate.actors import ActorRef
from whoholds.annotate.document import Sentence
from whoholds.annotate.nominals import is_doer, preposition
from whoholds.annotate.place_names import antecedent
from whoholds.annotate.words import lexis
from whoholds.claims.draft import OPERATIONS, Context
from whoholds.claims.forms import Frame
from whoholds.claims.ground import Setting
from whoholds.claims.speaker_phrase import QUOTES
from whoholds.claims.voice import Attribution
from whoholds.model import Kind, Span

Resolved = list[tuple[str | None, Span | None, bool]]
"""Actors with their words, and whether the report, not its words, told who they are."""
UNDERTAKINGS = OPERATIONS | lexis()["undertakings"]
POINTING = ("pronoun", "again", "enemy")
BESIDE = ("together_with", "along_with", "alongside", "jointly_with")


def _apart(setting: Setting, others: Resolved) -> Setting:
    return replace(setting, apart=frozenset(a for a, _, _ in others if a))


class SlotActors:
    """The sides of one frame."""

    def __init__(self, context: Context, n: int, frame: Frame) -> None:
        self.c, self.n, self.f = context, n, frame
        self.s: Sentence = context.document.sentences[n]
        self.cue = frame.cue
        self.lex = lexis()
        self.here_sentence = n
        self.attribution: Attribution | None = None
        """Who says what the frame says."""

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
            if i in self.f.words and slot != "self":
                continue
            i = antecedent(self.s, i)
            token = self.s.doc[i]
            if token.lower_.startswith(("pro-", "anti-")) and i + 1 in self.f.slots.get(slot):
                continue  # "pro-Person militiamen", read as two
            if (
                slot == "comp"
                and token.pos_ == "ADJ"
                and i not in self.c.names[self.n].demonyms
                and not self._side_word(i)
            ):
                continue
            described = slot == "subj" and token.dep_ in ("amod", "compound")
            # "a Kurdish attempt to retake P" has its adjective for a subject
            ref = self._side_word(i) if slot == "comp" or described else None
            ref = ref or self.c.phrases[self.n].actor(i)
            if ref is not None and (
                self._nobody(ref) or self._is_a_place(ref) or (slot == "subj" and self._only_speaks(i))
            ):
                ref = None
            hit = self.c.names[self.n].leaders.get(i)
            head = hit is not None and hit.ids[-1].startswith("gov:")
            if ref is not None and (head or ref.word in ("he", "she")) and self._himself():
                ref, other = None, True
            owns = slot == "poss" and self.f.cue.form == "noun" and bool(self._says_of_what())
            if ref is None and (slot == "subj" or owns):
                # "Damascus ordered", "Kyiv's withdrawal from P": the government there
                ref = self._seat(i)
            if (
                ref is not None
                and ref.cls == "pronoun"
                and slot in ("of", "from", "to", "in")
                and self.f.cue.form == "noun"
            ):
                continue
            if ref is not None:
                if all(ref.head != r.head for r in found):
                    found += (
                        self.c.phrases[self.n].actors(i)
                        if ref.head == i and slot != "comp" and not described
                        else [ref]
                    )
                for c in token.children:
                    if c.dep_ == "conj" and self.f.cue.form != "verb":
                        more = self.c.phrases[self.n].actor(c.i)
                        if more is not None and all(more.head != r.head for r in found):
                            found.append(more)
                if slot != "subj":
                    break
            elif slot == "subj" and self.s.lemma(i) in UNDERTAKINGS:
                # "the offensive drove them out": whose it is; where nothing says it, the report may.
                owner = self._owner(i)
                if owner is not None:
                    found.append(owner)
            elif slot in ("subj", "agent", "by") and is_doer(self.s.doc[i]):
                other = True
            elif slot == "poss" and self.s.doc[i].pos_ == "NOUN" and not self.c.places[self.n].placeable(i):
                # "the lorry drivers' blockade"
                other = True
            if found and slot in ("poss", "comp", "by", "of"):
                break
        if found and "subj" in slots:
            found += [ref for ref in self._helpers() if all(ref.head != r.head for r in found)]
        return found, other

    def _says_of_what(self) -> bool:
        """The noun has a place of its own, so that its possessor is none: "Kyiv's capture of P"."""
        return any(self.f.slots.get(slot) for slot in self.cue.place if slot in ("of", "from", "out_of", "on", "into"))

    def _seat(self, i: int) -> ActorRef | None:
        """ "Damascus": the government that sits there."""
        token = self.s.doc[i]
        seat = self.s.doc[i : max([i, *(c.i for c in token.children if c.dep_ == "flat")]) + 1].text
        country = self.c.capitals.get(seat)
        return ActorRef(i, i, i, "named", (f"gov:{country}",), token.lower_) if country else None

    def _helpers(self) -> list[ActorRef]:
        """ "X took P together with Y", "together with Y, X took P": Y has a part in it."""
        if self.f.passive and not self.f.slots.get("subj"):
            return []
        heads = [i for slot in BESIDE for i in self.f.slots.get(slot)]
        heads += [
            c.i
            for i in self.f.slots.get("subj")
            for c in self.s.doc[i].children
            if c.i > i and preposition(c).replace(" ", "_") in BESIDE
        ]
        # "Together with X, Y took P", with X hung on "together"
        heads += [
            x.i
            for c in self.s.doc[self.f.token].children
            if c.lower_ in ("together", "jointly", "along")
            for x in c.children
            if x.dep_ in ("obl", "nmod") and preposition(x).endswith("with")
        ]
        found = [ref for i in dict.fromkeys(heads) for ref in self.c.phrases[self.n].actors(i)]
        return [ref for ref in found if ref.cls in ("named", "state", "nonstate", "tribal")]

    def _nobody(self, ref: ActorRef) -> bool:
        """ "The party took Liverpool", "Christians left P": words for sides, in a report that knows no such side."""
        if ref.cls == "people" or (ref.cls == "again" and ref.word in ("party", "union", "council", "organisation")):
            return self.c.register.resolve(ref, self.n)[0] is None
        return False

    def _is_a_place(self, ref: ActorRef) -> bool:
        """ "It is the largest town in P": what is said to be a town is no side."""
        said = self.s.doc[ref.head].head
        named_so = any(c.dep_ == "cop" for c in said.children) and not preposition(said)
        if ref.cls != "pronoun" or not named_so:
            return False
        return any(
            self.lex.has(kind, self.s.lemma(said)) for kind in ("settlement", "facility", "district", "province")
        )

    def _himself(self) -> bool:
        """ "The president is in P", "fled P": where a head of state is tells nothing of his men; "took P" does."""
        lemma = self.s.lemma(self.f.token)
        if self.cue.kind is Kind.HOLDS:
            return lemma in ("be", "remain", "stay", "sit")
        return self.cue.kind is Kind.WITHDRAWS and lemma in ("flee", "leave", "fly", "escape")

    def _only_speaks(self, i: int) -> bool:
        """ "The army fled, the ministry said, leaving P": a ministry does not move."""
        return self.cue.kind in (Kind.WITHDRAWS, Kind.ADVANCES) and self.s.lemma(i) in ("ministry", "staff", "command")

    def _owner(self, i: int) -> ActorRef | None:
        """ "a Ukrainian offensive", "an attack by rebels", "troops began a push that": who undertakes it."""
        t = self.s.doc[i]
        doers: list[int] = []
        for c in t.children:
            if c.dep_ in ("compound", "amod", "nmod:poss") and c.lower_ != "military" and (ref := self._side_word(c.i)):
                return ref
            if c.dep_ == "nmod:poss" or (c.dep_ == "nmod" and preposition(c) in ("by", "of")):
                doers.append(c.i)
            if c.dep_ == "acl":
                doers += [x.i for x in c.children if x.dep_ in ("obl:agent", "obl") and preposition(x) == "by"]
        if t.dep_ == "obj" and self.lex.has("carry_out", self.s.lemma(t.head)):
            doers += [x.i for x in t.head.children if x.dep_ == "nsubj"]
        sides = ((self.c.phrases[self.n].actor(j) or self._seat(j)) for j in doers)
        return next((ref for ref in sides if ref and ref.cls != "people"), None)

    def _side_word(self, i: int) -> ActorRef | None:
        """ "rebel", "government", "Iraqi", "ISIS" as a modifier."""
        t, names = self.s.doc[i], self.c.names[self.n]
        if i in names.groups:
            hit = names.groups[i]
            return ActorRef(hit.first, hit.last, i, "named", hit.ids)
        if i in names.demonyms:
            return ActorRef(i, i, i, "state", (f"gov:{names.demonyms[i]}",), country=names.demonyms[i])
        if i in names.peoples:
            hit = names.peoples[i]
            return ActorRef(hit.first, hit.last, i, "people", word=t.lower_, maybe=hit.ids)
        if i in names.leaders:
            hit = names.leaders[i]
            return ActorRef(hit.first, hit.last, i, "named", hit.ids)
        lemma = self.s.lemma(i)
        country = next((names.demonyms[j] for j in (i - 1, i - 2) if j in names.demonyms), None)
        if self.lex.has("nonstate_modifier", t.lower_, lemma) or lemma in (
            "rebel",
            "militant",
            "separatist",
            "guerrilla",
            "militia",
        ):
            return ActorRef(i, i, i, "nonstate", word=lemma, country=country)
        if lemma in ("government", "regime", "army", "loyalist", "state", "military") or t.lower_ in (
            "pro-government",
            "loyalist",
            "federal",
        ):
            return ActorRef(i, i, i, "state", word=lemma, country=country)
        return None

    def _between(self) -> list[ActorRef]:
        """ "between A and B", "A and B fighters clashed", "with B": the two sides of a fight."""
        out: list[ActorRef] = []
        for slot in ("between", "gov_between", "with", "gov_with"):
            for i in self.f.slots.get(slot):
                for j in [i, *[c.i for c in self.s.doc[i].children if c.dep_ == "conj"]]:
                    ref = self.c.phrases[self.n].actor(j)
                    if ref is not None and all(r.head != ref.head for r in out):
                        out.append(ref)
        if len(out) < 2:
            out = self._after_between() or out
        return out

    def _riot(self) -> bool:
        """ "clashes between protesters and police": no fight for a place."""
        sides = [i for _, i in self.heads(("subj", "with", "against", "between", "gov_between"))]
        both = [x for i in sides for x in (self.s.doc[i], *self.s.doc[i].children) if x.i == i or x.dep_ == "conj"]
        return any(self.lex.has("rioters", self.s.lemma(x), x.lower_) for x in both)

    def _after_between(self) -> list[ActorRef]:
        """ "the battle for P between A and B": the two sides as they stand, wherever the parser hung them."""
        doc, out = self.s.doc, list[ActorRef]()
        start = next((t.i for t in doc[self.f.token + 1 : self.f.token + 14] if t.lower_ == "between"), None)
        if start is None:
            return []
        for t in doc[start + 1 : start + 16]:
            if t.pos_ in ("VERB", "AUX") or t.text in ",;:":
                break
            ref = self.c.phrases[self.n].actor(t.i)
            if ref is not None and ref.head == t.i and all(r.head != ref.head for r in out):
                out.append(ref)
        return out

    def _by_operation(self) -> list[ActorRef]:
        """ "was retaken in a Ukrainian counter-offensive": the operation says who did it."""
        for slot in ("in", "during", "after", "by"):
            for i in self.f.slots.get(slot):
                if self.s.lemma(i) in OPERATIONS and (owner := self._owner(i)):
                    return [owner]
        return []

    def _both(self, actors: list[ActorRef], against: list[ActorRef], setting: Setting) -> tuple[Resolved, Resolved]:
        """Both sides of the frame: first the one with a name, then the other, which must be somebody else."""
        pointing = bool(actors) and all(r.cls in POINTING for r in actors)
        vague = bool(actors) and all(r.cls == "nonstate" and not r.ids for r in actors)
        if (pointing and not all(r.cls in POINTING for r in against)) or (
            vague and any(r.ids or r.cls == "state" for r in against)
        ):
            others = self._resolved(against, setting)
            return self._resolved(actors, _apart(setting, others)), others
        subjects = self._resolved(actors, setting)
        if any(r.cls in POINTING for r in against):
            turned = replace(setting, kind=None)
            return subjects, self._resolved(against, _apart(turned, subjects))
        return subjects, self._resolved(against, setting)

    def _speaks(self, ref: ActorRef) -> bool:
        """ "he said his troops", "the ministry said its units": the pronoun stands for who says it."""
        said = self.attribution
        if ref.cls != "pronoun" or said is None:
            return False
        if ref.word in ("he", "his", "him", "she", "her"):
            return True
        itself = said.actor.word if said.actor is not None else ""
        """ "The army said", "M23 said": the name is the side's own, not a person's."""
        person = any(
            (v.name and not (itself and itself in v.name.lower()))
            or v.anonymous
            or self.lex.has("person_role", (v.role or "").split(" ")[-1].lower())
            for v in said.voices
        )
        t = self.s.doc[ref.first]
        subject = t.dep_ in ("nsubj", "nsubj:pass") or (
            t.dep_ == "nmod:poss" and t.head.dep_ in ("nsubj", "nsubj:pass")
        )
        above = {x.i for x in t.ancestors}
        return (
            subject and not person and said.verb < t.i and said.verb in above and self.s.doc[said.verb].pos_ == "VERB"
        )

    def _resolved(self, refs: list[ActorRef], setting: Setting) -> Resolved:
        out: Resolved = []
        state = next((r for r in refs if r.cls == "state"), None)
        for ref in refs[:4]:
            if (
                state is not None
                and ref.cls in ("nonstate", "again")
                and not ref.ids
                and ref.word != "peacekeeper"
                and len(refs) > 1
                and ref.head > state.head
                and ref.word not in ("rebel", "insurgent", "separatist")
            ):
                # "the army and allied militias": the state's unnamed helpers are its side.
                continue
            if out and self._helper(ref):
                continue
            # "ISIL and Sunni militants": the militants are others.
            apart = setting.apart | ({a for a, _, _ in out if a} if ref.cls == "nonstate" else set())
            if setting.kind is Kind.ABSENT and ref.cls == "pronoun" and (gone := self._just_gone()):
                # "The group has pulled out. They have no men there now"
                out.append((gone, self.s.char_span(ref.first, ref.last), True))
                continue
            if setting.speaker and self._others(ref):
                # "They came at dawn and we threw them back": others than those who say it
                apart |= {setting.speaker}
            found, inferred = self.c.register.resolve_all(
                ref, self.n, replace(setting, apart=apart, own=self._speaks(ref))
            )
            span = self.s.char_span(ref.first, ref.last)
            out += [(actor, span, inferred) for actor in found if all(actor != a for a, _, _ in out)]
        return out

    def _just_gone(self) -> str | None:
        """Who was last said to have a place, or to leave it, in this sentence or the one before."""
        ground = self.c.register.ground
        near = (actor for m in (self.n, self.n - 1) for _, actor in reversed(ground.in_sentence.get(m, [])))
        return next((actor for actor in near if ground.comes(actor, self.n, 1) < 0), None)

    def _others(self, ref: ActorRef) -> bool:
        """ "they" between quotation marks, where the speaker has not just spoken of "our forces"."""
        if ref.word not in ("they", "them", "their") or sum(t.text in QUOTES for t in self.s.doc[: ref.first]) % 2 == 0:
            return False
        return not any(x.cls == "ours" and x.first < x.head and i < ref.first for i, x in self.c.register.refs[self.n])

    def _helper(self, ref: ActorRef) -> bool:
        """ "the coalition and its allies", "the army and allied militias": helpers without a name."""
        if ref.ids and ref.cls == "named":
            return False
        noun = self.s.doc[ref.head]
        if ref.cls == "pronoun" and ref.first < ref.head:
            return True
        own = any(c.tag_ == "PRP$" for c in noun.children)
        return (own and self.lex.has("helpers", self.s.lemma(noun))) or any(
            self.lex.has("helping", c.lower_) for c in noun.children
        )

    def _speaker_side(self, attribution: Attribution | None) -> str | None:
        if attribution is None:
            return None
        if attribution.actor is not None:
            return self.c.register.speaks_for(attribution.actor, attribution.span)
        roles = [w for v in attribution.voices for w in (v.role or "").lower().split()]
        # A general of nobody is the country's.
        country = self.c.register.country if any(self.lex.has("officer_ranks", w) for w in roles) else None
        return f"gov:{country}" if country else None

    def _implied(self, setting: Setting, against: str | None) -> str | None:
        """The actor where the words name none: the enemy of who is named, else the one last spoken of."""
        if against is not None:
            return None if setting.kind is Kind.CONTESTS else self.c.register.other(against, setting.country)
        if setting.kind in (Kind.CONTESTS, Kind.BESIEGES, Kind.GAINS, Kind.LOSES, Kind.CLEARS, Kind.REPELS):
            return None
        if setting.kind is Kind.HOLDS and not self.cue.actor:
            # "P is still holding out": who holds it is told elsewhere, and need not be who was spoken of last
            return None
        if setting.kind is Kind.HOLDS and self.cue.form == "phrase" and "of" not in self.cue.place:
            # "P is back under control, the army said"
            return setting.speaker
        ref = ActorRef(self.f.token, self.f.token, self.f.token, "again", word="force")
        return self.c.register.resolve(ref, self.n, setting)[0]
