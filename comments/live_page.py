"""Measured screening: what each type of finding is worth, live and over the labelled files."""

from __future__ import annotations

from itertools import groupby

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from . import desk, live, wording
from .screening import Category, model_version

DETECTORS = {
    Category.PERSONAL_INFORMATION: _("Personal information"),
    Category.HATE: _("Hate speech and threats"),
    Category.CASE_ENQUIRY: _("Case enquiries"),
    Category.DISTRESS: _("Distress"),
    Category.SPAM: _("Spam"),
    Category.SITE_RULE: _("Rules of this site"),
}


@never_cache
@login_required
@permission_required("comments.moderate", raise_exception=True)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """A table of the types, by what looks for them."""
    measured = live.by_type()
    context = desk.frame(request) | {
        "queue": "figures",
        "figures": "screening",
        "detectors": [
            (DETECTORS[category], [(wording.label(row.kind), row) for row in rows])
            for category, rows in groupby(measured, key=lambda row: row.kind.category)
        ],
        "under": [wording.label(row.kind) for row in measured if row.is_under_its_bar],
        "weeks": live.WEEKS,
        "enough": live.ENOUGH,
        "models": model_version(),
    }
    return render(request, "desk/comments/live.html", context)
