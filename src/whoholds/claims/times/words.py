"""Where an expression of time hangs in its sentence: on which clause, or on which noun of what happens."""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.annotate.document import Sentence
from whoholds.annotate.times import TimeExpression
from whoholds.annotate.times.meaning import Duration, NthDay
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis
from whoholds.model import Role, When

EVENTS = lexis()["events"]
"""Nouns of what happens: a date beside one is its own ("the ceasefire of May"), not the verb's above."""
_GOES_ON = lexis()["goes_on"]
_ASIDE = frozenset(["acl:relcl", "acl", "advcl:relcl", "amod", "appos"])


@dataclass(frozen=True, slots=True)
class Timed:
    """An expression of time in its sentence."""

    expr: TimeExpression
    when: When
    first: int
    last: int
    above: tuple[int, ...]
    """The words above it, up to and with its predicate."""
    predicate: int | None
    """The verb, or the noun or adjective beside "be", whose clause it stands in."""
    event: int | None
    """The noun of what happens that stands between ("the fall of P in May")."""
    fronted: bool
    """It opens the sentence, and so holds for all of its main clauses."""
    bound: str = ""
    """since or until, where an event stands between: "since the coup of 2002"; from where that stands before it."""

    @property
    def since(self) -> bool:
        """True where it gives the start of something that goes on."""
        return self.expr.since or self.bound in ("since", "from")

    @property
    def until(self) -> bool:
        """True where it gives the end of something."""
        return self.expr.until or self.bound == "until"

    @property
    def is_length(self) -> bool:
        """True for a length of time ("for two weeks", "for a third day"); a date beside it says when."""
        return isinstance(self.expr.meaning, Duration | NthDay)


def predicates(s: Sentence) -> dict[int, int]:
    """The head of each clause → the verb by which the sentence lists it; they differ beside "be"."""
    found: dict[int, int] = {}
    for clause in s.clauses:
        token = s.doc[clause.verb]
        found[token.head.i if token.dep_ == "cop" else token.i] = clause.verb
    return found


def predicate_above(s: Sentence, i: int, preds: dict[int, int]) -> int | None:
    """The nearest predicate at or above a token."""
    token = s.doc[i]
    while token.i not in preds:
        if token.head.i == token.i:
            return None
        token = token.head
    return token.i


def aside(s: Sentence, predicate: int) -> bool:
    """True within a relative clause or a modifier: the background of what is told."""
    token = s.doc[predicate]
    while token.head.i != token.i:
        lost = token.dep_ == "acl" and token.head.dep_ == "ROOT" and token.head.pos_ == "NOUN"
        # A sentence whose root is its subject: the parser took its verb for a participle.
        if (token.dep_ in _ASIDE and not lost) or _compares(token):
            return True
        token = token.head
    return False


def _compares(verb: Token) -> bool:
    """ "tried to walk in, as it had five years before"."""
    bare = verb.lower_ in ("had", "did", "has", "have", "do", "does", "was", "were")
    return verb.dep_ == "advcl" and bare and any(c.lower_ == "as" for c in verb.lefts)


def place(s: Sentence, expr: TimeExpression, place: tuple[int, int], preds: dict[int, int]) -> Timed:
    first, last = place
    inside = range(first, last + 1)
    head = next((s.doc[i] for i in inside if s.doc[i].head.i not in inside), s.doc[first])
    above: list[int] = []
    event: int | None = None
    token, predicate = head, head.i if preds.get(head.i, head.i) not in (head.i, *inside) else None
    while predicate is None and token.head.i != token.i:
        token = token.head
        above.append(token.i)
        if token.i in preds and not (_adverbial(token) or _purpose(token) or _of_agent(token)):
            predicate = token.i
        elif event is None and token.pos_ == "NOUN" and s.lemma(token) in EVENTS | _SAID and not _plans(token, above):
            event = token.i
    if predicate is not None and (told := _in_statement(s, first, predicate, above, preds)) is not None:
        predicate, event = told, None
    elif predicate is not None and (beyond := _behind_comma(s, first, predicate, preds)) is not None:
        predicate, event, above = beyond, None, [beyond]
    elif predicate is not None and (said := _of_saying(s, first, last, predicate)) is not None:
        predicate, event, above = predicate_above(s, said, preds), None, [said]
    if predicate is not None and (nearer := _before_comma(s, first, last, predicate, preds)) is not None:
        predicate, event, above = nearer, None, [nearer]
    if expr.of_event:
        # "two days after it fell", "a week after the fall of P": the day of what comes next, not of what stands above
        found = _event_after(s, last, preds)
        if found is not None:
            above, predicate, event = [*found], predicate_above(s, found[0], preds), found[0]
            event = None if event == predicate else event
    if event is not None and _is_begun(s, event, predicate):
        event = None
    bound = "" if expr.since or expr.until else _event_bound(s, [*_event_before(s, first), *above], predicate)
    if not bound and not expr.is_range and first and s.doc[first - 1].lower_ == "from":
        bound = "from"  # "served as its capital from March": from then on
    if predicate is not None and (lasting := _of_lasting(s, last, predicate, preds)) is not None:
        predicate, event, bound = lasting, None, bound if expr.since else "since"
    if event is not None and (bound or (event > last and (expr.since or expr.until))):
        # "since the coup of 2002", "before the 28 June election": the day is the bound of what the verb says
        event = None
    return Timed(expr, When(None, None), first, last, tuple(above), predicate, event, _is_fronted(s, first), bound)


