"""What a text says once its disguises are taken off, one kind after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .lists import words
from .name_words import is_given, is_ordinary
from .numerals import numerals
from .reading import Reading
from .rewriting import Edit, Rewritten, unbroken
from .spelling import spelled


def undisguised(text: str) -> Rewritten:
    """The text on one line, with what was spelled out, spaced or replaced as it is meant."""
    plain, reading = Rewritten.of(text), Reading(text)
    for disguise in (_turned, _bracketed, _like_letters, spelled, _named_signs):
        edits = list(disguise(reading))
        if edits:
            plain = plain.then(edits)
            reading = Reading(plain.text)
    return plain.then(list(unbroken(plain.text)))


_BACKWARDS = re.compile(
    r"\b(?:backwards?|back to front|revers\w+|flip(?:ped)? (?:it|them|around)|mirror\w*"
    r"|right to left|al rev[ée]s|de atr[áa]s|espejo|achterstevoren|achteruit|omgekeerd"
    r"|van rechts naar links|de derecha a izquierda)\b"
)
_MAY_BE_TURNED = re.compile(
    r"[^\s@]{1,64}@[^\s@]{1,64}|\d[\d .()/-]{5,20}\d|(?=[^\W\d_-]*\d)[^\W_]{2,12}-[^\W_]{2,12}"
    r"|[^\W\d_]{3,20}(?: [^\W\d_]{3,20})*"
)
_WORD = re.compile(r"[^\W\d_]+")


def _turned(reading: Reading) -> Iterator[Edit]:
    """Addresses, figures and names, where the text says that something is to be read backwards."""
    if not _BACKWARDS.search(reading.lower):
        return
    for match in _MAY_BE_TURNED.finditer(reading.text):
        if not match.group().replace(" ", "").isalpha():
            yield Edit(*match.span(), match.group()[::-1], hides=True)
            continue
        names = [word for word in _WORD.finditer(match.group()) if _is_name_turned(word.group())]
        if names:
            start, end = match.start() + names[0].start(), match.start() + names[-1].end()
            yield Edit(start, end, reading.text[start:end][::-1], hides=True)


def _is_name_turned(word: str) -> bool:
    turned = word[::-1].lower()
    known = is_given(turned) or turned in words("surnames")
    return known and not is_ordinary(word.lower()) and not is_given(word.lower())


_SIGNS = {
    "dot": ".", "d0t": ".", "punto": ".", "punt": ".", "point": ".", "period": ".", ".": ".",
    "at": "@", "@": "@", "arroba": "@", "ä": "@", "slash": "/", "barra": "/", "/": "/",
    "underscore": "_", "guion bajo": "_", "dash": "-", "hyphen": "-", "guion": "-", "-": "-",
    ":": ":",
}  # fmt: skip
_IN_BRACKETS = re.compile(
    rf" {{0,2}}[(\[{{<]{{1,2}} ?(?P<sign>{'|'.join(map(re.escape, _SIGNS))})"
    r" ?[)\]}>]{1,2} {0,2}"
    r"|[(\[](?P<letter>[A-Za-z])[)\]](?=[A-Za-z]{2})",
    re.IGNORECASE,
)


def _bracketed(reading: Reading) -> Iterator[Edit]:
    """ "example[.]org", "pat (at) example", "(P)at"."""
    for match in _IN_BRACKETS.finditer(reading.text):
        sign = match["sign"]
        yield Edit(*match.span(), _SIGNS[sign.lower()] if sign else match["letter"])


_UNDERSCORE = (
    r" ?\b(?:under ?score|gui[oó]n bajo|(?:liggend|laag) streepje|lage streep|raya al piso)\b ?"
)
_UNDERSCORED = re.compile(
    rf"(?<![\w.])[\w.]{{1,30}}?(?:{_UNDERSCORE}[\w.]{{1,30}}?(?![\w.]))+", re.I
)
_ONE_UNDERSCORE = re.compile(_UNDERSCORE, re.IGNORECASE)
_NAMED_SIGNS = tuple(
    (re.compile(pattern, re.IGNORECASE), sign)
    for pattern, sign in (
        (r"\bat[ -](?:sign|symbol) ?|(?<!\w)@ (?=\w*[\d_])", "@"),
        (r"(?<=\w) ?\b(?:dot|punto|punt)\b ?(?=(?:com|net|org|me|app)\b|\d)", "."),
        (r"(?:(?<=com|net|org|app)|(?<=\bu)) (?:forward )?(?:slash|barra) (?=\w)", "/"),
        (r"(?<=slash )at (?=\w)", "@"),
        (r"(?<=[^\W\d_]) (?:dash|hyphen|guion|streepje) (?=\d)", "-"),
        (r"(?<=\w) (?:hash ?tag|hash|pound) (?=\d{4}\b)", "#"),
        (r"\bdollar sign (?=\w)", "$"),
    )
)
_BETWEEN_NAMES = re.compile(r"(?<![^\W_])([^\W_]{1,20})( (?:dot|punto|punt) )(?=([^\W_]{1,20}))")


def _named_signs(reading: Reading) -> Iterator[Edit]:
    """ "free underscore pat", "at sign pat 7", "example dot com slash pat"."""
    reached = 0
    edits = (*_underscores(reading), *_simple_signs(reading.text), *_dots(reading.lower))
    for edit in sorted(edits):
        if edit.start >= reached:
            yield edit
            reached = edit.end


def _underscores(reading: Reading) -> Iterator[Edit]:
    for chain in _UNDERSCORED.finditer(reading.lower):
        signs = list(_ONE_UNDERSCORE.finditer(reading.lower, *chain.span()))
        last = reading.lower[signs[-1].end() : chain.end()]
        if len(signs) > 1 or not is_ordinary(last):  # "I underscore that"
            yield from (Edit(*sign.span(), "_", hides=True) for sign in signs)


def _simple_signs(text: str) -> Iterator[Edit]:
    for pattern, sign in _NAMED_SIGNS:
        yield from (Edit(*match.span(), sign) for match in pattern.finditer(text))


def _dots(lower: str) -> Iterator[Edit]:
    for match in _BETWEEN_NAMES.finditer(lower):
        if words("common_words").isdisjoint((match[1], match[3])):  # "the dot on the map"
            yield Edit(*match.span(2), ".")


_LEET = re.compile(
    r"(?<![\w@.])(?=[a-z]*[\d$!@])"
    r"(?:[a-z]|([\d$!])\1?(?![\d$!])|(?<=[a-z])@(?=[a-z]{1,10}(?![\w.@]))){2,30}(?![\w@])",
    re.IGNORECASE,
)
_LEAST_LEET = 3
_LETTERS = str.maketrans("013457$!89@", "oieastsibga")
_SHORT_WORDS = frozenset({"is", "it", "of", "to", "so", "no", "on", "at", "in", "dot", "com"})
_NO_LEET = re.compile(r"\d+[a-z]{0,2}|[a-z]+[\d!$]+|\$\w+", re.IGNORECASE)
_TWO_NAMES = re.compile(r"(?<![\w@#/])([A-Z][a-z]{2,15})([A-Z][a-z]{2,20})(?!\w)")


def _like_letters(reading: Reading) -> Iterator[Edit]:
    """ "M4rcus", and two names written as one."""
    yield from sorted((*_leet(reading.text), *_glued_names(reading.text)))


def _leet(text: str) -> Iterator[Edit]:
    for match in _LEET.finditer(text):
        word = match.group().translate(_LETTERS)
        if word.isalpha() and (_is_leet(match.group()) or word.lower() in _SHORT_WORDS):
            yield Edit(*match.span(), word, hides=True)


def _is_leet(word: str) -> bool:
    """Whether figures stand within a word: "M4rcus", but not "pat77" or "zes99"."""
    letters = sum(character.isalpha() for character in word)
    enough = letters >= max(_LEAST_LEET, len(word) - letters)
    return enough and not _NO_LEET.fullmatch(word) and not numerals(word.lower())


def _glued_names(text: str) -> Iterator[Edit]:
    for match in _TWO_NAMES.finditer(text):
        if is_given(match[1].lower()) and match[2].lower() in words("surnames"):
            yield Edit(*match.span(1), match[1] + " ", hides=True)
