"""What the parts of this detector share: the text they read and the clues they leave."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from ...types import FindingType


class Rank(IntEnum):
    """How a clue was reached; of two that overlap the higher one stands."""

    FALLBACK = 0
    LEARNED = 1
    SHAPE = 2
    LABELLED = 3
    VALIDATED = 4


class Clue(NamedTuple):
    """A span of the folded text that may be personal information."""

    type: FindingType
    start: int
    end: int
    rank: Rank
    score: float
    because: str


class Reading:
    """One comment, folded, with the views that several parts need."""

    __slots__ = ("figures", "lower", "public", "text")

    def __init__(self, text: str, public_names: Iterable[str] = ()) -> None:
        self.text = text
        self.lower = _lower(text)
        self.figures = _FIGURE_LETTER.sub(_figure, text)
        self.public = frozenset(name.lower() for name in public_names)

    def before(self, position: int, width: int) -> str:
        """Up to ``width`` lower-case characters before, of the same sentence."""
        piece = self.lower[max(0, position - width) : position]
        return _SENTENCE_END.split(piece)[-1]

    def after(self, position: int, width: int) -> str:
        """Up to ``width`` lower-case characters after, of the same sentence."""
        return _SENTENCE_END.split(self.lower[position : position + width])[0]


class Unbroken(NamedTuple):
    """A text on one line, and where each of its characters stood before."""

    text: str
    places: list[int]

    def back(self, clue: Clue) -> Clue:
        """The clue with its span in the text as it was."""
        return clue._replace(start=self.places[clue.start], end=self.places[clue.end - 1] + 1)


def unbroken(text: str) -> Unbroken | None:
    """Each run of spaces, or a single line end with spaces around it, as one space.

    An empty line still parts what stands before and after it. ``None`` when nothing changes.
    """
    pieces: list[str] = []
    places: list[int] = []
    position = 0
    for gap in _GAP.finditer(text):
        if gap.group().count("\n") > 1:
            continue
        pieces += (text[position : gap.start()], " ")
        places += range(position, gap.start() + 1)
        position = gap.end()
    if not pieces:
        return None
    places += range(position, len(text))
    return Unbroken("".join((*pieces, text[position:])), places)


_GAP = re.compile(r"[\t\r\n][ \t\r\n]*| [ \t\r\n]+")

_SENTENCE_END = re.compile(r"[!?]\s|(?<![^\W\d_].)(?<!no)(?<!nr)\.\s|\n\s*\n")

_FIGURE_LETTER = re.compile(
    r"(?<=\d)[OolI](?=[\d .\-)]|$)|(?<=[\d.\-(OolI])[OolI](?=[\dOolI])|(?<= )[Oo](?=[\dOolI]\d)"
    r"|(?<![^\W_])[Oo](?=\d[ /.-])|(?<=\d)[SsBZ](?=\d)|(?<=\d\d)[SB](?=[ .-]\d)"
)


_FIGURES = dict(zip("OolISsZB", "00115528", strict=True))


def _figure(letter: re.Match[str]) -> str:
    return _FIGURES[letter.group()]


def _lower(text: str) -> str:
    """Lower case of the same length: a few letters become two, and those stay as they are."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
