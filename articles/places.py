"""States and countries by their ISO 3166 codes, with their names in every language of the site.

``US-NY`` is a state, ``MX`` a country, ``US`` all of the United States and ``001`` the world. The
names stand in ``places.tsv``: three hundred names are data, not messages to translate.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

EVERYWHERE = "001"
UNITED_STATES = "US"
_BETWEEN = re.compile(r"[;,|\n\r\t]")
_FILE = Path(__file__).with_name("places.tsv")


@dataclass(frozen=True)
class Place:
    """A state or a country."""

    code: str
    names: tuple[str, str]
    """In English and in Spanish."""

    def __str__(self) -> str:
        """The name in the language of the page."""
        return self.names[(get_language() or "").startswith("es")]

    @property
    def is_state(self) -> bool:
        return self.code.startswith("US-")

    @property
    def is_country(self) -> bool:
        return len(self.code) == 2

    @property
    def wider(self) -> tuple[str, ...]:
        """The codes whose helpers serve this place as well, nearest first."""
        if self.is_state:
            return (self.code, UNITED_STATES, EVERYWHERE)
        return (self.code, EVERYWHERE)


ANOTHER_COUNTRY = Place("ZZ", ("Another country", "Otro país"))
"""One that nobody here has named: a code that ISO leaves free."""


@cache
def every_place() -> dict[str, Place]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return {code: Place(code, (english, spanish)) for code, english, spanish in rows}


def states() -> list[Place]:
    """By name in the language of the page."""
    return _by_name(place for place in every_place().values() if place.is_state)


def by_name(codes: Iterable[str]) -> list[Place]:
    """These places: the world and the whole country first, then states, then other countries."""
    known = every_place()
    return _by_name(known[code] for code in codes if code in known)


def find(words: str) -> Place | None:
    """By code or by name in any language; two letters alone are a state before a country."""
    folded = _folded(words)
    return _index().get(folded)


def state_named_in(text: str) -> Place | None:
    """The one state that a text names in full; none where it names several, or none."""
    found = {find(match.group()) for match in _state_names().finditer(_folded(text))}
    return found.pop() if len(found) == 1 else None


def parse(words: str) -> tuple[list[str], list[str]]:
    """The codes of places that somebody listed, and the words that name none."""
    found, unknown = set(), []
    for part in filter(None, map(str.strip, _BETWEEN.split(words))):
        place = find(part)
        if place:
            found.add(place.code)
        else:
            unknown.append(part[:60])
    return sorted(found), unknown


def validate_codes(codes: object) -> None:
    """For a field that holds a list of codes."""
    known = every_place()
    if not isinstance(codes, list) or not all(code in known for code in codes):
        raise ValidationError(_("There is a place in this list that we do not know."))


@cache
def _state_names() -> re.Pattern[str]:
    """Every name of every state; the longer one where one begins or ends another."""
    names = {
        _folded(name) for place in every_place().values() if place.is_state for name in place.names
    }
    ordered = sorted(names, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, ordered))})\b")


@cache
def _index() -> dict[str, Place]:
    found: dict[str, Place] = {}
    places = list(every_place().values())
    # What comes later wins: a state over a country of the same name or letters.
    for place in sorted(places, key=lambda place: place.is_state):
        for name in place.names:
            found[_folded(name)] = place
        found[_folded(place.code)] = place
        if place.is_state:
            found[_folded(place.code.removeprefix("US-"))] = place
    return found


def _by_name(places: Iterable[Place]) -> list[Place]:
    def order(place: Place) -> tuple[int, str]:
        if place.code in {EVERYWHERE, UNITED_STATES}:
            return 0, place.code
        return (1 if place.is_state else 2), _folded(str(place))

    return sorted(places, key=order)


def _folded(words: str) -> str:
    """Without accents, capitals, full stops and needless spaces."""
    plain = unicodedata.normalize("NFKD", words.casefold().replace(".", " "))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())
