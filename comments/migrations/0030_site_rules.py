import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0029_first_within_the_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SiteRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("words", "Words"), ("host", "Links to a website")],
                        default="words",
                        max_length=5,
                        verbose_name="kind",
                    ),
                ),
                ("lines", models.TextField(max_length=2000, verbose_name="what is looked for")),
                ("note", models.CharField(max_length=300, verbose_name="why")),
                ("is_on", models.BooleanField(default=True, verbose_name="switched on")),
                ("number", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "rule of the site",
                "verbose_name_plural": "rules of the site",
                "ordering": ["-is_on", "-pk"],
                "permissions": [("edit_site_rules", "May write the rules that hold comments")],
            },
        ),
        migrations.AlterField(
            model_name="finding",
            name="type",
            field=models.CharField(
                choices=[
                    ("EMAIL", "e-mail address"),
                    ("PHONE", "phone number"),
                    ("ADDRESS", "address"),
                    ("SSN", "social security number"),
                    ("DOB", "date of birth"),
                    ("INMATE_ID", "inmate number"),
                    ("CASE_NUMBER", "case number"),
                    ("URL_HANDLE", "profile or handle"),
                    ("CREDIT_CARD", "card number"),
                    ("IBAN", "bank account number"),
                    ("LICENSE_PLATE", "license plate"),
                    ("IP", "IP address"),
                    ("PERSON_PRIVATE", "name"),
                    ("OTHER_ID", "identity number"),
                    ("HATE", "hate speech"),
                    ("THREAT", "threat"),
                    ("CASE_ENQUIRY", "case enquiry"),
                    ("DISTRESS", "distress"),
                    ("SPAM", "spam"),
                    ("SITE_RULE", "rule of this site"),
                    ("FAULT", "fault"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="reveal",
            name="type",
            field=models.CharField(
                choices=[
                    ("EMAIL", "e-mail address"),
                    ("PHONE", "phone number"),
                    ("ADDRESS", "address"),
                    ("SSN", "social security number"),
                    ("DOB", "date of birth"),
                    ("INMATE_ID", "inmate number"),
                    ("CASE_NUMBER", "case number"),
                    ("URL_HANDLE", "profile or handle"),
                    ("CREDIT_CARD", "card number"),
                    ("IBAN", "bank account number"),
                    ("LICENSE_PLATE", "license plate"),
                    ("IP", "IP address"),
                    ("PERSON_PRIVATE", "name"),
                    ("OTHER_ID", "identity number"),
                    ("HATE", "hate speech"),
                    ("THREAT", "threat"),
                    ("CASE_ENQUIRY", "case enquiry"),
                    ("DISTRESS", "distress"),
                    ("SPAM", "spam"),
                    ("SITE_RULE", "rule of this site"),
                    ("FAULT", "fault"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="SiteRuleVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("words", "Words"), ("host", "Links to a website")], max_length=5
                    ),
                ),
                ("lines", models.TextField()),
                ("note", models.CharField(max_length=300)),
                ("is_on", models.BooleanField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="comments.siterule",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a rule",
                "verbose_name_plural": "versions of rules",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("rule", "number"), name="site_rule_counts_versions"
                    )
                ],
            },
        ),
    ]
