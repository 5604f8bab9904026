"""Five questions, and which way they lead. Keeps nothing, and promises nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from ..models import GuideRevision
from ..places import Place


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Way(StrEnum):
    """Where the answers lead."""

    WRITE = "write"
    ELSEWHERE = "elsewhere"
    CANNOT = "cannot"


class Reason(StrEnum):
    """Why we cannot look at a case as it stands."""

    NOT_CONVICTED = "not_convicted"
    APPEAL_OPEN = "appeal_open"
    NOTHING_NEW = "nothing_new"
    NOT_IN_PRISON = "not_in_prison"

    @property
    def why(self) -> str:
        return str(_WHY[self])

    @property
    def what_may_help(self) -> str:
        return str(_WHAT_MAY_HELP[self])


_WHY = {
    Reason.NOT_CONVICTED: _(
        "There has been no conviction yet. We look at cases after a trial or a plea."
    ),
    Reason.APPEAL_OPEN: _(
        "The first appeal is not over. While it is open, the courts are still looking at the case."
    ),
    Reason.NOTHING_NEW: _(
        "We look for something that the court has not heard: a thing that can be tested, a "
        "witness, a document, a finding that science no longer supports."
    ),
    Reason.NOT_IN_PRISON: _("We look at cases of people who are in prison now."),
}
_WHAT_MAY_HELP = {
    Reason.NOT_CONVICTED: _(
        "The lawyer in the case is the right person to ask. Somebody who has none can ask the "
        "court or the public defender’s office about it."
    ),
    Reason.APPEAL_OPEN: _(
        "The lawyer who handles the appeal is the right person to tell what you know, and soon: "
        "deadlines run meanwhile, and we cannot stop one for you. When the appeal has been "
        "decided, you can write to us."
    ),
    Reason.NOTHING_NEW: _(
        "Many people find something years later, in a court file, a laboratory report, or a "
        "conversation. If that happens, you can write to us then."
    ),
    Reason.NOT_IN_PRISON: _(
        "The clinic of a law school, a legal aid office or a public defender’s office may know "
        "who looks at convictions of people who have been released."
    ),
}


@dataclass(frozen=True)
class Answers:
    """What somebody answered; ``place`` is none where they do not know it."""

    convicted: Answer
    appeal_over: Answer
    evidence: Answer
    place: Place | None
    in_prison: Answer

    @property
    def is_unsure(self) -> bool:
        """Whether there is something that the letter should say is not known."""
        said = (self.convicted, self.appeal_over, self.evidence)
        return self.place is None or Answer.UNSURE in said


@dataclass(frozen=True)
class Outcome:
    """The way, and the reasons where there are some."""

    way: Way
    reasons: tuple[Reason, ...] = ()


def judge(answers: Answers, guide: GuideRevision) -> Outcome:
    """Only a clear no closes the way to us: not knowing something is no reason."""
    reasons = tuple(_reasons(answers, guide))
    if reasons:
        return Outcome(Way.CANNOT, reasons)
    if answers.place is not None and not guide.serves(answers.place):
        return Outcome(Way.ELSEWHERE)
    return Outcome(Way.WRITE)


def _reasons(answers: Answers, guide: GuideRevision) -> Iterator[Reason]:
    asked = (
        (guide.needs_conviction, answers.convicted, Reason.NOT_CONVICTED),
        (guide.needs_appeal_over, answers.appeal_over, Reason.APPEAL_OPEN),
        (guide.needs_evidence, answers.evidence, Reason.NOTHING_NEW),
        (guide.needs_prison, answers.in_prison, Reason.NOT_IN_PRISON),
    )
    for is_needed, answer, reason in asked:
        if is_needed and answer is Answer.NO:
            yield reason
            if reason is Reason.NOT_CONVICTED:
                return  # There is no appeal to be over before a conviction.
