import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0020_tell_the_language"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AddressSearch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "comment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="searches",
                        to="comments.comment",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "search by address",
                "verbose_name_plural": "searches by address",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.AlterModelOptions(
            name="comment",
            options={
                "permissions": [
                    ("moderate", "May read the queues and decide on comments"),
                    ("destroy", "May destroy what was cut or removed at once"),
                    ("search_by_email", "May look for the comments of an e-mail address"),
                ],
                "verbose_name": "comment",
                "verbose_name_plural": "comments",
            },
        ),
        migrations.RemoveIndex(model_name="comment", name="comment_author"),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                fields=["author_digest", "-created_at", "-id"], name="comment_newest_of_author"
            ),
        ),
    ]
