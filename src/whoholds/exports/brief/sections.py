"""The facts in sentences. Each sentence has a footnote; what is left out for length is counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from whoholds.annotate.words import lexis
from whoholds.exports.brief.facts import REPORTS, Facts
from whoholds.exports.brief.notes import Notes
from whoholds.model import Claim, Kind, Stance, Status, Voice
from whoholds.views.accounts import Account
from whoholds.views.event_words import between, capital, clause, day_words, fight_of, joined, left_open, names
from whoholds.views.events import Event, Happened
from whoholds.views.states import State

MOST_CHANGES, MOST_FIGHTS, MOST_RIVALS, MOST_UNKNOWN, MOST_PLANS, MOST_HOLDERS = 12, 6, 6, 8, 4, 8
TOWNS = "Settlements of the gazetteer (GeoNames, from 500 inhabitants up) in the provinces that the brief has towns in."
MOST_SIDES, MOST_PROVINCES = 4, 3
MOST_TOWNS = 6
"""Towns named of one holder."""


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    sentences: tuple[Sentence, ...]


def sections(told: Facts, notes: Notes) -> list[Section]:
    """The brief's sections, in their order; those with nothing in them are left out."""
    found = (
        Section("In short", _short(told, notes)),
        Section("What changed", _changed(told, notes)),
        Section("Fighting", _fought(told, notes)),
        Section(f"Who holds what on {day_words(told.last)}", _held(told, notes)),
        Section("Who says what against whom", _said(told, notes)),
        Section("Announced, and not told of as done", _planned(told, notes)),
        Section("What is not known", _unknown(told, notes)),
    )
    return [section for section in found if section.sentences]


def _basis(told: Facts) -> str:
    """How counts were made: the footnote of every sentence that counts."""
    known = f"published up to {day_words(told.question.known)}" if told.question.known else "in the ledger"
    view = "" if str(told.question.view) == "all" else f", view {told.question.view}"
    return f"Counted over the claims of {told.reports} reports {known}{view}."


def _short(told: Facts, notes: Notes) -> tuple[Sentence, ...]:
    held = sum(state.spell.status is Status.HELD for state in told.after)
    basis = notes.saying(_basis(told))
    end = f"On {day_words(told.last)} a holder is known for {held} of {_count(len(told.after), 'place')}."
    return (
        Sentence(
            f"In {told.area}, {between(told.first, told.last)}, {_changes(told)}; {_fights(told)}. {end}", (basis,)
        ),
        *([] if told.changes or told.fights else _last_words(told, notes)),
    )


def _changes(told: Facts) -> str:
    """ "2 places were taken and 1 was left"."""
    gone = (Happened.VACATED, Happened.LOST, Happened.LEFT)
    taken = {event.place_id for event in told.changes if event.what not in gone}
    left = {event.place_id for event in told.changes} - taken
    said = [
        f"{_count(len(its), 'place')} {'was' if len(its) == 1 else 'were'} {verb}"
        for its, verb in ((taken, "taken"), (left, "left by its holder" if len(left) == 1 else "left by their holders"))
        if its
    ]
    return joined(said) or "no place is told of as changing hands"


def _fights(told: Facts) -> str:
    """ "fighting is told of at 2 places and a siege of 1"."""
    left, said = {event.place_id for event in told.fights}, []
    for kind, words in (
        (Kind.CONTESTS, "fighting at"),
        (Kind.BESIEGES, "a siege of"),
        (Kind.ADVANCES, "an advance on"),
    ):
        its = {event.place_id for event in told.fights if fight_of(event) is kind} & left
        said += [f"{words} {_count(len(its), 'place')}"] if its else []
        left -= its
    return f"reports tell of {joined(said)}" if said else "no fighting is told of"


