"""Letters to the authors of comments: what was decided, why, and what they can do.

A letter is written down with its decision and sent after the commit; one that could not be
sent is tried again by ``manage.py send_notices``. It never repeats anything a visitor wrote.

What counts is not what was decided but what the author knows: a letter goes out where what
holds now differs from what the last one said, in words that follow on it.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from smtplib import SMTPRecipientsRefused
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.cases import address_of

from . import placeholders, receipts, referrals
from .languages import locale_of
from .models import SILENT, Action, Comment, Decision, Notice, Reason, SecondLook, Status
from .models.finding import TYPES
from .models.second_look import ANSWERED_WITHIN

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

logger = logging.getLogger(__name__)

CLAIM_LASTS = timedelta(minutes=10)
"""A sender that has not reported back after this long is taken for dead."""

MAIL_IS_AWAY = "notices.mail-is-away"
PAUSE = 300
"""For so many seconds after a failure no moderator waits for the mail server."""
SENT_AT_ONCE = 5
BURST = timedelta(seconds=10)
"""A moderator's page can wait for so many letters that were written in so short a time."""

CONSOLE = "django.core.mail.backends.console.EmailBackend"
"""What Django does with a letter while ``EMAIL_URL`` is not set: it prints it."""

SUBJECTS = {
    Action.APPROVE: _("Your comment is on our site"),
    Action.APPROVE_REDACTED: _("Your comment is on our site, without personal details"),
    Action.REMOVE: _("Your comment is not on our site"),
    Action.RESTORE: _("Your comment is on our site again"),
    Action.ANSWER: _("An answer to your comment"),
    Action.UNDO: _("A correction about your comment"),
    Action.UPHOLD: _("A second look at your comment"),
}

_LOOKS_LIKE_A_NAME = re.compile(r"[^\W\d_]+\.?(?:[ '’-]+[^\W\d_]+\.?){0,5}")
LONGEST_NAME_IN_A_LETTER = 40
HIDDEN_LINK = _("[a link for its reader alone]")


@dataclass(frozen=True, slots=True)
class Words:
    """What a letter says, before it is anybody's."""

    subject: str
    body: str


class Outcome(StrEnum):
    """What became of one attempt to send a letter."""

    SENT = "sent"
    FAILED = "failed"
    GIVEN_UP = "given up"
    TAKEN = "taken"
    NO_MAIL = "no mail server is set"


def has_mail() -> bool:
    """Whether a letter reaches anybody. A console does on a developer's machine and in the demo.

    Everywhere else a console is the service's log, where no visitor's address may stand.
    """
    return settings.EMAIL_BACKEND != CONSOLE or settings.PLAIN_HTTP or settings.DEBUG


def deliver_now(notice_id: int) -> None:
    """Send a letter right after its decision, unless the mail server was away a moment ago.

    Each try may last until the server's time is up, and a moderator waits for it. Where many
    comments were decided at once, all the letters are left to ``send_notices``.
    """
    burst = Notice.objects.unsent().filter(created_at__gt=timezone.now() - BURST)
    if (
        burst[: SENT_AT_ONCE + 1].count() <= SENT_AT_ONCE
        and not _mail_is_away()
        and deliver(notice_id) is Outcome.FAILED
    ):
        cache.set(MAIL_IS_AWAY, True, timeout=PAUSE)


def _mail_is_away() -> bool:
    try:
        return bool(cache.get(MAIL_IS_AWAY))
    except Exception as error:  # a cache that is away must keep no letter at home
        logger.warning("The cache failed with %s.", type(error).__name__)
        return False


def deliver(notice_id: int) -> Outcome:
    """Send one letter, unless somebody else is at it.

    A failure is logged and leaves it unsent; an address that takes no letters ends it, and so
    does anything that made the letter untrue or needless since it was written down.
    """
    if not has_mail():
        logger.warning("Notice %d stays unsent: EMAIL_URL is not set to a mail server.", notice_id)
        return Outcome.NO_MAIL
    if is_any_on_its_way(Decision.objects.get(notice=notice_id)) or not _claim(notice_id):
        return Outcome.TAKEN
    notice = Notice.objects.select_related(
        "decision__comment__article", "decision__case_reply", "decision__undoes__case_reply"
    ).get(pk=notice_id)
    is_due = is_true(notice.decision) and is_news(notice.decision)
    if not notice.decision.comment.email or not (is_due or answers(notice.decision)):
        _settle(notice, given_up_at=timezone.now(), state="")
        return Outcome.GIVEN_UP
    try:
        letter(notice.decision).send()
    except Exception as error:  # whatever breaks on the way to a mail server, the letter is kept
        logger.warning(
            "Notice %d on decision %d could not be sent: %s",
            notice.pk,
            notice.decision_id,
            type(error).__name__,
        )
        if is_refused_for_good(error):
            _settle(notice, given_up_at=timezone.now(), state="")
            return Outcome.GIVEN_UP
        _settle(notice)
        return Outcome.FAILED
    _settle(notice, sent_at=timezone.now(), state="")
    return Outcome.SENT


