from __future__ import annotations

from django.db import migrations, models
from django.db.models.functions import Coalesce


class Migration(migrations.Migration):
    """What the form says about a work that is in the list already; the database stays as it is."""

    dependencies = [("articles", "0005_back_on_the_site")]

    operations = [
        migrations.AlterConstraint(
            model_name="work",
            name="work_is_listed_once",
            constraint=models.UniqueConstraint(
                models.F("title"),
                models.F("kind"),
                models.F("year"),
                Coalesce("season", 0),
                name="work_is_listed_once",
                violation_error_message="This work is in the list already.",
            ),
        ),
    ]
