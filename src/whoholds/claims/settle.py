"""What only the whole report can tell: actors that no words name, journeys, and drafts that say the same."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from math import exp

from whoholds.annotate.words import lexis
from whoholds.claims.draft import Draft
from whoholds.claims.ground import COMES
from whoholds.claims.hindsight import held_since
from whoholds.claims.register import Register
from whoholds.claims.rulers import ruler
from whoholds.model import Kind, Mode, Stance

NEAR = 100
"""Sentences; what a claim further away speaks for hardly weighs, and a long report holds thousands of them."""
ABROAD = 0.5
"""What it counts against an actor that it is not known to fight where the place lies."""
FOREIGN = 3.0
"""The same against a state that would hold or lose a place abroad, where no words of the report have it there."""
SHARES = {
    (True, True): (1.0, -0.4),
    (True, False): (-0.1, 0.4),
    (False, True): (-0.8, 0.7),
    (False, False): (1.0, -0.6),
}
"""What a claim weighs for its actor and for their enemy: (the claim in question comes for a place, this one does)."""
HAD_IT = (0.25, 0.3)
"""The same for who holds the very place that somebody comes for: they took it, or it is taken from them."""
LONG_HELD = (-0.5, 0.5)
"""The same for who took it years ago."""
RESISTS = frozenset(["put-up-resistance"])
"""Cues of a fight whose actor is the one that is attacked."""
RESTORED = 0.8
"""What it counts for the state where a place lies that it is taken *back*."""
WAYS = frozenset(["head-for", "go-towards", "move-towards", "on-the-way"])
"""Senses that tell of a way, whoever goes it and why."""
UPSET = {Kind.BESIEGES: -0.4, Kind.LOSES: 0.6}
"""What else it counts for that state where nobody is named: what is ringed or lost in its own land was its own."""
OURS = 1.0
"""What it counts for whoever says "our troops" that an attack is beaten off, nobody says by whom."""
# An event needs somebody who does it; these kinds without an actor are read only with a place that is known.
NEEDS_ACTOR = frozenset([Kind.HOLDS, Kind.WITHDRAWS, Kind.ADVANCES, Kind.ABSENT, Kind.REPELS, Kind.CLEARS])


OWN_DEEDS = frozenset([Kind.REPELS, Kind.CLEARS, Kind.HOLDS])
"""What a side tells of itself where nobody is named: "attacks on P were repelled, the army said"."""


def merge(drafts: list[Draft]) -> list[Draft]:
    """One draft for what two senses of the same words read alike; the more particular sense wins."""
    kept: dict[tuple[object, ...], Draft] = {}
    for d in drafts:
        key = (d.sentence, d.token, d.actor, d.place.name, d.place.first)
        old = kept.get(key)
        if old is None:
            kept[key] = d
        elif old.kind is not d.kind and old.cue.id != d.cue.id and d.cue.also and d.kind is not d.cue.kind:
            kept[(*key, d.kind)] = d
    return sorted(
        kept.values(), key=lambda d: (d.sentence, d.token, d.place.first, d.place.name or "", d.actor or "", d.kind)
    )


def journeys(drafts: list[Draft]) -> list[Draft]:
    """ "pulled out of A and gone towards B": B is where they went, not what they advance on."""
    out: list[Draft] = []
    gone: defaultdict[tuple[int, str | None], list[int]] = defaultdict(list)
    for d in drafts:
        began = gone[d.sentence, d.actor] if d.kind is Kind.ADVANCES else []
        reach = 12 if d.cue.id not in WAYS else 99
        left = next((k for k in began if 0 < d.token - out[k].token < reach), None)
        if left is None:
            if d.kind is Kind.WITHDRAWS:
                gone[d.sentence, d.actor].append(len(out))
            out.append(d)
        else:
            out[left] = replace(out[left], destination=out[left].destination or d.place.name)
    return out


def beaten_off(drafts: list[Draft], register: Register) -> list[Draft]:
    """ "A attacked P, but was driven off": they had not taken it, so the others beat them off, and lost nothing."""
    tried: dict[tuple[int, int, str | None], Draft] = {}
    out: list[Draft] = []
    for d in drafts:
        if d.kind is Kind.CONTESTS or (d.kind is Kind.GAINS and d.mode is Mode.ATTEMPTED):
            tried[d.sentence, d.place.first, d.actor] = d
        elif d.kind in (Kind.GAINS, Kind.HOLDS) and d.mode is Mode.ASSERTED:
            tried.pop((d.sentence, d.place.first, d.actor), None)
        gone = d.actor if d.kind is Kind.LOSES else d.against
        x = tried.get((d.sentence, d.place.first, gone)) if gone and "against" in d.cue.needs else None
        other = d.actor if d.kind is Kind.GAINS else register.other(gone, d.country) if gone else None
        if x is None or x.place_sentence != d.place_sentence or x.token > d.token or d.mode is not Mode.ASSERTED:
            out.append(d)
        elif d.kind in (Kind.GAINS, Kind.LOSES) and other:
            out.append(replace(d, kind=Kind.REPELS, actor=other, against=gone, extent=None, retaken=False))
        else:
            out.append(d)
    return out


def settle(drafts: list[Draft], register: Register) -> list[Draft]:
    """Fill the actors that no words name ("fighting in P", "P was retaken") from the other claims of the report.

    Claims that still have no actor stay only where the kind allows one to be unknown.
    """
    firm = sorted((d for d in drafts if not d.guess and d.actor), key=lambda d: d.sentence)
    sentences = [d.sentence for d in firm]
    out: list[Draft] = []
    for d in drafts:
        if d.cue.id == "fight-with" and d.mode is Mode.PLANNED:
            continue  # "will fight to the end": nowhere as yet, though it tells whose "their hands" are
        if not d.guess or d.actor is not None:
            out.append(d)
            continue
        if d.kind is Kind.CONTESTS and d.mode is Mode.DENIED and d.cue.between:
            out.append(d)  # "no fighting in P": nobody came
            continue
        if d.kind is Kind.LOSES and d.mode is Mode.ASSERTED and (taker := _just_taken(d, firm)):
            out.append(replace(d, actor=taker, against=d.against or register.other(taker, d.country), inferred=True))
            continue
        if freer := _freed_before(d, firm, register):
            out.append(replace(d, actor=freer, against=register.other(freer, d.country), inferred=True))
            continue
        around = slice(bisect_left(sentences, d.sentence - NEAR), bisect_right(sentences, d.sentence + NEAR))
        foe = register.other(d.against, d.country) if d.kind is Kind.CONTESTS and d.against else None
        actor = None if _several_foes(d, register) else foe or _likely(d, firm[around], register)
        if actor is None and d.kind in NEEDS_ACTOR:
            continue
        if actor is None and d.kind is Kind.GAINS and d.mode is Mode.ASSERTED:
            actor = register.ground.mover(d.sentence)
        if actor == d.against:
            actor = None  # nobody overruns his own outpost
        against = d.against or (register.other(actor, d.country) if d.kind in COMES else None)
        out.append(replace(d, actor=actor, against=against, inferred=True))
    return out


def _freed_before(d: Draft, firm: Sequence[Draft], register: Register) -> str | None:
    """ "A want to win back P and other liberated areas of Q": freed from A."""
    if d.kind is not Kind.GAINS or not d.retaken or d.place_sentence != d.sentence:
        return None
    takers = (
        x
        for x in firm
        if x.kind is Kind.GAINS
        and x.mode is Mode.PLANNED
        and x.sentence == d.sentence
        and x.token < d.token
        and x.cue.id != d.cue.id
    )
    again = next((x for x in takers if x.place.first == d.place.first), None)
    return register.other(again.actor, d.country) if again is not None else None


def _just_taken(d: Draft, firm: Sequence[Draft]) -> str | None:
    """ "P was retaken by A, only to be lost again": by A."""
    before = [
        x.actor
        for x in firm
        if x.sentence == d.sentence and x.token < d.token and x.place.name == d.place.name and x.mode is Mode.ASSERTED
        and x.kind in (Kind.GAINS, Kind.HOLDS)
    ]  # fmt: skip
    return before[-1] if before and d.cue.form == "verb" else None


def _several_foes(d: Draft, register: Register) -> bool:
    """ "The group came under attack in P", where the report names several who fight it there: it does not say who."""
    if d.kind is not Kind.CONTESTS or d.against is None or d.against_span is None:
        return False
    named = {i for row in register.refs for _, ref in row if len(ref.ids) == 1 for i in ref.ids}
    foes = {i for i in named if i != d.against and register.opposed(i, d.against) and _at_home(i, d, register)}
    return len(foes) > 1


def held_before(drafts: list[Draft], register: Register) -> list[Draft]:
    """ "took P, their last base", "their last base was taken", "attacked the group's positions in P": who takes it had
    no base there, and nobody attacks himself; the words mean the other side's.

    "Left their positions in P" tells of no positions that they have.
    """
    came = [d for d in drafts if d.kind in (Kind.CONTESTS, Kind.GAINS) and d.mode is not Mode.DENIED]
    taken = {(d.sentence, d.place.first, d.actor): d for d in came}
    left = {(d.sentence, d.place.first, d.actor): d.token for d in drafts if d.kind is Kind.WITHDRAWS}
    out: list[Draft] = []
    for d in drafts:
        spot = (d.sentence, d.place.first, d.actor)
        if d.kind is Kind.HOLDS and d.inferred and left.get(spot, d.token) < d.token < d.place.first:
            continue  # "withdrew from their positions in P"
        g = taken.get(spot) if d.kind is Kind.HOLDS and d.inferred else None
        theirs = g is not None and (
            (d.cue.predicative and (g.kind is Kind.GAINS or _inside(d, g))) or _some_men(d, g, register)
        )
        other = (g.against or register.other(g.actor, g.country)) if g is not None and theirs else None
        out.append(replace(d, actor=other, against=d.actor, against_span=None) if other else d)
    return out


def _some_men(d: Draft, g: Draft, register: Register) -> bool:
    """ "A's offensive on P, which is held by militias": men without a name, told of anew, are not who comes for it."""
    if d.actor_span is None or not g.token < d.token or d.actor_span.start < d.cue_span.end:
        return False
    word = d.actor_span.of(register.document.report.text).split()[-1].lower()
    return lexis().has("nonstate_force", word, word.removesuffix("s"))


def _inside(d: Draft, other: Draft) -> bool:
    """The words of one are part of the other's: "*X's positions in P* were attacked"."""
    return other.quote.start <= d.quote.start and d.quote.end <= other.quote.end


