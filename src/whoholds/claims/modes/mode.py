"""Is it said to be so, planned, tried, possible or denied? Read from the words that stand over a cue, inside out.

A cue says something by itself ("did not take P"). Then the word that it hangs on adds what it says of it ("denied that
they took P"), and so on up the sentence, as long as what is said goes on. Of all that is said the worst counts:
denied before tried, tried before planned, planned before possible, possible before asserted.

- `words`: what a word says by itself
- `link`: a word and the word over it; what a rule is, and what it says
- `truth`, `intent`, `infinitive`, `noun`: what the word over it adds; RULES has them in their order
"""

from __future__ import annotations

from whoholds.annotate.document import Sentence
from whoholds.annotate.listing import words
from whoholds.annotate.places.set_off import set_off
from whoholds.annotate.trees.nominals import is_time, preposition
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis
from whoholds.claims.modes.infinitive import to_do
from whoholds.claims.modes.intent import INTENT
from whoholds.claims.modes.link import GO_ON, NO_MORE, PLANNED, POSSIBLE, Link, Rule, Said, first_said
from whoholds.claims.modes.noun import NOUN, imminent
from whoholds.claims.modes.truth import TRUTH, declared_false, denies
from whoholds.claims.modes.words import (
    FUTURE,
    goes_on_alone,
    has_condition,
    is_condition,
    opens_condition,
    own_mode,
    own_stance,
    worse,
)
from whoholds.model import Mode, Stance

NOT_YET = lexis()["not_yet"]
CLAIMS = lexis()["claim_verbs"]
CONFIRMS = lexis()["confirm_verbs"]
PROMISES = lexis()["promises"]
PROPOSES = lexis()["proposes"]
RECALLS = lexis()["recalls"]
COURTESIES = lexis()["courtesies"]
ASKED_OF_DEEDS = frozenset(["when", "why", "how"])
PAST_AUXILIARIES = frozenset(["did", "had", "has", "have", "was", "were"])
PERFECT = frozenset(["had", "has", "have", "was", "were"])
STEPS = 8
"""Words over a cue that are looked at, at most."""
CARRIED = words(
    """ccomp xcomp advcl advcl:relcl acl acl:relcl parataxis csubj conj dep obj nmod nmod:poss obl nsubj nsubj:pass
    nsubj:outer compound appos"""
)
"""Relations by which a word says something of what hangs on it."""


def read_mode(s: Sentence, i: int) -> tuple[Mode, Stance]:
    """Mode and stance of what the cue at token `i` says."""
    word = s.doc[i].head if s.doc[i].dep_ == "cop" else s.doc[i]
    mode, stance = own_mode(s, word), own_stance(word)
    if _describes(word):
        return mode, stance
    conditional = vowed = False
    if _is_asked(s, word) or _risked(word):
        # "Will they march on P?": nobody says that they plan to
        mode = Mode.POSSIBLE if mode is Mode.PLANNED else worse(mode, Mode.POSSIBLE)
    for _ in range(STEPS):
        conditional = conditional or has_condition(word)
        if not _is_carried(word):
            break
        if _starts_anew(word):
            # "said that P had not fallen and that A held Q": what governs the first governs the second
            word = word.head
            mode = worse(mode, Mode.POSSIBLE) if opens_condition(word) else mode
            if not _is_reported(word):
                break
            continue
        link = Link(s, word, word.head)
        said = governed(link)
        vowed = vowed or link.lemma in PROMISES
        if said.stance is not Stance.PLAIN and stance is Stance.PLAIN:
            stance = said.stance
        mode = _with(mode, said.mode, link)
        if not said.further:
            break
        word = link.over
        mode = worse(mode, own_mode(s, word))
        stance = own_stance(word) if stance is Stance.PLAIN else stance
    if mode is Mode.PLANNED and conditional and not vowed:
        # "will take P if they stay", "is ready to take P if they stay"; "threatened to attack P if they stay" is a plan
        mode = Mode.POSSIBLE
    if mode in (Mode.ASSERTED, Mode.PLANNED) and declared_false(s, i):
        mode = Mode.DENIED
    return mode, stance


