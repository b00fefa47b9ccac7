"""Mending of tags: verb forms that the tagger takes for nouns, and nouns of war that it takes for verbs.

Only forms that are (nearly) always the one or the other are listed, so that the lists need no context. The tree is
mended with a tag where the wrong tag came with a wrong label; `annotate.repair` does the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.annotate.listing import words
from whoholds.annotate.words import lexis

PAST = words(
    """retook overran withdrew recaptured captured seized liberated besieged encircled surrounded stormed regained
    reclaimed reoccupied occupied repelled repulsed foiled thwarted expelled ousted dislodged routed abandoned ceded
    evacuated vacated attacked invaded conquered reached entered retreated advanced fled surrendered redeployed
    fought took drove fell lost held left gained cleared secured controlled shelled bombed killed pushed launched
    handed pulled recovered re-took freed defended raided ambushed blockaded clashed annexed wrested prised snatched
    withstood"""
)
"""Past tenses, and mostly past participles too."""
ONLY_PAST = words("retook overran withdrew fell took drove fought fled went came began retreated advanced")
"""Forms that are no passive participle: past tenses apart from their participle, and verbs without a passive."""
_ALSO_ADJECTIVES = frozenset(("left", "advanced", "fell", "lost", "held"))
_PRESENT = words(
    """retake retakes liberate liberates besiege besieges encircle encircles seize seizes withdraws flee flees repel
    repels expel expels oust ousts evict evicts dislodge reclaim reclaims regain regains invade invades occupy
    occupies abandon abandons evacuate evacuates cede cedes rages erupts denies concedes admits acknowledges confirms
    loses"""
)
_NOUNS = words(
    """army fighter fighters troops militants rebels insurgents soldiers villages jihadists militiamen gunmen
    separatists guerrillas commandos paramilitaries peacekeepers loyalists districts stronghold strongholds bastion
    bastions noose bridgehead beachhead foothold"""
)
"""Never verbs in reports of war."""
_ACTIONS = words("shelling fighting bombing clashes bombardment battles skirmishes firefights gunfights airstrikes")
"""Nouns after an article or adjective, and at the start of a sentence before "between", "in", "at", "over"."""
_NEVER_GERUNDS = words("clashes battles skirmishes firefights gunfights airstrikes")
_OF_A_FIGHT = words("between for in at on over around near along inside outside continued erupted")
"""What follows "Fighting" at the start of a sentence that is about it."""
_HARD = words(
    """heavy fierce intense violent bloody deadly sporadic fresh renewed intermittent bitter serious daily overnight
    street urban pitched ongoing continued continuing persistent isolated minor major"""
)
"""Words for how hard a fight is; at the start of a sentence the tagger takes them for names."""
_BASES_IN_ING = words("cling bring ring swing fling spring sling string wring")
"""Verbs whose dictionary form ends like a participle."""
_ALSO_VERBS = words(
    "cling fall attack capture seize advance retreat control battle besiege raid hold push march storm assault"
)
"""Nouns that with a subject of their own are the verb of their sentence."""
_DEEDS = words(
    """capture recapture fall loss siege retreat advance attack assault raid push march offensive withdrawal control
    hold grip rule conquest seizure surrender collapse blockade encirclement defence defense bid move return"""
)
"""What somebody did, or what was done to a place, as a noun."""
_INTENTIONS = words("plan plans vow vows aim aims hope hopes threaten threatens fight fights battle battles")
"""Nouns that before "to" with an infinitive are verbs where the sentence has no other verb."""
ADVERBS = words(
    """about above absolute afterward afterwards again ago almost along already also although altogether always
    anyway anyways apart approx around as aside away back before behind below beneath besides best better beyond
    concurrently down earlier early east elsewhere enough even ever everywhere far first forward further furthermore
    hence here how however indeed inland inside instead just last late later likewise little long maybe meantime
    meanwhile more moreover most much near nearby neither never nevertheless next no nonetheless north northeast
    northward northwest not now nowhere off offshore often on once only onwards otherwise out outside over overall
    overhead overnight perhaps pretty prior quite rather regardless right second short since so sometime sometimes
    somewhat somewhere soon sooner south southeast southward southwest still straight super than then there thereafter
    therefore third thus today together tomorrow tonight too twice underground up upstream very well west westward
    what when whenever where whereas wherever why worse yesterday yet"""
)
"""What a capitalised adverb can be that is no name, beside words in -ly."""
_LENGTHS = words("minute minutes hour hours day days week weeks month months year years decade decades")
_FROM_THEN = words("later ago earlier before after afterwards previously")
SUBJECT = ("nsubj", "nsubj:pass")
_CLAUSAL = ("acl", "acl:relcl", "advcl", "ccomp", "xcomp", "parataxis")
_NOMINAL = ("nsubj", "nsubj:pass", "obj", "obl", "obl:agent", "nmod", "appos")


@dataclass(slots=True)
class Table:
    """A parse as parallel lists, to be changed in place; `words` in lower case, `heads` as indices (roots: itself)."""

    words: list[str]
    tags: list[str]
    pos: list[str]
    morphs: list[str]
    heads: list[int]
    deps: list[str]
    capital: list[bool]
    """Whether the word stands with a capital letter that may be a name's."""

    def children(self, i: int) -> list[int]:
        return [k for k, h in enumerate(self.heads) if h == i and k != i]

    def under(self, i: int, top: int) -> bool:
        """True where `top` is `i` or above it."""
        for _ in self.heads:  # so that a ring, which a mend may have made, has an end
            if i == top or self.heads[i] == i:
                break
            i = self.heads[i]
        return i == top


