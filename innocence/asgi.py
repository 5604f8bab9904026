"""The door for ASGI servers."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

from .start import report_damage

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "innocence.settings")
application = get_asgi_application()
report_damage()
