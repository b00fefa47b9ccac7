"""`whoholds review`: judging claims, as in the application."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from whoholds.cli.options import FILE, Argument, Format, LedgerAt, form_option, ledger_option, me
from whoholds.cli.output import one_line, say, write_records

if TYPE_CHECKING:
    from whoholds.index import Index
    from whoholds.ledger import Ledger
    from whoholds.model import Correction
    from whoholds.review.judging import Judge

_form = form_option(Format, Format.TABLE, "A table for people; JSON, JSON lines or CSV for programs.")
_by = click.option("--by", metavar="WHO", default="", help="Who judges; left out, the name you are logged in with.")
_because = click.option("--because", metavar="TEXT", default="", help="The reason; it is kept with the judgement.")
_new_actor = click.option(
    "--new-actor", is_flag=True, help="Take actors that neither the lexicon nor the ledger knows as they are written."
)
_claim = click.argument("claim", cls=Argument, metavar="CLAIM", help="A claim's id.")


@click.group
def review() -> None:
    """Judge what was read: accept, reject, put right, take back.

    A judgement stands beside the claim, with who made it and when, and nothing is overwritten. It survives a new
    version of the reader: the claim is found again by its quote and place, and what is not is listed as an orphan.
    """


@review.command
@_by
@click.option("--limit", metavar="N", type=click.IntRange(1, 1000), default=20, help="How many to list.")
@click.option("--nobody", is_flag=True, help="Only what nobody has judged; left out, all that you have not.")
@_form
@ledger_option
def queue(by: str, limit: int, nobody: bool, form: Format, ledger: LedgerAt) -> None:
    """List claims to judge, those that are most doubtful and matter most first."""
    from whoholds.exports.records import claim_record
    from whoholds.index.queue import reasons, waiting
    from whoholds.ledger import Ledger

    with Ledger.open(ledger, create=False) as store:
        with _indexed(store).reading(60) as index:
            found = waiting(index, by or me(), limit, apart=not nobody)
        claims = {claim.id: claim for claim in store.claims_of({one.report_id for one in found})}
    if form is not Format.TABLE:
        write_records(
            (
                {**claim_record(claims[one.claim_id]), "score": one.score, "because": reasons(one)}
                for one in found
                if one.claim_id in claims
            ),
            form,
        )
        return
    from whoholds.cli.layout import show
    from whoholds.views.records import claim_words

    if not found:
        say("Nothing is left to judge.")
    for one in found:
        claim = claims[one.claim_id]
        show(f"{one.claim_id} {claim.place.name}: {claim_words(claim)}")
        show(f'"{claim.quote_text}"', indent=4)
        show(f"{claim.report}; {'; '.join(reasons(one))}", indent=4)


@review.command
@_claim
@_because
@_by
@ledger_option
def accept(claim: str, because: str, by: str, ledger: LedgerAt) -> None:
    """The report says so."""
    _judge(ledger, by, lambda judge: judge.accept(claim, because))


@review.command
@_claim
@_because
@_by
@ledger_option
def reject(claim: str, because: str, by: str, ledger: LedgerAt) -> None:
    """The report does not say so: the claim takes no part in any answer."""
    _judge(ledger, by, lambda judge: judge.reject(claim, because))


@review.command
@_claim
@click.argument(
    "fields",
    cls=Argument,
    nargs=-1,
    required=True,
    metavar="FIELD=VALUE...",
    help="Fields as in docs/claims.md, for example kind=gains place_id=geonames:98717; empty for none.",
)
@_new_actor
@_because
@_by
@ledger_option
def change(claim: str, fields: tuple[str, ...], new_actor: bool, because: str, by: str, ledger: LedgerAt) -> None:
    """Put fields of a claim right."""
    from whoholds.views.named import look_at_actors

    given = dict(_field(text) for text in fields)

    def act(judge: Judge) -> Correction:
        if not new_actor:
            look_at_actors(judge.ledger, given)
        return judge.change(claim, given, because)

    _judge(ledger, by, act)


@review.command
@_claim
@click.argument(
    "parts",
    cls=Argument,
    nargs=-1,
    required=True,
    metavar="PART...",
    help="What each part has of its own, two or more: 'actor=sdf' 'actor=ypg; place=Kobani'.",
)
@_new_actor
@_because
@_by
@ledger_option
def split(claim: str, parts: tuple[str, ...], new_actor: bool, because: str, by: str, ledger: LedgerAt) -> None:
    """Several claims stand where one was read."""
    from whoholds.views.named import look_at_actors

    given = [dict(_field(field) for field in part.split(";")) for part in parts]

    def act(judge: Judge) -> Correction:
        for part in () if new_actor else given:
            look_at_actors(judge.ledger, part)
        return judge.split(claim, given, because)

    _judge(ledger, by, act)


@review.command
@_claim
@click.argument("report", cls=Argument, metavar="REPORT", help="The id of the report that it is a copy of.")
@_because
@_by
@ledger_option
def copy(claim: str, report: str, because: str, by: str, ledger: LedgerAt) -> None:
    """The claim's report is a copy of another: the two are one witness."""
    _judge(ledger, by, lambda judge: judge.copy(claim, report, because))