def _likely(d: Draft, firm: Sequence[Draft], register: Register) -> str | None:
    """The actor that most claims of the report speak for: of the same place first, then of the sentences around.

    Who comes for a place speaks against being the one who holds or loses it. Who holds or leaves a place tells of who
    comes for one by their enemy alone: whoever takes towns also holds some. The weights are rounded from a regression
    over claims by hand (those of the reports that are not held out).
    """
    coming = d.kind in COMES
    word = d.cue_span.of(register.document.report.text).lower().removesuffix("s")
    back = _taken_back(d, firm) if lexis().has("single_attacks", word) else ()
    # "before the fall of P the army defended it"
    fell = d.cue.id in ("fall", "fall-noun")
    votes: defaultdict[str, float] = defaultdict(float)
    for x in firm:
        far = abs(x.sentence - d.sentence) + 0.5 * (x.sentence > d.sentence)
        same = x.place.name == d.place.name
        if d.kind is Kind.LOSES and x.kind is Kind.HOLDS and same:
            # Who has it now did not lose it; who had it then did. The words do not say which.
            if d.mode is Mode.DENIED and x.actor:
                votes[x.actor] += 2 * exp(-far / 12)
            continue
        if d.mode is Mode.DENIED and coming and x.kind is Kind.HOLDS and same and x.sentence == d.sentence and x.actor:
            # "no fighting in P, which the army holds"
            votes[x.actor] -= 2
            continue
        if d.kind is Kind.GAINS and x.cue.predicative and same and x.sentence == d.sentence and d.token < x.token:
            # "the capture of P, the rebels' last stronghold"
            votes[x.actor or ""] -= 2
            votes[register.other(x.actor, x.country) or ""] += 2
            continue
        held = d.kind is Kind.GAINS and x.kind is Kind.HOLDS and same and x.sentence == d.sentence
        if held and register.document.sentences[d.sentence].doc[d.token].dep_ in ("acl", "acl:relcl"):
            # "keeps its hold on P, seized in July"
            votes[x.actor or ""] += 3
            continue
        if _won_back(x, d):
            votes[x.actor or ""] -= 2
            votes[x.against or register.other(x.actor, x.country) or ""] += 2
            continue
        if d.kind is Kind.REPELS and x.kind in COMES and same and -1 <= x.sentence - d.sentence <= 0 and x.actor:
            # who just came for the place does not beat the attack off
            votes[x.actor] -= 2
            votes[x.against or register.other(x.actor, x.country) or ""] += 2
            continue
        if d.kind is Kind.ADVANCES and x.kind is Kind.BESIEGES and same and x.actor:
            # "P, which X besieges, will soon be reached": X is there
            votes[x.actor] -= 2
            votes[x.against or register.other(x.actor, x.country) or ""] += 2
            continue
        since = d.cue.form == "noun" and (x.sentence, x.token) > (d.sentence, d.token)
        if d.retaken and x.kind in (Kind.LOSES, Kind.WITHDRAWS) and same and x.actor and not since:
            # "P, which X had lost, was recovered"; but "after the recapture of P X fled"
            votes[x.actor] += 2
            continue
        if x in back and x.actor:
            votes[x.actor] -= 2
            votes[x.against or register.other(x.actor, x.country) or ""] += 2
            continue
        weight = 2 * exp(-far / 12) if same else exp(-far / 3) + 0.1
        if x.mode is not Mode.ASSERTED:
            weight *= 0.6
        had = coming and same and x.kind is Kind.HOLDS and not fell
        own, enemy = HAD_IT if had else SHARES[coming, x.kind in COMES and x.cue.id not in RESISTS]
        if same and d.kind is Kind.CONTESTS and x.kind is Kind.GAINS and held_since(x, d, register):
            # "the battle for P, which they took in 2014"
            own, enemy = LONG_HELD
        for actor, share in ((x.actor, own), (x.against or register.other(x.actor, x.country), enemy)):
            if actor and actor != d.against:
                votes[actor] += share * weight
    home = d.country or register.country
    ours = register.voice if register.says_ours else None  # a movement frees towns, in its own bulletins
    state_at_home = f"gov:{ruler(home, register.on)}" if home else ""
    state = ours or state_at_home
    if ours in (None, state_at_home) and state in votes:
        _upset(d, firm, register, votes, state)
    if d.retaken:
        # "Russian troops hold Oleshky. Beryslav was liberated": by whom the invaders fight
        invaders = [a for a in votes if a.startswith("gov:") and a != state and register.opposed(a, state)]
        if d.kind is Kind.GAINS and (state in votes or invaders):
            votes[state] += RESTORED
            for helper in votes if d.mode is Mode.ASSERTED else ():
                if helper != d.side and any(register.alliances.friends(helper, invader) for invader in invaders):
                    votes[helper] -= RESTORED
        _turn(d, firm, register, votes)
    if d.kind is Kind.BESIEGES and d.against and (other := register.other(d.against, d.country)):
        # "soldiers of X were besieged there": by whom X fights
        votes[other] += 2
    denied_loss = d.kind is Kind.LOSES and d.mode is Mode.DENIED
    own_deed = d.kind in OWN_DEEDS or (d.kind is Kind.GAINS and (d.mode is Mode.PLANNED or (d.retaken and not votes)))
    if d.kind is Kind.REPELS and d.side is None and register.says_ours and register.voice:
        # "Our troops hold P. An attack on Q was beaten off with losses to the enemy"
        votes[register.voice] += OURS
    if d.side and d.side != d.against and (d.side in votes or own_deed or denied_loss):
        votes[d.side] += _by_speaker(d)
    if d.country:
        for actor in votes:
            if not _at_home(actor, d, register):
                met = any(x.actor == actor and x.country == d.country and x.actor_span is not None for x in firm)
                frees = d.retaken and actor != d.side and register.opposed(actor, f"gov:{d.country}")
                votes[actor] -= FOREIGN if actor.startswith("gov:") and (frees or not met) else ABROAD
    votes.pop("", None)
    best = min(votes, key=lambda a: (-votes[a], a), default=None)
    return best if best and votes[best] > 0 else None


