"""Mending of tags: verb forms that the tagger takes for nouns, and nouns of war that it takes for verbs.

Only forms that are (nearly) always the one or the other are listed (`data/lexis.yml`), so that the lists need no
context. The tree is mended with a tag where the wrong tag came with a wrong label; `clauses.repair` does the rest.
"""

from __future__ import annotations

from spacy.lang.en.stop_words import STOP_WORDS

from whoholds.annotate.mending.hidden_verbs import MAY_BE_VERBS, hidden_verb
from whoholds.annotate.trees.table import FINITE, SUBJECT, Table
from whoholds.annotate.words import lexis
from whoholds.gazetteer.wordlike import is_wordlike

PAST = lexis()["past_tenses"]
PRESENT = lexis()["present_tenses"]
ONLY_PAST = lexis()["only_past"]
ADVERBS = lexis()["adverbs"]
_ALSO_ADJECTIVES = frozenset(("left", "advanced", "fell", "lost", "held"))
_NOUNS = lexis()["never_verbs"]
_FIGHTS = lexis()["fights"]
_BLOWS = lexis()["single_attacks"]
_NEVER_GERUNDS = lexis()["never_gerunds"]
_HARD = lexis()["how_hard"]
_OF_A_FIGHT = frozenset(("between", "for", "in", "at", "on", "over", "around", "near", "along", "inside", "outside",
                         "continued", "erupted"))  # fmt: skip
"""What follows "Fighting" at the start of a sentence that is about it."""
_RAGES = lexis()["rages"]
_BASES_IN_ING = frozenset(("cling", "bring", "ring", "swing", "fling", "spring", "sling", "string", "wring"))
"""Verbs whose dictionary form ends like a participle."""
_ONE_IN_S = lexis()["facility"]
"""Nouns in "-s" that are one thing: "headquarters", "barracks"."""
_TITLES = lexis()["before_a_village"]
_CLOSED = frozenset(("PRON", "DET", "AUX", "ADP", "CCONJ", "SCONJ"))
"""Parts of speech of which all words are known."""
_NO_NAMES = frozenset(("det", "cop", "nsubj", "mark", "aux"))
"""What hangs on no name."""
_NOMINAL = (*SUBJECT, "obj", "obl", "obl:agent", "nmod", "appos")
_NOMINAL_OR_JOINED = (*_NOMINAL, "conj")
_OF_VERBS = frozenset((*SUBJECT, "obj", "aux", "mark", "advmod"))
"""What hangs on no plural noun."""
_IN_A_NAME = ("flat", "compound", "nmod", "appos")
_CLAUSAL = ("acl", "acl:relcl", "advcl", "ccomp", "xcomp", "parataxis")


