"""Mending of relative clauses that the parser hung on the last name before them: "a town in Yemen that they seized".

A name takes no clause that says which one of several is meant: "that", or a "which" without a comma, belongs to the
noun with an article that the name only places. Nor is a border or a road what was taken where a town stands beside it.
"""

from __future__ import annotations

from whoholds.annotate.trees.nominals import LENGTHS, TIME
from whoholds.annotate.trees.table import Table
from whoholds.annotate.words import lexis

LINES = frozenset(["border", "frontier", "road", "river", "coast", "highway", "lake", "line", "foot", "edge", "mouth",
                   "shore", "mountain", "mountains", "hills", "desert"])  # fmt: skip
"""What a place lies at, with an article of its own."""
PLACING = frozenset(["in", "near", "on", "at", "of", "outside", "along", "by"])
RETAKE = frozenset(["recapture", "retake", "liberate", "overrun", "reoccupy"])
"""What is done to places alone."""
OF_DISTANCE = LENGTHS | {f"{x}s" for x in LENGTHS} | {"to", "the", "about", "some", "further", "-", "away", "just"}
SIDES = lexis()["compass"]
OF_PEOPLE = frozenset(["they", "we", "he", "she", "it", "i"])
HIGHEST = 2
"""Names between the clause and its noun, at most: "a town in the district of Gao that"."""


def relatives(t: Table) -> None:
    """Hang such clauses on the noun before the name."""
    for verb, dep in enumerate(t.deps):
        if dep in ("ccomp", "advcl"):
            dep = _of_a_town(t, verb)
        if dep == "acl":
            dep = _with_object(t, verb)
        if dep != "acl:relcl" or t.heads[verb] >= verb:
            continue
        _brought_along(t, verb)
        _of_the_nearest(t, verb)
        opener = next((c for c in t.children(verb) if t.words[c] in ("that", "which") and c < verb), None)
        if opener is None or opener == 0:
            continue
        comma = opener - 1 - (t.pos[opener - 1] == "ADP" and t.words[opener - 2] == ",")
        if t.words[comma] == ",":
            place = _before_distance(t, comma - 1)
            place = _before_region(t, t.heads[verb]) if place is None else place
            if place is not None and not t.under(place, verb):
                t.hang(verb, place)
                continue
            _of_no_people(t, verb, opener)
            _of_the_attack(t, verb, opener)
            continue
        noun = t.heads[verb]
        for _ in range(HIGHEST):
            above = t.heads[noun]
            line = t.words[noun] in LINES or lexis().has("province", t.words[noun])
            named = (t.pos[noun] == "PROPN" or line) and _places(t, noun)
            if not (named or _is_side(t, noun)) or above >= noun:
                break
            noun = above
            if _is_one_of_many(t, noun):
                t.hang(verb, noun)
                break


def _brought_along(t: Table, verb: int) -> None:
    """ "P, half of which they took", "P, whose port they seized": what came with the pronoun is the verb's object."""
    labels, noun = t.labels(verb), t.heads[verb]
    if "nsubj" not in labels or labels & {"obj", "aux:pass"}:
        return
    if _has_relative(t, noun) and t.heads[noun] < noun:
        t.hang(verb, t.heads[noun])
        t.hang(noun, verb, "obj")
        return
    brought = next((c for c in t.children(verb) if t.deps[c] == "nsubj:pass" and _has_relative(t, c)), None)
    if brought is not None:
        t.deps[brought] = "obj"


def _of_the_nearest(t: Table, verb: int) -> None:
    """ "fighters outside the station they overran": a clause without "that" is of the noun right before it."""
    subject = min((c for c in t.children(verb) if c < verb), default=0)
    if subject == 0 or t.deps[subject] != "nsubj" or t.words[subject] not in OF_PEOPLE:
        return
    noun = subject - 1
    while t.deps[noun] in ("flat", "compound") and t.heads[noun] < subject:
        noun = t.heads[noun]
    if t.pos[noun] in ("NOUN", "PROPN") and noun != t.heads[verb] and t.under(noun, t.heads[verb]):
        t.hang(verb, noun)


def _has_relative(t: Table, noun: int) -> bool:
    """ "half of which", "whose port"."""
    return any((t.words[c], t.deps[c]) in (("which", "nmod"), ("whose", "nmod:poss")) for c in t.children(noun))


def _before_distance(t: Table, end: int) -> int | None:
    """ "the airport, 8 kilometres to the south, which they stormed": the airport."""
    if end < 3 or t.words[end] not in SIDES:
        return None
    first = end
    while first > 0 and (t.words[first] in OF_DISTANCE or t.tags[first] == "CD" or t.words[first] in SIDES):
        first -= 1
    if first < 1 or t.words[first] != "," or not any(w.removesuffix("s") in LENGTHS for w in t.words[first:end]):
        return None
    noun = first - 1
    while t.deps[noun] in ("flat", "compound", "nmod:unmarked") and t.heads[noun] < first and t.heads[noun] != noun:
        noun = t.heads[noun]
    return noun if t.pos[noun] in ("NOUN", "PROPN") else None