_SAID = frozenset(["claim", "promise", "pledge", "rumour", "rumor", "boast"])
"""Nouns of what was said: "never held it, despite claims in May that it had"."""
_STARTS = frozenset(["beginning", "onset", "outset", "end", "day", "eve"])
"""Nouns of its first or last days: "since the beginning of the campaign on 4 April"."""
_BOUNDS = {"since": "since", "until": "until", "till": "until"}


def _event_bound(s: Sentence, above: list[int], predicate: int | None) -> str:
    """since or until, where that stands before an event that the date is of."""
    for i in above:
        if i == predicate:
            break
        words = (c.lower_ for c in s.doc[i].children if c.dep_ in ("case", "mark") and c.i < i)
        if found := next((_BOUNDS[w] for w in words if w in _BOUNDS), ""):
            return found if any(s.lemma(s.doc[j]) in EVENTS | _STARTS for j in (i, *above)) else ""
    return ""


def _event_before(s: Sentence, first: int) -> list[int]:
    """The event that stands before a date which was hung on the verb: "since its offensive last August"."""
    i = first - 1
    while i > 0 and s.doc[i].pos_ in ("ADP", "DET"):
        i -= 1
    return [i] if i >= 0 and s.doc[i].pos_ == "NOUN" and s.lemma(i) in EVENTS else []


def not_until(s: Sentence, t: Timed, predicate: int | None) -> bool:
    """ "did not take P until May", "P was not taken until May", "and P not until May": it happened in May."""
    verb = s.doc[predicate] if predicate is not None else None
    before = [*(verb.children if verb is not None else ()), *s.doc[max(0, t.first - 2) : t.first]]
    return any(c.lower_ in ("not", "n't", "n’t", "never") and c.i < t.first for c in before)


def _of_lasting(s: Sentence, last: int, predicate: int, preds: dict[int, int]) -> int | None:
    """ "had been held by groups siding with them since May": the verb in the perfect, not the participle between."""
    verb = s.doc[predicate]
    if verb.dep_ != "acl" or any(c.dep_ in ("aux", "aux:pass") for c in verb.children):
        return None
    if not any(x.lower_ == "since" for x in s.doc[predicate : last + 1]):
        return None
    up = predicate_above(s, verb.head.i, preds)
    clause = s.clause_of.get(preds[up]) if up is not None else None
    return up if clause is not None and "have" in clause.auxiliaries else None


def _adverbial(token: Token) -> bool:
    """ "unopposed", "without fighting": no clause that a date could be of."""
    children = {c.dep_ for c in token.children}
    if children & {"nsubj", "nsubj:pass", "obj", "aux", "aux:pass", "cop"}:
        return False
    without = any(c.lower_ == "without" and c.dep_ in ("mark", "case") for c in token.children)
    return without or (token.dep_ in ("amod", "acl", "advcl", "xcomp") and token.lower_.startswith("un"))


def _of_agent(token: Token) -> bool:
    """ "was seized by defecting soldiers in May": the participle says who they are."""
    by = any(c.lower_ == "by" and c.dep_ in ("mark", "case") for c in token.children)
    return by and token.tag_ == "VBG" and any(c.dep_ == "aux:pass" for c in token.head.children)


def _purpose(token: Token) -> bool:
    """ "began an offensive to take P on 3 May": the day is when it began."""
    return token.dep_ in ("advcl", "acl") and any(c.lower_ == "to" and c.dep_ == "mark" for c in token.children)


def _plans(noun: Token, below: list[int]) -> bool:
    """ "began a drive to take P on 3 May": the day came up from the purpose, past the noun."""
    return any(c.i in below and _purpose(c) for c in noun.children)


def _behind_comma(s: Sentence, first: int, predicate: int, preds: dict[int, int]) -> int | None:
    """ "took P, the town that they still had, before dawn on Friday": the comma ends the aside before the date."""
    comma = first - 1
    while comma > predicate and (
        s.doc[comma].pos_ in ("ADP", "DET", "ADV") or s.doc[comma].lower_ in ("early", "late")
    ):
        comma -= 1
    if comma <= predicate or s.doc[comma].text != ",":
        return None
    token = s.doc[predicate]
    while token.dep_ not in _ASIDE:
        if token.head.i == token.i:
            return None
        token = token.head
    before = predicate_above(s, token.head.i, preds)
    while before is not None and aside(s, before):
        # "launched an offensive to retake P, one of the towns that they held, on 20 August"
        before = predicate_above(s, s.doc[before].head.i, preds) if s.doc[before].head.i != before else None
    return before


