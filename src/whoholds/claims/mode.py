"""Is it said to be so, planned, tried, possible or denied? Read from the words that govern a cue, inside out."""

from __future__ import annotations

from spacy.tokens import Token

from whoholds.annotate.document import Sentence
from whoholds.annotate.nominals import is_time, preposition
from whoholds.annotate.set_off import set_off
from whoholds.annotate.words import lexis
from whoholds.claims.mode_infinitive import governed_infinitive
from whoholds.claims.mode_words import (
    denies,
    goes_on_alone,
    is_doubtful,
    is_false,
    is_no_truth,
    is_unconfirmed,
    own_mode,
    worse,
)
from whoholds.model import Mode, Stance

STOPPERS = lexis()["stoppers"]
MISGIVINGS = lexis()["misgivings"]
WISHES = lexis()["wishes"]
MUSTERS = lexis()["musters"]
TO_COME = lexis()["to_come"]
CLAUSAL = frozenset(
    [
        "ccomp",
        "xcomp",
        "advcl",
        "acl",
        "acl:relcl",
        "parataxis",
        "csubj",
        "conj",
        "dep",
        "obj",
        "nmod",
        "obl",
        "nsubj",
        "nsubj:pass",
        "compound",
        "appos",
        "nsubj:outer",
        "advcl:relcl",
        "nmod:poss",
    ]
)
AT_RISK = frozenset(["danger", "risk", "verge", "brink", "point", "close", "near"])
"""What comes after these, with "of" or "to", is near, and has not happened."""
OUT_OF_IT = frozenset(["question", "talk", "way", "chance", "prospect", "intention", "thought"])
"""Where there is none of these, it is not so: "there is no question of P having been lost"."""
ENDS = frozenset(["end", "cease", "stop", "abate", "subside", "die", "ease", "let"])
"""What has not done so goes on."""
NOT_YET = frozenset(["when", "once", "until", "till"])
"""Words that make what follows as much to come as what it stands under."""


def read_mode(s: Sentence, i: int) -> tuple[Mode, Stance]:
    """Mode and stance of what the cue at token `i` says."""
    mode, stance = Mode.ASSERTED, Stance.PLAIN
    t = s.doc[i] if s.doc[i].dep_ != "cop" else s.doc[i].head
    if _modifies(t):
        # "may attack P, in rebel hands since May": how the rest is said does not touch it
        return own_mode(s, t)
    if s.text.rstrip().endswith("?") or _risked(t):
        mode = Mode.POSSIBLE
    for _ in range(8):
        own, own_stance = own_mode(s, t)
        mode = worse(mode, own)
        stance = own_stance if stance is Stance.PLAIN else stance
        head = t.head
        if head.i == t.i or t.dep_ not in CLAUSAL:
            break
        if t.dep_ in ("acl:relcl", "advcl:relcl", "appos") and not _is_content(t):
            break
        step, step_stance, go_on = _governed(s, t, head)
        if step is Mode.POSSIBLE and mode is Mode.PLANNED and t.dep_ in ("ccomp", "acl", "acl:relcl"):
            # "fear that they will take P": nobody says that they plan to
            return step, stance
        mode = worse(mode, step)
        if step is Mode.ATTEMPTED and (outer := own_mode(s, head)[0]) in (Mode.POSSIBLE, Mode.PLANNED):
            # "may try to take", "will try to take": not tried as yet
            return outer, stance
        stance = step_stance if stance is Stance.PLAIN else stance
        if not go_on:
            break
        t = head
    return mode, stance


def _risked(t: Token) -> bool:
    """ "risk being cut off", whatever the parser made of "risk"."""
    first = min([t.i, *(c.i for c in t.children if c.dep_ in ("aux", "aux:pass") and c.i < t.i)])
    verbal = t.tag_ == "VBG" or t.doc[first].lower_ in ("being", "getting")
    return verbal and first > 0 and t.doc[first - 1].lower_ in ("risk", "risks", "risked", "risking")


