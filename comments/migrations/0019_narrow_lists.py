from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0018_count_within_the_index")]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="language",
            field=models.CharField(
                blank=True,
                choices=[("en", "English"), ("es", "Spanish")],
                editable=False,
                max_length=2,
                verbose_name="language",
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                fields=["article", "-created_at", "-id"], name="comment_newest_of_article"
            ),
        ),
    ]
