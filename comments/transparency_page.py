"""The transparency page, for everybody, and its numbers as a file."""

from __future__ import annotations

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from . import transparency
from .models import Reason, Status

LABELS = {status.value: status.label for status in Status} | {
    transparency.AS_WRITTEN: _("Published as written"),
    transparency.REDACTED: _("Published, parts cut"),
    Status.WAITING.value: _("Still waiting"),
}
OUTCOMES = {
    transparency.STANDS: _("The first decision stood"),
    transparency.CHANGED: _("It was changed"),
    transparency.UNANSWERED: _("Not answered"),
}
HIDDEN = "not shown"


@cache_control(public=True, max_age=3600)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """What became of the comments, why some were removed, what second looks came to."""
    quarters = transparency.by_quarter()
    context = {
        "quarters": quarters,
        "fates": [LABELS[fate] for fate in transparency.FATES],
        "reasons": [
            (reason.label, [quarter.reasons[reason] for quarter in quarters]) for reason in Reason
        ],
        "outcomes": [OUTCOMES[outcome] for outcome in transparency.OUTCOMES],
        "fewest": transparency.FEWEST,
    }
    return render(request, "comments/transparency.html", context)


@cache_control(public=True, max_age=3600)
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """For a spreadsheet: names of columns and numbers that no language changes."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="comments-by-quarter.csv"'
    rows = csv.writer(response)
    rows.writerow(
        [
            "quarter",
            "received",
            *transparency.FATES,
            *(f"removed_{reason}" for reason in Reason.values),
            "median_hours_to_decision",
            "second_looks",
            *(f"second_looks_{outcome}" for outcome in transparency.OUTCOMES),
        ]
    )
    for quarter in transparency.by_quarter():
        counts = [quarter.received, *quarter.fates.values(), *quarter.reasons.values()]
        hours = quarter.median_hours
        looks = [quarter.looks, *quarter.outcomes.values()]
        rows.writerow(
            [
                quarter.code,
                *(HIDDEN if count is None else count for count in counts),
                HIDDEN if hours is None else f"{hours:.1f}",
                *(HIDDEN if count is None else count for count in looks),
            ]
        )
    return response
