"""Letters about a block: that it began, why, until when and what can be done; that it was lifted.

Like those about decisions they are due until they have gone out: ``manage.py send_notices`` tries
again. They go to the address of the author's last comment, in its language.
"""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from . import notices
from .models import Comment, Restriction
from .models.comment import NEWEST_FIRST
from .models.second_look import ANSWERED_WITHIN

logger = logging.getLogger(__name__)


def deliver_now(restriction_id: int) -> None:
    """Right after the act; whatever fails is tried again later."""
    if notices.has_mail():
        deliver(restriction_id)


def deliver(restriction_id: int) -> notices.Outcome:
    """Send the letter that is due, unless somebody else is at it."""
    if not _claim(restriction_id):
        return notices.Outcome.TAKEN
    due = Restriction.objects.untold().with_entry().filter(pk=restriction_id).first()
    if due is None:  # another sender was faster, or it was lifted before anybody was told
        return _settle(restriction_id, notices.Outcome.TAKEN)
    last = _last_comment_of(due.author_digest)
    if last is None:
        return _give_up(restriction_id)
    try:
        letter(due, last).send()
    except Exception as error:  # whatever breaks on the way, the next run tries again
        logger.warning("The letter of restriction %d failed: %s", due.pk, type(error).__name__)
        if notices.is_refused_for_good(error):
            return _give_up(restriction_id)
        return _settle(restriction_id, notices.Outcome.FAILED)
    told = "told_at" if due.told_at is None else "told_of_end_at"
    return _settle(restriction_id, notices.Outcome.SENT, **{told: timezone.now()})


def letter(restriction: Restriction, comment: Comment) -> EmailMessage:
    with translation.override(comment.language or settings.LANGUAGE_CODE):
        if restriction.lifting:
            subject = _("Your comments are taken again")
            words = notices.written("lifted", subject, comment, {})
        else:
            subject = _("For some time we take no comments from you")
            words = notices.written("blocked", subject, comment, _about(restriction))
    return notices.addressed(words, comment)


def _about(restriction: Restriction) -> dict[str, Any]:
    """Of the comment from which it was done, the headline above it; nothing that anybody wrote."""
    entry = restriction.entry
    return {
        "headline": entry.comment.article.headline,
        "wording": entry.public_wording,
        "last_day": entry.last_day,
        "policy_url": settings.SITE_URL + reverse("articles:page", args=["comment-policy"]),
        "email": settings.SITE_EMAIL,
        "postal_address": settings.SITE_POSTAL_ADDRESS,
        "answered_within": ANSWERED_WITHIN.days,
    }


def _last_comment_of(digest: str) -> Comment | None:
    theirs = Comment.objects.filter(author_digest=digest).exclude(email="")
    return theirs.select_related("article").order_by(*NEWEST_FIRST).first()


def _claim(restriction_id: int) -> bool:
    """Take it for oneself, in one statement: of two senders only one succeeds."""
    now = timezone.now()
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - notices.CLAIM_LASTS)
    return Restriction.objects.filter(free, pk=restriction_id).update(claimed_at=now) == 1


def _settle(restriction_id: int, outcome: notices.Outcome, **values: Any) -> notices.Outcome:
    Restriction.objects.filter(pk=restriction_id).update(claimed_at=None, **values)
    return outcome


def _give_up(restriction_id: int) -> notices.Outcome:
    return _settle(restriction_id, notices.Outcome.GIVEN_UP, given_up_at=timezone.now())
