"""How long a comment usually waits, told from what moderators decided lately."""

from __future__ import annotations

from datetime import timedelta
from math import ceil

from django.db.models import F
from django.utils import timezone
from django.utils.translation import ngettext

from .models import Decision, Status

LATELY = timedelta(days=30)
"""Only comments that are not older tell how it goes now."""
LOOKED_AT = 200
"""Decisions; the newest are enough to tell, and cheap to find in a long log."""
FEWEST = 10
"""Of less nothing can be told."""
_HOUR = timedelta(hours=1)


def usual_wait() -> timedelta | None:
    """Within which nine of ten comments that waited were decided; nothing where few were."""
    decided = Decision.objects.filter(
        by__isnull=False,
        status_before=Status.WAITING,
        comment__created_at__gte=timezone.now() - LATELY,
    ).exclude(status_after=Status.WAITING)
    waited = decided.order_by("-pk").values_list(F("at") - F("comment__created_at"), flat=True)
    waits = sorted(waited[:LOOKED_AT])
    return waits[ceil(0.9 * len(waits)) - 1] if len(waits) >= FEWEST else None


def in_words(wait: timedelta) -> str:
    """Rounded up, for nobody minds being early."""
    hours = max(1, ceil(wait / _HOUR))
    if hours < 48:
        return ngettext("%(number)d hour", "%(number)d hours", hours) % {"number": hours}
    days = ceil(hours / 24)
    return ngettext("%(number)d day", "%(number)d days", days) % {"number": days}