def mend(t: Table) -> None:
    """Correct tags, parts of speech, and labels that followed from wrong tags."""
    for i, word in enumerate(t.words):
        tag, pos = t.tags[i], t.pos[i]
        if tag == "VBG" and word in _BASES_IN_ING:
            # "they cling to P"
            bare = any(t.tags[c] == "MD" or t.words[c] in ("to", "not", "do") for c in t.children(i))
            t.tags[i], t.pos[i] = ("VB" if bare else "VBP"), "VERB"
        elif pos == "ADJ" and word.endswith(("ed", "aid")) and "aux:pass" in t.labels(i):
            # "was troubled by attacks": what has the passive's "was" is a participle
            t.tags[i], t.pos[i] = "VBN", "VERB"
        elif tag == "VB" and t.deps[i] == "ROOT":
            _present_tense(t, i)
        elif (
            tag == "VBZ"
            and t.words[i + 1 : i + 2] == ["that"]
            and lexis().has("told_things", word.removesuffix("s"))
            and (i == 0 or (i == 1 and t.deps[0] in ("amod", "det")))
        ):
            # "Claims that P has fallen are untrue", "Earlier reports that P had fallen were untrue"
            t.tags[i], t.pos[i] = "NNS", "NOUN"
            _told_of(t, i)
        elif tag == "JJ" and t.deps[i] == "obl" and word.startswith("un") and _opened_by_particle(t, i):
            # "moved in unopposed"
            t.hang(i - 1, t.heads[i], "compound:prt")
            t.deps[i] = "advmod"
        elif tag == "RB" and i and t.tags[i - 1] == "PRP$" and t.deps[i] in _NOMINAL:
            # "abandoned its post there"
            t.tags[i], t.pos[i] = "NN", "NOUN"
        elif tag == "RB" and t.capital[i]:
            _name_again(t, i)
        elif i == 1 and word in _RAGES and t.words[0] in (*_FIGHTS, "battle") and t.deps[0] != "nsubj":
            _fight_rages(t)
        elif word == "nearer" and pos == "NOUN":
            # "came much nearer to P"
            t.tags[i], t.pos[i] = "RBR", "ADV"
            t.deps[i] = "advmod" if t.deps[i] in ("obj", "obl", "xcomp") else t.deps[i]
        elif tag == "JJ" and word == "close" and t.words[i + 1 : i + 3] == ["in", "on"]:
            _closes_in(t, i)
        elif i and pos in _CLOSED and t.capital[i] and word.isalpha() and _may_be_name(t, i):
            # "captured Shahhat": no pronoun, though it ends like one
            t.name(i)
        elif pos != "PROPN" and t.capital[i] and not word.isascii() and word.isalpha():
            _accented(t, i)
        elif tag in ("FW", "UH") and t.capital[i] and t.deps[i] in _NOMINAL and not t.labels(i) & _NO_NAMES:
            t.name(i)
        elif tag == "NNPS" and lexis().has("nonstate_force", word.removesuffix("s")):
            # "the Islamists": no name, whatever its capital
            t.tags[i], t.pos[i] = "NNS", "NOUN"
        elif pos == "PROPN" and word.endswith("s") and t.capital[i : i + 2] == [True, True] and word in _TITLES:
            # "Barangays Bongo and Baliki"
            t.tags[i], t.pos[i] = "NNS", "NOUN"
        elif i == 0 and word == "mount" and tag[:2] == "VB" and t.capital[1:2] == [True]:
            # "Mount Elgon, their last base, fell": a name, and no order to climb
            _one_name(t)
        elif i and t.deps[i] in _CLAUSAL and t.capital[i : i + 2] == [True] * 2 and lexis().has("before_a_name", word):
            _inside_name(t, i)
        elif tag == "NNP" and pos == "ADV" and t.capital[i] and not is_wordlike(word):
            t.name(i)
        elif tag == "NNS" and t.capital[i] and i > 0 and not word.endswith("s") and not is_wordlike(word):
            # "captured Radaa": no plural of anything
            t.name(i)
        elif tag == "NN" and t.capital[i] and i and t.deps[i] in _NOMINAL_OR_JOINED and _is_bare_name(t, i):
            # "attacked Rugezi and P"
            t.name(i)
        elif (tag in ("NN", "NNS") and word.removesuffix("s") in MAY_BE_VERBS) or (
            tag == "VBZ" and pos == "NOUN" and t.deps[i] in _IN_A_NAME
        ):
            hidden_verb(t, i)
        elif pos == "PRON" and tag == "NN" and "-" in word:
            # "mopping-up goes on"
            t.pos[i] = "NOUN"
        elif tag == "NN" and word.endswith("s") and word not in _ONE_IN_S and lexis().has("facility", word[:-1]):
            # "the grain silos"
            t.tags[i] = "NNS"
        elif pos == "VERB" and tag in ("NN", "NNS") and t.deps[i] in _NOMINAL:
            # tag, part of speech and relation must say the same: the parser decides on each of them by itself
            t.pos[i] = "NOUN"
        elif tag == "VBZ" and t.deps[i] in SUBJECT and (pos == "NOUN" or not t.labels(i) & _OF_VERBS):
            # "Boko Haram elements entered P", "said that assaults on P had been repelled"
            t.tags[i], t.pos[i] = "NNS", "NOUN"
            for c in t.children(i):
                t.deps[c] = "compound" if c < i and t.deps[c] in SUBJECT else t.deps[c]
        elif pos == "NOUN" and tag[:2] == "VB" and (t.deps[i] in _CLAUSAL or _is_main_verb(t, i)):
            t.pos[i] = "VERB"
        elif pos == "NOUN" and _has_infinitive(t, i):
            t.tags[i], t.pos[i] = ("VBZ" if tag == "NNS" else "VBP"), "VERB"
        if word in _NOUNS or (word in _FIGHTS and _noun_here(t, i)) or (i == 0 and _blow_on(t, word)):
            if (
                t.pos[i] in ("VERB", "ADJ", "ADV")
                or t.tags[i][:2] == "VB"
                or (t.deps[i] in ("advcl", "xcomp", "ccomp", "csubj") and "cop" not in t.labels(i))
            ):
                _make_noun(t, i)
        elif word in PAST and (
            t.tags[i] in ("VB", "VBP") or t.pos[i] == "NOUN" or (t.pos[i] == "PROPN" and word not in _ALSO_ADJECTIVES)
        ):
            t.tags[i], t.pos[i] = "VBD", "VERB"
        elif t.pos[i] in ("NOUN", "PROPN") and word in PRESENT:
            t.tags[i], t.pos[i] = "VBZ" if word.endswith("s") else "VBP", "VERB"


