"""Rules on whether a claim is so: what is denied, doubted, unconfirmed, false, or only told (see `mode`)."""

from __future__ import annotations

from collections.abc import Sequence

from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.nominals import preposition
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis
from whoholds.claims.modes.link import DENIED, NO_MORE, POSSIBLE, Link, Rule, Said
from whoholds.claims.modes.words import NOT, own_mode
from whoholds.model import Mode, Stance

INSTEAD = lexis()["instead"]
DOUBTFUL = lexis()["doubtful"]
SURE = lexis()["sure"]
SIGNS = lexis()["signs"]
THOUGHTS = lexis()["thoughts"]
CONFIRM = lexis()["confirm"]
CONCEALS = lexis()["conceals"]
TO_COME = lexis()["to_come"]
NO_GROUNDS = lexis()["no_grounds"]
AGREES = lexis()["agrees_with"]
WRONGLY = frozenset(["wrongly", "falsely", "incorrectly", "mistakenly", "erroneously"])
BE = frozenset(["is", "are", "was", "were"])
INVERTED = 6
"""Words before the one for what was said, at most: "Equally untrue, in our view, is the claim"."""
RUMOURS = frozenset(["rumour", "rumor"])
SAYS_SO = frozenset(["say", "claim", "pretend", "assert"])
"""Infinitives that open a sentence: "To say that P is ours is a lie"."""
TRUE = frozenset(["true", "correct", "accurate", "right"])
EXCLUDES = lexis()["excludes"]
CIRCUMSTANCES = frozenset(["though", "although", "while", "whereas", "after", "when", "since", "because", "as"])
"""What opens a clause that is not what is denied: "denied it, though rebels were in P"."""
CONTENT = ("acl", "ccomp", "acl:relcl")
"""How what is said hangs on the word that says it: "the claim that P fell", "claim that P fell"."""


def instead_of(link: Link) -> Said | None:
    """ "without taking P", "instead of taking P", "far from having left P", "short of entering P"."""
    opening = [x.lower_ for x in link.word.doc[max(link.word.left_edge.i - 1, 0) : link.word.i]]
    far = any(words in (opening[:2], opening[1:3]) for words in (["far", "from"], ["short", "of"]))
    return DENIED if far or link.marks & INSTEAD else None


def whether(link: Link) -> Said | None:
    """ "It was not known whether P had fallen": neither said nor denied."""
    asked = any(c.lower_ == "whether" and c.dep_ in ("mark", "advmod", "cc") for c in link.word.children)
    return POSSIBLE if asked else None


def doubtful(link: Link) -> Said | None:
    """ "It is not clear that P fell", "far from certain that", "doubtful that", "inevitable that P will fall"."""
    if link.relation not in ("ccomp", "csubj", "advcl"):
        return None
    over = link.over
    far = over.head.lower_ == "far" or any(c.lower_ == "far" for c in over.children)
    return (
        POSSIBLE if over.lower_ in DOUBTFUL | TO_COME or (over.lower_ in SURE and (far or link.over_denied)) else None
    )


def ruled_out(link: Link) -> Said | None:
    """ "The general ruled out that P had fallen"; "An attack on P cannot be ruled out", "is not to be excluded"."""
    if link.lemma not in EXCLUDES or link.relation not in ("ccomp", "obj", "xcomp", "advcl", "nsubj:pass"):
        return None
    if link.lemma == "rule" and not any(c.lower_ == "out" for c in link.over.children):
        return None
    if link.over_denied:
        return POSSIBLE
    # "P was excluded from the truce": only what somebody does can be ruled out
    return DENIED if link.relation != "nsubj:pass" or link.word.pos_ == "NOUN" else None


def no_part_of(link: Link) -> Said | None:
    """ "An attack on P is no part of its plans", "is not on the agenda"."""
    over = link.over
    if link.relation != "nsubj" or not link.over_denied:
        return None
    planned = [over, *(c for c in over.children if c.dep_ == "nmod" and over.lower_ == "part")]
    return DENIED if any(lexis().has("intended", link.s.lemma(x)) for x in planned) else None


