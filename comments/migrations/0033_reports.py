import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0032_hide_until_decided")]

    operations = [
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("personal_information", "It tells something private about a person"),
                            ("impersonation", "It is written in my name, and not by me"),
                            ("threat", "It threatens somebody"),
                            ("hate_speech", "It holds people in contempt for who they are"),
                            ("harassment", "It attacks a person, or will not leave them alone"),
                            ("misleading", "It says something wrong that could hurt people"),
                            ("advertising", "It advertises"),
                            ("other", "Something else"),
                        ],
                        max_length=24,
                        verbose_name="reason",
                    ),
                ),
                (
                    "about_me",
                    models.BooleanField(default=False, verbose_name="about whoever reports it"),
                ),
                ("words", models.TextField(blank=True, verbose_name="words")),
                ("is_urgent", models.BooleanField(default=False, verbose_name="in distress")),
                ("hides", models.JSONField(blank=True, default=list)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="comments.comment",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settled",
                        to="comments.decision",
                    ),
                ),
            ],
            options={
                "verbose_name": "report",
                "verbose_name_plural": "reports",
                "ordering": ["at", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.AlterField(
            model_name="decision",
            name="action",
            field=models.CharField(
                choices=[
                    ("approve", "Approved"),
                    ("approve_redacted", "Approved redacted"),
                    ("remove", "Removed"),
                    ("restore", "Put back"),
                    ("answer", "Answered by letter"),
                    ("move", "Moved"),
                    ("unsure", "Passed on"),
                    ("undo", "Undone"),
                    ("destroy", "Destroyed for good"),
                    ("edit", "Edited"),
                    ("withdraw", "Withdrawn"),
                    ("uphold", "Looked at again: it stands"),
                    ("leave", "Left as it is"),
                ],
                max_length=20,
            ),
        ),
    ]
