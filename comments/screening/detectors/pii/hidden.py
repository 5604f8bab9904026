"""What somebody took pains to hide: it counts, whatever it turns out to be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...types import FindingType, gettext_noop
from . import checks
from .harmless import Explained
from .name_words import by_part, is_ordinary, is_public, is_stop, public_figures
from .publicity import is_cited
from .reading import Clue, Rank, Reading
from .rewriting import Rewritten

_LEAST_FIGURES, _LEAST_OF_A_CODE = 5, 3
_PHONE_LENGTHS = {7, 9, 10, 11, 12}
_FIGURES = re.compile(
    r"(?<![^\W_])[A-Za-z]{0,3}-?\d[A-Za-z0-9]{0,20}(?:[-./][A-Za-z0-9]{1,20}){0,8}"
)
_NAME = re.compile(r"(?<![\w'-])[^\W\d_]{2,20}(?: [^\W\d_]\.?)?(?: [^\W\d_]{2,20}){1,2}(?![\w'-])")
_HANDLE = re.compile(r"(?<![\w@])[a-z0-9.]{1,30}(?:_[a-z0-9.]{1,30}){1,5}(?![\w@])", re.IGNORECASE)


def hidden(plain: Rewritten, reading: Reading, explained: Explained) -> Iterator[Clue]:
    """Figures, names and user names that were spelled out or set apart."""
    yield from _figures(plain, reading, explained)
    yield from _names(plain, reading)
    for match in _HANDLE.finditer(plain.text):
        if plain.hides(*match.span()):
            why = gettext_noop("A user name with its signs in words.")
            yield Clue(FindingType.URL_HANDLE, *match.span(), Rank.LABELLED, 0.6, why)


def _figures(plain: Rewritten, reading: Reading, explained: Explained) -> Iterator[Clue]:
    for match in _FIGURES.finditer(plain.text):
        start, end = match.span()
        digits = re.sub(r"\D", "", match.group())
        coded = len(digits) >= _LEAST_OF_A_CODE and not match.group()[0].isdecimal()
        if not (coded or len(digits) >= _LEAST_FIGURES) or not plain.hides(start, end):
            continue
        if is_cited(reading, start, end):
            continue
        if explained.covers(start, end) or explained.is_count(end) or checks.is_public_line(digits):
            continue
        kind = _likely(digits, match.group())
        why = gettext_noop("{} figures, spelled out or set apart.").format(len(digits))
        yield Clue(kind, start, end, Rank.FALLBACK, 0.55, why)


def _likely(digits: str, code: str) -> FindingType:
    letters = len(re.findall("[A-Za-z]", code))
    if letters > 1 and len(digits) < _LEAST_FIGURES:
        return FindingType.LICENSE_PLATE
    if letters == 1 and len(digits) < min(_PHONE_LENGTHS):
        return FindingType.INMATE_ID
    return FindingType.PHONE if len(digits) in _PHONE_LENGTHS else FindingType.OTHER_ID


def _names(plain: Rewritten, reading: Reading) -> Iterator[Clue]:
    """Two or three words in spelled letters, none of which a dictionary has."""
    for match in _NAME.finditer(plain.text):
        keys = match.group().lower().split()
        if not plain.hides_words(*match.span()):
            continue
        if any(map(is_ordinary, keys)) or any(map(is_stop, keys)):
            continue
        if not is_public(keys, by_part(reading.public)) and not is_public(keys, public_figures()):
            why = gettext_noop("A name, spelled out letter by letter.")
            yield Clue(FindingType.PERSON_PRIVATE, *match.span(), Rank.FALLBACK, 0.55, why)
