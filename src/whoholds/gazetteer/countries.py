"""Names of countries in English, and their ISO 3166 alpha-3 codes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pycountry

from whoholds.gazetteer import sources
from whoholds.gazetteer.names import key

# Names that ISO 3166 does not give: press usage, former names, short forms. A former state that fell apart
# (Yugoslavia, the Soviet Union) is no country of today and is left out.
_ALIASES: dict[str, tuple[str, ...]] = {
    "ARE": ("UAE", "Emirates", "the Emirates"),
    "BIH": ("Bosnia", "Bosnia-Herzegovina", "Bosnia and Hercegovina", "Bosnia & Herzegovina"),
    "BFA": ("Upper Volta", "Burkina"),
    "BOL": ("Bolivia",),
    "BRN": ("Brunei",),
    "CAF": ("Central African Republic", "CAR", "Centrafrique", "Central Africa"),
    "CIV": ("Ivory Coast", "Cote d'Ivoire", "Côte d'Ivoire"),
    "COD": (
        "DRC",
        "DR Congo",
        "D.R. Congo",
        "Congo",
        "Zaire",
        "Congo-Kinshasa",
        "Democratic Republic of Congo",
        "Democratic Republic of the Congo",
        "RDC",
    ),
    "COG": ("Republic of Congo", "Republic of the Congo", "Congo-Brazzaville"),
    "CPV": ("Cape Verde",),
    "CZE": ("Czech Republic",),
    "DEU": ("West Germany",),
    "FLK": ("Falkland Islands", "Falklands", "Malvinas", "Islas Malvinas"),
    "FSM": ("Micronesia",),
    "GBR": ("UK", "U.K.", "Britain", "Great Britain"),
    "IRN": ("Iran", "Persia"),
    "KHM": ("Kampuchea",),
    "KOR": ("South Korea",),
    "LAO": ("Laos",),
    "LBY": ("Libyan Arab Jamahiriya",),
    "LKA": ("Ceylon",),
    "MDA": ("Moldova", "Moldavia"),
    "MKD": ("Macedonia", "FYROM"),
    "MMR": ("Burma", "Union of Burma"),
    "NLD": ("Holland", "the Netherlands"),
    "PRK": ("North Korea", "DPRK"),
    "PSE": ("Palestine", "Palestinian territories", "Palestinian Territory", "Occupied Palestinian Territories"),
    "RUS": ("Russia",),
    "SSD": ("South Sudan", "Southern Sudan"),
    "STP": ("Sao Tome",),
    "SWZ": ("Swaziland",),
    "SYR": ("Syria", "Syrian Arab Republic"),
    "TLS": ("East Timor",),
    "TUR": ("Turkey", "Türkiye", "Turkiye"),
    "TWN": ("Taiwan",),
    "TZA": ("Tanzania",),
    "USA": ("US", "U.S.", "USA", "U.S.A.", "United States", "United States of America", "America"),
    "VAT": ("Vatican", "Holy See"),
    "VEN": ("Venezuela",),
    "VNM": ("Vietnam", "Viet Nam"),
    "YEM": ("North Yemen", "South Yemen"),
    "XKX": ("Kosovo",),
}


def country_names() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(alpha-3, usual English name, other names) of each country, Kosovo included, in order of the codes."""
    for country in sorted(pycountry.countries, key=lambda row: str(row.alpha_3)):
        code = str(country.alpha_3)
        usual = str(getattr(country, "common_name", country.name))
        names = {usual, str(country.name), str(getattr(country, "official_name", country.name))}
        # "Iran, Islamic Republic of", "Congo, The Democratic Republic of the": the first part alone is ambiguous only
        # for Korea and Congo, which have their own lines above.
        head = str(country.name).partition(",")[0]
        if "," in str(country.name) and head not in ("Korea", "Congo"):
            usual = head
            names.add(head)
        aliases = _ALIASES.get(code, ())
        if head in ("Korea", "Congo") and aliases:
            usual = aliases[1] if code == "COD" else aliases[0]
        names.update(aliases)
        if code == "COG":
            # "Congo" alone, in reports of wars, is the larger one.
            usual = "Republic of the Congo"
            names.discard("Congo")
        yield code, usual, tuple(sorted(names - {usual}))
    yield "XKX", "Kosovo", ("Kosova",)


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    found = {key(name): code for code, usual, others in country_names() for name in (usual, *others)}
    for row in sources.countries().values():
        found.update({key(str(row["iso"])): str(row["iso3"]), key(str(row["iso3"])): str(row["iso3"])})
    return found


def code_of(text: str) -> str | None:
    """The alpha-3 code of a country given by its name or by either of its codes: "Iraq", "IQ", "irq"; None if none."""
    return _codes().get(key(text).removeprefix("the "))
