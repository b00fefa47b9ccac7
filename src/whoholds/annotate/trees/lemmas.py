"""Lemmas by rule: irregular verbs and nouns from tables, the rest by suffix and tag.

The parser has no trained lemmatiser; rules are smaller and do not guess on words they have never seen. Measured on
the treebanks' own lemmas in `tests/annotate/test_syntax.py`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from whoholds.annotate.listing import words

# Base, past, past participle; further forms after them. "be", "have" and "do" stand apart because of their presents.
_IRREGULAR = """
arise arose arisen|awake awoke awoken|bear bore borne born|beat beat beaten|become became become|begin began begun
bend bent bent|bet bet bet|bid bid bid bade|bind bound bound|bite bit bitten|bleed bled bled|blow blew blown
break broke broken|breed bred bred|bring brought brought|broadcast broadcast broadcast|build built built
burn burnt burnt|burst burst burst|buy bought bought|cast cast cast|catch caught caught|choose chose chosen
cling clung clung|come came come|cost cost cost|creep crept crept|cut cut cut|deal dealt dealt|dig dug dug
draw drew drawn|dream dreamt dreamt|drink drank drunk|drive drove driven|dwell dwelt dwelt|eat ate eaten
fall fell fallen|feed fed fed|feel felt felt|fight fought fought|find found found|flee fled fled|fling flung flung
fly flew flown|forbid forbade forbidden|forecast forecast forecast|forego forewent foregone|foresee foresaw foreseen
forget forgot forgotten|forgive forgave forgiven|forsake forsook forsaken|freeze froze frozen|get got gotten
give gave given|go went gone|grind ground ground|grow grew grown|hang hung hung|hear heard heard|hide hid hidden
hit hit hit|hold held held|hurt hurt hurt|keep kept kept|kneel knelt knelt|know knew known|lay laid laid
lead led led|lean leant leant|leap leapt leapt|learn learnt learnt|leave left left|lend lent lent|let let let
light lit lit|lie lay lain|lose lost lost|make made made|mean meant meant|meet met met|mislead misled misled
mistake mistook mistaken|misunderstand misunderstood misunderstood|offset offset offset|outdo outdid outdone
outfight outfought outfought|outrun outran outrun|overcome overcame overcome|overhear overheard overheard
override overrode overridden|overrun overran overrun|oversee oversaw overseen|overtake overtook overtaken
overthrow overthrew overthrown|partake partook partaken|pay paid paid|prove proved proven|put put put|quit quit quit
read read read|rebuild rebuilt rebuilt|redo redid redone|redraw redrew redrawn|regrow regrew regrown|rend rent rent
repay repaid repaid|resell resold resold|retake retook retaken|rethink rethought rethought|rewrite rewrote rewritten
rid rid rid|ride rode ridden|ring rang rung|rise rose risen|run ran run|saw sawed sawn|say said said|see saw seen
seek sought sought|sell sold sold|send sent sent|set set set|sew sewed sewn|shake shook shaken|shed shed shed
shine shone shone|shoot shot shot|show showed shown|shrink shrank shrunk|shut shut shut|sing sang sung|sink sank sunk
sit sat sat|slay slew slain|sleep slept slept|slide slid slid|sling slung slung|slit slit slit|smell smelt smelt
sneak snuck snuck|sow sowed sown|speak spoke spoken|speed sped sped|spell spelt spelt|spend spent spent
spill spilt spilt|spin spun spun|spit spat spat|split split split|spoil spoilt spoilt|spread spread spread
spring sprang sprung|stand stood stood|steal stole stolen|stick stuck stuck|sting stung stung|stink stank stunk
strew strewed strewn|stride strode stridden|strike struck struck stricken|string strung strung|strive strove striven
swear swore sworn|sweep swept swept|swell swelled swollen|swim swam swum|swing swung swung|take took taken
teach taught taught|tear tore torn|tell told told|think thought thought|throw threw thrown|thrust thrust thrust
tread trod trodden|undergo underwent undergone|undermine undermined undermined|understand understood understood
undertake undertook undertaken|undo undid undone|uphold upheld upheld|upset upset upset|wake woke woken
wear wore worn|weave wove woven|weep wept wept|win won won|wind wound wound|withdraw withdrew withdrawn
withhold withheld withheld|withstand withstood withstood|wring wrung wrung|write wrote written
"""
_PLURALS = """
    men:man women:woman children:child people:people feet:foot teeth:tooth geese:goose mice:mouse lice:louse
    oxen:ox lives:life wives:wife knives:knife leaves:leaf halves:half selves:self shelves:shelf wolves:wolf
    thieves:thief calves:calf loaves:loaf scarves:scarf hooves:hoof elves:elf crises:crisis analyses:analysis
    bases:base theses:thesis hypotheses:hypothesis diagnoses:diagnosis oases:oasis axes:axis emphases:emphasis
    parentheses:parenthesis syntheses:synthesis prostheses:prosthesis criteria:criterion phenomena:phenomenon
    media:media data:data bacteria:bacterium strata:stratum memoranda:memorandum alumni:alumnus fungi:fungus
    nuclei:nucleus radii:radius stimuli:stimulus syllabi:syllabus indices:index appendices:appendix
    matrices:matrix vertices:vertex species:species series:series means:means headquarters:headquarters
    barracks:barracks outskirts:outskirts crossroads:crossroads news:news politics:politics mujahideen:mujahid
    mujahedeen:mujahid taliban:taliban buses:bus gases:gas viruses:virus lenses:lens heroes:hero echoes:echo
    tomatoes:tomato potatoes:potato torpedoes:torpedo embargoes:embargo vetoes:veto mosquitoes:mosquito
    volcanoes:volcano tornadoes:tornado shoes:shoe canoes:canoe toes:toe foes:foe aches:ache caches:cache
    clothes:clothes works:work troops:troop forces:force aircraft:aircraft quizzes:quiz movies:movie
    cookies:cookie ties:tie pies:pie lies:lie zombies:zombie calories:calorie selfies:selfie statuses:status
    campuses:campus bonuses:bonus corps:corps cameramen:cameraman dice:die pence:penny kms:km gasses:gas
    plusses:plus ethics:ethics economics:economics physics:physics mathematics:mathematics lbs:lb hrs:hr mins:min
    pm:p.m. am:a.m. etc:etc. regards:regards supplies:supplies grounds:ground goods:goods thanks:thanks
    whereabouts:whereabouts pants:pants jeans:jeans proceedings:proceedings savings:savings
    surroundings:surroundings remains:remains monies:money arms:arms tropics:tropics spoils:spoils
    reinforcements:reinforcement thirds:third quarters:quarter