def _may_be_name(t: Table, i: int) -> bool:
    """No common word; or "Dak Me Kong", with a capital and one on both sides: no pronoun."""
    if t.words[i] not in STOP_WORDS:
        return True
    return t.pos[i] == "PRON" and t.capital[i - 1 : i + 2] == [True] * 3 and t.words[i + 1].isalpha()


def _is_bare_name(t: Table, i: int) -> bool:
    """A capital within a sentence, without an article or an adjective: no common noun stands so."""
    word, before = t.words[i], t.words[i - 1]
    within = before.isalpha() or before == ","
    alone = not t.capital[i - 1] and not t.labels(i) & {"det", "amod", "nummod"}
    return within and alone and word.isalpha() and not is_wordlike(word)


def _accented(t: Table, i: int) -> None:
    """ "is held in Sévaré", "Yébi, …, was deserted": an accent and a capital make a name, whatever tag it has."""
    t.name(i)
    verb = t.heads[i]
    if t.deps[i] == "discourse" and t.pos[verb] == "VERB" and not t.labels(verb) & set(SUBJECT):
        t.deps[i] = "nsubj:pass" if "aux:pass" in t.labels(verb) else "nsubj"


def _one_name(t: Table) -> None:
    """Make the first two words a name."""
    t.name(0)
    for c in t.children(1):
        t.hang(c, 0)
    t.hang(1, 0, "flat")


def _inside_name(t: Table, i: int) -> None:
    """ "ejected them from Tell Rifaat", with the first word of the name for a verb."""
    if t.words[i - 1] not in _OF_A_FIGHT and t.words[i - 1] not in ("from", "of", "to", "into", "towards"):
        return
    t.name(i)
    t.deps[i] = "obl" if t.pos[t.heads[i]] == "VERB" else "nmod"
    t.hang(i + 1, i, "flat")
    for c in t.children(i):
        if t.deps[c] == "mark":
            t.deps[c] = "case"


def _opened_by_particle(t: Table, i: int) -> bool:
    """ "in" before "unopposed", right after the verb of both."""
    return i > 1 and t.words[i - 1] in ("in", "out") and t.heads[i - 1] == i and t.heads[i] == i - 2


def _told_of(t: Table, noun: int) -> None:
    """ "Earlier reports that P had fallen turned out to be wrong": what was read as a second verb is said of them."""
    verb = next((c for c in t.children(noun) if t.deps[c] == "conj" and t.tags[c] in FINITE), None)
    if verb is None or "nsubj" in t.labels(verb):
        return
    above, dep = t.heads[noun], t.deps[noun]
    t.hang(verb, verb if above == noun else above, dep)
    t.hang(noun, verb, "nsubj")


def _present_tense(t: Table, i: int) -> None:
    """ "A and B fall to the army", with "fall" for an infinitive."""
    labels = t.labels(i)
    subject = next((c for c in t.children(i) if t.deps[c] == "nsubj" and c < i), None)
    if subject is not None and t.words[subject] != "you" and not labels & {"aux", "cop", "det", "mark", "aux:pass"}:
        t.tags[i], t.pos[i] = "VBP", "VERB"


def _fight_rages(t: Table) -> None:
    """ "Fighting rages in Bor", with "rages" for a noun."""
    t.tags[0], t.pos[0] = ("NNS" if t.words[0].endswith("s") else "NN"), "NOUN"
    t.tags[1], t.pos[1] = ("VBZ" if t.words[1].endswith("s") else "VBP"), "VERB"
    over, dep = (1, "ROOT") if t.heads[1] in (0, 1) else (t.heads[1], t.deps[1])
    t.hang(1, over, dep)
    for c in t.children(0):
        if c > 1:
            t.hang(c, 1)
    t.hang(0, 1, "nsubj")
    for c in t.children(1):
        t.deps[c] = "obl" if t.deps[c] == "nmod" else t.deps[c]


def _closes_in(t: Table, i: int) -> None:
    """ "Rebels close in on Bor", with "close" for an adjective."""
    over = t.heads[i]
    if over == i and "nsubj" in t.labels(i) and "cop" not in t.labels(i):
        t.tags[i], t.pos[i] = "VBP", "VERB"
    elif over < i and t.pos[over] in ("NOUN", "PROPN") and t.deps[over] == "ROOT":
        t.tags[i], t.pos[i] = "VBP", "VERB"
        t.hang(i, i, "ROOT")
        t.hang(over, i, "nsubj")
        for c in t.children(over):
            if c > i:
                t.hang(c, i)


