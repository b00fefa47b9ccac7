"""Mending of relations that no English sentence has, each where the parser's choice turns what is said round."""

from __future__ import annotations

from whoholds.annotate.trees.table import FINITE, SUBJECT, Table
from whoholds.annotate.words import lexis

TYPED = lexis()["natural"] | lexis()["facility"]
"""What stands before the name of a place and says what it is: "Mount", "Camp", "Fort"."""
OPENS = frozenset(("since", "after", "before", "until"))
"""What opens a phrase and a clause alike."""
LEAVES = 8
"""Words behind "left" among which a verb may be that says what became of those who were left."""
_OF_A_CLAUSE = frozenset(("nsubj", "cop", "aux"))
"""What neither a preposition nor a noun before a noun has of its own."""


def impossible(t: Table) -> None:
    """Change the table in place."""
    for i, dep in enumerate(t.deps):
        if dep == "flat" and t.heads[i] == i - 1 and t.pos[i] == "PROPN" and t.words[i - 1] in TYPED:
            _typed(t, i - 1, i)
    for i, dep in enumerate(t.deps):
        above = t.heads[i]
        if dep == "compound" and above > i and t.pos[i] in ("NOUN", "PROPN") and t.words[above] != "risk":
            # "has been in opposition hands": what stands before a noun has neither subject nor preposition of its own
            for c in t.children(i):
                if c < i and (t.deps[c] in _OF_A_CLAUSE or t.deps[c] in ("case", "mark")):
                    t.hang(c, above)
        elif dep == "nsubj:pass" and i < above and _did_it(t, above):
            # "They had not left by Monday": no passive without "be"
            t.deps[i] = "nsubj"
            for c in t.children(above):
                t.deps[c] = "obl" if t.deps[c] == "obl:agent" else t.deps[c]
        elif dep == "advcl" and t.heads[above] == above and ";" in t.words[i:above] and _stands_alone(t, i):
            # "The two sides are fighting for P; X says it took it, Y denies it": what is told first
            t.hang(i, i, "ROOT")
            t.hang(above, i, "parataxis")
        elif dep in ("aux", "aux:pass"):
            # "The army has yet to take P": an auxiliary has no subject of its own
            for c in t.children(i):
                if t.deps[c] in SUBJECT:
                    t.hang(c, above)
        elif dep == "case" and above > i:
            # "are in and around P": a preposition has neither subject nor copula
            for c in t.children(i):
                if t.deps[c] in _OF_A_CLAUSE:
                    t.hang(c, above)
        elif dep == "obj" and t.words[i] in TYPED and (name := _object_in_front(t, i)) is not None:
            # "took Bol port on Monday": a verb has not two objects side by side
            t.hang(name, i, "compound")
        elif _is_adverb(t, i) and (said := _after_adverb(t, i)) is not None:
            # "The town was briefly in rebel hands": what is said of it stands after the adverb
            _predicate(t, i, said)
        elif dep in ("nmod", "obl") and t.tags[i] == "VBZ" and _verb_after_as(t, i):
            # "as M23 nears Goma": what follows "as" is a clause
            t.deps[i], t.pos[i] = "advcl", "VERB"
        elif dep == "acl" and t.words[i] == "left" and (mark := _clause_of_leaving(t, i)) is not None:
            # "quiet since government troops left at the end of May": nobody left the troops there
            t.tags[i], t.deps[mark] = "VBD", "mark"
            t.hang(i, t.heads[above], "advcl")
            t.hang(above, i, "nsubj")
            t.hang(mark, i)
        elif dep == "obl" and t.tags[i] == "NNS" and (name := _name_in_front(t, i)) is not None:
            # "In Gao soldiers of Chad took over": the name alone stands after "in"
            _part(t, name, i)
        elif dep in ("nmod", "obl") and (name := _name_before_copula(t, i)) is not None:
            # "while P is still under the army": what has a copula and a name before it is a clause
            t.deps[i] = t.deps[name] if t.deps[name] == "advcl" else "conj"
            t.hang(name, i, "nsubj")
            for c in t.children(i):
                t.deps[c] = "mark" if t.deps[c] == "case" and c < name else t.deps[c]
        elif dep == "conj" and t.deps[above] in ("obj", "nsubj:pass") and _opened_by_of(t, i):
            # "cleared P and Q of the rebels": what a preposition opens is no third town
            t.hang(i, t.heads[above], "obl")
        elif dep == "conj" and t.deps[above] == "ROOT" and _said_of_the_name(t, i):
            # "Bor, with its dam, is still in the hands of X": what is said is the root, and the name its subject
            t.hang(i, i, "ROOT")
            t.hang(above, i, "nsubj")
            for c in t.children(above):
                if c > i:
                    t.hang(c, i)
        elif dep == "conj" and t.deps[above] in SUBJECT and t.heads[above] > i and _said_of_the_name(t, i):
            # "P, with its dam, is still in the hands of X, and the mayor says": the mayor says, and not P
            _speaks_next(t, i)
        elif dep == "conj" and t.tags[i] == "VBD" and _says_more(t, i):
            # "denied that P was lost, and recalled that X left Q": the speaker recalls, and not what was denied
            t.hang(i, t.heads[above])
        elif dep == "conj" and t.tags[i] == "VBD" and _done_by(t, i):
            # "evacuated thousands of families besieged there by X": a verb with an agent and no object is a participle
            t.tags[i] = "VBN"
            t.hang(i, i - 1, "acl")
        elif dep == "conj" and t.deps[above] == "acl:relcl" and (verb := _of_the_many(t, i)) is not None:
            # "held P, which lies on the road, and were moving on Q": not the town is moving
            t.hang(i, verb)
        elif dep in ("advcl", "xcomp", "ccomp", "acl") and t.pos[i] == "PROPN":
            _to_a_name(t, i)
        elif dep == "nmod" and t.pos[i] == "PROPN" and (noun := _noun_before_name(t, i)) is not None:
            # "the capital of the opposition Hezbollah": the noun says what the name is
            for c in t.children(noun):
                t.hang(c, i)
            t.hang(noun, i, "compound")


