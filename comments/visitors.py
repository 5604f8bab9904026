"""The one cookie a visitor may get: set when a comment is posted, so that its author sees it wait.

It holds a random number and a signature, nothing about the person.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "visitor"
KEPT = timedelta(days=180)
_SALT = "comments.visitor"


def visitor_of(request: HttpRequest) -> UUID | None:
    """The visitor whose browser this is, if it ever posted a comment here."""
    value = request.get_signed_cookie(COOKIE, default=None, salt=_SALT, max_age=KEPT)
    try:
        return UUID(value) if value else None
    except ValueError:
        return None


def new_visitor() -> UUID:
    return uuid4()


def remember(response: HttpResponse, visitor: UUID) -> None:
    """Know this browser again for another half year."""
    response.set_signed_cookie(
        COOKIE,
        visitor.hex,
        salt=_SALT,
        max_age=KEPT,
        secure=not settings.PLAIN_HTTP,
        httponly=True,
        samesite="Lax",
    )
