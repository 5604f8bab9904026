"""Dates of birth: a date beside words about birth."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from ...types import FindingType, gettext_noop
from .harmless import DATE, MONTH
from .numerals import numerals
from .reading import Clue, Rank, Reading

_BIRTH = re.compile(
    rf"\b(?:b\.(?= ?(?:\d|{MONTH}))|d[./]?o[./]?b\b\.?|date of birth|birth ?date|birth ?day"
    r"|b-?day|born|birth"
    r"|geboren|geboortedatum|geb\.?|nacid[oa]|nació|nacimiento"
    r"|(?:came|come|comes) into (?:this|the) world|vino al mundo|llegó al mundo|ter wereld"
    r"|f(?:echa)?\.? ?(?:de )?nac\.?|cumpleaños|fdn|verjaar\w*|née|jarig|turn(?:s|ed|ing) \d{1,2})"
    r"(?!\w)",
    re.IGNORECASE,
)
_IS = re.compile(
    r"[ ,()]{0,3}(?:(?:is|was|=|-) )?(?:(?:my|his|her|their|the|our) )?(?:son's "
    r"|brother's )?"
)
_DATE = re.compile(DATE, re.IGNORECASE)
_COMPACT_DATE = re.compile(r"(?<!\d)(?:0[1-9]|[12]\d|3[01]|19|20)\d{4}(?:\d\d)?(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d)")
_DAY_OF_YEAR = re.compile(
    r"\b(?:(?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december) \d{1,2}(?:st|nd|rd|th)?"
    r"|\d{1,2}/\d{1,2})\b(?!/)",
    re.IGNORECASE,
)

_WORD = re.compile(r"[ :,./-]{1,3}([^\W_]+)")
_LINKS = frozenset(
    word
    for line in ("the of and is was on in day month year", "de del y en el es un año", "op jaar")
    for word in line.split()
)
_ORDINALS = re.compile(
    r"(?:first|second|third|(?:four|fif|six|seven|eigh|nin|ten|eleven|twelf|thirteen|fourteen"
    r"|fifteen|sixteen|seventeen|eighteen|nineteen|twentie|thirtie)th|primero|\d{1,2}(?:st|nd|rd|th))"
)
_ROMAN = re.compile(r"(?=.)m{0,3}(?:c[md]|d?c{0,3})(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})")
_MONTH = re.compile(MONTH)
_LONGEST, _LEAST = 14, 3
"""How many words a date in words has at most, and how many of them say a day, month or year."""

_WHY = gettext_noop("A date beside words about birth.")


def birth_dates(reading: Reading) -> Iterator[Clue]:
    """A date soon after (or right before) words about birth."""
    about_birth = list(_BIRTH.finditer(reading.text))
    if not about_birth:
        return
    dates = [match.span() for match in _DATE.finditer(reading.figures)]
    for word in about_birth:
        stretch = word.end() + max(24, len(reading.after(word.end(), 45)))
        span = (
            _beside(reading, dates, word, stretch)
            or _in_words(reading.lower, word.end())
            or _in_one(reading.text, word, stretch)
        )
        if span:
            yield Clue(FindingType.DOB, *span, Rank.VALIDATED, 0.9, _WHY)


_Span = tuple[int, int]


def _beside(
    reading: Reading, dates: list[_Span], word: re.Match[str], stretch: int
) -> _Span | None:
    """The first whole date after the word, or the one right before it."""
    place = bisect_left(dates, (word.end(), 0))
    if place < len(dates) and dates[place][0] < stretch:
        return dates[place]
    place = bisect_left(dates, (word.start(), 0)) - 1
    right_before = place >= 0 and _IS.fullmatch(reading.lower, dates[place][1], word.start())
    return dates[place] if right_before else None


def _in_words(lower: str, at: int) -> _Span | None:
    """A date in number words, Roman numerals or both: "the third of May, nineteen eighty"."""
    said: list[_Span] = []
    for _ in range(_LONGEST):
        word = _WORD.match(lower, at)
        if not word:
            break
        if _says_when(word[1]):
            said.append(word.span(1))
        elif word[1] not in _LINKS:
            break
        at = word.end()
    return (said[0][0], said[-1][1]) if len(said) >= _LEAST else None


def _says_when(word: str) -> bool:
    patterns = (_MONTH, _ORDINALS, _ROMAN)
    return bool(numerals(word)) or any(pattern.fullmatch(word) for pattern in patterns)


def _in_one(text: str, word: re.Match[str], stretch: int) -> _Span | None:
    """Figures without marks, as in "dob 19850303", or the day alone after "birthday"."""
    said = word.group().lower()
    strict = not said.startswith(("born", "birth", "geboren", "nac"))
    form = _COMPACT_DATE if strict else _YEAR_FIRST
    compact = form.search(text, word.end(), min(stretch, word.end() + 14))
    birthday = said.replace(" ", "").startswith(("birthday", "bday", "b-day"))
    found = compact or (birthday and _DAY_OF_YEAR.search(text, word.end(), stretch))
    return found.span() if found else None
