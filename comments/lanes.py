"""The lanes of the desk: what waits in each queue and was reported, how much and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import IntegerField, Subquery
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.timesince import timesince
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .models import Comment
from .models.comment import FIRST_CALM_RANK, LANES, REPORTED
from .models.report import URGENT_RANK

COUNTED = 1000
"""A queue is counted so far; what waits beyond makes no page slower."""

QUEUE_HINTS = {
    "pii": _("Phone numbers, addresses, numbers of people and papers, private names."),
    "hate": _("Contempt for people because of who they are, and threats."),
    "cases": _("People who ask us to look at a case."),
    "spam": _("Adverts, repeated texts, forms filled in by machines."),
    "general": _("First comments, people in distress, and what could not be screened."),
    REPORTED: _("Public comments with which readers find something wrong."),
}

_OF_LANE = {REPORTED: ("report_rank", "reported_at", URGENT_RANK + 1)}
"""What counts before age, since when it waits, and from which rank on nobody is in distress."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A queue, or what was reported, as the overview shows it."""

    queue: str
    label: str | Promise
    hint: str | Promise
    count: int
    urgent: int
    oldest: datetime | None

    @property
    def age(self) -> str:
        return age(self.oldest) if self.oldest else ""

    @property
    def waiting(self) -> str:
        """The count in figures."""
        return figure(self.count, is_more=self.count > COUNTED)


def every_lane() -> list[Lane]:
    """Every queue, empty ones too, in one query that takes no longer when more waits."""
    asked: dict[str, Subquery] = {}
    for queue, _label in LANES:
        # What is asked for stands in the index that gives the order, so no row is looked at.
        waiting = Comment.objects.in_lane(queue)
        rank, since, calm = _OF_LANE.get(queue, ("rank", "created_at", FIRST_CALM_RANK))
        by_age = waiting.order_by(since).values(since)
        urgent = waiting.filter((f"{rank}__lt", calm)).order_by(rank).values(rank)
        asked[f"{queue}_count"] = _Count(by_age[: COUNTED + 1])
        asked[f"{queue}_urgent"] = _Count(urgent[: COUNTED + 1])
        asked[f"{queue}_oldest"] = Subquery(by_age[:1])
    # Any row will do: none of the answers is about it.
    answers: Any = Comment.objects.order_by("pk").values(**asked).first() or {}
    return [
        Lane(
            queue,
            label,
            QUEUE_HINTS[queue],
            answers.get(f"{queue}_count", 0),
            answers.get(f"{queue}_urgent", 0),
            answers.get(f"{queue}_oldest"),
        )
        for queue, label in LANES
    ]


class _Count(Subquery):
    """How many rows there are, of which the set itself limits how many are looked at."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def figure(count: int, *, is_more: bool) -> str:
    """A number as it is read: "1,000+" where nobody counted further."""
    if is_more:
        count -= count % COUNTED
    return number_format(count, force_grouping=True) + "+" * is_more


def age(moment: datetime) -> str:
    now = timezone.now()
    if now - moment < timedelta(minutes=1):
        return gettext("less than a minute")
    return timesince(moment, now, depth=1)
