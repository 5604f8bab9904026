"""The line of the United States, in the language of the site; staff add those of other countries.

https://988lifeline.org, read in November 2026.
"""

from __future__ import annotations

from django.conf import settings
from django.db import migrations

WORDS = {
    "en": {
        "country": "United States",
        "name": "988 Suicide & Crisis Lifeline",
        "how": "Call or text 988, at any hour.",
    },
    "es": {
        "country": "Estados Unidos",
        "name": "988 Línea de Prevención del Suicidio y Crisis",
        "how": "Llame al 988 y oprima 2, o envíe AYUDA al 988, a cualquier hora.",
    },
}


def add_it(apps, schema_editor):
    words = WORDS.get(settings.LANGUAGE_CODE[:2], WORDS["en"])
    HelpLine = apps.get_model("comments", "HelpLine")
    if not HelpLine.objects.exists():
        HelpLine.objects.create(
            phone="988", website="https://988lifeline.org/", position=1, **words
        )


class Migration(migrations.Migration):
    dependencies = [("comments", "0005_help_lines")]

    operations = [migrations.RunPython(add_it, migrations.RunPython.noop)]