def _last_words(told: Facts, notes: Notes) -> Iterable[Sentence]:
    """Where nothing happened: when somebody last said something."""
    days = [(state.last_evidence, state) for state in told.after if state.last_evidence]
    if days:
        day, state = max(days, key=lambda one: (one[0], one[1].name))
        yield Sentence(
            f"The latest word is of {day_words(day)}, about {state.name}.", notes.of(e.claim for e in state.evidence)
        )


def _changed(told: Facts, notes: Notes) -> tuple[Sentence, ...]:
    made = [_event(event, notes) for event in told.changes[:MOST_CHANGES]]
    return (*made, *_more(len(told.changes) - MOST_CHANGES, "change", told, notes))


def _fought(told: Facts, notes: Notes) -> tuple[Sentence, ...]:
    ranked = sorted(told.fights, key=lambda event: (-event.reports, event.by, event.place.name))
    return (
        *(_event(event, notes) for event in ranked[:MOST_FIGHTS]),
        *_more(len(ranked) - MOST_FIGHTS, "stretch of fighting", told, notes, "stretches of fighting"),
    )


def _event(event: Event, notes: Notes) -> Sentence:
    return Sentence(f"{capital(clause(event))}{_by(event.told)}{left_open(event)}.", notes.of(event.told))


def _by(told: Sequence[Claim]) -> str:
    """ ", as Yahya Rasool said", ", as 3 reports say", ", as was said and could not be verified"."""
    reports = len({claim.report_id for claim in told})
    first = told[0] if told else None
    voice = first.voices[0] if first and first.voices else None
    if first and first.stance is Stance.UNVERIFIED:
        return ", as was said and could not be verified"
    if first and first.stance is Stance.CLAIMED and voice:
        return f", as {_speaker(voice)} claimed"
    if reports > 1:
        return f", as {reports} reports say"
    return f", as {_speaker(voice)} said" if voice and (voice.name or voice.role) else ""


def _speaker(voice: Voice) -> str:
    """ "Yahya Rasool", "a senior officer", "residents", "the head of the council", "the General Staff in Kyiv"."""
    said = voice.name or voice.role or "somebody"
    words = said.split()
    # What they are stands before where and of what: "elders in P", "a spokesman for the ministry".
    head = next((words[:number] for number, word in enumerate(words) if number and word in _AFTER_HEAD), words)
    noun, first = head[-1].casefold(), words[0].casefold()
    institution = lexis().has("institution", noun)
    if voice.name and said != said.casefold() and not institution:
        return said
    if first in _WHOLE or noun in _NO_ARTICLE or any(word.endswith(("'s", "’s")) for word in head):
        return said
    if institution or (noun in _ONE_OF_ITS_KIND and words[len(head) : len(head) + 1] == ["of"]):
        return f"the {said}"
    if noun in ("people", "men", "women") or (noun.endswith("s") and not noun.endswith("ss")):
        # A role that opened its sentence has a capital; where it is two words the first may be a name.
        return " ".join([first, *words[1:]]) if len(head) == 1 else said
    return f"{_article(words[0])} {said}"


_AFTER_HEAD = frozenset(["of", "in", "at", "for", "to", "from", "on", "with"])
_WHOLE = frozenset(["the", "a", "an", "somebody", "many"])
_NO_ARTICLE = frozenset(["television", "tv", "radio"])
_ONE_OF_ITS_KIND = frozenset(["head", "leader", "chief", "mayor", "governor", "president"])


def _article(word: str) -> str:
    """By sound, as far as letters tell: "an LNA officer", "a United Nations officer"."""
    if word.isupper() and len(word) > 1:
        return "an" if word[0] in "AEFHILMNORSX" else "a"
    low = word.casefold()
    return "an" if low[0] in "aeio" or (low[0] == "u" and not low.startswith(("uni", "us", "uk", "ug"))) else "a"


