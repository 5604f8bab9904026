"""Tell the language of the comments that came in before it was kept."""

from __future__ import annotations

from django.db import migrations

from comments.languages import language_of

BATCH = 1000


def tell(apps, schema_editor):
    Comment = apps.get_model("comments", "Comment")
    comments = Comment.objects.filter(language="").exclude(body="").only("pk", "body")
    batch = []
    for comment in comments.iterator(chunk_size=BATCH):
        comment.language = language_of(comment.body)
        batch.append(comment)
        if len(batch) == BATCH:
            Comment.objects.bulk_update(batch, ["language"])
            batch = []
    Comment.objects.bulk_update(batch, ["language"])


class Migration(migrations.Migration):
    dependencies = [("comments", "0019_narrow_lists")]

    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