def _upset(d: Draft, firm: Sequence[Draft], register: Register, votes: dict[str, float], state: str) -> None:
    """ "P was lost on Tuesday", "P is besieged": the state's there; but not "P, the rebels' base, is besieged"."""
    foe = register.other(state, d.country)
    beside = (x for x in firm if x.sentence == d.sentence and x.kind is Kind.HOLDS and x.place.name == d.place.name)
    theirs = any(x.actor == foe for x in beside)
    if d.kind not in UPSET or theirs or d.retaken or d.mode is not Mode.ASSERTED:
        return
    if foe and foe != d.against:
        votes[foe] -= UPSET[d.kind]
    if any(votes[a] > 0 for a in votes if a != state):
        votes[state] += UPSET[d.kind]


def _taken_back(d: Draft, firm: Sequence[Draft]) -> list[Draft]:
    """ "The rebels overran P. The army retook it. The attack on P …": of the second, who came in answer to it."""
    taken = [
        x
        for x in firm
        if x.kind is Kind.GAINS
        and x.mode is Mode.ASSERTED
        and x.place.name == d.place.name
        and (x.sentence, x.token) < (d.sentence, d.token)
    ]
    return [x for x in taken[1:] if x.actor != taken[0].actor]


def _won_back(x: Draft, d: Draft) -> bool:
    """ "P was captured in May; the army tried to retake it the day after": who retakes it, or tries to, did not."""
    return (
        d.kind is x.kind is Kind.GAINS
        and d.mode is Mode.ASSERTED
        and (x.retaken or x.mode in (Mode.ATTEMPTED, Mode.PLANNED))
        and not d.retaken
        and x.place.name == d.place.name
        and x.sentence - d.sentence in (0, 1)
    )


