"""Figures and letters that are said one by one, so that machines should not see what they make.

"Four two one, dash fifty-eight", "8 1 2 / 4 7 3", "p.h.u.o.n.g  l.e", "Papa Bravo Kilo two": the
sounds of a run become figures and letters, and what stands between them a pause, or nothing.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from .lists import words
from .name_words import is_ordinary
from .numerals import AND, numbers
from .reading import Reading
from .rewriting import Edit
from .sounds import LEAST_LETTERS, THEN, Sound, runs

_LEAST_WORD, _LONGEST_NAME, _LONGEST_CODE = 4, 30, 4
_SPELLED_LABELS = frozenset({"dob", "ssn", "soc", "tel", "doc", "din", "tdcj", "cdcr", "iban"})
_WITHIN_NUMBER = frozenset({"", " ", "-"})
_ODD = re.compile(r"\d[ .-]?(?:[\[\]{}*_|~;]|[^\w\s\x00-\x7f])")
_EVERYDAY = re.compile(r"(?:1[0-2]|[1-9])[0-5]\d|(?:1[89]|20)\d\d")
"""A time of the day, or a year."""
_NUMBERED = re.compile(
    r"\b(?:number|no|nr|apt|apartment|unit|lot|trailer|box|bus|apto|piso|n[úu]mero|nummer)\W{1,2}$"
)
_TELLING = re.compile(
    r"\b(?:under ?score|bajo|streepje|dot|punto|punt|insta\w*|ig|snap\w*|tik ?tok|e?-?mail|box"
    r"|postbus|street|st|road|rd|avenue|ave|drive|lane|boulevard|blvd|court|circle|place|terrace|way"
    r"|highway|route|calle|avenida|carrera|camino|plaza|\w{2,20}(?:straat|laan|weg|plein)|apartment"
    r"|apt|apto|unit)\b"
)


class Piece(NamedTuple):
    """Characters that one sound makes, or several together."""

    start: int
    end: int
    text: str
    sign: str
    disguised: bool

    @property
    def is_letter(self) -> bool:
        return self.text.isalpha()


def spelled(reading: Reading) -> list[Edit]:
    """What the runs of a text make, as edits; none where all are plain numbers, like "twenty"."""
    rows = [_pieces(reading.text, run) for run in runs(reading)]
    told = any(sum(len(piece.text) for piece in row) > LEAST_LETTERS for row in rows)
    if not told and not _TELLING.search(reading.lower):
        return []
    return [edit for row in rows for edit in _edits(reading, row)]


def _pieces(text: str, run: list[Sound]) -> list[Piece]:
    pieces: list[Piece] = []
    for stretch in _stretches(text, run):
        first = stretch[0]
        if first.letter:
            pieces.append(Piece(*first[:2], first.letter, first.sign, first.disguised))
            continue
        said = [(numeral, sound) for sound in stretch for numeral in sound.numerals]
        at, sign = 0, first.sign
        for figures, count in numbers([numeral for numeral, _ in said]):
            one, last = said[at][1], said[at + count - 1][1]
            at += count
            piece = Piece(one.start, last.end, figures, sign, one.disguised or last.disguised)
            if pieces and one.start < pieces[-1].end:  # several in one word
                before = pieces.pop()
                piece = before._replace(end=piece.end, text=before.text + figures)
            if piece.text:
                pieces.append(piece)
                sign = ""
    return pieces


def _stretches(text: str, run: list[Sound]) -> Iterator[list[Sound]]:
    """A letter alone; numerals as long as they may make one number."""
    stretch = run[:1]
    for one, other in pairwise(run):
        gap = text[one.end : other.start]
        within = gap in _WITHIN_NUMBER or (AND,) in (one.numerals, other.numerals)
        if one.letter or other.letter or other.sign or not within:
            yield stretch
            stretch = []
        stretch.append(other)
    yield stretch


class Row:
    """The pieces of a run in groups with no pause within, and what they may be."""

    def __init__(self, reading: Reading, pieces: list[Piece]) -> None:
        groups = list(_groups(reading.text, pieces))
        alone = len(groups) == 1
        self.groups = [part for group in groups for part in _as_names(group, alone=alone)]
        self._texts = ["".join(piece.text for piece in group) for group in self.groups]
        self._numbers = [piece.text for piece in pieces if not piece.is_letter]
        self._figures = sum(map(len, self._numbers))
        self._letters = len(pieces) - len(self._numbers)
        self._said = sum(piece.disguised for piece in pieces)
        self._in_parts = self._is_told_in_parts({piece.sign for piece in pieces})
        self._told = bool(self._said or self._in_parts or _ODD.search(reading.text, *_span(pieces)))
        single = len(pieces) == len(pieces[0].text) == 1
        self._is_count = single and not _NUMBERED.search(reading.before(pieces[0].start, 20))

    def _is_told_in_parts(self, signs: set[str]) -> bool:
        """Whether "dash" or "then" joins figures, and not the numbers of "10, then 20"."""
        lengths = [len(number) for number in self._numbers]
        then = THEN in signs and min(lengths, default=0) > 1 and max(lengths) > 2
        return then or not signs <= {"", THEN}

    @property
    def _singles(self) -> int:
        return sum(len(number) == 1 for number in self._numbers)

    @property
    def is_spelled(self) -> bool:
        """Whether it is more than ordinary figures, or a lone "two"."""
        spelled = max(self._singles, self._letters) >= LEAST_LETTERS
        return (self._told or spelled) and not self._is_count

    @property
    def _one_by_one(self) -> bool:
        long = self._figures > 8 or max(map(len, self._texts)) > 2  # no "seven six, six four"
        return self._singles >= LEAST_LETTERS and long

    @property
    def is_one_thing(self) -> bool:
        """Whether the groups belong together, like those of a phone number."""
        coded = any(text.isalpha() and len(text) < _LEAST_WORD for text in self._texts)
        parts = sum(map(len, self.groups))
        enough = (
            self._figures > 6
            or (self._figures > 5 and parts > 2)
            or (self._figures > (2 if coded else 4) and parts > 3)
        )
        return enough and (self._told or self._one_by_one)

    @property
    def hides(self) -> bool:
        """Whether somebody took pains that it is not seen."""
        if not self._numbers:
            return True
        if not self.is_one_thing or self._said == 1 or _is_counting(self._numbers):
            return False
        if all(map(_EVERYDAY.fullmatch, self._texts)):
            return False
        return self._figures > 8 or (self._one_by_one and self._figures > 4)


def _span(pieces: list[Piece]) -> tuple[int, int]:
    return pieces[0].start, pieces[-1].end


def _edits(reading: Reading, pieces: list[Piece]) -> Iterator[Edit]:
    """The pieces as the figures and letters that they are, joined where they make one thing."""
    letters = sum(piece.is_letter for piece in pieces)
    if LEAST_LETTERS < len(pieces) > letters and letters <= _LONGEST_CODE:
        pieces = [piece._replace(text=piece.text.upper()) for piece in pieces]
    row = Row(reading, pieces)
    if not row.is_spelled:
        return
    hides, joined = row.hides, row.is_one_thing
    before: list[Piece] = []
    for group in row.groups:
        if before:
            start, end = before[-1].end, group[0].start
            joint = _joint(reading.text[start:end], before, group, joined=joined)
            if joint is not None and end > start:
                yield Edit(start, end, joint, hides)
        for one, other in pairwise(group):
            yield Edit(one.start, one.end, one.text, hides)
            if other.start > one.end:
                yield Edit(one.end, other.start, "", hides)
        yield Edit(group[-1].start, group[-1].end, group[-1].text, hides)
        before = group


def _is_counting(numbers: Sequence[str]) -> bool:
    """Whether one number follows the other in even steps: "three, two, one", "one, one, one"."""
    steps = {int(other) - int(one) for one, other in pairwise(numbers)}
    return len(steps) == 1 and steps <= {-1, 0, 1}


def _groups(text: str, pieces: list[Piece]) -> Iterator[list[Piece]]:
    """Pieces with no pause between them."""
    gaps = [None, *(_gap(text, one, other) for one, other in pairwise(pieces)), None]
    group = pieces[:1]
    for place, (one, other) in enumerate(pairwise(pieces), start=1):
        within = text[one.end : other.start] in _WITHIN_NUMBER
        tight = (within and (one.disguised or other.disguised)) or _is_tight(*gaps[place - 1 :][:3])
        if other.sign or not tight:
            yield group
            group = []
        group.append(other)
    yield group


def _gap(text: str, one: Piece, other: Piece) -> str | None:
    """What stands between two single characters, to be compared with what does beside them."""
    single = len(one.text) == len(other.text) == 1
    return text[one.end : other.start] if single else None


def _is_tight(before: str | None, gap: str | None, after: str | None) -> bool:
    """Whether single characters stand as close as those beside them."""
    if gap is None:
        return False
    if gap in {before, after, *".-_*/|()[]"}:
        return True
    return gap == " " and all(other is None or len(other) > 1 for other in (before, after))


def _joint(gap: str, before: list[Piece], group: list[Piece], *, joined: bool) -> str | None:
    """What parts two groups in the new text; nothing where the pause stays as it was written."""
    spelled = [side for side in (before, group) if all(piece.is_letter for piece in side)]
    if len(spelled) > 1 or any(len(side) >= _LEAST_WORD for side in spelled):
        mark = gap.strip()
        return mark if mark and gap == f" {mark} " else ", " if "," in gap else " "
    if not joined:
        return None
    sign = group[0].sign or (gap.strip() if gap == gap[::-1] and not spelled else "")
    return sign if sign in {".", "/"} else "-"


def _as_names(group: list[Piece], *, alone: bool) -> Iterator[list[Piece]]:
    """Pieces without a pause, parted where a capital or the lists tell that a word begins."""
    text = "".join(piece.text for piece in group)
    cuts: list[int] = []
    if text.isalpha():
        cuts = [
            at
            for at, (one, other) in enumerate(pairwise(text), start=1)
            if one.islower() and other.isupper()
        ]
        if alone and not cuts:
            cuts = _name_borders(text.lower())
    else:
        cuts = _label_border(text.lower())
    for start, end in pairwise((0, *cuts, len(group))):
        yield group[start:end]


def _label_border(text: str) -> list[int]:
    """Where the figures begin behind a word: "march 9", "dob 03"."""
    letters = len(text) - len(text.lstrip(string.ascii_lowercase))
    label = text[:letters]
    is_label = label in _SPELLED_LABELS or (letters >= _LEAST_WORD and is_ordinary(label))
    return [letters] if is_label else []


def _name_borders(letters: str) -> list[int]:
    """Where a given name ends and a surname begins, behind an "a" or an "I" perhaps."""
    known = any(letters in words(kind) for kind in ("given_names", "surnames", "ordinary_words"))
    if known or not _LEAST_WORD < len(letters) <= _LONGEST_NAME:
        return []
    for first in (0, 1) if letters[0] in "aeiouy" else (0,):
        for at in range(len(letters) - 3, first + 2, -1):
            if letters[first:at] in words("given_names") and letters[at:] in words("surnames"):
                return [first, at] if first else [at]
    return []