def of_none(link: Link) -> Said | None:
    """ "There is no column on the way to P", "No rebels on the way to P": where none is, none comes."""
    over = link.over
    none = link.relation == "nmod" and any(c.lower_ == "no" and c.dep_ == "det" for c in over.children)
    if not none or link.word.pos_ != "NOUN" or preposition(link.word) not in ("on", "in", "under"):
        return None
    there = over.dep_ == "nsubj" and any(c.dep_ == "expl" for c in over.head.children)
    return DENIED if there or over.dep_ in ("root", "ROOT") or _is_headline(link.s, over) else None


def _is_headline(s: Sentence, t: Token) -> bool:
    """ "No rebels on the way to P, Chad insists", whose verb the parser may take for a noun."""
    comma = any(c.text == "," and c.i > t.i for c in t.children)
    return comma and t.head.i > t.i and lexis().has("say", s.lemma(t.head), t.head.lower_.removesuffix("s"))


def sign(link: Link) -> Said | None:
    """ "There is no sign of them leaving P", "saw no evidence that they had": not so; "signs that they left": so."""
    over = _thing(link)
    if link.s.lemma(over) not in SIGNS or link.relation not in (*CONTENT, "nmod", "obl"):
        return None
    none = any(c.lower_ in ("no", "little") and c.dep_ in ("det", "amod") for c in over.children)
    none |= over.dep_ == "obj" and own_mode(link.s, over.head) is Mode.DENIED
    if not none:
        return NO_MORE
    return POSSIBLE if over.lower_ == "confirmation" else DENIED


def _thing(link: Link) -> Token:
    """What is spoken of in "there is no sign so far *of an advance*", whatever the parser hung the phrase on."""
    over = link.over
    if link.relation != "obl" or "of" not in link.marks:
        return over
    while over.pos_ == "ADV" and over.dep_ == "advmod":
        over = over.head
    there = any(c.dep_ == "expl" for c in over.children)
    return next((c for c in over.children if c.dep_ == "nsubj" and c.i < link.word.i), over) if there else over


def no_thought(link: Link) -> Said | None:
    """ "There is no question of P having been lost"; "little chance of it being held" leaves some."""
    over = _thing(link)
    if link.s.lemma(over) not in THOUGHTS or link.relation not in ("acl", "nmod", "ccomp", "obl"):
        return None
    words = {c.lower_ for c in over.children}
    if "no" in words:
        return DENIED
    return POSSIBLE if words & {"little", "scant"} else None


def said_besides(link: Link) -> Said | None:
    """ "denied this, saying that P held": what is said is no longer what is denied."""
    aside = link.relation in ("advcl", "acl") and link.word.tag_ == "VBG" and link.over.pos_ == "VERB"
    return NO_MORE if aside and lexis().has("say", link.s.lemma(link.word)) else None


def denied(link: Link) -> Said | None:
    """ "denied that P was taken", "denied the capture of P"; "Nobody disputes that P was taken": so."""
    if link.relation not in (*CONTENT, "obj", "xcomp", "advcl", "nsubj:pass"):
        return None
    if link.lemma in CONCEALS and link.over_denied:
        # "did not hide that they remain in P"
        return NO_MORE
    if not denies(link.s, link.over):
        return None
    return NO_MORE if link.over_denied or (link.relation == "advcl" and link.marks & CIRCUMSTANCES) else DENIED


def denial(link: Link) -> Said | None:
    """ "a denial that P had fallen", "their denial of the loss of P"."""
    return DENIED if link.lemma == "denial" and link.relation in (*CONTENT, "nmod", "obl") else None


def unconfirmed(link: Link) -> Said | None:
    """ "could not confirm that P had fallen", "no confirmation that it had"."""
    if link.relation not in CONTENT:
        return None
    if link.over.lower_ == "confirmation":
        none = any(c.lower_ in ("no", "without") and c.i < link.over.i for c in link.over.children)
    else:
        none = _not_confirmed(link.s, link.over)
    return Said(Mode.POSSIBLE, Stance.UNVERIFIED) if none else None


def _not_confirmed(s: Sentence, verb: Token) -> bool:
    """ "has not confirmed", "was not able to verify", "is unable to verify"."""
    if s.lemma(verb) not in CONFIRM:
        return False
    over = verb.head
    unable = verb.dep_ == "xcomp" and (over.lower_ == "unable" or own_mode(s, over) is Mode.DENIED)
    return unable or own_mode(s, verb) is Mode.DENIED