def _modifies(t: Token) -> bool:
    """ "P, in rebel hands since May", "the towns under its control": a state that a noun is described by."""
    if t.pos_ != "NOUN" or preposition(t) not in ("in", "under"):
        return False
    said = any(c.dep_ in ("cop", "mark") and c.lower_ not in ("in", "under") for c in t.children)
    if not said and t.dep_ in ("nmod", "acl") and t.head.pos_ in ("NOUN", "PROPN") and t.head.i < t.i:
        return True
    case = next(c for c in t.lefts if c.dep_ == "case")
    return t.dep_ == "obl" and not any(c.dep_ == "cop" for c in t.children) and set_off(case, t) is not None


def _is_content(t: Token) -> bool:
    """ "reports that P was taken": what is reported, though the parser takes it for a relative clause."""
    return any(c.lower_ == "that" and c.tag_ == "IN" and c.dep_ == "mark" for c in t.children)


def _first_infinitive(t: Token, head: Token) -> Token | None:
    """The infinitive under a verb that a bare one goes on with."""
    if any(c.dep_ in ("aux", "nsubj", "nsubj:pass", "mark") for c in t.children):
        return None
    return next((c for c in head.children if c.dep_ == "xcomp" and c.tag_ == "VB" and head.i < c.i < t.i), None)


