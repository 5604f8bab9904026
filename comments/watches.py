"""Telling an author that somebody replied: who asked for it and confirmed it, until they stop.

The letters go out with ``manage.py send_notices``, several replies in one. They lead to the
replies and hold nothing of them, not even a name.
"""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import notices, receipts
from .languages import locale_of
from .models import Comment, Watch
from .throttle import Throttle

logger = logging.getLogger(__name__)

QUESTIONS_A_DAY = Throttle("watch", limit=3, seconds=86400)
"""Letters to one address that ask to confirm, whoever types it."""


def ask(comment: Comment, *, is_proven: bool) -> Watch:
    """Start telling; only once it is confirmed, unless the wish itself came by the mailbox."""
    watch, _created = Watch.objects.get_or_create(comment=comment)
    if is_proven and watch.confirmed_at is None:
        watch.confirmed_at = timezone.now()
        watch.save(update_fields=["confirmed_at"])
    return watch


def stop(comment: Comment) -> None:
    Watch.objects.filter(comment=comment).delete()


def deliver(watch_id: int) -> notices.Outcome:
    """Send the letter that is due: the question whether to tell, or the news."""
    if not _claim(watch_id):
        return notices.Outcome.TAKEN
    watch = Watch.objects.due().select_related("comment__article").filter(pk=watch_id).first()
    if watch is None:  # another sender was faster, or there is nothing to tell any more
        Watch.objects.filter(pk=watch_id).update(claimed_at=None)
        return notices.Outcome.TAKEN
    replies = list(watch.new_replies) if watch.confirmed_at else []
    address = watch.comment.author_digest
    if not watch.confirmed_at and QUESTIONS_A_DAY.is_exhausted(address):
        watch.delete()
        return notices.Outcome.GIVEN_UP
    try:
        with translation.override(locale_of(watch.comment.language)):
            letter = _news(watch, replies) if replies else _question(watch)
        letter.send()
    except Exception as error:  # whatever breaks on the way, the next run tries again
        logger.warning("The letter of watch %d failed: %s", watch.pk, type(error).__name__)
        if notices.is_refused_for_good(error):
            watch.delete()
            return notices.Outcome.GIVEN_UP
        Watch.objects.filter(pk=watch.pk).update(claimed_at=None)
        return notices.Outcome.FAILED
    now = timezone.now()
    asked_at = watch.asked_by_letter_at
    if replies:
        Comment.objects.filter(pk__in=[reply.pk for reply in replies]).update(parent_told_at=now)
    else:
        QUESTIONS_A_DAY.count(address)
        asked_at = now
    Watch.objects.filter(pk=watch.pk).update(claimed_at=None, asked_by_letter_at=asked_at)
    return notices.Outcome.SENT


def _claim(watch_id: int) -> bool:
    """Take it for oneself, in one statement: of two senders only one succeeds."""
    now = timezone.now()
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - notices.CLAIM_LASTS)
    return Watch.objects.filter(free, pk=watch_id).update(claimed_at=now) == 1


def _question(watch: Watch) -> EmailMessage:
    words = notices.written(
        "confirm", _("Shall we tell you when somebody replies?"), watch.comment, {}
    )
    return notices.addressed(words, watch.comment)


def _news(watch: Watch, replies: list[Comment]) -> EmailMessage:
    """With the headers by which a mail program offers to stop, in one click (RFC 8058)."""
    stop_url = settings.SITE_URL + receipts.stop_address_of(watch.comment)
    context = {
        "headline": watch.comment.article.headline,
        "urls": [settings.SITE_URL + reply.get_absolute_url() for reply in replies],
        "stop_url": stop_url,
    }
    subject = ngettext(
        "Somebody replied to your comment", "New replies to your comment", len(replies)
    )
    letter = notices.addressed(
        notices.written("reply", subject, watch.comment, context), watch.comment
    )
    letter.extra_headers |= {
        "List-Unsubscribe": f"<{stop_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return letter
