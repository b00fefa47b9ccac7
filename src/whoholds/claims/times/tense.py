"""The clause of a claim's words: its tense, whether what it tells goes on, and who says it."""

from __future__ import annotations

from whoholds.annotate.document import Sentence
from whoholds.annotate.words import lexis
from whoholds.claims.draft import Draft
from whoholds.claims.times.words import aside, predicate_above, predicates
from whoholds.model import Kind, Role

TAKING = lexis()["taking"]
SINGLED_OUT = lexis()["singled_out"]
PAST_ALIKE = lexis()["past_alike"]
AFTERWARDS = lexis()["afterwards"]
_SOON_AFTER = {("soon", "after"), ("shortly", "after"), *((x, y) for x in ("soon", "shortly") for y in AFTERWARDS)}


class ClauseTense:
    """Tense and background of the clause of a draft's cue."""

    def __init__(self, s: Sentence, d: Draft) -> None:
        self.s, self.token, self.cue_kind = s, d.token, d.kind
        self.predicates = predicates(s)
        self.predicate = predicate_above(s, d.token, self.predicates)
        token = s.doc[d.token]
        self.background = token.dep_ in ("amod", "compound") or d.cue.form in ("compound", "attributive")
        if self.background and self.predicate == d.token:
            # of "the rebel-held town", what happens to the town
            self.predicate = predicate_above(s, token.head.i, self.predicates)
        verb = self.predicates.get(self.predicate) if self.predicate is not None else None
        clause = s.clause_of.get(verb) if verb is not None else None
        auxiliaries = clause.auxiliaries if clause else ()
        verbal = self.predicate == d.token
        self.perfect = "have" in auxiliaries and not self.first_time
        self.past = verb is not None and (s.doc[verb].tag_ == "VBD" or "was" in auxiliaries)
        children = list(s.doc[self.predicate].children) if self.predicate is not None else []
        words = {c.lower_ for c in children if c.dep_ in ("aux", "aux:pass", "cop")}
        tag = s.doc[verb].tag_ if verb is not None else ""
        bare = (
            tag == "VB"
            and any(c.dep_ == "nsubj" for c in children)
            and not {c.dep_ for c in children} & {"aux", "mark"}
        )
        # "Militants of the group seize the town": a bare form with a subject is in the present, as a digest tells
        self.present = bool(words & {"is", "are", "'re", "'s", "am", "has", "have"}) or (
            (tag in ("VBZ", "VBP") or bare) and s.role is not Role.TITLE
        )
        progressive = verbal and tag == "VBG" and bool(words & {"is", "are", "was", "were", "'re", "'s"})
        self.now = self._in_present()
        """What is told holds as it is told: "are still holding", "claims to be in control", "is trying to take"."""
        trying = self.now and self.predicate is not None and s.doc[self.predicate].dep_ == "xcomp"
        self.goes_on = progressive or trying or (self.present and not self.perfect and s.role is not Role.TITLE)
        self.taken_by = self._taker()
        """The verb that ended it: "retook the last ISIS-held town", "P, which rebels had held, fell"."""
        self.reported = self._statement() is not None

    def _in_present(self) -> bool:
        """The tense of the clause, of an infinitive that of the verb above it."""
        if self.s.role is Role.TITLE or self.perfect or self.predicate is None:
            return False
        node = self.s.doc[self.predicate]
        while node.dep_ == "xcomp" and self.predicates.get(node.head.i) is not None:
            node = node.head
        verb = self.s.doc[self.predicates.get(node.i, node.i)]
        words = {c.lower_ for c in node.children if c.dep_ in ("aux", "aux:pass", "cop")}
        if words & {
            "was",
            "were",
            "had",
            "did",
            "have",
            "has",
            "will",
            "would",
            "may",
            "might",
            "could",
            "can",
            "should",
        }:
            return False
        if (
            verb.tag_ == "VB"
            and node.dep_ == "conj"
            and verb.lower_ not in PAST_ALIKE
            and not {c.dep_ for c in node.children} & {"aux", "mark"}
        ):
            # "broke through and likely hold P": a bare form, where no auxiliary stands before it
            return not any(c.dep_ == "aux" for c in node.head.children)
        return bool(words & {"is", "are", "'re", "'s", "am"}) or verb.tag_ in ("VBZ", "VBP")

    @property
    def tells_of(self) -> bool:
        """True in "P, which they had held", "the hill from which they had besieged P"."""
        verb = self.s.doc[self.predicate] if self.predicate is not None else None
        if verb is None or verb.dep_ != "acl:relcl":
            return False
        return any(t.lower_ in ("which", "who", "where", "whom") for t in self.s.doc[verb.head.i + 1 : verb.i])

    @property
    def planned_then(self) -> bool:
        """True of what was planned before the time of the telling: "had hoped to take P"."""
        node = self.s.doc[self.predicate] if self.predicate is not None else None
        while node is not None and node.dep_ == "xcomp":
            node = node.head
            if any(c.lower_ == "had" and c.dep_ == "aux" for c in node.children):
                return True
        return False

    @property
    def until_taken(self) -> bool:
        """True where it was so until somebody took the place."""
        return self.taken_by is not None

    def _taker(self) -> int | None:
        """Above a modifier, or above the noun of a relative clause in the past perfect."""
        t = self.s.doc[self.token]
        if not self.background:
            node = self.s.doc[self.predicate] if self.predicate is not None else None
            had = node is not None and any(c.lower_ == "had" for c in node.children if c.dep_ == "aux")
            of = node is not None and node.dep_ == "acl" and node.tag_ == "VBN" and node.i == t.i
            if node is None or not (of or (node.dep_ == "acl:relcl" and had)):
                return None
            t = node.head.head if of and node.head.dep_ == "appos" else node.head
            if t.dep_ == "nsubj" and self.s.lemma(t.head) == "fall":
                return t.head.i
        for _ in range(5):
            if t.head.i == t.i:
                return None
            t = t.head
            if self.s.lemma(t) in TAKING:
                return t.i
        return None

    @property
    def until_clause(self) -> int | None:
        """The verb of what ended it: "ruled P until the army took it"."""
        if self.predicate is None or self.background:
            return None
        for c in self.s.doc[self.predicate].children:
            if c.dep_ == "advcl" and any(m.lower_ in ("until", "till") and m.dep_ == "mark" for m in c.children):
                return c.i
        return None

    @property
    def goes_on_with_story(self) -> bool:
        """True where the words tie it to what was told before: a pronoun, "then", "that attack"."""
        if self.predicate is None:
            return False
        subtree = self.s.doc[self.predicate].children
        return any(
            c.lower_ in ("then", "also", "later", "soon", "subsequently")
            or (
                c.dep_ in ("nsubj", "nsubj:pass", "obj")
                and (c.pos_ == "PRON" or any(g.lower_ in ("that", "this") for g in c.children))
            )
            for c in subtree
        )

    @property
    def singled_out(self) -> bool:
        """True in "the only capital that the army captured": told of the whole war, not of the day."""
        if self.predicate is None or self.s.doc[self.predicate].dep_ != "acl:relcl":
            return False
        return any(c.lower_ in SINGLED_OUT for c in self.s.doc[self.predicate].head.children)

    @property
    def first_time(self) -> bool:
        """True in "it was the first time that they had entered the town": it happened then."""
        if self.predicate is None or self.s.doc[self.predicate].dep_ not in ("acl:relcl", "acl"):
            return False
        noun = self.s.doc[self.predicate].head
        return noun.lower_ == "time" and any(c.lower_ in ("first", "second", "third") for c in noun.children)

    @property
    def past_perfect(self) -> bool:
        """True in "had held the town"."""
        return self.perfect and not self.present

    @property
    def later(self) -> bool:
        """True in "and came back soon afterwards"."""
        if self.predicate is None:
            return False
        return any(
            c.lower_ in AFTERWARDS for c in self.s.doc[self.predicate].subtree if c.head.i in range(self.predicate, c.i)
        )

    def later_there(self, d: Draft) -> bool:
        """True in "took A in May and [B] shortly after", of B."""
        if d.place_sentence != d.sentence or d.place.first < d.token:
            return False
        behind = tuple(x.lower_ for x in self.s.doc[d.place.last + 1 : d.place.last + 3])
        return behind in _SOON_AFTER or behind[:1] == ("afterwards",)

    @property
    def defined(self) -> bool:
        """True of the fight that a text is about: "The battle of P was …", "The siege of P lasted …"."""
        if self.cue_kind is not Kind.CONTESTS or self.predicate is None or self.predicate == self.token:
            return False
        t = self.s.doc[self.token]
        return t.dep_ in ("nsubj", "nsubj:pass", "nmod") and not aside(self.s, self.predicate)

    @property
    def handover(self) -> bool:
        """ "… and handed it over to the army"."""
        return self.s.lemma(self.s.doc[self.token]) in ("hand", "cede", "return")

    def _statement(self) -> int | None:
        """The verb of saying that the clause hangs under."""
        node = self.predicate
        for _ in range(6):
            if node is None:
                return None
            token = self.s.doc[node]
            if token.head.i == token.i or token.dep_ in ("acl:relcl",):
                return None
            up = predicate_above(self.s, token.head.i, self.predicates)
            if up is not None and token.dep_ in ("ccomp", "parataxis", "xcomp") and self._says(up):
                return up
            node = up
        return None

    def said_now_not_by(self, verb: int | None) -> bool:
        """ "They said on Monday they had left, but others say that they are there still": said now, not on Monday."""
        says = self._statement()
        return says is not None and says != verb and self.s.doc[says].tag_ in ("VBP", "VBZ")

    def _says(self, predicate: int | None) -> bool:
        return predicate is not None and lexis().has("say", self.s.lemma(predicate))
