"""Counting visitors who were warned about a case, and those who sent it all the same.

The form itself remembers that its warning was counted, in a signed field, so that whoever looks
three times is counted once and nothing about a visitor is kept here. The number of the form is
remembered for a while too, where a form is sent again from the start: by the browser's way back.
"""

from __future__ import annotations

import logging
from datetime import date

from django.core import signing
from django.core.cache import cache
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import CaseWarnings

logger = logging.getLogger(__name__)

REMEMBERED_FOR = 2 * 24 * 60 * 60
"""Seconds; a form that was kept open for longer is a new one."""

_WARNED = signing.Signer(salt="comments.warned")


def count_shown(key: str, token: str) -> str:
    """Count the warning, unless this form was counted before; the token that it carries on."""
    if _month(key, token):
        return token
    month = timezone.localdate().replace(day=1)
    if _is_new(key):
        CaseWarnings.objects.get_or_create(month=month)
        CaseWarnings.objects.filter(month=month).update(shown=F("shown") + 1)
    return _WARNED.sign(f"{key}.{month:%Y-%m}")


def count_sent(key: str, token: str) -> None:
    """The enquiry was sent after its warning, which is how it was not met before posting."""
    if month := _month(key, token):
        shown = CaseWarnings.objects.filter(month=month, sent__lt=F("shown"))
        shown.update(sent=F("sent") + 1)


def _month(key: str, token: str) -> date | None:
    """In which the warning of this form was counted; nothing where we did not sign it."""
    try:
        form, month = _WARNED.unsign(token).rsplit(".", 1)
        return date.fromisoformat(f"{month}-01") if form == key else None
    except (signing.BadSignature, ValueError):
        return None


def _is_new(key: str) -> bool:
    """Whether no warning was counted for this form yet, as far as the cache remembers."""
    digest = salted_hmac("comments.warned", key, algorithm="sha256").hexdigest()
    try:
        return not key or cache.add(f"warned:{digest}", 1, timeout=REMEMBERED_FOR)
    except Exception as error:  # a cache that is away must stop nobody's comment
        logger.warning("The cache failed with %s.", type(error).__name__)
        return True
