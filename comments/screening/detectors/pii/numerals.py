"""Number words of English, Spanish and Dutch, and the figures that a listener writes down."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple


class Kind(Enum):
    DIGIT = auto()
    """0 to 9."""
    TEEN = auto()
    """Any other that ends a number: 10 to 19, and those written as one word, like "veintidós"."""
    TENS = auto()
    HUNDREDS = auto()
    """Hundreds in one word: "novecientos"."""
    HUNDRED = auto()
    THOUSAND = auto()
    REPEAT = auto()
    FIGURES = auto()
    AND = auto()


class Numeral(NamedTuple):
    """What one word adds to a number; ``figures`` of those that are written in figures."""

    kind: Kind
    value: int
    figures: str = ""


_DIGITS = (
    "zero oh cero nul null nought naught aught", "one uno una een één won", "two dos twee",
    "three tres drie tree", "four cuatro vier fower", "five cinco vijf fife", "six seis zes",
    "seven siete zeven", "eight ocho acht", "nine nueve negen niner",
)  # fmt: skip
_TEENS = (
    "ten diez tien", "eleven once elf", "twelve doce twaalf", "thirteen trece dertien",
    "fourteen catorce veertien", "fifteen quince vijftien",
    "sixteen dieciséis dieciseis zestien", "seventeen diecisiete zeventien",
    "eighteen dieciocho achttien", "nineteen diecinueve negentien",
)  # fmt: skip
_TENS = (
    "twenty veinte twintig", "thirty treinta dertig", "forty fourty cuarenta veertig",
    "fifty cincuenta vijftig", "sixty sesenta zestig", "seventy setenta zeventig",
    "eighty ochenta tachtig", "ninety noventa negentig",
)  # fmt: skip
_HUNDREDS = (
    "cien ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos",
    "setecientos", "ochocientos", "novecientos",
)  # fmt: skip
_SPANISH_TENS = ("veinti", "treintai", "cuarentai", "cincuentai", "sesentai", "setentai",
                 "ochentai", "noventai")  # fmt: skip
_SPANISH_DIGITS = ("uno un", "dos dós", "tres trés", "cuatro", "cinco", "seis séis", "siete",
                   "ocho", "nueve")  # fmt: skip
_DUTCH_DIGITS = "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"


def _vocabulary() -> Iterator[tuple[str, Numeral]]:
    for kind, step, first, lines in (
        (Kind.DIGIT, 1, 0, _DIGITS),
        (Kind.TEEN, 1, 10, _TEENS),
        (Kind.TENS, 10, 20, _TENS),
        (Kind.HUNDREDS, 100, 100, _HUNDREDS),
    ):
        for place, line in enumerate(lines):
            for word in line.split():
                yield word, Numeral(kind, first + step * place)
    for tens, word in enumerate(_SPANISH_TENS, start=2):
        for digit, line in enumerate(_SPANISH_DIGITS, start=1):
            for end in line.split():
                yield word + end, Numeral(Kind.TEEN, 10 * tens + digit)
    for tens, line in enumerate(_TENS, start=2):
        for digit, word in enumerate(_DUTCH_DIGITS, start=1):
            for link in ("en", "ën"):
                yield word + link + line.split()[-1], Numeral(Kind.TEEN, 10 * tens + digit)
    for word in ("hundred", "hunderd", "honderd", "cientos"):
        yield word, Numeral(Kind.HUNDRED, 100)
    for word in ("thousand", "mil", "duizend"):
        yield word, Numeral(Kind.THOUSAND, 1000)
    for count, line in ((2, "double doble dubbel dubbele"), (3, "triple driedubbel treble")):
        for word in line.split():
            yield word, Numeral(Kind.REPEAT, count)


_WORDS = dict(_vocabulary())
AND = Numeral(Kind.AND, 0)
_LONGEST_FIRST = sorted({*_WORDS} - {"un"}, key=len, reverse=True)
_GLUED = re.compile(rf"(?:{'|'.join(_LONGEST_FIRST)})|\d+")


@lru_cache(maxsize=4096)
def numerals(word: str) -> tuple[Numeral, ...]:
    """What a word of small letters and figures says of a number: nothing, one thing, or several.

    Several are written as one: "fourone", "zes99".
    """
    if word in _WORDS:
        return (_WORDS[word],)
    if word.isdecimal():
        return (Numeral(Kind.FIGURES, 0, word),)
    if len(word) < 4 or _GLUED.sub("", word):
        return ()
    return tuple(
        _WORDS.get(part) or Numeral(Kind.FIGURES, 0, part) for part in _GLUED.findall(word)
    )


def numbers(said: Sequence[Numeral]) -> Iterator[tuple[str, int]]:
    """The figures of each number in a row of numerals, and how many numerals it takes."""
    at = 0
    while at < len(said):
        figures, end = _number(said, at)
        yield figures, end - at
        at = end


def _number(said: Sequence[Numeral], at: int) -> tuple[str, int]:
    first = said[at]
    if first.kind is Kind.FIGURES:
        return first.figures, at + 1
    if first.kind is Kind.AND:
        return "", at + 1
    if first.kind is Kind.REPEAT:
        if _kind(said, at + 1) is Kind.DIGIT:
            return str(said[at + 1].value) * first.value, at + 2
        return "", at + 1
    value, end = _below_thousand(said, at)
    if _kind(said, end) is Kind.THOUSAND:
        rest, end = _rest(said, end + 1, _below_thousand)
        value = max(value, 1) * 1000 + rest
    return str(value), end


def _below_thousand(said: Sequence[Numeral], at: int) -> tuple[int, int]:
    value, end = _below_hundred(said, at)
    if _kind(said, end) is Kind.HUNDRED:
        value, end = max(value, 1) * 100, end + 1
    elif end == at and _kind(said, at) is Kind.HUNDREDS:
        value, end = said[at].value, at + 1
    else:
        return value, end
    rest, end = _rest(said, end, _below_hundred)
    return value + rest, end


def _below_hundred(said: Sequence[Numeral], at: int) -> tuple[int, int]:
    kind = _kind(said, at)
    if kind is Kind.TENS:
        digit = at + 1 + (_kind(said, at + 1) is Kind.AND)
        if _kind(said, digit) is Kind.DIGIT and said[digit].value:
            return said[at].value + said[digit].value, digit + 1
        return said[at].value, at + 1
    if kind is Kind.DIGIT and _kind(said, at + 1) is Kind.AND and _kind(said, at + 2) is Kind.TENS:
        return said[at].value + said[at + 2].value, at + 3  # "vijf en negentig"
    if kind in {Kind.DIGIT, Kind.TEEN}:
        return said[at].value, at + 1
    return 0, at


_Below = Callable[[Sequence[Numeral], int], tuple[int, int]]


def _rest(said: Sequence[Numeral], at: int, below: _Below) -> tuple[int, int]:
    """What a hundred or a thousand goes on with: "four hundred and six", but not "… oh six"."""
    linked = _kind(said, at) is Kind.AND
    value, end = below(said, at + linked)
    single = end == at + linked + 1 and _kind(said, end - 1) is Kind.DIGIT
    if not value or (single and not linked and _kind(said, end) is Kind.DIGIT):
        return 0, at
    return value, end


def _kind(said: Sequence[Numeral], at: int) -> Kind | None:
    return said[at].kind if 0 <= at < len(said) else None
