"""What kind of place a name says it is, by its head word: "Anbar province", "Mosul airport", "the Euphrates"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from whoholds.gazetteer.names import key
from whoholds.model import PlaceType

MAX_LENGTH = 200
_KEPT = 1024
"""Names; those of a report are asked for again and again."""

_HEADS = {
    PlaceType.PROVINCE: """
        province|governorate|oblast|state|wilayat|wilaya|prefecture|department|regional state|county|muhafazah|vilayet|
        autonomous region|autonomous republic|republic|region|regions""",
    PlaceType.DISTRICT: """
        district|raion|rayon|woreda|subdistrict|sub-district|nahiya|territory|commune|municipality|township|zone|canton|
        locality|tehsil|municipal district|chiefdom|kebele|cercle|sub-county|tribal area|tribal agency|hromada""",
    PlaceType.PART: """
        neighbourhood|neighborhood|quarter|suburb|ward|street|square|avenue|boulevard|roundabout|market|souk|souq|
        intersection|old city|city centre|city center|downtown|housing complex""",
    PlaceType.SETTLEMENT: "city|town|village|hamlet|settlement|villages",
    PlaceType.RIVER: "river|river valley|valley|canal|lake|reservoir|basin|creek|stream|delta|marsh",
    PlaceType.ROAD: """
        road|highway|motorway|supply route|route|supply line|corridor|pass|tunnel|railway|rail line|axis""",
    PlaceType.BORDER: "border|frontier|border area|border region|borders|border strip|boundary",
    PlaceType.FACILITY: """
        airport|international airport|military airport|airbase|air base|military airbase|military air base|airfield|
        military airfield|air field|air force base|aerodrome|airstrip|helicopter base|base|military base|army base|
        naval base|barracks|military barracks|camp|military camp|army camp|refugee camp|idp camp|garrison|refinery|
        oil refinery|oil field|oilfield|oil fields|gas field|gasfield|gas fields|gas plant|gas factory|power plant|
        power station|nuclear power plant|thermal power plant|hydroelectric plant|plant|factory|cement factory|
        cement plant|steel plant|steelworks|ironworks|chemical plant|coke plant|mill|sugar mill|mine|mines|coal mine|
        gold mine|dam|barrage|bridge|crossing|border crossing|border post|checkpoint|crossing point|port|seaport|
        harbour|harbor|oil terminal|terminal|hospital|university|college|academy|military academy|school|prison|
        central prison|citadel|castle|fort|fortress|palace|presidential palace|headquarters|police station|station|
        railway station|train station|bus station|pumping station|grain silo|silos|grain silos|silo|elevator|
        monastery|mosque|cathedral|church|shrine|stadium|tower|tv tower|warehouse|depot|arms depot|ammunition depot|
        compound|industrial zone|industrial area|outpost|military outpost|junction""",
}
_WHOLE = (PlaceType.PROVINCE, PlaceType.DISTRICT, PlaceType.SETTLEMENT)
_TYPE_OF = {head.strip(): kind for kind, heads in _HEADS.items() for head in heads.split("|")}
_ALL = "|".join(sorted((re.escape(head) for head in _TYPE_OF), key=len, reverse=True))
_BORN = re.compile(rf"^(?:the\s+)?(?P<bare>\S.*?)(?:['’]s)?\s+(?P<head>{_ALL})$", re.IGNORECASE)
_OF = re.compile(
    rf"^(?:the\s+)?(?:\w+\s+)?(?P<head>{_ALL})\s+(?:of|at|in|to|with)\s+(?:the\s+)?(?P<bare>\S.*)$", re.IGNORECASE
)
# "army post in Bhojpur", "heights above Martakert", "two crossings in Anbar": common words, a preposition, a name.
_SOMEWHERE = re.compile(
    r"^(?:the\s+|an?\s+)?(?:[\w'’-]+\s+){0,5}?(?P<head>[a-z]+)\s+(?:in|at|of|above|inside|within|on|off|to|from|with)\s+"
    r"(?:the\s+)?(?P<bare>(?:[A-Z]|al-|el-|ash-|ar-|as-|ad-|an-|az-|at-)\S*(?:\s+\S+){0,6})$"
)
_POSSESSED = re.compile(
    r"^(?:the\s+)?(?P<bare>[A-Z]\S*(?:\s+[A-Z]\S*){0,3})['’]s\s+(?:[a-z-]+\s+){0,4}(?P<head>[a-z-]+)$"
)
_RIVER = re.compile(r"^(?:the\s+)?(?:River|Lake|Nahr|Wadi|Wadi al)\s+(?P<bare>\S.*)$")
# Rivers that reports name without saying so, and that are no country's name as well.
_RIVER_NAMES = """
    Euphrates|Tigris|Dnipro|Dnieper|Dniester|Siverskyi Donets|Seversky Donets|Donets|Inhulets|Oskil|
    Irpin|Khabur|Khabour|Orontes|Litani|Yarmouk|Zab|Great Zab|Little Zab|Nile|Sobat|Tekeze|Awash|
    Shabelle|Shebelle|Ruzizi|Semliki|Oubangui|Ubangi|Cunene|Cuito|Zambezi|Rovuma|Ruvuma|Amu Darya|
    Indus|Irrawaddy|Salween|Chindwin|Mekong|Drina|Sava|Neretva|Danube|Kura|Aras|Araxes|Terek|Sunzha|
    Inguri|Enguri|Volga|Vistula|Oder|Rhine|Meuse|Somme|Chari|Komadugu Yobe"""
_RIVERS = frozenset(key(name) for name in _RIVER_NAMES.split("|"))
_MOUNT = re.compile(
    r"^(?:the\s+)?(?:(?:Mount|Mt\.?|Jabal|Jebel)\s+(?P<bare>\S.*)|(?P<front>\S.*?)\s+"
    r"(?:mountains?|mountain range|hills?|heights|massif|desert|forest|plain|island|islands|peninsula))$",
    re.IGNORECASE,
)
_ROAD = re.compile(
    r"^(?:the\s+)?(?:(?:[AMNHERTP]-?\d{1,3}[A-Z]?)|(?:Route|Highway|Road)\s+\d{1,3})(?:\s+(?:road|highway|motorway))?$",
    re.I,
)
_PAIR = re.compile(
    r"^(?:the\s+)?(?P<first>[^\s–—-][^–—]*?)\s*(?:\s-\s|[–—-]|\sto\s)\s*(?P<second>[^\s–—-][^–—]*?)\s+"
    r"(?P<head>road|highway|motorway|supply route|railway|railway line|border|frontier|supply line|route)$",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    r"^(?:the\s+)?(?:\w+\s+)?(?P<head>road|highway|motorway|supply route|supply line|route|railway|rail line)s?\s+"
    r"(?:linking|connecting|between|from|running from)\s+(?:the\s+)?"
    r"(?P<first>\S.*?)\s+(?:and|to|with)\s+(?P<second>\S.*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Typed:
    """A name taken apart into its kind of place and the name proper."""

    place_type: PlaceType
    bare: str
    """The name without its head word; empty for a numbered road."""
    second: str = ""
    """The other end of a road or border that is named by two places."""
    head: str = ""
    apart: bool = True
    """False where the head is part of the name ("Mount Sinjar"), so that the bare name alone is another thing."""


@lru_cache(maxsize=_KEPT)
def parse_typed(name: str) -> Typed | None:
    """The kind of place that the words give; None for a plain name.

    >>> parse_typed("Anbar province")
    Typed(place_type=<PlaceType.PROVINCE: 'province'>, bare='Anbar', second='', head='province', apart=True)
    """
    text = " ".join(name[:MAX_LENGTH].split()).strip(" ,.;:")
    if _ROAD.match(text):
        return Typed(PlaceType.ROAD, "", head="road", apart=False)
    if match := _PAIR.match(text) or _FROM_TO.match(text):
        kind = PlaceType.BORDER if match["head"].lower() in ("border", "frontier") else PlaceType.ROAD
        return Typed(kind, match["first"].strip(), match["second"].strip(), match["head"].lower())
    if key(text).removeprefix("the ") in _RIVERS:
        return Typed(PlaceType.RIVER, text, head="river", apart=False)
    if match := _RIVER.match(text):
        return Typed(PlaceType.RIVER, match["bare"], head="river", apart=False)
    if match := _MOUNT.match(text):
        return Typed(PlaceType.AREA, (match["bare"] or match["front"]).strip(), head="heights", apart=False)
    if match := _BORN.match(text) or _OF.match(text):
        head = match["head"].lower()
        return Typed(_TYPE_OF[head], match["bare"].strip(), head=head)
    if match := _SOMEWHERE.match(text) or _POSSESSED.match(text):
        head = match["head"].lower()
        kind = _TYPE_OF.get(head) or _TYPE_OF.get(head.removesuffix("s")) or PlaceType.AREA
        # "villages in Anbar" are not the province: only what stands somewhere is a thing of its own.
        return Typed(PlaceType.AREA if kind in _WHOLE else kind, match["bare"].strip(), head=head)
    return None
