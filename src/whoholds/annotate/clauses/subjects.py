"""Subjects that the parser left without their verb: found again by the order of the words.

English puts the subject right before a finite verb. Where the parse gives a finite verb none, the noun phrase before it
is looked at: past adverbs, brackets and insertions between commas, and up to the head of "A of B". A phrase after a
preposition is no subject, but for two faults that are frequent in reports: a time or a place at the head of the
sentence, without a comma, taken together with the subject ("In Gao French soldiers seized …"), and a conjunction taken
for a preposition ("before rebels took it"). The functions change drafts in place.
"""

from __future__ import annotations

from collections.abc import Mapping

from whoholds.annotate.clauses.drafts import RELATIVE, SUBJECT, TRANSITIVE, Draft, marks
from whoholds.annotate.listing import words
from whoholds.annotate.trees.nominals import expand, is_nominal, is_time, past_phrases
from whoholds.annotate.trees.tree import Doc, Token
from whoholds.annotate.words import lexis

_OPENS_CLAUSE = words("before after as since until till while than when where because if though although once that")
"""Conjunctions, most of which the parser may take for prepositions."""
_INSIDE = frozenset(("nmod", "nmod:desc", "nmod:unmarked", "flat", "compound", "appos", "conj", "list"))
_LONGEST_INSERTION = 25
"""Words between commas that may stand between a subject and its verb."""
_NEVER = ("xcomp", "acl", "amod", "compound")
"""Relations of verbs that have no subject of their own."""


def missing_subject(d: Draft) -> None:
    """A finite verb without a subject takes the noun phrase before it."""
    token, doc = d.token, d.doc
    if d.subjects or d.copula is not None or token.dep_ in _NEVER or not _finite(d):
        return
    for c in token.lefts:
        # "A battalion stationed in the north left": the parser made the noun the participle's alone
        if (
            c.dep_ == "advcl"
            and c.tag_ == "VBN"
            and not marks(c)
            and not any(g.dep_.startswith("aux") for g in c.children)
        ):
            d.subjects = [j for g in c.lefts if g.dep_ in SUBJECT for j in expand(doc, g.i)]
            if d.subjects:
                return
    first = min([token.i, *(c.i for c in token.lefts if c.dep_ in ("aux", "aux:pass"))])
    noun = _after_and(token, doc[first - 1]) if first else None
    noun = noun or _before(doc, first)
    if noun is None or (noun.dep_ in SUBJECT and noun.head.i > token.i):
        return
    if token.dep_ == "conj" and token.head.i < noun.left_edge.i and noun.dep_ == "obj":
        return
    d.subjects = [j for j in expand(doc, noun.i) if j < token.i]
    d.obliques = [p for p in d.obliques if p[1] not in d.subjects]


def _after_and(verb: Token, noun: Token) -> Token | None:
    """ "P was taken by rebels and Q fell": the last name of a list that hangs on the verb before begins anew."""
    doc, before = verb.doc, noun.left_edge.i - 1
    listed = verb.dep_ == "conj" and noun.dep_ == "conj" and noun.tag_ in ("NNP", "NNPS") and not is_time(noun)
    if not listed or before < 0 or doc[before].lower_ not in ("and", "but"):
        before = next((c.i for c in noun.lefts if c.dep_ == "cc"), -1)
    if not listed or before < 0:
        return None
    first = noun.head
    while first.dep_ == "conj":
        first = first.head
    return noun if first.head == verb.head and first.i > verb.head.i else None


def absolute(d: Draft) -> None:
    """ "…, with rebels retreating to the hills": whose doing it is stands after "with"."""
    token, doc = d.token, d.doc
    if d.subjects or token.tag_ != "VBG" or token.dep_ != "advcl" or marks(token) or d.auxiliaries:
        return
    i = token.i - 1
    while i > 0 and doc[i].pos_ == "ADV":
        i -= 1
    noun = doc[i]
    while noun.dep_ in _INSIDE and noun.head.i < token.i and is_nominal(noun.head) and _case(noun) != "with":
        noun = noun.head
    if is_nominal(noun) and _case(noun) == "with" and noun.dep_ in ("obl", "nmod"):
        d.subjects = [j for j in expand(doc, noun.i) if j < token.i]


