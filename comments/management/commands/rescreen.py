"""Screen waiting comments again, after the detectors or the policy table have changed."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from comments import intake
from comments.models import Comment
from comments.models.comment import QUEUES


class Command(BaseCommand):
    help = (
        "Screen waiting comments again: their findings, queue and urgency follow. "
        "Nothing is published or removed by it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--all-waiting",
            dest="queue",
            action="store_const",
            const="",
            default="",
            help="Every comment that waits (this is the default).",
        )
        which.add_argument(
            "--queue", choices=[queue for queue, _label in QUEUES], help="One queue only."
        )

    def handle(self, *args: Any, queue: str, **options: Any) -> None:
        waiting = Comment.objects.waiting().select_related("article")
        if queue:
            waiting = waiting.filter(queue=queue)
        intake.get_ready()
        results: Counter[bool | None] = Counter()
        faults = 0
        for comment in list(waiting):  # read whole, since screening changes their order
            try:
                results[intake.screen_again(comment)] += 1
            except intake.ScreeningFault:
                faults += 1
        self.stdout.write(
            f"{results[True] + results[False]} screened again, {results[True]} moved to another "
            f"queue, {results[None]} decided meanwhile."
        )
        if faults:
            raise CommandError(
                f"Screening could not finish for {faults}; what was found in them before stays."
            )
