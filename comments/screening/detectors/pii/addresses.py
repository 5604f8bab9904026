"""Where somebody lives: streets with a house number, post boxes, prisons and postcodes.

A head is found first (a street with its number, a box); then the pieces that belong to it are
taken one by one: unit, quarter, town, state, code, country.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...types import FindingType, gettext_noop
from .harmless import Explained
from .lists import words
from .low_countries import belgian_town, dutch_streets
from .publicity import is_office_address
from .puerto_rico import puerto_rican
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
    r"|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming"
    r"|Puerto Rico|Ala\.|Ariz\.|Ark\.|Calif?\.|Colo\.|Conn\.|Del\.|Fla\.|Ga\.|Ill\.|Ind\.|Kan\."
    r"|Ky\.|La\.|Mass\.|Md\.|Mich\.|Minn\.|Miss\.|Mo\.|Mont\.|N\.C\.|N\.J\.|N\.M\.|N\.Y\.|Neb\."
    r"|Nev\.|Okla\.|Ore\.|Pa\.|S\.C\.|Tenn\.|Tex\.|Va\.|Wash\.|Wis\.|W\.Va\.|D\.C\."
    r"|Ontario|Qu[ée]bec|Alberta|Manitoba|Saskatchewan|Nova Scotia|British Columbia|New South Wales"
    r"|Queensland|NSW|QLD|ON|QC|BC|AB)"
)
_LOWER_STATES = (
    r"(?:tx|ca|fl|ny|nj|il|ga|nc|sc|va|tn|ky|mi|wi|mn|az|nv|ut|nm|ks|ia|wv|md|ct|ri|nh|vt|mt|wy"
    r"|nd|sd|ar|pr)"
)
_SUFFIX = (
    r"(?:street|st|avenue|ave|av|road|rd|drive|dr|lane|ln|boulevard|blvd|court|ct|circle|cir"
    r"|place|pl|terrace|ter|terr|way|parkway|pkwy|highway"
    r"|hwy|trail|trl|square|sq|loop|lp|pike|turnpike|alley|aly|plaza|plz|crescent|cres|close"
    r"|gardens|grove|grv|mews|row|run|path|walk|rise|hill|hills|crossing|xing"
    r"|bend|ridge|rdg|view|cove|cv|point|pt|heights|hts|green|park|expressway|causeway|commons"
    r"|hollow|holw|estates?|landing|trace|pass|knoll|bluff|overlook|creek|glen|manor|meadows?"
    r"|orchard|springs?|station|vista|woods|fork|ferry|bypass|cutoff|extension|ext|spur|chase"
    r"|canyon|harbor|oaks|pines|quay|wharf|gate|parade|esplanade|broadway)\b\.?"
)
_PLAIN_SUFFIX = (
    r"(?:street|st|avenue|ave|road|rd|drive|dr|lane|ln|boulevard|blvd|circle|cir|terrace|court|ct"
    r"|parkway|pkwy|hwy|crescent|trail|place|pl)\b\.?"
)
_NAME = r"(?:[A-Z0-9][\w'’.-]{0,20})"
_DIRECTION = r"(?:(?:North|South|East|West|[NSEW]|N\.?[EW]|S\.?[EW])\b\.? )?"
_NUMBER = r"(?<![\w$€£#.,:/§-])\d{1,6}(?:-\d{1,4}|[A-Za-z]\b| ?1/2)?"
_UNIT_WORD = (
    r"(?:apt|apartment|unit|suite|ste|floor|fl|bldg|building|room|rm|lot|trailer|trlr|flat|space"
    r"|spc|penthouse|ph|slip|dorm|cell|box|piso|planta|puerta|pta|portal|escalera|esc|interior|int"
    r"|departamento|depto|dpto|dpt|apartamento|apto|apdo|edificio|edif|bloque|torre|casa|local"
    r"|manzana|mz|mza|lote|lt|km|huis|bus|kamer)"
)
_UNIT = (
    rf"(?:(?:{_UNIT_WORD})\b\.? ?#? ?(?:no\.? ?)?[A-Za-z]?-?\d{{0,5}}[A-Za-z]?\b"
    r"|# ?[A-Za-z]?-?\d{1,5}[A-Za-z]?\b"
    r"|(?:\d{1,2}(?:st|nd|rd|th) (?:floor|fl)|ground floor|upstairs|downstairs|basement)\b)"
)
_SPANISH_UNIT = (
    r"(?:\d{1,2} ?[ºª°o]\.?(?: ?-? ?[A-Z0-9]\b)?|(?:izq(?:da|uierda)?|izda|dcha|derecha"
    r"|bajos?|entlo|entresuelo|ppal|[áa]tico|sobre[áa]tico|local)\b\.?(?: ?[A-Z0-9]\b)?"
    r"|s/n\b|km\.? ?\d{1,3}(?:[.,]\d)?)"
)
_QUARTER = (
    r"(?:(?:col(?:onia)?|urb(?:anizaci[óo]n)?|barrio|bo|fracc(?:ionamiento)?|residencial|res"
    r"|sector|delegaci[óo]n|deleg|alcald[íi]a|vereda|localidad|barriada|pol(?:[íi]gono)?)\b\.? )"
)
_WORD = r"(?:(?:St|Ste|Mt|Ft|Pt|Sta|Sto|[A-Z])\.|[A-ZÁÉÍÓÚÑÖØÅÄ](?:[\w'-]|\.(?=\w)){1,20})"
_PLACE = (
    rf"{_WORD}(?: (?:{_WORD}|upon|on|of|under|by|le|la|de|del|los|las|aan"
    r"|den|den|op|am|an der)){0,3}"
)
_ZIP = r"\d{5}(?:-\d{4})?\b"
_PUERTO_RICAN_ZIP = r"00[679]\d\d(?:-\d{4})?\b"
_UK_POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"
_DUTCH_POSTCODE = r"[1-9]\d{3} ?[A-Z]{2}\b"
_COUNTRY = (
    r"(?:USA|U\.S\.A\.|US|United States(?: of America)?|UK|United Kingdom|England|Scotland|Wales"
    r"|Ireland|Canada|Australia|New Zealand|M[ée]xico|España|Spain|Colombia|Per[úu]|Chile"
    r"|Argentina|Ecuador|Nederland|(?:The )?Netherlands|Belgi[ëe]|Belgium|Germany|France)\b"
)
_JOIN = r"(?:,? ?\n ?|, ?| {1,3})"

_STREET = re.compile(
    rf"(?:(?:Flat|Apt\.?|Unit|Suite|Lot|Room|Trailer|Space"
    rf"|Apartment) ?#?[A-Za-z]?\d{{0,4}}[A-Za-z]?,? )?{_NUMBER},? {_DIRECTION}(?:{_NAME} ){{1,4}}?"
    rf"(?i:{_SUFFIX})(?: (?=[A-Z])(?i:{_SUFFIX})){{0,2}}"
    rf"(?: (?:North|South|East|West|[NSEW]|N[EW]|S[EW])\b\.?)?(?![\w'])"
)
_LOWER_STREET = re.compile(
    rf"{_NUMBER} (?:(?:north|south|east|west"
    rf"|n\.?[ew]|s\.?[ew]|[nsew])\.? )?(?P<name>[a-z0-9][a-z0-9'.-]{{1,20}}"
    rf"(?: [a-z0-9][a-z0-9'.-]{{1,20}}){{0,2}}?) {_PLAIN_SUFFIX}(?![\w'])",
    re.IGNORECASE,
)
_NUMBER_WORD = (
    r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|hundred|thousand)"
)
_SPELLED_STREET = re.compile(
    rf"\b{_NUMBER_WORD}(?:(?:[ -]| and |, ?){_NUMBER_WORD}){{0,6}},? (?:(?:north|south|east|west"
    rf"|northeast|northwest|southeast|southwest|n\.?[ew]|s\.?[ew]|[nsew])\.? )?"
    rf"(?P<name>[a-z0-9][a-z0-9'.-]{{1,20}}(?: [a-z0-9][a-z0-9'.-]{{1,20}}){{0,2}}?) "
    rf"{_PLAIN_SUFFIX}(?![\w'])",
    re.IGNORECASE,
)
_ROAD = (
    r"(?:County (?:Road|Rd)|State (?:Road|Route|Highway|Hwy)|US (?:Highway|Hwy"
    r"|Route)|U\.S\. (?:Highway|Hwy|Route)|Highway|Hwy|Route|Rte"
    r"|Ranch Road|Farm[- ]to[- ]Market(?: Road)?|FM|CR|RR|SR|Rural Route"
    r"|Interstate)\.? \d{1,5}[A-Z]?\b(?: (?:North|South|East|West|[NSEW])\b)?"
)
_HIGHWAY = re.compile(rf"{_NUMBER} {_ROAD}", re.IGNORECASE)
_DOCKET_ROAD = re.compile(r"\d{2,4} (?:CR|SR|RR) \d{3,5}$")
_HIGHWAY_ALONE = re.compile(
    rf"(?<![\w-]){_ROAD}(?=,? (?:#|lot|trailer|unit|box|apt|space)\b)", re.I
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
    r"\b(?:p\.? ?[o0]\.? ?box|post ?office box|postal box|box (?:no\.? |number |#)(?=\d)|postbus"
    r"|(?:apartado|apdo\.?) (?:de correos|postal|a[ée]reo)|(?:apartado|apdo\.?)(?= \d{3})"
    r"|(?:rural route|rural rt|r\.?r\.?|h\.?c\.?|star route)[ -]?#? ?\d{1,3},?"
    r" (?:(?:p\.?o\.? )?box|buz[óo]n)"
    r"|locked bag|private bag|(?:psc|unit|cmr) \d{1,5},? box)(?: (?:no\.?|number|nr\.?))? ?"
    r"#?(?:\d{1,7}(?:-\d{1,4})?[A-Z]?\b|[A-Z]-?\d{1,5}\b)",
    re.IGNORECASE,
)
_SPANISH_WAY = (
    r"(?:calle|c/|c\.|cll\.?|av(?:enida|da|d)?\.?|plaza|pza\.?|plza\.?|paseo|pº|pso\.?|carrera"
    r"|cra\.?|kra\.?|kr\.?|carretera|ctra\.?|camino|cno\.?|ronda|rda\.?|traves[íi]a|trav\.?"
    r"|urbanizaci[óo]n|urb\.?|barrio|glorieta|callej[óo]n|jir[óo]n|jr\.?|pasaje|pje\.?|psje\.?"
    r"|calzada|calz\.?|privada|priv\.?|cerrada|cda\.?|andador|circuito|cto\.?|prolongaci[óo]n"
    r"|prol\.?|bulevar|blvd\.?|rambla|rbla\.?|diagonal|diag\.?|transversal|autopista"
    r"|v[íi]a|viale|rue|rua|piazza)"
)
_NUMERO = r"(?:n[ºo°]\.? ?|n[úu]m(?:ero)?\.? ?|no\. ?|# ?|nr\.? ?)"
_SPANISH_NUMBER = rf",? ?{_NUMERO}?\d{{1,5}}(?: ?- ?\d{{1,3}})?[A-Za-z]?\b"
_SPANISH = re.compile(
    rf"(?:(?<![\w.,-])\d{{1,5}} )?(?<![\w.-])(?i:{_SPANISH_WAY}) ?"
    r"(?:(?:de|del|la|las|los|el|y|du|des|di|da|das|do"
    r"|dos) ){0,3}(?:[A-ZÁÉÍÓÚÑ\d][\wáéíóúñ.'-]{0,20})(?: (?:de|del|la|las|los|y|bis|sur|norte"
    r"|[A-ZÁÉÍÓÚÑ][\wáéíóúñ.'-]{1,20})){0,4}?"
    rf"{_SPANISH_NUMBER}"
)
_LOWER_SPANISH = re.compile(
    r"(?<!\w)(?:calle|c/|avenida|av\.|avda\.?|carrera|paseo|plaza|camino|jir[óo]n|calzada) "
    r"(?:[a-záéíóúñ][\w'.-]{0,20} ){1,5}?(?:n[ºo°]\.? ?|n[úu]mero |no\. ?|# ?)?\d{1,5}[a-z]?\b",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    rf"(?<![\w-])(?:{_UK_POSTCODE})|(?<![\w-])[1-9]\d{{3}} ?(?!AD|BC|CE|US|UK|EU|AM|PM|TV|SS|SA"
    rf"|SD|IN|OR|NV|HR)[A-Z]{{2}}\b,? (?=[A-Z][a-z])[A-Z][a-z]{{2,20}}"
)
_CITY_AND_ZIP = re.compile(rf"\b{_PLACE},? ?(?:{_STATES}|{_STATE_NAMES}),? {_ZIP}")
_LIVES = re.compile(
    r"\b(?:liv(?:es?|ing|ed)|stay(?:s|ing)?|address|house|home|resid\w+|moved|door|find (?:him"
    r"|her|them)|apartment|trailer|woont|woon|wonen|wonend|adres|vive|vivo|viven|vivimos"
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
_LABELLED = re.compile(
    r"\b(?:(?:home|mailing|postal|street|my|his|her|their|new|current) address|address"
    r"|lives? (?:at|on)|living at|(?:post|woon|huis)?adres|woon(?:t|achtig)? (?:op|aan)"
    r"|direcci[óo]n|domicilio|viv[eo]n? en)(?: is| are| es)?[ :,]{1,3}(?:(?:de|het|la|el|the) )?"
    rf"(?P<it>(?:\d{{1,5}}[A-Za-z]?,? )?(?:{_WORD}|\d{{1,5}}(?:st|nd|rd|th))"
    rf"(?:[ ,]{{1,2}}(?:{_WORD}|de|del|la|las|van|der|den|u|út|utca|ul)\b\.?){{0,4}}"
    r"(?:,? ?(?:no\.? |nr\.? |# ?)?\d{1,5}(?:[-/]\d{1,4})?[a-zA-Z]?\b)?)"
)
_UNIT_ALONE = re.compile(
    r"\b(?:apt|apartment|flat|unit) ?#? ?\d{1,4}[A-Za-z]?,? (?:at |in "
    r"|of )?(?:the )?(?:[A-Z][\w'-]{2,20} ){1,3}(?:Apartments|Apts|House"
    r"|Court|Towers?|Estate|Homes|Village|Gardens|Manor|Park|Terrace)\b",
    re.IGNORECASE,
)
_PRISON = (
    r"(?:(?:HMP|HMYOI|USP|FCI|FMC|FDC|MDC|SCI|PI)(?: [A-Z][\w'-]{2,20}){1,3}"
    r"|(?!(?:Write|Mail|Send|Visit|Address|At|To|In|The|My|His|Her|He|She|Please)\b)"
    r"(?:[A-Z][\w'.-]{1,20} ){1,4}(?:Unit|(?:State |County |Federal )?(?:Prison|Jail"
    r"|Penitentiary|Correctional (?:Facility|Institution|Center|Complex)|C\.?F\.?|C\.?I\.?"
    r"|Detention Center|Facility|Institution|Work Camp))"
    r"|(?:P\.?I\.?|Penitentiaire Inrichting|C\.?P\.?|Centro Penitenciario(?: de)?) [A-Z]\w{2,20})"
)
_PRISON_BEFORE = re.compile(rf"(?<![\w'-]){_PRISON}(?:,? \(\w{{2,6}}\))?{_JOIN}$")
_PRISON_WITH_CODE = re.compile(
    rf"(?<![\w'-]){_PRISON}(?=, ?(?:{_PLACE},? ){{0,2}}(?:{_UK_POSTCODE}|{_DUTCH_POSTCODE}))"
)
_PUBLIC_PLACE = re.compile(r"1600 pennsylvania|10 downing|1 first st|350 fifth|221b baker")
_COURT_OF_LAW = re.compile(
    r"(?:superior|supreme|district|circuit|county|federal|high|appeals?|appellate|criminal|crown"
    r"|magistrates'?|municipal|juvenile|family|trial|common pleas|probate|claims) (?:court|ct)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d (?=[A-Z])")
_SINCE = re.compile(r"\b(?:in|since|of|from|until|by|the|year|spring|summer|fall|winter) $")

_PIECE = re.compile(
    rf"{_JOIN}(?:{_UNIT}|{_SPANISH_UNIT})(?![\w'])"
    rf"|{_JOIN}{_QUARTER}{_WORD}(?: (?:{_WORD}|de|del|la|los|las)){{0,3}}",
    re.IGNORECASE,
)
_TOWN = re.compile(
    rf"(?:,|,? (?:in|en|te)\b)?[ \n]{{1,3}}(?:{_PLACE}(?:,|\.| -)? {{0,2}}\n? ?)?"
    rf"(?:(?:{_STATES}\b|{_STATE_NAMES})(?:[ ,.]{{1,3}}\n?{_ZIP})?|{_ZIP}(?! [a-z])"
    rf"|{_PUERTO_RICAN_ZIP}|{_UK_POSTCODE})"
    rf"|,? (?:in|te|en) {_WORD}(?: {_WORD})?(?! [A-Z])"
    rf"|, ?{_PLACE}(?:, ?{_UK_POSTCODE}|,? {_UK_POSTCODE})?"
)
_CODE_AND_TOWN = re.compile(
    rf"{_JOIN}(?:C\.?P\.?:? ?)?(?:{_ZIP}|{_DUTCH_POSTCODE})(?:,? {_PLACE})?"
)
_LOWER_TOWN = re.compile(
    rf",?(?: [a-z][a-z.'-]{{1,20}}){{1,3}},? (?:{_STATES},? {_ZIP}|{_LOWER_STATES}\b(?! [a-z]))"
    rf"|,? {_LOWER_STATES}\b(?:,? {_ZIP})?",
    re.IGNORECASE,
)
_AFTER_TOWN = re.compile(
    rf"{_JOIN}(?:{_COUNTRY}|{_ZIP}(?! [a-z])|C\.?P\.?:? ?\d{{4,5}}\b|{_UK_POSTCODE}"
    rf"|(?:{_STATES}\b|{_STATE_NAMES})(?:[ ,.]{{1,3}}\n?{_ZIP})?)"
    rf"|, ?{_PLACE}(?=[.,;!?)\n]|$)"
)

_FULL_STOP = re.compile(r"(?<=[a-z]{5})(?<!Calif)\.\Z")
"""Behind a whole word it ends the sentence; behind "Ave" or "Mass" it is a part of the address."""
_STREET_WHY = gettext_noop("A house number and a street.")
_LABELLED_WHY = gettext_noop("A place after words about living somewhere.")


def addresses(reading: Reading, explained: Explained) -> Iterator[Clue]:
    """Streets, boxes and postcodes, each with the unit, town and code that belong to it."""
    text = reading.text
    for pattern, score, why in (
        (_STREET, 0.9, _STREET_WHY),
        (_HIGHWAY, 0.85, gettext_noop("A house number on a numbered road.")),
        (_HIGHWAY_ALONE, 0.8, gettext_noop("A house number on a numbered road.")),
        (_BLOCK, 0.7, gettext_noop("A block of a street.")),
        (_BOX, 0.85, gettext_noop("A post box.")),
        (_PRISON_WITH_CODE, 0.8, gettext_noop("A prison with its postcode.")),
    ):
        for match in pattern.finditer(text):
            if not (_is_no_address(reading, match) or explained.covers(*match.span())):
                yield _address(reading, match.start(), _end(text, match.end()), score, why)
    yield from _uncapitalised(reading, explained)
    for pattern in (_SPANISH, _FRENCH):
        for match in pattern.finditer(text):
            end = _end(text, belgian_town(text, match.end()))
            yield _address(reading, match.start(), end, 0.85, _STREET_WHY)
    for start, end in dutch_streets(reading):
        yield _address(reading, start, _end(text, end), 0.85, _STREET_WHY)
    for start, end, score in puerto_rican(text):
        yield _address(reading, start, _end(text, end), score, _STREET_WHY)
    for match in _CITY_AND_ZIP.finditer(text):
        yield _address(
            reading, match.start(), match.end(), 0.65, gettext_noop("A town with its postcode.")
        )
    for match in _POSTCODE.finditer(text):
        yield _address(reading, match.start(), match.end(), 0.6, gettext_noop("A postcode."))
    yield from _after_words(reading)
    for match in _UNIT_ALONE.finditer(text):
        why = gettext_noop("An apartment in a named building.")
        yield _address(reading, match.start(), match.end(), 0.6, why)


def _is_no_address(reading: Reading, match: re.Match[str]) -> bool:
    """A sight, a docket that reads like a road, or "in 2019 Ohio Court"."""
    place = match.group()
    if _PUBLIC_PLACE.match(place.lower()) or _DOCKET_ROAD.match(place):
        return True
    if _COURT_OF_LAW.search(place):
        return True
    year = _YEAR.match(place)
    return bool(year and _SINCE.search(reading.before(match.start(), 12)))


def _uncapitalised(reading: Reading, explained: Explained) -> Iterator[Clue]:
    """Streets typed in small letters, or with the number in words."""
    text = reading.text
    for match in _LOWER_STREET.finditer(text):
        if _is_counted(match["name"]) or _is_no_address(reading, match):
            continue
        if not explained.touches(match.start(), match.start() + 1):
            yield _address(reading, match.start(), _end(text, match.end()), 0.8, _STREET_WHY)
    for match in _SPELLED_STREET.finditer(text):
        spelled = len(re.findall(_NUMBER_WORD, match.group()[: match.start("name")], re.IGNORECASE))
        told = match["name"][0].isupper() or _LIVES.search(reading.before(match.start(), 40))
        if not _is_counted(match["name"]) and (spelled > 1 and told):
            yield _address(reading, match.start(), _end(text, match.end()), 0.75, _STREET_WHY)
    for match in _LOWER_SPANISH.finditer(text):
        if not explained.touches(match.end() - 1, match.end()) and not explained.is_count(
            match.end()
        ):
            yield _address(reading, match.start(), _end(text, match.end()), 0.75, _STREET_WHY)


def _is_counted(name: str) -> bool:
    """Whether the words before "street" make the number a count: "5 cops on the street"."""
    return not words("not_street_words").isdisjoint(name.lower().split())


def _after_words(reading: Reading) -> Iterator[Clue]:
    text = reading.text
    for match in _HOUSE.finditer(text):
        if _LIVES.search(reading.before(match.start(), 40)):
            why = gettext_noop("A house number after words about living somewhere.")
            yield _address(reading, match.start(), _end(text, match.end()), 0.65, why)
    for match in _LABELLED.finditer(text):
        start, end = match.span("it")
        end = _end(text, end)
        if any(character.isdigit() for character in text[start:end]):
            yield _address(reading, start, end, 0.65, _LABELLED_WHY)


def _address(reading: Reading, start: int, end: int, score: float, why: str) -> Clue:
    """A clue that begins with the prison's name where one stands before the street."""
    text = reading.text
    left = max(0, start - 70)
    prison = _PRISON_BEFORE.search(text[left:start])
    if prison:
        start = left + prison.start()
    rank = Rank.LABELLED if score >= 0.8 else Rank.SHAPE
    if _FULL_STOP.search(text, start, end):
        end -= 1
    if not prison and is_office_address(reading, start, end):
        score, why = 0.45, gettext_noop("The address of an office.")
    return Clue(FindingType.ADDRESS, start, end, rank, score, why)


def _end(text: str, end: int) -> int:
    """Where the address ends, once every piece that follows is taken."""
    for _ in range(4):
        piece = _PIECE.match(text, end)
        if not piece:
            break
        end = piece.end()
    towns = (pattern.match(text, end) for pattern in (_TOWN, _CODE_AND_TOWN, _LOWER_TOWN))
    town = max((found.end() for found in towns if found), default=end)
    if town > end:
        end = town
        for _ in range(3):
            after = _AFTER_TOWN.match(text, end)
            if not after:
                break
            end = after.end()
    return end
