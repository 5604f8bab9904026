"""What the parts of this detector share: the text they read and the clues they leave."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum
from functools import cached_property
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

    def __init__(self, text: str, public_names: Iterable[str] = ()) -> None:
        self.text = text
        self.lower = _lower(text)
        self.public = frozenset(name.lower() for name in public_names)
        self._said: dict[re.Pattern[str], bool] = {}

    @cached_property
    def has_figures(self) -> bool:
        """Most of what is looked for has figures; where there are none, that need not be done."""
        return _FIGURE.search(self.text) is not None

    @cached_property
    def figures(self) -> str:
        """The text with letters that look like figures, beside figures, as figures."""
        return _FIGURE_LETTER.sub(_figure, self.text)

    def says(self, words: re.Pattern[str]) -> bool:
        """Whether the pattern is anywhere in the text, in small letters; looked for once."""
        if words not in self._said:
            self._said[words] = words.search(self.lower) is not None
        return self._said[words]

    def before(self, position: int, width: int) -> str:
        """Up to ``width`` lower-case characters before, of the same sentence."""
        piece = self.lower[max(0, position - width) : position]
        return _SENTENCE_END.split(piece)[-1]

    def after(self, position: int, width: int) -> str:
        """Up to ``width`` lower-case characters after, of the same sentence."""
        return _SENTENCE_END.split(self.lower[position : position + width])[0]


_SENTENCE_END = re.compile(r"[!?]\s|(?<![^\W\d_].)(?<!no)(?<!nr)\.\s|\n\s*\n")

_FIGURE = re.compile(r"\d")
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
