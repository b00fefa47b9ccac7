"""KML 2.2 (OGC 07-147r2) for globes: a placemark for every row with a point, with its days as a time span."""

from __future__ import annotations

import shutil
import tempfile
from html import escape
from pathlib import Path

from whoholds.exports.formats import Format
from whoholds.exports.tables import Row, Table, joined
from whoholds.exports.text import clean, to_json

FIRST, LAST = ("start", "first_day", "since"), ("end", "last_day", "on")
TITLE = ("holder_names", "kind", "event", "title")


def _write(table: Table, path: Path) -> int:
    number = 0
    # What goes with the table is known at its end, and its schema wants it before the rows, which wait in a file.
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n", dir=path.parent) as rows:
        for row in table.rows:
            if row["lat"] is not None and row["lon"] is not None:
                rows.write(_placemark(table, row))
                number += 1
        rows.seek(0)
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
            file.write('<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n')
            file.write(f"<name>{_text(table.name)}</name>\n")
            file.write(f'<ExtendedData><Data name="about"><value>{_text(to_json(table.about()))}</value></Data>')
            file.write("</ExtendedData>\n")
            shutil.copyfileobj(rows, file)
            file.write("</Document></kml>\n")
    return number


def _placemark(table: Table, row: Row) -> str:
    name = ": ".join(str(joined(row[n])) for n in ("place", *TITLE) if row.get(n))
    first = next((row[n] for n in FIRST if row.get(n)), None)
    last = next((row[n] for n in LAST if row.get(n)), None)
    begin = f"<begin>{first}</begin>" if first else ""
    end = f"<end>{last}</end>" if last else ""
    data = "".join(
        f'<Data name="{escape(c.name)}"><value>{_text(str(joined(row[c.name])))}</value></Data>'
        for c in table.columns
        if row[c.name] not in (None, [])
    )
    return (
        f"<Placemark><name>{_text(name)}</name>{f'<TimeSpan>{begin}{end}</TimeSpan>' if begin or end else ''}"
        f"<ExtendedData>{data}</ExtendedData>"
        f"<Point><coordinates>{row['lon']},{row['lat']}</coordinates></Point></Placemark>\n"
    )


def _text(text: str) -> str:
    return escape(clean(text), quote=False)


FORMAT = Format("kml", ".kml", _write, points=True, own_about=True)