def _before_comma(s: Sentence, first: int, last: int, predicate: int, preds: dict[int, int]) -> int | None:
    """ "who held P until two weeks ago, attacked it": the comma ends the clause that the date is in."""
    if predicate < last or last + 1 >= len(s.doc) or s.doc[last + 1].text not in (",", ";"):
        return None
    before = max((p for p in preds if p < first), default=None)
    breaks = (";", ":") if s.doc[last + 1].text == ";" else (",", ";", ":")
    if before is None or any(x.text in breaks or (x.pos_ == "CCONJ" and "," in breaks) for x in s.doc[before:first]):
        return None
    return before


def _is_begun(s: Sentence, event: int, predicate: int | None) -> bool:
    """ "Tensions erupted into war in early May": the date is of the verb as well."""
    token = s.doc[event]
    return token.head.i == predicate and s.lemma(token.head) in _GOES_ON and not token.dep_.startswith("nsubj")


def _in_statement(s: Sentence, first: int, predicate: int, above: list[int], preds: dict[int, int]) -> int | None:
    """ "The army, he said, had taken P on Friday": a date behind what is told is of it, not of the verb of saying."""
    if predicate >= first or not lexis().has("say", s.lemma(predicate)):
        return None
    if any(lexis().has("told_through", s.lemma(i)) for i in above if i != predicate):
        return None  # "said that it had taken P in a statement on Friday"
    told = [p for p in preds if predicate < p < first and any(x.i == predicate for x in s.doc[p].ancestors)]
    told = [p for p in told if not any(x.i in told for x in s.doc[p].ancestors)]
    inner = s.doc[told[-1]] if told else None
    if inner is None or inner.dep_ not in ("ccomp", "parataxis", "acl:relcl") or inner.tag_ not in ("VBD", "VBN"):
        return None
    return inner.i


def _of_saying(s: Sentence, first: int, last: int, predicate: int) -> int | None:
    """ "said on Monday it had taken P": a date before the subject of what is said, without "that", is of the saying."""
    verb = s.doc[predicate]
    said = verb.head
    if verb.dep_ not in ("ccomp", "xcomp") or not said.i < first or not lexis().has("say", s.lemma(said)):
        return None
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubj:pass")), None)
    if subject is None or not last < subject.left_edge.i or any(x.i > said.i for x in s.doc[said.i + 1 : first - 1]):
        return None
    return said.i


def _event_after(s: Sentence, last: int, preds: dict[int, int]) -> list[int] | None:
    aside_of: int | None = None
    for token in s.doc[last + 1 : last + 12]:
        if token.pos_ == "PUNCT" and token.text not in ("(", ")"):
            break
        if token.dep_ == "acl:relcl" and aside_of is None and token.i in preds:
            aside_of = token.i  # "a day after the rebels, who held P, left"
        elif token.i in preds or (token.pos_ == "NOUN" and s.lemma(token) in EVENTS):
            return [token.i]
    return None if aside_of is None else [aside_of]


def _is_fronted(s: Sentence, first: int) -> bool:
    return all(_light(token) for token in s.doc[:first])


def _light(token: Token) -> bool:
    return token.pos_ in ("PUNCT", "CCONJ", "ADP", "DET", "SYM", "SPACE") or token.lower_ in (
        *("then", "later", "also", "however", "meanwhile", "early", "late", "finally"),
    )


def stands_alone(s: Sentence, t: Timed) -> bool:
    """True for a date that is a sentence by itself, and for a heading with one."""
    if s.role is Role.HEADING:
        return t.when.precision == "day" or len(t.expr.text) == len(s.text.rstrip(":"))
    after = s.doc[t.last + 1] if t.last + 1 < len(s.doc) else None
    if after is not None and t.fronted and (after.text in (":", "–", "—") or (after.text == "-" and t.first == 0)):
        # "- 20 May: the garrison flees"
        return True
    if after is not None and t.first == 0 and t.expr.text.endswith(".") and after.text[:1].isupper():
        # "20 Dec. Troops seize the town"
        return True
    return all(token.is_punct or t.first <= token.i <= t.last or _light(token) for token in s.doc)


def defines(s: Sentence) -> bool:
    """ "The siege of P was a military operation …"."""
    root = next((token for token in s.doc if token.head.i == token.i), None)
    if root is None or not any(c.dep_ == "cop" for c in root.children):
        return False
    subject = next((c for c in root.children if c.dep_ == "nsubj"), None)
    return subject is not None and s.lemma(subject) in EVENTS


def when_follows(s: Sentence, t: Timed) -> bool:
    """ "until late June, when they left"."""
    return any(token.lower_ == "when" for token in s.doc[t.last + 1 : t.last + 3])


def is_future(s: Sentence, verb: int) -> bool:
    clause = s.clause_of.get(verb)
    return clause is not None and bool({"will", "shall", "would"} & set(clause.auxiliaries))
