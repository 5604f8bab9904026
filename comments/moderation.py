"""The only way to decide on a comment: approve, redact, remove, leave, restore, answer, undo.

Its author decides too: edit, withdraw, put back. Moderators cannot undo that.

Every decision is one transaction: lock the comment, refuse when somebody decided meanwhile,
write the Decision, change the comment, write the letter. The letter goes out after the commit.
``at`` is for what was decided earlier and is only written down now, as the demonstration does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from operator import attrgetter
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import hiding, notices, screening, traits
from .hiding import redacted
from .models import (
    BY_AUTHORS,
    SILENT,
    Action,
    CaseReplyVersion,
    Comment,
    Decision,
    Finding,
    Notice,
    Reason,
    Reveal,
    SecondLook,
    Status,
)
from .models.finding import CUT_ELSEWHERE

Cut = dict[str, Any]
"""``{"field": "body", "start": 12, "end": 24, "type": "PHONE"}``, as in ``Decision.cuts``."""
Cuts = list[Cut]

EDIT_LASTS = timedelta(minutes=10)
"""For so long after writing may an author put other words into a comment."""

LONGEST_REPEAT = 11
"""How many characters in a row a note may share with the comment by chance."""

PLACES_AT_ONCE = 10
"""Characters that were typed to be cut stand in more places only by mistake."""

SHORTEST_PRIVATE = 4
"""From how many characters on a name, an address or a finding may not stand in a note whole."""

_REPEATED = {
    "note": _(
        "The note repeats words of the comment. Notes are kept for good, so please say "
        "it in your own words."
    ),
    "answer": _(
        "The answer repeats words of the comment. It goes out by e-mail, so please say it in "
        "your own words."
    ),
    "text": _(
        "The note repeats words of the comment. Please say it in your own words, so that nothing "
        "of the comment stays here once it is erased."
    ),
}
_PERSONAL = {
    "note": _(
        "The note seems to hold personal information. Notes are kept for good, so please "
        "leave it out."
    ),
    "answer": _(
        "The answer seems to hold personal information. It goes out by e-mail, so please leave "
        "it out."
    ),
    "text": _("The note seems to hold personal information. Please leave it out."),
}
_TELLING = re.compile(r"[\s\d@]")
_CHANGED = (
    "status",
    "queue",
    "redacted_body",
    "redacted_name",
    "version",
    "decided_by_person",
    "changed_at",
    "reported_at",
    "report_rank",
    "hidden_body",
    "hidden_name",
    "hiding_changed_at",
)


class Refused(Exception):
    """A decision that cannot be taken, and why; ``field`` is what the moderator can change."""

    def __init__(self, message: str | Promise, *, field: str = "decision") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(Refused):
    """The comment's state, or what came with the decision, does not allow it."""


class CannotUndo(Refused):
    """There is no decision to take back, or its text no longer exists."""


class NotTheirs(NotAllowed):
    """Whoever decided first does not take the second look at it."""


class UnfitNote(Refused):
    """A note that would carry a visitor's words into the log."""


class Stale(Exception):
    """Somebody decided after the moderator's page was made. ``comment`` is the newer state."""

    def __init__(self, comment: Comment) -> None:
        super().__init__(f"comment {comment.pk} is at version {comment.version}")
        self.comment = comment


def approve(
    comment: Comment,
    *,
    by: User,
    note: str = "",
    version: int | None = None,
    at: datetime | None = None,
    along_with: Decision | None = None,
) -> Decision:
    """Show the comment as it was written."""
    return _decide(
        comment,
        Action.APPROVE,
        by=by,
        note=note,
        version=version,
        at=at,
        along_with=along_with,
        status=Status.PUBLISHED,
        cuts=[],
    )


@transaction.atomic
def approve_redacted(
    comment: Comment,
    *,
    by: User,
    cuts: Iterable[Finding] | None = None,
    by_hand: Cuts | None = None,
    note: str = "",
    version: int | None = None,
    at: datetime | None = None,
) -> Decision:
    """Show the comment without these spans; without the ``proposed_cuts``, unless told.

    ``by_hand`` are spans that a moderator chose where nothing was found, or moved the edges of.
    """
    current = _lock(comment, version=comment.version if version is None else version)
    all_cuts = _all_cuts(current, cuts, by_hand)
    return _decide(
        comment,
        Action.APPROVE_REDACTED,
        by=by,
        note=note,
        version=current.version,
        at=at,
        status=Status.PUBLISHED,
        cuts=all_cuts,
    )


