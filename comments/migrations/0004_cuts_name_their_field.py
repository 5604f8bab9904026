from django.db import migrations


def name_the_field(apps, schema_editor):
    """Every cut so far was one of the comment's text."""
    decisions = apps.get_model("comments", "Decision").objects
    for decision in decisions.exclude(cuts=[], cuts_before=[]).iterator():
        for cut in [*decision.cuts, *decision.cuts_before]:
            cut.setdefault("field", "body")
        decisions.filter(pk=decision.pk).update(
            cuts=decision.cuts, cuts_before=decision.cuts_before
        )


class Migration(migrations.Migration):
    dependencies = [("comments", "0003_redact_names")]

    operations = [migrations.RunPython(name_the_field, migrations.RunPython.noop)]
