from __future__ import annotations

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import articles.models.directory
import articles.places


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0007_words_beside_the_text"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DirectoryChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("added", "Added"),
                            ("changed", "Changed"),
                            ("removed", "Removed"),
                            ("imported", "Imported"),
                            ("undone", "Undone"),
                        ],
                        max_length=10,
                    ),
                ),
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
                    "undoes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="articles.directorychange",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of the list of organizations",
                "verbose_name_plural": "changes of the list of organizations",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="DirectoryLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.BigIntegerField()),
                ("name", models.CharField(max_length=160)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="articles.directorychange",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a change",
                "verbose_name_plural": "lines of a change",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="GuideRevision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "part",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("can", "What we can consider"),
                            ("cannot", "What we cannot consider"),
                            ("places", "Where we work"),
                            ("stages", "What happens, step by step"),
                            ("send", "What to send"),
                            ("never-send", "What never to send"),
                            ("where", "Where to write"),
                            ("never-asked", "What we never ask for"),
                            ("check", "The five questions"),
                        ],
                        max_length=12,
                        verbose_name="what changed",
                    ),
                ),
                ("published_at", models.DateTimeField(null=True, verbose_name="published")),
                (
                    "places",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[articles.places.validate_codes],
                        verbose_name="where we work",
                    ),
                ),
                (
                    "address",
                    models.TextField(
                        blank=True,
                        help_text="Line by line. Left empty, it is the address in the site’s settings.",
                        max_length=400,
                        verbose_name="address for letters about cases",
                    ),
                ),
                (
                    "where_en",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="about writing to us, in English"
                    ),
                ),
                (
                    "where_es",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="about writing to us, in Spanish"
                    ),
                ),
                (
                    "how_long_en",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="how long it takes, in English"
                    ),
                ),
                (
                    "how_long_es",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="how long it takes, in Spanish"
                    ),
                ),
                (
                    "needs_conviction",
                    models.BooleanField(default=True, verbose_name="the person has been convicted"),
                ),
                (
                    "needs_appeal_over",
                    models.BooleanField(default=True, verbose_name="the first appeal is over"),
                ),
                (
                    "needs_evidence",
                    models.BooleanField(
                        default=True,
                        verbose_name="there is, or may be, something that the court has not heard",
                    ),
                ),
                (
                    "needs_prison",
                    models.BooleanField(
                        default=False, verbose_name="the person is still in prison"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "state of how we consider cases",
                "verbose_name_plural": "how we consider cases",
                "ordering": ["-saved_at", "-pk"],
                "get_latest_by": ["saved_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="GuidePoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "section",
                    models.CharField(
                        choices=[
                            ("can", "What we can consider"),
                            ("cannot", "What we cannot consider"),
                            ("stages", "What happens, step by step"),
                            ("send", "What to send"),
                            ("never-send", "What never to send"),
                            ("never-asked", "What we never ask for"),
                        ],
                        max_length=12,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "title_en",
                    models.CharField(blank=True, max_length=120, verbose_name="title in English"),
                ),
                (
                    "text_en",
                    models.TextField(
                        blank=True, max_length=600, verbose_name="sentence in English"
                    ),
                ),
                (
                    "title_es",
                    models.CharField(blank=True, max_length=120, verbose_name="title in Spanish"),
                ),
                (
                    "text_es",
                    models.TextField(
                        blank=True, max_length=600, verbose_name="sentence in Spanish"
                    ),
                ),
                (
                    "duration_en",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="how long, in English"
                    ),
                ),
                (
                    "duration_es",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="how long, in Spanish"
                    ),
                ),
                (
                    "lines",
                    models.PositiveSmallIntegerField(
                        default=3,
                        help_text="To write on, in the printed letter guide.",
                        validators=[django.core.validators.MaxValueValidator(30)],
                        verbose_name="blank lines",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="points",
                        to="articles.guiderevision",
                    ),
                ),
            ],
            options={
                "verbose_name": "point",
                "verbose_name_plural": "points",
                "ordering": ["section", "position"],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                (
                    "address",
                    models.TextField(
                        blank=True,
                        help_text="Line by line.",
                        max_length=400,
                        verbose_name="postal address",
                    ),
                ),
                ("website", models.URLField(blank=True, verbose_name="website")),
                (
                    "languages",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[articles.models.directory.validate_spoken],
                        verbose_name="languages",
                    ),
                ),
                ("is_shown", models.BooleanField(default=True, verbose_name="shown to readers")),
            ],
            options={
                "verbose_name": "organization",
                "verbose_name_plural": "other organizations",
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"),
                        name="organisation_is_listed_once",
                        violation_error_message="An organization of this name is in the list already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("address", ""), ("website", ""), _negated=True),
                        name="organisation_can_be_reached",
                        violation_error_message="Please write an address or a website, or both.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationPlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.CharField(db_index=True, max_length=6)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="serves",
                        to="articles.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "place",
                "verbose_name_plural": "places",
            },
        ),
        migrations.AddConstraint(
            model_name="directorychange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("action", "undone"), ("undoes__isnull", False)),
                    models.Q(
                        models.Q(("action", "undone"), _negated=True), ("undoes__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="undoing_names_what_it_undoes",
            ),
        ),
        migrations.AddIndex(
            model_name="directoryline",
            index=models.Index(fields=["number"], name="directory_line_by_number"),
        ),
        migrations.AddIndex(
            model_name="guiderevision",
            index=models.Index(fields=["-published_at", "-id"], name="guide_newest_first"),
        ),
        migrations.AddConstraint(
            model_name="guiderevision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_by__isnull", True), ("published_at__isnull", False), _connector="OR"
                ),
                name="guide_published_by_somebody_at_some_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="guidepoint",
            constraint=models.UniqueConstraint(
                fields=("revision", "section", "position"), name="one_point_in_each_position"
            ),
        ),
        migrations.AddConstraint(
            model_name="guidepoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("title_en", ""), ("title_es", ""), _negated=True),
                name="point_has_a_title",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisationplace",
            constraint=models.UniqueConstraint(
                fields=("organisation", "place"), name="organisation_serves_a_place_once"
            ),
        ),
    ]
