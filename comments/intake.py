"""The only way in for a comment: clean, gather signals, screen, store, publish or queue."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.module_loading import import_string
from django.utils.translation import gettext_noop

from articles.models import Article

from . import plaintext, screening, traits, wording
from .languages import language_of
from .models import Comment, EarlierText, Finding, Restriction, SiteRule, Status, Watch
from .models.comment import DOT, LONGEST_HELD_BECAUSE
from .models.finding import CUT_ELSEWHERE, LONGEST_BECAUSE

logger = logging.getLogger(__name__)

REPEATS_COUNT_FOR = timedelta(days=1)
SCREENER_DEADLINE = 15.0
"""Seconds for the whole screener, well below the 30 after which gunicorn ends a worker."""
SHORTEST_REPEAT = 40
"""Characters. Two people may well write "Thank you for this." on one day."""
FAULTS = "intake.faults"
FAULTS_KEPT_FOR = 60
"""Seconds. So much later the overview knows what broke, or that it is repaired."""
_UNFINISHED = "Screening could not finish."
_MUTED = gettext_noop("Its author is muted or blocked, so a person reads it.")
_NOTHING = screening.Screening((), screening.Verdict(None, ""))
_TRIAL = "Is everything in order here?"
"""A comment that nobody wrote, to see whether every detector answers."""


class ParentGoneError(Exception):
    """The comment that was to be answered stopped being public meanwhile."""


class ScreeningFault(Exception):
    """A detector could not do its work, so what it would have seen is not known."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a visitor should know before anything is stored; nothing of it is."""

    comment: Comment
    findings: list[Finding]
    """What its writer can do something about."""
    submission: screening.Submission
    screening: screening.Screening
    """All that was seen, for :func:`receive` not to look once more."""

    @property
    def may_have_missed_personal_information(self) -> bool:
        return self.screening.may_have_missed_personal_information

    @property
    def in_distress(self) -> bool:
        """Whether the writer may need help now: then nothing stands between them and a person."""
        return self.screening.verdict.urgent

    @property
    def may_be_in_distress(self) -> bool:
        """The same, and where what looks for it failed: nobody is sent away unheard then."""
        return self.in_distress or self.screening.may_have_missed(screening.Category.DISTRESS)

    @property
    def personal(self) -> list[Finding]:
        """What could be taken out of the comment or the name."""
        return [finding for finding in self.findings if finding.can_be_cut]

    @property
    def can_be_redacted(self) -> bool:
        """There is something to cut, and it is all of what there is to cut."""
        return bool(self.personal) and not self.may_have_missed_personal_information

    @property
    def asks_for_help(self) -> bool:
        return any(f.category is screening.Category.CASE_ENQUIRY for f in self.findings)


def preview(
    *,
    article: Article,
    name: str,
    body: str,
    email: str = "",
    visitor: UUID | None = None,
    seconds_to_write: float | None = None,
    start_time_missing: bool = False,
    honeypot_filled: bool = False,
    **_others: object,
) -> Preview:
    """Look at a submission for what its writer may want to reconsider: personal details, a case."""
    name, body = plaintext.clean_line(name), plaintext.clean(body)
    signals = _signals(
        article,
        visitor,
        author_digest(email),
        honeypot_filled=honeypot_filled,
        seconds_to_write=seconds_to_write,
        start_time_missing=start_time_missing,
        repeats=_repeats(body),
    )
    submission = screening.Submission(body, name, article.names, signals)
    result = _screened(submission)
    comment = Comment(article=article, name=name, body=body)
    for_the_writer = _rows(comment, filter(_is_for_the_writer, result.findings))
    return Preview(comment, for_the_writer, submission, result)


def asks_for_help(comment: Comment) -> bool:
    """Whether a comment that was taken in asks us to look at a case."""
    findings = comment.findings.filter(type=screening.FindingType.CASE_ENQUIRY)
    return any(not finding.is_hint for finding in findings)


def _is_for_the_writer(finding: screening.Finding) -> bool:
    """What would hold the comment, and what its writer can do something about."""
    is_personal = finding.severity >= screening.Severity.MEDIUM
    is_case = finding.category is screening.Category.CASE_ENQUIRY
    return not finding.is_hint and (is_personal or is_case)


