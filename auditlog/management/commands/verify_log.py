"""Check that the audit log is whole: every row as it was written, none missing, none slipped in."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from auditlog import verification
from auditlog.models import Link


class Command(BaseCommand):
    help = (
        "Walk the audit log from its first row to its last and say what is not as it was written. "
        "Prints the digest of the last row: keep it elsewhere, and compare with --head later."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head",
            metavar="DIGEST",
            help="A digest printed by an earlier run; the log must still hold all that it stood "
            "for then.",
        )

    def handle(self, *args: Any, head: str | None, **options: Any) -> None:
        broken = 0
        for fault in verification.faults():
            broken += 1
            self.stdout.write(fault)
        last = Link.objects.order_by("pk").last()
        rows = Link.objects.count()
        if last:
            self.stdout.write(f"{rows} rows, the last is {last}. Head: {last.digest}")
        else:
            self.stdout.write("The log is empty.")
        if head:
            noted = Link.objects.filter(digest=head.strip().lower()).first()
            if noted is None:
                broken += 1
                self.stdout.write(
                    "The digest noted is not in the log: rows were taken off its end, or "
                    "it was written anew."
                )
            else:
                since = Link.objects.filter(pk__gt=noted.pk).count()
                self.stdout.write(f"The digest noted is that of {noted}; {since} rows since.")
        if broken:
            raise CommandError(f"The log is broken in {broken} places.")
        self.stdout.write("The log is whole.")
