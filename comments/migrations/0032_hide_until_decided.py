from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0031_emergency_numbers")]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="hidden_body",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name="comment",
            name="hidden_name",
            field=models.CharField(blank=True, editable=False, max_length=500),
        ),
        migrations.AddField(
            model_name="comment",
            name="hiding_changed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="comment",
            name="report_rank",
            field=models.PositiveSmallIntegerField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="comment",
            name="reported_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("reported_at__isnull", False)),
                fields=["status", "report_rank", "reported_at", "id"],
                name="comment_reported",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("report_rank__isnull", True), ("reported_at__isnull", True)),
                    models.Q(("report_rank__isnull", False), ("reported_at__isnull", False)),
                    _connector="OR",
                ),
                name="reported_comment_has_a_rank",
            ),
        ),
    ]