def fronted_place(d: Draft) -> None:
    """ "In Konna, captured by the army on Monday, shops were open": what was captured is named before the comma, and
    not the subject that follows."""
    token, doc = d.token, d.doc
    i = token.i - 1
    while i > 0 and doc[i].pos_ == "ADV":
        i -= 1
    early = token.dep_ == "advcl" and token.tag_ == "VBN" and token.i < token.head.i and not d.auxiliaries
    if not early or d.subjects or i < 2 or doc[i].text != "," or doc[i - 1].pos_ != "PROPN" or is_time(doc[i - 1]):
        return
    noun = doc[i - 1]
    while noun.dep_ in ("flat", "compound") and noun.head.i < i and noun.head != noun:
        noun = noun.head
    if _case(noun):
        d.passive, d.subjects = True, [noun.i]
        d.obliques = [p for p in d.obliques if p[1] != noun.i]
        d.set_agents(d.by_phrases())


def no_times(d: Draft) -> None:
    """ "The attempt last winter failed": a time beside the subject is none."""
    if len(d.subjects) > 1:
        d.subjects = [j for j in d.subjects if not is_time(d.doc[j])] or d.subjects


def time_spent(d: Draft, drafts: Mapping[int, Draft]) -> None:
    """ "The army spent the winter besieging P", with the winter for who did it: the army."""
    time = d.token.head
    above = drafts.get(time.head.i) if time.dep_ == "obj" and is_time(time) else None
    if d.token.dep_ in ("acl", "advcl") and d.token.tag_ == "VBG" and not d.passive and above is not None:
        d.subjects = list(above.subjects) if d.subjects in ([], [time.i]) else d.subjects


def _finite(d: Draft) -> bool:
    if "to" in marks(d.token):
        return False
    return d.token.tag_ in ("VBD", "VBZ", "VBP") or (bool(d.auxiliaries) and "do" not in d.auxiliaries)


def _before(doc: Doc, verb: int) -> Token | None:
    """The head of the noun phrase that ends right before the verb; None where none can be its subject."""
    i, inserted = verb - 1, False
    while i >= 0 and (doc[i].pos_ in ("AUX", "ADV", "PART") or doc[i].lower_ in ("not", "n't")):
        i -= 1
    if i >= 0 and doc[i].text == ")":
        i = max((k for k in range(i) if doc[k].text == "("), default=0) - 1
    elif i >= 0 and doc[i].text == ",":
        i, inserted = _past_insertion(doc, i), True
    if i < 0 or doc[i].pos_ not in ("NOUN", "PROPN", "PRON") or doc[i].tag_ == "EX" or is_time(doc[i]):
        return None
    head = doc[i]
    if _from_then_on(doc, head) or _of_next_clause(head, doc[verb]):
        return head
    while head.dep_ in _INSIDE and head.head.i < verb and head.head != head and is_nominal(head.head):
        if not inserted and _case(head) in _OPENS_CLAUSE:
            break
        if any(c.dep_ == "compound" and (is_time(c) or _is_event(c)) for c in head.lefts) and not is_time(head):
            # "During the night to Sunday rebels left", "In the course of the offensive rebels took P", with the day
            # and the offensive for a part of the rebels' name
            break
        if head.dep_ == "nmod" and not _case(head) and _is_phrase(head):
            # "In the course of the operation two towns were taken", with the towns for a part of the operation
            break
        head = head.head
    if is_time(head) or head.dep_ in ("obl:agent", "nmod:poss") or (inserted and head.dep_ in ("obj", "iobj")):
        return None
    case = _case(head)
    if not case or (case in _OPENS_CLAUSE and not inserted):
        return head
    return head if _begins_anew(doc, head) else past_phrases(head)


