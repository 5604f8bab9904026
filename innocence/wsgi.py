"""The door for WSGI servers such as gunicorn."""

from __future__ import annotations

import logging
import os

from django.core.checks import run_checks
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "innocence.settings")
application = get_wsgi_application()

# Servers ask no checks of their own; damaged screening must not go unnoticed.
for problem in run_checks(tags=["screening"]):
    logging.getLogger(__name__).error("%s", problem.msg)
