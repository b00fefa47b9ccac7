"""Brings the index to where the ledger is: new readings in, places that they touch worked out again."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from whoholds.claims.confidence import is_unsure
from whoholds.control.evidence import FIGHTS
from whoholds.gazetteer.names import key
from whoholds.index.consequence import NONE, consequences
from whoholds.ledger import Ledger, PlaceEntry
from whoholds.ledger.following import LATE, Added, Mark
from whoholds.ledger.rows import place_key, plain
from whoholds.model import Claim, Correction, Issue, PlaceType, Report, Spell, Verdict
from whoholds.plain import iso, rounded
from whoholds.resolve.persons import speaker_key
from whoholds.review.agreement import coders
from whoholds.review.standing import standing
from whoholds.views.actors import actor_name
from whoholds.views.mapdata import entry_of
from whoholds.views.nesting import provinces_of
from whoholds.views.question import PLACES_AT_ONCE, Question, is_of_whole_area
from whoholds.views.states import begun, evidence_of, last_state

Tell = Callable[[float, str], None]
READING_SHARE = 0.35
"""Of the whole work, roughly, that taking in readings is; the rest is working out places."""
BASE = Question()


def key_of(question: Question) -> str:
    return f"{question.on or ''}|{question.known or ''}|{question.view}"


class Builder:
    """One step of the index from a mark to a later one, in a transaction that the caller opens and ends."""

    def __init__(self, ledger: Ledger, index: sqlite3.Connection, tell: Tell) -> None:
        self.ledger, self.index, self.tell = ledger, index, tell
        self.touched: set[str] = set()
        self._days: Counter[tuple[str, bool]] = Counter()
        self._areas: set[str] = set()
        self._anew = False

    def bring(self, after: Mark, upto: Mark) -> None:
        """From one mark of the ledger to another."""
        self._anew = after == Mark()
        taken = {row[0] for row in self.index.execute("SELECT n FROM taken WHERE n > ?", (after.readings - LATE,))}
        for reading in self._told(self.ledger.added(after, upto, taken), after, upto):
            self._take(reading)
        self._issues(self.ledger.issues_of_inputs(after, upto), None)
        self._count_days()
        if upto.corrections:
            self._judge(after)
        if upto.judgements > after.judgements:
            self._persons(after)
        self._towns()
        self._places(sorted(self.touched))
        for table in ("courses", "spells"):
            self.index.execute(f"DELETE FROM {table} WHERE question != ?", (key_of(BASE),))
        self.index.execute("DELETE FROM questions")
        self.index.execute("DELETE FROM payloads")

    def course_of(self, question: Question) -> None:
        """The courses of all places by another question than the latest in hindsight."""
        name = key_of(question)
        places = sorted(row[0] for row in self.index.execute("SELECT place_id FROM places"))
        for at in range(0, len(places), PLACES_AT_ONCE):
            self.tell(at / len(places), f"working out {at:,} of {len(places):,} places")
            part = places[at : at + PLACES_AT_ONCE]
            claims = question.claims(self.ledger, part)
            by_id = evidence_of(question, self.ledger, claims)
            self._store(name, question, question.courses(self.ledger, claims), by_id)

    # ---- readings

    def _told(self, readings: Iterable[Added], after: Mark, upto: Mark) -> Iterator[Added]:
        whole = max(upto.readings - after.readings, 1)
        for number, reading in enumerate(readings):
            if number % 100 == 0:
                self.tell(READING_SHARE * number / whole, f"taking in {number:,} of {whole:,} reports")
            yield reading

    def _take(self, reading: Added) -> None:
        report = reading.report
        self.index.execute("INSERT INTO taken VALUES (?)", (reading.number,))
        old = self.index.execute("SELECT n, reading FROM reports WHERE report_id = ?", (report.id,)).fetchone()
        if old and old["reading"] > reading.number:
            return  # stored late: a newer one is there
        if old:
            self._supersede(report.id)
        claims = [(reading.number, report, claim) for claim in reading.claims]
        if claims:
            self._claims(claims)
        published = report.published
        row = _row(
            *(report.id, reading.number, report.label, report.title, report.outlet, report.url, report.lang),
            *(iso(published.start) if published else None, iso(published.end) if published else None),
            *(published.basis if published else None, len(reading.claims), reading.read_at),
        )
        if old:
            columns = (
                "reading, label, title, outlet, url, lang, published_start, published_end, published_basis, claims,"
                " read_at"
            )
            marks = ", ".join("?" * (len(row) - 1))
            self.index.execute(f"UPDATE reports SET ({columns}) = ({marks}) WHERE n = ?", (*row[1:], old["n"]))
        else:
            made = self.index.execute(f"INSERT INTO reports VALUES (NULL, {', '.join('?' * len(row))})", row)
            words = _row(made.lastrowid, report.text, report.title, report.label, report.outlet)
            self.index.execute(
                "INSERT INTO report_words (rowid, text, title, label, outlet) VALUES (?, ?, ?, ?, ?)", words
            )
        self._issues(reading.issues, report, reading.number)

    def _supersede(self, report_id: str) -> None:
        """The claims and issues of earlier readings do not count any more."""
        query = "SELECT * FROM claims WHERE report_id = ? AND current"
        for row in self.index.execute(query, (report_id,)).fetchall():
            self.touched.add(row["place_id"])
            self._days[row["end"] or row["start"] or "", row["kind"] in FIGHTS] -= 1
            if row["place_type"] in (PlaceType.PROVINCE, PlaceType.COUNTRY) and row["extent"] == "whole":
                self._areas.add(row["place_id"])
        self.index.execute("UPDATE claims SET current = 0 WHERE report_id = ?", (report_id,))
        self.index.execute("DELETE FROM issues WHERE report_id = ?", (report_id,))

    def _claims(self, said: Sequence[tuple[int, Report, Claim]]) -> None:
        first = int(self.index.execute("SELECT ifnull(max(n), 0) + 1 FROM claims").fetchone()[0])
        rows, words, persons = [], [], set()
        for n, (number, report, claim) in enumerate(said, start=first):
            place, voice = claim.place, claim.voices[0] if claim.voices else None
            place_id = place_key(place)
            self.touched.add(place_id)
            if is_of_whole_area(claim):
                self._areas.add(place_id)
            start, end = iso(claim.when.start), iso(claim.when.end)
            self._days[end or start or "", claim.kind in FIGHTS] += 1
            speaker = voice.name if voice else None
            rows.append(
                _row(
                    *(n, claim.id, number, 1, claim.report_id, report.label, str(claim.kind), str(claim.mode)),
                    *(str(claim.stance), claim.actor, claim.against, claim.extent, place_id, place.name),
                    *(str(place.place_type), place.country, start, end),
                    *(iso(claim.published.end) if claim.published else None, claim.outlet, speaker),
                    *(voice.side if voice else None, round(claim.confidence, 3), is_unsure(claim), claim.quote_text),
                    *(None, NONE, round(NONE * (1 - claim.confidence), 5), claim.rule != Correction.RULE),
                )
            )
            actors = " ".join(actor_name(a) for a in (claim.actor, claim.against) if a)
            words.append(_row(n, claim.quote_text, f"{place.name} {key(place.name)}", actors, speaker, report.label))
            persons |= {(person, place_id) for v in claim.voices if (person := v.person or speaker_key(v)) is not None}
        self.index.executemany(f"INSERT INTO claims VALUES ({', '.join('?' * len(rows[0]))})", rows)
        self.index.executemany(
            "INSERT INTO claim_words (rowid, quote, place, actor, speaker, report) VALUES (?, ?, ?, ?, ?, ?)", words
        )
        self.index.executemany("INSERT OR IGNORE INTO persons VALUES (?, ?)", sorted(persons))

    def _issues(self, met: Iterable[Issue], report: Report | None, reading: int | None = None) -> None:
        for issue in met:
            row = _row(
                *(str(issue.severity), issue.code, issue.message, issue.source, issue.place),
                *(report.id if report else None, report.label if report else None, reading),
            )
            made = self.index.execute("INSERT INTO issues VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            words = _row(made.lastrowid, issue.message, issue.source, issue.code)
            self.index.execute("INSERT INTO issue_words (rowid, message, source, code) VALUES (?, ?, ?, ?)", words)

    def _count_days(self) -> None:
        changed: dict[str, list[int]] = {}
        for (day, fighting), number in self._days.items():
            counts = changed.setdefault(day, [0, 0])
            counts[0] += number
            counts[1] += number if fighting else 0
        self.index.executemany(
            "INSERT INTO days VALUES (?, ?, ?) ON CONFLICT (day) DO UPDATE SET claims = claims + excluded.claims,"
            " fighting = fighting + excluded.fighting",
            [(day, *counts) for day, counts in changed.items()],
        )

    # ---- judgements

    def _judge(self, after: Mark) -> None:
        """What people said: few, and written anew each time, since a new reading may move them."""
        given = self.ledger.corrections()
        by_number = {c.number: c for c in given}
        new = [c for c in given if (c.number or 0) > after.corrections]
        for correction in (*new, *(by_number[c.undoes] for c in new if c.undoes in by_number)):
            reports = {c.report_id for c in (correction.about, *correction.becomes) if c}
            self.touched |= {place_key(c.place) for c in (correction.about, *correction.becomes) if c}
            if correction.verdict is Verdict.COPY:
                self.touched |= {place_key(claim.place) for claim in self.ledger.claims_of(reports)}
            for claim in (correction.about, *correction.becomes):
                if claim and is_of_whole_area(claim):
                    self._areas.add(place_key(claim.place))
        stands = standing(self.ledger)
        self.touched |= {
            row[0] for row in self.index.execute("SELECT place_id FROM claims WHERE judged IS NOT NULL AND NOT current")
        }
        self.index.execute("UPDATE claims SET judged = NULL WHERE judged IS NOT NULL")
        rows = [(str(correction.verdict), claim_id) for claim_id, correction in stands.of.items()]
        self.index.executemany("UPDATE claims SET judged = ? WHERE id = ? AND current", rows)
        self.index.execute("DELETE FROM judged")
        for coder in coders(given):
            its = standing(self.ledger, by=coder.name).of
            self.index.executemany(
                "INSERT INTO judged VALUES (?, ?, ?)", [(n, coder.name, str(c.verdict)) for n, c in its.items()]
            )

    def _persons(self, after: Mark) -> None:
        """Two names that are one person now, or two again, are other witnesses wherever they speak."""
        for judgement in self.ledger.judgements()[after.judgements :]:
            query = "SELECT place_id FROM persons WHERE person IN (?, ?)"
            self.touched |= {row[0] for row in self.index.execute(query, judgement.pair)}

    def _towns(self) -> None:
        """What is said of the whole of a province touches every town in it."""
        if not self._areas:
            return
        query = "SELECT DISTINCT place_id, country FROM claims WHERE current AND place_type = ? AND country IS NOT NULL"
        towns = {row[0]: row[1] for row in self.index.execute(query, (str(PlaceType.SETTLEMENT),))}
        known = {entry.place_id: entry.place for entry in self.ledger.places_of(list(towns))} if towns else {}
        self.touched |= {town for town, area in provinces_of(known).items() if area in self._areas}

    # ---- places

    def _places(self, touched: Sequence[str]) -> None:
        name = key_of(BASE)
        for at in range(0, len(touched), PLACES_AT_ONCE):
            share = READING_SHARE + (1 - READING_SHARE) * at / len(touched)
            self.tell(share, f"working out {at:,} of {len(touched):,} places")
            part = touched[at : at + PLACES_AT_ONCE]
            self._entries(part, self.ledger.places_of(part))
            claims = BASE.claims(self.ledger, part)
            by_id = evidence_of(BASE, self.ledger, claims)
            courses = BASE.courses(self.ledger, claims)
            self._forget(name, part)
            self._store(name, BASE, courses, by_id)
            for course in courses:
                self._answer(course, by_id)
            self._weigh(part, claims, courses, anew=self._anew)

    def _entries(self, part: Collection[str], entries: Sequence[PlaceEntry]) -> None:
        found = {entry.place_id: entry for entry in entries}
        for place_id in part:
            old = self.index.execute("SELECT n FROM places WHERE place_id = ?", (place_id,)).fetchone()
            entry = found.get(place_id)
            if old:
                self.index.execute("DELETE FROM place_words WHERE rowid = ?", (old["n"],))
            if entry is None:
                self.index.execute("DELETE FROM places WHERE place_id = ?", (place_id,))
                continue
            place, names = entry.place, list(entry.names)
            row = _row(
                *(old["n"] if old else None, place_id, names[0], _json(names)),
                *(str(place.place_type), place.country, rounded(place.lat, 5), rounded(place.lon, 5), place.radius_km),
                *(place.basis, entry.claims),
            )
            made = self.index.execute(
                "INSERT OR REPLACE INTO places (n, place_id, place, names, place_type, country, lat, lon, radius_km,"
                f" place_basis, claims) VALUES ({', '.join('?' * len(row))})",
                row,
            )
            self.index.execute(
                "INSERT INTO place_words (rowid, names, keys) VALUES (?, ?, ?)",
                _row(made.lastrowid, " ".join(names), " ".join(key(one) for one in names)),
            )

    def _forget(self, name: str, part: Iterable[str]) -> None:
        for table in ("courses", "spells"):
            query = f"DELETE FROM {table} WHERE question = ? AND place_id = ?"
            self.index.executemany(query, [(name, place_id) for place_id in part])

    def _store(
        self, name: str, question: Question, courses: Sequence[Sequence[Spell]], by_id: dict[str, Claim]
    ) -> None:
        heads, spells = [], []
        for whole in courses:
            course = begun(whole, by_id, question.on)
            if not course:
                continue
            place_id = course[-1].place_id
            entry = entry_of(place_id, course, by_id, with_claims=False)
            # The spells stand last, so that they can be put in as text.
            head = _json({k: v for k, v in entry.items() if k != "spells"}).removesuffix("}") + ',"spells":['
            held = sorted({holder for spell in course for holder in spell.holders})
            heads.append((name, place_id, head, _json(held), "lat" in entry, len(course) - 1))
            for number, spell in enumerate(entry["spells"]):
                days = (spell["begins"] or "0000", spell["end"] or "9999")
                spells.append((name, place_id, number, *days, _json(spell)))
        self.index.executemany("INSERT OR REPLACE INTO courses VALUES (?, ?, ?, ?, ?, ?)", heads)
        self.index.executemany("INSERT OR REPLACE INTO spells VALUES (?, ?, ?, ?, ?, ?)", spells)

    def _answer(self, course: Sequence[Spell], by_id: dict[str, Claim]) -> None:
        state = last_state(course, by_id, BASE)
        spell = state.spell
        row = (
            *(str(spell.status), _json(list(spell.holders)), _json([actor_name(h) for h in spell.holders])),
            *(round(spell.support, 3), spell.fighting, spell.disputed, spell.divided, iso(state.since)),
            *(iso(state.last_evidence), iso(state.last_fighting)),
        )
        self.index.execute(
            "UPDATE places SET (status, holders, holder_names, support, fighting, disputed, divided, since,"
            f" last_evidence, last_fighting) = ({', '.join('?' * len(row))}) WHERE place_id = ?",
            (*row, spell.place_id),
        )

    def _weigh(
        self, part: Iterable[str], claims: Iterable[Claim], courses: Iterable[Sequence[Spell]], *, anew: bool
    ) -> None:
        if not anew:  # what was never weighed stands as if no answer rested on it
            self.index.executemany(
                "UPDATE claims SET consequence = ?, score = round(? * (1 - confidence), 5)"
                " WHERE place_id = ? AND current",
                [(NONE, NONE, place_id) for place_id in part],
            )
        weights = consequences(courses)
        rows = [(w, round(w * (1 - c.confidence), 5), c.id) for c in claims if (w := weights.get(c.id))]
        self.index.executemany("UPDATE claims SET consequence = ?, score = ? WHERE id = ? AND current", rows)


def _json(value: object) -> str:
    return str(plain(json.dumps(value, ensure_ascii=False, separators=(",", ":"))))


def _row(*values: object) -> tuple[object, ...]:
    """Values that SQLite takes: labels of files may hold stray bytes."""
    return tuple(plain(value) for value in values)
