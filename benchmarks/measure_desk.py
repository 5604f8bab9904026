"""How many queries the moderators' pages need, and how long they take, with ever more comments.

python benchmarks/measure_desk.py [--sizes 1000,1000000] [--waiting 20000]

Fills a database of its own, named by MEASURE_DATABASE_URL (by default an SQLite file that is
deleted afterwards; on PostgreSQL an empty database that may be filled). One in fifty comments
waits, at most ``--waiting``; a tenth of the others was decided by a person.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BATCH = 5000
TIMES = 7
ADVERT = "Any record sealed in days, guaranteed, no lawyer needed: www.example.org/sealed"
"""A quarter of what waits: so large a group may make no page slower."""
WORDS = ["silence", "tape", "witness", "court", "letter", "brother", "prison", "year", "film"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="1000,1000000")
    parser.add_argument("--waiting", type=int, default=20000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _set_up(Path(folder))
        print(f"{'comments':>9}  {'page':<42}{'queries':>8}{'median ms':>11}{'in SQL ms':>11}")
        for size in map(int, arguments.sizes.split(",")):
            _fill(size, most_waiting=arguments.waiting)
            for name, path in _pages():
                _measure(size, name, path)


def _set_up(folder: Path) -> None:
    sys.path.insert(0, str(ROOT))
    url = os.environ.get("MEASURE_DATABASE_URL", f"sqlite:///{folder / 'desk.sqlite3'}")
    os.environ |= {"DATABASE_URL": url, "SECRET_KEY": "measure " * 8, "PLAIN_HTTP": "1"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "innocence.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    call_command("migrate", verbosity=0)


def _fill(size: int, *, most_waiting: int) -> None:
    """Bring the number of comments up to ``size``."""
    from django.contrib.auth.models import Group, User
    from django.db import connection
    from django.utils import timezone

    from articles.models import Article
    from comments import traits
    from comments.models import Action, Comment, Decision, Finding, Status
    from comments.models.comment import QUEUES

    chance = random.Random(size)
    now = timezone.now()
    if not Article.objects.filter(slug="measured-0").exists():
        moderator = User.objects.create_user("measure")
        moderator.groups.set(Group.objects.filter(name="Moderators"))
        Article.objects.bulk_create(
            Article(slug=f"measured-{number}", headline=f"Article {number}", published_at=now)
            for number in range(200)
        )
    by = User.objects.get(username="measure")
    articles = list(Article.objects.filter(slug__startswith="measured-"))
    queues = [queue for queue, _label in QUEUES]
    there = Comment.objects.count()
    free = most_waiting - Comment.objects.filter(status=Status.WAITING).count()
    for start in range(there, size, BATCH):
        comments = []
        for number in range(start, min(start + BATCH, size)):
            waits = number % 50 == 0 and free > 0
            free -= waits
            decided = not waits and number % 10 == 1
            removed = decided and number % 30 == 1
            state = Status.WAITING if waits else Status.REMOVED if removed else Status.PUBLISHED
            comments.append(
                Comment(
                    article=chance.choice(articles),
                    name=f"Reader {number}",
                    email=f"reader{number}@example.org",
                    body=ADVERT if waits and number % 200 == 0 else _words(chance),
                    status=state,
                    queue=chance.choice(queues) if waits else "",
                    is_urgent=waits and chance.random() < 0.02,
                    is_serious=waits and chance.random() < 0.1,
                    decided_by_person=decided,
                    version=2 if decided else 1,
                    created_at=now - timedelta(seconds=chance.randrange(10**8)),
                    author_digest=f"{chance.randrange(size // 3 + 1):064x}",
                    submission_digest=f"{number:064x}",
                )
            )
        Comment.objects.bulk_create(comments)
        for comment in comments:
            traits.remember(comment)
        Finding.objects.bulk_create(
            Finding(comment=c, type="PHONE", start=at, end=at + 5, score=0.9, because="Digits.")
            for c in comments
            if c.status == Status.WAITING
            for at in (0, 20)
        )
        Decision.objects.bulk_create(
            Decision(
                comment=c,
                action=Action.REMOVE if c.status == Status.REMOVED else Action.APPROVE,
                reason="off_topic" if c.status == Status.REMOVED else "",
                by=by,
                status_before=Status.WAITING,
                queue_before="general",
                status_after=c.status,
                version=2,
            )
            for c in comments
            if c.decided_by_person
        )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _words(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=40))


def _pages() -> list[tuple[str, str]]:
    from comments.models import Comment

    queue = Comment.objects.in_queue("pii")
    last = list(queue.reverse()[:26])[-1]
    middle = list(queue[: queue.count() // 2])[-1]
    return [
        ("overview", "/moderation/"),
        ("queue, first page", "/moderation/pii/"),
        ("queue, a page in the middle", f"/moderation/pii/?after={middle.pk}"),
        ("queue, last page", f"/moderation/pii/?after={last.pk}"),
        ("all comments", "/moderation/all/"),
        ("all comments, the oldest", f"/moderation/all/?before={_oldest()}"),
        ("removed comments", "/moderation/all/?state=removed"),
        ("one comment", f"/moderation/comments/{middle.pk}/"),
    ]


def _oldest() -> int:
    from comments.models import Comment

    return Comment.objects.order_by("created_at").values_list("pk", flat=True)[30]


def _measure(size: int, name: str, path: str) -> None:
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.force_login(User.objects.get(username="measure"))
    took, in_sql = [], []
    for _time in range(TIMES):
        with CaptureQueriesContext(connection) as queries:
            start = time.perf_counter()
            answer = client.get(path)
            took.append((time.perf_counter() - start) * 1000)
        assert answer.status_code == 200, path
        in_sql.append(sum(float(query["time"]) for query in queries) * 1000)
    print(
        f"{size:>9,}  {name:<42}{len(queries):>8}"
        f"{statistics.median(took):>11.0f}{statistics.median(in_sql):>11.0f}"
    )


if __name__ == "__main__":
    main()