def mend(t: Table) -> None:
    """Correct tags, parts of speech, features, and labels that followed from wrong tags."""
    _lone_name(t)
    for i, word in enumerate(t.words):
        _adjective_for_verb(t, i)
        _present_tense(t, i)
        if t.tags[i] == "NNPS" and lexis().has("nonstate_force", word.removesuffix("s")):
            # "the Islamists": no name, whatever its capital
            t.tags[i], t.pos[i], t.morphs[i] = "NNS", "NOUN", "Number=Plur"
        if t.capital[i]:
            _name_again(t, i)
            _name_of_place(t, i)
        if word in _ALSO_VERBS:
            _verb_of_many(t, i)
        elif word.endswith("s") and word.removesuffix("s") in _ALSO_VERBS:
            _verb_of_one(t, i)
        if word in _LENGTHS:
            _length_of_time(t, i)
        if word in _INTENTIONS and _intends(t, i):
            _make_root(t, i)
        if (
            t.tags[i] in ("VB", "VBP")
            and word in _DEEDS
            and ((i and t.tags[i - 1] == "PRP$") or t.words[i + 1 : i + 2] == ["of"])
        ):
            # "Its capture gave them a road", "Rebels claim capture of P": no verb follows "its", and "of" follows none
            _make_noun(t, i)
        _agree(t, i)
        if t.tags[i] == "VBZ" and t.deps[i] == "obj" and t.heads[i] < i:
            # "beat back assaults at P": an object is a noun
            _make_noun(t, i)
        if t.tags[i] == "VBZ" and t.deps[i] == "conj" and _counted(t, i):
            # "stopped eleven assaults near P"
            _make_noun(t, i)
            t.heads[i - 1], t.deps[i - 1], t.deps[i] = i, "nummod", "obj"
        if i == 0 and word in _NEVER_GERUNDS and t.pos[0] == "PROPN" and t.deps[0] in SUBJECT:
            # "Clashes were heard": its capital is the sentence's
            t.tags[0], t.pos[0] = "NNS", "NOUN"
        if word in _NOUNS or (word in _ACTIONS and _noun_here(t, i)):
            if (
                t.pos[i] in ("VERB", "ADJ", "ADV")
                or t.tags[i].startswith("VB")
                or (
                    t.deps[i] in ("advcl", "xcomp", "ccomp", "csubj")
                    and not any(t.deps[c] == "cop" for c in t.children(i))
                )
            ):
                _make_noun(t, i)
            loose = t.deps[i] in ("conj", "appos", "dep", "parataxis")
            if loose and not any(t.deps[c] == "cc" for c in t.children(i)):
                _join_name_before(t, i)
        elif t.tags[i] in ("VB", "VBP") and word in PAST:
            t.tags[i], t.morphs[i] = "VBD", "Mood=Ind|Tense=Past|VerbForm=Fin"
        elif t.pos[i] in ("NOUN", "PROPN") or (t.tags[i] == "NN" and t.deps[i] == "ROOT"):
            if word in PAST and not (word in _ALSO_ADJECTIVES and t.pos[i] == "PROPN"):
                t.tags[i], t.pos[i], t.morphs[i] = "VBD", "VERB", "Mood=Ind|Tense=Past|VerbForm=Fin"
            elif word in _PRESENT:
                t.tags[i], t.pos[i] = ("VBZ" if word.endswith("s") else "VBP"), "VERB"
                t.morphs[i] = "Mood=Ind|Tense=Pres|VerbForm=Fin"
                _give_subject(t, i)


