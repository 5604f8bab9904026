"""The words screening speaks: what goes in, what a detector saw, what is to be done.

Everything here is plain data. Offsets are Python ``str`` indices into the text as
the visitor typed it (after :mod:`comments.plaintext`), end exclusive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

HELD_FROM = 0.5
"""The score from which a finding counts. Below it a finding is a hint for whoever looks."""
SURE_FROM = 0.85
"""Hate speech of this score or more is most surely that; few harmless comments have it."""


def gettext_noop(words: str) -> str:
    """The words themselves. Translators' tools find by this name what the desk shows translated."""
    return words


class Category(StrEnum):
    """The question a finding answers; the policy table is written in these."""

    FAULT = "fault"
    HATE = "hate"
    DISTRESS = "distress"
    CASE_ENQUIRY = "case_enquiry"
    PERSONAL_INFORMATION = "personal_information"
    SPAM = "spam"
    SITE_RULE = "site_rule"


class Severity(IntEnum):
    """How much harm a piece of personal information does in public."""

    NOTE = 0
    MEDIUM = 1
    HIGH = 2
    CRITICAL = 3


class FindingType(StrEnum):
    """What a detector may say it saw. The values are public: ``manage.py screen`` prints them."""

    EMAIL = "EMAIL"
    PHONE = "PHONE"
    ADDRESS = "ADDRESS"
    SSN = "SSN"
    DOB = "DOB"
    INMATE_ID = "INMATE_ID"
    CASE_NUMBER = "CASE_NUMBER"
    URL_HANDLE = "URL_HANDLE"
    CREDIT_CARD = "CREDIT_CARD"
    IBAN = "IBAN"
    LICENSE_PLATE = "LICENSE_PLATE"
    IP = "IP"
    PERSON_PRIVATE = "PERSON_PRIVATE"
    OTHER_ID = "OTHER_ID"
    HATE = "HATE"
    THREAT = "THREAT"
    CASE_ENQUIRY = "CASE_ENQUIRY"
    DISTRESS = "DISTRESS"
    SPAM = "SPAM"
    SITE_RULE = "SITE_RULE"
    FAULT = "FAULT"

    @property
    def category(self) -> Category:
        return _CATEGORIES.get(self, Category.PERSONAL_INFORMATION)

    @property
    def label(self) -> str:
        """What a reader would call it: "phone number". Redaction prints it in brackets."""
        return _LABELS[self]

    @property
    def severity(self) -> Severity:
        """Of personal information; ``NOTE`` for everything else."""
        return _SEVERITIES.get(self, Severity.NOTE)


_CATEGORIES = {
    FindingType.HATE: Category.HATE,
    FindingType.THREAT: Category.HATE,
    FindingType.CASE_ENQUIRY: Category.CASE_ENQUIRY,
    FindingType.DISTRESS: Category.DISTRESS,
    FindingType.SPAM: Category.SPAM,
    FindingType.SITE_RULE: Category.SITE_RULE,
    FindingType.FAULT: Category.FAULT,
}

_LABELS = {
    FindingType.EMAIL: gettext_noop("e-mail address"),
    FindingType.PHONE: gettext_noop("phone number"),
    FindingType.ADDRESS: gettext_noop("address"),
    FindingType.SSN: gettext_noop("social security number"),
    FindingType.DOB: gettext_noop("date of birth"),
    FindingType.INMATE_ID: gettext_noop("inmate number"),
    FindingType.CASE_NUMBER: gettext_noop("case number"),
    FindingType.URL_HANDLE: gettext_noop("profile or handle"),
    FindingType.CREDIT_CARD: gettext_noop("card number"),
    FindingType.IBAN: gettext_noop("bank account number"),
    FindingType.LICENSE_PLATE: gettext_noop("license plate"),
    FindingType.IP: gettext_noop("IP address"),
    FindingType.PERSON_PRIVATE: gettext_noop("name"),
    FindingType.OTHER_ID: gettext_noop("identity number"),
    FindingType.HATE: gettext_noop("hate speech"),
    FindingType.THREAT: gettext_noop("threat"),
    FindingType.CASE_ENQUIRY: gettext_noop("case enquiry"),
    FindingType.DISTRESS: gettext_noop("distress"),
    FindingType.SPAM: gettext_noop("spam"),
    FindingType.SITE_RULE: gettext_noop("rule of this site"),
    FindingType.FAULT: gettext_noop("fault"),
}

