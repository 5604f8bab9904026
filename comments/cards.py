"""A comment as a card of the desk: what was found in it, and what can be decided now."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from django.utils.functional import Promise

from . import alike, lanes, moderation
from .forms import CutsForm
from .models import Action, Comment, Decision, Finding, Reason, SecondLook
from .models.finding import TYPES

USUAL_REASONS: dict[str, str] = {
    "hate": Reason.HATE_SPEECH,
    "cases": Reason.CASE_ENQUIRY,
    "spam": Reason.ADVERTISING,
}
"""Queues in which most comments are removed, and why."""


@dataclass(frozen=True, slots=True)
class HandCut:
    """A cut that no finding stands for, as one of the ticked lines."""

    cut: moderation.Cut
    words: str

    @property
    def value(self) -> str:
        return ":".join(str(self.cut[name]) for name in ("field", "start", "end", "type"))

    @property
    def label(self) -> str | Promise:
        return dict(TYPES)[self.cut["type"]]

    @property
    def is_in_name(self) -> bool:
        return bool(self.cut["field"] == "name")


@dataclass(frozen=True, slots=True)
class Card:
    """A comment as the desk shows it: what was found, what was decided, what can be done now."""

    comment: Comment
    form: CutsForm | None = None
    next: str = ""
    back: str = ""
    group: alike.Group | None = None
    above: Comment | None = None
    """Further up on the page, and alike: there stands the list."""

    @property
    def age(self) -> str:
        return lanes.age(self.comment.created_at)

    @property
    def state(self) -> str:
        """The comment as it stands, for a form: stale once somebody has decided."""
        return f"{self.comment.pk}:{self.comment.version}"

    @property
    def findings(self) -> list[Finding]:
        return list(self.comment.findings.all())

    @property
    def cuttable(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.can_be_cut]

    @property
    def other_findings(self) -> list[Finding]:
        return [finding for finding in self.findings if not finding.can_be_cut]

    @property
    def ticked(self) -> set[int]:
        """The places to cut: as the moderator left them, as they are cut now, or as proposed."""
        if self.form is not None and "cuts_given" in self.form.data:
            sent = self.form.sent_cuts
            return {finding.pk for finding in self.cuttable if str(finding.pk) in sent}
        if cuts := moderation.cuts_in_force(self.comment):
            places = {_place_of(cut) for cut in cuts}
            return {finding.pk for finding in self.cuttable if _found_at(finding) in places}
        return {finding.pk for finding in moderation.proposed_cuts(self.comment)}

    @property
    def by_hand(self) -> list[HandCut]:
        """Cuts beside the findings: as the moderator left them, or as they are cut now."""
        if self.form is not None:
            cuts = self.form.by_hand
        else:
            places = {_found_at(finding) for finding in self.cuttable}
            cuts = [
                cut
                for cut in moderation.cuts_in_force(self.comment)
                if _place_of(cut) not in places
            ]
        return [
            HandCut(cut, self.comment.guarded(cut["field"])[cut["start"] : cut["end"]])
            for cut in cuts
        ]

    @property
    def takes_decisions(self) -> bool:
        """Whether any is open here: where a second look waits only more can be cut."""
        return not self.is_closed or self.comment.is_published

    @property
    def can_be_redacted(self) -> bool:
        has_places = bool(self.comment.body and (self.cuttable or self.by_hand))
        return has_places and self.takes_decisions

    @property
    def cuts_anything(self) -> bool:
        """Whether "approve redacted" would, as the page stands."""
        return bool(self.ticked or self.by_hand)

    @property
    def seen(self) -> Comment:
        """What readers see of a redacted comment."""
        return moderation.as_readers_see(self.comment)

    @property
    def preview(self) -> Comment | None:
        """What readers would see after approving redacted; nothing while that cannot be said."""
        findings = [finding for finding in self.cuttable if finding.pk in self.ticked]
        by_hand = [line.cut for line in self.by_hand]
        if not findings and not by_hand:
            return None
        try:
            return moderation.preview(self.comment, cuts=findings, by_hand=by_hand)
        except (moderation.Refused, ValueError):  # what cannot be done is said when it is tried
            return None

    @property
    def history(self) -> list[Decision]:
        """Oldest first; each knows the undo that took it back."""
        return list(self.comment.decisions.all())

    @property
    def look(self) -> SecondLook | None:
        """The second look that its author asked for last."""
        looks = [one for decision in self.history if (one := _look_at(decision))]
        return max(looks, key=attrgetter("asked_at"), default=None)

    @property
    def is_in_question(self) -> bool:
        """Its author waits for a second look, so only whoever takes it decides."""
        return self.look is not None and self.look.is_open and not self.comment.is_withdrawn

    @property
    def is_closed(self) -> bool:
        """To the usual decisions."""
        return self.comment.is_withdrawn or self.is_in_question

    @property
    def standing(self) -> Decision | None:
        """What a moderator decided last; nothing where its author has the last word."""
        return None if self.is_closed else moderation.standing_decision(self.comment)

    @property
    def to_undo(self) -> Decision | None:
        """The standing decision, where an undo would bring back anything."""
        decision = self.standing
        if decision is None or not moderation.brings_back_anything(decision, self.comment):
            return None
        return decision

    @property
    def doubt(self) -> Decision | None:
        """What a colleague was unsure about, who left it to others."""
        standing = self.standing if self.comment.is_waiting else None
        return standing if standing and standing.action == Action.UNSURE else None

    @property
    def can_be_approved(self) -> bool:
        """As it is: unless readers see exactly that already because a person said so."""
        comment = self.comment
        is_as_it_is = comment.is_published and not comment.is_redacted
        # To leave what was reported says the same, and more.
        is_decided_so = is_as_it_is and (comment.decided_by_person or comment.is_reported)
        return bool(comment.body) and not is_decided_so and not self.is_closed

    @property
    def suggests_approval(self) -> bool:
        """Whether approving, redacted or not, is what mostly comes of such a comment."""
        comment = self.comment
        is_undecided = comment.is_waiting or not (comment.decided_by_person or comment.is_reported)
        return is_undecided and comment.queue not in USUAL_REASONS

    @property
    def reason(self) -> str:
        """The reason that was sent. None stands chosen before somebody has read the reasons."""
        return "" if self.form is None else str(self.form["reason"].value() or "")

    @property
    def usual_reason(self) -> str:
        """The one that a key proposes in this queue.

        None for somebody who may be in distress: nobody is to remove that in passing.
        """
        if not self.comment.is_waiting or self.comment.is_urgent:
            return ""
        return USUAL_REASONS.get(self.comment.queue, "")

    @property
    def can_be_destroyed(self) -> bool:
        """What was cut, or all of a removed comment, before its time is over."""
        return (self.comment.is_redacted and not self.is_closed) or self.can_be_restored

    @property
    def can_be_restored(self) -> bool:
        return self.comment.is_removed and bool(self.comment.body) and not self.is_closed

    @property
    def is_below_a_hidden_comment(self) -> bool:
        parent = self.comment.parent
        return parent is not None and not parent.is_published


def _look_at(decision: Decision) -> SecondLook | None:
    return getattr(decision, "second_look", None)


def _place_of(cut: moderation.Cut) -> tuple[str, int, int]:
    return cut["field"], cut["start"], cut["end"]


def _found_at(finding: Finding) -> tuple[str, int, int]:
    return finding.field, finding.start, finding.end
