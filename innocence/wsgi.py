"""The door for WSGI servers such as gunicorn."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from .start import report_damage

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "innocence.settings")
application = get_wsgi_application()
report_damage()