def is_true(decision: Decision) -> bool:
    """Whether a letter about this decision says what readers find, and is the last word."""
    comment = decision.comment
    later = comment.decisions.filter(version__gt=decision.version).exclude(action__in=SILENT)
    is_public = decision.status_after == Status.PUBLISHED
    return not later.exists() and (not is_public or comment.article.is_published)


def is_news(decision: Decision) -> bool:
    """Whether it leaves the author's comment otherwise than its author was told last."""
    heard = _heard_last(decision)
    if heard:
        return _gist(decision) != _gist(heard)
    first = decision.comment.decisions.order_by("version")[0]
    # On the page itself: the comment waits, or is public.
    return _gist(decision) != (first.status_before, frozenset(), "")


def answers(decision: Decision) -> SecondLook | None:
    """The second look that was decided so: its author gets the answer, whatever comes later."""
    return SecondLook.objects.filter(outcome=decision).first()


def is_any_on_its_way(decision: Decision) -> bool:
    """Whether an earlier letter is being sent: what its author knows will show in a moment."""
    return (
        _earlier_letters(decision)
        .filter(sent_at__isnull=True, claimed_at__gte=timezone.now() - CLAIM_LASTS)
        .exists()
    )


def _gist(decision: Decision) -> tuple[str, frozenset[str], str]:
    """What a letter says: where the comment stands, the kinds of things cut from it, and why."""
    is_public = decision.status_after == Status.PUBLISHED
    destroyed = decision.comment.original_destroyed_at
    has_cuts = is_public and not (destroyed and destroyed > decision.at)
    kinds = frozenset(cut["type"] for cut in decision.cuts) if has_cuts else frozenset()
    return decision.status_after, kinds, reason_in_force(decision)


def reason_in_force(decision: Decision) -> str:
    """Why the comment is off the site after this decision: an undo brings an old reason back."""
    current: Decision | None = decision
    while current and current.undoes:
        earlier = current.comment.decisions.filter(version__lt=current.undoes.version)
        current = earlier.order_by("-version").first()
    is_removed = decision.status_after == Status.REMOVED
    return current.reason if current and is_removed else ""


def _heard_last(decision: Decision) -> Decision | None:
    """The earlier decision that its author had a letter about last, or will have, or took.

    One that is being sent counts as sent: better to explain than to puzzle.
    """
    told = Q(notice__sent_at__isnull=False) | Q(notice__claimed_at__isnull=False)
    knows = told | Q(by__isnull=True) | Q(answers__isnull=False)
    earlier = decision.comment.decisions.filter(version__lt=decision.version)
    return earlier.filter(knows).order_by("-version").first()


def _earlier_letters(decision: Decision) -> QuerySet[Notice]:
    return Notice.objects.filter(
        decision__comment=decision.comment_id, decision__version__lt=decision.version
    )


def is_refused_for_good(error: Exception) -> bool:
    """The server said that there is no such address; anything else may pass."""
    return isinstance(error, SMTPRecipientsRefused) and all(
        code >= 500 for code, _answer in error.recipients.values()
    )


def _claim(notice_id: int) -> bool:
    """Take a letter for oneself, in one statement: of two senders only one succeeds.

    No row stays locked while a mail server takes its time.
    """
    now = timezone.now()
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - CLAIM_LASTS)
    unsent = Notice.objects.unsent().filter(free, pk=notice_id)
    return unsent.update(claimed_at=now, attempts=F("attempts") + 1) == 1


def _settle(notice: Notice, **values: Any) -> None:
    Notice.objects.filter(pk=notice.pk).update(claimed_at=None, **values)


def letter(decision: Decision) -> EmailMessage:
    """The letter about a decision, in the language of the comment or of the reply that was sent."""
    with translation.override(_language(decision)):
        words = _words(decision)
    return addressed(words, decision.comment)


def send_link(comment: Comment) -> bool:
    """Send the author a new link to their receipt; whether the mail server took it."""
    if not has_mail():
        return False
    with translation.override(locale_of(comment.language)):
        words = written("link", gettext("The link to your comments"), comment, {})
    try:
        addressed(words, comment).send()
    except Exception as error:  # whatever breaks, its reader is told to try again
        logger.warning(
            "The link to comment %d could not be sent: %s", comment.pk, type(error).__name__
        )
        return False
    return True


def addressed(words: Words, comment: Comment) -> EmailMessage:
    return EmailMessage(
        subject=words.subject,
        body=words.body,
        to=[comment.email],
        reply_to=[settings.SITE_EMAIL] if settings.SITE_EMAIL else None,
        headers={"Auto-Submitted": "auto-generated"},
    )


