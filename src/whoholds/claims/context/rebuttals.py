"""Denials of what was said before: "The army denied this", "a claim that the rebels reject"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from whoholds.annotate.clauses.repair import Clause
from whoholds.annotate.document import Sentence
from whoholds.annotate.words import lexis
from whoholds.claims.draft import Context, Draft
from whoholds.model import Kind, Mode, PlaceType, Role, Span

WHAT_WAS_SAID = lexis()["what_was_said"]
POINTERS = frozenset(["this", "that", "it", "both", "these", "which"])
HOLD = frozenset([Kind.GAINS, Kind.HOLDS, Kind.ABSENT, Kind.LOSES, Kind.WITHDRAWS, Kind.BESIEGES, Kind.REPELS])
"""Kinds whose denial says something of a hold."""
CHANGES = frozenset([Kind.GAINS, Kind.LOSES, Kind.WITHDRAWS, Kind.REPELS])
BEING = frozenset(["is", "are", "was", "were", "am"])
AUXILIARIES = BEING | {"has", "have", "had", "did", "do", "does"}
"""What alone can stand for a verb that was said before."""
LINGERING = frozenset(
    ["yet", "now", "so", "far", "though", "however", "either", "any", "more", "anymore", "there", "done", "happened"]
)
MOST_WORDS = 9
"""Words to the "not" of such a sentence, at most."""
FAR = 1
"""Sentences between what was said and its denial."""


def rebutted(context: Context, n: int, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """What a denial in sentence `n` says of the claims told just before it: the same, denied."""
    s = context.document.sentences[n]
    if s.role not in (Role.BODY, Role.CAPTION):
        return
    if (short := _cut_short(s)) is not None:
        first, auxiliary = short
        quote = s.char_span(first, auxiliary + 1)
        being = s.doc[auxiliary].lower_ in BEING
        for d in _said_last(n, first, drafts, hoped_for=not being):
            it = s.doc[auxiliary - 1].pos_ == "PRON"  # "The police do not": somebody else
            if being or d.kind in CHANGES or (it and _does(context, d)):
                yield from _of_another(context, _denied(context, d, n, auxiliary, quote), n, auxiliary - 1)
        return
    for clause in s.clauses:
        said = _what_is_denied(s, clause)
        if said is None:
            continue
        if _accused(s, clause.verb):
            continue
        told = _told_before(context, n, min(said, clause.verb), drafts)
        first = min((s.doc[i].left_edge.i for i in clause.subjects if s.doc[i].i < clause.verb), default=clause.verb)
        quote = s.char_span(min(first, said), max(clause.verb, said))
        for d in told:
            yield _denied(context, d, n, clause.verb, quote)


def _accused(s: Sentence, verb: int) -> bool:
    """ "said that it held P, and accused A of helping the rebels; A denies it": the help, and not the hold."""
    return any(lexis().has("accuses", s.lemma(t)) for t in s.doc[:verb] if t.pos_ == "VERB")


def _denied(context: Context, d: Draft, n: int, token: int, quote: Span) -> Draft:
    """What was told, denied in sentence `n` by the word at `token`."""
    return replace(
        d,
        # "fell" tells of who took it only where they are named
        kind=Kind.LOSES if d.kind is Kind.GAINS and d.guess and d.cue.place == ("subj",) else d.kind,
        sentence=n,
        token=token,
        mode=Mode.DENIED,
        quote=quote,
        cue_span=context.document.sentences[n].char_span(token, token),
        attribution=context.speakers.of(n, token),
    )


def _of_another(context: Context, d: Draft, n: int, subject: int) -> Iterator[Draft]:
    """ "P fell. Q did not.": denied of Q, where what was told is told of a place that is its subject."""
    refs = [r for r in context.places[n].places(subject) if r.name and r.known and r.type is not PlaceType.COUNTRY]
    if not refs or context.phrases[n].actor(subject) is not None:
        yield d
    elif d.cue.place[:1] == ("subj",):
        yield replace(d, place=refs[0], place_sentence=n, extent=None, part=None, share=None)


def _cut_short(s: Sentence) -> tuple[int, int] | None:
    """ "It has not.", "They are not, the army said.", "Kyiv said they had not.": where its subject begins, and its
    auxiliary; the verb was said before."""
    doc = s.doc
    for t in doc[1:MOST_WORDS]:
        if t.lower_ not in ("not", "n't", "n’t") or doc[t.i - 1].lower_ not in AUXILIARIES:
            continue
        after = next((x for x in doc[t.i + 1 :] if x.lower_ not in LINGERING), None)
        if after is not None and after.text not in ",.;:":
            return None
        first = t.i - 2
        if first < 0 or doc[first].pos_ not in ("PRON", "PROPN", "NOUN"):
            return None
        while first and doc[first - 1].pos_ in ("DET", "ADJ", "PROPN", "NOUN"):
            first -= 1
        opens = first == 0 or doc[first - 1].text in ',;"“' or lexis().has("say", s.lemma(first - 1))
        return (first, t.i - 1) if opens or doc[first - 1].lower_ in ("but", "that", "and") else None
    return None


def _does(context: Context, d: Draft) -> bool:
    """ "had full control of P", "holds P": what "did not" and "does not" may stand for; "is in P" is not."""
    doc = context.document.sentences[d.sentence].doc
    return d.kind is Kind.HOLDS and d.cue.form == "verb" and doc[d.token].lemma_ != "be"


def _said_last(n: int, before: int, drafts: Sequence[Draft], *, hoped_for: bool) -> list[Draft]:
    """The claims of the last verb before a word: of its own sentence, else of the one before.

    `hoped_for`: what was planned counts too ("vowed to retake P. It has not.").
    """
    for back in range(FAR + 1):
        near = [d for d in drafts if d.sentence == n - back and (back or d.token < before)]
        hopes = [d for d in near if hoped_for and d.kind in CHANGES and d.mode is Mode.PLANNED]
        near = [d for d in near if d.kind in HOLD and d.mode is Mode.ASSERTED] + hopes
        if near:
            last = max(d.token for d in near)
            return [d for d in near if d.token == last]
    return []


def _what_is_denied(s: Sentence, clause: Clause) -> int | None:
    """The word for what is denied: "this", "the claim", or the "which" of "which the army denied"."""
    if not lexis().has("deny", clause.lemma) or clause.lemma == "dispute" or clause.negated or not clause.subjects:
        return None
    verb = s.doc[clause.verb]
    if clause.voice == "passive":
        return _was_denied(s, clause)
    if clause.auxiliaries and set(clause.auxiliaries) - {"have"}:
        return None
    content = any(c.dep_ in ("ccomp", "xcomp") and c.pos_ in ("VERB", "AUX") and c.i > verb.i for c in verb.children)
    if content and not any(s.doc[i].lower_ in POINTERS for i in clause.objects):
        # "denied that", "denied having": what it says stands there
        return None
    if verb.dep_ in ("acl", "acl:relcl") and not clause.objects and s.lemma(verb.head) in WHAT_WAS_SAID:
        # "a claim that the army denied"
        return verb.head.i
    which = next((c for c in verb.children if c.lower_ == "which" and c.dep_ == "obj"), None)
    if which is not None and verb.dep_ == "acl:relcl" and s.doc[which.i - 1].text == "," and verb.head.pos_ == "PROPN":
        # "said that it had taken P, which the army denies": nobody denies a town
        return which.i
    for i in clause.objects:
        t = s.doc[i]
        if t.lower_ in POINTERS and t.i > verb.i:
            return i
        own = any(c.dep_ in ("acl", "nmod", "acl:relcl") and c.i != verb.i and c.i > i for c in t.children)
        if s.lemma(t) in WHAT_WAS_SAID and not own and (i > verb.i or verb.dep_ == "acl:relcl"):
            return i
    return None


def _was_denied(s: Sentence, clause: Clause) -> int | None:
    """ "a claim denied by the army", "This was denied by the army"; not "The claim that P had fallen was denied"."""
    if set(clause.auxiliaries) - {"have", "be"}:
        return None
    for i in clause.subjects:
        t = s.doc[i]
        own = any(c.dep_ in ("acl", "ccomp") and c.i != clause.verb and c.i > i for c in t.children)
        if t.lower_ in ("this", "that", "which") or (s.lemma(t) in WHAT_WAS_SAID and not own):
            return i
    return None


def _told_before(context: Context, n: int, before: int, drafts: Sequence[Draft]) -> list[Draft]:
    """The claims of the last statement before a word: of its own sentence, else of the sentence before."""
    role = context.document.sentences[n].role
    for back in range(FAR + 1):
        if n < back or context.document.sentences[n - back].role is not role:
            break
        near = [d for d in drafts if d.sentence == n - back and (back or d.token < before)]
        told = [d for d in near if d.kind in HOLD and d.mode is Mode.ASSERTED and d.attribution is not None]
        if told:
            last = max(told, key=lambda d: d.token).attribution
            return [d for d in told if d.attribution == last]
        if near and back:
            break
    return []