def capitals(texts: list[str], pos: list[str]) -> list[bool]:
    """Which words have a capital that may be a name's: none in a headline in capitals.

    A verb or noun without one tells that it is none: "The Serbs keep Vukovar and Beli Manastir".
    """
    upper = [t[:1].isupper() and not (len(t) > 1 and t.isupper()) for t in texts]
    letters = sum(t[:1].isalpha() for t in texts)
    small = any(p in ("VERB", "NOUN") and len(x) > 3 and x.islower() for x, p in zip(texts, pos, strict=True))
    return upper if letters > 3 and (small or sum(upper) < 0.6 * letters) else [False] * len(texts)


def _agree(t: Table, i: int) -> None:
    """Let tag, part of speech and relation say the same: the parser decides on each of them by itself."""
    verbal = t.tags[i].startswith("VB")
    if t.pos[i] == "VERB" and t.tags[i] in ("NN", "NNS") and t.deps[i] in _NOMINAL:
        t.pos[i], t.morphs[i] = "NOUN", "Number=Plur" if t.tags[i] == "NNS" else "Number=Sing"
    elif t.pos[i] == "NOUN" and verbal and t.deps[i] in _NOMINAL:
        t.tags[i] = "NNS" if t.tags[i] == "VBZ" else "NN"
    elif t.pos[i] == "NOUN" and verbal and t.deps[i] in _CLAUSAL:
        t.pos[i] = "VERB"
    elif t.pos[i] == "NOUN" and not verbal and "xcomp" in t.deps:
        inside = {t.deps[c] for c in t.children(i)}
        if {"nsubj", "xcomp"} <= inside and not inside & {"cop", "case", "det"}:
            # "Tuareg rebels plan to retake P": what has a subject and an infinitive is a verb
            t.tags[i], t.pos[i] = ("VBZ" if t.tags[i] == "NNS" else "VBP"), "VERB"
            t.morphs[i] = "Mood=Ind|Tense=Pres|VerbForm=Fin"


def _lone_name(t: Table) -> None:
    """A sentence of one noun ("Gao."), as entries of a list begin, may be a name."""
    named = [i for i, p in enumerate(t.pos) if p != "PUNCT"]
    if len(named) == 1 and t.pos[named[0]] == "NOUN" and len(t.words) < 4:
        t.tags[named[0]], t.pos[named[0]], t.morphs[named[0]] = "NNP", "PROPN", "Number=Sing"


