import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Comments that wait already get their traits from ``manage.py rescreen``."""

    dependencies = [
        ("comments", "0033_reports"),
    ]

    operations = [
        migrations.CreateModel(
            name="Trait",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "likeness",
                    models.CharField(
                        choices=[
                            ("text", "same text"),
                            ("near", "nearly the same text"),
                            ("link", "same link"),
                            ("author", "same author"),
                        ],
                        max_length=6,
                    ),
                ),
                ("value", models.BigIntegerField()),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="traits",
                        to="comments.comment",
                    ),
                ),
            ],
            options={
                "verbose_name": "trait of a waiting comment",
                "verbose_name_plural": "traits of waiting comments",
                "default_permissions": (),
                "indexes": [models.Index(fields=["value", "comment"], name="trait_value")],
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="along_with",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="along",
                to="comments.decision",
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("along_with__isnull", False)),
                fields=["along_with"],
                name="decision_along",
            ),
        ),
    ]
