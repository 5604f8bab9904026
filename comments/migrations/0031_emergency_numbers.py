"""The numbers to call when a life is in danger: a table, and those of a few countries to begin with.

Staff change them and add others.
"""

import django.core.validators
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# Each country as its people write it; the names of the first and the last are the site's own words.
WORDS = {"en": ("United States", "European Union"), "es": ("Estados Unidos", "Unión Europea")}


def add_numbers(apps, schema_editor):
    EmergencyNumber = apps.get_model("comments", "EmergencyNumber")
    HelpLine = apps.get_model("comments", "HelpLine")
    united_states, europe = WORDS.get(settings.LANGUAGE_CODE[:2], WORDS["en"])
    line = HelpLine.objects.filter(phone="988").first()
    numbers = [
        (line.country if line else united_states, "911"),
        ("Canada", "911"),
        ("México", "911"),
        ("España", "112"),
        ("Nederland", "112"),
        ("United Kingdom", "999"),
        (europe, "112"),
    ]
    for position, (country, number) in enumerate(numbers, start=1):
        EmergencyNumber.objects.create(country=country, number=number, position=position)


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0030_site_rules"),
    ]

    operations = [
        migrations.CreateModel(
            name="EmergencyNumber",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        help_text="The same words as its help lines have: United States, México.",
                        max_length=80,
                        verbose_name="country",
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        help_text="As somebody dials it there. Please look it up; never try it.",
                        max_length=12,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[0-9]+(?: [0-9]+)*\\Z",
                                "Digits only, as somebody would dial them there, such as 911.",
                            )
                        ],
                        verbose_name="emergency number",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=10,
                        help_text="Smaller numbers come first.",
                        verbose_name="place in the list",
                    ),
                ),
                ("is_shown", models.BooleanField(default=True, verbose_name="shown to visitors")),
                (
                    "changed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
            ],
            options={
                "verbose_name": "emergency number",
                "verbose_name_plural": "emergency numbers",
                "ordering": ["position", "country"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("country"),
                        name="emergency_number_once_a_country",
                        violation_error_message="This country has an emergency number already.",
                    )
                ],
            },
        ),
        migrations.RunPython(add_numbers, migrations.RunPython.noop),
    ]
