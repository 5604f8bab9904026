"""What the tagger sees of a text: its words with their places, the pieces and the form of each.

Training and screening share it; after a change here, train again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from ....encoder.wordpieces import WordPieces
from ..lists import words
from ..name_words import has_surname_form, sure

PIECES = 6
"""Pieces of a word that are seen: of a long one the first and the last."""
UNREAD = 1
"""The number of the piece that stands for what cannot be cut."""
_LONGEST_WORD = 40
_REMEMBERED = 20_000

_TOKEN = re.compile(r"\w+(?:[-'’/.]\w+)*|[^\w\s]")
_FIGURE = re.compile(r"\d")
_ZIP = re.compile(r"\d{5}(?:-\d{4})?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEGINS_A_SENTENCE = frozenset('.!?:¿¡"“')


class Token(NamedTuple):
    """A word, a number or a mark, and where it stands."""

    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    return [Token(match.group(), *match.span()) for match in _TOKEN.finditer(text)]


class Pieces:
    """The word pieces of the encoder; all figures are the same to them."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._pieces = WordPieces(vocabulary, longest=2 * _LONGEST_WORD)
        self._cut = lru_cache(_REMEMBERED)(self._numbers)

    def __call__(self, row: Iterable[Token]) -> list[tuple[int, ...]]:
        """For each token the numbers of its pieces: the last in the last place, zeros before it."""
        return [self._cut(_FIGURE.sub("0", token.text.lower())[:_LONGEST_WORD]) for token in row]

    def _numbers(self, word: str) -> tuple[int, ...]:
        found = self._pieces.numbers(word)[1:-1] or [UNREAD]
        if len(found) > PIECES:
            found = [*found[: PIECES - 2], *found[-2:]]
        first = found[:-1] or found
        return (*first, *[0] * (PIECES - 1 - len(first)), found[-1])


_LISTS = (
    "given_names",
    "surnames",
    "ambiguous_names",
    "places",
    "ordinary_words",
    "common_words",
    "organisation_words",
    "east_asian_families",
)
_SURE_GIVEN, _SURE_SURNAME, _SURNAME_FORM, UNLISTED, OF_LISTS = (len(_LISTS) + n for n in range(5))

_LOWER, _UPPER, _LETTER, _CAPITAL, _MIXED = range(OF_LISTS, OF_LISTS + 5)
_LETTERS = _MIXED + 1
_FOREIGN = _LETTERS + 7
_FIGURES = _FOREIGN + 1
_LETTER_FIRST, _FIGURE_FIRST, _IS_YEAR, _IS_ZIP = range(_FIGURES + 13, _FIGURES + 17)
_JOINTS = "-/.'’"
_JOINED = _IS_ZIP + 1
_MARKS = ".,:;#()\"'-/@&!?_*“”’—–§$"
_MARK = _JOINED + len(_JOINTS)
_OTHER_MARK = _MARK + len(_MARKS)
_LINE, _SENTENCE, _APART, _FAR, _QUIET, _LOUD = range(_OTHER_MARK + 1, _OTHER_MARK + 7)
FEATURES = _LOUD + 1


def features(text: str, row: Sequence[Token]) -> list[list[int]]:
    """For each token the numbers of the features that it has."""
    letters = [character for character in text if character.isalpha()]
    lower = sum(character.islower() for character in letters)
    everywhere = [_QUIET] if lower == len(letters) else []
    everywhere += [_LOUD] if lower < len(letters) / 3 else []
    found: list[list[int]] = []
    before, begins = 0, True
    for token in row:
        gap = text[before : token.start]
        here = [*_of_word(token.text), *everywhere]
        if "\n" in gap or not found:
            here.append(_LINE)
        if begins or "\n" in gap:
            here.append(_SENTENCE)
        if gap:
            here.append(_APART)
        if "  " in gap:
            here.append(_FAR)
        found.append(here)
        before, begins = token.end, token.text in _BEGINS_A_SENTENCE
    return found


@lru_cache(_REMEMBERED)
def _of_word(word: str) -> tuple[int, ...]:
    letters = sum(character.isalpha() for character in word)
    figures = sum(character.isdigit() for character in word)
    found = list(_listed(word)) if letters else []
    if letters:
        found += [_case(word, letters), _LETTERS + min(letters, 12) // 2]
        if not word.isascii():
            found.append(_FOREIGN)
    if figures:
        found.append(_FIGURES + min(figures, 12))
        if letters:
            found.append(_LETTER_FIRST if word[0].isalpha() else _FIGURE_FIRST)
        if _YEAR.fullmatch(word):
            found.append(_IS_YEAR)
        if _ZIP.fullmatch(word):
            found.append(_IS_ZIP)
    if len(word) == 1 and not letters and not figures:
        mark = _MARKS.find(word)
        found.append(_MARK + mark if mark >= 0 else _OTHER_MARK)
    else:
        found += [_JOINED + place for place, joint in enumerate(_JOINTS) if joint in word]
    return tuple(found)


def _case(word: str, letters: int) -> int:
    if word.islower():
        return _LOWER
    if word.isupper():
        return _UPPER if letters > 1 else _LETTER
    return _CAPITAL if word[0].isupper() else _MIXED


def _listed(word: str) -> list[int]:
    """In which lists a word stands."""
    key = word.lower().replace("’", "'").removesuffix("'s")
    found = [place for place, name in enumerate(_LISTS) if key in words(name)]
    if key in sure("given_names"):
        found.append(_SURE_GIVEN)
    if key in sure("surnames"):
        found.append(_SURE_SURNAME)
    if has_surname_form(key):
        found.append(_SURNAME_FORM)
    return found or [UNLISTED]
