"""Redaction: cut spans out of a text and say what stood there. Never a rewording."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .types import FindingType


@dataclass(frozen=True, slots=True)
class Cut:
    """One span to take out, and what it was."""

    start: int
    end: int
    type: FindingType


class InvalidCut(ValueError):
    """A cut that is empty or reaches outside the text."""


def mark(kind: FindingType) -> str:
    """What stands in the place of a cut, in English: ``[phone number removed]``."""
    return f"[{kind.label} removed]"


def redact(text: str, cuts: Iterable[Cut], *, mark: Callable[[FindingType], str] = mark) -> str:
    """Replace every cut by its mark: ``[phone number removed]``.

    Cuts that overlap or touch become one place, labelled by the most severe of them
    (the longest among equals), so no character of any cut survives. Raises
    :class:`InvalidCut` for a cut that is empty or outside the text.
    """
    pieces: list[str] = []
    position = 0
    for start, end, kind in _places(text, cuts):
        pieces += [text[position:start], mark(kind)]
        position = end
    pieces.append(text[position:])
    return "".join(pieces)


def _places(text: str, cuts: Iterable[Cut]) -> list[tuple[int, int, FindingType]]:
    places: list[tuple[int, int, list[Cut]]] = []
    for cut in sorted(cuts, key=lambda cut: (cut.start, -cut.end)):
        if not 0 <= cut.start < cut.end <= len(text):
            raise InvalidCut(f"{cut.start}-{cut.end} is not a span of {len(text)} characters")
        if places and cut.start <= places[-1][1]:
            start, end, merged = places[-1]
            places[-1] = (start, max(end, cut.end), [*merged, cut])
        else:
            places.append((cut.start, cut.end, [cut]))
    return [
        (start, end, max(merged, key=lambda cut: (cut.type.severity, cut.end - cut.start)).type)
        for start, end, merged in places
    ]
