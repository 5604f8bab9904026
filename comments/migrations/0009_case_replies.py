import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

LANGUAGES = [("en", "English"), ("es", "Spanish")]


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0008_log_who_looked"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="CaseReply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="For moderators; it is not part of the letter.",
                        max_length=80,
                        verbose_name="title",
                    ),
                ),
                (
                    "language",
                    models.CharField(choices=LANGUAGES, max_length=2, verbose_name="language"),
                ),
                ("text", models.TextField(max_length=4000, verbose_name="text")),
                ("is_archived", models.BooleanField(default=False, verbose_name="archived")),
                ("number", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "saved reply",
                "verbose_name_plural": "saved replies",
                "permissions": [
                    ("edit_case_replies", "May write the saved replies to case enquiries")
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseReplyVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("saved", "Saved"),
                            ("restored", "Restored from an older version"),
                            ("archived", "Archived"),
                            ("brought_back", "Taken out of the archive"),
                        ],
                        default="saved",
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=80)),
                ("language", models.CharField(choices=LANGUAGES, max_length=2)),
                ("text", models.TextField()),
                ("is_archived", models.BooleanField(default=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reply",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="comments.casereply",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a saved reply",
                "verbose_name_plural": "versions of saved replies",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reply", "number"), name="case_reply_counts_versions"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="case_reply_counts_from_one"
                    ),
                ],
            },
        ),
    ]