def _case(noun: Token) -> str:
    return next((c.lower_ for c in noun.lefts if c.dep_ in ("case", "mark")), "")


def _is_phrase(noun: Token) -> bool:
    """ "two towns", "the army", "rebels": a phrase of its own, and no name or apposition."""
    opened = any(c.dep_ in ("det", "nummod", "amod") for c in noun.lefts) or noun.tag_ == "NNS"
    return opened and noun.pos_ == "NOUN" and not is_time(noun) and noun.doc[noun.left_edge.i - 1].text != ","


def _is_event(t: Token) -> bool:
    """ "the offensive" right before the forces that do what follows."""
    lex, lemma = lexis(), t.lemma_.lower()
    what = lex.has("operations", lemma) or lex.has("attacks", lemma)
    men = t.head.tag_ == "NNS" and (lex.has("force", t.head.lemma_) or lex.has("nonstate_force", t.head.lemma_))
    return what and men and t.i > 0 and t.doc[t.i - 1].lower_ in ("the", "this", "that")


def _from_then_on(doc: Doc, noun: Token) -> bool:
    """ "From Friday on P was", "from then on the rebels": "on" is no preposition of the subject."""
    on = next((c.i for c in noun.lefts if c.dep_ == "case" and c.lower_ == "on"), 0)
    return on > 1 and doc[on - 2].lower_ == "from" and (doc[on - 1].lower_ == "then" or is_time(doc[on - 1]))


def _of_next_clause(noun: Token, verb: Token) -> bool:
    """ "The army has left P and rebel fighters have moved in": the parser took the fighters for one more place."""
    place = noun.head
    listed = noun.dep_ == "conj" and noun.tag_ == "NNS" and place.pos_ == "PROPN" and not _case(noun)
    over = verb.head if verb.dep_.startswith("aux") else verb
    return listed and place.dep_ in ("obl", "obj") and over.dep_ == "conj" and over.head == place.head


def _past_insertion(doc: Doc, comma: int) -> int:
    """The last word before ", … ," where the second comma stands at `comma`; -1 where there is no noun."""
    for k in range(comma - 2, max(comma - _LONGEST_INSERTION, 0), -1):
        if doc[k].text == "," and doc[k - 1].pos_ in ("NOUN", "PROPN", "PRON") and not is_time(doc[k - 1]):
            return k - 1
    return -1


def _begins_anew(doc: Doc, head: Token) -> bool:
    """True where a time or a name ends the prepositional phrase and the subject begins after it: "On Saturday French
    troops", "In Gao rebels", "On 26 March, Russian forces"."""
    case = next(c.i for c in head.lefts if c.dep_ in ("case", "mark"))
    inside = range(case + 1, head.i)
    if any(doc[k].text == "," for k in inside):
        return True
    if any(doc[k].dep_ == "compound" and _is_event(doc[k]) for k in inside):
        return True
    times = [k for k in inside if is_time(doc[k]) or doc[k].tag_ == "CD" or ":" in doc[k].text]
    if times:
        return times[-1] < head.i
    names = [k for k in inside if doc[k].pos_ == "PROPN" and doc[k].dep_ != "nmod:poss"]
    if not names or names[0] != case + 1:
        return False
    after = doc[next((k for k in range(case + 1, head.i + 1) if k not in names), head.i)]
    return after.pos_ == "DET" or (after.pos_ == "ADJ" and after.text[0].isupper()) or after.tag_ == "NNS"


