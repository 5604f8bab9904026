"""What every template may say about the organisation."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from articles.cases import address_of


def site(request: HttpRequest | None = None) -> dict[str, Any]:
    """The organisation's name and addresses, and its pages that every page leads to."""
    return {
        "site": {
            "name": settings.SITE_NAME,
            "url": settings.SITE_URL,
            "email": settings.SITE_EMAIL,
            "postal_address": settings.SITE_POSTAL_ADDRESS,
            "donate_url": settings.DONATE_URL,
            "cases_url": address_of("cases"),
        }
    }
