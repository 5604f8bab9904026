"""The link with which somebody comes back to their comment, without an account.

It is signed, ends by itself, and holds a number and nothing about the person. Shown after posting
it proves the browser; sent in a letter it proves the address as well, and reaches further.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.urls import reverse

from .models import Comment

LASTS = timedelta(days=90)
_SALT = "comments.receipt"
_STOP = "comments.receipt.stop"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a link stands for."""

    comment_pk: int
    is_proven: bool
    """It was sent to the address that the comment was written with."""
    is_over: bool


def token_of(comment: Comment, *, is_proven: bool) -> str:
    return signing.dumps([comment.pk, int(is_proven)], salt=_SALT)


def address_of(comment: Comment, *, is_proven: bool) -> str:
    return reverse("comments:receipt", args=[token_of(comment, is_proven=is_proven)])


def stop_address_of(comment: Comment) -> str:
    """The link that ends the letters about replies: it does nothing else, and never ends itself.

    Mail programs and their servers know it.
    """
    return reverse("comments:receipt-stop", args=[signing.dumps(comment.pk, salt=_STOP)])


def read_stop(token: str) -> int | None:
    """The number of the comment; nothing where we did not write it."""
    try:
        pk: int = signing.loads(token, salt=_STOP)
    except signing.BadSignature:
        return None
    return pk


def read(token: str) -> Receipt | None:
    """Nothing where we did not write it."""
    try:
        pk, is_proven = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return Receipt(pk, bool(is_proven), is_over=_is_over(token))


def _is_over(token: str) -> bool:
    try:
        signing.loads(token, salt=_SALT, max_age=LASTS)
    except signing.SignatureExpired:
        return True
    return False