@transaction.atomic
def cut_more(comment: Comment, cuts: Cuts, *, by: User) -> Decision | list[Finding]:
    """Take more out of a public comment, beside what is cut there already.

    In one that readers do not see these places are marked, for whoever decides on it next.
    """
    current = _lock(comment, version=comment.version)
    for cut in cuts:
        _refuse_bad_cut(cut, current)
    if current.is_published:
        return _decide(
            comment,
            Action.APPROVE_REDACTED,
            by=by,
            note="",
            version=current.version,
            status=Status.PUBLISHED,
            cuts=[*cuts_in_force(current), *cuts],
            settles=False,
        )
    return Finding.objects.bulk_create(
        Finding(comment=comment, score=1.0, because=CUT_ELSEWHERE, **cut) for cut in cuts
    )


def preview(
    comment: Comment, *, cuts: Iterable[Finding] | None = None, by_hand: Cuts | None = None
) -> Comment:
    """The comment as readers would see it after ``approve_redacted``; nothing is stored."""
    return _as_guarded(comment, _all_cuts(comment, cuts, by_hand))


def as_readers_see(comment: Comment) -> Comment:
    """A comment of which something is cut or hidden, for a page of the desk, where some characters
    are guarded."""
    hides = [cut for report in comment.open_reports for cut in report.hides]
    return _as_guarded(comment, [*cuts_in_force(comment), *hides])


def _as_guarded(comment: Comment, cuts: Cuts) -> Comment:
    name, body = comment.guarded_name, comment.guarded_body
    return Comment(
        name=name,
        body=body,
        redacted_name=redacted(comment.name, cuts, screening.Field.NAME, kept=name),
        redacted_body=redacted(comment.body, cuts, screening.Field.BODY, kept=body),
    )


def reveal(finding: Finding, *, by: User) -> Reveal:
    """Write down that somebody looks at guarded characters, and show them on this page."""
    if not finding.is_critical:
        raise NotAllowed(_("These characters are not hidden."), field="cuts")
    row = Reveal.objects.create(
        comment_id=finding.comment_id,
        type=finding.type,
        field=finding.field,
        start=finding.start,
        end=finding.end,
        by=by,
    )
    finding.is_revealed = True
    return row


def show_revealed(comment: Comment, reveals: Iterable[Reveal], *, to: User) -> None:
    """Show on this page what its reader asked to see a moment ago."""
    fresh = [reveal for reveal in reveals if reveal.by_id == to.pk and reveal.is_fresh]
    for finding in comment.findings.all():
        finding.is_revealed = any(reveal.is_of(finding) for reveal in fresh)


def cuts_of(comment: Comment, words: str, kind: str, *, besides: Iterable[Finding | Cut]) -> Cuts:
    """Every place of the comment and its name where exactly these characters stand.

    Where they stand as whole words, those are meant: "Ann" is not "Annual". A single character is
    never a part of one. What lies within one of the cuts ``besides`` is left to it.
    """
    words = unicodedata.normalize("NFC", words)
    taken = [_span(cut) if isinstance(cut, Finding) else cut for cut in besides]
    exactly = re.escape(words) if words.strip() else r"(?!)"
    is_single = len(words.strip()) == 1
    for pattern in (rf"(?<!\w){exactly}(?!\w)", exactly):
        found = [
            {"field": field.value, "start": match.start(), "end": match.end(), "type": kind}
            for field in screening.Field
            for match in re.finditer(pattern, getattr(comment, field))
        ]
        if found or is_single:
            break
    if not found and is_single:
        raise NotAllowed(
            _("A single character is cut only where it stands alone. Type all that is to be cut."),
            field="cut_words",
        )
    if not found:
        raise NotAllowed(
            _("These characters do not stand in the comment. Type them exactly as they stand."),
            field="cut_words",
        )
    new = [cut for cut in found if not any(lies_within(cut, other) for other in taken)]
    if not new:
        raise NotAllowed(_("These characters are cut already."), field="cut_words")
    if len(new) > PLACES_AT_ONCE:
        raise NotAllowed(
            _(
                "These characters stand in %(count)d places of this comment. Type more of what "
                "stands around them, so that nothing else is cut."
            )
            % {"count": len(new)},
            field="cut_words",
        )
    return new


