"""Where somebody lives: streets with a house number, post boxes and postcodes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...types import FindingType, gettext_noop
from .harmless import Explained
from .lists import words
from .reading import Clue, Rank, Reading

_STATES = (
    r"(?:A[LKZR]|C[AOT]|DE|DC|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI"
    r"|S[CD]|T[NX]|UT|V[TA]|W[AVIY]|PR|A[EPA])"
)
_STATE_NAMES = (
    r"(?:Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida"
    r"|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa"
    r"|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi"
    r"|Missouri|Montana|Nebraska|Nevada"
    r"|New (?:Hampshire|Jersey|Mexico|York)|(?:North|South) (?:Carolina|Dakota)|Ohio|Oklahoma"
    r"|Oregon|Pennsylvania|Rhode Island"
    r"|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming)"
)
_SUFFIX = (
    r"(?:street|st|avenue|ave|av|road|rd|drive|dr|lane|ln|boulevard|blvd|court|ct|circle|cir"
    r"|place|pl|terrace|ter|way|parkway|pkwy|highway"
    r"|hwy|trail|trl|square|sq|loop|pike|turnpike|alley|plaza|crescent|cres|close|gardens"
    r"|grove|mews|row|run|path|walk|rise|hill|crossing"
    r"|bend|ridge|view|cove|point|heights|green|park|expressway|causeway|commons|hollow|estate"
    r"|estates)\b\.?"
)
_PLAIN_SUFFIX = (
    r"(?:street|st|avenue|ave|road|rd|drive|dr|lane|ln|boulevard|blvd|circle|terrace"
    r"|parkway|pkwy|hwy|crescent)\b\.?"
)
_NAME = r"(?:[A-Z0-9][\w'’.-]{0,20})"
_DIRECTION = r"(?:(?:North|South|East|West|[NSEW]|N\.?[EW]|S\.?[EW])\b\.? )?"
_NUMBER = r"(?<![\w$€£#.,:/§-])\d{1,6}(?:-\d{1,4}|[A-Za-z]\b| ?1/2)?"
_UNIT = (
    r"(?:,? {0,2}\n? {0,2}(?:(?:apt|apartment|unit|suite|ste|floor|fl|bldg|building|room|rm"
    r"|lot|trailer|flat|space|spc|penthouse|ph)\b\.? ?#?"
    r" ?[A-Za-z]?-?\d{0,5}[A-Za-z]?\b|# ?[A-Za-z]?\d{1,5}[A-Za-z]?\b))"
)
_PLACE = (
    r"[A-Z][\w'.-]{1,20}(?: (?:[A-Z][\w'.-]{1,20}|upon|on|of|under|le|la|de|del|los|las|aan"
    r"|den)){0,3}"
)
_ZIP = r"\d{5}(?:-\d{4})?\b"
_UK_POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"
_TAIL = (
    rf"{_UNIT}{{0,2}}(?:(?:,|,? (?:in|en|te)\b)?[ \n]{{1,3}}(?:{_PLACE},? {{1,2}}\n? ?)?"
    rf"(?:(?:{_STATES}\b|{_STATE_NAMES}),?(?: {{1,2}}{_ZIP})?|{_ZIP}|{_UK_POSTCODE})"
    rf"|, ?{_PLACE}(?:, ?{_UK_POSTCODE}|,? {_UK_POSTCODE})?)?"
)

_STREET = re.compile(
    rf"(?:(?:Flat|Apt\.?|Unit|Suite"
    rf"|Apartment) \d{{1,4}}[A-Za-z]?,? )?{_NUMBER},? {_DIRECTION}(?:{_NAME} ){{1,4}}?"
    rf"(?i:{_SUFFIX})(?: (?:North|South|East|West|[NSEW]|N[EW]|S[EW])\b\.?)?(?![\w'])"
)
_LOWER_STREET = re.compile(
    rf"{_NUMBER} (?:(?:north|south|east|west"
    rf"|[nsew])\.? )?(?P<name>[a-z0-9][a-z0-9'.-]{{1,20}}"
    rf"(?: [a-z0-9][a-z0-9'.-]{{1,20}}){{0,2}}?) {_PLAIN_SUFFIX}(?![\w'])",
    re.IGNORECASE,
)
_TAIL_PATTERN = re.compile(_TAIL)
_LOWER_TAIL = re.compile(
    rf",?(?: [a-z][a-z.'-]{{1,20}}){{1,3}},? {_STATES},? {_ZIP}", re.IGNORECASE
)
_LOWER_UNIT = re.compile(rf"{_UNIT}{{1,2}}", re.IGNORECASE)
_HIGHWAY = re.compile(
    rf"{_NUMBER} (?:County (?:Road|Rd)|State (?:Road|Route|Highway|Hwy)|US (?:Highway|Hwy"
    rf"|Route)|U\.S\. (?:Highway|Hwy|Route)|Highway|Hwy|Route|Rte"
    r"|Ranch Road|Farm[- ]to[- ]Market(?: Road)?|FM|CR|RR|SR|Rural Route"
    r"|Interstate)\.? \d{1,5}(?: (?:North|South|East|West|[NSEW])\b)?",
    re.IGNORECASE,
)
_FRENCH = re.compile(
    rf"{_NUMBER},? (?:bis |ter )?(?:rue|av(?:enue|\.)|boulevard|bd|place|chemin|allée|impasse"
    rf"|quai|cours|via|viale|rua|calle|strada) "
    r"(?:(?:de|du|des|la|le|les|da|do|dos|das|della|del"
    r"|dei) ){0,2}(?:[dl]')?[A-ZÀ-Ý][\w'-]{1,20}(?: [A-ZÀ-Ý][\w'-]{1,20}){0,3}"
    r"(?:,? \d{4,5})?(?:,? [A-ZÀ-Ý][\w'-]{2,20})?",
)
_BLOCK = re.compile(
    rf"\b\d{{2,5}}(?:-| )block "
    rf"(?:of )?{_DIRECTION}(?:{_NAME} ){{1,4}}?(?i:{_SUFFIX})(?![\w'])"
)
_BOX = re.compile(
    r"\b(?:p\.? ?o\.? ?box|post office box|postbus|apartado (?:de correos|postal)|apdo\.?"
    r"|(?:rural route|r\.?r\.?) ?#? ?\d{1,3},? box"
    r"|locked bag|(?:psc|unit|cmr) \d{1,5},? box) ?#?\d{1,7}[A-Z]?\b",
    re.IGNORECASE,
)
_SPANISH = re.compile(
    r"(?:(?<![\w.,-])\d{1,5} )?\b(?:[Cc]alle|[Cc]/ ?|[Aa]v(?:enida|da|d)?\.?|[Pp]laza"
    r"|[Pp]za\.?|[Pp]aseo|[Pp]º|[Cc]arrera|[Cc]ra\.?|[Cc]arretera|[Cc]tra\.?|[Cc]amino"
    r"|[Rr]onda|[Tt]raves[íi]a|[Uu]rbanizaci[óo]n|[Bb]arrio|[Gg]lorieta|[Cc]allej[óo]n"
    r"|[Jj]ir[óo]n|[Rr]ue|[Vv]ia|[Vv]iale|[Rr]ua|[Pp]iazza) ?"
    r"(?:(?:de|del|la|las|los|el|y|du|des|di|da|das|do"
    r"|dos) ){0,3}[A-ZÁÉÍÓÚÑ\d][\wáéíóúñ.'-]{1,20}(?: (?:de|del|la|las|los|y"
    r"|[A-ZÁÉÍÓÚÑ][\wáéíóúñ.'-]{1,20})){0,4}?"
    r",? ?(?:n[ºo°]\.?|n[úu]m(?:ero)?\.?|#|nr\.?)? ?\d{1,4}(?: ?- ?\d{1,3})?[A-Za-z]?\b"
    r"(?:,? (?:\d{1,2}[ºª°o]|piso|puerta|pta|bajo|[áa]tico|portal|esc(?:alera)?|izq(?:da"
    r"|uierda)?|dcha|derecha|int(?:erior)?|apto)\.?(?: ?\d{0,3}[ºª°]?[A-Z]?\b)?){0,4}"
    r"(?:,? (?:\d{5}(?: [A-ZÁÉÍÓÚÑ][\wáéíóúñ]{1,20}){0,2}|de [A-ZÁÉÍÓÚÑ]\w{2,20}"
    r"|[A-ZÁÉÍÓÚÑ]\w{2,20}(?=[.,;!?\n]|$)))?"
)
_DUTCH = re.compile(
    r"(?:(?<![\w.,-])\d{1,5} )?\b(?:[A-Z][\w.'-]{1,20} (?:(?:[A-Z][\w.'-]{1,20}|van|de|der|den"
    r"|het|ten|ter|'t) ){0,2})?[A-Za-z'-]{2,25}"
    r"(?:straat|laan|weg|plein|gracht|kade|dijk|hof|singel|pad|steeg|dreef|plantsoen|park"
    r"|straße|strasse|str\.|gasse|allee|platz|gatan|vej|vägen|veien|katu|tie|straatje|burgwal"
    r"|markt|wal|kwartier)"
    r" \d{1,5}(?: ?[a-zA-Z]\b|-\d{1,4}|-[IVX]{1,4}|[ -](?:hs|bis|huis|rd"
    r"|zw))?(?:,? (?:in )?\d{4,5}"
    r"(?: ?[A-Z]{2}\b)?(?:,? [A-Z][\w'-]{2,20}(?: [A-Z][\w'-]{2,20})?)?|,? (?:in"
    r"|te) [A-Z][\w'-]{2,20}|, [A-Z][\w'-]{2,20})?"
)
_POSTCODE = re.compile(
    rf"(?<![\w-])(?:{_UK_POSTCODE})|(?<![\w-])[1-9]\d{{3}} ?(?!AD|BC|CE|US|UK|EU|AM|PM|TV|SS|SA"
    rf"|SD|IN|OR|NV|HR)[A-Z]{{2}}\b,? (?=[A-Z][a-z])[A-Z][a-z]{{2,20}}"
)
_CITY_AND_ZIP = re.compile(rf"\b{_PLACE},? ?(?:{_STATES}|{_STATE_NAMES}),? {_ZIP}")
_LIVES = re.compile(
    r"\b(?:liv(?:es?|ing|ed)|stay(?:s|ing)|address|house|home|resid\w+|moved|door|find (?:him"
    r"|her|them)|apartment|trailer|woont|woon|wonen|wonend|adres|vive|vivo|viven"
    r"|direcci[óo]n|domicilio|lives|crib|mail|send|write|visit)\b"
)
_HOUSE = re.compile(
    rf"(?<=at )\d{{1,5}}[A-Za-z]? {_DIRECTION}[A-Z][a-z]{{2,20}}"
    rf"(?: [A-Z][a-z]{{2,20}}){{0,2}}\b"
    rf"|(?<=on )\d{{2,5}} {_DIRECTION}[A-Z][a-z]{{2,20}}"
    rf"(?: [A-Z][a-z]{{2,20}}){{0,2}}\b"
    rf"|(?<=is )\d{{2,5}} {_DIRECTION}[A-Z][a-z]{{2,20}}"
    rf"(?: [A-Z][a-z]{{2,20}}){{0,2}}\b"
)
_UNIT_ALONE = re.compile(
    r"\b(?:apt|apartment|flat|unit) ?#? ?\d{1,4}[A-Za-z]?,? (?:at |in "
    r"|of )?(?:the )?(?:[A-Z][\w'-]{2,20} ){1,3}(?:Apartments|Apts|House"
    r"|Court|Towers?|Estate|Homes|Village|Gardens|Manor|Park|Terrace)\b",
    re.IGNORECASE,
)
_PUBLIC_PLACE = re.compile(r"1600 pennsylvania|10 downing|1 first st|350 fifth|221b baker")

_STREET_WHY = gettext_noop("A house number and a street.")


def addresses(reading: Reading, explained: Explained) -> Iterator[Clue]:
    """Streets, boxes and postcodes, each with the unit, town and code that belong to it."""
    text = reading.text
    for pattern, score, why in (
        (_STREET, 0.9, _STREET_WHY),
        (_HIGHWAY, 0.85, gettext_noop("A house number on a numbered road.")),
        (_BLOCK, 0.7, gettext_noop("A block of a street.")),
        (_BOX, 0.85, gettext_noop("A post box.")),
    ):
        for match in pattern.finditer(text):
            if not _PUBLIC_PLACE.match(match.group().lower()):
                yield _address(match.start(), _with_tail(text, match.end()), score, why)
    for match in _LOWER_STREET.finditer(text):
        name = match["name"].lower().split()
        if not words("not_street_words").isdisjoint(name):
            continue
        if _PUBLIC_PLACE.match(match.group().lower()):
            continue
        if not explained.touches(match.start(), match.start() + 1):
            unit = _LOWER_UNIT.match(text, match.end())
            yield _address(
                match.start(),
                _with_tail(text, unit.end() if unit else match.end()),
                0.8,
                _STREET_WHY,
            )
    for pattern in (_SPANISH, _FRENCH, _DUTCH):
        for match in pattern.finditer(text):
            yield _address(match.start(), _with_tail(text, match.end()), 0.85, _STREET_WHY)
    for match in _CITY_AND_ZIP.finditer(text):
        yield _address(match.start(), match.end(), 0.65, gettext_noop("A town with its postcode."))
    for match in _POSTCODE.finditer(text):
        yield _address(match.start(), match.end(), 0.6, gettext_noop("A postcode."))
    for match in _HOUSE.finditer(text):
        if _LIVES.search(reading.before(match.start(), 40)):
            yield _address(
                match.start(),
                _with_tail(text, match.end()),
                0.65,
                gettext_noop("A house number after words about living somewhere."),
            )
    for match in _UNIT_ALONE.finditer(text):
        yield _address(
            match.start(), match.end(), 0.6, gettext_noop("An apartment in a named building.")
        )


def _address(start: int, end: int, score: float, why: str) -> Clue:
    return Clue(
        FindingType.ADDRESS, start, end, Rank.LABELLED if score >= 0.8 else Rank.SHAPE, score, why
    )


def _with_tail(text: str, end: int) -> int:
    tails = (_TAIL_PATTERN.match(text, end), _LOWER_TAIL.match(text, end))
    return max((tail.end() for tail in tails if tail), default=end)
