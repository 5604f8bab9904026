"""What no rule foresaw: names, addresses and identifiers that the tagger knows by their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ...types import FindingType, gettext_noop
from . import tagger
from .contexts import Surroundings
from .harmless import Explained
from .lists import words
from .name_words import PARTICLES, by_part, is_ordinary, is_public, public_figures
from .names import TITLE
from .publicity import is_cited
from .reading import Clue, Rank, Reading
from .tagger.features import Token

_NAME, _ADDRESS = FindingType.PERSON_PRIVATE, FindingType.ADDRESS
_SCORE = 0.6

SURE_FROM = {
    _NAME: 0.95,
    _ADDRESS: 0.9,
    FindingType.INMATE_ID: 0.85,
    FindingType.CASE_NUMBER: 0.85,
    FindingType.OTHER_ID: 0.85,
    FindingType.LICENSE_PLATE: 0.85,
}
"""How sure the network must be, where it is asked: the other types have a form, and rules."""
_FEWEST_FIGURES = 4
_YEAR = re.compile(r"(?:19|20)\d\d")

_WHY_NAME = gettext_noop("Words that look like a private person's name in this place.")
_WHY_ADDRESS = gettext_noop("Words and figures that look like an address in this place.")
_WHY_NUMBER = gettext_noop("Figures that look like an identifying number in this place.")


def unforeseen(reading: Reading) -> Iterator[Clue]:
    """Clues of the lowest rank that holds a comment."""
    explained: Explained | None = None
    for stretch in tagger.stretches(reading.text):
        kind = FindingType(stretch.label)
        if stretch.sureness < SURE_FROM.get(kind, 2.0):
            continue
        row = _without_marks(stretch.row)
        if kind is _NAME:
            row = _name(reading, row)
            if row:
                yield Clue(_NAME, *_span(row), Rank.LEARNED, _SCORE, _WHY_NAME)
            continue
        explained = explained or Explained(reading)
        if kind is _ADDRESS and _is_address(row, explained):
            yield Clue(_ADDRESS, *_span(row), Rank.LEARNED, _SCORE, _WHY_ADDRESS)
        elif kind is not _ADDRESS and _is_number(row, explained):
            if is_cited(reading, *_span(row)):
                continue
            yield Clue(kind, *_span(row), Rank.LEARNED, _SCORE, _WHY_NUMBER)


def _is_address(row: Sequence[Token], explained: Explained) -> bool:
    return len(row) > 1 and _figures(row) > 0 and not explained.covers(*_span(row))


def _is_number(row: Sequence[Token], explained: Explained) -> bool:
    if _figures(row) < _FEWEST_FIGURES or explained.touches(*_span(row)):
        return False
    return not (len(row) == 1 and _YEAR.fullmatch(row[0].text))


def _figures(row: Sequence[Token]) -> int:
    return sum(character.isdigit() for token in row for character in token.text)


def _without_marks(row: Sequence[Token]) -> list[Token]:
    """Without the commas and brackets around it."""
    solid = [place for place, token in enumerate(row) if token.text[0].isalnum()]
    return list(row[solid[0] : solid[-1] + 1]) if solid else []


def _name(reading: Reading, row: list[Token]) -> list[Token]:
    """The words that are the name of a private person; none where it is nobody's."""
    for place, token in enumerate(row):
        if place and token.text != _own(token):
            row = row[: place + 1]  # what she owns is no part of her name
            break
    titled = bool(row) and TITLE.search(reading.lower, max(0, row[0].start - 9), row[0].start)
    while row and _key(row[0]) in PARTICLES and not titled:
        row = row[1:]
    while row and _ends_no_name(row[-1]):
        row = row[:-1]
    spoken = [token for token in row if token.text[0].isalpha()]
    whole = [token for token in spoken if len(token.text) > 1]
    if len(whole) < (1 if titled else 2) or _figures(row):
        return []
    keys = [_key(token) for token in spoken]
    parts = [keys, *(list(pair) for pair in pairwise(keys))]
    for known in (by_part(reading.public), public_figures()):
        if any(is_public(part, known) for part in parts):
            return []
    around = Surroundings(reading, *_span(row))
    if around.public or around.something_named_after:
        return []
    return [] if titled and around.discussed and not around.private else row


def _ends_no_name(token: Token) -> bool:
    key = _key(token)
    if not key[:1].isalnum() or key in PARTICLES:
        return True
    return token.text.islower() and is_ordinary(key) and key not in words("surnames")


def _key(token: Token) -> str:
    return _own(token).lower()


def _own(token: Token) -> str:
    """A word without the "'s" of what it owns."""
    for ending in ("'s", "’s"):
        if token.text.endswith(ending):
            return token.text[:-2]
    return token.text


def _span(row: Sequence[Token]) -> tuple[int, int]:
    return row[0].start, row[-1].start + len(_own(row[-1]))
