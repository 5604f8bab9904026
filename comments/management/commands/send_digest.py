"""Tell moderators by mail what waits; for a timer, at the hours that suit them.

With ``--distress``, every five minutes: only comments whose writers may be in distress, each once.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from comments import digest, notices


class Command(BaseCommand):
    help = "Tell moderators by mail how much waits, for how long, and where."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--distress",
            action="store_true",
            help="Only comments whose writers may be in distress and of which nobody was told.",
        )

    def handle(self, *args: Any, distress: bool, **options: Any) -> None:
        if not notices.has_mail():
            raise CommandError("EMAIL_URL is not set to a mail server, so no mail goes out.")
        result = digest.send_alarm() if distress else digest.send()
        if not result.has_news:
            self.stdout.write("Nothing to tell.")
            return
        self.stdout.write(f"{result.sent} sent.")
        if result.failed:
            raise CommandError(f"{result.failed} could not be sent.")
        if not result.sent:
            raise CommandError("Nobody who may moderate has an e-mail address in their account.")
