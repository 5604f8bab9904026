"""One clue for each place: the better founded one, and among equals the longest."""

from __future__ import annotations

from collections.abc import Iterable

from .reading import Clue


def resolve(clues: Iterable[Clue], length: int) -> list[Clue]:
    """Drop what overlaps something better; clues of one type that overlap become one."""
    best_first = sorted(
        _joined(clues), key=lambda clue: (-clue.rank, clue.start - clue.end, -clue.score)
    )
    taken = bytearray(length)
    kept = []
    for clue in best_first:
        if not any(taken[clue.start : clue.end]):
            taken[clue.start : clue.end] = b"\x01" * (clue.end - clue.start)
            kept.append(clue)
    return sorted(kept, key=lambda clue: clue.start)


def _joined(clues: Iterable[Clue]) -> list[Clue]:
    """Clues of one type that overlap cover one thing: its whole length must be hidden."""
    joined: list[Clue] = []
    for clue in sorted(clues, key=lambda clue: (clue.type, clue.start, -clue.end)):
        last = joined[-1] if joined else None
        if last and last.type is clue.type and clue.start < last.end:
            better = max(last, clue, key=lambda each: (each.rank, each.score))
            joined[-1] = better._replace(start=last.start, end=max(last.end, clue.end))
        else:
            joined.append(clue)
    return joined