def _noun_before_name(t: Table, i: int) -> int | None:
    """The noun right before a name without a preposition, both on the same word."""
    first = min((c for c in t.children(i) if t.deps[c] == "compound"), default=i)
    noun = min(first, i) - 1
    bare = all(t.deps[c] == "compound" for c in t.children(i) if c < i)
    beside = noun >= 0 and t.pos[noun] == "NOUN" and t.deps[noun] == "nmod" and t.heads[noun] == t.heads[i]
    return noun if bare and beside else None


def _opened_by_of(t: Table, i: int) -> bool:
    """A noun whose own preposition follows a name, with neither "and" nor a comma between."""
    case = next((c for c in t.children(i) if t.deps[c] == "case" and t.words[c] in ("of", "from")), None)
    return case is not None and case > 0 and t.pos[case - 1] == "PROPN"


def _name_in_front(t: Table, i: int) -> int | None:
    """The last word of a name after the preposition that opens a clause, right before men without an article."""
    verb, name = t.heads[i], i - 1
    below = t.children(i)
    opens = bool(below) and t.deps[below[0]] == "case" and t.words[below[0]] in ("in", "at", "around", "near")
    if not opens or verb < i or t.labels(verb) & {*SUBJECT, "expl"} or t.deps[name] != "compound":
        return None
    case = below[0]
    begins = case == 0 or t.words[case - 1] in (",", "that", '"', "“", ";")
    named = case < name and all(t.capital[k] or t.words[k] == "-" for k in range(case + 1, i))
    word = t.words[i].removesuffix("s")
    men = lexis().has("force", word) or lexis().has("nonstate_force", word) or t.words[i] in ("residents", "people")
    return name if begins and named and men and t.heads[name] == i else None


def _part(t: Table, name: int, i: int) -> None:
    """Give the preposition and the name to the verb; the men behind the name are its subject."""
    verb = t.heads[i]
    t.tags[name], t.pos[name] = "NNP", "PROPN"
    for c in t.children(i):
        if c < name:
            t.hang(c, name, "case" if t.deps[c] == "case" else "compound")
    t.hang(name, verb, "obl")
    t.hang(i, verb, "nsubj:pass" if "aux:pass" in t.labels(verb) else "nsubj")


