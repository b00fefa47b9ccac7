"""Subjects and objects that a clause takes from another: over "and", into infinitives and participles, and out of
relative clauses without a pronoun. The functions change drafts in place."""

from __future__ import annotations

from whoholds.annotate.clauses.drafts import INTRANSITIVE, TRANSITIVE, Draft, marks, same_form
from whoholds.annotate.listing import words
from whoholds.annotate.trees.nominals import expand, is_measure, is_nominal, is_time, preposition
from whoholds.annotate.trees.noun_args import noun_args
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis

_SUBJECT_CONTROL = frozenset(("promise", "threaten", "vow", "pledge"))
"""Verbs whose subject is also that of the verb they open although they have an object."""
_OBJECT_CONTROL = words(
    """expect order ask tell want urge force allow help instruct command enable invite require encourage direct persuade
    push authorise authorize appeal compel oblige"""
)
"""Verbs whose object is the subject of the infinitive after it."""
_STOPS = words("prevent stop keep deter block bar hinder discourage dissuade")
"""Verbs whose object would have done what comes after "from"."""
_MEANT = words("mean intend design aim")
"""Participles that say what something is for."""
_BLAMES = words("accuse suspect blame criticise criticize condemn congratulate praise thank")
"""Verbs whose object has done what comes after "of" or "for"."""
_SELVES = frozenset(("themselves", "itself", "himself", "ourselves"))
"""Objects that are the subject: "found themselves driven out"."""
_CALLS_ON = words("call prevail rely count appeal")
"""Verbs that do the same to what stands after "on" or "to"."""
_NO_OBJECT = words(
    """manage try fail attempt begin start continue seek hope plan intend refuse struggle decide aim prepare help expect
    want need vow promise threaten"""
)
"""Verbs whose object before an infinitive is that of the infinitive ("the town which they managed to hold")."""


def over_conjunction(d: Draft, drafts: dict[int, Draft]) -> None:
    """Voice, auxiliaries, negation and objects shared over "and"."""
    token = d.token
    head = drafts.get(token.head.i) if token.dep_ == "conj" else None
    if head is None or head.copula is not None or d.copula is not None:
        return
    alike = same_form(token, head.token)
    if not d.subjects and not d.auxiliaries and head.auxiliaries and alike:
        d.auxiliaries = list(head.auxiliaries)
        if not any(c.lower_ == "but" for c in token.children):
            d.negated |= head.negated
        if head.passive and not d.objects and (token.tag_ == "VBN" or token.lemma_ in TRANSITIVE):
            d.passive = True
            d.set_agents(d.by_phrases())
    if head.passive or d.passive:
        if head.passive and d.passive and not head.agents and alike:
            head.agents = list(d.agents)
        return
    between = d.doc[head.token.i + 1 : token.i]
    if len(between) > 3 or not all(t.pos_ in ("CCONJ", "ADV") or t.text == "," for t in between):
        return
    if alike and not head.objects and d.objects and head.token.lemma_ not in INTRANSITIVE:
        head.objects = list(d.objects)
    elif alike and not d.objects and token.lemma_ not in INTRANSITIVE:
        d.objects = [j for j in head.objects if j > token.i]


HOLDS_PLACES = lexis()["keeps_ground"] | {"have", "keep", "lose", "retain"}
""" "The last places they hold": there it is no circumstance."""


def relative_gap(d: Draft, drafts: dict[int, Draft]) -> None:
    """The place of the noun in a relative clause without relative pronoun: "the town [rebels captured]", "the town
    [they tried to take]", "the base [they withdrew from]"."""
    token, noun, doc = d.token, d.token.head, d.doc
    if token.dep_ != "acl:relcl" or not d.subjects or noun.i in d.subjects or noun.i > token.i:
        return
    inside = [drafts[t.i] for t in token.subtree if t.i in drafts]
    if any(noun.i in (*c.objects, *(k for _, k in c.obliques)) for c in inside):
        return
    if any(t.lower_ in ("where", "when", "why", "whose") for t in token.subtree):
        return
    inner = d
    while inner.xcomp and not inner.objects and inner.xcomp[0] in drafts:
        inner = drafts[inner.xcomp[0]]
    verb = inner.token
    antecedents = [j for j in expand(doc, noun.i) if j < token.i]
    after = doc[verb.i + 1] if verb.i + 1 < len(doc) else None
    if after is not None and after.pos_ == "ADP" and after.head == verb and not any(after.children):
        if after.dep_ != "compound:prt" or not inner.objects:
            inner.obliques += [(after.lower_, j) for j in antecedents]
        return
    if inner.objects or inner.passive or inner.copula is not None or verb.lemma_ in INTRANSITIVE:
        return
    held = noun.lemma_ == "place" and verb.lemma_ in HOLDS_PLACES
    circumstance = is_time(noun) or (noun.lemma_ in ("place", "way", "reason", "time") and not held)
    if not circumstance and not any(c.dep_ == "ccomp" for c in verb.children):
        inner.objects = antecedents