"""
_NOUNS: dict[str, str] = dict(pair.split(":") for pair in _PLURALS.split())
"""Plural → singular where the rules would go wrong; and plurals that are their own lemma."""

_AUXILIARY = {
    "am": "be", "'m": "be", "’m": "be", "m": "be", "is": "be", "'s": "be", "’s": "be", "s": "be", "are": "be",
    "'re": "be", "’re": "be", "re": "be", "was": "be", "were": "be", "been": "be", "being": "be", "ai": "be",
    "has": "have", "'ve": "have", "’ve": "have", "ve": "have", "had": "have", "having": "have", "of": "have",
    "does": "do", "did": "do", "done": "do", "doing": "do", "ca": "can", "wo": "will", "'ll": "will", "’ll": "will",
    "sha": "shall", "gon": "go", "wan": "want", "got": "get", "'d": "would", "’d": "would", "d": "would",
}  # fmt: skip
# What is left of a form in "-ed" or "-ing" whose base does, or does not, end in "e" against the rules of `_wants_e`.
_WITH_E = words(
    """unit reunit invit ignit excit incit recit extradit expedit creat recreat procreat complet delet compet deplet
    obsolet persuad dissuad guid massacr conced preced reced seced interced supersed imped adher interfer persever
    coher rever conven interven postpon condon atton dethron inton scal inhal exhal cleans breath bath cloth sooth
    loath teeth seeth writh tast wast past hast bast dist cach ach psych chang arrang exchang rang interchang
    estrang aveng reveng challeng lung plung loung scroung infring impring cring fring hing ting bing loos choos
    goos hors telescop elop immun attun perfum recogn interlop hyphenat knif lathe squeez sneez freez breez seiz
    siez believ reliev receiv deceiv perceiv conceiv leav weav"""
)
_WITHOUT_E = words(
    """focus bias canvas gas bus canvass chorus campus trespass quiz waltz blitz combat format acrobat pilot pivot riot
    ballot boycott debut input output monitor neighbor honor favor labor harbor anchor author sponsor mirror tailor
    error factor minor major parlor motor door floor murmur sulfur collar pillar altar dollar sugar ruin cabin
    bargain margin origin cousin satin robin custom bottom blossom fathom ransom accustom phantom bloom vacuum album
    victim pilgrim denim interim program telegram ad lib shrug nomad ballad period method pistol symbol idol petrol
    carol gossip worship equip hiccup scallop pencil council peril fossil evil anvil utensil civil april consul skul
    squeak salad hybrid morbid solid sediment bishop kidnap wiretap handicap hang bang gang clang slang fang twang
    clamor rumor tumor humor armor tutor censor splendor mentor doctor vector embargo veto torpedo echo radio do go
    undergo forego ski taxi bail"""
)
_KEEP_DOUBLE = words("add odd egg err purr butt ebb boycott inn mitt")
_IRREGULAR_ING = {
    "dying": "die", "lying": "lie", "tying": "tie", "vying": "vie", "untying": "untie", "belying": "belie",
    "dyeing": "dye", "being": "be", "singeing": "singe", "ageing": "age", "eyeing": "eye", "seeing": "see",
    "tied": "tie", "died": "die", "lied": "lie", "vied": "vie", "untied": "untie", "belied": "belie",
    "hogtied": "hogtie",
    "eyed": "eye", "dyed": "dye", "owed": "owe", "owing": "owe", "awed": "awe", "used": "use", "using": "use",
    "axed": "axe", "axing": "axe", "shoed": "shoe", "hoed": "hoe", "toed": "toe", "bused": "bus",
}  # fmt: skip
_DOUBLED = words(
    """control patrol repel expel compel propel rebel excel dispel travel cancel label signal model level tunnel fuel
    rival quarrel shovel counsel marvel pedal equal total channel enrol fulfil gas bus quiz extol annul impel cavil
    jewel duel dial trial initial spiral"""
)
_USUALLY_E = words("ad id od ud ak ik ok uk am im om um ib ob ub in ir ur ar or il ol ul ap ut ot at yp yl ym yr yn ys")
"""Vowel and consonant at the end of a stem of several syllables that mostly lose an "e"."""


def _table() -> dict[str, str]:
    forms: dict[str, str] = {}
    for entry in re.split(r"[|\n]", _IRREGULAR.strip()):
        base, *others = entry.split()
        for form in others:
            forms.setdefault(form, base)
    return forms


_VERB_FORMS = _table()


@lru_cache(maxsize=100_000)
def lemma_of(form: str, tag: str, pos: str, perfect: bool = False) -> str:
    """The lemma of a word form. `tag` is its Penn Treebank tag, `pos` its universal part of speech.

    `perfect` marks an auxiliary of a past participle: there "'s" and "'d" are forms of "have".
    Verbs, auxiliaries and common nouns are reduced in lower case; names keep their form; the rest is lower-cased.
    """
    if pos == "PROPN":
        return form
    word = form.lower()
    if perfect and pos == "AUX" and word[-1:] in "sd" and word[0] in "'’":
        return "have"
    if pos == "AUX" and word in _AUXILIARY:
        return _AUXILIARY[word]
    if pos in ("VERB", "AUX"):
        return _verb(word, tag)
    if pos == "NOUN" and word in _NOUNS:
        return _NOUNS[word]
    if pos == "NOUN" and tag in ("NNS", "NNPS") and not word[0].isdigit():
        return _plural(word)
    return word


def _verb(word: str, tag: str) -> str:
    if word in ("'s", "’s", "'m", "’m", "'re", "’re"):
        return "be"
    if tag in ("VB", "VBP", "MD"):
        return _AUXILIARY.get(word, word) if word in ("are", "am", "'ve", "’ve", "ca", "wo", "gon", "wan") else word
    if word in _AUXILIARY and word not in ("of", "s", "d", "m", "re", "ve"):
        return _AUXILIARY[word]
    if tag == "VBZ":
        return _third_person(word)
    if word in _IRREGULAR_ING:
        return _IRREGULAR_ING[word]
    if tag in ("VBD", "VBN"):
        if word in _VERB_FORMS:
            return _VERB_FORMS[word]
        if word.endswith("ed") and len(word) > 3:
            return _stem(word[:-2], from_y=word.endswith("ied"))
        return word
    if tag == "VBG":
        if word.endswith(("ing", "in'", "in’")) and len(word) > 4:
            return _stem(word[:-3], from_y=False)
        return word
    return word


def _third_person(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes", "goes", "toes")) or word in ("focuses", "vetoes", "does"):
        return word[:-2]
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def _plural(word: str) -> str:
    for ending, single in (("men", "man"), ("wives", "wife"), ("people", "people"), ("children", "child")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + single
    return _third_person(word)


def _stem(stem: str, from_y: bool) -> str:
    """A verb's base from what is left when "ed" or "ing" is cut off."""
    if from_y:
        return stem[:-1] + "y"
    bare = re.sub(r"^(?:re|pre|over|under|mis|dis|out|un|de|co)-?(?=[a-z]{4})", "", stem)
    if stem in _WITH_E or bare in _WITH_E:
        return stem + "e"
    if {stem, bare} & (_WITHOUT_E | _KEEP_DOUBLE):
        return stem
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "aeiou":
        # "overrunn", "stopp", but "pull", "pass", "stuff", "buzz" keep both letters.
        return stem if stem[-1] in "lsfz" and stem[:-1] not in _DOUBLED else stem[:-1]
    return stem + "e" if _wants_e(stem) else stem


def _wants_e(stem: str) -> bool:
    """True where English spelling shows that an "e" was lost before the ending."""
    if len(stem) < 3:
        return stem[0] in "aeiou" or stem.endswith("u")
    last, before = stem[-1], stem[-2]
    if last in "vcz":
        return True
    if last == "u":
        return before != "o"
    if last == "g":
        return before != "n"
    if last == "s":
        return before != "u" or stem[-3] in "ao" or stem.endswith(("fus", "cus", "mus", "bus"))
    if last == "e":
        return before not in "aeiou"
    if last == "l" and before in "bcdfgkptz":
        return True
    if before not in "aeiouy" or last in "aeiouwxyhj":
        return False
    # One consonant after two vowels: "treat", "loot", "train", "repair"; but "negotiat" and "evaluat" end in "ate".
    if stem[-3] in "aeiou" and not stem[:-2].endswith("qu"):
        return before + last == "at" and stem[-3] in "iu"
    # One syllable: without an "e" the consonant would have been doubled ("rul" is "rule", "stopp" is "stop").
    if not any(c in "aeiouy" for c in stem[:-2].removesuffix("qu")):
        return True
    return before + last in _USUALLY_E
