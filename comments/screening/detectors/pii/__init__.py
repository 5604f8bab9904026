"""Personal information: things in a comment that identify or reach a private person.

Parts look for one kind of thing each, in the folded text; a small network names what no rule
foresaw. Where their clues overlap, the better founded one stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...text import fold
from ...types import Finding, Submission
from . import tagger
from .addresses import addresses
from .births import birth_dates
from .disguises import undisguised
from .fallback import unexplained_figures
from .harmless import Explained
from .hidden import hidden
from .hidden_emails import hidden_emails
from .labelled import identifiers
from .names import private_names
from .overlaps import resolve
from .patterns import emails, numbers_with_a_check
from .phones import phones
from .profiles import profiles
from .reading import Clue, Reading
from .shapes import shapes
from .unforeseen import unforeseen


def personal_information(submission: Submission) -> Iterator[Finding]:
    """Every place in the text that holds personal information, with its whole span."""
    folded = fold(submission.text)
    for clue in resolve(_clues(folded.text, submission.public_names), len(folded.text)):
        start, end = folded.span(clue.start, clue.end)
        yield Finding(clue.type, start, end, clue.score, clue.because)


def _clues(text: str, public_names: frozenset[str]) -> Iterator[Clue]:
    """What is seen in the text as it stands, and once it is on one line and undisguised."""
    reading = Reading(text, public_names)
    names = list(private_names(reading))
    yield from names
    yield from _figures_and_places(reading, Explained(reading))
    yield from unforeseen(reading)
    plain = undisguised(text)
    if not plain.is_changed:
        return
    reading = Reading(plain.text, public_names)
    explained = Explained(reading)
    for clue in filter(plain.touches, _figures_and_places(reading, explained)):
        yield plain.back(clue)
    yield from map(plain.back, hidden(plain, reading, explained))
    for clue in map(plain.back, filter(plain.touches, private_names(reading))):
        # a line often ends with one name, and the next begins with another
        if all(clue.end <= name.start or name.end <= clue.start for name in names):
            yield clue


def _figures_and_places(reading: Reading, explained: Explained) -> Iterator[Clue]:
    yield from emails(reading)
    yield from hidden_emails(reading)
    yield from numbers_with_a_check(reading)
    yield from phones(reading, explained)
    yield from profiles(reading)
    yield from identifiers(reading, explained)
    yield from birth_dates(reading)
    yield from shapes(reading, explained)
    yield from addresses(reading, explained)
    yield from unexplained_figures(reading, explained)


__all__ = ["personal_information", "tagger"]
