"""Redaction: cut spans out of a text and say what stood there. Never a rewording."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from .types import Finding, FindingType


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


def moved(
    findings: Iterable[Finding],
    text: str,
    cuts: Iterable[Cut],
    *,
    mark: Callable[[FindingType], str] = mark,
) -> list[Finding]:
    """The findings in ``text`` where they stand once it is redacted, without those cut away.

    A finding that reaches into a cut reaches around its mark.
    """
    places = _places(text, cuts)
    kept = [
        finding
        for finding in findings
        if finding.start == finding.end
        or not any(start <= finding.start and finding.end <= end for start, end, _kind in places)
    ]
    return [
        replace(
            finding,
            start=_moved(finding.start, places, mark, is_end=False),
            end=_moved(finding.end, places, mark, is_end=True),
        )
        for finding in kept
    ]


def _moved(
    offset: int,
    places: list[tuple[int, int, FindingType]],
    mark: Callable[[FindingType], str],
    *,
    is_end: bool,
) -> int:
    shift = 0
    for start, end, kind in places:
        if offset <= start:
            break
        length = len(mark(kind))
        if offset < end:
            return start + shift + (length if is_end else 0)
        shift += length - (end - start)
    return offset + shift


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
