"""Redaction: cut spans out of a text and say what stood there. Never a rewording."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from .types import Finding, FindingType

_NAME = FindingType.PERSON_PRIVATE
_GENITIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Cut:
    """One span to take out, and what it was."""

    start: int
    end: int
    type: FindingType


class InvalidCut(ValueError):
    """A cut that is empty or reaches outside the text."""


class Mark(Protocol):
    """Says what stands in the place of a cut; ``person`` is 0 where persons are not told apart."""

    def __call__(self, kind: FindingType, person: int = 0, /) -> str: ...


def mark(kind: FindingType, person: int = 0) -> str:
    """In English: ``[phone number removed]``, or ``[name 2]`` where persons are told apart."""
    return f"[{kind.label} {person}]" if person else f"[{kind.label} removed]"


def redact(text: str, cuts: Iterable[Cut], *, mark: Mark = mark, kept: str = "") -> str:
    """Replace every cut by its mark: ``[phone number removed]``.

    Cuts that overlap, or touch and are of one type, become one place, labelled by the most severe
    of them (the longest among equals), so no character of any cut survives. Where the names of
    several people are cut, each gets a number, so that a reader can still tell who did what.
    Raises :class:`InvalidCut` for a cut that is empty or outside the text. Around the cuts stands
    ``kept``, the same text with other characters, where that is given.
    """
    kept = kept or text
    pieces: list[str] = []
    position = 0
    for start, end, marked in _marked(text, cuts, mark):
        pieces += [kept[position:start], marked]
        position = end
    pieces.append(kept[position:])
    return "".join(pieces)


def moved(
    findings: Iterable[Finding], text: str, cuts: Iterable[Cut], *, mark: Mark = mark
) -> list[Finding]:
    """The findings in ``text`` where they stand once it is redacted, without those cut away.

    A finding that reaches into a cut reaches around its mark.
    """
    places = _marked(text, cuts, mark)
    kept = [
        finding
        for finding in findings
        if finding.start == finding.end
        or not any(start <= finding.start and finding.end <= end for start, end, _mark in places)
    ]
    return [
        replace(
            finding,
            start=_moved(finding.start, places, is_end=False),
            end=_moved(finding.end, places, is_end=True),
        )
        for finding in kept
    ]


def _moved(offset: int, places: list[tuple[int, int, str]], *, is_end: bool) -> int:
    shift = 0
    for start, end, marked in places:
        if offset <= start:
            break
        if offset < end:
            return start + shift + (len(marked) if is_end else 0)
        shift += len(marked) - (end - start)
    return offset + shift


def _marked(text: str, cuts: Iterable[Cut], mark: Mark) -> list[tuple[int, int, str]]:
    """The places that are cut, in order, each with what stands there instead."""
    places = _places(text, cuts)
    people = _people([text[start:end] for start, end, kind in places if kind is _NAME])
    marked = []
    for start, end, kind in places:
        person = people.get(_folded(text[start:end]), 0) if kind is _NAME else 0
        marked.append((start, end, mark(kind, person)))
    return marked


def _people(names: Iterable[str]) -> dict[str, int]:
    """Each name's number in the order of the text; none where all of them are one person's.

    A shorter form counts as the same person where only one longer name has all its words.
    """
    distinct = list(dict.fromkeys(map(_folded, names)))
    words = {name: set(name.split()) for name in distinct}
    whole = {}
    for name in distinct:
        longer = [other for other in distinct if words[name] < words[other]]
        fullest = [other for other in longer if not any(words[other] < words[o] for o in longer)]
        whole[name] = fullest[0] if len(fullest) == 1 and words[name] else name
    numbers: dict[str, int] = {}
    for name in distinct:
        numbers.setdefault(whole[name], len(numbers) + 1)
    return {name: numbers[whole[name]] for name in distinct} if len(numbers) > 1 else {}


def _folded(name: str) -> str:
    """One name as it is compared: without case, blank space and the genitive's ending."""
    return " ".join(_GENITIVE.sub("", word) for word in name.casefold().split()).strip(".,;:!?")


def _places(text: str, cuts: Iterable[Cut]) -> list[tuple[int, int, FindingType]]:
    places: list[tuple[int, int, list[Cut]]] = []
    for cut in sorted(cuts, key=lambda cut: (cut.start, -cut.end)):
        if not 0 <= cut.start < cut.end <= len(text):
            raise InvalidCut(f"{cut.start}-{cut.end} is not a span of {len(text)} characters")
        if places and _goes_on(places[-1], cut):
            start, end, merged = places[-1]
            places[-1] = (start, max(end, cut.end), [*merged, cut])
        else:
            places.append((cut.start, cut.end, [cut]))
    return [
        (start, end, max(merged, key=lambda cut: (cut.type.severity, cut.end - cut.start)).type)
        for start, end, merged in places
    ]


def _goes_on(place: tuple[int, int, list[Cut]], cut: Cut) -> bool:
    _start, end, merged = place
    return cut.start < end or (cut.start == end and cut.type is merged[-1].type)