def _all_cuts(comment: Comment, cuts: Iterable[Finding] | None, by_hand: Cuts | None) -> Cuts:
    """The spans of findings and those by hand; refused where one by hand makes no sense."""
    if cuts is None:
        cuts = [] if by_hand else proposed_cuts(comment)
    chosen = spans(f for f in cuts if f.comment_id == comment.pk and f.can_be_cut)
    for cut in by_hand or []:
        _refuse_bad_cut(cut, comment)
        if any(overlaps(cut, other) for other in chosen):
            raise NotAllowed(
                _("Two cuts overlap. Let one of them cover it all, and untick the other."),
                field="cuts",
            )
        chosen.append(cut)
    return chosen


def spans(findings: Iterable[Finding]) -> Cuts:
    return [_span(finding) for finding in findings]


def _span(finding: Finding) -> Cut:
    return {
        "field": finding.field,
        "start": finding.start,
        "end": finding.end,
        "type": finding.type,
    }


def _refuse_bad_cut(cut: Cut, comment: Comment) -> None:
    text = getattr(comment, screening.Field(cut["field"]))
    start, end = cut["start"], cut["end"]
    if not 0 <= start < end <= len(text):
        raise NotAllowed(
            _("A cut is empty or reaches outside the text. Select its characters again."),
            field="cuts",
        )
    if any(screening.parts_a_character(text, at) for at in (start, end)):
        raise NotAllowed(
            _("A cut would part a character, such as an emoji or an accent. Move its edge."),
            field="cuts",
        )


def overlaps(one: Cut, other: Cut) -> bool:
    is_same = one["field"] == other["field"]
    return bool(is_same and one["start"] < other["end"] and other["start"] < one["end"])


def lies_within(cut: Cut, other: Cut) -> bool:
    is_same = cut["field"] == other["field"]
    return bool(is_same and other["start"] <= cut["start"] and cut["end"] <= other["end"])


def proposed_cuts(comment: Comment) -> list[Finding]:
    """What a redaction takes out when nobody chose: the sure findings, hints where none is sure."""
    findings = [finding for finding in comment.findings.all() if finding.can_be_cut]
    cuttable = [finding for finding in findings if not finding.is_public_here]
    return [finding for finding in cuttable if not finding.is_hint] or cuttable


def remove(
    comment: Comment,
    *,
    by: User,
    reason: Reason | str,
    note: str = "",
    version: int | None = None,
    at: datetime | None = None,
    along_with: Decision | None = None,
) -> Decision:
    """Take a comment off the site, or keep it off, and tell its author why."""
    return _decide(
        comment,
        Action.REMOVE,
        by=by,
        reason=reason,
        note=note,
        version=version,
        at=at,
        along_with=along_with,
        status=Status.REMOVED,
    )


def leave(comment: Comment, *, by: User, note: str = "", version: int | None = None) -> Decision:
    """Find nothing wrong with what was reported: it stands as it stood, and is whole again."""
    return _decide(comment, Action.LEAVE, by=by, note=note, version=version)


def restore(comment: Comment, *, by: User, note: str = "", version: int | None = None) -> Decision:
    """Put a removed comment on the site as it last stood: what was cut stays cut."""
    return _decide(
        comment, Action.RESTORE, by=by, note=note, version=version, status=Status.PUBLISHED
    )


def answer(
    comment: Comment,
    *,
    by: User,
    reply: CaseReplyVersion | None,
    state: str = "",
    note: str = "",
    version: int | None = None,
    at: datetime | None = None,
    along_with: Decision | None = None,
) -> Decision:
    """Send its author a saved reply, and close the comment without showing it."""
    if reply is None or not reply.is_current:
        raise NotAllowed(
            _("Choose the letter to send. If it was chosen, it has changed since: look again."),
            field="case_reply",
        )
    if not comment.email:
        raise NotAllowed(_("No e-mail address is kept to which a letter could go."))
    return _decide(
        comment,
        Action.ANSWER,
        by=by,
        note=note,
        version=version,
        at=at,
        along_with=along_with,
        status=Status.ANSWERED,
        case_reply=reply,
        state=state,
    )


def move(
    comment: Comment, *, by: User, queue: str, note: str = "", version: int | None = None
) -> Decision:
    """Let a waiting comment wait in another queue."""
    if queue not in list(screening.Queue):
        raise NotAllowed(_("Choose the queue it should wait in."), field="queue")
    return _decide(comment, Action.MOVE, by=by, note=note, version=version, queue=queue)


