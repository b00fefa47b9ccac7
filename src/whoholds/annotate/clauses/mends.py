"""Repairs of single clauses, each for one usual fault of the parser. They change drafts in place.

The faults were found by comparing parses with the gold trees of the treebanks' development sets, on verbs of control.
"""

from __future__ import annotations

from whoholds.annotate.clauses.drafts import INTRANSITIVE, SUBJECT, TRANSITIVE, Draft, marks
from whoholds.annotate.listing import words
from whoholds.annotate.mending.tagging import ONLY_PAST
from whoholds.annotate.trees.nominals import (
    NMOD,
    OBL,
    expand,
    is_doer,
    is_nominal,
    is_time,
    nested,
    nominal_modifiers,
    noun_from,
    past_phrases,
    preposition,
    with_preposition,
)
from whoholds.annotate.trees.noun_args import may_lift
from whoholds.annotate.trees.tree import Doc, Token
from whoholds.annotate.words import lexis

_FROM_VERBS = words(
    """take seize capture retake recapture wrest regain reclaim liberate free clear recover gain win secure drive push
    expel oust evict dislodge withdraw move pull remove evacuate force repel retrieve snatch rid eject chase flush
    transfer bring send relocate redeploy conquer"""
)
"""Verbs that say where something is taken from."""
_TO_VERBS = words(
    """lose hand cede surrender give transfer yield turn return relinquish concede abandon leave move push drive
    advance send bring extend deploy evacuate"""
)
"""Verbs that say to whom or where something goes."""
_RID_VERBS = words("clear rid cleanse purge free sweep empty deprive strip dispossess relieve rob divest")
"""Verbs that say what somewhere, or somebody, is made free "of"."""
_TIME_PREPOSITIONS = frozenset(("on", "in", "during", "since", "after", "before", "at", "by", "until", ""))
_INTO = frozenset(("into", "through", "towards", "toward", "onto", "across", "past", "along"))
"""Prepositions of movement."""
_ACTIONS = words(
    """attack assault offensive raid advance capture siege push operation strike statement report bombing ambush
    withdrawal occupation seizure takeover invasion"""
)
"""Nouns whose own agent "by" may name ("after an attack by rebels")."""
_POWER = words("control hand hands grip rule possession")
"""Nouns for having a place: what is in somebody's hands is abandoned, and not the hands."""
_CIRCUMSTANCES = words("despite amid after before following during over since under because")


def misread_verb(d: Draft, drafts: dict[int, Draft]) -> None:
    """A finite verb taken for part of a compound ("Rebels seize town", "Hundreds mounted attacks"): the noun before
    it is the subject, the noun it hangs on or that follows is the object. Without a noun before it ("called
    witnesses, and seized documents") it shares the subject of the verb above."""
    token, doc = d.token, d.doc
    if d.subjects or d.objects or d.auxiliaries or token.tag_ not in ("VBD", "VBP", "VBZ", "VBN"):
        return
    if token.dep_ not in ("compound", "flat", "nmod", "nmod:desc", "nmod:unmarked", "appos", "amod", "obj", "dep"):
        return
    before = _before_time(doc, token.i)
    named = before is not None and before.pos_ in ("NOUN", "PROPN")
    if token.tag_ == "VBN" or token.dep_ == "amod":
        # A participle before a noun is the rule; it is doubted only where the sentence has no other verb.
        if not named or token.head.dep_ != "ROOT" or token.head.i < token.i:
            return
        if any(o.token.dep_ in ("ROOT", "ccomp") for o in drafts.values() if o is not d):
            return
    if named and before is not None:
        d.subjects = [j for j in expand(doc, before.i) if j < token.i]
    else:
        above = next((drafts[t.i] for t in token.ancestors if t.i < token.i and t.i in drafts), None)
        if above is None or above.copula is not None:
            return
        d.subjects = [j for j in above.subjects if j < token.i]
    right = token.head.i if token.head.i > token.i and is_nominal(token.head) else noun_from(doc, token.i + 1)
    if right is not None:
        d.objects = [j for j in expand(doc, right) if j > token.i]
        # What follows the object was hung on the subject, there being no verb.
        d.obliques += [(p, j) for i in d.subjects for p, j in nominal_modifiers(doc, i) if j > right]


