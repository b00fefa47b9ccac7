"""Who did what to whom in an event, and a sentence about it in words of our own: no report's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from whoholds.control.evidence import LEAVES
from whoholds.model import Kind
from whoholds.views.actors import actor_name
from whoholds.views.events import Event, Happened


@dataclass(frozen=True, slots=True)
class Sides:
    """Who did it, and to whom; ids, the leading one first."""

    one: tuple[str, ...]
    other: tuple[str, ...]


def sides(event: Event) -> Sides:
    """Of a change: who came, or left, and who held it before. Of a fight: the two of the best supported claim."""
    if event.what in (Happened.VACATED, Happened.LOST, Happened.LEFT):
        gone = tuple(actor for actor in event.before if actor not in event.after)
        named = next(((claim.actor,) for claim in event.told if claim.actor), ())
        return Sides(gone or named, event.after)
    if event.what is Happened.FIGHTING:
        pairs = [(claim.actor, claim.against) for claim in event.told if claim.actor]
        one, other = next((pair for pair in pairs if pair[1]), pairs[0] if pairs else (None, None))
        rest = [actor for actor in event.before if actor != one]
        return Sides((one,) if one else (), (other,) if other else tuple(rest))
    came = tuple(actor for actor in event.after if actor not in event.before) or event.after
    against = dict.fromkeys(claim.against for claim in event.told if claim.against and claim.against not in came)
    before = tuple(actor for actor in event.before if actor not in came)
    went = dict.fromkeys(claim.actor for claim in event.told if claim.kind in LEAVES and claim.actor not in came)
    return Sides(came, before or tuple(actor for actor in went or against if actor))


def clause(event: Event) -> str:
    """What happened and when: "Iraqi government forces took Ramadi from Islamic State on 9 February 2016"."""
    it = sides(event)
    one, other, where = names(it.one) or "somebody", names(it.other), event.place.name
    when, took = _when(event), "took" if event.fought else "took over"
    if event.what is Happened.FIGHTING:
        return f"{one} {_fought(event, other, where)} {when}"
    return {
        Happened.TAKEN: f"{one} {took} {where}{f' from {other}' if other else ''} {when}",
        Happened.JOINED: f"{one} came to hold {where} too{f', with {other},' if other else ''} {when}",
        Happened.LEFT: f"{one} no longer shared in holding {where}{f' with {other}' if other else ''} {when}",
        Happened.VACATED: f"{one} left {where} {when}",
        Happened.LOST: f"{one} lost {where} {when}",
    }[event.what]


def _when(event: Event) -> str:
    """ "on 13 March 2016", "between 1 and 30 September 2022", "by 13 March 2016" where it may have been long before."""
    last = event.last or event.by
    return between(event.first, last) if event.first else f"by {day_words(last)}"


def left_open(event: Event) -> str:
    """What a change leaves open, to stand behind its clause and whose word it is; empty where it leaves nothing."""
    return {
        Happened.VACATED: "; nobody is said to have taken it since",
        Happened.LOST: "; to whom is not said",
    }.get(event.what, "")


def fight_of(event: Event) -> Kind:
    """What sort of fight its claims tell of: fighting in a place or for it, else a siege, else an advance on it."""
    kinds = {claim.kind for claim in event.told}
    if kinds <= {Kind.BESIEGES, Kind.ADVANCES} and kinds:
        return Kind.BESIEGES if Kind.BESIEGES in kinds else Kind.ADVANCES
    return Kind.CONTESTS


def _fought(event: Event, other: str, where: str) -> str:
    kind = fight_of(event)
    if kind is Kind.BESIEGES:
        return f"besieged {f'{other} in ' if other else ''}{where}"
    if kind is Kind.ADVANCES:
        return f"advanced on {where}{f' against {other}' if other else ''}"
    return f"fought{f' {other}' if other else ''} at {where}"


def sentence(event: Event) -> str:
    """What happened, when, and by how many reports: a sentence of our own."""
    return capital(f"{clause(event)}{left_open(event)} (by {event.reports} report{'s' * (event.reports != 1)}).")


def names(actors: Iterable[str]) -> str:
    """ "Islamic State", "A and B", "A, B and C"."""
    return joined([actor_name(actor) for actor in actors])


def joined(words: Sequence[str], last: str = "and") -> str:
    """Words in a row, as prose has them; `last` stands before the last of them."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def between(first: date, last: date) -> str:
    """ "on 13 March 2016", "between 13 and 15 March 2016", "between 28 March and 2 April 2016"."""
    if first == last:
        return f"on {day_words(first)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"between {first.day} and {day_words(last)}"
    begin = f"{first.day} {first:%B}" if first.year == last.year else day_words(first)
    return f"between {begin} and {day_words(last)}"


def span(first: date, last: date) -> str:
    """ "13 March 2016", "13 to 15 March 2016", "28 March to 2 April 2016"."""
    words = between(first, last)
    return words.removeprefix("on ").removeprefix("between ").replace(" and ", " to ")


def day_words(day: date) -> str:
    """ "13 March 2016"."""
    return f"{day.day} {day:%B} {day.year}"
