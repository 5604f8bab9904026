"""Another reading of a text, with the way back to where each of its characters stood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .reading import Clue

_CHANGED, _HIDES = 1, 2


class Edit(NamedTuple):
    """Characters of a text that read as others; ``hides`` when they were meant to be missed."""

    start: int
    end: int
    text: str
    hides: bool = False


class Rewritten(NamedTuple):
    """A text after edits. Each character knows its span in the first text, and how it came to be.

    What an edit put there counts as changed, also when it put the same letter.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    changes: bytes

    @classmethod
    def of(cls, text: str) -> Rewritten:
        return cls(text, range(len(text)), range(1, len(text) + 1), bytes(len(text)))

    def then(self, edits: Sequence[Edit]) -> Rewritten:
        """The text after these edits too. They stand in order and do not overlap."""
        if not edits:
            return self
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        changes = bytearray()
        at = 0
        for edit in (*edits, Edit(len(self.text), len(self.text), "")):
            pieces += (self.text[at : edit.start], edit.text)
            starts += self.starts[at : edit.start]
            ends += self.ends[at : edit.start]
            changes += self.changes[at : edit.start]
            if edit.text:
                first, last = self.starts[edit.start], self.ends[edit.end - 1]
                before = max(self.changes[edit.start : edit.end])
                starts += [first] * len(edit.text)
                ends += [last] * len(edit.text)
                changes += bytes([max(before, _HIDES if edit.hides else _CHANGED)]) * len(edit.text)
            at = edit.end
        return Rewritten("".join(pieces), starts, ends, bytes(changes))

    @property
    def is_changed(self) -> bool:
        return any(self.changes)

    def touches(self, clue: Clue) -> bool:
        """Whether the clue owes something to an edit."""
        return any(self.changes[clue.start : clue.end])

    def hides(self, start: int, end: int) -> bool:
        """Whether something in the span was meant to be missed."""
        return _HIDES in self.changes[start:end]

    def hides_words(self, start: int, end: int) -> bool:
        """Whether every word of the span was meant to be missed."""
        pairs = zip(self.text[start:end], self.changes[start:end], strict=True)
        return all(change == _HIDES for character, change in pairs if character.isalpha())

    def back(self, clue: Clue) -> Clue:
        """The clue with its span in the first text."""
        return clue._replace(start=self.starts[clue.start], end=self.ends[clue.end - 1])


def unbroken(text: str) -> Iterator[Edit]:
    """Each run of spaces, or a single line end with spaces around it, becomes one space.

    An empty line still parts what stands before and after it.
    """
    for gap in _GAP.finditer(text):
        if gap.group().count("\n") < 2:
            yield Edit(*gap.span(), " ")


_GAP = re.compile(r"[\t\r\n][ \t\r\n]*| [ \t\r\n]+")