def governed(link: Link) -> Said:
    """What the word over a claim adds: what the first of the RULES says that speaks of the two words."""
    return first_said(RULES, link) or (GO_ON if link.relation in ("xcomp", "parataxis", "csubj") else NO_MORE)


def coordinated(link: Link) -> Said | None:
    """ "will take P and march on Q": what governs the first governs the second, unless it has a subject of its own."""
    word, over = link.word, link.over
    if link.relation != "conj":
        return None
    if _goes_on_telling(word) and (first := next((c for c in over.children if c.dep_ == "xcomp"), None)) is not None:
        return governed(Link(link.s, first, over))
    if word.tag_ == "VB" and over.tag_ != "VB" and (first := _infinitive_before(word, over)) is not None:
        # "was going to take P and march on Q", where the parser hung the second on "going"
        return governed(Link(link.s, first, over))
    return GO_ON


def infinitive(link: Link) -> Said | None:
    """ "plans to take P": see `infinitive`."""
    if not link.infinitive or is_condition(link.word):
        # "if they were to take P": no more is said than that they may
        return None
    if link.relation == "acl" and link.over.dep_ in ("obl", "obl:unmarked", "obj") and is_time(link.over):
        # "have been trying for weeks to take P", "needed an hour to take P"
        link = Link(link.s, link.word, link.over.head)
    return to_do(link)


def not_yet(link: Link) -> Said | None:
    """ "will march once P has fallen", "will fight on until P is free": as much to come as what it stands under."""
    predicate = link.relation in ("obl", "parataxis") and any(c.dep_ in ("cop", "nsubj") for c in link.word.children)
    if link.relation != "advcl" and not predicate:
        return None
    if not _opened(link.word):
        return None
    return imminent(link) or (PLANNED if _to_come(link) else NO_MORE)


def _opened(word: Token) -> bool:
    """ "until P is ours", "until all of P is ours", where the parser hung "until" on "all"."""
    beside = (x for c in (word, *word.lefts) if c is word or c.dep_.startswith("nsubj") for x in c.children)
    return any(x.lower_ in NOT_YET and x.dep_ in ("mark", "advmod", "case") for x in beside)


def _to_come(link: Link) -> bool:
    """What it stands under is to come, or is not to end before: "will not stop until", "vowed not to stop until"."""
    mode = read_mode(link.s, link.over.i)[0]
    if mode is not Mode.DENIED:
        return mode is Mode.PLANNED
    vowed = link.over.dep_ == "xcomp" and link.s.lemma(link.over.head) in PROMISES
    return vowed or any(c.lower_ in FUTURE and c.dep_ == "aux" for c in link.over.children)


def back_again(link: Link) -> Said | None:
    """ "will be back in their hands", "is not yet back in them": what is said of "back" is said of the hands."""
    over = link.over
    predicate = over.pos_ == "ADV" and any(c.dep_ == "cop" for c in over.children)
    return GO_ON if link.relation in ("obl", "nmod") and predicate else None


def content(link: Link) -> Said | None:
    """ "said that P fell", "vowed that P would be free", "claimed that P fell", "confirmed that P fell"."""
    if link.relation in ("acl", "acl:relcl") and link.over.pos_ == "NOUN" and "that" in link.marks:
        # "repeated its demand that they leave P"
        return PLANNED if link.lemma in PROMISES else None
    if link.relation != "ccomp":
        return None
    if link.lemma in PROMISES:
        return PLANNED
    if link.lemma in PROPOSES and (link.word.tag_ == "VB" or any(c.tag_ == "VB" for c in link.word.children)):
        # "proposed that they leave P", "that P be vacated"
        return POSSIBLE
    stance = Stance.CLAIMED if link.lemma in CLAIMS else Stance.CONFIRMED if link.lemma in CONFIRMS else Stance.PLAIN
    return Said(stance=stance, further=not _only_telling_is_to_come(link))