_SEVERITIES = {
    FindingType.SSN: Severity.CRITICAL,
    FindingType.CREDIT_CARD: Severity.CRITICAL,
    FindingType.IBAN: Severity.CRITICAL,
    FindingType.OTHER_ID: Severity.CRITICAL,
    FindingType.PHONE: Severity.HIGH,
    FindingType.EMAIL: Severity.HIGH,
    FindingType.ADDRESS: Severity.HIGH,
    FindingType.DOB: Severity.HIGH,
    FindingType.INMATE_ID: Severity.HIGH,
    FindingType.LICENSE_PLATE: Severity.HIGH,
    FindingType.IP: Severity.HIGH,
    FindingType.PERSON_PRIVATE: Severity.MEDIUM,
    FindingType.CASE_NUMBER: Severity.MEDIUM,
    FindingType.URL_HANDLE: Severity.MEDIUM,
}


class Field(StrEnum):
    """Which of the visitor's fields a finding's span points into."""

    BODY = "body"
    NAME = "name"


class Mode(StrEnum):
    """Who waits for a person even when screening found nothing, strictest first."""

    ALL = "all"
    NEWCOMERS = "newcomers"
    FLAGGED = "flagged"


class Queue(StrEnum):
    """Where a held comment waits."""

    HATE = "hate"
    PII = "pii"
    CASES = "cases"
    SPAM = "spam"
    GENERAL = "general"


@dataclass(frozen=True, slots=True)
class Signals:
    """Circumstances beside the text. The defaults are those of a text without a visitor."""

    mode: Mode = Mode.FLAGGED
    newcomer: bool = False
    muted: bool = False
    """Staff want what this author writes read first, whatever is found in it."""
    honeypot_filled: bool = False
    seconds_to_write: float | None = None
    """Since the form was served; ``None`` when it was served without a start time."""
    start_time_missing: bool = False
    """The form came back with a start time that we did not sign, or none."""
    repeats: int = 0
    """How many other comments of the last day carry the same text."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A comment as screening sees it."""

    text: str
    author_name: str = ""
    public_names: frozenset[str] = frozenset()
    """Names that the article itself makes public; they are not private information."""
    signals: Signals = field(default_factory=Signals)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a detector saw, and one sentence why, without the visitor's words.

    ``score`` is between 0 and 1: how sure the detector is. The policy table, not the
    detector, says what a score leads to.
    """

    type: FindingType
    start: int
    end: int
    score: float
    because: str
    field: Field = Field.BODY
    looked_for: Category | None = None
    """Of a fault: what the detector that failed looks for, where that is known."""
    beside_child: bool = False
    """Personal information where the text speaks of a child; no detector needs to say so."""

    @property
    def category(self) -> Category:
        return self.type.category

    @property
    def severity(self) -> Severity:
        """How much harm it does where it stands: beside a child there is nothing worse."""
        return Severity.CRITICAL if self.beside_child else self.type.severity

    @property
    def label(self) -> str:
        return self.type.label

    @property
    def is_hint(self) -> bool:
        return self.score < HELD_FROM


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the policy makes of the findings.

    ``queue`` is ``None`` when the comment may be published at once. ``urgent`` puts it on
    top of its queue, ``serious`` right behind those. ``because`` is one sentence for the moderator.
    """

    queue: Queue | None
    because: str
    urgent: bool = False
    serious: bool = False

    @property
    def holds(self) -> bool:
        return self.queue is not None


@dataclass(frozen=True, slots=True)
class Screening:
    """The whole answer: every finding, and the verdict over them."""

    findings: tuple[Finding, ...]
    verdict: Verdict

    def score(self, category: Category) -> float:
        """The surest finding of a category, 0.0 when there is none."""
        return max((f.score for f in self.findings if f.category is category), default=0.0)

    @property
    def may_have_missed_personal_information(self) -> bool:
        """Then nothing may be cut and called clean."""
        return self.may_have_missed(Category.PERSONAL_INFORMATION)

    def may_have_missed(self, category: Category) -> bool:
        """Whether what looks for it failed, or something that may look for anything."""
        return any(
            finding.type is FindingType.FAULT and finding.looked_for in {None, category}
            for finding in self.findings
        )


Detector = Callable[[Submission], Iterable[Finding]]
