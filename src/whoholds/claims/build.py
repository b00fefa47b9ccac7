"""Frames → drafts, sentence by sentence, then what the whole report tells of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from whoholds.annotate.places.seats import is_speaker
from whoholds.annotate.words import lexis
from whoholds.claims.context.answers import affirmed, answered
from whoholds.claims.context.members import Members
from whoholds.claims.context.opponents import oppose
from whoholds.claims.context.rebuttals import rebutted
from whoholds.claims.context.said_once import said_once
from whoholds.claims.context.settle import beaten_off, held_before, journeys, merge, settle
from whoholds.claims.context.subject_matter import without_by_the_way
from whoholds.claims.draft import Context, Draft
from whoholds.claims.fill import Filler
from whoholds.claims.frames.find import find_frames
from whoholds.claims.frames.forms import Frame
from whoholds.claims.frames.gapping import Gaps
from whoholds.claims.frames.rosters import Rosters
from whoholds.model import Kind, Mode, Role

WAR = lexis()["war_sure"] | lexis()["war_maybe"]


def speaks_of_war(context: Context) -> bool:
    """Some word of the report is of arms, or it names an armed group. Without one, "take" and "fall" are of peace."""
    named = (ref for row in context.register.census.refs for _, ref in row)
    return any(not actor.startswith("gov:") for ref in named for actor in ref.ids) or any(
        t.lower_ in WAR for s in context.document.sentences for t in s.doc
    )


def _names_a_force(context: Context, draft: Draft) -> bool:
    """Its own words say who, and not only "it" or a country: "government soldiers", "units of Georgia"."""
    if draft.actor_span is None or lexis().has("pronoun_speakers", draft.actor_span.of(context.document.report.text)):
        return False
    s = context.document.sentences[draft.sentence]
    countries = context.names[draft.sentence].countries.values()
    return all(s.char_span(hit.first, hit.last) != draft.actor_span for hit in countries)


def _of_the_speaker(context: Context, draft: Draft) -> bool:
    """ "The rebels, who rule in P, vowed to retake the town": of P it is said in passing."""
    s = context.document.sentences[draft.sentence]
    t = s.doc[draft.token]
    return t.dep_ == "acl:relcl" and is_speaker(s, t.head) and not draft.place.first <= t.head.i <= draft.place.last


def _comes_for_it(draft: Draft) -> bool:
    """Somebody attacks the place, or tries to take it."""
    if draft.kind is Kind.GAINS:
        return draft.mode is Mode.ATTEMPTED
    return draft.kind is Kind.CONTESTS and draft.mode in (Mode.ASSERTED, Mode.ATTEMPTED)


def _of_a_name(context: Context, n: int, frame: Frame) -> bool:
    """ "the Liberation Army", "the Patriotic Movement": a noun that is part of what a group is called."""
    hit = context.names[n].groups.get(frame.token)
    return hit is not None and hit.first < hit.last and frame.cue.form == "noun"


def build(context: Context) -> list[Draft]:
    """All drafts of a report: the body first, so that a headline can look ahead."""
    drafts: list[Draft] = []
    war = speaks_of_war(context)
    order = [n for n, s in enumerate(context.document.sentences) if s.role is not Role.TITLE]
    order += [n for n, s in enumerate(context.document.sentences) if s.role is Role.TITLE]
    members, rows = Members(context), Rosters(context).frames()
    for n in order:
        frames = rows[n] if n in rows else find_frames(context.document.sentences[n], context.cues)
        for filled in _filled(context, n, frames, members):
            filled = affirmed(context, n, [d for d in filled if war or _names_a_force(context, d)])
            if filled:
                where = [(d.place, d.place_sentence) for d in filled if d.place_sentence <= n]
                context.memory.note_told(n, filled[0].token, where, attack=any(map(_comes_for_it, filled)))
            for draft in filled:
                drafts.append(draft)
                if draft.actor:
                    context.register.ground.note(
                        n,
                        draft.kind,
                        draft.mode,
                        draft.actor,
                        draft.against,
                        draft.place.name,
                        retaken=draft.retaken and draft.kind is Kind.GAINS,
                    )
                # "left P and are now at Q"
                went = draft.kind in (Kind.ADVANCES, Kind.HOLDS) and any(
                    d.sentence == n and d.kind is Kind.WITHDRAWS and d.actor == draft.actor for d in drafts
                )
                # "took P and are 20 km from Q": the story stays at P
                aside = (draft.cue.form != "verb" or draft.cue.from_afar) and n in context.memory.focus
                aside = aside or _of_the_speaker(context, draft)
                if draft.place.name and draft.place_sentence <= n and not went and not aside:
                    context.memory.note(n, draft.place, draft.place_sentence)
        drafts += rebutted(context, n, drafts)
    told = said_once(merge(drafts), context.document.sentences)
    drafts = oppose(
        held_before(settle(beaten_off(journeys(told), context.register), context.register), context.register),
        context.register,
    )
    return without_by_the_way(drafts, context.document)


def _filled(context: Context, n: int, frames: Iterable[Frame], members: Members) -> Iterator[list[Draft]]:
    """The drafts of a sentence, frame by frame, then those of places that it only names.

    Frames whose words belong to a fuller cue that says something are left out: "repelled an attack on P" is no attack
    of its own, and "took control of P" is no taking of a control.
    """
    gaps = Gaps(context.document.sentences[n], context.phrases[n], context.places[n])
    frames = [f for f in frames if not _of_a_name(context, n, f)]
    fillers = [Filler(context, n, part) for f in frames for part in gaps.split(f)]
    early = [filler.fill() if len(filler.f.words) > 1 else None for filler in fillers]
    said = [filler.f for filler, drafts in zip(fillers, early, strict=True) if drafts]
    within = {w for f in said if f.cue.form in ("verb", "phrase") for w in f.words if w != f.token}
    # "stormed X's positions in P" tells of a fight, and that X has positions there
    fought = {w for f in said if f.cue.kind is Kind.CONTESTS for w in f.words}
    posts = {f.token for f in (x.f for x in fillers) if f.cue.kind is Kind.HOLDS and f.token in fought}
    fuller = {f.token: len(f.words) for f in reversed(said) if f.cue.form == "verb"}
    told = False
    for filler, drafts in zip(fillers, early, strict=True):
        frame = filler.f
        if frame.cue.form == "noun" and frame.token in within and frame.token not in posts:
            continue
        t = context.document.sentences[n].doc[frame.token]
        if frame.cue.form == "verb" and frame.cue.kind is Kind.CONTESTS and t.tag_ == "VBN" and t.head.i in within:
            # "repelled an attack launched by X on P"
            continue
        if frame.cue.form == "verb" and len(frame.words) < fuller.get(frame.token, 0):
            continue
        if drafts is None or told:  # what was told here before is what "it" may mean
            drafts = filler.fill()
        told = told or bool(drafts)
        members.note(filler, drafts)
        yield drafts
    yield members.read(n)
    yield answered(context, n)