def _name_again(t: Table, i: int) -> None:
    """A name that the tagger takes for an adjective, a verb or an adverb ("shells hit Lamu", "retook Abyan on …")."""
    if t.tags[i] in ("NNP", "NNPS"):
        if t.pos[i] != "PROPN" and t.deps[i] in _NOMINAL:
            t.pos[i] = "PROPN"
        return
    labels = {t.deps[c] for c in t.children(i)}
    if t.tags[i] == "RB" and t.deps[i] in ("advmod", "nsubj", "nsubj:pass"):
        word, head = t.words[i], t.heads[i]
        if word in ADVERBS or word.endswith("ly") or t.pos[head] != "VERB" or abs(i - head) > 3:
            return
        if t.deps[i] == "advmod":
            role = "obj" if i > head else "nsubj"
            if any(t.deps[c].startswith(role) for c in t.children(head)):
                return
            t.deps[i] = role
    elif t.tags[i] == "VB" and i and t.capital[i] and "mark" in labels and t.capital[i + 1 : i + 2] == [True]:
        pass  # "went up to Mount Sinjar"
    elif (
        (i == 0 and t.tags[i] not in ("FW", "UH"))
        or t.deps[i] not in _NOMINAL
        or labels & {"det", "cop", "nsubj", "mark", "aux"}
        or t.tags[i] not in ("JJ", "VB", "VBN", "FW", "UH")
        or (t.tags[i] == "JJ" and "case" not in labels and not _with_names(t, i))
    ):
        return
    t.tags[i], t.pos[i], t.morphs[i] = "NNP", "PROPN", "Number=Sing"


def _with_names(t: Table, i: int) -> bool:
    """ "gave up Rokha and Bazarak": an object that a name is joined to, and no word stands before it."""
    below = t.children(i)
    return (
        t.deps[i] == "obj"
        and all(c > i for c in below)
        and any(t.deps[c] == "conj" and t.pos[c] == "PROPN" for c in below)
    )


def _length_of_time(t: Table, i: int) -> None:
    """ "withdrew from Bol four months later", read as one phrase: the name keeps the preposition."""
    if i + 1 >= len(t.words) or t.words[i + 1] not in _FROM_THEN or t.deps[i] not in ("obl", "nmod"):
        return
    inside = range(t.heads[i] + 1, i)
    number = next((c for c in t.children(i) if t.deps[c] in ("nummod", "det", "amod") and t.pos[c] != "PROPN"), i)
    name = next((c for c in reversed(inside) if c < number and t.capital[c] and t.under(c, i)), None)
    case = next((c for c in t.children(i) if t.deps[c] == "case"), None)
    if name is None or case is None or case > name:
        return
    t.heads[name], t.deps[name] = t.heads[i], t.deps[i]
    t.tags[name], t.pos[name], t.morphs[name] = "NNP", "PROPN", "Number=Sing"
    for c in t.children(i):
        if c < name:
            t.heads[c] = name
    t.deps[i] = "obl:unmarked"


def _adjective_for_verb(t: Table, i: int) -> None:
    """ "Rebels laid siege to the town", with "laid" for an adjective: none has an object."""
    if t.deps[i] == "amod" and (t.tags[i] == "VBN" or t.words[i].endswith(("ed", "aid")) or t.words[i] in PAST):
        _verb_of_noun(t, i)
        return
    if t.pos[i] != "ADJ" or not t.words[i].endswith(("ed", "aid")):
        return
    labels = {t.deps[c] for c in t.children(i)}
    if "aux:pass" in labels:
        # "was troubled by attacks": what has the passive's "was" is a participle
        t.tags[i], t.pos[i], t.morphs[i] = "VBN", "VERB", "Tense=Past|VerbForm=Part|Voice=Pass"
        return
    moved = t.words[i] in ("headed", "marched", "pushed", "retreated", "crossed") and "obl" in labels
    if (moved or {"nsubj", "obj"} <= labels) and "cop" not in labels:
        t.tags[i], t.pos[i], t.morphs[i] = "VBD", "VERB", "Mood=Ind|Tense=Past|VerbForm=Fin"