def _object_in_front(t: Table, i: int) -> int | None:
    """The name directly before a noun without an article, where the parser made both objects of one verb."""
    if i < 2 or t.pos[i - 1] != "PROPN":
        return None
    name = t.heads[i - 1] if t.deps[i - 1] in ("flat", "compound") else i - 1
    return name if t.deps[name] == "obj" and t.heads[name] == t.heads[i] < name < i else None


def _is_adverb(t: Table, i: int) -> bool:
    """ "briefly"; "longer" in "are no longer in P"; "were nowhere to be found in P": what nobody is."""
    word = t.words[i]
    return t.pos[i] == "ADV" and (
        word.endswith("ly") or word == "nowhere" or t.words[i - 1 : i + 1] == ["no", "longer"]
    )


def _after_adverb(t: Table, i: int) -> int | None:
    """What stands right behind an adverb that the parser took for what a copula says: a phrase, or "to be found"."""
    if "cop" not in t.labels(i):
        return None
    wanted, mark = (("xcomp",), "mark") if t.words[i] == "nowhere" else (("obl", "nmod"), "case")
    said = next((c for c in t.children(i) if c > i and t.deps[c] in wanted), None)
    opens = said is not None and any(t.deps[c] == mark and c == i + 1 for c in t.children(said))
    return said if opens else None


def _predicate(t: Table, i: int, said: int) -> None:
    """Put a phrase in the place of the adverb before it."""
    below, over, dep = t.children(i), t.heads[i], t.deps[i]
    t.hang(said, said if over == i else over, "ccomp" if dep == "advmod" else dep)
    for c in below:
        if c != said and t.words[c] != "no":
            t.hang(c, said)
    t.hang(i, said, "advmod")


def _verb_after_as(t: Table, i: int) -> bool:
    """Give a present tense that was hung on by "as" its subject and its object; whether it is one."""
    case = next((c for c in t.children(i) if t.deps[c] == "case" and t.words[c] in ("as", "after", "before")), None)
    before = i - 1
    if case is None or case >= before or t.heads[before] != i or t.pos[before] not in ("NOUN", "PROPN"):
        return False
    t.deps[case], t.deps[before] = "mark", "nsubj"
    if i + 1 < len(t.words) and t.pos[i + 1] == "PROPN" and t.heads[i + 1] in (i, t.heads[i]):
        t.hang(i + 1, i, "obj")
    return True


def _clause_of_leaving(t: Table, i: int) -> int | None:
    """The conjunction before the noun that "left" was hung on, where no verb is left for that noun behind it."""
    noun = i - 1
    if t.heads[i] != noun or t.deps[noun] not in ("obl", "nmod") or t.heads[noun] in (noun, i) or t.heads[noun] > noun:
        return None
    if "obl:agent" in t.labels(i) or any(t.tags[k] in FINITE for k in range(i + 1, min(i + LEAVES, len(t.words)))):
        return None
    return next((c for c in t.children(noun) if t.deps[c] == "case" and t.words[c] in OPENS), None)


def _name_before_copula(t: Table, i: int) -> int | None:
    """The name right before the copula of a noun without a subject, where both hang on the same word."""
    copula = next((c for c in t.children(i) if t.deps[c] == "cop"), 0)
    name = copula - 1
    if copula < 1 or t.pos[name] != "PROPN" or t.labels(i) & set(SUBJECT):
        return None
    while t.deps[name] in ("flat", "compound", "conj") and t.heads[name] < name:
        name = t.heads[name]
    bare = "case" not in t.labels(name)
    return name if t.heads[name] == t.heads[i] and t.deps[name] in ("advcl", "obl", "nmod") and bare else None


def _said_of_the_name(t: Table, i: int) -> bool:
    """A predicate with a copula and no subject, that no "and" joins to the name at the head of the sentence."""
    above, below = t.heads[i], t.labels(i)
    return (
        above < i
        and t.pos[above] == "PROPN"
        and "cop" in below
        and not {*SUBJECT, "expl", "cc"} & below
        and not {"nsubj", "cop"} & t.labels(above)
    )


def _speaks_next(t: Table, i: int) -> None:
    """Make what is said of the name a clause of its own; the subject of the verb after it is who follows "and"."""
    name = t.heads[i]
    after, subject = t.heads[name], t.deps[name]
    t.hang(i, after, "parataxis")
    t.hang(name, i, "nsubj")
    for c in t.children(name):
        if t.deps[c] == "conj" and c > i:
            t.hang(c, after, subject)


