"""Frames → drafts, sentence by sentence, then what the whole report tells of them."""

from __future__ import annotations

from collections.abc import Iterator

from whoholds.claims.draft import Context, Draft
from whoholds.claims.fill import Filler
from whoholds.claims.frames import find_frames
from whoholds.claims.members import Members
from whoholds.claims.opponents import oppose
from whoholds.claims.settle import journeys, merge, settle
from whoholds.model import Kind, Role


def build(context: Context) -> list[Draft]:
    """All drafts of a report: the body first, so that a headline can look ahead."""
    drafts: list[Draft] = []
    order = [n for n, s in enumerate(context.document.sentences) if s.role is not Role.TITLE]
    order += [n for n, s in enumerate(context.document.sentences) if s.role is Role.TITLE]
    members = Members(context)
    for n in order:
        for filled in _filled(context, n, members):
            context.memory.note_group(n, [(d.place, d.place_sentence) for d in filled if d.place_sentence <= n])
            for draft in filled:
                drafts.append(draft)
                if draft.actor:
                    context.register.ground.note(
                        n, draft.kind, draft.mode, draft.actor, draft.against, draft.place.name
                    )
                went = draft.kind is Kind.ADVANCES and any(
                    d.sentence == n and d.kind is Kind.WITHDRAWS and d.actor == draft.actor for d in drafts
                )
                aside = draft.cue.form != "verb" and n in context.memory.focus
                if draft.place.name and draft.place_sentence <= n and not went and not aside:
                    context.memory.note(n, draft.place, draft.place_sentence)
    return oppose(settle(journeys(merge(drafts)), context.register), context.register)


def _filled(context: Context, n: int, members: Members) -> Iterator[list[Draft]]:
    """The drafts of a sentence, frame by frame, then those of places that it only names."""
    for frame in find_frames(context.document.sentences[n], context.cues):
        filler = Filler(context, n, frame)
        drafts = filler.fill()
        members.note(filler, drafts)
        yield drafts
    yield members.read(n)