def inner_object(d: Draft, drafts: dict[int, Draft]) -> None:
    """ "the town which they managed to hold": "which" is what they hold, not what they managed."""
    inner = drafts.get(d.xcomp[0]) if d.xcomp and d.token.lemma_ in _NO_OBJECT else None
    if inner is None or not d.objects or max(d.objects) > d.token.i:
        return
    when = [j for j in inner.objects if is_time(d.doc[j])]  # "which they tried to take this year"
    if when == inner.objects and not inner.passive and inner.copula is None and inner.token.lemma_ not in INTRANSITIVE:
        inner.objects = d.objects
    d.objects = []


def settle_subjects(drafts: dict[int, Draft]) -> None:
    """Give every clause without a subject the one it shares with, or is controlled by, another clause."""
    for i in drafts:
        _subjects(i, drafts, frozenset())


def _subjects(i: int, drafts: dict[int, Draft], seen: frozenset[int]) -> list[int]:
    """The subjects of the clause at `i`; `seen` guards against cycles."""
    d = drafts[i]
    if not d.settled and i not in seen:
        d.subjects = d.subjects or _borrowed(d, drafts, seen | {i})
        d.settled = True
    return d.subjects


def _borrowed(d: Draft, drafts: dict[int, Draft], seen: frozenset[int]) -> list[int]:
    token, dep, above = d.token, d.token.dep_, d.token.head
    governor = drafts.get(above.i)
    if who := _it_took(token, drafts):
        return who
    if governor is None and dep == "xcomp" and above.dep_ == "xcomp" and above.pos_ == "ADJ":
        # "looks set to fall": who looks so
        above = above.head
        governor = drafts.get(above.i)
    if governor is not None and governor is not d:
        if dep == "conj":
            return list(_subjects(_past_insertion(token, above).i, drafts, seen))
        # "forcing the army to flee", read as something done so that the army might flee
        calls = governor.token.lemma_ in _CALLS_ON
        forced = dep == "advcl" and "to" in marks(token) and above.i < token.i
        given = above.lemma_ in ("give", "grant") and any(p == "to" for p, _ in governor.obliques)
        forced &= bool(governor.objects) if above.lemma_ in _OBJECT_CONTROL else calls or given
        if above.lemma_ in _STOPS and "from" in marks(token) and governor.objects and not governor.passive:
            # "prevented the rebels from taking P"
            return [j for j in governor.objects if j < token.i]
        if dep == "xcomp" and above.dep_ == "acl" and above.lemma_ in _MEANT and is_nominal(above.head):
            # "an operation meant to seize the town": whose operation it is
            return _through_noun(above.head, drafts, seen)
        # "marked P as occupied": what is marked is
        forced |= dep == "advcl" and token.tag_ == "VBN" and marks(token) == ("as",) and above.i < token.i
        forced |= above.lemma_ in _BLAMES and token.tag_ in ("VBG", "VBN") and bool({"of", "for"} & set(marks(token)))
        if dep == "xcomp" or forced:
            upon = ("to", "on", "upon") if calls else ("to",)
            objects = [j for j in (*governor.objects, *(k for p, k in governor.obliques if p in upon)) if j < token.i]
            objects = [j for j in objects if not (is_measure(d.doc[j]) or is_time(d.doc[j]))]
            objects = [j for j in objects if d.doc[j].lower_ not in _SELVES]
            if objects and governor.copula is None and governor.token.lemma_ not in _SUBJECT_CONTROL:
                return objects
            return list(_subjects(above.i, drafts, seen))
        if dep == "parataxis" and _goes_on(d, governor):
            return list(_subjects(above.i, drafts, seen))
        if dep == "ccomp" and any(c.dep_ == "cc" for c in token.lefts):
            # "The rebels took the town and are moving on, he said", read as two things said
            first = next((c for c in reversed(list(above.children)) if c.i < token.i and c.dep_ == "ccomp"), None)
            if first is not None and first.i in drafts:
                return list(_subjects(first.i, drafts, seen))
        if dep == "advcl" and token.i < above.i and not _stands_alone(d) and (told := _told_before(d)) in drafts:
            return list(_subjects(told, drafts, seen))
        if dep == "ccomp" and _of_who_says(d, governor):
            return list(_subjects(above.i, drafts, seen))
        if dep in ("advcl", "ccomp", "parataxis") and not _stands_alone(d):
            subjects = _subjects(above.i, drafts, seen)
            # ", cutting the road" after a passive with an agent is the agent's doing; "after leaving" is not.
            if governor.agents and token.tag_ == "VBG" and not marks(token) and token.i > governor.token.i:
                return list(governor.agents)
            return list(subjects)
    if dep == "acl" and d.passive and "to" in marks(token) and is_nominal(above):
        # "the next town to be attacked"
        return [j for j in expand(d.doc, above.i) if j < token.i]
    if dep == "acl" and "to" in marks(token) and above.dep_ == "obj" and above.head.lemma_ in _OBJECT_CONTROL:
        # "expect the army to attack", read as an army that is to attack
        return [j for j in expand(d.doc, above.i) if j < token.i]
    if "from" in marks(token) and above.dep_ == "obj" and above.head.lemma_ in _STOPS:
        return [j for j in expand(d.doc, above.i) if j < token.i]
    if dep == "xcomp" and is_nominal(above) and governor is None:
        # "a deadline for the rebels to leave": who is to
        return [j for j in expand(d.doc, above.i) if j < token.i]
    if dep in ("acl", "advcl") and is_nominal(above):
        return _through_noun(above, drafts, seen)
    return []


