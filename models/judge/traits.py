"""Traits of a cue and a place, and of an actor beside them: what a judge without an encoder goes by."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from agree import SENSE
from whoholds.annotate.document import Sentence
from whoholds.claims.draft import Context, Draft
from whoholds.claims.frames.forms import Frame

KEPT = ("nsubj:pass", "obl:agent", "nmod:poss", "acl:relcl", "aux:pass")
"""Relations whose second part matters."""


@dataclass(slots=True)
class Told:
    """One cue and one place."""

    c: Context
    n: int
    s: Sentence
    t: int
    place: Any
    frame: Frame | None
    drafts: list[Draft]
    """All that was read of the sentence."""
    senses: list[Any]
    cues: dict[int, list[Any]]


def pair_traits(x: Told, mode: str) -> list[str]:
    """The cue, the way from it to the place, and what the frames read of both."""
    s, t, p = x.s, x.t, x.place
    word = s.doc[t]
    lemma = s.lemma(t)
    kids = list(word.children)
    own = [
        f"tag={word.tag_}",
        f"dep={_short(word.dep_)}",
        f"role={s.role}",
        f"mode={mode}",
        f"passive={any(k.dep_ in ('aux:pass', 'nsubj:pass') for k in kids)}",
        f"negated={any(k.lower_ in ('not', 'never', 'no') or k.lower_.startswith('n’') for k in kids)}",
        f"subject={any(k.dep_.startswith('nsubj') for k in kids)}",
        f"object={any(k.dep_ == 'obj' for k in kids)}",
        f"head={s.lemma(word.head) if word.head.i != t else 'ROOT'}",
        f"next={s.doc[t + 1].lower_ if t + 1 < len(s.doc) else '$'}",
        *(f"obj={s.lemma(k)}" for k in kids if k.dep_ == "obj"),
        f"weak={all(c.weak for c in x.senses)}",
        f"frame={x.frame is not None}",
    ]
    own += [f"actors={min(len({r.head for _, r in x.c.register.census.refs[x.n]}), 3)}"]
    if p.back > 0:
        way = [
            "way=before",
            f"back={min(p.back, 3)}",
            f"named={any(True for _ in x.c.memory.by_sentence.get(x.n, ()))}",
        ]
    else:
        way = [*_way(s, t, p.head, p.first, p.last), f"closer={_closer(x)}", *_slots(x)]
    way += [f"source={p.source}", f"type={p.type}", f"known={p.known}", f"word={p.word}"]
    mine = [d for d in x.drafts if d.token == t]
    read = [d for d in mine if d.place.name == p.name]
    rule = [f"read={d.kind}" for d in read] or [f"read={'other place' if mine else 'nothing'}"]
    rule += [f"guess={d.guess}&{d.inferred}" for d in read]
    rule += [f"elsewhere={d.kind}" for d in x.drafts if d.token != t and d.place.name == p.name]
    lic = [f"lic={c.kind}" for c in x.senses]
    out = [*own, *way, *rule, *lic, f"lemma={lemma}"]
    out += [f"{lemma}&{v}" for v in (*own[:8], *way)]
    out += [f"{rule[0]}&{v}" for v in (*own[:8], *way, f"lemma={lemma}", *rule[1:])]
    out += [f"{k}&{v}" for k in lic for v in (*own[:8], *way)]
    return out + [f"sense={c.id}&{rule[0]}" for c in x.senses]


def side_traits(
    x: Told,
    actor: str,
    here: dict[str, list[Any]],
    before: dict[str, list[Any]],
    mine: list[Draft],
    drafts: list[Draft],
    rank: dict[str, int],
    country: str | None,
) -> list[str]:
    """Who it is, how its words lie to the cue, what the frames and the report's other claims say of it."""
    s, t, p = x.s, x.t, x.place
    rule = (
        "actor" if any(d.actor == actor for d in mine) else "against" if any(d.against == actor for d in mine) else ""
    )
    rule = rule or ("other" if mine else "none")
    how = "".join(sorted({"g" if d.guess else "i" if d.inferred else "s" for d in mine}))
    sense = SENSE[str(mine[0].kind)] if mine else SENSE[str(x.senses[0].kind)] if x.senses else ""
    others = [d for d in drafts if not (d.sentence == x.n and d.token == t)]
    same = [d for d in others if d.place.name == p.name]
    last = max(
        (d for d in others if (d.sentence, d.token) < (x.n, t)), key=lambda d: (d.sentence, d.token), default=None
    )
    counts = Counter(SENSE[str(d.kind)] for d in others if d.actor == actor)
    out = [
        f"class={actor.partition(':')[0] if ':' in actor else 'group'}",
        f"rank={min(rank.get(actor, 9), 5)}",
        f"home={actor == f'gov:{country}'}",
        f"of-place={actor.endswith(':' + (p.country or '-'))}",
        f"rule={rule}&{how}",
        f"here={actor in here}&{min(len(here), 3)}",
        f"before={actor in before}",
        f"said={'.'.join(sorted({SENSE[str(d.kind)] for d in same if d.actor == actor}))}",
        f"foe={'.'.join(sorted({SENSE[str(d.kind)] for d in same if d.against == actor}))}",
        f"most={counts.most_common(1)[0][0] if counts else '-'}",
        f"last={_stands(last, actor)}",
    ]
    for ref in here.get(actor, ())[:3]:
        out += [f"a-{v}" for v in _way(s, t, ref.head, ref.first, ref.last)] + [f"cls={ref.cls}", f"w={ref.word}"]
        if x.frame:
            slots = [k for k, heads in x.frame.slots.heads.items() if any(ref.first <= i <= ref.last for i in heads)]
            out += [f"slot={k}" for k in slots or ["none"]]
    for ref in before.get(actor, ())[:2]:
        out += [f"b-cls={ref.cls}", f"b-dep={_short(x.c.document.sentences[x.n - 1].doc[ref.head].dep_)}"]
    out += [f"{sense}&{v}" for v in out]
    return out + [f"{s.lemma(t)}&{v}" for v in out if v.startswith(("slot", "a-order", "rule"))]