def _present_tense(t: Table, i: int) -> None:
    """ "A and B fall to the army", with "fall" for a noun or an infinitive; "they cling to P", for a participle."""
    word = t.words[i]
    if t.tags[i] == "VBG" and word in _BASES_IN_ING:
        tag = "VB" if any(t.tags[c] == "MD" or t.words[c] in ("to", "not", "do") for c in t.children(i)) else "VBP"
        t.tags[i], t.pos[i], t.morphs[i] = tag, "VERB", ""
        return
    if t.deps[i] != "ROOT" or not (t.tags[i] == "VB" or (t.tags[i] == "NN" and word in _ALSO_VERBS)):
        return
    labels = {t.deps[c] for c in t.children(i)}
    subject = next((c for c in t.children(i) if t.deps[c] == "nsubj" and c < i), None)
    if subject is None or t.words[subject] == "you" or labels & {"aux", "cop", "det", "mark", "aux:pass"}:
        return
    if t.tags[i] == "NN":
        for c in t.children(i):
            if c > i and t.deps[c] == "nmod":
                t.deps[c] = "obl"
    t.tags[i], t.pos[i], t.morphs[i] = "VBP", "VERB", "Mood=Ind|Tense=Pres|VerbForm=Fin"


def _verb_of_many(t: Table, i: int) -> None:
    """ "The army and its allies hold Mayadin", read as one noun phrase: after several, before a name, it is a verb."""
    root = next(k for k, h in enumerate(t.heads) if h == k)
    name = t.heads[i]
    if t.tags[i] == "NN" and t.deps[i] in ("nmod", "conj") and i + 1 < len(t.words) and t.capital[i + 1]:
        _verb_after_phrase(t, i, root)
    if t.tags[i] != "NN" or t.deps[i] != "compound" or t.pos[name] != "PROPN":
        return
    if name == root > i and t.heads[i - 1] == root and t.words[i - 1].endswith("s") and t.words[0] == "the":
        # "The Houthis hold Amran", all of it one name
        for c in t.children(root):
            if c < i - 1:
                t.heads[c] = i - 1
        t.heads[i - 1], root = i - 1, i - 1
        t.heads[name] = i - 1
        t.tags[i - 1] = "NNPS"
    if not root < i < name:
        return
    many = t.tags[root] in ("NNS", "NNPS") or any(t.deps[c] == "conj" and c < i for c in t.children(root))
    if not many or t.pos[root] not in ("NOUN", "PROPN") or any(x in ("VBD", "VBZ", "VBP", "MD") for x in t.tags):
        return
    _make_predicate(t, root, i, name, "VBP")


def _verb_of_one(t: Table, i: int) -> None:
    """ "The battalion of the X Regiment attacks Darwin", with the attacks for more of the regiment's name."""
    if t.tags[i] != "NNS" or not 0 < i < len(t.words) - 1 or t.deps[i] in SUBJECT:
        return
    root = next(k for k, h in enumerate(t.heads) if h == k)
    named = t.capital[i + 1] and t.pos[i + 1] == "PROPN" and t.heads[i + 1] in (i, root)
    alone = t.pos[root] in ("NOUN", "PROPN") and not any(x in ("VBD", "VBZ", "VBP", "MD") for x in t.tags)
    if not named or not alone or root >= i or t.pos[i - 1] not in ("NOUN", "PROPN"):
        return
    _make_predicate(t, root, i, i + 1, "VBZ")


