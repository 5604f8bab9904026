"""A text as a stream of sounds, each of which stands for figures or for a letter.

"Seven" and "7" sound the same, and so do "B", "bravo" and "B as in boy". Sounds that follow one
another make a run, also when words like "then" or "dash" stand between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from .lists import words
from .numerals import AND, Kind, Numeral, numerals
from .reading import Reading

THEN = " "
"""The sign of "then": what follows belongs to what went before."""
LEAST_LETTERS = 3
"""How many letters in a row are spelled, and not words or initials."""

_LETTER_NAMES = {
    "be": "b", "bee": "b", "ce": "c", "cee": "c", "dee": "d", "efe": "f", "gee": "g", "hache": "h",
    "aitch": "h", "jay": "j", "jota": "j", "jee": "j", "kay": "k", "ele": "l", "eme": "m",
    "ene": "n", "pe": "p", "erre": "r", "ese": "s", "tee": "t", "vee": "v", "uve": "v",
    "equis": "x", "zee": "z", "zed": "z", "zeta": "z",
}  # fmt: skip
_SIGNS = {
    word: sign
    for sign, line in {
        "-": "dash hyphen minus guion guión guiones streepje space espacio spatie comma coma komma",
        ".": "dot point period punto punt",
        "/": "slash barra stroke diagonal",
    }.items()
    for word in line.split()
}
_WORDS_OF_ONE_LETTER = frozenset("aeiouyAEIOUYdmst")
"""Words, and what is left of "it's": beside figures they are no part of them."""
_MOST_IDLE, _LONGEST_GAP = 6, 6
_MOST_FIGURES = 100
"""More numbers in a row are a table, or a trick to keep us busy."""
_TOKEN = re.compile(
    r"(?P<part>\b(?:first|last|next|final|other|middle|primer[oa]s|[úu]ltim[oa]s|siguientes|eerste"
    r"|laatste|volgende)(?: (?:two|three|four|five|six|[2-6]|dos|tres|cuatro|twee|drie|vier))?"
    r"(?: (?:digits|numbers|ones|figures|parts?|d[íi]gitos|n[úu]meros|cijfers))?(?![\w-])"
    r"|\b(?:after (?:that|this|it)|add"
    r"|(?:start|begin|finish|end|follow)(?:s|ed|ing)? (?:it )?(?:with|by))\b)"
    r"|\b(?P<letter>[a-z]),? (?:as in|like|for|de|como|van) (?P=letter)[a-z]{2,12}\b"
    r"|x-ray|[^\W_]+(?:'[^\W_]+)*",
    re.IGNORECASE,
)
_LOOK_ALIKE = re.compile(r"(?=[OolI]*\d)[\dOolI][\dOolIZSB]{2,}")
_FIGURES = str.maketrans("OolIZSB", "0011258")


class Sound(NamedTuple):
    """A word that stands for figures or for a letter, and what was said before it."""

    start: int = 0
    end: int = 0
    numerals: tuple[Numeral, ...] = ()
    letter: str = ""
    sign: str = ""
    """What other words between it and the sound before stand for; nothing where there are none."""
    disguised: bool = True
    """Whether more than its own figures or letter is written."""


def runs(reading: Reading) -> Iterator[list[Sound]]:
    """Sounds that belong together, parted at letters that are words of their own."""
    for run in _unparted(reading):
        if len(run) < LEAST_LETTERS and not any(sound.disguised for sound in run):
            continue
        if len(run) > _MOST_FIGURES and not any(sound.letter for sound in run):
            continue
        kept: list[Sound] = []
        for are_letters, group in groupby(_in_context(run), key=lambda sound: bool(sound.letter)):
            sounds = list(group)
            if are_letters and _are_words(sounds, alone=len(sounds) == len(run)):
                yield from _some(kept)
                kept = []
            else:
                kept += sounds
        yield from _some(kept)


def _some(run: list[Sound]) -> Iterator[list[Sound]]:
    if run:
        yield run


def _unparted(reading: Reading) -> Iterator[list[Sound]]:
    """Sounds with nothing but marks or idle words in between."""
    run: list[Sound] = []
    idle: list[str] = []
    reached = 0
    for token in _TOKEN.finditer(reading.text):
        word = token.group()
        start, end = token.span()
        if run and (start - reached > _LONGEST_GAP or len(idle) > _MOST_IDLE):
            yield run
            run, idle = [], []
        sound = _sound(word, token.lastgroup)
        if word.lower() in _LETTER_NAMES and reading.text[reached:start] not in {" ", "-"}:
            sound = None  # "1111, be kind"
        reached = end
        if sound is None:
            if run and not token["part"] and not _is_idle(word.lower()):
                yield run
                run, idle = [], []
            elif run:
                idle.append("then" if token["part"] else word.lower())
            continue
        sound = sound._replace(start=start, end=end)
        if idle and not _goes_on(run[-1], idle, sound):
            yield run
            run = []
        elif idle:
            sign = _sign(idle)
            if not sign:
                run.append(Sound(start, start, (AND,)))
            sound = sound._replace(sign=sign)
        run.append(sound)
        idle = []
    yield from _some(run)


@lru_cache(maxsize=4096)
def _sound(written: str, form: str | None) -> Sound | None:
    """What a token stands for, without its place."""
    word = written.lower()
    if form == "part":
        return None
    if form == "letter":
        return Sound(letter=written[0].upper())
    if len(word) == 1 and word.isalpha():
        return Sound(letter=written, disguised=False)
    said = numerals(word)
    if said:
        return Sound(numerals=said, disguised=not word.isdecimal())
    letter = word[0] if word in words("radio_alphabet") else _LETTER_NAMES.get(word)
    if letter:
        return Sound(letter=letter.upper())
    if _LOOK_ALIKE.fullmatch(written):
        return Sound(numerals=(Numeral(Kind.FIGURES, 0, written.translate(_FIGURES)),))
    return None


def _is_idle(word: str) -> bool:
    return word in words("idle_words") or word in words("then_words") or word in _SIGNS


def _sign(idle: Sequence[str]) -> str:
    """What the words between two sounds stand for: a dot, a slash, or that it goes on."""
    signs = [_SIGNS[word] for word in idle if word in _SIGNS]
    if signs:
        return signs[0]
    return "" if words("then_words").isdisjoint(idle) else THEN


def _goes_on(last: Sound, idle: Sequence[str], sound: Sound) -> bool:
    """Whether what is said between two sounds joins them: "then", or the "and" of a number."""
    if _sign(idle):
        return True
    if len(idle) > 1 or idle[0] not in {"and", "y", "en"} or not (last.numerals and sound.numerals):
        return False
    before, after = last.numerals[-1].kind, sound.numerals[0].kind
    if before is Kind.DIGIT:
        return idle[0] == "en" and after is Kind.TENS
    return before in {Kind.TENS, Kind.HUNDRED, Kind.HUNDREDS, Kind.THOUSAND}


def _in_context(run: list[Sound]) -> Iterator[Sound]:
    """The run, with a lone "o" beside figures read as the figure, and a lone "y" as "and"."""
    for before, sound, after in zip((None, *run), run, (*run[1:], None), strict=False):
        beside = [each for each in (before, after) if each]
        lone = beside and not any(each.letter for each in beside)
        if lone and sound.letter in {"o", "O"}:
            yield sound._replace(numerals=numerals("oh"), letter="", disguised=True)
        elif lone and len(beside) > 1 and sound.letter == "y":
            yield sound._replace(numerals=(AND,), letter="")
        else:
            yield sound


def _are_words(letters: list[Sound], *, alone: bool) -> bool:
    """Whether they are no part of anything: "I had two", but not "K - eight two"."""
    if len(letters) >= LEAST_LETTERS:
        return False
    return alone or not any(
        sound.disguised or sound.letter not in _WORDS_OF_ONE_LETTER for sound in letters
    )
