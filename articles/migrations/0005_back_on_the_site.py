from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """An article is put back on the site; only an older text is restored."""

    dependencies = [("articles", "0004_byline_of_the_organisation")]

    operations = [
        migrations.AlterField(
            model_name="publication",
            name="action",
            field=models.CharField(
                choices=[
                    ("published", "Published"),
                    ("scheduled", "Scheduled"),
                    ("revised", "Revised"),
                    ("withdrawn", "Withdrawn"),
                    ("restored", "Back on the site"),
                ],
                max_length=10,
            ),
        ),
    ]