def _before_time(doc: Doc, i: int) -> Token | None:
    """The word before a verb, past a time between the two ("troops on Tuesday drove"), as agencies write."""
    j = i - 1
    if j > 0 and doc[j].tag_ == "NNP" and is_time(doc[j]):
        j -= 2 if doc[j - 1].lower_ == "on" else 1
    return doc[j] if j >= 0 else None


def reduced(d: Draft) -> None:
    """Participles on a noun: "the town captured by X" (passive), "militants holding the town" (active), and "Some 400
    rebels left the town" read as a noun with a participle (finite, active)."""
    token, doc, noun = d.token, d.doc, d.token.head
    if d.subjects or token.dep_ not in ("acl", "amod", "acl:relcl") or "to" in marks(token):
        return
    if token.dep_ == "acl:relcl":
        if token.tag_ in ("VBD", "VBZ", "VBP", "VBN", "MD") or d.auxiliaries:
            d.subjects = [noun.i]
    elif not is_nominal(noun):
        return
    elif token.tag_ == "VBG" and marks(token) and any(c.dep_ == "cop" for c in noun.children):
        # "is on the verge of taking the town": who is
        d.subjects = [j for c in noun.lefts if c.dep_ in SUBJECT for j in expand(doc, c.i)]
    elif token.dep_ == "amod":
        d.subjects = [noun.i]
        if token.tag_ != "VBN":
            d.passive = False
        elif doc[token.i - 1].tag_ == "HYPH":
            # "ISIS-held", "rebel-held": the word before the hyphen does it.
            d.agents = [
                j
                for c in token.lefts
                if c.pos_ in ("NOUN", "PROPN") or (c.pos_ == "ADJ" and c.text[0].isupper())
                for j in expand(doc, c.i)
            ]
            d.obliques = [p for p in d.obliques if p[1] not in d.agents]
    else:
        finite = token.tag_ in ("VBD", "VBP", "VBZ") or token.lower_ in ONLY_PAST or _only_verb(d)
        if token.tag_ == "VBG" or finite or d.objects:
            d.passive, d.agents = False, []
        if (finite or token.tag_ == "VBN") and d.objects:
            # "Forces backed by warplanes took the town": past the noun of an earlier participle to the one above.
            noun = past_phrases(noun) or noun
        while finite and noun.head.dep_ == "acl" and noun.head.pos_ == "VERB" and noun.head.head.i < noun.head.i:
            noun = noun.head.head
        if d.passive and doc[token.i - 1].text == "," and noun.lower_ in _POWER:
            # "P was back in the army's hands, abandoned by the rebels": P was
            noun = next((c for x in (noun, noun.head) for c in x.lefts if c.dep_ in SUBJECT), noun)
        d.subjects = [j for j in expand(doc, noun.i) if j < token.i] or [noun.i]


def _only_verb(d: Draft) -> bool:
    """ "Eritrean tanks swept through Tesseney.": a whole sentence, and not a noun with a participle."""
    token, doc = d.token, d.doc
    motion = token.lower_ == "left" or any(p in _INTO for p, j in d.obliques if j > token.i)
    top = token.head
    while top.dep_ in ("nmod", "appos") and top.head.i < top.i:
        # "In Gao the last soldiers left", with the town for the root
        top = top.head
    if token.tag_ != "VBN" or top.dep_ != "ROOT" or doc[-1].text != "." or not motion:
        return False
    if any(p == "by" for p, _ in d.obliques) or token.lower_.endswith(("en", "wn", "ung")):
        return False
    shares = (token, top)
    return not any(
        t.tag_ in ("VBD", "VBZ", "VBP", "MD") and not (t.dep_ == "conj" and t.head in shares and t.i > token.i)
        for t in doc
    )


