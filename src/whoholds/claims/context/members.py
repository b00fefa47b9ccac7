"""Places that a later sentence names: "took six villages … He named them as A, B and C", "A fell. B followed", "They
hold three towns:" over a list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from whoholds.annotate.clauses.repair import Clause
from whoholds.annotate.places.lists import members
from whoholds.annotate.places.names import PlaceRef
from whoholds.annotate.trees.nominals import is_time, preposition
from whoholds.annotate.trees.tree import Doc, Token
from whoholds.annotate.words import lexis
from whoholds.claims.context.fragments import fragments
from whoholds.claims.draft import Context, Draft
from whoholds.claims.fill import Filler
from whoholds.claims.frames.forms import Frame
from whoholds.claims.modes.mode import read_mode
from whoholds.model import Kind, Mode, Role

NAMES = lexis()["names_as"]
HOLD = (Kind.GAINS, Kind.HOLDS, Kind.LOSES, Kind.WITHDRAWS)
DID = frozenset(["did", "has", "have", "had", "was", "were", "does", "do"])
IS = frozenset(["is", "are", "was", "were", "remains", "remain", "does", "do"])
STATES = (Kind.HOLDS, Kind.BESIEGES, Kind.ABSENT)
OVER = 12
"""Words from what is said to the colon over a list, at most."""
FAR = 3
"""Sentences between the places and their names."""


class Named(Filler):
    """A frame whose places are named in another sentence."""

    def __init__(self, context: Context, n: int, frame: Frame, listed: list[PlaceRef], sentence: int) -> None:
        super().__init__(context, n, frame)
        self.listed, self.here_sentence = listed, sentence

    def places(self) -> list[tuple[PlaceRef, str]]:
        return [(ref, "@here") for ref in self.listed]


class Members:
    """Remembers what was taken or held without a name, and who took a place last."""

    def __init__(self, context: Context) -> None:
        self.c = context
        self.open: Filler | None = None
        self.over: Filler | None = None
        """What was said of the places that a list below it names."""
        self.listed = -1
        """The last sentence that was one of the list."""
        self.last: Draft | None = None
        self.state: Draft | None = None
        """What was last said of a place that stood as the subject: "P is in rebel hands", "P is held by the rebels"."""
        self.takers: set[str] = set()
        self.told: set[tuple[int, int]] = set()
        """Sentence and first word of the places that were told of."""
        self.ahead = -FAR
        """The last sentence that only named what is to be taken next."""

    def note(self, filler: Filler, drafts: list[Draft]) -> None:
        """A frame was filled."""
        if filler.cue.kind in HOLD and filler.cue.form != "noun" and filler.s.text.endswith(":"):
            near = filler.f.words[-1] > len(filler.s.doc) - OVER
            if near and not any(d.place_sentence == filler.n and d.place.known for d in drafts):
                self.over = filler
        if filler.s.role is not Role.BODY:
            return
        if filler.cue.kind in HOLD and (drafts or filler.cue.form == "verb") and _several(filler):
            self.open = filler
        self.told |= {(d.place_sentence, d.place.first) for d in drafts}
        for draft in drafts:
            said_of = draft.cue.place[:1] == ("subj",)  # "belongs to the rebels", "is in their hands"
            if draft.kind in STATES and (said_of or (filler.f.passive and draft.cue.place[:1] == ("obj",))):
                self.state = draft
            if draft.kind in (Kind.GAINS, Kind.LOSES) and draft.mode is Mode.ASSERTED:
                self.last = draft
                if draft.kind is Kind.GAINS and draft.actor:
                    self.takers.add(draft.actor)

    def read(self, n: int) -> list[Draft]:
        """The claims of a sentence that only names places."""
        s = self.c.document.sentences[n]
        if s.role is not Role.BODY:
            return []
        reader = self.c.places[n]
        if self.over is not None and max(self.over.n, self.listed) == n - 1 and (below := self._below(n, self.over)):
            self.listed = n
            return below
        for last, verbs in ((self.state, IS), (self.last, DID)):
            if last is not None and 0 <= n - last.sentence <= 1 and (also := self._as_did(n, last, verbs)):
                return also
        for clause in s.clauses:
            verb = s.doc[clause.verb]
            if self.open is not None and 0 < n - self.open.n <= FAR and _is_naming(s.doc, verb, clause.lemma):
                listed = list(members(s.doc, verb.i + 1, reader))
                drafts = Named(self.c, self.open.n, self.open.f, listed, n).fill() if listed else []
                spans = {ref.first: s.char_span(verb.i, ref.last) for ref in listed}
                said = self.c.speakers.of(n, verb.i)  # "Colonel A B listed them as …"
                return [
                    replace(d, quote=spans[d.place.first], attribution=said or d.attribution)
                    for d in drafts
                    if d.place.first in spans
                ]
            followed = clause.lemma == "follow" and clause.relation != "amod"  # no "following towns"
            went = _went_too(s.doc, clause)
            told = self.last is not None and (self.last.sentence, self.last.token) == (n, verb.i)
            if self.last is not None and not told and (followed or went) and 0 <= n - self.last.sentence <= FAR:
                refs = [r for i in clause.subjects for r in self._meant(n, i, known=not _on_a_day(s.doc, verb))]
                if refs and (went or not clause.objects):
                    refs += [r for t in s.doc[verb.i :] if _on_another_day(t) for r in self._meant(n, t.i, known=False)]
                    mode, _ = read_mode(s, verb.i)
                    mode = Mode.POSSIBLE if mode is Mode.PLANNED else mode  # "Q is expected to follow"
                    too = (self._followed(n, verb.i, ref, self.last) for ref in dict.fromkeys(refs))
                    return [replace(d, mode=mode) for d in too]
                # "P fell on Monday, followed by Q on Tuesday"
                refs = [r for i in clause.agents for r in reader.places(i) if r.name and r.known]
                if refs and (self.last.sentence, self.last.token) < (n, verb.i):
                    return [self._followed(n, verb.i, ref, self.last) for ref in dict.fromkeys(refs)]
            turn = _turn_of(s.doc, clause)
            if self.last is not None and (turn or (clause.lemma == "be" and _is_next(s.doc, clause))):
                others = turn or [i for i in (*clause.subjects, *clause.objects) if not _next(s.doc[i])]
                refs = [r for i in others for r in self._meant(n, i)]
                may = any(a in ("may", "might", "could", "can") for a in clause.auxiliaries)
                # "P was next", and not "the next goal was P"
                done = verb.lower_ in ("was", "were", "came") and (turn or _says_next(s.doc, clause.objects))
                mode = Mode.POSSIBLE if may else Mode.ASSERTED if done else Mode.PLANNED
                drafts = [replace(self._followed(n, verb.i, ref, self.last), mode=mode) for ref in dict.fromkeys(refs)]
                return [self._of_speaker(d) for d in drafts]
        return self._without_verb(n)

    def _without_verb(self, n: int) -> list[Draft]:
        """ "Uige a month later": taken as the last place was. "“Next Kuito,” he said": what is planned."""
        out = list[Draft]()
        for found in fragments(self.c.document.sentences[n].doc, self.c.places[n], goes_on=self.ahead >= n - 1):
            said = self.c.speakers.of(n, found.token)
            last = self.last or (self.state if found.ahead else None)
            if last is None or (found.ahead and said is None) or not 0 <= n - last.sentence <= FAR:
                continue
            if not found.ahead and (n - last.sentence > 1 or last.kind is not Kind.GAINS):
                continue
            mode = Mode.PLANNED if found.ahead else Mode.ASSERTED
            drafts = (
                self._followed(n, found.token, ref, last) for ref in found.refs if (n, ref.first) not in self.told
            )
            out += [self._of_speaker(replace(d, kind=Kind.GAINS, mode=mode)) for d in drafts]
            if found.ahead:
                self.ahead = n
            elif out:
                self.last = out[-1]  # "Then Lobito. Then Kuito."
        return out

    def _meant(self, n: int, i: int, *, known: bool = True) -> list[PlaceRef]:
        """ "Owerri was bombed. It will be next": the place that a word names or points to.

        `known`: a name must be one of the gazetteer's.
        """
        out = list[PlaceRef]()
        t, reader = self.c.document.sentences[n].doc[i], self.c.places[n]
        for ref in reader.places(i) or ([] if known or t.pos_ != "PROPN" else reader.named(t)):
            found = self.c.memory.resolve(n, ref.first, ref.anaphor, ref.type) if ref.name is None else None
            named = replace(ref, name=found.ref.name, type=found.ref.type, known=True) if found else ref
            out += [named] if named.name and (named.known or not known) else []
        return out

    def _below(self, n: int, over: Filler) -> list[Draft]:
        """An entry of a list that has nothing but names, under "They hold:"."""
        s = self.c.document.sentences[n]
        first = next((t.i for t in s.doc if t.is_alpha), None)
        if first is None or any(t.pos_ in ("VERB", "AUX") for t in s.doc):
            return []
        reader = self.c.places[n]
        alone = reader.named(s.doc[first]) if reader.starts_name(s.doc[first]) else []
        listed = list(members(s.doc, first, reader)) or [ref for ref in alone if ref.name and ref.known]
        if not listed or listed[0].first != first:
            return []
        drafts = Named(self.c, over.n, over.f, listed, n).fill()
        return [replace(d, quote=s.char_span(d.place.first, d.place.last)) for d in drafts]

    def _as_did(self, n: int, last: Draft, verbs: frozenset[str]) -> list[Draft]:
        """ "P fell on Monday, as did Q", "P is in rebel hands. So is Q.": what befell P befell Q."""
        s, reader = self.c.document.sentences[n], self.c.places[n]
        for t in s.doc[:-2]:
            start = _name_at(s.doc, t.i + 2)
            opens = t.lower_ in ("so", "as") and s.doc[t.i + 1].lower_ in verbs
            if not opens or start >= len(s.doc) or not reader.starts_name(s.doc[start]):
                continue
            refs = [r for r in members(s.doc, start, reader) if r.name and r.known]
            end = max((r.last for r in refs), default=-1) + 1
            before = last.sentence < n or last.token < t.i
            suffered = verbs is DID and s.doc[t.i + 1].lower_ in ("was", "were")
            done_to = verbs is IS or last.cue.place[:1] == (("obj",) if suffered else ("subj",))
            if refs and _says_no_more(s.doc, end) and before and done_to:
                return [self._followed(n, t.i + 1, ref, last) for ref in dict.fromkeys(refs)]
        return []

    def _of_speaker(self, draft: Draft) -> Draft:
        """Who says what is next speaks of their own plans, where they are one of those who take places."""
        if draft.attribution is None or draft.attribution.actor is None:
            return draft
        side, _ = self.c.register.resolve(draft.attribution.actor, draft.sentence)
        return replace(draft, actor=side, against=None) if side in self.takers else draft

    def _followed(self, n: int, verb: int, ref: PlaceRef, last: Draft) -> Draft:
        s = self.c.document.sentences[n]
        span = s.char_span(min(ref.first, verb), max(ref.last, verb))
        return replace(
            last,
            sentence=n,
            token=verb,
            place=ref,
            place_sentence=n,
            extent=ref.extent,
            part=ref.part,
            share=None,
            quote=span,
            cue_span=s.char_span(verb, verb),
            attribution=self.c.speakers.of(n, verb),
            inferred=True,
        )


def _name_at(doc: Doc, start: int) -> int:
    """Where the name of "P", "the holy town of P" begins."""
    of = next((t.i for t in doc[start : start + 5] if t.lower_ == "of"), start)
    typed = doc[start].lower_ == "the" and of > start + 1 and lexis().has("settlement", doc[of - 1].lower_)
    return of + 1 if typed else start


def _several(filler: Filler) -> bool:
    """Places without a name, more than one, stand where the frame has its place."""
    for _, i in filler.heads(filler.cue.place):
        for t in filler.s.doc[i].subtree:
            if t.i - i < 8 and t.tag_ == "NNS" and filler.lex.has("settlement", filler.s.lemma(t)):
                return True
    return False


def _says_no_more(doc: Doc, end: int) -> bool:
    """ "So did P.", "So did P a day later, …": up to the next mark no verb follows the name."""
    after = next((t.i for t in doc[end:] if t.text in ",.;:"), len(doc))
    return end < len(doc) and all(t.pos_ not in ("VERB", "AUX", "PART") for t in doc[end:after])


def _on_a_day(doc: Doc, verb: Token) -> bool:
    """ "Bol followed on 4 April", "a month later": towns do, and people hardly."""
    return any(is_time(t) for t in doc[verb.i + 1 : verb.i + 7])


def _on_another_day(t: Token) -> bool:
    """ "Bol followed on 4 April and Rig Rig a week later": the second name, joined to the first day."""
    return t.dep_ == "conj" and t.pos_ == "PROPN" and not is_time(t) and (is_time(t.head) or t.head.pos_ == "NUM")


def _next(t: Token) -> bool:
    """ "next", "the next target"."""
    aimed = lexis().has("next_aims", t.lemma_.lower())
    return t.lower_ == "next" or (aimed and any(c.lower_ == "next" for c in t.children))


def _went_too(doc: Doc, clause: Clause) -> bool:
    """ "P went the next day", "P and Q have gone the same way", after others were taken; not "went to the polls"."""
    verb = doc[clause.verb]
    past = verb.tag_ == "VBD" or (verb.tag_ == "VBN" and "have" in clause.auxiliaries)
    if clause.lemma != "go" or not past or clause.particles or clause.relation == "acl:relcl":
        return False
    others = [doc[i] for i in (*clause.objects, *(i for _, i in clause.obliques)) if i > verb.i or is_time(doc[i])]
    same = any(t.lower_ == "way" and any(c.lower_ == "same" for c in t.children) for t in others)
    fits = all(is_time(t) or (same and t.lower_ == "way") for t in others)
    bare = not any(c.dep_ in ("xcomp", "ccomp", "advcl", "acl") and c.i > verb.i for c in verb.children)
    said = same or bool(others) or any(c.lower_ in ("next", "too", "first", "then") for c in verb.children)
    return fits and bare and said


def _is_next(doc: Doc, clause: Clause) -> bool:
    """ "Ghazni is next", "Next is Ghazni", "the next goal was Ghazni": who took the last place means to take it."""
    opens = not clause.subjects and _says_next(doc, range(max(0, clause.verb - 2), clause.verb))
    return opens or any(_next(doc[i]) for i in (*clause.subjects, *clause.objects))


def _says_next(doc: Doc, tokens: Iterable[int]) -> bool:
    return any(doc[i].lower_ == "next" for i in tokens)


def _turn_of(doc: Doc, clause: Clause) -> list[int]:
    """ "Then it was Ghazni's turn", "Then came the turn of Ghazni": whose turn."""
    said = (*clause.subjects, *clause.objects) if clause.lemma in ("be", "come") else ()
    turns = (doc[i] for i in said if doc[i].lower_ == "turn")
    return [c.i for t in turns for c in t.children if c.dep_ == "nmod:poss" or preposition(c) == "of"]


def _is_naming(doc: Doc, verb: Token, lemma: str) -> bool:
    """ "named the villages as …", "They are …", "Among them are …"."""
    if lemma in NAMES:
        return any(t.lower_ == "as" for t in doc[verb.i + 1 : verb.i + 12])
    before = [t.lower_ for t in doc[max(0, verb.i - 2) : verb.i]]
    return lemma == "be" and bool(before) and before[-1] in ("they", "these", "those", "them")
