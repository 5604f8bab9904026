"""What every template may say about the organisation."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest | None = None) -> dict[str, Any]:
    """The organisation's name, addresses and donation page, from the settings."""
    return {
        "site": {
            "name": settings.SITE_NAME,
            "url": settings.SITE_URL,
            "email": settings.SITE_EMAIL,
            "postal_address": settings.SITE_POSTAL_ADDRESS,
            "donate_url": settings.DONATE_URL,
        }
    }
