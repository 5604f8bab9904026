"""How many case enquiries came in each month, how many were met or answered, and how fast."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil
from statistics import median

from django.db.models import Count, F, Max, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone

from .models import Action, CaseWarnings, Comment, Status

_HOUR = timedelta(hours=1)


@dataclass(slots=True)
class Month:
    """What became of the enquiries of one month, whenever it happened."""

    month: date
    came: int = 0
    """Waited as case enquiries, those that were let out as comments after all among them."""
    met: int = 0
    """Visitors who read the warning and did not send the enquiry; they are not in ``came``."""
    hours: list[float] = field(default_factory=list)
    """From writing to the answer, one for each enquiry that was answered."""

    @property
    def answered(self) -> int:
        return len(self.hours)

    @property
    def median(self) -> float | None:
        return middle(self.hours)

    @property
    def nine_in_ten(self) -> float | None:
        return nine_in_ten(self.hours)


def middle(hours: list[float]) -> float | None:
    return median(hours) if hours else None


def nine_in_ten(hours: list[float]) -> float | None:
    """The hours within which nine of ten were done: the smallest such number."""
    return sorted(hours)[ceil(0.9 * len(hours)) - 1] if hours else None


def by_month() -> list[Month]:
    """Newest first, without a gap between the first month of which anything is known and now."""
    found: dict[date, Month] = {}

    def of(month: date) -> Month:
        return found.setdefault(month, Month(month))

    for month, count in _came():
        of(month).came = count
    for row in CaseWarnings.objects.all():
        of(row.month).met = row.met
    for month, hours in _hours_to_the_answer().items():
        of(month).hours = hours
    return [of(month) for month in _months_back_to(min(found, default=_this_month()))]


def _enquiries() -> Q:
    """Whatever waited, or waits, as a case enquiry, and whatever was answered as one."""
    return Q(queue="cases") | Q(status=Status.ANSWERED)


def _came() -> list[tuple[date, int]]:
    enquiries = Comment.objects.filter(_enquiries()).annotate(month=TruncMonth("created_at"))
    counted = enquiries.order_by().values_list("month").annotate(count=Count("pk"))
    return [(month.date(), count) for month, count in counted]


def _hours_to_the_answer() -> dict[date, list[float]]:
    """Only answers that stand: one that was taken back has told nobody anything."""
    answered = Comment.objects.filter(status=Status.ANSWERED).annotate(
        answered_at=Max("decisions__at", filter=Q(decisions__action=Action.ANSWER)),
        month=TruncMonth("created_at"),
    )
    hours: dict[date, list[float]] = defaultdict(list)
    for month, written, at in answered.values_list("month", F("created_at"), "answered_at"):
        hours[month.date()].append((at - written) / _HOUR)
    return hours


def _this_month() -> date:
    return timezone.localdate().replace(day=1)


def _months_back_to(first: date) -> list[date]:
    months = [_this_month()]
    while months[-1] > first:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months