def _has_infinitive(t: Table, i: int) -> bool:
    """ "Tuareg rebels plan to retake P": what has a subject and an infinitive is a verb."""
    labels = t.labels(i)
    if "nsubj" not in labels or labels & {"cop", "case", "det"}:
        return False
    after = next((c for c in t.children(i) if t.deps[c] == "acl" and t.words[i + 1] == "to" == t.words[c - 1]), None)
    if after is not None:
        t.deps[after] = "xcomp"
    return "xcomp" in labels or after is not None


def _name_again(t: Table, i: int) -> None:
    """A name that the tagger takes for an adverb: "retook Abyan on Friday"."""
    word, head, dep = t.words[i], t.heads[i], t.deps[i]
    if word in ADVERBS or word.endswith("ly"):
        return
    if dep in ("obj", "obl", "nmod", "conj") and i > 0 and not is_wordlike(word):
        # "captured Kessab": the tree has it right
        t.name(i)
        return
    if dep not in ("advmod", *SUBJECT):
        return
    if t.pos[head] != "VERB" or (dep == "advmod" and abs(i - head) > 3):
        return
    if dep == "advmod":
        role = "obj" if i > head else "nsubj"
        if any(t.deps[c].startswith(role) for c in t.children(head)):
            if t.heads[i - 1] == head and t.pos[i - 1] == "PROPN" and t.capital[i - 1]:
                # "capturing Mong Tawk": the second word of the name
                t.name(i)
                t.hang(i, i - 1, "flat")
            return
        t.deps[i] = role
    t.name(i)


def _noun_here(t: Table, i: int) -> bool:
    """ "heavy fighting", "Clashes in P", "there was fighting", "days of fighting": no verb."""
    word, labels = t.words[i], t.labels(i)
    if _there(t, i) or (word in _NEVER_GERUNDS and not labels & {"nsubj", "obj"}):
        return True
    if word == "fighting" and (t.words[i + 1 : i + 2] == ["between"] or _is_matter(t, i)):
        return True
    if i > 0:
        return t.words[i - 1] in _HARD or t.pos[i - 1] in ("ADJ", "DET") or t.tags[i - 1] == "POS"
    return len(t.words) > 1 and t.words[1] in _OF_A_FIGHT


def _blow_on(t: Table, word: str) -> bool:
    """ "Assault on P: the army at a turning point": at the head of a headline no order to attack."""
    return word.removesuffix("s") in _BLOWS and t.words[1:2] in (["on"], ["against"]) and "nsubj" not in t.labels(0)


def _is_matter(t: Table, i: int) -> bool:
    """ "days of fighting", "fighting continued": not what somebody is doing."""
    labels = {t.deps[c] for c in t.children(i) if c < i or t.deps[c] == "obj"}
    after = i + 1
    while after < len(t.words) and t.pos[after] == "ADV":
        after += 1
    if labels & {"nsubj", "aux"} or after >= len(t.words):
        return False
    if i > 0 and t.words[i - 1] == "of":
        return "obj" not in labels
    finite = t.tags[after] in ("VBD", "VBZ") or (t.deps[i] == "aux:pass" and t.heads[i] == after)
    return finite and (i == 0 or t.pos[i - 1] in ("VERB", "PUNCT", "CCONJ", "SCONJ") or t.words[i - 1] == "that")


def _there(t: Table, i: int) -> bool:
    """True for the verb of "there was …"."""
    above = (i, *(c for c in t.children(i) if t.deps[c] == "aux"))
    return any(t.deps[c] == "expl" and t.words[c] == "there" for x in above for c in t.children(x) if c < i)


def _is_main_verb(t: Table, i: int) -> bool:
    """ "P lies in their territory": a root with a subject, and nothing that a noun has."""
    labels = t.labels(i)
    return t.deps[i] == "ROOT" and t.tags[i] in FINITE and "nsubj" in labels and not labels & {"cop", "det", "case"}


def _make_noun(t: Table, i: int) -> None:
    """Turn the verb at `i` into a noun and give its wrong arguments to the verb above."""
    t.tags[i], t.pos[i] = "NNS" if t.words[i].endswith("s") else "NN", "NOUN"
    head, dep = t.heads[i], t.deps[i]
    for c in t.children(i):
        if t.deps[c] == "mark":
            t.deps[c] = "case"
        elif t.deps[c] == "obl" and c > i:
            t.deps[c] = "nmod"
        elif t.deps[c] == "nsubj" and head != i:
            t.hang(c, head, dep)
    if dep in ("advcl", "csubj", "xcomp", "ccomp", "acl"):
        cased = "case" in t.labels(i)
        nominal = t.pos[head] in ("NOUN", "PROPN", "PRON")
        t.deps[i] = ("nmod" if nominal else "obl") if cased else ("nsubj" if dep == "csubj" else "obj")
