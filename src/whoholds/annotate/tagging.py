"""Mending of tags: verb forms that the tagger takes for nouns or names.

Only forms that are (nearly) never nouns are listed, so that the list needs no context.
"""

from __future__ import annotations

PAST = frozenset(
    """retook overran withdrew recaptured captured seized liberated besieged encircled surrounded stormed regained
    reclaimed reoccupied occupied repelled repulsed foiled thwarted expelled ousted dislodged routed abandoned ceded
    evacuated vacated attacked invaded conquered reached entered retreated advanced fled surrendered redeployed
    fought took drove fell lost held left gained cleared secured controlled shelled bombed killed pushed launched
    handed pulled recovered re-took freed defended raided ambushed blockaded clashed annexed""".split()
)
"""Past tenses, and mostly past participles too."""
ONLY_PAST = frozenset("retook overran withdrew fell took drove fought fled went came began retreated advanced".split())
"""Forms that are no passive participle: past tenses apart from their participle, and verbs without a passive."""
PRESENT = frozenset(
    """retake retakes liberate liberates besiege besieges encircle encircles seize seizes recaptures captures
    withdraws overruns overrun flee flees repel repels repulse expel expels oust ousts evict evicts dislodge reclaim
    reclaims regain regains recapture invade invades occupy occupies abandon abandons evacuate evacuates cede cedes
    storms captures attacks""".split()
)
_NOT_NOUNS = frozenset(
    """retake retakes liberate liberates besiege besieges encircle encircles seize seizes withdraws flee flees repel
    repels expel expels oust ousts evict evicts dislodge reclaim reclaims regain regains invade invades occupy
    occupies abandon abandons evacuate evacuates cede cedes""".split()
)


def mend(words: list[str], tags: list[str], pos: list[str], morphs: list[str], heads: list[int], deps: list[str]) -> None:
    """Correct `tags`, `pos` and `morphs` in place. `words` are in lower case; lists run in parallel."""
    for i, word in enumerate(words):
        if pos[i] not in ("NOUN", "PROPN"):
            continue
        if word in PAST and not (word in ("left", "advanced", "fell", "lost", "held") and pos[i] == "PROPN"):
            tags[i], pos[i], morphs[i] = "VBD", "VERB", "Mood=Ind|Tense=Past|VerbForm=Fin"
        elif word in _NOT_NOUNS:
            third = word.endswith("s")
            tags[i], pos[i] = ("VBZ" if third else "VBP"), "VERB"
            morphs[i] = "Mood=Ind|Tense=Pres|VerbForm=Fin"
