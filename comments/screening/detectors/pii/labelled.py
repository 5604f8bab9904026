"""Identifiers that a word before or after them announces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ...types import FindingType, gettext_noop
from .harmless import DATE, Explained
from .lists import entries
from .publicity import is_cited
from .reading import Clue, Rank, Reading
from .shapes import PRISON, VEHICLE


class Label(NamedTuple):
    """What a list of words announces, and how few figures it may have."""

    type: FindingType
    list: str
    digits: int
    reach: int
    """How many characters of other words may stand between the label and the identifier."""
    because: str


_INMATE, _CASE, _OTHER = FindingType.INMATE_ID, FindingType.CASE_NUMBER, FindingType.OTHER_ID

LABELS = (
    Label(
        FindingType.SSN,
        "social_security",
        4,
        12,
        gettext_noop("Follows words that announce a social security number."),
    ),
    Label(
        FindingType.IBAN,
        "bank_account",
        12,
        0,
        gettext_noop("Follows words that announce a bank account."),
    ),
    Label(
        FindingType.CREDIT_CARD,
        "bank_card",
        12,
        0,
        gettext_noop("Follows words that announce a bank card."),
    ),
    Label(
        _INMATE,
        "inmate_number",
        4,
        24,
        gettext_noop("Follows words that announce an inmate number."),
    ),
    Label(_CASE, "case_number", 4, 12, gettext_noop("Follows words that announce a case number.")),
    Label(
        _OTHER,
        "badge_number",
        3,
        16,
        gettext_noop("Follows words that announce a badge number."),
    ),
    Label(
        FindingType.LICENSE_PLATE,
        "license_plate",
        2,
        30,
        gettext_noop("Follows words that announce a license plate."),
    ),
    Label(
        _OTHER,
        "identity_number",
        5,
        24,
        gettext_noop("Follows words that announce an identity number."),
    ),
)


@cache
def _labels() -> re.Pattern[str]:
    """All labels at once, each kind in a group of its own: ``l0``, ``l1`` ..."""
    kinds = (
        rf"(?P<l{place}>(?<![a-z0-9])(?:{'|'.join(entries(f'label_{label.list}'))})(?![a-z]))"
        for place, label in enumerate(LABELS)
    )
    return re.compile("|".join(kinds), re.IGNORECASE)


_LINK = re.compile(
    r"(?:[ \t\r\n:=#.,()\"'>*_–/-]|\b(?:numbers?|num|no|nos|nr|nbr|n[ºo°]|núm|número|numero"
    r"|nummer|id|i\.d\.|is|are|was|were|of|on|ending|in|the|his|her|my"
    r"|their|our|its|and|card|code|it's|its|that's|es|de|del|el|la|las|los|con|su|mi|van|het"
    r"|mijn|zijn|haar|state|last|four|4(?= (?:of|digits|is|are|was)\b)|ends?"
    r"|digits|under|has|with|still|now|number's|certificate|passport|read|reads|say|says|at|as"
    r"|by|nickname)\b){0,10}",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"(?:[A-Z]{1,4}(?: ?[-/] ?| {1,2}))?[A-Za-z0-9]{0,8}\d[A-Za-z0-9]{0,14}(?:(?:[-/.:*_~]"
    r"| [-/] )[A-Za-z0-9]{1,14}){0,8}"
    r"(?: ?/ ?[A-Z]{2} [A-Z]{2} \d\d[-/]\d{1,6})?"
    r"(?: ?\([A-Z]\))?(?:[ -](?=[A-Z]{0,4}\d)[A-Z0-9]{1,9}\b){0,11}"
    r"(?: [A-Z]{1,2}(?=[ .,;:!?)]|$)(?! [a-z]))?"
)
_BACKWARD = re.compile(
    r"(?<![\w-])(?P<token>#?[A-Za-z]{0,3}-?\d[A-Za-z0-9]{0,14}(?:[-/.][A-Za-z0-9]{1,10}){0,4})"
    r"(?:,| -)? (?:is|was|are|=|es|era|that's|thats) (?:(?:his|her|my|their|the|our|an?|su|mi|el|la"
    r"|zijn|haar|mijn|het|old|current|federal|state|new|texas|prison|court) ){0,3}$",
    re.IGNORECASE,
)
_BARE_ID = re.compile(r"(?:id|i\.d\.|identification|account|acct\.?|state id)$", re.IGNORECASE)
_LISTED = re.compile(r" ?(?:,|and|&|y|en|/|or) ?", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[89]|20)\d\d(?:s|[-/](?:1[89]|20)?\d\d)?$")
_PLAIN_PLURAL = re.compile(
    r"(?:cases|inmates|prisoners?|plates|files?|reports?|claims|tags?"
    r"|appeals?|petitions?|service|licen[sc]e|prison|jail|state)$",
    re.IGNORECASE,
)


_NUMBER_WORD = re.compile(r"[#:=]|\b(?:n[ou]m?b?e?r?|no|nr|nº|núm\w*|número|id|is|es)\b")
_FIGURE = re.compile(r"\b[A-Z]{0,4}[- ]?\w{0,4}\d")


class Candidate(NamedTuple):
    """A token that may be what a label announces."""

    label: Label
    word: str
    text: str
    start: int
    direct: bool
    """A word for "number" or a colon stands between the label and the token."""
    loose: bool
    """Other words stand between them."""

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def digits(self) -> int:
        return sum(character.isdigit() for character in self.text)

    @property
    def is_shaped(self) -> bool:
        """Letters with figures, or groups of figures: a plain number may be anything."""
        if re.search(r"\d ?[-/] ?\d", self.text):
            return True
        return self.digits >= 3 and bool(re.search(r"[A-Za-z]", self.text))


def identifiers(reading: Reading, explained: Explained) -> Iterator[Clue]:
    """The token after a label, when it has the form such identifiers have."""
    labels = list(_labels().finditer(reading.text)) if reading.has_figures else []
    claimed: set[int] = set()
    ends = [label.start() for label in labels[1:]] + [len(reading.text)]
    for found, end in zip(labels, ends, strict=False):
        for candidate in _candidates(reading, found, end):
            if candidate.start in claimed:
                break
            if not _fits(candidate) or _is_explained(candidate, explained):
                break
            is_case = candidate.label.type is _CASE
            if is_case and is_cited(reading, candidate.start, candidate.end):
                break
            claimed.add(candidate.start)
            score = 0.85 if candidate.loose else 0.93
            yield Clue(
                _kind(reading, candidate),
                candidate.start,
                candidate.end,
                Rank.LABELLED,
                score,
                candidate.label.because,
            )


def _kind(reading: Reading, candidate: Candidate) -> FindingType:
    """What the label announces; a bare "ID" beside words about prison is an inmate's."""
    label = candidate.label
    if label.type is _OTHER and _BARE_ID.match(candidate.word):
        near = PRISON.search(reading.lower, max(0, candidate.start - 60), candidate.end + 50)
        return _INMATE if near else _OTHER
    if label.type is _INMATE and candidate.word.lower().startswith("reg"):
        near = VEHICLE.search(reading.lower, max(0, candidate.start - 40), candidate.end + 30)
        return FindingType.LICENSE_PLATE if near else _INMATE
    return label.type