def _says_more(t: Table, i: int) -> bool:
    """A verb of saying with "that", joined by ", and" to what the verb of saying before it opens."""
    told = t.heads[i]
    speech = t.heads[told]
    if t.deps[told] != "ccomp" or not told > speech or t.labels(i) & set(SUBJECT):
        return False
    joined = any(t.deps[c] == "cc" and t.words[c - 1] == "," for c in t.children(i) if 0 < c < i)
    opens = any(t.deps[c] == "ccomp" and t.words[i + 1] == "that" and c > i + 1 for c in t.children(i))
    return joined and opens and all(lexis().has("say", t.lemma(x)) for x in (i, speech))


def _done_by(t: Table, i: int) -> bool:
    below = t.labels(i)
    alone = not {*SUBJECT, "obj", "aux", "aux:pass", "cc", "ccomp", "xcomp"} & below
    return "obl:agent" in below and alone and i > 0 and t.pos[i - 1] in ("NOUN", "PROPN") and t.heads[i] < i - 1


def _of_the_many(t: Table, i: int) -> int | None:
    """The clause that a plural verb after ", and" goes on with, where the relative clause before it is of one thing."""
    noun = t.heads[t.heads[i]]
    verb = t.heads[noun] if t.deps[noun] not in ("nmod", "appos", "conj") else t.heads[t.heads[noun]]
    joined = any(t.deps[c] == "cc" and t.words[c - 1] == "," for c in t.children(i) if c)
    plural = any(t.words[c] in ("were", "are", "have") and t.deps[c].startswith("aux") for c in t.children(i))
    who = any(t.deps[c] in SUBJECT and t.tags[c] in ("WDT", "WP") for c in t.children(t.heads[i]))
    subject = next((c for c in t.children(verb) if t.deps[c] in SUBJECT and c < noun), None)
    if not (joined and plural and who) or t.tags[noun] not in ("NN", "NNP") or subject is None:
        return None
    many = t.tags[subject] in ("NNS", "NNPS", "PRP") or "conj" in t.labels(subject)
    return verb if many and not t.labels(i) & set(SUBJECT) else None


def _to_a_name(t: Table, i: int) -> None:
    """ "was handed over to Azerbaijan", "up to Mount Sinjar": what "to" opens before a name is no clause."""
    below = t.children(i)
    for c in below:
        if c == i + 1 and t.pos[c] == "PROPN" and t.deps[c] == "obj":
            t.deps[c] = "flat"
    to = next((c for c in below if t.deps[c] == "mark" and t.words[c] in ("to", "on", "with", "by")), None)
    if to is not None and not t.labels(i) & {*_OF_A_CLAUSE, "obj"}:
        t.deps[i], t.deps[to], t.pos[to] = "obl", "case", "ADP"


def _stands_alone(t: Table, verb: int) -> bool:
    """True of a clause with a subject and without "when", "while", "after"."""
    return "nsubj" in t.labels(verb) and "mark" not in t.labels(verb) and t.tags[verb] != "VBN"


def _did_it(t: Table, verb: int) -> bool:
    """True of a participle after "have" or "had" alone: it is no passive."""
    before = {t.words[c] for c in t.children(verb) if t.deps[c] in ("aux", "aux:pass") and c < verb}
    if not before and t.words[verb] == "left":
        return _went(t, verb)
    return t.tags[verb] in ("VBN", "VBD") and bool(before) and before <= {"have", "has", "had", "'ve", "’ve"}


def _went(t: Table, left: int) -> bool:
    """ "The fighters left during the night": not "left dead", "left without food"."""
    subject = next(c for c in t.children(left) if t.deps[c] == "nsubj:pass")
    goes_on = t.words[left + 1] if left + 1 < len(t.words) else "."
    return lexis().has("force", t.lemma(subject)) and goes_on in ("during", "on", "at", "before", "after", ".", ",")


def _typed(t: Table, kind: int, name: int) -> None:
    """ "Mount Sinjar", "Camp Abubakar": the name is what is spoken of, the word before it says what it is."""
    above = t.heads[kind]
    t.hang(name, name if above == kind else above, t.deps[kind])
    for c in t.children(kind):
        t.hang(c, name)
    t.hang(kind, name, "compound")