def _before_region(t: Table, region: int) -> int | None:
    """ "P, in neighbouring Q, which they seized", "P, on the road to Q, which": P, set off from where it lies; "P in Q,
    which" may be either."""
    line = region
    while t.deps[line] == "nmod" and t.heads[line] < line and t.words[line] not in LINES:
        line = t.heads[line]
    along = t.words[line] in LINES
    region = line if along else region
    case = next((c for c in t.children(region) if t.deps[c] == "case"), -1)
    name = case - 2
    named = t.pos[region] == "PROPN" or lexis().has("province", t.words[region])
    if name < 0 or not (named or along) or t.words[case - 1] != ",":
        return None
    if t.words[case] not in (PLACING if along else ("in", "near")):
        return None
    if t.pos[name] != "PROPN" or not t.capital[name] or t.words[name] in TIME:
        return None
    while t.deps[name] in ("flat", "compound") and t.heads[name] < name:
        name = t.heads[name]
    return name


def _with_object(t: Table, verb: int) -> str:
    """ "the only district that the army controls", read like "the report that the army is in control"."""
    below = t.children(verb)
    that = next((c for c in below if t.deps[c] == "mark" and t.words[c] == "that"), None)
    subject = any(t.deps[c] == "nsubj" for c in below)
    noun = t.words[t.heads[verb]]
    place = any(
        lexis().has(kind, noun) for kind in ("settlement", "district", "province", "facility", "part_of", "natural")
    )
    if that is not None and subject and place and not any(t.deps[c] in ("obj", "nsubj:pass", "ccomp") for c in below):
        t.deps[verb], t.deps[that] = "acl:relcl", "obj"
    return t.deps[verb]


def _of_a_town(t: Table, verb: int) -> str:
    """ "bombed P, a town in Kachin State that the rebels hold", read as what is told of the bombing."""
    below = t.children(verb)
    that = next((c for c in below if t.deps[c] == "mark" and t.words[c] == "that"), 0)
    objects = any(t.deps[c] in ("obj", "ccomp", "xcomp", "nsubj:pass", "cop") and c > verb for c in below)
    held = lexis().has("keeps_ground", t.lemma(verb))
    if not held or that < 2 or objects or t.pos[that - 1] != "PROPN" or not any(t.deps[c] == "nsubj" for c in below):
        return t.deps[verb]
    noun = that - 1
    while t.heads[noun] < noun and not (t.deps[noun] == "appos" and _is_one_of_many(t, noun)):
        noun = t.heads[noun]
    if t.deps[noun] != "appos" or t.under(noun, verb):
        return t.deps[verb]
    t.hang(verb, noun, "acl:relcl")
    t.deps[that] = "obj"
    return "acl:relcl"


def _of_no_people(t: Table, verb: int, opener: int) -> None:
    """ "Residents of P, which the rebels had surrounded", "shops in P, which they retook": the clause is of the place.

    People are not "which", and shops are not retaken.
    """
    noun, name = t.heads[verb], opener - 2
    one = t.words[noun].removesuffix("s")
    people = lexis().has("not_a_side", t.words[noun], one)
    taken = t.lemma(verb) in RETAKE and not any(
        lexis().has(kind, t.words[noun], one) for kind in ("settlement", "facility", "district", "province", "part_of")
    )
    if t.words[opener] != "which" or not (people or taken) or t.pos[name] != "PROPN":
        return
    while t.deps[name] in ("flat", "compound") and t.heads[name] < name:
        name = t.heads[name]
    if t.heads[name] == noun and _places(t, name):
        t.hang(verb, name)


def _of_the_attack(t: Table, verb: int, opener: int) -> None:
    """ "attacks of armed groups on P, which the army repelled": what is beaten off is the attack."""
    lex, men = lexis(), t.heads[verb]
    deed = t.heads[men]
    beaten = lex.has("repels", t.lemma(verb)) and t.words[opener] == "which"
    placed = any(t.heads[k] in (men, deed) and t.pos[k] == "PROPN" and _places(t, k) for k in range(men, opener))
    if (
        beaten
        and placed
        and t.deps[men] == "nmod"
        and deed < men
        and lex.has("attacks", t.words[deed].removesuffix("s"))
    ):
        t.hang(verb, deed)


def _places(t: Table, noun: int) -> bool:
    return t.deps[noun] in ("nmod", "obl") and any(
        t.deps[c] == "case" and t.words[c] in PLACING for c in t.children(noun)
    )


def _is_side(t: Table, noun: int) -> bool:
    """ "a town 90 km to the east of P": the side of it."""
    return t.words[noun] in SIDES and any(t.deps[c] == "case" and t.words[c] == "to" for c in t.children(noun))


def _is_one_of_many(t: Table, noun: int) -> bool:
    """ "a town", "the base", "two villages": some place, with an article or a number."""
    word = t.words[noun]
    place = lexis().has("settlement", word, word.removesuffix("s")) or lexis().has(
        "facility", word, word.removesuffix("s")
    )
    return t.pos[noun] == "NOUN" and place and any(t.deps[c] in ("det", "nummod") for c in t.children(noun))
