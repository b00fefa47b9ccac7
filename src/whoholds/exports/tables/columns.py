"""The columns of every table: names, types, and what stands in them. docs/exports.md is made from this."""

from __future__ import annotations

from whoholds.exports.tables import Column, Type
from whoholds.model import Kind, Mode, Stance

T, C, N, B, D, L = Type.TEXT, Type.INTEGER, Type.NUMBER, Type.BOOLEAN, Type.DAY, Type.LIST

PLACE = (
    Column("place_id", T, "The place's id: of the gazetteer, or `name:` and its name where it was not found"),
    Column("place", T, "Its name as most reports spell it"),
    Column("place_type", T, "settlement, district, province, area, part, facility, road, river, border or country"),
    Column("country", T, "ISO 3166 alpha-3, where known"),
    Column("lat", N, "WGS 84 degrees; empty where the place was not found"),
    Column("lon", N, "WGS 84 degrees; empty where the place was not found"),
    Column("radius_km", N, "How far from the point it may lie, in kilometres"),
    Column("place_basis", T, "How it was placed: gazetteer, offset, parent or unresolved"),
)
ANSWER = (
    Column("status", T, "held, vacated or unknown"),
    Column("holders", L, "Ids of the holder, or of all who hold it jointly"),
    Column("holder_names", L, "Their names"),
    Column("support", N, "0 to 1: how much speaks for it; not a probability until calibrated"),
    Column("fighting", B, "Whether fighting is reported for these days"),
    Column("disputed", B, "Whether sources differ"),
    Column("divided", B, "Whether others hold parts"),
    Column("claims_for", L, "Ids of the claims that it rests on, strongest first"),
    Column("claims_against", L, "Ids of the claims that stand against it"),
)
SPELLS = (
    *PLACE,
    Column("start", D, "First day; empty where it is not known since when"),
    Column("start_exact", B, "Whether the words give that very day; else it was so by then, and may have been before"),
    Column("end", D, "Last day; empty where it lasts"),
    *ANSWER,
    Column("last_evidence", D, "The last day for which somebody says who has it"),
)
STATES = (
    *PLACE,
    Column("on", D, "The day asked about; empty for the latest"),
    Column("known", D, "By reports published up to this day; empty for all"),
    *ANSWER,
    Column("since", D, "The first day of this holder; empty where that or the holder is not known"),
    Column("since_exact", B, "Whether the words give that very day; else it was so by then, and may have been before"),
    Column("last_evidence", D, "The last day for which somebody says who has it"),
    Column("days_old", C, "Days from the last evidence to the day asked about"),
    Column("stale", B, "Whether that is more than 180 days"),
)
PANEL = (
    *PLACE,
    Column("first_day", D, "First day of the period"),
    Column("last_day", D, "Last day of the period; status, holders and support are of this day"),
    *ANSWER,
    Column("fighting_days", C, "Days of the period for which fighting is reported"),
    Column("changes", C, "How often the holder changed in the period"),
)
EVENTS = (
    Column("event_id", T, "Stable for the same place, kind and day from which `export spells` has it"),
    Column("event", T, "taken, joined, left, vacated, lost or fighting"),
    Column("first_day", D, "First day on which it may have been; empty where the words leave that open"),
    Column("last_day", D, "Last day; empty for a fight that goes on"),
    *PLACE,
    Column("before", L, "Who held it before"),
    Column("after", L, "Who held it after"),
    Column("actors", L, "All sides that its claims name"),
    Column("fought", B, "False where the holder is said to have gone and nobody tells of a fight"),
    Column("support", N, "0 to 1: of the state that it led to"),
    Column("reports", C, "Reports that tell of it"),
    Column("outlets", L, "Where they were published"),
    Column("claims", L, "Ids of its claims"),
)
COMPARISON = (
    *PLACE,
    Column("first_day", D, "First day of the stretch"),
    Column("last_day", D, "Last day"),
    Column("periods", C, "Days, weeks or months in it, as was asked"),
    Column("verdict", T, "agree, differ, only the first or only the second: the other record is silent"),
    Column("first_holders", L, "Who holds it by the first record; empty for nobody, or where it is silent"),
    Column("first_support", N, "0 to 1: how much speaks for it"),
    Column("first_claims", L, "Ids of the claims that it rests on"),
    Column("second_holders", L, "The same by the second record"),
    Column("second_support", N, "0 to 1"),
    Column("second_claims", L, "Ids of the claims that it rests on"),
)
CLAIMS = (
    Column("id", T, "The claim's id"),
    Column("report_id", T, "The report it was read from"),
    Column("report", T, "The report's label"),
    Column(
        "kind", T, "holds, absent, gains, loses, withdraws, contests, advances, besieges, repels or clears", tuple(Kind)
    ),
    Column("actor", T, "Whose hold it is about"),
    Column("against", T, "The other side"),
    Column("jointly_with", L, "Who with"),
    *PLACE,
    Column("start", D, "First day of the time that it is about"),
    Column("end", D, "Last day"),
    Column("when", T, "within: at some time between; throughout: all the time"),
    Column("when_basis", T, "How the time was found"),
    Column("precision", T, "day, week, month, season, year, range or open: how exactly it was told"),
    Column("mode", T, "asserted, planned, attempted, possible or denied", tuple(Mode)),
    Column("stance", T, "plain, claimed, confirmed, disputed or unverified", tuple(Stance)),
    Column("extent", T, "whole, most or part", ("whole", "most", "part")),
    Column("share", N, "0 to 1, where the words say how much"),
    Column("part", T, "Which part"),
    Column("destination", T, "Where those who left went"),
    Column("speaker", T, "Who says it; empty where the report does, or nobody is named"),
    Column("speaker_role", T, "In what role"),
    Column("speaker_side", T, "The side that the speaker speaks for"),
    Column("anonymous", B, "Whether the name is withheld"),
    Column("told", T, "To whom or through what it was said"),
    Column("outlet", T, "Where it was published"),
    Column("outlet_side", T, "The side that the outlet belongs to or declares itself to"),
    Column("wire", T, "The agency it comes from"),
    Column("origin", T, "Who said what of which day, as an id: the same for all copies"),
    Column("published_start", D, "The report was published on this day at the earliest"),
    Column("published_end", D, "And on this day at the latest"),
    Column("published_basis", T, "How that is known"),
    Column("confidence", N, "0 to 1: how surely it was read right"),
    Column("quote", T, "The words"),
    Column("quote_start", C, "Where they begin in the report's text, in code points"),
    Column("quote_end", C, "Where they end"),
    Column("rule", T, "The cue that read it"),
    Column("made_by", T, "Version of program, cues, lexicon, gazetteer and weights, hashed"),
    Column("voices", T, "All who say it, as JSON, where they are several or are known under another name"),
)
REPORTS = (
    Column("report_id", T, "Hash of its words"),
    Column("label", T, "File name or record id"),
    Column("title", T, "Title"),
    Column("outlet", T, "Outlet"),
    Column("url", T, "Address"),
    Column("lang", T, "Language, ISO 639-1"),
    Column("published_start", D, "Published on this day at the earliest"),
    Column("published_end", D, "And on this day at the latest"),
    Column("published_basis", T, "How that is known"),
    Column("claims", C, "Claims read in it"),
    Column("source", T, "Where it was read"),
    Column("raw_hash", T, "SHA-256 of the bytes it was read from"),
)
