"""States as records of plain values, for JSON and tables: each with the words, speakers, reports and both its dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from whoholds.control.evidence import LEAVES, TAKES, is_part
from whoholds.model import Claim, Kind, Place, Rival, Status, When
from whoholds.plain import iso, rounded
from whoholds.views.accounts import Account
from whoholds.views.actors import actor_name
from whoholds.views.changes import Change
from whoholds.views.states import Evidence, State
from whoholds.views.why import Why

Record = dict[str, object]


def place_fields(place_id: str, place: Place) -> dict[str, str | float | None]:
    """What every record of a place begins with. Coordinates to about a metre, which is finer than any source."""
    return {
        "place_id": place_id,
        "place": place.name,
        "place_type": str(place.place_type),
        "country": place.country,
        "lat": rounded(place.lat, 5),
        "lon": rounded(place.lon, 5),
        "radius_km": rounded(place.radius_km, 3),
        "place_basis": place.basis,
    }


def state_record(state: State, accounts: Sequence[Account] = ()) -> Record:
    """One state and all of its evidence. Dates are ISO.

    `days` is the age of the last evidence in days, negative where there is only later evidence.
    """
    spell, place = state.spell, state.place
    return {
        **place_fields(spell.place_id, place),
        **state.question.record(),
        "status": str(spell.status),
        "holders": list(spell.holders),
        "holder_names": [actor_name(holder) for holder in spell.holders],
        "since": iso(state.since),
        "since_exact": state.since_exact,
        "start": iso(spell.start),
        "end": iso(spell.end),
        "fighting": spell.fighting,
        "disputed": spell.disputed,
        "divided": spell.divided,
        "support": spell.support,
        "rivals": [
            {"holders": list(rival.holders), "status": "held" if rival.holders else "vacated", "support": rival.support}
            for rival in spell.rivals
        ],
        "stale": state.stale,
        "last_evidence": iso(state.last_evidence),
        "last_fighting": iso(state.last_fighting),
        "days": state.days,
        "accounts": [
            {
                "side": account.side,
                "status": str(account.state.spell.status),
                "holders": list(account.state.spell.holders),
                "support": account.state.spell.support,
                "claims": account.voices,
            }
            for account in accounts
        ],
        "evidence": [evidence_record(evidence) for evidence in state.evidence],
    }


def why_record(found: Why) -> Record:
    """An answer taken apart, as plain values."""
    return {
        "place": found.place.name,
        "day": found.day.isoformat(),
        "answer": found.answer,
        "support": found.support,
        "state": state_record(found.state) if found.state else None,
        "reasons": [
            {
                "without_it": reason.support,
                "answer_without_it": reason.without,
                "weight": reason.weight,
                "carriers": reason.carriers,
                "carried_by": list(reason.carried_by),
                **evidence_record(Evidence(reason.claim, reason.support <= found.support)),
            }
            for reason in found.reasons
        ],
        "shortest": [claim.id for claim in found.shortest],
        "shortest_with_carriers": list(found.gone),
        "instead": found.instead,
    }


def change_record(change: Change) -> Record:
    """A change: the state before and after, and the claims because of which."""
    return {
        "place": change.after.place.name,
        "place_id": change.after.spell.place_id,
        "before": state_record(change.before) if change.before else None,
        "after": state_record(change.after),
        "because": [evidence_record(Evidence(claim)) for claim in change.because],
    }


def evidence_record(evidence: Evidence) -> Record:
    """One claim as evidence: what it says, in which words, who says it, where it was printed, and when."""
    claim = evidence.claim
    first = claim.voices[0] if claim.voices else None
    return {
        "supports": evidence.supports,
        "claim": claim.id,
        "kind": str(claim.kind),
        "mode": str(claim.mode),
        "stance": str(claim.stance),
        "actor": claim.actor,
        "against": claim.against,
        "extent": claim.extent,
        "part": claim.part,
        "destination": claim.destination,
        "start": iso(claim.when.start),
        "end": iso(claim.when.end),
        "quote": claim.quote_text,
        "speaker": first.name if first else None,
        "speaker_role": first.role if first else None,
        "anonymous": bool(first and first.anonymous),
        "told": first.told if first else None,
        "report": claim.report,
        "report_id": claim.report_id,
        "outlet": claim.outlet,
        "origin": claim.origin,
        "published_start": iso(claim.published.start) if claim.published else None,
        "published_end": iso(claim.published.end) if claim.published else None,
        "confidence": round(claim.confidence, 3),
    }


def flat_record(state: State) -> Record:
    """A state as one row of a table: the strongest evidence only, and how much more there is."""
    record = state_record(state)
    best = next((evidence for evidence in state.evidence if evidence.supports), None)
    against = sum(not evidence.supports for evidence in state.evidence)
    record |= {
        "holders": "; ".join(state.spell.holders),
        "holder_names": "; ".join(actor_name(holder) for holder in state.spell.holders),
        "claims_for": len(state.evidence) - against,
        "claims_against": against,
    }
    record["rivals"] = "; ".join(f"{rival_words(rival)} {rival.support:.2f}" for rival in state.spell.rivals)
    del record["evidence"], record["accounts"]
    shown = evidence_record(best) if best else {}
    for name in ("quote", "speaker", "speaker_role", "report", "outlet", "published_start", "published_end"):
        record[name] = shown.get(name)
    return record


def headline(state: State) -> str:
    """Who has it, in words.

    "Islamic State", "vacated (Islamic State left)", "unknown (Islamic State lost it)", "unknown (in part Houthis)".
    """
    if state.spell.status is Status.HELD:
        return _names(state.spell.holders)
    claims = [e.claim for e in state.evidence if e.supports and e.claim.mode == "asserted" and e.claim.actor]
    left = {claim.actor for claim in claims if claim.kind in LEAVES and not is_part(claim)}
    if left:
        lost = all(claim.kind is Kind.LOSES for claim in claims if claim.kind in LEAVES and not is_part(claim))
        return f"{state.spell.status} ({_names(left)} {'lost it' if lost else 'left'})"
    held = {claim.actor for claim in claims if claim.kind in TAKES and not is_part(claim)}
    if held and state.stale:
        return f"{state.spell.status} (last said to be {_names(held)})"
    if held:
        return f"{state.spell.status} (said to be {_names(held)})"
    parts = {claim.actor for claim in claims if claim.kind in TAKES and is_part(claim)}
    return f"{state.spell.status} (in part {_names(parts)})" if parts else str(state.spell.status)


def _names(actors: Iterable[str | None]) -> str:
    return " and ".join(sorted(actor_name(actor) for actor in actors))


def rival_words(rival: Rival) -> str:
    """ "Islamic State", "vacated"."""
    return _names(rival.holders) if rival.holders else str(Status.VACATED)


def flags(state: State) -> list[str]:
    """What is to be said beside the holder. "Stale" only of a day that was asked about: the latest is mostly old."""
    spell, asked = state.spell, state.question.on or state.question.known
    named = {
        "fighting": spell.fighting,
        "disputed": spell.disputed,
        "divided": spell.divided,
        "stale": state.stale and asked is not None,
    }
    return [name for name, is_so in named.items() if is_so]


def since_words(state: State) -> str:
    """ "2016-03-13", "by 2016-03-13" where only the latest day is known, "not known"."""
    if state.since is None:
        return "not known"
    return state.since.isoformat() if state.since_exact else f"by {state.since.isoformat()}"


def interval_words(when: When | None) -> str:
    """ "2016-03-13", "2016-03-01 to 2016-03-13", "up to 2016-03-13", "from 2016-03-01", "undated"."""
    if when is None or (when.start is None and when.end is None):
        return "undated"
    if when.start == when.end and when.start:
        return when.start.isoformat()
    if when.start is None or when.end is None:
        return f"up to {when.end}" if when.end else f"from {when.start}"
    return f"{when.start} to {when.end}"


def claim_words(claim: Claim) -> str:
    """What a claim says, without its words: "withdraws: Islamic State", "planned gains: Iraqi government forces"."""
    mode = "" if claim.mode == "asserted" else f"{claim.mode} "
    extent = f", {claim.extent} of it" if claim.extent in ("part", "most") else ""
    against = f", against {actor_name(claim.against)}" if claim.against else ""
    return f"{mode}{claim.kind}: {actor_name(claim.actor)}{against}{extent}"
