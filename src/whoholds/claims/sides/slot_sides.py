"""Who the sides of a frame are: what its words name, resolved through the register."""

from __future__ import annotations

from dataclasses import replace

from whoholds.annotate.actors.find import ActorRef
from whoholds.annotate.trees.nominals import preposition
from whoholds.annotate.words import lexis
from whoholds.claims.draft import Context
from whoholds.claims.frames.forms import Frame
from whoholds.claims.sides.ground import Setting
from whoholds.claims.voices.speaker_phrase import QUOTES
from whoholds.claims.voices.voice import Attribution
from whoholds.model import Kind, Span

Resolved = list[tuple[str | None, Span | None, bool]]
"""Actors with their words, and whether the report, not its words, told who they are."""
POINTING = ("pronoun", "again", "enemy")
TOLD_OF = (Kind.CONTESTS, Kind.BESIEGES, Kind.GAINS, Kind.LOSES, Kind.CLEARS, Kind.REPELS)
"""Kinds whose actor, where the words name none, only the whole report can tell (`settle`)."""
MEN = lexis()["armed_men"] - lexis()["rebellious"]
"""Words for fighters that say nothing of whose they are."""
MOST = 4
"""Actors of one slot, at most."""


def speaker_side(c: Context, attribution: Attribution | None) -> str | None:
    """The side of who says it, as far as the report tells."""
    if attribution is None:
        return None
    if attribution.actor is not None:
        return c.register.speaks_for(attribution.actor, attribution.side_span)
    roles = [w for v in attribution.voices for w in (v.role or "").lower().split()]
    # A general of nobody is the country's.
    country = c.register.census.country if any(lexis().has("officer_ranks", w) for w in roles) else None
    return f"gov:{country}" if country else None