def receive(
    *,
    article: Article,
    name: str,
    email: str,
    body: str,
    parent: Comment | None = None,
    key: str = "",
    seconds_to_write: float | None = None,
    start_time_missing: bool = False,
    honeypot_filled: bool = False,
    visitor: UUID | None = None,
    redact: bool = False,
    looked: Preview | None = None,
    tell_me: bool = False,
) -> Comment:
    """Take in one submission and return the comment that it became.

    With ``redact`` the personal details that screening sees are cut first, and never stored;
    :class:`ScreeningFault` is raised, and nothing stored, when it may have missed some.
    ``looked`` is the preview of this very submission, where there was one a moment ago.
    The same submission a second time, even at the same moment, returns the first one's
    comment. Raises :class:`ParentGoneError` when ``parent`` was taken off the page meanwhile.
    """
    name, body = plaintext.clean_line(name), plaintext.clean(body)
    digest = _submission_digest(article, name, email, body, parent, key)
    if earlier := _stored_as(digest):
        return earlier
    looked = looked or preview(
        article=article,
        name=name,
        email=email,
        body=body,
        visitor=visitor,
        seconds_to_write=seconds_to_write,
        start_time_missing=start_time_missing,
        honeypot_filled=honeypot_filled,
    )
    result, cut_at = looked.screening, None
    if redact and looked.may_have_missed_personal_information:
        raise ScreeningFault
    if redact and looked.personal:
        cut_at = timezone.now()
        name = _without(looked.personal, screening.Field.NAME, name)
        body = _without(looked.personal, screening.Field.BODY, body)
        result = _after_the_cuts(looked, name, body)
    verdict = result.verdict
    comment = Comment(
        article=article,
        parent=parent,
        thread_id=(parent.thread_id or parent.pk) if parent else None,
        name=name,
        email=email,
        body=body,
        original_destroyed_at=cut_at,
        language=language_of(body),
        status=Status.WAITING if verdict.holds else Status.PUBLISHED,
        queue=verdict.queue or "",
        is_urgent=verdict.urgent,
        is_serious=verdict.serious,
        held_because=verdict.because[:LONGEST_HELD_BECAUSE] if verdict.holds else "",
        visitor=visitor,
        author_digest=author_digest(email),
        submission_digest=digest,
    )
    return _stored(comment, result.findings, tell_me=tell_me)


def preview_edit(comment: Comment, body: str) -> Preview:
    """Look at the text that is to replace that of a comment, as at a new one."""
    return preview(
        article=comment.article,
        name=comment.name,
        body=body,
        email=comment.email,
        visitor=comment.visitor,
    )


def replace_text(comment: Comment, looked: Preview) -> tuple[Status, str]:
    """Put an edited text in the place of the old one; the state and queue that it calls for.

    Inside the transaction that decides about the edit. The old text is kept for moderators, and
    what was held or urgent before it stays so: only a person lets it out.
    """
    verdict = looked.screening.verdict
    EarlierText.objects.create(
        comment=comment, body=comment.body, guarded_body=comment.guarded_body
    )
    circumstances = _replace_findings(comment, looked.screening.findings)
    status = Status.WAITING if comment.is_waiting or verdict.holds else Status.PUBLISHED
    queue = ""
    if status is Status.WAITING:
        queue, comment.held_because = _where_it_waits(verdict, circumstances)
    comment.body = looked.comment.body
    comment.language = language_of(comment.body)
    comment.is_urgent |= verdict.urgent
    comment.is_serious |= verdict.serious
    changed = ["body", "language", "held_because", "is_urgent", "is_serious"]
    comment.save(update_fields=changed)
    return status, queue


def screen_again(comment: Comment) -> bool | None:
    """Screen a comment that waits once more; whether that moved it to another queue.

    It goes on waiting, whatever is found or no longer found: only a person lets it out now.
    ``None`` when somebody decided meanwhile. A queue that a person chose stays. Raises
    :class:`ScreeningFault` when a detector failed: what was found before is worth more then.
    """
    signals = _signals(comment.article, comment.visitor, comment.author_digest)
    result = _screened(
        screening.Submission(comment.body, comment.name, comment.article.names, signals)
    )
    if _has_fault(result):
        raise ScreeningFault
    with transaction.atomic():
        current = Comment.objects.select_for_update().get(pk=comment.pk)
        if not current.is_waiting or current.version != comment.version:
            return None
        circumstances = _replace_findings(current, result.findings)
        before, verdict = current.queue, result.verdict
        if current.version == 1:
            current.queue, current.held_because = _where_it_waits(verdict, circumstances)
        current.is_urgent, current.is_serious = verdict.urgent, verdict.serious
        current.save(update_fields=["queue", "held_because", "is_urgent", "is_serious"])
        traits.follow(current)
    return current.queue != before