def pass_on(comment: Comment, *, by: User, note: str, version: int | None = None) -> Decision:
    """Let somebody else decide, who reads in the note what this moderator is unsure about."""
    if not note.strip():
        raise NotAllowed(
            _("Say in the note what you are unsure about. Whoever decides will read it."),
            field="note",
        )
    return _decide(comment, Action.UNSURE, by=by, note=note, version=version)


def record_destruction(
    comment: Comment, *, by: User | None, version: int | None = None
) -> Decision:
    """Write down who had what was cut, or a removed comment, destroyed; see ``erasure``."""
    return _decide(comment, Action.DESTROY, by=by, note="", version=version)


def record_edit(comment: Comment, *, status: Status, queue: str, version: int) -> Decision:
    """Write down that its author replaced the text, and where that leaves the comment."""
    return _decide(
        comment, Action.EDIT, by=None, note="", version=version, status=status, queue=queue
    )


def can_be_edited(comment: Comment) -> bool:
    """By its author: soon after writing, and before any moderator had a hand in it or a reader
    reported it."""
    is_fresh = comment.created_at > timezone.now() - EDIT_LASTS
    is_gone = Status(comment.status).is_off_the_site or not comment.body
    return (
        is_fresh
        and not is_gone
        and comment.reported_at is None
        and not comment.decisions.filter(by__isnull=False).exists()
        and not comment.findings.filter(because=CUT_ELSEWHERE).exists()
    )


def withdraw(comment: Comment, *, version: int | None = None) -> Decision:
    """Take a comment off the site because its author says so."""
    return _decide(
        comment, Action.WITHDRAW, by=None, note="", version=version, status=Status.WITHDRAWN
    )


@transaction.atomic
def put_back(comment: Comment, *, version: int | None = None) -> Decision:
    """Its author undoes the withdrawal: the comment is where it was before."""
    current = _lock(comment, version=version)
    last = current.decisions.order_by("-version").first()
    if last is None or last.action != Action.WITHDRAW:
        raise CannotUndo(_("This comment is not withdrawn."))
    return _decide(
        comment,
        Action.UNDO,
        by=None,
        note="",
        version=current.version,
        status=Status(last.status_before),
        undoes=last,
    )


def in_question(comment: Comment) -> Decision | None:
    """What its author may ask a second look at: why it is off the site, or cut, while that can
    still be changed. Nothing where they did so already.
    """
    can_change = comment.body and (
        comment.is_removed or (comment.is_published and comment.is_redacted)
    )
    standing = _last_but_silent(comment) if can_change else None
    if standing is None or SecondLook.objects.filter(decision=standing).exists():
        return None
    return standing


@transaction.atomic
def ask_second_look(
    comment: Comment, *, words: str = "", guarded_words: str = "", is_urgent: bool = False
) -> SecondLook:
    """Its author asks that another moderator decides once more, who reads the guarded words."""
    current = _lock(comment, version=None)
    decision = in_question(current)
    if decision is None:
        raise NotAllowed(_("There is no decision here that can be looked at again."))
    return SecondLook.objects.create(
        comment=current,
        decision=decision,
        words=words,
        guarded_words=guarded_words,
        is_urgent=is_urgent,
    )


@transaction.atomic
def answer_second_look(
    look: SecondLook, *, by: User, changes: bool, answer: str, version: int
) -> Decision:
    """Decide once more, in the place of whoever decided first, and write to the author."""
    current = _lock(look.comment, version=version)
    look.refresh_from_db()
    if not look.is_open:
        raise Stale(current)
    if not look.may_be_answered_by(by):
        raise NotTheirs(_("You decided this first, so somebody else takes the second look."))
    answer = answer.strip()
    if not answer:
        raise NotAllowed(_("Write to the author what you found."), field="answer")
    refuse_quotes(answer, current, field="answer")
    action, status, cuts = Action.UPHOLD, None, None
    if changes and current.is_removed:
        action, status = Action.RESTORE, Status.PUBLISHED
    elif changes:
        action, cuts = Action.APPROVE, Cuts()
    look.answer = answer
    return _decide(
        look.comment,
        action,
        by=by,
        note="",
        version=version,
        reason="" if changes else notices.reason_in_force(_latest(current)),
        status=status,
        cuts=cuts,
        answers=look,
    )


