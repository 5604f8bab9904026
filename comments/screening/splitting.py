"""Where the sentences of a text begin and end, so that one of them can carry a finding."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 400
"""Characters after which a text without full stops is cut at a space."""

_SENTENCE = re.compile(r"[^\n.!?;]+(?:[.!?;]+[\"')\]]*|\n+|$)|[.!?;]+", re.MULTILINE)
_FEWEST_LETTERS = 12
_BLANK = " \t\n\r\f\v\xa0\xad\u200b\u200c\u200d\u2060\ufeff"
"""Spaces, and what shows as nothing at all."""


def sentences(text: str) -> list[tuple[int, int]]:
    """The spans of the sentences, without the space around them; fragments join a neighbour."""
    spans: list[tuple[int, int]] = []
    for start, end in _raw(text):
        if spans and _is_short(spans[-1]):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _is_short(span: tuple[int, int]) -> bool:
    return span[1] - span[0] < _FEWEST_LETTERS


def _raw(text: str) -> Iterator[tuple[int, int]]:
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        while end - start > LONGEST:
            cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
            cut = cut if cut > start else start + LONGEST
            yield from _trimmed(text, start, cut)
            start = cut
        yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(_BLANK))
    end -= len(piece) - len(piece.rstrip(_BLANK))
    if start < end:
        yield start, end


def packed(spans: list[tuple[int, int]], most: int) -> list[tuple[int, int]]:
    """Neighbouring spans joined as long as no more than ``most`` characters come together."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and end - joined[-1][0] <= most:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