def personal_in(comment: Comment) -> list[Finding]:
    """What screening sees as personal in a stored comment and its name now, hints among it.

    Nothing is stored. Raises :class:`ScreeningFault` where it may have missed something.
    """
    result = _screened(screening.Submission(comment.body, comment.name, comment.article.names))
    if result.may_have_missed_personal_information:
        raise ScreeningFault
    found = _rows(comment, result.findings)
    return [finding for finding in found if finding.can_be_cut]


def reads_as_distress(text: str) -> bool:
    """Whether words that are no comment read as if whoever wrote them needed help now."""
    return bool(text) and _screened(screening.Submission(text)).verdict.urgent


def guarded(text: str) -> tuple[str, bool]:
    """Words that are no comment as the desk may show them, with dots in the place of what could
    do the worst harm; and whether whoever wrote them may need help now. Where screening failed,
    every figure becomes a dot.
    """
    if not text:
        return "", False
    seen = _screened(screening.Submission(text))
    hidden = {
        at
        for finding in seen.findings
        if finding.severity is screening.Severity.CRITICAL and not finding.is_hint
        for at in range(finding.start, finding.end)
        if finding.category is screening.Category.PERSONAL_INFORMATION
    }
    if seen.may_have_missed_personal_information:
        hidden |= {at for at, char in enumerate(text) if char.isdigit()}
    shown = (DOT if at in hidden and not char.isspace() else char for at, char in enumerate(text))
    return "".join(shown), seen.verdict.urgent


def get_ready() -> None:
    """For a program that takes in or screens many comments: the first is not held as too early."""
    screening.get_ready()


def is_read_anyway(comment: Comment) -> bool:
    """Whether it waits whatever screening finds: every comment does, an author's first one, or
    all that this author writes."""
    signals = _signals(comment.article, comment.visitor, comment.author_digest)
    return (
        signals.mode is screening.Mode.ALL
        or (signals.mode is screening.Mode.NEWCOMERS and signals.newcomer)
        or signals.muted
    )


def _where_it_waits(verdict: screening.Verdict, circumstances: list[Finding]) -> tuple[str, str]:
    """The queue of a comment that waits whatever is found, and why it waits there."""
    queue, because = verdict.queue or screening.Queue.GENERAL, verdict.because
    if queue == screening.Queue.GENERAL and circumstances:
        queue, because = screening.Queue.SPAM, circumstances[0].because
    return queue, because[:LONGEST_HELD_BECAUSE]


def needs_a_person(comment: Comment, *, names: frozenset[str]) -> bool:
    """Whether a comment that waits would wait again if its article made these names public."""
    signals = _signals(comment.article, comment.visitor, comment.author_digest)
    submission = screening.Submission(comment.body, comment.name, names, signals)
    return _screened(submission).verdict.holds


def _replace_findings(comment: Comment, found: Iterable[screening.Finding]) -> list[Finding]:
    """Put the new findings in the place of the old; return those of the old that hold and stay.

    The circumstances of the posting cannot be seen again, so what was found in them stays.
    """
    circumstances = list(comment.findings.filter(type=screening.FindingType.SPAM, start=0, end=0))
    replaced = comment.findings.exclude(because=CUT_ELSEWHERE)
    replaced.exclude(pk__in=[finding.pk for finding in circumstances]).delete()
    known = {finding.because for finding in circumstances}
    Finding.objects.bulk_create(
        _rows(comment, [finding for finding in found if finding.because not in known])
    )
    return [finding for finding in circumstances if not finding.is_hint]


def received_before(
    *,
    article: Article,
    name: str,
    email: str,
    body: str,
    parent: Comment | None = None,
    key: str = "",
    **_circumstances: object,
) -> Comment | None:
    """The comment that this very submission became, if it was sent before."""
    name, body = plaintext.clean_line(name), plaintext.clean(body)
    digest = _submission_digest(article, name, email, body, parent, key)
    return _stored_as(digest)


