"""Subjects, objects and agents that `annotate.clauses.repair` reads, against the treebanks' enhanced dependencies.

usage: arguments.py UD_FOLDER [--gold-trees] [--all-verbs]

Enhanced dependencies list shared subjects, controlled subjects and what relative pronouns stand for, which is what
`clauses` promises. Gold tokens; verbs whose subject enhanced dependencies do not give (participles on nouns, adverbial
infinitives) are left out. By default verbs that war reports use of towns; with --gold-trees the rules alone, without
the parser's errors. "direct": dependents as the parse has them, without repairs and sharing, for comparison.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc as Words

from treebank import Sentence, read
from whoholds.annotate.clauses.repair import clauses
from whoholds.annotate.parse.parser import Parser
from whoholds.annotate.trees.tree import Doc

TESTS = {"EWT test": "ewt_test.conllu", "GUM test": "gum_open_test.conllu", "PUD": "pud_test.conllu"}
ROLES = ("subject", "object", "agent")
_VERBS = """retake recapture capture seize take control hold lose enter leave withdraw retreat advance fall liberate
free surround besiege storm clear regain secure reclaim repel expel oust drive push pull abandon hand surrender occupy
conquer overrun invade attack defend flee return evacuate reach rule establish move march cross win defeat deploy force
evict fight launch bomb shell destroy kill cut send bring give keep raise join support back"""
VERBS = frozenset(_VERBS.split())
_NO_ENHANCED_SUBJECT = ("amod", "acl", "advcl", "case", "mark")

Roles = dict[str, set[int]]


@dataclass(frozen=True, slots=True)
class Result:
    """Percentages by role, over the verbs that were counted."""

    verbs: int
    precision: dict[str, float]
    recall: dict[str, float]
    all_right: float
    """Per cent of verbs with subjects, objects and agents all exactly as in the gold graph."""


def enhanced(path: Path) -> Iterator[tuple[dict[int, Roles], list[int]]]:
    """For each sentence: the roles of its verbs, and the indices of the verbs that count."""
    roles: dict[int, Roles] = defaultdict(lambda: {r: set() for r in ROLES})
    pronouns: set[int] = set()
    passive: set[int] = set()
    verbs: list[int] = []
    seen = False
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        columns = line.split("\t")
        if not line and seen:
            for i, found in roles.items():
                if i not in passive:
                    found["agent"].clear()  # PUD has "obl:by" also for "by" with actives
                found["subject"] -= pronouns
                found["object"] -= pronouns
            yield roles, verbs
            roles, verbs, seen = defaultdict(lambda: {r: set() for r in ROLES}), [], False
            pronouns, passive = set(), set()
        elif columns[0].isdigit():
            i, seen = int(columns[0]) - 1, True
            if columns[3] == "VERB" and columns[7] not in _NO_ENHANCED_SUBJECT:
                verbs.append(i)
            for edge in columns[8].split("|"):
                head, _, label = edge.partition(":")
                if not head.isdigit():
                    continue
                if label in ("nsubj:pass", "aux:pass") or (label == "obl:agent"):
                    passive.add(int(head) - 1)
                if label == "ref":
                    pronouns.add(i)
                elif label.startswith("nsubj"):
                    roles[int(head) - 1]["subject"].add(i)
                elif label == "obj":
                    roles[int(head) - 1]["object"].add(i)
                elif label in ("obl:agent", "obl:agent:by", "obl:by"):
                    roles[int(head) - 1]["agent"].add(i)


def parsed(sentences: list[Sentence], gold_trees: bool) -> list[Doc]:
    """The sentences as documents with the parser's trees, or with the treebank's."""
    if gold_trees:
        return [
            Doc(s.words, s.spaces, tags=s.xpos, pos=s.upos, lemmas=s.lemmas, heads=s.heads, deps=s.deps)
            for s in sentences
        ]
    parser = Parser.load()
    return parser.parse_docs([Words(parser.vocab, words=s.words, spaces=s.spaces) for s in sentences])


def mended(doc: Doc) -> dict[int, Roles]:
    """Roles by verb as `annotate.clauses.repair` reads them."""
    return {
        c.verb: {"subject": set(c.subjects), "object": set(c.objects), "agent": set(c.agents)} for c in clauses(doc)
    }


def direct(doc: Doc) -> dict[int, Roles]:
    """Roles by verb as the parse has them."""
    labels = {"nsubj": "subject", "nsubj:pass": "subject", "obj": "object", "obl:agent": "agent"}
    roles: dict[int, Roles] = {}
    for token in doc:
        found = roles.setdefault(token.i, {r: set() for r in ROLES})
        for child in token.children:
            if child.dep_ in labels:
                found[labels[child.dep_]].add(child.i)
    return roles


def measure(path: Path, gold_trees: bool = False, all_verbs: bool = False, repairs: bool = True,
            limit: int | None = None) -> Result:  # fmt: skip
    sentences = list(read(path))[:limit]
    right: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    given: Counter[str] = Counter()
    verbs = exact = 0
    nothing: Roles = {r: set() for r in ROLES}
    for s, doc, (gold, counted) in zip(sentences, parsed(sentences, gold_trees), enhanced(path), strict=False):
        mine = mended(doc) if repairs else direct(doc)
        for i in counted:
            if all_verbs or s.lemmas[i] in VERBS:
                verbs += 1
                found, truth = mine.get(i, nothing), gold.get(i, nothing)
                exact += found == truth
                for role in ROLES:
                    right[role] += len(found[role] & truth[role])
                    wanted[role] += len(truth[role])
                    given[role] += len(found[role])
    return Result(
        verbs,
        {r: 100 * right[r] / max(1, given[r]) for r in ROLES},
        {r: 100 * right[r] / max(1, wanted[r]) for r in ROLES},
        100 * exact / verbs,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Arguments of verbs against enhanced dependencies.")
    parser.add_argument("ud", type=Path, metavar="UD_FOLDER")
    parser.add_argument("--gold-trees", action="store_true", help="rules on the treebank's own trees")
    parser.add_argument("--all-verbs", action="store_true", help="every verb, not only those of war reports")
    options = parser.parse_args()
    print(f"{'':9} {'':7} {'verbs':>6} {'subject P/R':>13} {'object P/R':>13} {'agent P/R':>13} {'all right':>10}")
    for name, file in TESTS.items():
        for repairs in (False, True):
            r = measure(options.ud / file, options.gold_trees, options.all_verbs, repairs)
            cells = " ".join(f"{r.precision[k]:6.1f}/{r.recall[k]:5.1f} " for k in ROLES)
            print(f"{name:9} {'mended' if repairs else 'direct':7} {r.verbs:6} {cells} {r.all_right:9.1f}")


if __name__ == "__main__":
    main()
