"""Places that a clause set off by a comma is told of, where the parser hung it on another noun.

"The mayor of P, which rebels attacked, …", "Residents of P, seized by rebels in March, …": what is between commas is
told of the name before them. A mayor cannot be seized as a town is, so that the noun over the name is no place.
"""

from __future__ import annotations

from whoholds.annotate.document import Sentence
from whoholds.annotate.places.set_off import before_comma
from whoholds.annotate.trees.nominals import preposition
from whoholds.claims.frames.forms import Frame
from whoholds.model import Kind

OF_MEN = frozenset(["seize", "capture", "hold", "take", "free", "attack"])
"""What is done to people too: "two nurses from P, seized by rebels"."""
PRONOUNS = frozenset(["which", "that", "whom"])


def set_off_place(s: Sentence, frame: Frame) -> tuple[str, int] | None:
    """The slot that the name before the comma fills, and the name; None where no clause is set off from a name."""
    clause = frame.clause
    if clause is None or "obj" not in frame.cue.place or frame.cue.object:
        return None
    verb = s.doc[frame.token]
    pronoun = next((c for c in verb.children if c.i < verb.i and c.lower_ in PRONOUNS), None)
    participle = frame.passive and verb.tag_ in ("VBN", "VBD") and not clause.auxiliaries and not clause.marks
    if pronoun is None and not (
        participle and frame.cue.kind is not Kind.ADVANCES and clause.relation in ("acl", "advcl", "conj")
    ):
        return None
    passive = pronoun is not None and pronoun.dep_ == "nsubj:pass"
    if pronoun is not None and not passive and pronoun.dep_ != "obj":
        return None
    name = before_comma(pronoun or verb)
    if name is None or name.pos_ != "PROPN" or any(i == name.i for i in frame.slots.get("obj")):
        return None
    if pronoun is None and preposition(name) == "from" and name.dep_ == "nmod" and clause.lemma in OF_MEN:
        return None
    return "obj", name.i
