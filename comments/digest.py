"""Mail to moderators: how much waits, for how long, and where. Not a word, a name or an address.

Everybody gets a letter of their own, so that no address reaches a colleague.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db.models import Count, Min, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Comment, Notice, SecondLook
from .models.comment import LANES, REPORTED
from .models.report import URGENT_RANK

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one mailing."""

    sent: int = 0
    failed: int = 0
    has_news: bool = True


def readers() -> list[User]:
    """Who may moderate, as themselves or by their group, and has an address."""
    moderators = User.objects.with_perm("comments.moderate", include_superusers=False)
    return list(moderators.exclude(email="").order_by("pk"))


def send() -> Sent:
    """What waits now; nothing where nothing does."""
    with translation.override(settings.LANGUAGE_CODE):
        lanes = _lanes()
        looks = sorted(SecondLook.objects.open(), key=attrgetter("asked_at"))
        letters = Notice.objects.unsent().count()
        if not lanes and not looks and not letters:
            return Sent(has_news=False)
        waiting = sum(lane["count"] for lane in lanes)
        subject = ngettext("%(number)d comment waits", "%(number)d comments wait", waiting)
        context = {
            "lanes": lanes,
            "urgent": sum(lane["urgent"] for lane in lanes),
            "looks": looks,
            "looks_age": _age(looks[0].asked_at) if looks else "",
            "looks_url": settings.SITE_URL + reverse("comments:second-looks"),
            "letters": letters,
        }
        return _mail("digest", subject % {"number": waiting}, context)


def send_alarm() -> Sent:
    """Which comments and second looks wait whose writers may be in distress, as long as no
    moderator was told.
    """
    untold = {"is_urgent": True, "alarmed_at__isnull": True}
    comments = [one for one in Comment.objects.waiting().filter(**untold) if _claim(one)]
    looks = [one for one in SecondLook.objects.open().filter(**untold) if _claim(one)]
    if not comments and not looks:
        return Sent(has_news=False)
    with translation.override(settings.LANGUAGE_CODE):
        places = [(_page_of(one.pk), _age(one.created_at)) for one in comments]
        places += [(f"{_page_of(one.comment_id)}#second-look", _age(one.asked_at)) for one in looks]
        subject = _("Somebody who commented may be in distress")
        result = _mail("alarm", subject, {"comments": places})
    if not result.sent:  # the next run tries again
        Comment.objects.filter(pk__in=[one.pk for one in comments]).update(alarmed_at=None)
        SecondLook.objects.filter(pk__in=[one.pk for one in looks]).update(alarmed_at=None)
    return result


def _page_of(pk: int) -> str:
    return str(settings.SITE_URL + reverse("comments:show", args=[pk]))


def _claim(one: Comment | SecondLook) -> bool:
    """Of two runs at once only one tells of it."""
    untold = type(one)._default_manager.filter(pk=one.pk, alarmed_at__isnull=True)
    return untold.update(alarmed_at=timezone.now()) == 1


def _lanes() -> list[dict[str, Any]]:
    """The queues in which anything waits, and what was reported."""
    waiting = Comment.objects.waiting().order_by().values_list("queue")
    counted = waiting.annotate(
        count=Count("pk"), urgent=Count("pk", filter=Q(is_urgent=True)), oldest=Min("created_at")
    )
    found = {queue: (count, urgent, oldest) for queue, count, urgent, oldest in counted}
    reported = (
        Comment.objects.reported()
        .order_by()
        .aggregate(
            count=Count("pk"),
            urgent=Count("pk", filter=Q(report_rank=URGENT_RANK)),
            oldest=Min("reported_at"),
        )
    )
    if reported["count"]:
        found[REPORTED] = (reported["count"], reported["urgent"], reported["oldest"])
    return [
        {
            "label": label,
            "count": found[queue][0],
            "urgent": found[queue][1],
            "age": _age(found[queue][2]),
            "url": settings.SITE_URL + reverse("comments:queue", args=[queue]),
        }
        for queue, label in LANES
        if queue in found
    ]


def _mail(name: str, subject: str, context: dict[str, Any]) -> Sent:
    about_us = {
        "site_name": settings.SITE_NAME,
        "desk_url": settings.SITE_URL + reverse("comments:overview"),
    }
    body = render_to_string(f"desk/mail/{name}.txt", context | about_us)
    sent = failed = 0
    for reader in readers():
        letter = EmailMessage(
            subject=f"{subject} ({settings.SITE_NAME})",
            body=body,
            to=[reader.email],
            headers={"Auto-Submitted": "auto-generated"},
        )
        try:
            letter.send()
        except Exception as error:  # the others are to have theirs
            logger.warning("Account %d got no mail: %s", reader.pk, type(error).__name__)
            failed += 1
        else:
            sent += 1
    return Sent(sent, failed)


def _age(moment: datetime) -> str:
    return timesince(moment, timezone.now(), depth=1)