def _candidates(reading: Reading, found: re.Match[str], next_label: int) -> Iterator[Candidate]:
    """The token after the label, and those that a comma or an "and" adds to it."""
    label = LABELS[int((found.lastgroup or "l0")[1:])]
    backward = _BACKWARD.search(reading.text[max(0, found.start() - 60) : found.start()])
    if backward:
        start = max(0, found.start() - 60) + backward.start("token")
        yield Candidate(label, found.group(), backward["token"], start, direct=True, loose=False)
    link = _LINK.match(reading.text, found.end())
    position = link.end() if link else found.end()
    direct = bool(_NUMBER_WORD.search(reading.lower, found.end(), position))
    token = _TOKEN.match(reading.text, position)
    loose = token is None
    if loose and label.reach:
        token = _token_within(reading, found.end(), min(label.reach, next_label - found.end()))
    while token:
        text = token.group().rstrip("-/.:")
        yield Candidate(label, found.group(), text, token.start(), direct, loose)
        comma = _LISTED.match(reading.text, token.end())
        token = _TOKEN.match(reading.text, comma.end()) if comma else None


def _token_within(reading: Reading, start: int, reach: int) -> re.Match[str] | None:
    """The first token with figures a few words on, in the same sentence."""
    end = start + len(reading.after(start, reach)) + 1
    figure = _FIGURE.search(reading.text, start, end)
    return _TOKEN.match(reading.text, figure.start()) if figure else None


def _fits(candidate: Candidate) -> bool:
    """Whether the token has as many figures, and the form, that its label asks for."""
    label, shaped = candidate.label, candidate.is_shaped
    if label.type is FindingType.LICENSE_PLATE:
        return _is_plate(candidate.text, direct=candidate.direct)
    if label.type is FindingType.SSN:
        unissued = candidate.text.startswith(("000", "666"))
        return candidate.digits in {4, 9} and not unissued
    everyday = label.type is _CASE or _PLAIN_PLURAL.match(candidate.word)
    if everyday and not (candidate.direct or shaped):
        return False
    if label.type is _OTHER and candidate.direct and not candidate.loose:
        return candidate.digits >= min(4, label.digits)
    needed = label.digits + (2 if candidate.loose and not shaped else 0)
    return candidate.digits >= needed or (shaped and candidate.digits >= 3 and candidate.direct)


_ORDINAL = re.compile(r"\d(?:st|nd|rd|th|am|pm|s|k|yrs?)$")


def _is_explained(candidate: Candidate, explained: Explained) -> bool:
    text, start, end = candidate.text, candidate.start, candidate.end
    if _YEAR.match(text) or re.fullmatch(DATE, text, re.IGNORECASE) or _ORDINAL.search(text):
        return True
    if explained.is_count(end) and not candidate.direct:
        return True
    return explained.covers(start, end) and (candidate.loose or not candidate.is_shaped)


_PLATE_TOKEN = re.compile(
    r"(?=[A-Z\d -]{4,9}$)(?=[^\d]{0,6}\d)"
    r"(?=[^A-Z]{0,6}[A-Z])[A-Z\d]{1,4}(?:[ -]?[A-Z\d]{1,4}){0,2}$"
)


def _is_plate(text: str, *, direct: bool) -> bool:
    return bool(_PLATE_TOKEN.match(text.upper() if direct or "-" in text else text))