def _verb_after_phrase(t: Table, i: int, root: int) -> None:
    """ "Forces from the next region control Bunia", "The FNI and FRPI attack Bogoro": no other verb is finite."""
    before = i - 1
    name = i + 1
    while t.heads[name] > name:
        name = t.heads[name]
    many = t.tags[root] in ("NNS", "NNPS") if t.deps[i] == "nmod" else t.deps[before] in ("compound", "amod")
    if not root < before or not many or t.pos[before] not in ("NOUN", "PROPN") or t.pos[name] != "PROPN":
        return
    if any(x in ("VBD", "VBZ", "VBP", "MD") for x in t.tags) or t.heads[root] != root:
        return
    _make_predicate(t, root, i, name, "VBP")


def _make_predicate(t: Table, root: int, i: int, name: int, tag: str) -> None:
    """Make the noun at `i` the verb of its sentence: the old root is its subject, the name its object."""
    before = i - 1
    for c in t.children(i):
        if c < before:
            t.heads[c] = before
    if before != root:
        t.heads[before], t.deps[before] = t.heads[i], t.deps[i]
    t.tags[i], t.pos[i], t.morphs[i] = tag, "VERB", "Mood=Ind|Tense=Pres|VerbForm=Fin"
    t.heads[i], t.deps[i] = i, "ROOT"
    t.heads[root], t.deps[root] = i, "nsubj"
    t.heads[name], t.deps[name] = i, "obj"
    for c in t.children(root):
        if c > i:
            t.heads[c] = i


def _name_of_place(t: Table, i: int) -> None:
    """ "Meewa base", "Vlasici hill": a capital inside the sentence, before such a noun, is a name's."""
    if not i or t.tags[i] != "NN" or t.deps[i] != "compound" or t.heads[i] != i + 1 or t.pos[i + 1] != "NOUN":
        return
    if any(lexis().has(kind, t.words[i + 1]) for kind in ("settlement", "facility", "natural")):
        t.tags[i], t.pos[i], t.morphs[i] = "NNP", "PROPN", "Number=Sing"


def _give_subject(t: Table, i: int) -> None:
    """ "The army denies this", read as one noun: what stood before it is its subject."""
    before = [c for c in t.children(i) if c < i]
    noun = max((c for c in before if t.deps[c] == "compound"), default=None)
    if t.deps[i] != "ROOT" or noun != i - 1 or any(t.deps[c] in SUBJECT for c in before):
        return
    t.deps[noun] = "nsubj"
    for c in before:
        if c != noun:
            t.heads[c] = noun


def _verb_of_noun(t: Table, i: int) -> None:
    """ "The rebels wrested control of the town", with a noun for the predicate: its verb follows the subject."""
    noun = t.heads[i]
    have = t.heads[noun]
    perfect = have < i and all(t.pos[k] == "ADV" for k in range(have + 1, i))
    if perfect and t.words[have] in ("has", "have", "had") and t.words[i] in PAST:
        # "has wrested control": a perfect, not something that is had
        _make_auxiliary(t, have, i, noun)
        return
    before = [c for c in (*t.children(noun), *t.children(i)) if c < i]
    subject = max((c for c in before if t.deps[c] == "nsubj"), default=None)
    if noun < i or t.pos[noun] != "NOUN" or subject is None or any(t.deps[c] in ("cop", "case") for c in before):
        return
    if t.pos[subject] not in ("NOUN", "PROPN") or any(
        t.deps[k] not in ("aux", "advmod") and not t.under(k, subject) for k in range(subject + 1, i)
    ):
        return
    t.tags[i], t.pos[i], t.morphs[i] = "VBD", "VERB", "Mood=Ind|Tense=Past|VerbForm=Fin"
    if any(t.deps[c] == "aux" for c in before):
        t.tags[i], t.morphs[i] = "VBN", "Tense=Past|VerbForm=Part"
    t.heads[i], t.deps[i] = (i if t.heads[noun] == noun else t.heads[noun]), t.deps[noun]
    t.heads[noun], t.deps[noun] = i, "obj"
    for c in before:
        if c != i:
            t.heads[c] = i


