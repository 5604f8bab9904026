"""The last resort: figures that nothing explains, as a hint for the moderator."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...types import FindingType, gettext_noop
from .harmless import Explained
from .publicity import is_cited
from .reading import Clue, Rank, Reading

_TOKEN = re.compile(
    r"(?<![\w$€£@])[A-Za-z]{0,4}[-#]?\d[A-Za-z0-9]{0,20}"
    r"(?:[-/.:_ ]\d[A-Za-z0-9]{0,14}){0,5}(?![\w%])"
)
_NUMBERED = re.compile(
    r"(?<!order )(?<!tracking )"
    r"(?<!ticket )(?<!model )(?<!invoice )(?<!serial )(?<!phone )\b(?:numbers?|num|no\.|nr|id"
    r"|número|nummer|#)\W{0,4}"
    r"(?:(?:is|was|are|es|for (?:him|her|me)|of) ?)?\W{0,3}$"
)
_ROUND = re.compile(r"[1-9]\d{0,2}0{4,}$|\d{1,3}(?:\.\d{3})+$")


def unexplained_figures(reading: Reading, explained: Explained) -> Iterator[Clue]:
    """A token of five or more figures that is no amount, date, law, verse or count."""
    for token in _TOKEN.finditer(reading.figures):
        raw = token.group()
        digits = sum(character.isdigit() for character in raw)
        if digits < 5 or explained.covers(*token.span()) or explained.is_count(token.end()):
            continue
        if _ROUND.match(raw) or (" " in raw and max(map(len, re.split(r"\D+", raw))) < 4):
            continue
        kind = _likely(raw, digits)
        numbered = _NUMBERED.search(reading.before(token.start(), 30))
        if numbered and not is_cited(reading, *token.span()):
            why = gettext_noop("{} figures after a word for a number.").format(digits)
            yield Clue(kind, *token.span(), Rank.SHAPE, 0.6, why)
        else:
            why = gettext_noop("{} figures that nothing around them explains.").format(digits)
            yield Clue(kind, *token.span(), Rank.FALLBACK, 0.4, why)


def _likely(raw: str, digits: int) -> FindingType:
    if re.search(r"[A-Za-z]", raw) and re.search(r"[-/:]", raw):
        return FindingType.CASE_NUMBER
    return FindingType.PHONE if digits in {9, 10, 11} else FindingType.INMATE_ID
