"""Who most likely does what no words name a doer for, by the other claims of the report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import exp

from whoholds.annotate.trees.nominals import preposition
from whoholds.annotate.words import lexis
from whoholds.claims.draft import Draft
from whoholds.claims.sides.ground import COMES
from whoholds.claims.sides.register import Register
from whoholds.claims.sides.rulers import ruler
from whoholds.claims.times.hindsight import held_since
from whoholds.model import Kind, Mode, Stance

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
UPSET = {Kind.BESIEGES: -0.4, Kind.LOSES: 0.6}
"""What else it counts for that state where nobody is named: what is ringed or lost in its own land was its own."""
OURS = 1.0
"""What it counts for whoever says "our troops" that an attack is beaten off, nobody says by whom."""
TURNED = (-2.0, 2.0)
"""Votes for the actor of a claim and for their enemy, where the claim tells that it was the enemy."""
FOUGHT_FOR = frozenset([Kind.CONTESTS, Kind.BESIEGES])
OWN_DEEDS = frozenset([Kind.REPELS, Kind.CLEARS, Kind.HOLDS])
"""What a side tells of itself where nobody is named: "attacks on P were repelled, the army said"."""


def likely(d: Draft, firm: Sequence[Draft], register: Register) -> str | None:
    """The actor that most claims of the report speak for: of the same place first, then of the sentences around.

    Who comes for a place speaks against being the one who holds or loses it. Who holds or leaves a place tells of who
    comes for one by their enemy alone: whoever takes towns also holds some. The weights are rounded from a regression
    over claims by hand (those of the reports that are not held out).
    """
    votes: defaultdict[str, float] = defaultdict(float)
    word = d.cue_span.of(register.census.document.report.text).lower().removesuffix("s")
    back = _taken_back(d, firm) if lexis().has("single_attacks", word) else ()
    for x in firm:
        told = TURNED if x in back else _tells(d, x, register)
        own, enemy = told if told is not None else _weighs(d, x, register)
        if own:
            votes[x.actor or ""] += own
        if enemy:
            votes[x.against or register.other(x.actor, x.country) or ""] += enemy
    for nobody in ("", d.against or ""):
        votes.pop(nobody, None)
    _of_states(d, firm, register, votes)
    _of_speakers(d, register, votes)
    if d.country:
        for actor in votes:
            if not at_home(actor, d, register):
                met = any(x.actor == actor and x.country == d.country and x.actor_span is not None for x in firm)
                frees = d.retaken and actor != d.side and register.opposed(actor, f"gov:{d.country}")
                votes[actor] -= FOREIGN if actor.startswith("gov:") and (frees or not met) else ABROAD
    votes.pop("", None)
    best = min(votes, key=lambda a: (-votes[a], a), default=None)
    return best if best and votes[best] > 0 else None


def _weighs(d: Draft, x: Draft, register: Register) -> tuple[float, float]:
    """What a claim weighs for its actor and for their enemy, by how near it is and whether they come for a place."""
    coming, same = d.kind in COMES, x.place.name == d.place.name
    far = _far(d, x)
    weight = 2 * exp(-far / 12) if same else exp(-far / 3) + 0.1
    if x.mode is not Mode.ASSERTED:
        weight *= 0.6
    # "before the fall of P the army defended it"
    had = coming and same and x.kind is Kind.HOLDS and d.cue.id not in ("fall", "fall-noun")
    own, enemy = HAD_IT if had else SHARES[coming, x.kind in COMES and x.cue.id not in RESISTS]
    if same and d.kind is Kind.CONTESTS and x.kind is Kind.GAINS and held_since(x, d, register):
        # "the battle for P, which they took in 2014"
        own, enemy = LONG_HELD
    return own * weight, enemy * weight


def _far(d: Draft, x: Draft) -> float:
    """Sentences between two claims; what comes after tells a little less."""
    return abs(x.sentence - d.sentence) + 0.5 * (x.sentence > d.sentence)


def _tells(d: Draft, x: Draft, register: Register) -> tuple[float, float] | None:
    """What a claim of the same place tells by what it is to the one in question: votes for its actor and their enemy.

    None where it only weighs by its distance.
    """
    if x.place.name != d.place.name:
        return None
    here = x.sentence == d.sentence
    if d.kind is Kind.LOSES:
        return _tells_of_loss(d, x)
    if d.kind in COMES and d.mode is Mode.DENIED and x.kind is Kind.HOLDS and here:
        return -2, 0  # "no fighting in P, which the army holds"
    if d.kind is Kind.CONTESTS and x.kind is Kind.HOLDS and here and x.token < d.token and _in_spite(d, register):
        return TURNED  # "X holds P despite a long offensive"
    if d.kind in FOUGHT_FOR and x.kind is Kind.GAINS and here and _told_before(d, x, register):
        return TURNED  # "P, which X took in May, was attacked on Sunday"
    if d.kind is Kind.GAINS and x.kind is Kind.HOLDS and here and (told := _held_around(d, x, register)):
        return told
    if _won_back(x, d):
        return TURNED
    if d.kind is Kind.REPELS and x.kind in COMES and -1 <= x.sentence - d.sentence <= 0:
        return -4, 2  # who just came for the place does not beat the attack off
    if d.kind is Kind.WITHDRAWS and x.kind is Kind.GAINS and d.mode is not Mode.ASSERTED is x.mode:
        return 2 * exp(-_far(d, x) / 12), 0  # "X took P. It will not be given back"
    if d.kind is Kind.ADVANCES and x.kind is Kind.BESIEGES:
        return TURNED  # "P, which X besieges, will soon be reached": X is there
    since = d.cue.form == "noun" and (x.sentence, x.token) > (d.sentence, d.token)
    if d.retaken and x.kind in (Kind.LOSES, Kind.WITHDRAWS) and not since:
        return 2, 0  # "P, which X had lost, was recovered"; but "after the recapture of P X fled"
    if d.kind is Kind.HOLDS and x.kind is Kind.GAINS and x.mode is Mode.ASSERTED and x.sentence < d.sentence:
        return 2 * exp(-_far(d, x) / 12), 0  # "X took P. It has been occupied since"
    return None


def _in_spite(d: Draft, register: Register) -> bool:
    """Whether a fight is set against what is told: "despite an offensive", "against several attacks"."""
    t = register.census.document.sentences[d.sentence].doc[d.token]
    return preposition(t) in ("despite", "against", "in spite of", "notwithstanding")


def _told_before(d: Draft, x: Draft, register: Register) -> bool:
    """Whether a claim is told in a relative clause before the verb of the other."""
    t = register.census.document.sentences[x.sentence].doc[x.token]
    return x.token < d.token and t.dep_ == "acl:relcl" and all(a.i != d.token for a in t.ancestors if a.i < t.i)


def _tells_of_loss(d: Draft, x: Draft) -> tuple[float, float] | None:
    """Of "P was lost"."""
    if x.kind is Kind.HOLDS:
        # Who has it now did not lose it; who had it then did. The words do not say which.
        return (2 * exp(-_far(d, x) / 12) if d.mode is Mode.DENIED else 0, 0)
    near = abs(x.sentence - d.sentence) <= 1
    if near and x.kind is Kind.GAINS and x.retaken:
        return 2, -2  # "P, lost in May, was recovered by X"
    if x.sentence == d.sentence and x.kind is Kind.WITHDRAWS:
        return 2, -2  # "X left P, and with P lost …"
    return None


def _held_around(d: Draft, x: Draft, register: Register) -> tuple[float, float] | None:
    """Of "P was taken", from who holds it by the same sentence: what a clause below another tells came before it."""
    doc = register.census.document.sentences[d.sentence].doc
    taken, held = doc[d.token], doc[x.token]
    if x.cue.predicative and d.token < x.token:
        return TURNED  # "the capture of P, the rebels' last stronghold"
    if x.token < d.token and any(t.i == d.token for t in held.ancestors):
        return TURNED  # "P, where X held out, was taken"
    if taken.dep_ in ("acl", "acl:relcl") or (taken.tag_ == "VBN" and taken.dep_ == "advcl" and d.token < x.token):
        return 3, 0  # "keeps its hold on P, seized in July"; "Taken in May, the town serves X as a base"
    return None


def _of_states(d: Draft, firm: Sequence[Draft], register: Register, votes: dict[str, float]) -> None:
    """What it tells that a place lies in a state's own land."""
    home = d.country or register.census.country
    ours = register.bulletin.ours  # a movement frees towns, in its own bulletins
    state_at_home = f"gov:{ruler(home, register.census.on)}" if home else ""
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


