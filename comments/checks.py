"""What is wrong with the settings is said at the start, not on the first comment."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.utils.module_loading import import_string

from . import screening

SCREENING = "screening"
"""The tag under which a server asks at its start."""


@register(Tags.compatibility)
def comment_settings(**_kwargs: Any) -> list[CheckMessage]:
    """``COMMENT_MODE`` is one of the modes, and ``SCREENER`` can be called."""
    problems: list[CheckMessage] = []
    modes = [mode.value for mode in screening.Mode]
    if settings.COMMENT_MODE not in modes:
        problems.append(
            Error(
                f"COMMENT_MODE is {settings.COMMENT_MODE!r}.",
                hint=f"Set it to one of: {', '.join(modes)}.",
                id="comments.E001",
            )
        )
    try:
        screener = import_string(settings.SCREENER)
    except ImportError as error:
        problems.append(Error(f"SCREENER cannot be imported: {error}", id="comments.E002"))
    else:
        if not callable(screener):
            problems.append(Error("SCREENER names nothing that can be called.", id="comments.E003"))
    return problems


@register(SCREENING)
def screening_data(**_kwargs: Any) -> list[CheckMessage]:
    """The models are there and unaltered. Where they are not the site runs, and comments wait."""
    return [
        Warning(
            f"Screening is not whole: {damage}.",
            hint="Every comment waits for a person until the files of comments/screening/ are "
            "those of the release again.",
            id="comments.W001",
        )
        for damage in screening.damages()
    ]
