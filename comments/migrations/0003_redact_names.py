from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0002_notice_claimed_at")]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="redacted_name",
            field=models.CharField(blank=True, max_length=500, verbose_name="redacted name"),
        ),
        migrations.AlterField(
            model_name="comment",
            name="name",
            field=models.CharField(max_length=500, verbose_name="name"),
        ),
    ]