def _it_took(verb: Token, drafts: dict[int, Draft]) -> list[int]:
    """ "It took the army a year to capture P", "It took hours for rebels to seize it": they do."""
    chain = list(verb.ancestors)[:2]
    took = next((drafts[a.i] for a in chain if a.i in drafts and a.lemma_.lower() == "take"), None)
    if (
        took is None
        or "to" not in marks(verb)
        or not any(c.lower_ == "it" and c.i < took.token.i for c in took.token.children)
    ):
        return []
    who = [j for p, j in took.obliques if p == "for"] or took.objects
    return [j for j in who if took.token.i < j < verb.i and not is_time(took.doc[j])]


def _past_insertion(verb: Token, above: Token) -> Token:
    """ "took P, days after it fell, and moved on to Q": who took P moved on, whatever "moved" was hung on."""
    doc, link = verb.doc, next((c for c in verb.lefts if c.dep_ == "cc"), None)
    inserted = above.dep_ == "advcl" and above.head.i < above.i and doc[above.left_edge.i - 1].text == ","
    closed = link is not None and doc[link.i - 1].text == "," and verb.tag_ == above.head.tag_ == "VBD"
    return above.head if inserted and closed else above


def _stands_alone(d: Draft) -> bool:
    """True for finite verbs and imperatives: nothing above them says whose doing it is."""
    if any(a not in ("be", "have") for a in d.auxiliaries):
        return True
    tag = d.token.tag_
    return tag in ("VBD", "VBP", "VBZ", "MD") or (tag == "VB" and "to" not in marks(d.token))


def _told_before(d: Draft) -> int:
    """ "The rebels took A after leaving B, residents said": what is said before the participle, and not who says it;
    -1 where nothing is."""
    above = d.token.head
    if not lexis().has("say", above.lemma_.lower()):
        return -1
    return max((c.i for c in above.lefts if c.dep_ == "ccomp" and c.i < d.token.i), default=-1)


def _of_who_says(d: Draft, governor: Draft) -> bool:
    """ "Army says captures Bor": in headlines, who says so is left out of what they did."""
    token, above = d.token, governor.token
    return above.tag_ == "VBZ" and token.tag_ == "VBZ" and token.i == above.i + 1 and not d.auxiliaries


def _goes_on(d: Draft, governor: Draft) -> bool:
    """ "They pushed to the coast, took the port and …": a second verb after a bare comma."""
    token, doc = d.token, d.doc
    if token.i < governor.token.i or d.auxiliaries or not same_form(token, governor.token):
        return False
    i = token.i - 1
    while i > 0 and doc[i].pos_ == "ADV":
        i -= 1
    return doc[i].text == "," and i > governor.token.i


def _through_noun(noun: Token, drafts: dict[int, Draft], seen: frozenset[int]) -> list[int]:
    """Who is to do it in "an operation to retake the town": the noun's possessor or agent, or the subject of the verb
    whose argument the noun is."""
    args = noun_args(noun.doc, noun.i)
    if args.possessor or args.by:
        return list(args.possessor or args.by)
    own = [c.i for c in noun.lefts if c.dep_ == "nsubj"]
    if own and not any(c.dep_ == "cop" for c in noun.lefts):
        return own  # "The army plans to retake P", with the verb taken for a noun
    if noun.i in drafts and drafts[noun.i].copula is not None and preposition(noun):
        # "is under pressure to retake the town"
        return list(_subjects(noun.i, drafts, seen))
    verb = noun
    while verb.head != verb and verb.i not in drafts:
        verb = verb.head
    d = drafts.get(verb.i)
    if d is None or verb == noun or noun.i in d.subjects:
        return []
    return list(d.agents if d.passive and d.agents else _subjects(verb.i, drafts, seen))