def case_reply(
    text: str, *, language: str, name: str = "", state: str = "", comment: Comment | None = None
) -> Words:
    """A saved reply as it reaches somebody of this name, about a case in this state.

    The link to what became of their ``comment`` stands only in the letter that is sent: whoever
    reads it on the desk sees where it will be.
    """
    page = address_of("cases", language)
    with translation.override(language):
        values = {
            "name": _as_a_greeting_has_it(name),
            "organization": settings.SITE_NAME,
            "our_address": "\n".join(settings.SITE_POSTAL_ADDRESS),
            "how_we_consider_cases": f"{settings.SITE_URL}{page}",
            "who_helps_there": referrals.whom_to_write_to(state),
        }
        context = _about_us(comment) | {"text": placeholders.fill(text, values)}
        return _written(Action.ANSWER, context)


def _words(decision: Decision) -> Words:
    reply = decision.case_reply
    if decision.action == Action.ANSWER and reply:
        comment, state = decision.comment, decision.notice.state
        name = comment.public_name
        return case_reply(
            reply.text, language=reply.language, name=name, state=state, comment=comment
        )
    if look := answers(decision):
        return _written(Action.UPHOLD, _context(decision) | {"answer": look.answer})
    return _written(_as_its_author_sees_it(decision), _context(decision))


def _written(action: Action, context: dict[str, Any]) -> Words:
    return _worded(action, SUBJECTS[action], context)


def written(name: str, subject: str, comment: Comment, context: dict[str, Any]) -> Words:
    """A letter about something else than a decision, with the foot that every letter has."""
    return _worded(name, subject, _about_us(comment) | context)


def _worded(name: str, subject: StrOrPromise, context: dict[str, Any]) -> Words:
    body = render_to_string(f"comments/mail/{name}.txt", context)
    return Words(f"{subject} ({settings.SITE_NAME})", _spaced(body))


def _language(decision: Decision) -> str:
    """Who was answered in one language is not told in another that the answer no longer stands."""
    answer = decision.undoes or decision
    return answer.case_reply.language if answer.case_reply else locale_of(decision.comment.language)


def _as_a_greeting_has_it(name: str) -> str:
    """Empty for what is hardly a name: a field for a name can hold anything, a comment too."""
    if len(name) > LONGEST_NAME_IN_A_LETTER or not _LOOKS_LIKE_A_NAME.fullmatch(name):
        return ""
    words = name.split()
    # A sentence that somebody begins where the name belongs has more words, and small letters.
    return name if len(words) < 3 or (words[0][0].isupper() and words[-1][0].isupper()) else ""


def _as_its_author_sees_it(decision: Decision) -> Action:
    """In the words of a first decision for somebody who knows of none that it takes back."""
    action, heard = Action(decision.action), _heard_last(decision)
    knows_of_none = heard is None or heard.status_after == Status.WAITING
    if knows_of_none and decision.status_after == Status.REMOVED:
        return Action.REMOVE
    was_removed = heard is not None and heard.status_after == Status.REMOVED
    if decision.status_after == Status.PUBLISHED and (
        knows_of_none or (action is Action.RESTORE and not was_removed)
    ):
        return Action.APPROVE_REDACTED if decision.cuts else Action.APPROVE
    return action


def _spaced(text: str) -> str:
    """One blank line between paragraphs, whatever the template's conditions left."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _context(decision: Decision) -> dict[str, Any]:
    """What a letter may say: our own words, and addresses. Nothing that a visitor wrote."""
    comment = decision.comment
    labels = dict(TYPES)
    kinds = dict.fromkeys(labels[cut["type"]] for cut in decision.cuts)
    reason = reason_in_force(decision)
    return {
        "headline": comment.article.headline,
        "status": decision.status_after,
        "wording": Reason(reason).public_wording if reason else "",
        "is_case_enquiry": reason == Reason.CASE_ENQUIRY,
        "kinds": list(kinds),
        "comment_url": settings.SITE_URL + comment.get_absolute_url(),
        "policy_url": settings.SITE_URL + reverse("articles:page", args=["comment-policy"]),
        "cases_url": settings.SITE_URL + reverse("articles:page", args=["how-we-consider-cases"]),
        "postal_address": settings.SITE_POSTAL_ADDRESS,
        "undo_hours": settings.REDACTION_UNDO_HOURS,
        "answered_within": ANSWERED_WITHIN.days,
    } | _about_us(comment)


def _about_us(comment: Comment | None) -> dict[str, Any]:
    """The foot of a letter, with the link that only its reader gets."""
    receipt = str(HIDDEN_LINK)
    if comment:
        receipt = settings.SITE_URL + receipts.address_of(comment, is_proven=True)
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "receipt_url": receipt,
        "receipt_days": receipts.LASTS.days,
    }