def _at_home(actor: str, d: Draft, register: Register) -> bool:
    """Whether an actor is known to fight where the place lies; a state that comes for it may come from anywhere."""
    if actor.startswith("gov:"):
        return actor == f"gov:{d.country}" or (d.kind in COMES and not d.retaken)
    entry = register.lexicon.entry(actor)
    return entry is None or not entry.countries or d.country in entry.countries


def _turn(d: Draft, firm: Sequence[Draft], register: Register, votes: dict[str, float]) -> None:
    """Who retakes a place is not who took it last."""
    here = [x for x in firm if x.kind is Kind.GAINS and x.place.name == d.place.name and x.mode is Mode.ASSERTED]
    retakers = {x.actor for x in here if x.retaken}
    taken = [x for x in here if not x.retaken and x.actor not in retakers]
    again = bool(taken) and d.cue.form == "noun" and taken[-1].actor == f"gov:{d.country}"
    if again and taken[-1].sentence <= d.sentence:
        return  # "The army took P from the rebels. The town's recapture …" is told once more
    if taken and (last := taken[-1].actor):
        votes[last] -= 3
        if other := register.other(last, d.country):
            votes[other] += 3


def _foreign(side: str, country: str) -> bool:
    return side.startswith("gov:") and side != f"gov:{country}"


def _by_speaker(d: Draft) -> float:
    """What it tells that one side says it: they speak of what they did and plan, and deny what the enemy did."""
    if d.kind is Kind.LOSES:
        return 3.0 if d.mode is Mode.DENIED or d.stance is Stance.CONFIRMED else 0.0
    if d.kind in COMES and d.mode is Mode.DENIED:
        return -2.0
    if d.retaken and d.kind is Kind.GAINS:
        return 3.0  # one's own side frees a place
    if d.kind in COMES and d.mode is Mode.PLANNED and not (d.country and d.side and _foreign(d.side, d.country)):
        return 3.0
    return 1.0
