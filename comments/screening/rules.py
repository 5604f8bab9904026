"""The site's own rules: words, or the host of a link, for which staff want a comment read first.

Plain data in, findings out. A rule can hold a comment; nothing here can do more. The time it takes
grows with the length of the text and not with what stands in it: words are looked up, and nobody
types a pattern.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache

from . import policy
from .text import fold
from .types import (
    Field,
    Finding,
    FindingType,
    Screening,
    Submission,
    gettext_noop,
)

_BECAUSE = gettext_noop("Rule no. {} of this site asks for it, in its version {}.")

Span = tuple[int, int]
Key = tuple[str, ...]


class RuleKind(StrEnum):
    """What the lines of a rule are."""

    WORDS = "words"
    HOST = "host"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as screening sees it; ``lines`` are words, or hosts, of which one is enough."""

    number: int
    version: int
    kind: RuleKind
    lines: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A text cut into what rules are compared with, each piece with its place in the original."""

    words: Sequence[tuple[str, Span]]
    hosts: Sequence[tuple[Key, Span]]


class Wanted:
    """What a rule looks for, made ready once."""

    def __init__(self, kind: RuleKind, lines: str) -> None:
        self.kind = kind
        self.keys = {key for line in lines.splitlines() if (key := _key(kind, line))}
        self.lengths: dict[str, set[int]] = {}
        for key in self.keys:
            self.lengths.setdefault(key[0], set()).add(len(key))

    def first_in(self, reading: Reading) -> Span | None:
        """Where the first of it stands."""
        return self._host(reading.hosts) if self.kind is RuleKind.HOST else self._words(reading)

    def _words(self, reading: Reading) -> Span | None:
        words = [word for word, _span in reading.words]
        for at in range(len(words)):
            if length := self._begins(words, at):
                return reading.words[at][1][0], reading.words[at + length - 1][1][1]
        return None

    def _host(self, hosts: Sequence[tuple[Key, Span]]) -> Span | None:
        # A host counts with all that lies below it: ours.example also as www.ours.example.
        return next((span for labels, span in hosts if self._begins(labels, 0)), None)

    def _begins(self, pieces: Sequence[str], at: int) -> int:
        """How many pieces from there on are one of the keys; none of them, 0."""
        for length in self.lengths.get(pieces[at], ()):
            if tuple(pieces[at : at + length]) in self.keys:
                return length
        return 0


def read(text: str) -> Reading:
    """Words and hosts of a text: case, look-alikes and what nobody sees make no difference."""
    folded = fold(text)
    return Reading(
        [
            (match.group().casefold(), folded.span(*match.span()))
            for match in _word().finditer(folded.text)
        ],
        [
            (_labels(match.group()), folded.span(*match.span()))
            for match in _HOST.finditer(folded.text)
        ],
    )


@lru_cache(maxsize=256)
def wanted(kind: RuleKind, lines: str) -> Wanted:
    """The same for the same words: rules change seldom, and every comment is read."""
    return Wanted(kind, lines)


def is_of_use(kind: RuleKind, line: str) -> bool:
    """Whether something can be found by this line of a rule."""
    key = _key(kind, line)
    return len(key) > 1 if kind is RuleKind.HOST else bool(key)


def apply(rules: Iterable[Rule], submission: Submission, seen: Screening) -> Screening:
    """What was seen already, and where the rules apply: what they find is judged as the rest is,
    but for a comment that something else holds already.
    """
    rules = list(rules)
    fields = [(Field.BODY, submission.text), (Field.NAME, submission.author_name)]
    found = [
        Finding(FindingType.SITE_RULE, *span, 1.0, _BECAUSE.format(rule.number, rule.version), name)
        for name, text in fields
        for reading in [read(text)]
        for rule in rules
        if (span := wanted(rule.kind, rule.lines).first_in(reading))
    ]
    verdict = seen.verdict
    if found and not verdict.holds:
        verdict = replace(
            policy.judge(found, submission.signals), urgent=verdict.urgent, serious=verdict.serious
        )
    return Screening((*seen.findings, *found), verdict)


_HOST = re.compile(r"(?<![\w-])[\w-]+(?:\.[\w-]+)+")
_LAST_MARK = 0x1F000


@cache
def _word() -> re.Pattern[str]:
    """Letters and digits with their marks: a vowel sign belongs to its word."""
    marks = [at for at in range(_LAST_MARK) if unicodedata.category(chr(at))[0] == "M"]
    return re.compile(rf"[\w{''.join(map(chr, marks))}]+")


def _key(kind: RuleKind, line: str) -> Key:
    text = fold(line).text
    if kind is RuleKind.HOST:
        match = _HOST.search(text)
        return _labels(match.group()) if match else ()
    return tuple(match.casefold() for match in _word().findall(text))


def _labels(host: str) -> Key:
    """From its end: what lies below a host begins with the same labels."""
    return tuple(_label(label.strip("_-")) for label in reversed(host.casefold().split(".")))


def _label(label: str) -> str:
    """A label as people read it: ``xn--bcher-kva`` is ``bücher``."""
    if not label.startswith("xn--"):
        return label
    try:
        return label.encode("ascii").decode("idna")
    except UnicodeError:
        return label
