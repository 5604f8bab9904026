"""The figures of case enquiries, as a table and as a file."""

from __future__ import annotations

import csv

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from . import desk, figures

MONTHS_SHOWN = 12
COLUMNS = [
    "month",
    "came",
    "met_before_posting",
    "answered",
    "median_hours",
    "nine_in_ten_within_hours",
]


@never_cache
@login_required
@permission_required("comments.moderate", raise_exception=True)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The last twelve months, newest first."""
    months = figures.by_month()[:MONTHS_SHOWN]
    context = desk.frame(request) | {"queue": "figures", "figures": "cases", "months": months}
    return render(request, "desk/comments/figures.html", context)


@never_cache
@login_required
@permission_required("comments.moderate", raise_exception=True)
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """All months for a spreadsheet: names of columns and numbers that no language changes."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="case-enquiries.csv"'
    rows = csv.writer(response)
    rows.writerow(COLUMNS)
    for month in figures.by_month():
        speed = [_rounded(month.median), _rounded(month.nine_in_ten)]
        rows.writerow([f"{month.month:%Y-%m}", month.came, month.met, month.answered, *speed])
    return response


def _rounded(hours: float | None) -> str:
    return "" if hours is None else f"{hours:.1f}"
