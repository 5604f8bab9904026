"""The figures of the desk, for whoever leads it: charts, each with its table."""

from __future__ import annotations

from typing import NamedTuple

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from . import desk, workload
from .charts import Chart
from .models.comment import QUEUES

_DAY = 24


class LaneOverTime(NamedTuple):
    """One queue, at the end of each week."""

    queue: str
    label: str | Promise
    waiting: Chart
    days: Chart


class KindRow(NamedTuple):
    kind: workload.Kind
    share: int
    """Of the most frequent kind, in hundredths: how long its bar is."""


@never_cache
@login_required
@permission_required("comments.moderate", raise_exception=True)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The last twelve weeks."""
    work = workload.last_weeks()
    lanes = [_over_time(queue, label, work.weeks) for queue, label in QUEUES]
    most = max((kind.count for kind in work.kinds), default=1)
    context = desk.frame(request) | {
        "queue": "figures",
        "figures": "work",
        "over_time": lanes,
        "weeks": [
            (week, [(lane.waiting.values[at], lane.days.values[at]) for lane in lanes])
            for at, week in enumerate(work.weeks)
        ],
        "waits": [
            Chart(_("Half decided within"), [week.median for week in work.weeks]),
            Chart(_("Nine in ten within"), [week.nine_in_ten for week in work.weeks]),
        ],
        "kinds": [KindRow(kind, 100 * kind.count // most) for kind in work.kinds],
    }
    return render(request, "desk/comments/workload.html", context)


def _over_time(queue: str, label: str | Promise, weeks: list[workload.Week]) -> LaneOverTime:
    return LaneOverTime(
        queue,
        label,
        Chart(_("Waiting"), [week.waiting[queue] for week in weeks]),
        Chart(
            _("Days since the oldest was written"), [week.oldest[queue] / _DAY for week in weeks]
        ),
    )