def contact_relative(d: Draft, drafts: dict[int, Draft]) -> None:
    """ "The city the rebels captured is quiet", read as two subjects of "quiet" and a participle: the second noun is
    the subject of the participle, the first its object."""
    token, noun = d.token, d.token.head
    above = drafts.get(noun.head.i)
    if token.dep_ != "acl" or token.tag_ not in ("VBN", "VBD") or noun.dep_ not in SUBJECT or above is None:
        return
    first = next((c for c in noun.head.lefts if c.dep_ in SUBJECT and c.i < noun.left_edge.i), None)
    if first is None or first.right_edge.i + 1 != noun.left_edge.i or noun.i + 1 != token.i or d.objects:
        return
    d.passive, d.agents, d.subjects = False, [], [noun.i]
    d.objects = [j for j in expand(d.doc, first.i) if j < noun.i]
    above.subjects = [j for j in above.subjects if j != noun.i]


def town_they_took(d: Draft) -> None:
    """ "P, a town rebels took last week", with the town for a part of the rebels' name: what they took."""
    doc = d.doc
    done = d.passive and (d.agents or any(c.dep_ == "aux:pass" for c in d.token.children))
    for noun in (doc[j] for j in d.subjects if doc[j].tag_ in ("NNS", "NNPS") and not d.objects and not done):
        town = next((c for c in noun.lefts if c.dep_ == "compound" and c.tag_ == "NN" and _is_some_town(c)), None)
        if town is not None:
            d.passive, d.subjects, d.objects = False, [noun.i], [town.i]
            return


def _is_some_town(t: Token) -> bool:
    """ "a town", "a small market town" right before another noun phrase."""
    i = t.i - 1
    while i > 0 and (t.doc[i].pos_ in ("ADJ", "NOUN")):
        i -= 1
    return (
        lexis().has("settlement", t.lemma_.lower())
        and i > 0
        and t.doc[i].lower_ in ("a", "an")
        and t.doc[i - 1].text == ","
    )


def garden_path(d: Draft, drafts: dict[int, Draft]) -> None:
    """ "Soldiers driven out of P have gone home": two finite verbs and no "and", so that the first is a participle."""
    token = d.token
    alone = (
        token.tag_ in ("VBD", "VBN") and token.lower_ not in ONLY_PAST and not (d.objects or d.auxiliaries or d.passive)
    )
    if not alone or not d.subjects or token.lemma_ not in TRANSITIVE | _FROM_VERBS:
        return
    for c in token.rights:
        other = drafts.get(c.i) if c.dep_ in ("conj", "ccomp", "parataxis", "advcl") else None
        own = [j for j in other.subjects if not is_time(d.doc[j])] if other is not None else []
        apart = c.tag_ in ("VBD", "VBZ", "VBP") and _set_off(d, c)
        if other is None or own or marks(c) or not (apart or other.auxiliaries or c.tag_ in ("VBZ", "VBP")):
            continue
        if apart or not any(x.dep_ in ("cc", "punct") for x in c.lefts):
            d.passive = True
            d.set_agents(d.by_phrases())
            return


def _set_off(d: Draft, then: Token) -> bool:
    """ "The rebels, pushed out of P, attacked Q": between two commas, the first of them right after the noun."""
    doc, i = d.doc, d.token.i - 1
    while i > 0 and doc[i].pos_ == "ADV":
        i -= 1
    opened = doc[i].text == "," and not any(x.text == "," for x in doc[d.subjects[0] : i])
    return opened and doc[then.i - 1].text == "," and not any(x.dep_ == "cc" for x in then.lefts)


def question_of(d: Draft) -> None:
    """ "There is no question of the town having been lost", hung on the question: the noun before the verb is meant."""
    doc = d.doc
    aux = next((c for c in d.token.lefts if c.lower_ == "having" and c.i > 1), None)
    if aux is None or not is_nominal(doc[aux.i - 1]):
        return
    noun = doc[aux.i - 1]
    while noun.dep_ in ("flat", "compound", "nmod") and is_nominal(noun.head) and noun.head.i < aux.i:
        if preposition(noun) == "of" and doc[noun.head.i].lemma_.lower() in ("question", "talk", "prospect", "chance"):
            d.subjects = [noun.i]
            return
        noun = noun.head