def swallowed_object(d: Draft, drafts: dict[int, Draft]) -> None:
    """ "An attempt to enter the town was repelled", "Reports that rebels captured the town are wrong", "when they took
    the town and the governor fled": the parser took "the town" for the subject of what follows. It is the object of the
    verb before it, and the subject is the noun above or the rest of the list."""
    token, doc, noun = d.token, d.doc, d.token.head
    infinitive = "to" in marks(token) and token.dep_ == "acl"
    finite = token.lemma_ in TRANSITIVE and bool(d.subjects) and token.tag_ in ("VBD", "VBN", "VBP", "VBZ")
    if d.objects or d.passive or d.copula is not None or not (infinitive or finite):
        return
    for other in drafts.values():
        begun = (c for c in other.token.lefts if c.dep_ in SUBJECT and c.left_edge.i == token.i + 1)
        taken = next(begun, None)
        if taken is None or other is d:
            continue
        rest = [c for c in taken.children if c.dep_ == "conj" and c.i < other.token.i]
        above = infinitive or token.dep_ in ("acl", "acl:relcl", "ccomp")
        if above and is_nominal(noun) and not rest:
            d.objects = [j for j in expand(doc, taken.i) if j < other.token.i]
            other.subjects = [j for j in expand(doc, noun.i) if j < token.i]
            _take_from(drafts.get(noun.head.i), other, noun.i)
        elif rest and not infinitive:
            d.objects = [taken.i]
            other.subjects = [j for j in expand(doc, rest[0].i) if j != taken.i]
        return


def _take_from(above: Draft | None, other: Draft, noun: int) -> None:
    if above is not None and above is not other:
        above.subjects = [j for j in above.subjects if j != noun]
        above.objects = [j for j in above.objects if j != noun]


def relative_object(d: Draft) -> None:
    """ "the base which loyalists have encircled", where "which" was taken for an article: its noun is the object."""
    token = d.token
    if d.objects or d.passive or not d.subjects or token.lemma_ not in TRANSITIVE:
        return
    relative = token
    while relative.dep_ == "conj" and relative.head.i < relative.i:
        relative = relative.head
    pronoun = next((t for t in token.subtree if t.dep_ not in ("cc", "punct")), None)
    if relative.dep_ != "acl:relcl" or pronoun is None or pronoun.tag_ != "WDT" or pronoun.dep_ != "det":
        return
    d.objects = [j for j in expand(d.doc, relative.head.i) if j < relative.i]


def active_relative(d: Draft) -> None:
    """ "a town rebel fighters seized in May", "which M23 fighters seized": no passive, for it has no "was"."""
    token, noun = d.token, d.token.head
    hidden = token.dep_ == "acl" and token.tag_ in ("VBD", "VBN") and not d.objects
    if not ((d.passive and token.dep_ == "acl:relcl") or hidden) or any(c.dep_ == "aux:pass" for c in token.children):
        return
    doers = [c for c in token.lefts if c.dep_ in SUBJECT and c.i > noun.i and c.pos_ in ("NOUN", "PROPN")]
    if not doers or marks(token) or any(d.doc[j].dep_ == "obl:agent" for j in d.agents):
        return
    d.passive, d.agents, d.subjects = False, [], list(expand(d.doc, doers[0].i))
    d.objects = [j for j in expand(d.doc, noun.i) if j < doers[0].left_edge.i]


def broken_relative(d: Draft) -> None:
    """ "the towns that the group seized in May", where "seized" was taken for a participle on "the group"."""
    token, doc, noun = d.token, d.doc, d.token.head
    first = noun.left_edge.i
    if token.dep_ != "acl" or token.tag_ not in ("VBN", "VBD") or noun.i + 1 != token.i or d.objects or first < 2:
        return
    pronoun = doc[first - 1]
    if pronoun.lower_ not in RELATIVE or noun.dep_ not in SUBJECT:
        return
    above = next((a for a in noun.ancestors if a.dep_ == "acl:relcl" and a.head.i < pronoun.i), None)
    antecedent = above.head if above is not None else doc[first - 2]
    if not is_nominal(antecedent) or is_time(antecedent):
        return
    d.passive, d.agents, d.subjects = False, [], [noun.i]
    d.objects = [j for j in expand(doc, antecedent.i) if j < pronoun.i]
