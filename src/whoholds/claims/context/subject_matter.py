"""Is anybody's hold on places what a report is about? It decides what its weaker claims are worth.

Raids, riots, drills, patrols and soldiers who are stationed somewhere are in reports of crime, training, talks and
sport as well, and there they say nothing of who holds a place. A report that is about holding ground says so
outright somewhere: somebody took a named place, lost it, holds it, left it. Where none of its claims does, only the
plainest words of fighting for a named place are kept.
"""

from __future__ import annotations

from collections import Counter

from whoholds.annotate.document import Document, Sentence
from whoholds.annotate.words import lexis
from whoholds.claims.draft import Draft
from whoholds.model import Kind, Mode, Role

POLLS, ARMED = lexis()["polls"], lexis()["armed_nouns"]
MANY_POLLS = 4
"""Different words of elections that make a report one of a campaign."""
STRAY = 2
"""Words of armed men that it may still have: "the party's foot soldiers"."""
ENOUGH_SENTENCES = 5
"""A shorter report may say one thing only, and that is then what it is about."""
OFTEN = 3
DRILLS, MAKE_BELIEVE = lexis()["drills"], lexis()["make_believe"]
FICTION, GAMES = lexis()["fiction"], frozenset(["game", "games"])
MANY_DRILLS = 3
"""Words of drills that make a report one of a drill, where one of them says that its war is made up."""
DRILL_EVERY = 25
"""Sentences for one such word, at most: a history of a long war tells of exercises too."""
PEACEFUL = tuple(lexis()[name] for name in ("police_work", "disasters", "festivities", "games", "strikes"))
MANY_PEACEFUL = 4
"""Different words of one of these that make a report one of it, where it has fewer that are of war alone."""
OUTRIGHT = frozenset([Kind.GAINS, Kind.LOSES, Kind.HOLDS, Kind.ABSENT, Kind.REPELS, Kind.WITHDRAWS])
FIGHTS = frozenset([Kind.CONTESTS, Kind.BESIEGES, Kind.ADVANCES])
SURE = lexis()["war_sure"]
MANY_SURE = 8
"""Words that are of war alone, which make a report one of a war where a group with a name fights in it."""
FOUGHT = 2
"""Claims that such a group must have a part in."""


def without_by_the_way(drafts: list[Draft], document: Document) -> list[Draft]:
    """The drafts of a report without those that stand in it by the way."""
    if _campaign(document) or _drill(document):
        return []
    drafts = [d for d in drafts if not _fiction(document.sentences[d.sentence])]
    if len(document.sentences) < ENOUGH_SENTENCES or _under_headings(drafts, document) or _again(drafts):
        return drafts
    peaceful = _peaceful(document)
    outright = (d for d in drafts if _outright(d, document))
    if any(not (peaceful and _by_a_state(d)) for d in outright) or _between_armies(drafts, document):
        return drafts
    return [d for d in drafts if _fought_for(d, document)]


def _campaign(document: Document) -> bool:
    """Parties storm and besiege each other's strongholds: many words of elections, and hardly one of armed men."""
    words = [t.lower_ for s in document.sentences if s.role is not Role.CAPTION for t in s.doc]
    if sum(w in ARMED for w in words) > STRAY:
        return False
    return len(POLLS.intersection(words)) >= MANY_POLLS


def _drill(document: Document) -> bool:
    """Troops take towns in a scenario: several words of drills, among them one of what is made up."""
    words = [t.lower_ for s in document.sentences if s.role is not Role.CAPTION for t in s.doc]
    enough = max(MANY_DRILLS, len(document.sentences) / DRILL_EVERY)
    return sum(w in DRILLS for w in words) >= enough and any(w in MAKE_BELIEVE for w in words)


def _peaceful(document: Document) -> bool:
    """Police raid, soldiers rescue, veterans march in: many words of one such thing, and fewer of war."""
    words = {t.lower_ for s in document.sentences if s.role is not Role.CAPTION for t in s.doc}
    return any(len(some & words) >= MANY_PEACEFUL and len(some & words) > len(SURE & words) for some in PEACEFUL)


def _by_a_state(d: Draft) -> bool:
    """ "Police entered the quarter": in peace it is theirs anyway."""
    return d.actor is not None and d.actor.startswith("gov:") and d.against_span is None


def _fiction(s: Sentence) -> bool:
    """ "The novel tells of a war in which", "In the video game players take P"."""
    return any(t.lower_ in FICTION or (t.lower_ in GAMES and t.i and t.nbor(-1).lower_ == "video") for t in s.doc)


def _under_headings(drafts: list[Draft], document: Document) -> bool:
    """A survey of fronts: a place as the heading over what was done there."""
    return any(
        d.place_sentence < d.sentence and document.sentences[d.place_sentence].role is Role.HEADING for d in drafts
    )


def _again(drafts: list[Draft]) -> bool:
    """The report comes back to one side's fight for one place."""
    fights = Counter(
        (d.actor, d.place.name) for d in drafts if d.kind in FIGHTS and d.actor and d.place.name and not d.cue.aside
    )
    return any(count >= OFTEN for count in fights.values())


def _between_armies(drafts: list[Draft], document: Document) -> bool:
    """An armed group with a name fights in it more than once, and the report is full of arms: of a war it is anyway."""
    part = [d for d in drafts if d.mode is Mode.ASSERTED and any(_has_a_name(a) for a in (d.actor, d.against))]
    if len(part) < FOUGHT:
        return False
    words = (t.lower_ for s in document.sentences if s.role is not Role.CAPTION for t in s.doc)
    return sum(w in SURE for w in words) >= MANY_SURE


def _has_a_name(actor: str | None) -> bool:
    return actor is not None and not actor.startswith(("gov:", "rebels:"))


def _outright(d: Draft, document: Document) -> bool:
    if d.kind not in OUTRIGHT or d.cue.aside or d.mode is Mode.POSSIBLE or not _in_words(d, document):
        return False
    # Peace talks are of withdrawals to come.
    return d.mode is not Mode.PLANNED or d.kind is Kind.GAINS


def _fought_for(d: Draft, document: Document) -> bool:
    if d.kind not in FIGHTS or d.cue.aside or not _in_words(d, document):
        return False
    return d.against_span is not None or not d.cue.weak


def _in_words(d: Draft, document: Document) -> bool:
    """The words name the place, and the actor too where they can mean something else than war."""
    quote = d.quote.of(document.report.text).casefold()
    placed = d.place_sentence == d.sentence or (d.place.name or "").casefold() in quote
    placed = placed or any(lexis().has("settlement", w) for w in quote.split())
    if d.actor is None or d.place.name is None or not placed:
        return False
    # An armed group with a name fights for ground where "they" are that group; "we" may be anybody of a country.
    group = _has_a_name(d.actor)
    named = d.actor_span is not None and (
        group or not lexis().has("nameless", d.actor_span.of(document.report.text).lower())
    )
    return named or not d.cue.weak