@review.command
@click.argument("number", cls=Argument, type=int, metavar="NUMBER", help="A judgement's number, from `review list`.")
@_because
@_by
@ledger_option
def undo(number: int, because: str, by: str, ledger: LedgerAt) -> None:
    """Take a judgement back."""
    _judge(ledger, by, lambda judge: judge.undo(number, because))


@review.command
@click.argument("file", cls=Argument, type=FILE, metavar="FILE", help="A spreadsheet (.xlsx) of claims.")
@_new_actor
@_by
@ledger_option
def sheet(file: Path, new_actor: bool, by: str, ledger: LedgerAt) -> None:
    """Take in claims that were judged in a spreadsheet.

    Written with `whoholds export claims -o FILE.xlsx`. There, write accept or reject under judgement, or change fields.
    What cannot be taken is listed with its row, and the rest counts.
    """
    from whoholds.exports.tables.judging import as_read, written
    from whoholds.exports.tables.what import claim_row
    from whoholds.ledger import Ledger
    from whoholds.model import Claim, Issue
    from whoholds.review.judging import Judge
    from whoholds.review.sheet import Reader
    from whoholds.views.named import look_at_actors

    def now(claim: Claim) -> tuple[dict[str, Any], str]:
        row = claim_row(claim)
        return dict(written(row)), as_read(row)

    issues: list[Issue] = []
    with Ledger.open(ledger, create=False) as store:

        def look(changes: Mapping[str, Any]) -> None:
            if not new_actor:
                look_at_actors(store, changes)

        tally = Reader(Judge(store, by or me(), date.today()), now, look).take(file, issues.append)
    for issue in issues:
        say(f"{issue.severity}: {one_line(str(issue))}")
    click.echo(
        f"Accepted: {tally.accepted}, rejected: {tally.rejected}, put right: {tally.changed}, "
        f"untouched: {tally.untouched}, conflicts: {tally.conflicts}"
        + (f", said before: {tally.known}" if tally.known else "")
    )
    if tally.conflicts and not tally.judgements + tally.known:
        raise click.exceptions.Exit(2)


@review.command(name="list")
@click.option("--orphans", is_flag=True, help="Only those whose claim is not read any more.")
@_form
@ledger_option
def list_(orphans: bool, form: Format, ledger: LedgerAt) -> None:
    """List what people said, the latest first; what was taken back too."""
    from whoholds.exports.judgements import judgement_records, orphan_records
    from whoholds.ledger import Ledger

    with Ledger.open(ledger, create=False) as store:
        found = orphan_records(store) if orphans else judgement_records(store)
    if form is not Format.TABLE:
        write_records(found, form)
        return
    if not found:
        say("There are no orphans." if orphans else "Nobody has judged anything in this ledger.")
    for one in found:
        note = " (taken back)" if one["undone"] else " (orphan)" if one["anchored"] == "orphan" else ""
        what = one["claim"] or one["place_id"]
        about = f' ({one["place"]}: "{one["quote"]}")' if one["quote"] else ""
        reason = f" Because: {one['reason']}" if one["reason"] else ""
        click.echo(one_line(f"{one['id']}  {one['at']} {one['by']}: {one['verdict']} {what}{about}{note}.{reason}"))