def _stands(d: Draft | None, actor: str) -> str:
    if d is None:
        return "-"
    return f"{'actor' if d.actor == actor else 'foe' if d.against == actor else 'no'} {SENSE[str(d.kind)]}"


def _short(dep: str) -> str:
    return dep if dep in KEPT else dep.split(":")[0]


def _way(s: Sentence, t: int, head: int, first: int, last: int) -> list[str]:
    """The way through the tree and along the words from a cue to a name."""
    up, down = _path(s, t, head)
    low, high = sorted((t, head))
    between = s.doc[low + 1 : high]
    case = [c.lower_ for c in s.doc[head].children if c.dep_ in ("case", "mark") and c.i < head]
    gap = high - low
    return [
        f"path={'^'.join(up)}|{'v'.join(down)}",
        f"case={'_'.join(case[-2:]) or '-'}",
        f"order={'after' if head > t else 'before'}",
        f"gap={gap if gap < 4 else 4 if gap < 7 else 7 if gap < 13 else 13}",
        f"first={'v'.join(down[:1])}&{len(up)}",
        f"verbs={min(sum(w.pos_ == 'VERB' for w in between), 3)}",
        f"commas={min(sum(w.text == ',' for w in between), 3)}",
        f"pre={s.doc[first - 1].lower_ if first > 0 else '^'}",
        f"post={s.doc[last + 1].lower_ if last + 1 < len(s.doc) else '$'}",
    ]


def _path(s: Sentence, a: int, b: int) -> tuple[list[str], list[str]]:
    def line(i: int) -> list[int]:
        out = [i]
        while s.doc[i].head.i != i and len(out) < 40:
            i = s.doc[i].head.i
            out.append(i)
        return out

    up, down = line(a), line(b)
    meet = next((i for i in up if i in down), None)
    if meet is None:
        return ["?"], ["?"]
    deps = (
        [_short(s.doc[i].dep_) for i in up[: up.index(meet)]],
        [_short(s.doc[i].dep_) for i in down[: down.index(meet)]],
    )
    return _once(deps[0]), _once(deps[1][::-1])


def _once(deps: list[str]) -> list[str]:
    """Chains of one relation ("A, B and C") as one step."""
    return [d for k, d in enumerate(deps) if d not in ("conj", "flat", "compound", "appos") or d not in deps[:k][-1:]]


def _slots(x: Told) -> list[str]:
    if x.frame is None:
        return ["slot=no frame"]
    p = x.place
    found = [k for k, heads in x.frame.slots.heads.items() if any(p.first <= i <= p.last for i in heads)]
    return [f"slot={k}" for k in found] or ["slot=none"]


def _closer(x: Told) -> int:
    """How many other cues stand nearer to the place."""
    return min(sum(abs(i - x.place.head) < abs(x.t - x.place.head) for i in x.cues if i != x.t), 2)