def had_done(d: Draft) -> None:
    """ "The army has the town surrounded", read as a perfect with two subjects: the town is what is surrounded."""
    token = d.token
    have = next((c for c in token.lefts if c.dep_ == "aux" and c.lemma_ == "have"), None)
    if token.tag_ != "VBN" or have is None or d.objects or token.lemma_ not in TRANSITIVE:
        return
    inside = [j for j in d.subjects if have.i < j < token.i]
    inside = inside or [c.i for c in have.children if c.dep_ == "obj" and have.i < c.i < token.i]
    before = [j for j in d.subjects if j < have.i] or [c.i for c in have.lefts if c.dep_ in SUBJECT]
    if before and inside and d.doc[have.i + 1].pos_ in ("DET", "PROPN"):
        d.subjects, d.objects = before, inside


def headline_passive(d: Draft) -> None:
    """A passive without its auxiliary: "Town captured by rebels", "Two villages retaken"."""
    token = d.token
    if d.passive or d.objects or d.copula is not None or d.auxiliaries or d.xcomp:
        return
    if token.tag_ not in ("VBN", "VBD") or token.lower_ in ONLY_PAST or token.dep_ in ("amod", "xcomp", "acl:relcl"):
        return
    by = [j for j in d.by_phrases() if j > token.i and is_doer(d.doc[j])]
    if not d.subjects and not (by and token.tag_ == "VBN" and token.dep_ != "conj"):
        return
    open_ended = any(c.dep_ in ("ccomp", "xcomp", "compound:prt") for c in token.children)
    # "stormed into P": a movement, and nothing done to those who move
    moves = any(p in ("into", "through", "towards") and j > token.i for p, j in d.obliques) and not by
    bare = token.lemma_ in TRANSITIVE and not open_ended and not moves
    if bare or (by and token.tag_ == "VBN" and token.lemma_ not in INTRANSITIVE):
        d.passive = True
        d.set_agents(by)


def phrases(d: Draft) -> None:
    """Prepositional phrases hung one step too deep: source and goal ("seized control of Dabiq from the jihadists"),
    times ("took the town on Sunday"), and agents ("was driven out of the centre of the town by rebels")."""
    verb, doc = d.token, d.doc
    have = {j for _, j in d.obliques} | set(d.agents)
    wanted: set[str] = {"from", "out of"} if verb.lemma_ in _FROM_VERBS else set()
    wanted |= {"to", "on to"} if verb.lemma_ in _TO_VERBS else set()
    for top in [*([] if d.passive else d.objects), *(j for _, j in d.obliques)]:
        if top < verb.i or doc[top].pos_ == "PRON":
            continue
        for prep, j in [*nominal_modifiers(doc, top), *nested(doc, top)]:
            timed = prep in _TIME_PREPOSITIONS and is_time(doc[j])
            rid = prep == "of" and j in _rid_of(doc, verb, top)
            if j not in have and j > verb.i and (rid or timed or (prep in wanted and may_lift(doc, prep, j))):
                d.obliques.append((prep, j))
                have.add(j)
    if d.passive and not d.agents and d.copula is None:
        d.agents = _far_agent(doc, verb, have)


def _rid_of(doc: Doc, verb: Token, top: int) -> list[int]:
    """ "cleared the town of P of rebels", "cleared P of rebels": the last "of" is the verb's, not the town's."""
    if verb.lemma_ not in _RID_VERBS:
        return []
    below = [x for x in doc[top].subtree if x.i > top and x.dep_ in NMOD and preposition(x) == "of"]
    left = bool(below) and lexis().has("left_behind", below[-1].lemma_.lower())
    if not below or (len(below) == 1 and not doc[top].text[:1].isupper() and not left):
        return []
    return list(expand(doc, below[-1].i))


def _has_own_agent(t: Token) -> bool:
    """ "after an attack by X", "despite calls by X": who attacks or calls is not who did what the verb says."""
    return t.pos_ in ("VERB", "AUX") or t.lemma_.lower() in _ACTIONS or preposition(t) in _CIRCUMSTANCES


def _far_agent(doc: Doc, verb: Token, have: set[int]) -> list[int]:
    for x in doc[verb.i + 1 : verb.right_edge.i + 1]:
        if x.dep_ not in OBL | NMOD or x.i in have or preposition(x) != "by" or not is_doer(x):
            continue
        between: list[Token] = []
        head = x.head
        while head.i > verb.i:
            between.append(head)
            head = head.head
        if head == verb and not any(_has_own_agent(t) for t in between):
            return [j for _, j in with_preposition(doc, x.i)]
    return []