def _only_telling_is_to_come(link: Link) -> bool:
    """ "You will recall that they took P", "broke off the programme to announce that P had fallen": it has."""
    over, recalled = link.over, link.lemma in RECALLS
    if _is_courtesy(link.s, over):
        return True
    had = any(c.lower_ in PERFECT and c.dep_ in ("aux", "aux:pass") for c in link.word.children)
    if not (lexis().has("say", link.lemma) or recalled) or not (recalled or had or link.word.tag_ == "VBD"):
        return False
    if own_mode(link.s, over) is Mode.PLANNED:
        return True
    above = Link(link.s, over, over.head)
    return above.infinitive and above.relation in ("advcl", "acl") and to_do(above).mode is Mode.PLANNED


def _is_courtesy(s: Sentence, telling: Token) -> bool:
    """ "is pleased to announce that they hold P", "We have to state that P is lost", "I must tell you": it is told."""
    if not lexis().has("say", s.lemma(telling)):
        return False
    if any(c.lower_ == "must" and c.dep_ == "aux" for c in telling.children):
        return any(c.lower_ in ("i", "we") and c.dep_ == "nsubj" for c in telling.children)
    over = telling.head
    polite = telling.dep_ == "xcomp" and s.lemma(over) in COURTESIES and own_mode(s, over) is not Mode.DENIED
    return polite and any(c.tag_ == "TO" for c in telling.children)


def after_colon(link: Link) -> Said | None:
    """ "found nobody to fight: the rebels had left P": a sentence of its own, unless it is what somebody says."""
    if link.relation not in ("ccomp", "parataxis", "advcl", "conj") or link.word.i < link.over.i:
        return None
    colon = any(t.text == ":" for t in link.s.doc[link.over.i : link.word.left_edge.i + 1])
    states = any(c.dep_ in ("nsubj", "nsubj:pass") for c in link.word.children)
    tells = lexis().has("say", link.lemma) or link.lemma in PROMISES
    return NO_MORE if colon and states and link.over.pos_ == "VERB" and not tells else None


def having_done(link: Link) -> Said | None:
    """ "will return to P, having lost Q": lost it is already; "denied having lost Q" is no such."""
    having = any(c.lower_ == "having" and c.dep_ == "aux" for c in link.word.children)
    first = link.word.left_edge.i
    apart = any(t.text == "," for t in link.s.doc[max(first - 2, 0) : first + 1])
    return NO_MORE if having and apart and not link.marks else None


def beside(link: Link) -> Said | None:
    """ "Nobody had told them that it was over; the town fell": a clause of its own, unless it is said or denied."""
    if link.relation != "parataxis":
        return None
    apart = any(
        t.text == ";" for t in link.s.doc[link.over.i : link.word.i]
    )  # "did not confirm it; troops still hold P"
    states = any(c.dep_ in ("nsubj", "nsubj:pass") for c in link.word.children)
    if apart and states and link.word.i > link.over.i:
        # "has not confirmed the loss; troops still held P, a spokesman said"
        return NO_MORE
    return None if lexis().has("say", link.lemma) or (denies(link.s, link.over) and not apart) else NO_MORE


RULES: tuple[Rule, ...] = (
    after_colon,
    having_done,
    coordinated,
    infinitive,
    not_yet,
    back_again,
    *TRUTH,
    *INTENT,
    content,
    *NOUN,
    beside,
)
"""In their order: how the words are joined, whether it is so, whether it has come about, who says it, and what becomes
of a noun."""


