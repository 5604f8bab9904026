"""What a server has to say at its start, through whichever door it serves."""

from __future__ import annotations

import logging

from django.core.checks import run_checks

logger = logging.getLogger(__name__)


def report_damage() -> None:
    """Servers ask no checks of their own; damaged screening must not go unnoticed."""
    for problem in run_checks(tags=["screening"]):
        logger.error("%s", problem.msg)