def faults() -> list[str]:
    """What keeps the site's screener from its work, one English sentence each.

    Known for a minute, so that a detector that hangs does not make every page wait for it.
    """
    try:
        return cache.get_or_set(FAULTS, _faults_now, FAULTS_KEPT_FOR) or []
    except Exception as error:  # every cache has exceptions of its own
        logger.warning("The cache failed with %s.", type(error).__name__)
        return _faults_now()


def _faults_now() -> list[str]:
    result = _screened(screening.Submission(_TRIAL))
    return [f.because for f in result.findings if f.type is screening.FindingType.FAULT]


def mode_for(article: Article) -> screening.Mode:
    """The stricter of the site's mode and the article's own; ``Mode`` lists strictest first."""
    site = screening.Mode(settings.COMMENT_MODE)
    own = screening.Mode(article.comment_mode or screening.Mode.FLAGGED)
    return min(site, own, key=list(screening.Mode).index)


def author_digest(email: str) -> str:
    """Tells whether two comments give one address, not which; case makes no difference."""
    return _digest("comments.author", email.strip().casefold())


def _without(findings: Iterable[Finding], field: screening.Field, text: str) -> str:
    """The text of a field with the findings in it cut out."""
    return screening.redact(text, _cuts(findings, field), mark=wording.mark)


def _cuts(findings: Iterable[Finding], field: screening.Field) -> list[screening.Cut]:
    return [screening.Cut(f.start, f.end, f.kind) for f in findings if f.field == field]


def _after_the_cuts(looked: Preview, name: str, body: str) -> screening.Screening:
    """What is to be seen in a comment once the cuts are made.

    Where a detector failed nobody waits for it a second time: what the others saw stands where
    the cuts have moved it, and the comment waits for a person anyway.
    """
    before, seen = looked.submission, looked.screening
    if not _has_fault(seen):
        signals = replace(before.signals, repeats=_repeats(body))
        return _screened(replace(before, text=body, author_name=name, signals=signals))
    findings: list[screening.Finding] = []
    for field, text in (
        (screening.Field.BODY, before.text),
        (screening.Field.NAME, before.author_name),
    ):
        here = [finding for finding in seen.findings if finding.field == field]
        cuts = _cuts(looked.personal, field)
        findings += screening.moved(here, text, cuts, mark=wording.mark)
    verdict = seen.verdict
    if verdict.queue in {screening.Queue.PII, None}:
        verdict = screening.Verdict(screening.Queue.GENERAL, _UNFINISHED, verdict.urgent)
    return screening.Screening(tuple(findings), verdict)


def _submission_digest(
    article: Article, name: str, email: str, body: str, parent: Comment | None, key: str
) -> str:
    parts = [key, name, email, body, parent and parent.pk, article.pk]
    return _digest("comments.submission", json.dumps(parts))


def _stored_as(digest: str) -> Comment | None:
    return Comment.objects.filter(submission_digest=digest).first()


def _digest(salt: str, text: str) -> str:
    return salted_hmac(salt, text, algorithm="sha256").hexdigest()


def _is_known(visitor: UUID | None, author: str) -> bool:
    """Whether a person approved a comment from this browser under this address.

    Neither alone is enough: anybody can type somebody's address, and a browser can be shared.
    """
    known = Comment.objects.approved_by_a_person().by_visitor(visitor)
    return known.filter(author_digest=author).exists()


def _signals(
    article: Article, visitor: UUID | None, author: str, **circumstances: Any
) -> screening.Signals:
    """What is known beside the text: where it stands, who writes, and how it was sent."""
    return screening.Signals(
        mode=mode_for(article),
        newcomer=not _is_known(visitor, author),
        muted=Restriction.objects.in_force().of(author).exists(),
        **circumstances,
    )


def _repeats(body: str) -> int:
    if len(body) < SHORTEST_REPEAT:
        return 0
    since = timezone.now() - REPEATS_COUNT_FOR
    return Comment.objects.filter(created_at__gte=since, body=body).count()