def _held(told: Facts, notes: Notes) -> tuple[Sentence, ...]:
    by_holder: dict[tuple[str, ...], list[State]] = {}
    for state in told.after:
        if state.spell.status is not Status.UNKNOWN:
            by_holder.setdefault(state.spell.holders, []).append(state)
    ranked = sorted(by_holder.items(), key=lambda item: (-len(item[1]), item[0]))
    made = []
    for holders, states in ranked[:MOST_HOLDERS]:
        surest = sorted(states, key=lambda state: (-state.spell.support, state.name))
        towns = [_doubt(state) for state in surest[:MOST_TOWNS]]
        more = len(surest) - MOST_TOWNS
        towns += [f"{more} more"] if more > 0 else []
        held = f"{'is' if len(surest) == 1 else 'are'} held by {names(holders)}{' together' * (len(holders) > 1)}"
        words = f"{joined(towns)} {held}" if holders else f"nobody is known to hold {joined(towns, 'or')}"
        best = [evidence.claim for state in surest[:MOST_TOWNS] for evidence in state.evidence[:1]]
        made.append(Sentence(f"{capital(words)}.", notes.of(best) or (notes.saying(_basis(told)),)))
    return (*made, *_more(len(ranked) - MOST_HOLDERS, "holder", told, notes))


def _doubt(state: State) -> str:
    """The place, with what is doubtful in brackets."""
    signs = [
        word
        for word, is_so in (
            ("disputed", state.spell.disputed),
            ("fighting", state.spell.fighting),
            ("old", state.stale),
        )
        if is_so
    ]
    return f"{state.name} ({', '.join(signs)})" if signs else state.name


def _said(told: Facts, notes: Notes) -> tuple[Sentence, ...]:
    made = []
    for state, its in told.rivals[:MOST_RIVALS]:
        claims = [evidence.claim for account in its for evidence in account.state.evidence[:1]]
        against = [evidence.claim for evidence in state.evidence if not evidence.supports]
        rests_on = notes.of([*claims, *against]) or (notes.saying(_basis(told)),)
        made.append(Sentence(f"{state.name} {_accounts(its)}.", rests_on))
    return (*made, *_more(len(told.rivals) - MOST_RIVALS, "place", told, notes), *_voices(told, notes))


def _voices(told: Facts, notes: Notes) -> Iterable[Sentence]:
    """Whose words all this is: sides that speak, and sides that have a part in it and are not heard."""
    if not told.heard:
        return
    basis = (notes.saying(_basis(told)),)
    if not told.rivals:
        yield Sentence("No two sides name different holders of one place.", basis)
    total = sum(told.heard.values())
    ranked = sorted(told.heard.items(), key=lambda one: (one[0] == REPORTS, -one[1], one[0] or ""))
    shown = [one for one in ranked if one[0] != REPORTS][:MOST_SIDES] + [one for one in ranked if one[0] == REPORTS]
    who = {None: "speakers of no known side", REPORTS: REPORTS}
    said = [
        f"{number} {'is' if number == 1 else 'are'} by {who.get(side) or names([side or ''])}" for side, number in shown
    ]
    yield Sentence(f"Of {_count(total, 'claim')} about these places {joined(said)}.", basis)
    silent = [side for side in told.concerned if side not in told.heard]
    if silent:
        yield Sentence(f"No word of {names(silent[:MOST_SIDES])} is among them.".replace(" and ", " or "), basis)


def _accounts(its: Sequence[Account]) -> str:
    """ "is held by A by the word of A; held by nobody by the word of B; the word of C does not tell its holder"."""
    telling = [account for account in its if account.state.spell.status is not Status.UNKNOWN]
    said = [f"held by {names(a.state.spell.holders) or 'nobody'} by the word of {a.name}" for a in telling]
    silent = [account.name for account in its if account not in telling]
    left = f"the word of {joined(silent, 'or')} does not tell its holder"
    return "; ".join([f"is {'; '.join(said) or 'disputed'}", *([left] if silent else [])])


