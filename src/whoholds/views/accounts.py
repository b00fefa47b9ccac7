"""Rival accounts of one place: who has it by each side's own word, and by those who have none."""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.control.selection import View
from whoholds.ledger import Ledger
from whoholds.model import Claim, Spell
from whoholds.views.actors import actor_name
from whoholds.views.question import Question
from whoholds.views.states import State, begun, evidence_of, last_state


@dataclass(frozen=True, slots=True)
class Account:
    """One side's account of a place on a day."""

    side: str | None
    """None: those who speak for no side, and reports that quote nobody."""
    state: State
    voices: int
    """How many claims it rests on."""
    course: tuple[Spell, ...]
    """From when to when who held it, by this account; the last is that of `state`."""

    @property
    def name(self) -> str:
        return actor_name(self.side) if self.side else "those of no side"


def accounts(question: Question, ledger: Ledger, place_id: str, claims: list[Claim] | None = None) -> list[Account]:
    """An account for each side that is quoted on the place, and one for all without; empty where one is all.

    `claims`: what the ledger has for the question of the place, where that is at hand.
    """
    claims = question.claims(ledger, place_id) if claims is None else claims
    sides = sorted({voice.side for claim in claims for voice in claim.voices if voice.side})
    heard: list[tuple[str | None, list[Claim]]] = [(side, list(View(side=side).of(claims))) for side in sides]
    heard.append((None, [claim for claim in claims if not any(voice.side for voice in claim.voices)]))
    found = []
    for side, said in heard:
        by_id = evidence_of(question, ledger, said) if said else {}
        for whole in question.courses(ledger, said) if said else ():
            if course := begun(whole, by_id, question.on):
                found.append(Account(side, last_state(course, by_id, question), len(said), tuple(course)))
    return found if len(found) > 1 else []
