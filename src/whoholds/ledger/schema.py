"""The tables. Written once for every backend: no type and no default that only one database knows.

A report is its text, stored once and never changed. A reading is what one version of the program made of it (how the
page is divided, when it was published, the claims); the latest reading is the one that answers, the others stay.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects import postgresql

SCHEMA_VERSION = 6
"""Raised with every change of a table; `store.MIGRATIONS` then says how to get there."""

WRITES = "whoholds_writes"
"""Execution option of a connection whose transaction will write."""
ALONE = "whoholds_alone"
"""Of one that must be the only writer meanwhile, on databases where several can write at once."""

metadata = MetaData()

_WORDS = postgresql.TEXT(collation="C")


def words(length: int | None = None) -> String:
    """Text, sorted by its code points on every database. PostgreSQL would keep to the length, so it is given none."""
    return (String(length) if length else Text()).with_variant(_WORDS, "postgresql")


NUMBER = Integer().with_variant(BigInteger(), "postgresql")
"""SQLite's integers are as long as they need be."""

about = Table(
    "whoholds_ledger",
    metadata,
    Column("name", words(40), primary_key=True),
    Column("value", words(), nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("id", words(64), primary_key=True),
    Column("label", words(), nullable=False),
    Column("text", words(), nullable=False),
    Column("url", words()),
    Column("stated_date", words()),
    Column("raw_hash", words(64), nullable=False),
    Column("source", words(), nullable=False),
    Column("first_read_at", words(40), nullable=False),
)

readings = Table(
    "readings",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("report_id", ForeignKey("reports.id"), nullable=False),
    Column("made_by", words(200), nullable=False),
    Column("read_at", words(40), nullable=False),
    Column("sections", words(), nullable=False),
    Column("title", words()),
    Column("outlet", words()),
    Column("lang", words(20), nullable=False),
    Column("published_start", Date),
    Column("published_end", Date),
    Column("published_basis", words()),
    Column("published_precision", words(20)),
    UniqueConstraint("report_id", "made_by", name="one_reading_a_version"),
)

claims = Table(
    "claims",
    metadata,
    Column("reading_id", ForeignKey("readings.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("claim_id", words(64), nullable=False),
    Column("report_id", words(64), nullable=False),
    Column("kind", words(20), nullable=False),
    Column("mode", words(20), nullable=False),
    Column("stance", words(20), nullable=False),
    Column("extent", words(20)),
    Column("actor", words()),
    Column("against", words()),
    Column("speaker", words()),
    Column("place_id", words(), nullable=False),
    Column("place_name", words(), nullable=False),
    Column("place_type", words(20), nullable=False),
    Column("place_basis", words(40), nullable=False),
    Column("country", words(3)),
    Column("lat", Float),
    Column("lon", Float),
    Column("radius_km", Float),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("published_end", Date),
    Column("confidence", Float, nullable=False),
    Column("data", words(), nullable=False),
    Index("claims_by_place", "place_id"),
    Index("claims_by_id", "claim_id"),
    Index("claims_by_type", "place_type"),
)
"""Columns for what is asked about; `data` is the full claim (codec.py) and what a claim is read back from."""

issues = Table(
    "issues",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("reading_id", ForeignKey("readings.id")),
    Column("code", words(80), nullable=False),
    Column("severity", words(20), nullable=False),
    Column("message", words(), nullable=False),
    Column("source", words(), nullable=False),
    Column("place", words(), nullable=False),
    Column("seen_at", words(40), nullable=False),
    Index("issues_by_source", "reading_id", "source"),
)
"""`reading_id` is null for a fault of an input that never became a report (an empty file, a broken line)."""

signatures = Table(
    "signatures",
    metadata,
    Column("report_id", ForeignKey("reports.id"), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)
"""By which near copies are found (`resolve.signatures`); a report too short for one has no row."""

corrections = Table(
    "corrections",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("made_at", words(40), nullable=False),
    Column("by", words(), nullable=False),
    Column("verdict", words(20), nullable=False),
    Column("claim_id", words(64)),
    Column("place_id", words()),
    Column("data", words(), nullable=False),
    Index("corrections_by_place", "place_id"),
    Index("corrections_by_claim", "claim_id"),
)
"""What people say about claims and places. They stand beside what the machine read; nothing is overwritten."""

place_names = Table(
    "place_names",
    metadata,
    Column("place_id", words(), primary_key=True),
    Column("name", words(), primary_key=True),
    Column("key", words(), nullable=False),
    Index("place_names_by_key", "key"),
)
"""Every name that a claim gave a place, with its folded form: a question about one place need not look through all."""

judgements = Table(
    "judgements",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("one", words(), nullable=False),
    Column("other", words(), nullable=False),
    Column("verdict", words(10), nullable=False),
    Column("made_by", words(), nullable=False),
    Column("made_at", words(40), nullable=False),
    Column("reason", words(), nullable=False),
)
"""Whether two names are one person. Only added to: the latest of a pair counts, and "open" takes it back."""
