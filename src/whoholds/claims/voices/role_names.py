"""Speakers told by a role alone, who are named elsewhere: "a military spokesman said", and then "Colonel X"."""

from __future__ import annotations

from dataclasses import replace

from whoholds.annotate.actors.find import ActorRef
from whoholds.annotate.words import lexis
from whoholds.claims.voices.cast import SMALL, role_head, role_words, with_side_of
from whoholds.claims.voices.voice import Attribution
from whoholds.model import Voice

_FAR = 80
"""Sentences within which a role in the same words gets its name."""
_LATER = 4
"""Sentences within which "a military spokesman" may get his name."""
_TELLS_A_NAME = lexis()["sole_offices"]
"""Roles that one person holds: a name that comes later with the role is theirs."""


def name_roles(found: list[list[Attribution]], carried: list[Attribution | None]) -> None:
    """Give such speakers their names, in place. `found`: the attributions by sentence; `carried`: from others."""
    for n, group in enumerate(found):
        for k, a in enumerate(group):
            role = _sole_role(a)
            if role is None or (a.definite and _bare_name_after(found, carried, n, k)):
                continue
            group[k] = _named_later(found, n, a, role) or a


def _sole_role(a: Attribution) -> str | None:
    """The head of the role of one speaker without a name, if it is one that one person holds."""
    voice = a.voices[0]
    if len(a.voices) != 1 or voice.name or not voice.role or voice.anonymous:
        return None
    head = role_head(voice.role)
    return head if head in _TELLS_A_NAME else None


def _named_later(found: list[list[Attribution]], n: int, a: Attribution, role: str) -> Attribution | None:
    """With the first name that comes soon with such a role, or the only one that comes later with the very words."""
    near = n + (2 * _LATER if a.definite else _LATER)
    names: dict[str, Attribution] = {}
    for m, later in enumerate(found[n + 1 : n + 1 + _FAR], n + 1):
        for b in later:
            for voice, actor in zip(b.voices, b.actors, strict=True):
                sure = _is_the_same(a, role, voice, actor)
                if sure or (sure is not None and m < near):
                    named = replace(a, voices=(replace(a.voices[0], name=voice.name),))
                    made = with_side_of(named, replace(b, actors=(actor,)))
                    names.setdefault(voice.name or "" if m >= near else "", made)
    return names.get("") or (next(iter(names.values())) if len(names) == 1 else None)


def _is_the_same(a: Attribution, role: str, voice: Voice, actor: ActorRef | None) -> bool | None:
    """Whether a speaker with a name surely has the role of `a`; None where he has another."""
    if not voice.name or not voice.role:
        return None
    wanted = role_words(Voice(role=a.voices[0].role)) - {role} - SMALL
    words = role_words(Voice(role=voice.role))
    rank = role == "commander" and words & lexis()["officer_ranks"]
    only_rank = not words - lexis()["ranks"] and "spokes" in role
    same_side = a.actor is not None and actor is not None and a.actor.ids == actor.ids != ()
    other = wanted and not wanted & words and not only_rank and not same_side
    if other or not (role in words or rank or only_rank):
        return None
    return role in words and bool((wanted and wanted <= words) or same_side)


def _bare_name_after(found: list[list[Attribution]], carried: list[Attribution | None], n: int, k: int) -> bool:
    """ "The mayor confirmed it. "They left," A B said.": a name not introduced is the one just spoken of."""
    a = found[n][k]
    after = next((group for group in found[n + 1 : n + 3] if group), [])
    if len(after) != 1 or len(after[0].voices) != 1:
        return False
    b = after[0]
    name = b.voices[0].name
    if not name or b.voices[0].role or len(name.split()) < 2 or b.actor is not None:
        return False
    if any(lexis().has("institution", word) for word in name.lower().split()):
        return False  # "The commander confirmed it. … A B Observatory says"
    others = [v for g in found for x in g if x is not b for v in x.voices]
    if any(v.name and v.role and v.name.split()[-1] == name.split()[-1] for v in others):
        return False
    named = found[n][k] = replace(a, voices=(replace(a.voices[0], name=name),))
    carried[:] = [named if one is a else one for one in carried]
    after[0] = with_side_of(replace(b, voices=(replace(b.voices[0], role=a.voices[0].role),)), a)
    return True