def untrue(link: Link) -> Said | None:
    """ "It is a lie that P has fallen", "There is no truth in reports that it has"."""
    clause = link.relation in ("nsubj", "csubj") and any(c.dep_ in ("mark", "nsubj") for c in link.word.children)
    clause = clause or (link.relation == "parataxis" and "that" in link.marks)
    return DENIED if (clause or link.relation in CONTENT) and _is_no_truth(link.s, link.over) else None


def past_insertion(link: Link) -> Said | None:
    """ "It is not true, as they claim, that P has fallen", where the parser hung the fall on "claim"."""
    over = link.over
    if link.relation != "ccomp" or over.dep_ != "advcl" or not any(c.lower_ == "as" for c in over.children):
        return None
    apart = link.word.doc[max(link.word.left_edge.i - 1, 0)].text == ","
    return untrue(Link(link.s, link.word, over.head)) if apart else None


def told_about(link: Link) -> Said | None:
    """ "Reports about rebels leaving P were false", "What is told of an attack on P is untrue"."""
    over = link.over
    if link.relation == "obl" and over.dep_ == "csubj" and link.marks & {"about", "of"}:
        return DENIED if _is_no_truth(link.s, over.head) else None
    if link.relation != "acl" or over.dep_ != "nmod" or preposition(over) not in ("about", "of"):
        return None
    about = lexis().has("told_things", link.s.lemma(over.head)) and is_false(link.s, over, over.head)
    return DENIED if about else None


def told(link: Link) -> Said | None:
    """ "Claims that P has fallen" are somebody's; "rumours that it has" say less; "claims that it has are false"."""
    over = link.over
    if over.dep_ == "acl" and over.tag_ in ("VBG", "VBN") and link.relation == "ccomp":
        # "claims circulating on social media that P has fallen"
        return told(Link(link.s, link.word, over.head))
    verb = over.pos_ == "VERB" and over.dep_ not in ("nsubj", "nsubj:pass")  # "Claims that P fell are untrue"
    content = link.relation in (*CONTENT, "nmod") or (link.relation == "parataxis" and "that" in link.marks)
    if verb or not content or not lexis().has("told_things", link.lemma):
        return None
    if denies(link.s, over.head) or is_false(link.s, link.word, over):
        return DENIED
    if link.relation == "nmod":
        return POSSIBLE if link.lemma in RUMOURS and link.marks & {"of", "about"} else None
    if over.dep_ == "obj" and _not_confirmed(link.s, over.head):
        # "could not verify claims that P fell"
        return Said(Mode.POSSIBLE, Stance.UNVERIFIED)
    return Said(Mode.POSSIBLE if link.lemma in RUMOURS else Mode.ASSERTED, Stance.UNVERIFIED)


def denies(s: Sentence, t: Token) -> bool:
    """A verb of denial; its present may be taken for a noun ("the ministry denies")."""
    return lexis().has("deny", s.lemma(t)) or t.lower_ in ("denies", "rejects", "refutes", "disputes", "dismisses")


def is_false(s: Sentence, t: Token, told: Token) -> bool:
    """ "Reports that P was taken were false", "proved a fabrication", "false reports that P fell"."""
    if _is_no_truth(s, told.head) or (lexis().has("not_news", s.lemma(told.head)) and _is_said_of(told)):
        return True
    end = t.right_edge.i + 1
    # "Reports that A took P are wrong", where the parser took "P are wrong" for a clause of its own
    predicate = next((c for c in t.children if c.dep_ == "ccomp" and any(g.dep_ == "cop" for g in c.children)), None)
    end = min(end, predicate.i) if predicate is not None else end
    rest = next((x.i for x in s.doc[end:] if x.text in (";", ":")), len(s.doc))
    said = [told.head, *told.head.children, *told.children, *s.doc[end:rest]]
    if "true" in (words := {x.lower_ for x in said}) and NOT & words:
        return True
    if any(x.lower_ in NO_GROUNDS and _is_no_truth(s, x) for x in said):
        # "have no basis"
        return True
    # "described reports that they left P as a fabrication", "called reports that they left P false"
    said += [c for c in t.children if c.dep_ == "xcomp" or (c.dep_ == "obl" and preposition(c) == "as")]
    return any(lexis().has("not_so", x.lower_, s.lemma(x)) for x in said)