def _latest(comment: Comment) -> Decision:
    return comment.decisions.latest("version")


@transaction.atomic
def undo(
    decision: Decision,
    *,
    by: User,
    note: str = "",
    version: int | None = None,
    along_with: Decision | None = None,
) -> Decision:
    """Bring back what stood before a decision: the last one that still stands.

    Characters that were destroyed since stay destroyed.
    """
    comment = decision.comment
    current = _lock(comment, version=version)
    if standing_decision(current) != decision:
        raise CannotUndo(_("Only the last decision that still stands can be undone."))
    if not brings_back_anything(decision, current):
        raise CannotUndo(_("What was cut has been destroyed: nothing is left to bring back."))
    look = SecondLook.objects.filter(outcome=decision).first()
    if look and not look.may_be_answered_by(by):
        raise CannotUndo(_("That was a second look at your decision: only others can undo it."))
    return _decide(
        comment,
        Action.UNDO,
        by=by,
        note=note,
        version=current.version,
        status=Status(decision.status_before),
        queue=decision.queue_before,
        cuts=_still_there(decision.cuts_before, decision, current),
        undoes=decision,
        along_with=along_with,
    )


def brings_back_anything(decision: Decision, comment: Comment) -> bool:
    """Whether undoing it would change the comment: what it cut may be destroyed since."""
    if not comment.body and not Status(decision.status_before).is_off_the_site:
        return False
    destroyed = comment.original_destroyed_at
    is_whole = not destroyed or destroyed <= decision.at
    return is_whole or (decision.status_before, decision.queue_before) != (
        comment.status,
        comment.queue,
    )


def standing_decision(comment: Comment) -> Decision | None:
    """The last decision that still stands: what an undo would take back."""
    return max(_standing_decisions(comment), key=attrgetter("version"), default=None)


def _standing_decisions(comment: Comment) -> list[Decision]:
    """Those of moderators that are neither an undo nor undone; a destruction cannot be."""
    decisions = comment.decisions.all()
    undone = {decision.undoes_id for decision in decisions}
    never = {Action.UNDO, Action.DESTROY, Action.UPHOLD, *BY_AUTHORS}
    return [
        decision
        for decision in decisions
        if decision.action not in never and decision.pk not in undone
    ]


def _last_but_silent(comment: Comment) -> Decision | None:
    """What its author was told last, or would have been."""
    told = (one for one in _standing_decisions(comment) if one.action not in SILENT)
    return max(told, key=attrgetter("version"), default=None)


def _decide(
    comment: Comment,
    action: Action,
    *,
    by: User | None,
    note: str,
    version: int | None,
    at: datetime | None = None,
    reason: Reason | str = "",
    status: Status | None = None,
    queue: str | None = None,
    cuts: Cuts | None = None,
    undoes: Decision | None = None,
    along_with: Decision | None = None,
    case_reply: CaseReplyVersion | None = None,
    state: str = "",
    answers: SecondLook | None = None,
    settles: bool = True,
) -> Decision:
    """Lock, check, write down, change, write the letter. What is not given stays as it is.

    Reports that wait are settled by it, unless nobody looked at the comment for its own sake.

    ``version`` is what the moderator's page carried; without one, what ``comment`` carries.
    ``comment`` is brought up to date with what was decided.
    """
    note = note.strip()
    refuse_quotes(note, comment)
    with transaction.atomic():
        current = _lock(comment, version=comment.version if version is None else version)
        cuts_before = cuts_in_force(current)
        decision = Decision(
            comment=comment,
            action=action,
            reason=reason,
            case_reply=case_reply,
            note=note,
            by=by,
            at=at or timezone.now(),
            cuts=cuts_before if cuts is None else cuts,
            status_before=current.status,
            queue_before=current.queue,
            cuts_before=cuts_before,
            status_after=current.status if status is None else status,
            queue_after=current.queue if queue is None else queue,
            version=current.version + 1,
            undoes=undoes,
            along_with=along_with,
        )
        decision.held_for = _held_for(decision, current)
        _refuse_illegal(decision, current, answers)
        decision.save()
        if answers:
            answers.outcome = decision
            answers.save(update_fields=["outcome", "answer"])
        if settles:
            hiding.follow(decision, current)
        _apply(decision, current)
        if notice := _letter(decision, state):
            transaction.on_commit(partial(notices.deliver_now, notice.pk), robust=True)
    for name in _CHANGED:
        setattr(comment, name, getattr(current, name))
    return decision


