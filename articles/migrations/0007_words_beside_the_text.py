from __future__ import annotations

from importlib import import_module

from django.db import migrations, models

search_index = import_module("articles.migrations.0002_search_index")


class Migration(migrations.Migration):
    """For search: what stands on a page besides its text. The index is built anew, see 0002."""

    dependencies = [("articles", "0006_work_listed_already_in_words")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, search_index.build),
        migrations.AddField(
            model_name="article",
            name="words_beside",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.RunPython(search_index.build, migrations.RunPython.noop),
    ]
