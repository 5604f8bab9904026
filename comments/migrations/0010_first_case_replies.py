"""The saved replies that every installation begins with, two in each language.

Staff then make them their own at the desk, or archive them.
"""

from __future__ import annotations

import json
from pathlib import Path

from django.db import migrations

FILE = Path(__file__).parent.parent / "first_case_replies.json"


def create_replies(apps, schema_editor):
    CaseReply = apps.get_model("comments", "CaseReply")
    CaseReplyVersion = apps.get_model("comments", "CaseReplyVersion")
    for words in json.loads(FILE.read_text(encoding="utf-8")):
        reply = CaseReply.objects.create(**words)
        CaseReplyVersion.objects.create(reply=reply, number=1, **words)


def remove_untouched_replies(apps, schema_editor):
    """Takes back only what nobody has changed since."""
    CaseReply = apps.get_model("comments", "CaseReply")
    CaseReplyVersion = apps.get_model("comments", "CaseReplyVersion")
    versions = CaseReplyVersion.objects.filter(number=1, by=None, reply__number=1)
    untouched = list(versions.values_list("reply", flat=True))
    versions.filter(reply__in=untouched).delete()
    CaseReply.objects.filter(pk__in=untouched).delete()


class Migration(migrations.Migration):
    dependencies = [("comments", "0009_case_replies")]
    operations = [migrations.RunPython(create_replies, remove_untouched_replies)]