def _with(mode: Mode, said: Mode, link: Link) -> Mode:
    """The mode so far, and what the word over it says."""
    if said is Mode.POSSIBLE and mode is Mode.PLANNED and link.relation in ("ccomp", "acl", "acl:relcl"):
        # "fear that they will take P": nobody says that they plan to
        return said
    if said is Mode.ATTEMPTED and (outer := own_mode(link.s, link.over)) in (Mode.POSSIBLE, Mode.PLANNED):
        # "may try to take P", "will try to take P": not tried as yet
        return worse(mode, outer)
    return worse(mode, said)


def _is_carried(word: Token) -> bool:
    """What stands over the word says something of it: not in "P, which they took, …"."""
    if word.head.i == word.i or word.dep_ not in CARRIED:
        return False
    # "reports that P was taken": what is reported, though the parser takes it for a relative clause
    content = any(c.lower_ == "that" and c.tag_ == "IN" and c.dep_ == "mark" for c in word.children)
    if any(g.lower_ == "which" for c in word.children if c.dep_.startswith("nsubj") for g in c.children):
        # "must know that P and Q, both of which are encircled, will fall"
        return False
    return content or word.dep_ not in ("acl:relcl", "advcl:relcl", "appos")


def _starts_anew(word: Token) -> bool:
    """ "will attack P, and A has left Q", "hold no town and have left P": what the first says of itself ends there."""
    if word.dep_ != "conj" or any(c.lower_ == "to" and c.dep_ == "mark" for c in word.children):
        return False
    if _goes_on_telling(word):
        return False
    return goes_on_alone(word) or any(c.dep_ in ("nsubj", "nsubj:pass") for c in word.children)


def _goes_on_telling(word: Token) -> bool:
    """ "We are going to take P, and then we take Q": as much to come."""
    return word.tag_ == "VBP" and any(c.lower_ == "then" for c in word.children)


def _is_reported(word: Token) -> bool:
    return word.dep_ in ("ccomp", "conj") and word.head.i != word.i


def _is_asked(s: Sentence, word: Token) -> bool:
    """ "Is P next?"; what stands before a colon or semicolon is told: "The rebels have left P; where are they?"

    "When did they take P?", "Why have they left P?": that they did is taken for granted.
    """
    if s.doc[0].lower_ in ASKED_OF_DEEDS and any(t.lower_ in PAST_AUXILIARIES for t in s.doc[1:3]):
        return False
    return s.text.rstrip().endswith("?") and not any(t.text in (":", ";") for t in s.doc[word.i :])


def _risked(word: Token) -> bool:
    """ "risk being cut off", whatever the parser made of "risk"."""
    first = min([word.i, *(c.i for c in word.children if c.dep_ in ("aux", "aux:pass") and c.i < word.i)])
    verbal = word.tag_ == "VBG" or word.doc[first].lower_ in ("being", "getting")
    return verbal and first > 0 and word.doc[first - 1].lemma_ == "risk"


def _describes(word: Token) -> bool:
    """ "may attack P, in rebel hands since May": how the rest is said does not touch what a noun is described by."""
    if word.pos_ != "NOUN" or preposition(word) not in ("in", "under"):
        return False
    said = any(c.dep_ in ("cop", "mark") and c.lower_ not in ("in", "under") for c in word.children)
    nominal = word.head.pos_ in ("NOUN", "PROPN", "NUM", "PRON")  # "P and Q, both in rebel hands"
    if not said and word.dep_ in ("nmod", "acl") and nominal and word.head.i < word.i:
        return True
    case = next(c for c in word.lefts if c.dep_ == "case")
    return word.dep_ == "obl" and not any(c.dep_ == "cop" for c in word.children) and set_off(case, word) is not None


def _infinitive_before(word: Token, over: Token) -> Token | None:
    """The infinitive under a verb that a bare one goes on with."""
    if any(c.dep_ in ("aux", "nsubj", "nsubj:pass", "mark") for c in word.children):
        return None
    return next((c for c in over.children if c.dep_ == "xcomp" and c.tag_ == "VB" and over.i < c.i < word.i), None)
