"""Chains what was logged before there was a chain, in the order in which it happened."""

from __future__ import annotations

from heapq import merge
from operator import attrgetter

from django.db import migrations

from auditlog import chain, guard

KINDS = [("articles", "Publication"), ("comments", "Decision"), ("comments", "Reveal")]


def chain_what_is_there(apps, schema_editor):
    Link = apps.get_model("auditlog", "Link")
    # Within one table the order of numbers, which is that of writing; a time may be set back.
    rows = (apps.get_model(*kind).objects.order_by("pk").iterator() for kind in KINDS)
    previous = ""
    for row in merge(*rows, key=attrgetter("at")):
        link = Link.objects.create(
            kind=row._meta.label_lower,
            entry=row.pk,
            previous=previous,
            digest=chain.digest(row, previous=previous),
        )
        previous = link.digest


def let_go(apps, schema_editor):
    guard.lift(schema_editor.connection.alias)
    apps.get_model("auditlog", "Link").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("auditlog", "0001_initial"),
        ("articles", "0009_guide_begins"),
        ("comments", "0013_destroy_at_once"),
    ]
    operations = [migrations.RunPython(chain_what_is_there, let_go)]