def _make_auxiliary(t: Table, have: int, i: int, noun: int) -> None:
    """Hang "has" and all that hangs on it on the verb at `i`, whose object is the noun."""
    t.tags[i], t.pos[i], t.morphs[i] = "VBN", "VERB", "Tense=Past|VerbForm=Part"
    t.heads[i], t.deps[i] = (i if t.heads[have] == have else t.heads[have]), t.deps[have]
    for c in t.children(have):
        if c != i:
            t.heads[c] = i
    t.heads[have], t.deps[have], t.pos[have] = i, "aux", "AUX"
    t.heads[noun], t.deps[noun] = i, "obj"


def _intends(t: Table, i: int) -> bool:
    """ "Tuareg rebels in Mali plan to retake the town", read as a noun phrase."""
    root = next(k for k, h in enumerate(t.heads) if h == k)
    if t.pos[i] != "NOUN" or t.pos[root] not in ("NOUN", "PROPN") or root >= i or i + 2 >= len(t.words):
        return False
    verbal = t.words[i + 1] == "to" and t.tags[i + 2] == "VB" and t.heads[i + 2] in (i, root)
    plural = t.words[i].endswith("s") == (t.tags[root] in ("NN", "NNP"))
    return verbal and plural and t.pos[i - 1] not in ("DET", "ADJ") and t.tags[i - 1] not in ("PRP$", "POS")


def _make_root(t: Table, i: int) -> None:
    """Make a finite verb of the noun at `i`, and the old root its subject."""
    root = next(k for k, h in enumerate(t.heads) if h == k)
    t.tags[i], t.pos[i] = ("VBZ" if t.words[i].endswith("s") else "VBP"), "VERB"
    t.morphs[i] = "Mood=Ind|Tense=Pres|VerbForm=Fin"
    for c in t.children(i):
        if c < i and t.deps[c] == "compound":
            # "in Mali plan": the name before it keeps the preposition
            t.heads[c], t.deps[c] = t.heads[i], t.deps[i]
            for other in t.children(i):
                if other < c and t.deps[other] == "case":
                    t.heads[other] = c
        elif t.deps[c] == "acl":
            t.deps[c] = "xcomp"
        elif c > i and t.deps[c] in ("nmod", "nmod:unmarked"):
            t.deps[c] = "obl"
    t.heads[i], t.deps[i] = i, "ROOT"
    t.heads[root], t.deps[root] = i, "nsubj"
    for c in t.children(root):
        if c > i:
            t.heads[c] = i
    t.deps[i + 2] = "xcomp"


def _noun_here(t: Table, i: int) -> bool:
    if _there(t, i):
        return True
    if t.words[i] in _NEVER_GERUNDS and not any(t.deps[c] in ("nsubj", "obj") for c in t.children(i)):
        return True
    if t.words[i] == "fighting" and _is_matter(t, i):
        return True
    if t.words[i] == "fighting" and t.words[i + 1 : i + 2] == ["between"]:
        return True
    if i > 0:
        return t.words[i - 1] in _HARD or t.pos[i - 1] in ("ADJ", "DET") or t.tags[i - 1] == "POS"
    return len(t.words) > 1 and t.words[1] in _OF_A_FIGHT


def _join_name_before(t: Table, i: int) -> None:
    """ "lost the town to Karen fighters": where the name alone was taken for the phrase, it modifies the noun."""
    name = i - 1
    if name < 0 or t.pos[name] != "PROPN" or t.deps[name] not in ("nmod", "obl") or t.under(t.heads[name], i):
        return
    t.heads[i], t.deps[i] = t.heads[name], t.deps[name]
    for c in t.children(name):
        t.heads[c] = i
    t.heads[name], t.deps[name] = i, "compound"


def _counted(t: Table, i: int) -> bool:
    """ "eleven assaults": a number that the parser took for the subject of a second verb."""
    number = i > 0 and t.tags[i - 1] == "CD" and t.words[i - 1] not in ("one", "1") and t.heads[i - 1] == i
    return number and t.heads[i] < i - 1 and not any(t.deps[c] == "cc" for c in t.children(i))