def _governed(s: Sentence, t: Token, head: Token) -> tuple[Mode, Stance, bool]:
    """What the word above adds, and whether to look further up."""
    lex, lemma = lexis(), s.lemma(head)
    marks = _marks(t)
    infinitive = any(c.lower_ == "to" and c.dep_ == "mark" for c in t.children)
    if t.dep_ == "conj":
        if goes_on_alone(t):
            return Mode.ASSERTED, Stance.PLAIN, False
        if t.tag_ == "VB" and head.tag_ != "VB" and (first := _first_infinitive(t, head)) is not None:
            # "was going to take P and march on Q", where the parser hung the second on "going"
            return _governed(s, first, head)
        if infinitive or not any(c.dep_ in ("nsubj", "nsubj:pass") for c in t.children):
            return Mode.ASSERTED, Stance.PLAIN, True
        # A coordinated clause with a subject of its own stays under what governs the first, not under its modals.
        return _above_conj(s, head)
    if infinitive:
        if t.dep_ == "acl" and head.dep_ == "obl" and is_time(head):
            # "have been trying for weeks to take P"
            return governed_infinitive(s, t, head.head)
        return governed_infinitive(s, t, head)
    if "without" in marks or "instead" in marks or "rather" in marks or _far_from(t):
        return Mode.DENIED, Stance.PLAIN, False
    if "whether" in {c.lower_ for c in t.children if c.dep_ in ("mark", "advmod", "cc")}:
        # "it was not clear whether": neither said nor denied
        return Mode.POSSIBLE, Stance.PLAIN, False
    if lemma == "succeed" and "in" in marks:
        # "never succeeded in taking P"
        never = own_mode(s, head)[0] is Mode.DENIED
        return (Mode.ATTEMPTED if never else Mode.ASSERTED), Stance.PLAIN, not never
    if t.dep_ in ("ccomp", "csubj", "advcl") and is_doubtful(s, head):
        return Mode.POSSIBLE, Stance.PLAIN, False
    if lemma in AT_RISK and marks & {"of", "to"} and not infinitive:
        # "in danger of being encircled"
        return Mode.POSSIBLE, Stance.PLAIN, False
    if (
        lemma == "rule"
        and t.dep_ in ("ccomp", "obj", "xcomp", "advcl")
        and any(c.lower_ == "out" for c in head.children)
    ):
        return Mode.DENIED, Stance.PLAIN, False
    if t.dep_ in ("nmod", "obl", "acl", "ccomp", "acl:relcl") and lemma in (
        "sign",
        "indication",
        "evidence",
        "proof",
        "confirmation",
    ):
        none = any(c.lower_ in ("no", "little") and c.dep_ in ("det", "amod") for c in head.children)
        none |= head.dep_ == "obj" and own_mode(s, head.head)[0] is Mode.DENIED
        not_so = Mode.POSSIBLE if lemma == "confirmation" else Mode.DENIED
        return (not_so if none else Mode.ASSERTED), Stance.PLAIN, False
    if t.dep_ in ("acl", "nmod", "ccomp") and lemma in OUT_OF_IT:
        words = {c.lower_ for c in head.children}
        if words & {"no", "little", "scant"}:
            return (Mode.DENIED if "no" in words else Mode.POSSIBLE), Stance.PLAIN, False
    if t.dep_ in ("acl", "ccomp", "acl:relcl") and denies(s, head):
        # "Nobody disputes that P was taken"
        twice = own_mode(s, head)[0] is Mode.DENIED
        return (Mode.ASSERTED if twice else Mode.DENIED), Stance.PLAIN, False
    if t.dep_ in ("acl", "ccomp", "acl:relcl") and is_unconfirmed(s, head):
        return Mode.POSSIBLE, Stance.UNVERIFIED, False
    clausal = t.dep_ in ("nsubj", "csubj") and any(c.dep_ in ("mark", "nsubj") for c in t.children)
    if (clausal or t.dep_ in ("acl", "ccomp", "acl:relcl")) and is_no_truth(s, head):
        return Mode.DENIED, Stance.PLAIN, False
    about = head.head if t.dep_ == "acl" and head.dep_ == "nmod" and preposition(head) in ("about", "of") else None
    if about is not None and lex.has("told_things", s.lemma(about)) and is_false(s, head, about):
        # "reports about rebels leaving P were false"
        return Mode.DENIED, Stance.PLAIN, False
    if head.pos_ != "VERB" and t.dep_ in ("acl", "ccomp", "acl:relcl", "nmod") and lex.has("told_things", lemma):
        if denies(s, head.head) or is_false(s, t, head):
            return Mode.DENIED, Stance.PLAIN, False
        if t.dep_ != "nmod":
            return (Mode.POSSIBLE if lemma in ("rumour", "rumor") else Mode.ASSERTED), Stance.UNVERIFIED, False
    if t.dep_ == "advcl" and t.tag_ == "VBN" and lemma == "declare" and t.i == head.i + 1:
        # "will be declared liberated"
        return Mode.ASSERTED, Stance.PLAIN, True
    if t.dep_ == "advcl" and any(c.lower_ in NOT_YET and c.dep_ in ("mark", "advmod") for c in t.children):
        # "will march once P has fallen"
        return (Mode.PLANNED if read_mode(s, head.i)[0] is Mode.PLANNED else Mode.ASSERTED), Stance.PLAIN, False
    if t.dep_ in ("ccomp", "obj", "xcomp", "nsubj:pass", "obl", "advcl", "acl", "nmod"):
        if t.dep_ in ("advcl", "acl") and t.tag_ == "VBG" and lex.has("say", s.lemma(t)):
            # "denied this, saying that …": what is said is no longer what is denied
            return Mode.ASSERTED, Stance.PLAIN, False
        if denies(s, head) and t.dep_ in ("obj", "xcomp", "advcl", "nsubj:pass"):
            twice = own_mode(s, head)[0] is Mode.DENIED
            return (Mode.ASSERTED if twice else Mode.DENIED), Stance.PLAIN, False
        if lemma == "denial":
            return Mode.DENIED, Stance.PLAIN, False
        if lemma in STOPPERS and ("from" in marks or t.dep_ in ("obj", "nsubj:pass")):
            return (Mode.ATTEMPTED if "from" in marks else Mode.ASSERTED), Stance.PLAIN, False
        if lemma in MISGIVINGS:
            return Mode.POSSIBLE, Stance.PLAIN, False
        if lemma == "fail" and "in" in marks and not (t.pos_ == "NOUN" and lex.has("operations", s.lemma(t))):
            return Mode.ATTEMPTED, Stance.PLAIN, False
        if lemma == "attempt" and ("at" in marks or "of" in marks or t.dep_ == "obj"):
            return Mode.ATTEMPTED, Stance.PLAIN, False
        if t.dep_ in ("obj", "nsubj:pass") and lemma == "expect":
            return Mode.POSSIBLE, Stance.PLAIN, False
        if t.dep_ in ("obj", "nsubj:pass") and lemma in (
            "plan",
            "prepare",
            "want",
            "demand",
            "propose",
            "threaten",
            "order",
            "seek",
            "await",
            "promise",
            "urge",
            "consider",
        ):
            return Mode.PLANNED, Stance.PLAIN, True
        if (
            t.pos_ in ("VERB", "AUX")
            and t.tag_ == "VBG"
            and (
                (lex.has("planned", lemma) and marks & {"of", "at", "for", "to", "with", "on"})
                or (marks & {"at", "to"} and lemma in ("aim", "view", "way"))
            )
        ):
            return Mode.PLANNED, Stance.PLAIN, False
        if (
            t.pos_ == "NOUN"
            and marks & {"at", "for", "to", "of"}
            and (lemma in WISHES or ("for" in marks and lemma in MUSTERS))
        ):
            return (Mode.ATTEMPTED if lemma == "attempt" else Mode.PLANNED), Stance.PLAIN, False
        if t.dep_ == "ccomp":
            if lemma in ("hope", "expect", "demand", "want", "vow", "pledge", "promise", "threaten", "order"):
                return Mode.PLANNED, Stance.PLAIN, False
            if lemma in ("claim", "boast", "allege", "assert", "insist", "maintain"):
                return Mode.ASSERTED, Stance.CLAIMED, True
            if lemma in ("confirm", "acknowledge", "admit", "concede", "verify"):
                return Mode.ASSERTED, Stance.CONFIRMED, True
            return Mode.ASSERTED, Stance.PLAIN, True
    if t.dep_ in ("nsubj", "nsubj:pass", "obj", "obl", "nmod", "compound"):
        # A noun as an argument: its verb says whether it took place ("the siege was lifted", "no attack came").
        # "The fall of P could delay the vote": that it fell is not in doubt.
        if t.dep_ == "nsubj" and head.lower_ in ("question", "table") and {"out", "off"} & _marks(head):
            # "An attack on P is out of the question"
            return Mode.DENIED, Stance.PLAIN, False
        if t.dep_ == "nsubj" and (head.lower_ in TO_COME or _only_time(head)):
            # "The fall of P is imminent", "only a matter of time"
            return Mode.POSSIBLE, Stance.PLAIN, False
        acts = t.dep_ == "nsubj" and lemma not in ("take", "last") and any(c.dep_ == "obj" for c in head.children)
        if head.pos_ in ("VERB", "AUX") and t.dep_ in ("obj", "nsubj:pass", "nsubj"):
            own, _ = own_mode(s, head)
            if own is Mode.DENIED and lemma in (
                "take",
                "occur",
                "happen",
                "be",
                "see",
                "come",
                "launch",
                "lead",
                "plan",
                *ENDS,
                "result",
            ):
                return (Mode.DENIED if lemma not in ENDS else Mode.ASSERTED), Stance.PLAIN, False
            sure = acts and own is Mode.POSSIBLE
            if (
                own in (Mode.PLANNED, Mode.POSSIBLE)
                and not sure
                and lemma
                not in (
                    "have",
                    "say",
                    "show",
                    "open",
                    "mean",
                    "allow",
                    "give",
                )
            ):
                return own, Stance.PLAIN, False
        return Mode.ASSERTED, Stance.PLAIN, False
    if t.dep_ == "parataxis" and not lex.has("say", lemma) and not denies(s, head):
        # "Nobody had told them that the war was over; the town fell": a clause of its own
        return Mode.ASSERTED, Stance.PLAIN, False
    return Mode.ASSERTED, Stance.PLAIN, t.dep_ in ("xcomp", "parataxis", "csubj")


def _marks(t: Token) -> set[str]:
    return {c.lower_ for c in t.children if c.dep_ in ("mark", "case")}


def _only_time(t: Token) -> bool:
    """ "a matter of time", "a question of days"."""
    return t.lower_ in ("matter", "question") and any(
        c.dep_ == "nmod" and c.lower_ in ("time", "hours", "days", "weeks") for c in t.children
    )


def _far_from(t: Token) -> bool:
    """ "far from having left P"."""
    opening = [x.lower_ for x in t.doc[max(t.left_edge.i - 1, 0) : t.i]]
    return ["far", "from"] in (opening[:2], opening[1:3])


def _above_conj(s: Sentence, head: Token) -> tuple[Mode, Stance, bool]:
    if head.dep_ in ("ccomp", "conj") and head.head.i != head.i:
        return _governed(s, head, head.head)
    return Mode.ASSERTED, Stance.PLAIN, False