def _of_speakers(d: Draft, register: Register, votes: dict[str, float]) -> None:
    """What it tells who says it."""
    own_deed = d.kind in OWN_DEEDS or (d.kind is Kind.GAINS and (d.mode is Mode.PLANNED or (d.retaken and not votes)))
    if d.side is None and (ours := register.bulletin.ours):
        # "Our troops hold P. An attack on Q was beaten off with losses to the enemy. R was abandoned", which they held
        rings = d.kind is Kind.BESIEGES and not ours.startswith("gov:")
        gets = d.kind is Kind.GAINS and (d.mode is Mode.PLANNED or d.retaken)
        if rings or gets or d.kind in (Kind.REPELS, Kind.CLEARS):
            votes[ours] += OURS
        elif d.kind is Kind.WITHDRAWS and (foe := register.other(ours, d.country)):
            votes[foe] += OURS
    if d.side and d.side != d.against and (d.side in votes or own_deed or _of_own_loss(d)):
        votes[d.side] += _by_speaker(d)


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


def at_home(actor: str, d: Draft, register: Register) -> bool:
    """Whether an actor is known to fight where the place lies; a state that comes for it may come from anywhere."""
    if actor.startswith("gov:"):
        return actor == f"gov:{d.country}" or (d.kind in COMES and not d.retaken)
    entry = register.census.lexicon.entry(actor)
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


def _of_own_loss(d: Draft) -> bool:
    """ "We have not lost P", "we admit that P is lost", "denied that P had been abandoned"."""
    given_up = d.kind is Kind.WITHDRAWS and d.mode is Mode.DENIED
    return given_up or (d.kind is Kind.LOSES and (d.mode is Mode.DENIED or d.stance is Stance.CONFIRMED))


def _by_speaker(d: Draft) -> float:
    """What it tells that one side says it: they speak of what they did and plan, and deny what the enemy did."""
    if d.kind is Kind.LOSES or _of_own_loss(d):
        return 3.0 if _of_own_loss(d) else 0.0
    if d.kind is Kind.BESIEGES and d.mode is Mode.ASSERTED:
        return 0.0  # "P is surrounded": those within say so as well
    if d.kind is Kind.GAINS and d.attribution is not None and lexis().has("boasts", d.attribution.lemma):
        return 3.0  # "the president announced the capture of P"
    if d.kind in COMES and d.mode is Mode.DENIED:
        return -2.0
    if d.retaken and d.kind is Kind.GAINS:
        return 3.0  # one's own side frees a place
    if d.kind in COMES and d.mode is Mode.PLANNED and not (d.country and d.side and _foreign(d.side, d.country)):
        return 3.0
    return 1.0