def _lock(comment: Comment, *, version: int | None) -> Comment:
    """The comment as it is now, for nobody else to change; refused where it is another version."""
    current = Comment.objects.select_for_update().get(pk=comment.pk)
    if version is not None and current.version != version:
        raise Stale(current)
    return current


def lock_all(comments: Iterable[Comment]) -> None:
    """For whoever decides on several in one transaction: before anything is written to the log,
    whose own lock comes last, and in one order, so that no two wait for one another."""
    pks = [comment.pk for comment in comments]
    list(Comment.objects.select_for_update().filter(pk__in=pks).order_by("pk"))


def _refuse_illegal(decision: Decision, current: Comment, answers: SecondLook | None) -> None:
    """Raise when this decision makes no sense for a comment in its present state."""
    action = decision.action
    if current.is_withdrawn and decision.by:
        raise NotAllowed(_("Its author has withdrawn this comment, and only they can put it back."))
    # To cut more of what readers see never waits.
    cuts_more = action == Action.APPROVE_REDACTED and current.is_published
    is_elsewhere = decision.by and not answers and not cuts_more
    if is_elsewhere and SecondLook.objects.open().filter(comment=current).exists():
        raise NotAllowed(
            _("Its author asked for a second look. Whoever takes it answers them at the same time.")
        )
    if action == Action.EDIT:
        if not can_be_edited(current):
            raise NotAllowed(_("This comment can no longer be edited."))
    elif action == Action.WITHDRAW:
        if Status(current.status).is_off_the_site:
            raise NotAllowed(_("This comment is not on our site."))
    elif action == Action.REMOVE:
        if current.is_removed:
            raise NotAllowed(_("This comment is removed already."))
        if current.is_answered:
            raise NotAllowed(_("This comment was answered by letter and is not on the site."))
        if decision.reason not in Reason.values:
            raise NotAllowed(
                _("Choose a reason. The person who wrote the comment will read it."), field="reason"
            )
    elif action == Action.MOVE:
        if not current.is_waiting:
            raise NotAllowed(_("Only a comment that waits can move to another queue."))
        if decision.queue_after == current.queue:
            raise NotAllowed(_("It waits in this queue already."), field="queue")
    elif action == Action.UNSURE and not current.is_waiting:
        raise NotAllowed(_("Only a comment that waits can be passed on."))
    elif action == Action.LEAVE:
        if not current.is_reported:
            raise NotAllowed(_("No report about this comment waits."))
    elif action == Action.ANSWER and current.is_answered:
        raise NotAllowed(_("This comment was answered already."))
    elif action == Action.DESTROY:
        if current.is_reported:
            raise NotAllowed(_("Somebody reported this comment. Decide about that first."))
        is_off_the_site = Status(current.status).is_off_the_site
        if not current.is_redacted and not (is_off_the_site and current.body):
            raise NotAllowed(
                _("There is nothing to destroy: nothing was cut from this comment or removed.")
            )
    elif not current.body and not Status(decision.status_after).is_off_the_site:
        refusal = CannotUndo if action == Action.UNDO else NotAllowed
        raise refusal(_("The text of this comment has been erased; it cannot be shown again."))
    elif action == Action.RESTORE and not current.is_removed:
        raise NotAllowed(_("Only a removed comment can be put back."))
    elif action == Action.APPROVE_REDACTED and not decision.cuts:
        raise NotAllowed(_("Tick at least one place to cut, or approve it as it is."), field="cuts")


def _held_for(decision: Decision, comment: Comment) -> dict[str, bool]:
    """What had held a comment that waits no longer, by type, and whether any of it is cut."""
    found: dict[str, bool] = {}
    if decision.by and comment.is_waiting and decision.status_after != Status.WAITING:
        for finding in comment.findings.all():
            if not finding.is_hint:
                is_cut = any(overlaps(_span(finding), cut) for cut in decision.cuts)
                found[finding.type] = is_cut or found.get(finding.type, False)
    return found


