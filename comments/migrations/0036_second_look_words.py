"""What authors say when they ask for a second look is guarded like a comment, and heard like one.

Requests from before were never screened: every figure in their words becomes a dot on the desk.
"""

from django.db import migrations, models

DOT = "•"


def guard_figures(apps, schema_editor):
    SecondLook = apps.get_model("comments", "SecondLook")
    for look in SecondLook.objects.exclude(words="").only("pk", "words").iterator():
        shown = "".join(DOT if char.isdigit() else char for char in look.words)
        SecondLook.objects.filter(pk=look.pk).update(guarded_words=shown)


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0035_notes_and_restrictions"),
    ]

    operations = [
        migrations.AddField(
            model_name="secondlook",
            name="alarmed_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="moderators were told"
            ),
        ),
        migrations.AddField(
            model_name="secondlook",
            name="guarded_words",
            field=models.TextField(blank=True, verbose_name="what its author says, guarded"),
        ),
        migrations.AddField(
            model_name="secondlook",
            name="is_urgent",
            field=models.BooleanField(default=False, verbose_name="its author may be in distress"),
        ),
        migrations.RunPython(guard_figures, migrations.RunPython.noop),
    ]
