"""Send the letters to authors that are due; for a timer, every five minutes.

Those about decisions and blocks that have not gone out yet, and those about replies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from comments import notices, restriction_letters, watches
from comments.models import Notice, Restriction, Watch

FAILURES_IN_A_ROW = 5
"""After so many the mail server is taken to be away, and the rest waits for the next run."""


class Command(BaseCommand):
    help = "Send the letters to comment authors that are due."

    def _due(self) -> list[Callable[[], notices.Outcome]]:
        unsent = Notice.objects.unsent().values_list("pk", flat=True)
        blocked = Restriction.objects.untold().values_list("pk", flat=True)
        watched = Watch.objects.due().values_list("pk", flat=True)
        return [
            *(partial(notices.deliver, pk) for pk in unsent),
            *(partial(restriction_letters.deliver, pk) for pk in blocked),
            *(partial(watches.deliver, pk) for pk in watched),
        ]

    def handle(self, *args: Any, **options: Any) -> None:
        if not notices.has_mail():
            raise CommandError(
                "EMAIL_URL is not set to a mail server, so no letter goes out; "
                f"{Notice.objects.unsent().count()} waiting."
            )
        outcomes: Counter[notices.Outcome] = Counter()
        failures = 0
        for send in self._due():
            outcome = send()
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