def _apply(decision: Decision, comment: Comment) -> None:
    comment.status = decision.status_after
    comment.queue = decision.queue_after
    comment.version = decision.version
    comment.redacted_body = redacted(comment.body, decision.cuts, screening.Field.BODY)
    comment.redacted_name = redacted(comment.name, decision.cuts, screening.Field.NAME)
    if decision.action == Action.UNDO:
        comment.decided_by_person = _is_still_decided(comment)
    elif decision.action not in {*SILENT, *BY_AUTHORS}:
        comment.decided_by_person = True
    if decision.action not in SILENT:
        comment.changed_at = decision.at
    comment.save(update_fields=_CHANGED)
    hiding.refresh(comment, decision.cuts)
    if decision.status_before != decision.status_after or decision.action == Action.EDIT:
        traits.follow(comment)


def _is_still_decided(comment: Comment) -> bool:
    """Whether, after an undo, a person's earlier decision is what stands."""
    return any(decision.action not in SILENT for decision in _standing_decisions(comment))


def cuts_in_force(comment: Comment) -> Cuts:
    """The spans of the comment and its name that the public does not read now."""
    if not comment.is_redacted:
        return []
    last = max(comment.decisions.all(), key=attrgetter("version"), default=None)
    return _still_there(last.cuts, last, comment) if last else []


def _still_there(cuts: Cuts, decision: Decision, comment: Comment) -> Cuts:
    """Spans point into the text of their time: none once that text was destroyed."""
    destroyed = comment.original_destroyed_at
    return [] if destroyed and destroyed > decision.at else cuts


def _letter(decision: Decision, state: str) -> Notice | None:
    """The letter that this decision calls for. Older ones that it makes untrue stay at home.

    While one of them is on its way nobody can say what its author will know: then the new one
    is written down, and whether it is needed is seen before it goes out.
    """
    if decision.action in SILENT:
        return None
    waiting = Notice.objects.unsent().filter(
        decision__comment=decision.comment, claimed_at__isnull=True, decision__answers=None
    )
    waiting.give_up()
    if decision.by is None or _is_told_along(decision):
        return None
    if notices.answers(decision):
        return Notice.objects.create(decision=decision)
    may_be_news = notices.is_any_on_its_way(decision) or notices.is_news(decision)
    if may_be_news and notices.is_true(decision):
        return Notice.objects.create(decision=decision, state=state)
    return None


def _is_told_along(decision: Decision) -> bool:
    """Whether its author hears the same about the same words below the same article already."""
    comment = decision.comment
    if not decision.along_with or not comment.author_digest:
        return False
    together = Q(decision=decision.along_with) | Q(decision__along_with=decision.along_with)
    told = Notice.objects.filter(together, decision__comment__author_digest=comment.author_digest)
    same_page = told.filter(decision__comment__article=comment.article_id)
    letters = same_page.select_related("decision__comment")
    return any(traits.is_same_text(letter.decision.comment, comment) for letter in letters)


def refuse_quotes(note: str, comment: Comment, *, field: str = "note") -> None:
    """The log keeps no visitor's words and nobody's personal information, so neither may a note.

    Nor may the answer to a second look, which goes out by mail.
    """
    if not note:
        return
    texts = [comment.body, comment.name, comment.email]
    found = [finding.words for finding in comment.findings.all() if finding.can_be_cut]
    if _repeats(note, texts) or _holds_whole(note, [comment.name, comment.email, *found]):
        raise UnfitNote(_REPEATED[field], field=field)
    if _holds_personal_information(note):
        raise UnfitNote(_PERSONAL[field], field=field)


def _repeats(note: str, texts: Iterable[str]) -> bool:
    folded = _fold(note)
    length = LONGEST_REPEAT + 1
    pieces = {folded[start : start + length] for start in range(len(folded) - LONGEST_REPEAT)}
    return bool(pieces) and any(
        haystack[start : start + length] in pieces
        for haystack in map(_fold, texts)
        for start in range(len(haystack) - LONGEST_REPEAT)
    )


def _holds_whole(note: str, private: Iterable[str]) -> bool:
    """Even a short name or number is too much. A single word may well be the moderator's own."""
    folded = _fold(note)
    return any(
        re.search(rf"(?<!\w){re.escape(words)}(?!\w)", folded)
        for words in map(_fold, private)
        if len(words) >= SHORTEST_PRIVATE and _TELLING.search(words)
    )


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()


def _holds_personal_information(note: str) -> bool:
    return any(
        finding.severity >= screening.Severity.HIGH and not finding.is_hint
        for finding in screening.screen(screening.Submission(note)).findings
    )
