"""Send the letters to authors that have not gone out yet; for a timer, every five minutes."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from comments import notices
from comments.models import Notice

FAILURES_IN_A_ROW = 5
"""After so many the mail server is taken to be away, and the rest waits for the next run."""


class Command(BaseCommand):
    help = "Send the letters to comment authors that have not gone out yet."

    def handle(self, *args: Any, **options: Any) -> None:
        if not notices.has_mail():
            raise CommandError(
                "EMAIL_URL is not set to a mail server, so no letter goes out; "
                f"{Notice.objects.unsent().count()} waiting."
            )
        outcomes: Counter[notices.Outcome] = Counter()
        failures = 0
        for pk in list(Notice.objects.unsent().values_list("pk", flat=True)):
            outcome = notices.deliver(pk)
            outcomes[outcome] += 1
            failures = failures + 1 if outcome is notices.Outcome.FAILED else 0
            if failures == FAILURES_IN_A_ROW:
                break
        self.stdout.write(
            f"{outcomes[notices.Outcome.SENT]} sent, "
            f"{outcomes[notices.Outcome.GIVEN_UP]} given up (no longer true or needed, or no "
            "address that takes them), "
            f"{outcomes[notices.Outcome.TAKEN]} already on their way."
        )
        if failed := outcomes[notices.Outcome.FAILED]:
            raise CommandError(f"{failed} could not be sent and will be tried again.")