def _screened(submission: screening.Submission) -> screening.Screening:
    """What the site's screener and the site's rules say; whatever they do, there is an answer."""
    try:
        screener = import_string(settings.SCREENER)
        result = screening.within(SCREENER_DEADLINE, lambda: screener(submission))
        result = _sound(result, submission)
    except Exception as error:  # a broken screener must cost no comment: a person reads it instead
        because = gettext_noop("The screener stopped with {}.")
        result = _with_fault(_NOTHING, because, error)
    try:
        result = screening.rules.apply(SiteRule.objects.for_screening(), submission, result)
    except Exception as error:  # and what the screener saw must not be lost with a rule
        result = _with_fault(result, gettext_noop("The rules of this site stopped with {}."), error)
    return _held_for_its_author(result) if submission.signals.muted else result


def _held_for_its_author(seen: screening.Screening) -> screening.Screening:
    """What was seen, held unless something else holds it: whatever screener a site brings."""
    verdict = seen.verdict
    if verdict.holds:
        return seen
    verdict = replace(verdict, queue=screening.Queue.GENERAL, because=_MUTED)
    return replace(seen, verdict=verdict)


def _with_fault(seen: screening.Screening, because: str, error: Exception) -> screening.Screening:
    """What was seen, held by a fault unless something else holds it."""
    because = because.format(type(error).__name__)
    logger.error("%s The comment waits for a moderator.", because)
    fault = screening.Finding(screening.FindingType.FAULT, 0, 0, 1.0, because)
    verdict = seen.verdict
    if not verdict.holds:
        verdict = replace(verdict, queue=screening.Queue.GENERAL, because=_UNFINISHED)
    return screening.Screening((*seen.findings, fault), verdict)


def _has_fault(result: screening.Screening) -> bool:
    return any(finding.type is screening.FindingType.FAULT for finding in result.findings)


def _sound(result: object, submission: screening.Submission) -> screening.Screening:
    """The result itself, if it is an answer that can be stored and acted upon."""
    if not isinstance(result, screening.Screening):
        raise TypeError("not a screening")
    verdict = result.verdict
    if not isinstance(verdict, screening.Verdict) or not isinstance(verdict.because, str):
        raise TypeError("not a verdict")
    if verdict.queue is not None and verdict.queue not in set(screening.Queue):
        raise ValueError("not a queue")
    for finding in result.findings:
        screening.FindingType(finding.type)
        is_in_name = screening.Field(finding.field) is screening.Field.NAME
        text = submission.author_name if is_in_name else submission.text
        if not 0 <= finding.start <= finding.end <= len(text) or not 0 <= finding.score <= 1:
            raise ValueError("a finding outside its bounds")
        if not isinstance(finding.because, str):
            raise TypeError("a finding without a sentence")
    return result


def _stored(comment: Comment, findings: Iterable[screening.Finding], *, tell_me: bool) -> Comment:
    try:
        with transaction.atomic():
            if comment.parent is not None:
                _hold_parent(comment.parent)
            comment.save(force_insert=True)
            Finding.objects.bulk_create(_rows(comment, findings))
            traits.remember(comment)
            if tell_me:
                _watch(comment)
    except IntegrityError:
        # The same submission arrived twice at the same moment, and the other one was first.
        earlier = _stored_as(comment.submission_digest)
        if earlier is None:
            raise
        return earlier
    return comment


def _watch(comment: Comment) -> None:
    """Its author wants to hear of replies: confirmed where they did so from this browser before."""
    theirs = Comment.objects.by_visitor(comment.visitor).filter(author_digest=comment.author_digest)
    has_confirmed = Watch.objects.confirmed().filter(comment__in=theirs).exists()
    Watch.objects.create(comment=comment, confirmed_at=timezone.now() if has_confirmed else None)


def _rows(comment: Comment, findings: Iterable[screening.Finding]) -> list[Finding]:
    return [
        Finding(
            comment=comment,
            type=finding.type,
            field=finding.field,
            start=finding.start,
            end=finding.end,
            score=finding.score,
            because=finding.because[:LONGEST_BECAUSE],
        )
        for finding in findings
    ]


def _hold_parent(parent: Comment) -> None:
    """Nobody may remove the parent between this look at it and the end of the transaction."""
    if Comment.objects.published().select_for_update().filter(pk=parent.pk).first() is None:
        raise ParentGoneError