class Sides:
    """Resolves what one frame names; `said` is who says what it says."""

    def __init__(self, context: Context, n: int, frame: Frame, said: Attribution | None) -> None:
        self.c, self.n, self.f, self.said = context, n, frame, said
        self.s = context.document.sentences[n]

    def both(self, actors: list[ActorRef], against: list[ActorRef], setting: Setting) -> tuple[Resolved, Resolved]:
        """Both sides of the frame: first the one with a name, then the other, which must be somebody else."""
        pointing = bool(actors) and all(r.cls in POINTING for r in actors)
        vague = any(r.cls == "nonstate" and not r.ids for r in actors)
        other_points = bool(against) and all(r.cls in POINTING for r in against)
        other_named = any(r.ids or r.cls == "state" for r in against)
        if (pointing and not other_points) or (vague and other_named):
            others = self.resolved(against, setting)
            return self.resolved(actors, _apart(setting, others)), others
        subjects = self.resolved(actors, setting)
        if any(r.cls in POINTING for r in against):
            turned = replace(setting, kind=None)
            return subjects, self.resolved(against, _apart(turned, subjects))
        return subjects, self.resolved(against, setting)

    def resolved(self, refs: list[ActorRef], setting: Setting) -> Resolved:
        """Who the actors are, each once."""
        out: Resolved = []
        state = next((r for r in refs if r.cls == "state"), None)
        for ref in refs[:MOST]:
            if (state is not None and _goes_with(state, ref)) or (out and self._helper(ref)):
                continue
            span = self.s.char_span(ref.first, ref.last)
            if ref.cls == "pronoun" and (teller := self._teller(ref)):
                out += [(actor, span, True) for actor, _, _ in self.resolved([teller], setting) if actor]
                continue
            if setting.kind is Kind.ABSENT and (gone := self._just_gone(ref)):
                # "The group has pulled out. They have no men there now"
                out.append((gone, span, True))
                continue
            # "ISIL and Sunni militants": the militants are others.
            apart = setting.apart | ({a for a, _, _ in out if a} if ref.cls == "nonstate" else set())
            if setting.speaker and (self._others(ref) or self._beaten(ref)):
                # "They came at dawn and we threw them back": others than those who say it
                apart |= {setting.speaker}
            found, inferred = self.c.register.resolve_all(
                ref, self.n, replace(setting, apart=apart, own=self._speaks(ref))
            )
            out += [(actor, span, inferred) for actor in found if all(actor != a for a, _, _ in out)]
        return out

    def _teller(self, ref: ActorRef) -> ActorRef | None:
        """ "rejected claims by the rebels that they had taken P": who claims it."""
        t = self.s.doc[ref.first]
        noun = t.head if t.dep_ == "nmod:poss" else t
        over = noun.head.head
        if noun.dep_ not in ("nsubj", "nsubj:pass") or noun.head.dep_ not in ("acl", "ccomp", "acl:relcl", "advcl"):
            return None
        told = next((c for c in over.children if c.dep_ == "obj" and over.pos_ == "VERB" and c.i < t.i), over)
        if told.pos_ != "NOUN" or not lexis().has("told_things", self.s.lemma(told)):
            return None
        by = (c for c in told.children if c.dep_ == "nmod:poss" or preposition(c) in ("by", "of", "from"))
        return next((actor for c in by if (actor := self.c.phrases[self.n].actor(c.i))), None)

    def _just_gone(self, ref: ActorRef) -> str | None:
        """Who was last said to have a place, or to leave it, in this sentence or the one before.

        So with "they" and "the fighters"; not with "X says it has no men there".
        """
        men = ref.cls == "nonstate" and ref.word in MEN and not (ref.ids or ref.country)
        if not men and (ref.cls != "pronoun" or self._speaks(ref)):
            return None
        ground = self.c.register.ground
        near = (actor for m in (self.n, self.n - 1) for _, actor in reversed(ground.in_sentence.get(m, [])))
        gone = (actor for actor in near if not (men and actor.startswith("gov:")))
        return next((actor for actor in gone if ground.comes(actor, self.n, 1) < 0), None)

    def _others(self, ref: ActorRef) -> bool:
        """ "they" between quotation marks, where the speaker has not just spoken of "our forces"."""
        if ref.word not in ("they", "them", "their", "theirs") or not self._quoted(ref.first):
            return False
        return not any(
            x.cls == "ours" and x.first < x.head and i < ref.first for i, x in self.c.register.census.refs[self.n]
        )

    def _quoted(self, i: int) -> bool:
        """Whether a token stands between quotation marks, be they opened some sentences before."""
        report = self.c.document.report
        start = report.sections[self.s.section].span.start
        before = report.text[start : self.s.char_span(i, i).start]
        if "“" in before:
            return before.count("“") > before.count("”")
        return sum(before.count(mark) for mark in QUOTES) % 2 == 1

    def _beaten(self, ref: ActorRef) -> bool:
        """ "The army said they were driven back", "that all their attempts had been foiled": nobody's own words."""
        t = self.s.doc[ref.first]
        noun = t.head if t.dep_ == "nmod:poss" else t
        return ref.word in ("they", "their") and noun.dep_ == "nsubj:pass"

    def _helper(self, ref: ActorRef) -> bool:
        """ "the coalition and its allies", "the army and allied militias": helpers without a name."""
        if ref.ids and ref.cls == "named":
            return False
        noun = self.s.doc[ref.head]
        if ref.cls == "pronoun" and ref.first < ref.head:
            return True
        own = any(c.tag_ == "PRP$" for c in noun.children)
        return (own and lexis().has("helpers", self.s.lemma(noun))) or any(
            lexis().has("helping", c.lower_) for c in noun.children
        )

    def _speaks(self, ref: ActorRef) -> bool:
        """ "he said his troops", "the ministry said its units": the pronoun stands for who says it."""
        if ref.cls != "pronoun" or self.said is None or self._beaten(ref):
            return False
        if ref.word in ("he", "his", "him", "she", "her"):
            return True
        t = self.s.doc[ref.first]
        noun = t.head if t.dep_ == "nmod:poss" else t
        verb = next((x for x in t.ancestors if x.i == self.said.verb), None)
        under = verb is not None and verb.i < t.i and verb.pos_ == "VERB"
        body = ref.word in ("it", "its") and self._in_own_name(self.said)
        return under and noun.dep_ in ("nsubj", "nsubj:pass") and (body or not self._by_person(self.said))

    def _in_own_name(self, said: Attribution) -> bool:
        """ "the Malian army said its men": nobody but the side itself is named."""
        words = said.span.of(self.c.document.report.text).lower().removeprefix("the ")
        return said.actor is not None and any(v.name and v.name.lower() == words for v in said.voices)

    def _by_person(self, said: Attribution) -> bool:
        """Who says it is somebody, and not a side in its own name ("The army said", "M23 said")."""
        itself = said.actor.word if said.actor is not None else ""
        sides = self.c.register.census.lexicon.names()
        return any(
            (
                v.name
                and not (itself and itself in v.name.lower())
                and not lexis().has("force", _last_word(v.name))
                and v.name.casefold() not in sides
            )
            or v.anonymous
            or lexis().has("person_role", (v.role or "").split(" ")[-1].lower())
            for v in said.voices
        )

    def implied(self, setting: Setting, against: str | None) -> str | None:
        """The actor where the words name none: the enemy of who is named, else the one last spoken of."""
        if against is not None:
            return None if setting.kind is Kind.CONTESTS else self.c.register.other(against, setting.country)
        if setting.kind in TOLD_OF or (self.f.passive and (setting.kind is Kind.ADVANCES or "obj" in self.f.cue.place)):
            # "P would soon be reached": not by who was spoken of last
            return None
        if setting.kind is Kind.HOLDS and not self.f.cue.actor:
            # "P is still holding out": who holds it is told elsewhere, and need not be who was spoken of last
            return None
        if setting.kind is Kind.HOLDS and self.f.cue.form == "phrase" and "of" not in self.f.cue.place:
            # "P is back under control, the army said"
            return setting.speaker
        if setting.kind is Kind.ABSENT:
            # "There is no one at the gate, the army said": none of the army's enemies
            return self.c.register.foe(setting.speaker, self.n, setting.country) if setting.speaker else None
        ref = ActorRef(self.f.token, self.f.token, self.f.token, "again", word="force")
        return self.c.register.resolve(ref, self.n, setting)[0]


def _last_word(name: str) -> str:
    return name.split()[-1].lower().removesuffix("s")


def _goes_with(state: ActorRef, ref: ActorRef) -> bool:
    """ "the army and allied militias": the state's unnamed helpers are its side."""
    if ref.cls not in ("nonstate", "again") or ref.ids or ref.head <= state.head:
        return False
    return not lexis().has("never_helpers", ref.word)


def _apart(setting: Setting, others: Resolved) -> Setting:
    return replace(setting, apart=frozenset(a for a, _, _ in others if a))
