"""Streets of the Netherlands and Flanders, whose names are one word with the kind of way in it.

The languages around them form theirs the same way, so German and Nordic streets are found here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .harmless import MONTH
from .reading import Reading

_SURE = (
    r"(?:straat|straatje|laan|weg|plein|pleintje|gracht|kade|kaai|dijk|singel|steeg|dreef"
    r"|plantsoen|burgwal|kouter|wegel|vliet|[^\W\d_]lei|[^\W\d_]rei"
    r"|straße|strasse|str\.|gasse|allee|platz|gatan|vej|vägen|veien|katu)"
)
_UNSURE = (
    r"(?:hof|pad|park|markt|wal|kwartier|baan|haven|oever|rade|werf|zoom|veld|hout|horst|donk"
    r"|berg|ring|vest|hoek|brink|heide|akker|bos|beemd|gaarde|tie)"
)
_FIRST_NAMES = (
    r"(?:[A-Z][\w.'-]{1,20} (?:(?:[A-Z][\w.'-]{1,20}|van|de|der|den|het|ten|ter|'t) ){0,2})?"
)
_HOUSE = (
    r"(?: nummer| nr\.?)? \d{1,5}(?: ?[a-zA-Z]\b|-\d{1,4}|-?[IVX]{1,4}\b|[ -](?:hs|bis|huis|rd|zw"
    r"|[a-z])\b)?(?:,? bus \d{1,4}\b)?"
)
_STREET = re.compile(
    rf"(?:(?<![\w.,-])\d{{1,5}} )?\b{_FIRST_NAMES}"
    rf"(?P<way>[^\W\d_][A-Za-zÀ-ÿ'-]{{1,24}}(?:(?P<sure>{_SURE})|{_UNSURE})){_HOUSE}(?!\w|[,.:]\d)"
)
_STEENWEG = re.compile(
    rf"\b[Ss]teenweg (?:op|naar) [A-Z][\w'-]{{2,25}}(?: [A-Z][\w'-]{{2,25}})?,?{_HOUSE}(?!\w)"
)
_TWO_WORDS = re.compile(
    r"\b(?:Oude|Nieuwe|Lange|Korte|Grote|Kleine|Hoge|Lage|Sint|St\.)[ -](?:[A-Z][\w'-]{2,20} )?"
    rf"(?:Gracht|Markt|Dijk|Weg|Straat|Kade|Singel|Laan|Plein|Steeg|Baan|Hof){_HOUSE}(?!\w)"
)
_WITH_POSTCODE = re.compile(
    rf"\b(?!(?i:{MONTH}) )[A-Z][\w'-]{{2,25}}(?: [A-Za-z][\w'-]{{1,20}}){{0,3}}{_HOUSE}"
    r"(?=,? ?\n?[1-9]\d{3} ?(?!AD|BC|CE|US|UK|EU|AM|PM|TV)[A-Z]{2}\b,? [A-Z][a-z])"
)
_NO_STREET = frozenset(
    {"onderweg", "snelweg", "autoweg", "omweg", "uitweg", "spoorweg", "rijksweg", "bijweg"}
    | {"halfweg", "straatweg", "gerechtshof", "loopbaan", "rijbaan", "achterweg"}
)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d$")
_BEFORE = re.compile(
    r"\b(?:in|op|aan|naar|van)(?: de| het| den)? $"
    r"|\b(?:adres|woon\w*|wonen\w*|verblijft?|huis|post|stuur|schrijf)\b[^.]{0,30}$"
)
_TOWN = re.compile(r",? ?\n?(?:NL-?)?[1-9]\d{3} ?[A-Z]{2}\b(?:,? [A-Z][\w'-]{2,25})?")
_BELGIAN_TOWN = re.compile(
    r",? ?\n?(?:B-? ?)?[1-9]\d{3} [A-Z][\w'-]{2,25}(?:[ -](?:[A-Z][\w'-]{2,20}|aan|de|den|op))?"
    r"(?<! de)(?<! op)(?<! den)(?<! aan)"
)


def dutch_streets(reading: Reading) -> Iterator[tuple[int, int]]:
    """Streets with their house number, and the postcode and town where they follow."""
    text = reading.text
    for match in _STREET.finditer(text):
        end = _town(text, match.end())
        if end > match.end() or _is_street(reading, match):
            yield match.start(), end
    for pattern in (_STEENWEG, _TWO_WORDS, _WITH_POSTCODE):
        for match in pattern.finditer(text):
            yield match.start(), _town(text, match.end())


def _town(text: str, end: int) -> int:
    town = _TOWN.match(text, end)
    return town.end() if town else belgian_town(text, end)


def belgian_town(text: str, end: int) -> int:
    """Where "9300 Aalst" after a street ends; it would be too little without one."""
    town = _BELGIAN_TOWN.match(text, end)
    return town.end() if town else end


def _is_street(reading: Reading, match: re.Match[str]) -> bool:
    """Without a postcode: "Nuremberg 1946", "loopbaan 20" and "ballpark 50" are none."""
    if match["way"].lower() in _NO_STREET or _YEAR.search(match.group()):
        return False
    return bool(match["sure"]) or bool(_BEFORE.search(reading.before(match.start(), 45)))