def _planned(told: Facts, notes: Notes) -> tuple[Sentence, ...]:
    made = []
    taken = {(event.place_id, actor) for event in told.changes for actor in event.after}
    plans = {(c.place.place_id, c.kind, c.actor): c for c in told.planned if (c.place.place_id, c.actor) not in taken}
    for claim in list(plans.values())[:MOST_PLANS]:
        who = names([claim.actor]) if claim.actor else "somebody"
        verb = {"withdraws": "to leave", "clears": "to clear", "contests": "to fight for"}.get(claim.kind, "to take")
        made.append(Sentence(f"{capital(who)} meant {verb} {claim.place.name}.", notes.of([claim])))
    return (*made, *_more(len(plans) - MOST_PLANS, "plan", told, notes))


def _unknown(told: Facts, notes: Notes) -> tuple[Sentence, ...]:
    basis = (notes.saying(_basis(told)),)
    unknown = [state for state in told.after if state.spell.status is Status.UNKNOWN]
    made = []
    for state in unknown[:MOST_UNKNOWN]:
        last = f"; the last word is of {day_words(state.last_evidence)}" if state.last_evidence else ""
        its = notes.of(evidence.claim for evidence in state.evidence) or basis
        made.append(Sentence(f"Who held {state.name} on {day_words(told.last)} is not known{last}.", its))
    made += _more(len(unknown) - MOST_UNKNOWN, "place", told, notes)
    made += _left(told, notes)
    made += _old(told, notes)
    if told.silent_towns:
        many = _count(told.silent_towns, "more town")
        where = joined(told.provinces[:MOST_PROVINCES]) if len(told.provinces) <= MOST_PROVINCES else "these provinces"
        made.append(Sentence(f"Of {many} in {where} these reports say nothing.", (notes.saying(TOWNS),)))
    if told.unplaced:
        found = f"{_count(told.unplaced, 'place')} that reports name there {'was' if told.unplaced == 1 else 'were'}"
        made.append(Sentence(f"{capital(found)} not found on a map.", basis))
    if told.other_languages:
        made.append(Sentence(f"{_count(told.other_languages, 'report')} in other languages than English "
                             f"{'was' if told.other_languages == 1 else 'were'} not read.", basis))  # fmt: skip
    return tuple(made)


def _left(told: Facts, notes: Notes) -> Iterable[Sentence]:
    """Places whose holder is gone, and nobody told who came."""
    states = [state for state in told.after if state.spell.status is Status.VACATED]
    if states:
        shown = [state.name for state in states[:MOST_TOWNS]]
        more = len(states) - len(shown)
        where = joined([*shown, *([f"{more} more"] if more else [])])
        claims = [evidence.claim for state in states[:MOST_TOWNS] for evidence in state.evidence[:1]]
        was = "it was" if len(states) == 1 else "they were"
        yield Sentence(f"Who came to {where} after {was} left is not known.", notes.of(claims))


def _old(told: Facts, notes: Notes) -> Iterable[Sentence]:
    """Answers that rest on old words, together by their last day."""
    old = [s for s in told.after if s.stale and s.last_evidence and s.spell.status is not Status.UNKNOWN]
    by_day = groupby(sorted(old, key=lambda s: (s.last_evidence, s.name)), key=lambda s: s.last_evidence)
    for day, its in [(day, list(its)) for day, its in by_day][:MOST_UNKNOWN]:
        claims = [evidence.claim for state in its for evidence in state.evidence[:1]]
        where = joined(
            [state.name for state in its[:MOST_TOWNS]] + [f"{len(its) - MOST_TOWNS} more"] * (len(its) > MOST_TOWNS)
        )
        words = f"Nobody has said since {day_words(day)} who holds {where}: marked as old."
        yield Sentence(words, notes.of(claims))


def _more(number: int, noun: str, told: Facts, notes: Notes, plural: str = "") -> list[Sentence]:
    if number <= 0:
        return []
    return [
        Sentence(
            f"{_count(number, f'more {noun}', f'more {plural}' if plural else '')}.", (notes.saying(_basis(told)),)
        )
    ]


def _count(number: int, noun: str, plural: str = "") -> str:
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