def _is_said_of(told: Token) -> bool:
    """ "Claims that P fell are propaganda"."""
    return told.dep_ == "nsubj" and any(c.dep_ == "cop" for c in told.head.children)


def _is_no_truth(s: Sentence, t: Token) -> bool:
    if t.lower_ in NO_GROUNDS:
        before = {c.lower_ for c in t.children if c.i < t.i}
        return bool(before & {"no", "little", "without"}) or ("any" in before and own_mode(s, t.head) is Mode.DENIED)
    if t.lower_ in TRUE:
        return own_mode(s, t) is Mode.DENIED  # "It is not true that P has fallen"
    if t.pos_ not in ("NOUN", "ADJ", "PROPN") or not lexis().has("not_so", t.lower_, s.lemma(t)):
        return False
    return own_mode(s, t) is not Mode.DENIED


def falsely(link: Link) -> Said | None:
    """ "It was wrongly claimed that P had fallen"."""
    wrongly = link.relation in ("ccomp", "csubj") and lexis().has("say", link.lemma)
    return DENIED if wrongly and any(c.lower_ in WRONGLY for c in link.over.children) else None


def declared_false(s: Sentence, i: int) -> bool:
    """ "Claims spread by rebels that they hold P are a lie", "Untrue is the claim that", "To say that … isn't right".

    By the order of the words: the parser seldom finds a verb so far off.
    """
    told = next(
        (x.i for x in s.doc[: min(i, INVERTED + 1)] if x.lower_ in SAYS_SO or lexis().has("told_things", s.lemma(x))),
        None,
    )
    if told is None or not any(x.lower_ in ("that", "which") for x in s.doc[told + 1 : i]):
        return False
    if any(x.lower_ in BE for x in s.doc[:told]):
        return _is_no(s.doc[:told]) and not _aside(s.doc[i], told)
    if told > 1 or _aside(s.doc[i], told):
        return False
    if _is_unlike_facts(s, i):
        return True
    for be in s.doc[i + 1 :]:
        if be.text in (";", ":"):
            return False
        if be.lower_ in BE and s.doc[be.i - 1].pos_ != "PRON":
            rest = (x.i for x in s.doc[be.i + 1 :] if x.pos_ in ("PUNCT", "ADP", "SCONJ", "CCONJ"))
            said = s.doc[be.i + 1 : next(rest, len(s.doc))]
            if _is_no(said) or any(x.lower_ in TRUE or s.lemma(x) in CONFIRM for x in said):
                return _is_no(said)
    return False


def _is_unlike_facts(s: Sentence, i: int) -> bool:
    """ "The assertion that they hold P does not correspond to reality"."""
    for x in s.doc[i + 1 :]:
        if s.lemma(x) in AGREES and any(c.lower_ in NOT for c in x.children):
            return any(lexis().has("reality", y.lower_) for y in s.doc[x.i + 1 : x.i + 4])
    return False


def _aside(word: Token, told: int) -> bool:
    """ "The claim that they attack P, which they lost in May, is a lie": the loss is not what is claimed."""
    over = next((x for x in (word, *word.ancestors) if x.dep_ == "acl:relcl"), None)
    return over is not None and over.head.i > told


def _is_no(words: Sequence[Token]) -> bool:
    """ "a lie", "not quite right"; not "no lie"."""
    no = any(x.lower_ in NOT or x.lower_ == "no" for x in words)
    if any(lexis().has(name, x.lower_) for x in words for name in ("not_so", "not_news")):
        return not no
    return no and any(x.lower_ in TRUE for x in words)


TRUTH: tuple[Rule, ...] = (
    instead_of,
    falsely,
    whether,
    doubtful,
    ruled_out,
    no_part_of,
    of_none,
    sign,
    no_thought,
    said_besides,
    denied,
    denial,
    unconfirmed,
    untrue,
    past_insertion,
    told_about,
    told,
)