def _make_noun(t: Table, i: int) -> None:
    """Turn the verb at `i` into a noun and give its wrong arguments to the verb above."""
    plural = t.words[i].endswith("s")
    t.tags[i], t.pos[i], t.morphs[i] = ("NNS", "NOUN", "Number=Plur") if plural else ("NN", "NOUN", "Number=Sing")
    _as_predicate(t, i)
    head, dep = t.heads[i], t.deps[i]
    if dep == "aux:pass":
        t.deps[i] = "nsubj"
        if t.tags[head] == "VBN":
            t.tags[head], t.morphs[head] = "VBD", "Mood=Ind|Tense=Past|VerbForm=Fin"
    for c in t.children(i):
        if c == i - 1 and t.words[c] in _HARD and t.deps[c] != "amod":
            t.tags[c], t.pos[c], t.morphs[c], t.deps[c] = "JJ", "ADJ", "Degree=Pos", "amod"
            for g in t.children(c):
                t.heads[g] = i
            continue
        if t.deps[c] == "mark":
            t.deps[c] = "case"
        elif t.deps[c] == "obl" and c < i and t.pos[c] == "ADJ":
            # "after heavy shelling": the adjective is no phrase of its own, its preposition is the noun's.
            t.deps[c] = "amod"
            for g in t.children(c):
                if t.deps[g] == "case":
                    t.heads[g] = i
        elif t.deps[c] == "obj" and i < c < head:
            t.heads[c], t.deps[c] = head, "nsubj"
        elif t.deps[c] == "nsubj" and head != i:
            t.heads[c], t.deps[c] = head, dep
            _join_name_before(t, i)
    if t.deps[i] in ("advcl", "csubj", "xcomp", "ccomp", "acl"):
        cased = any(t.deps[c] == "case" for c in t.children(i))
        nominal = t.pos[t.heads[i]] in ("NOUN", "PROPN", "PRON")
        t.deps[i] = ("nmod" if nominal else "obl") if cased else ("nsubj" if t.deps[i] == "csubj" else "obj")


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
    above = [i, *(c for c in t.children(i) if t.deps[c] == "aux")]
    return any(t.deps[c] == "expl" and t.words[c] == "there" and t.heads[c] in above for c in range(i))


def _as_predicate(t: Table, i: int) -> None:
    """Undo what a verb at `i` would have had: the finite verb after it takes its place above, and what followed with
    a preposition is the noun's."""
    copula = next((c for c in t.children(i) if c < i and t.deps[c] == "aux" and t.tags[c] != "MD"), None)
    there = _there(t, i)
    verb = next(
        (
            c
            for c in t.children(i)
            if c > i
            and t.tags[c] in ("VBD", "VBZ", "VBP")
            and t.deps[c] in ("ccomp", "advcl", "parataxis", "xcomp", "obj")
            and not any(t.deps[g] in ("nsubj", "mark") for g in t.children(c))
        ),
        None,
    )
    for c in t.children(i):
        if t.deps[c] == "obl" and c > i:
            t.deps[c] = "nmod"
        elif c == copula:
            t.deps[c] = "cop" if not there else "aux"
    if verb is not None:
        t.heads[verb], t.deps[verb] = (verb if t.heads[i] == i else t.heads[i]), t.deps[i]
        t.heads[i], t.deps[i] = verb, "nsubj"
        for c in t.children(i):
            if c > verb:
                t.heads[c] = verb
    elif there and copula is not None and t.heads[i] == i:
        # "There was fighting": the form of "be" is the verb
        t.heads[copula], t.deps[copula] = copula, "ROOT"
        t.heads[i], t.deps[i] = copula, "nsubj"
        for c in t.children(i):
            if t.deps[c] in ("expl", "advcl", "parataxis") or (t.deps[c] == "punct" and c > i):
                t.heads[c] = copula