@review.command
@click.argument("one", cls=Argument, metavar="NAME", help="Who judged.")
@click.argument("other", cls=Argument, metavar="NAME", help="Who judged, apart from the first.")
@ledger_option
def agreement(one: str, other: str, ledger: LedgerAt) -> None:
    """Say how far two people agree on the claims that both judged."""
    from whoholds.ledger import Ledger
    from whoholds.review.agreement import agreement as agree

    with Ledger.open(ledger, create=False) as store:
        found = agree(store, one, other)
    click.echo(f"Judged by both: {found.both}; agreed: {found.agreed}")
    click.echo(f"Cohen's kappa: {'not defined' if found.kappa is None else f'{found.kappa:.2f}'}")
    click.echo(f"F1 of what was left standing: {'not defined' if found.f1 is None else f'{found.f1:.2f}'}")
    for d in found.disagreements:
        fields = f" ({', '.join(d.fields)})" if d.fields else ""
        click.echo(
            one_line(f'{d.claim.id}  {d.one} and {d.other}{fields}: {d.claim.place.name}, "{d.claim.quote_text}"')
        )


@review.command
@click.argument("gold", cls=Argument, type=FILE, metavar="GOLD", help="The file for the claims, JSON lines.")
@click.argument("reports", cls=Argument, type=FILE, metavar="REPORTS", help="The file for the reports, JSON lines.")
@click.option("--by", metavar="WHO", default="", help="Of this person only; left out, of everybody, the latest counts.")
@ledger_option
def export(gold: Path, reports: Path, by: str, ledger: LedgerAt) -> None:
    """Write what was judged as gold.

    Of reports whose every claim was judged; eval/run.py --gold GOLD --reports REPORTS measures the reader on them.
    """
    from whoholds.errors import WhoholdsError
    from whoholds.exports.gold import gold as judged
    from whoholds.exports.text import to_json
    from whoholds.ledger import Ledger
    from whoholds.whole import written_whole

    with Ledger.open(ledger, create=False) as store:
        found = list(judged(store, by or None))
    if not found:
        say("Nothing was written: of no report every claim is judged yet. Judge them: whoholds review queue.")
        raise click.exceptions.Exit(2)
    claims = [record for one in found for record in one.claim_records()]
    for path, records in ((gold, claims), (reports, [one.report_record() for one in found])):
        try:
            with written_whole(path) as part:
                part.write_text("".join(to_json(record) + "\n" for record in records), encoding="utf-8")
        except OSError as error:
            raise WhoholdsError(f"Cannot write to {path}: {error.strerror or error}. Name another file.") from error
    say(f"{len(claims)} claims in {len(found)} reports that were wholly judged.")


def _judge(ledger: LedgerAt, by: str, act: Callable[[Judge], Correction]) -> None:
    from whoholds.ledger import Ledger
    from whoholds.review.judging import Judge

    with Ledger.open(ledger, create=False) as store:
        made = act(Judge(store, by or me(), date.today()))
    click.echo(f"Judgement {made.number}: {made.verdict}. Undo: whoholds review undo {made.number}")


def _indexed(store: Ledger) -> Index:
    """The ledger's index, brought up to date; the first time that takes a while on a large one."""
    from whoholds.index import Index

    index = Index(store)
    index.bring()
    return index


def _field(text: str) -> tuple[str, Any]:
    name, sign, value = (part.strip() for part in text.partition("="))
    try:
        if not sign:
            raise ValueError
        return name, _READ[name](value) if name in _READ and value else value
    except ValueError:
        raise click.BadParameter(f"{text!r}: write FIELD=VALUE, for example kind=gains or share=0.4") from None


_READ: dict[str, Callable[[str], Any]] = {
    "share": float,
    "quote_start": int,
    "quote_end": int,
    "anonymous": lambda value: value.lower() in ("true", "yes", "1"),
    "jointly_with": lambda value: [one.strip() for one in value.split(",")],
}
"""How the values of fields that are no text are read."""
