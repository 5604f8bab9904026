"""What readers do not see of a comment: what was cut from it, and what open reports hide.

A report hides on nobody's decision, so what it hides is a layer of its own above every cut, and
is gone once a moderator has decided. An undo of that decision brings both back.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from . import screening, wording
from .models import Action, Comment, Decision, Report

SETTLES_NOTHING = {Action.MOVE, Action.UNSURE, Action.UNDO, Action.DESTROY}
"""What moderators do without deciding about a report."""

_HIDDEN = ("reported_at", "report_rank", "hidden_body", "hidden_name", "hiding_changed_at")


def follow(decision: Decision, comment: Comment) -> None:
    """Settle the reports that this decision is about, or open those again that it undoes."""
    if decision.undoes_id:
        Report.objects.filter(settled_by=decision.undoes_id).update(settled_by=None)
    elif decision.by_id and decision.action not in SETTLES_NOTHING:
        Report.objects.open().filter(comment=comment).update(settled_by=decision)


def refresh(comment: Comment, cuts: Iterable[dict[str, Any]]) -> None:
    """Hide what its open reports say, beside the cuts in force, and remember that they wait."""
    cuts, reports = list(cuts), list(Report.objects.open().filter(comment=comment))
    if not reports and comment.reported_at is None:
        return
    hides = [cut for report in reports for cut in report.hides]
    hidden = {
        field: redacted(getattr(comment, field), [*cuts, *hides], field)
        if any(cut["field"] == field for cut in hides)
        else ""
        for field in screening.Field
    }
    before = comment.hidden_body, comment.hidden_name
    comment.hidden_body = hidden[screening.Field.BODY]
    comment.hidden_name = hidden[screening.Field.NAME]
    if before != (comment.hidden_body, comment.hidden_name):
        comment.hiding_changed_at = timezone.now()
    comment.reported_at = min((report.at for report in reports), default=None)
    comment.report_rank = min((report.rank for report in reports), default=None)
    comment.save(update_fields=_HIDDEN)


def redacted(
    text: str, cuts: Iterable[dict[str, Any]], field: screening.Field, *, kept: str = ""
) -> str:
    """The text without its cuts; empty when none is in this field."""
    here = [cut for cut in cuts if cut["field"] == field]
    if any(cut["type"] == screening.FindingType.FAULT for cut in here):
        return wording.hidden()
    places = [
        screening.Cut(cut["start"], cut["end"], screening.FindingType(cut["type"])) for cut in here
    ]
    return screening.redact(text, places, mark=wording.mark, kept=kept) if places else ""
