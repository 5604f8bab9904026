from __future__ import annotations

from django.db import migrations, models

import articles.models


class Migration(migrations.Migration):
    """A new article is signed with the organisation's own name.

    The database knows nothing of this default, and rebuilding SQLite's table for it would drop
    the triggers that keep the search index.
    """

    dependencies = [("articles", "0003_standing_pages")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name=model,
                    name="byline",
                    field=models.CharField(
                        default=articles.models.default_byline,
                        max_length=160,
                        verbose_name="byline",
                    ),
                )
                for model in ("article", "revision")
            ]
        )
    ]
