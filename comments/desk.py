"""The moderators' pages: overview, queues, one comment, and where decisions arrive."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from functools import partial
from operator import attrgetter
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.db.models import (
    Exists,
    OuterRef,
    Q,
    QuerySet,
    prefetch_related_objects,
)
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from articles.models import Article

from . import (
    about,
    alike,
    beside,
    elsewhere,
    erasure,
    intake,
    lanes,
    moderation,
    public_names,
    search,
    together,
    wording,
)
from .author_forms import NoteForm
from .cards import Card
from .forms import CutsForm, DecisionForm, SearchForm, SecondLookForm
from .models import (
    Action,
    AddressSearch,
    CaseReplyVersion,
    Comment,
    CommentQuerySet,
    Decision,
    DeskChoice,
    EarlierText,
    Finding,
    Lease,
    Notice,
    Reason,
    Reveal,
    SecondLook,
    Status,
)
from .models.comment import LANES, NEWEST_FIRST, QUEUES, REPORTED, Place
from .models.finding import TYPES, TYPES_TO_CUT
from .models.second_look import ANSWERED_WITHIN

logger = logging.getLogger(__name__)

COMMENTS_PER_PAGE = 25
ARTICLES_TO_CHOOSE = 100
SIEVE = ("article", "finding", "language")
"""What a list can be narrowed to, as its address says it."""
LATEST_DECISIONS = 10
CUT_ELSEWHERE = "cut_elsewhere"
"""Where a session keeps what one press cut in other places, and after which decision."""

_ID = re.compile(r"[0-9]{1,18}")


REASON_KEYS = "1234567890abc"
"""What a moderator types after ``r``, one for each reason in its order."""


@never_cache
@login_required
@permission_required("comments.moderate", raise_exception=True)
def overview(request: HttpRequest) -> HttpResponse:
    """What waits, since when, and what was decided last."""
    decisions = (
        Decision.objects.select_related("by", "case_reply", "comment__article")
        .prefetch_related("comment__findings")
        .order_by("-at", "-pk")
    )
    by = cast("User", request.user)
    first = _free(Comment.objects.waiting(), by).first()
    context = {
        "first": first or _free(Comment.objects.reported(), by).first(),
        "faults": [wording.explanation(fault) for fault in intake.faults()],
        "letters": Notice.objects.unsent().count(),
        "looks": sorted(SecondLook.objects.open(), key=attrgetter("asked_at")),
        "latest": decisions[:LATEST_DECISIONS],
    }
    return _page(request, "overview", context)


@never_cache
@login_required
@permission_required("comments.moderate", raise_exception=True)
def queue(request: HttpRequest, queue: str) -> HttpResponse:
    """What waits in one queue, or was reported, in its order: see :class:`CommentQuerySet`."""
    waiting = _sifted(Comment.objects.in_lane(queue), request.GET)
    back, by = urlencode(_sieve(request.GET)), cast("User", request.user)
    context = _cards(waiting, request.GET, by=by, next=queue, back=back) | {
        "queue": queue,
        "heading": dict(LANES)[queue],
        "hint": lanes.QUEUE_HINTS[queue],
        "sieve": _sieve_fields(request.GET),
    }
    return _page(request, "queue", context)


@never_cache
@login_required
@permission_required("comments.moderate", raise_exception=True)
def all_comments(request: HttpRequest) -> HttpResponse:
    """Comments of every state, or of one, newest first."""
    state = request.GET.get("state", "")
    comments = _sifted(Comment.objects.order_by(*NEWEST_FIRST), request.GET)
    if state in Status.values:
        comments = comments.filter(status=state)
    back, by = urlencode(_place(request.GET)), cast("User", request.user)
    context = _cards(comments, request.GET, by=by, next="all", back=back) | {
        "queue": "all",
        "heading": _("All comments"),
        "state": state if state in Status.values else "",
        "states": Status.choices,
        "sieve": _sieve_fields(request.GET),
    }
    return _page(request, "queue", context)


@never_cache
@login_required
@permission_required("comments.moderate", raise_exception=True)
def find(request: HttpRequest) -> HttpResponse:
    """Comments of every state by their words or their author; asked by POST, see ``SearchForm``."""
    by_email = request.user.has_perm("comments.search_by_email")
    if "email" in request.POST and not by_email:
        raise PermissionDenied
    form = SearchForm(request.POST or None, by_email=by_email)
    context: dict[str, Any] = {"queue": "find", "form": form}
    if form.is_valid():
        context |= _found(request, **form.cleaned_data)
    return _page(request, "find", context, status=422 if form.errors else 200)


@never_cache
@login_required
@permission_required("comments.moderate", raise_exception=True)
@require_POST
def hateful_text(request: HttpRequest) -> HttpResponse:
    """Let hateful text start collapsed, or open, for this moderator alone."""
    hides = {"hides_hate": request.POST.get("hides") == "1"}
    DeskChoice.objects.update_or_create(by=cast("User", request.user), defaults=hides)
    return redirect("comments:queue", queue="hate")


def _found(request: HttpRequest, words: str, email: str = "") -> dict[str, Any]:
    comments = search.by_words(words)
    by = cast("User", request.user)
    if email:
        comments &= search.by_address(email, by=by)
    context = _cards(comments, request.POST, by=by, next="")
    shown = [card for card in context["cards"] if search.shows_words(card.comment, words)]
    return context | {"cards": shown}


@never_cache
@login_required
@permission_required("comments.moderate", raise_exception=True)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One comment, with everything that helps to decide.

    Whoever opens it has it for a while; a script that only fetches it ahead has not.
    """
    comment = _find(pk, with_all=False)  # which comes with what stands beside it
    if comment.lane and request.headers.get("X-Part") != "ahead":
        Lease.objects.take(comment, by=cast("User", request.user))
    return _one(request, comment)


@never_cache
@login_required
@permission_required("comments.moderate", raise_exception=True)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one decision, by POST, and go on to the next comment that waits."""
    if request.method != "POST":
        return _post_only(request, pk)
    comment = _find(pk)
    form = DecisionForm(request.POST, comment=comment)
    if not form.is_valid():
        return _one(request, comment, form, status=422)
    destination, back = form.cleaned_data["next"], form.cleaned_data["back"]
    try:
        # Once this is over nothing can fail any more that would call the decision not stored.
        with transaction.atomic():
            by = cast("User", request.user)
            decision, left = _take_all(form, comment, by=by)
            Lease.objects.filter(comment=comment, by=by).delete()
            next_page = _way_on(decision, destination, back, by=by, left=left)
    except moderation.Stale:
        return _one(request, _find(pk), form, status=409)
    except moderation.Refused as refusal:
        form.add_error(refusal.field, str(refusal.message))
        return _one(request, comment, form, status=422)
    if decision.action == Action.APPROVE_REDACTED and _may_stand_elsewhere(decision):
        query = urlencode({"decided": decision.pk, "next": destination, "back": back})
        next_page = f"{reverse('comments:elsewhere', args=[pk])}?{query}"
    if request.headers.get("X-Part") == "decided":
        queue = destination or decision.queue_before
        context = frame(request, decided=str(decision.pk), left=left)
        context |= {"queue": queue, "way_on": next_page}
        return render(request, "desk/comments/_way_on.html", context)
    return redirect(next_page)


def _may_stand_elsewhere(decision: Decision) -> bool:
    """Whether to show where else the characters stand that were cut just now."""
    try:
        return elsewhere.holds_what_was_cut(decision)
    except DatabaseError as error:  # the decision is stored; the next page will look again
        logger.warning("Decision %d: the search failed with %s.", decision.pk, type(error).__name__)
        return True


def _way_on(
    decision: Decision, destination: str, back: str, *, by: User, left: Iterable[int] = ()
) -> str:
    place = _place if destination == "all" else _sieve
    told = [("decided", decision.pk), *(("left", pk) for pk in left)]
    query = urlencode([*place(QueryDict(back)).items(), *told])
    return f"{_continue_at(decision, destination, back, by=by)}?{query}"


@never_cache
@login_required
@permission_required("comments.moderate", raise_exception=True)
def cut_elsewhere(request: HttpRequest, pk: int) -> HttpResponse:
    """Where else the characters stand that were cut from this comment; cut there with one press."""
    comment = _find(pk)
    destination = request.GET.get("next", "")
    destination = destination if destination in {*dict(LANES), "all"} else ""
    decision = moderation.standing_decision(comment)
    by = cast("User", request.user)
    on = reverse("comments:show", args=[pk])
    if decision is not None:
        on = _way_on(decision, destination, request.GET.get("back", ""), by=by)
    places, covered = elsewhere.search(comment)
    if request.method == "POST":
        sent = set(request.POST.getlist("places"))
        done = elsewhere.cut([place for place in places if place.value in sent], by=by)
        if done.places and decision is not None:
            request.session[CUT_ELSEWHERE] = {"after": decision.pk, **done._asdict()}
        else:
            messages.info(request, _("Nothing was cut in other places."))
        return redirect(on)
    context = {
        "comment": comment,
        "places": places,
        "covered": covered,
        "articles": elsewhere.articles(comment),
        "way_on": on,
    }
    return _page(request, "elsewhere", context)


@never_cache
@login_required
@permission_required("comments.moderate", raise_exception=True)
def cut(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the cuts in the form would leave, with those that were typed; decide nothing."""
    if request.method != "POST":
        return _post_only(request, pk)
    comment = _find(pk)
    form = CutsForm(request.POST, comment=comment)
    if not form.is_valid():
        return _one(request, comment, form, status=422)
    if form.cleaned_data["version"] != comment.version:
        return _one(request, comment, form, status=409)
    if "cut_words" in request.POST and not form.cleaned_data["cut_words"]:
        form.add_error("cut_words", _("Type the characters to cut, as they stand in the comment."))
        return _one(request, comment, form, status=422)
    try:
        form.add_by_hand(_typed_cuts(form, comment))
        moderation.preview(comment, cuts=form.chosen_cuts, by_hand=form.by_hand)
    except moderation.Refused as refusal:
        form.add_error(refusal.field, str(refusal.message))
        return _one(request, comment, form, status=422)
    return _one(request, comment, form)


@never_cache
@login_required
@permission_required("comments.moderate", raise_exception=True)
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the guarded characters of one finding, and write down who looked."""
    if request.method != "POST":
        return _post_only(request, pk)
    comment = _find(pk)
    form = CutsForm(request.POST, comment=comment)
    finding = form.findings.get(request.POST.get("finding", ""))
    if finding is None:
        form.add_error("cuts", _("The marks have changed since the page was opened. Look again."))
        return _one(request, comment, form, status=422)
    try:
        moderation.reveal(finding, by=cast("User", request.user))
    except moderation.Refused as refusal:
        form.add_error(refusal.field, str(refusal.message))
        return _one(request, comment, form, status=422)
    comment.had_reveals = True
    return _one(request, comment, form)


@never_cache
@login_required
@permission_required(["comments.moderate", "comments.destroy"], raise_exception=True)
def destroy(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether what was cut or removed shall be destroyed now; by POST, do it."""
    comment = _find(pk)
    refusal = ""
    covered = [Card(other) for other in elsewhere.search(comment).covered]
    if request.method == "POST":
        version = request.POST.get("version", "")
        sent = set(request.POST.getlist("also"))
        also = [card.comment for card in covered if card.state in sent]
        try:
            if len(also) < len(sent):
                raise moderation.Stale(comment)
            decision = erasure.destroy_now(
                comment,
                by=cast("User", request.user),
                version=int(version) if _ID.fullmatch(version) else 0,
                also=also,
            )
        except moderation.Stale:
            comment, refusal = _find(pk), gettext("This comment has changed since. Look again.")
        except moderation.Refused as refused:
            refusal = str(refused.message)
        else:
            show = reverse("comments:show", args=[pk])
            return redirect(f"{show}?{urlencode({'decided': decision.pk})}")
    labels = dict(TYPES)
    context = {
        "card": Card(comment),
        "kinds": dict.fromkeys(labels[cut["type"]] for cut in moderation.cuts_in_force(comment)),
        "covered": covered,
        "refusal": refusal,
    }
    return _page(request, "destroy", context, status=409 if refusal else 200)


@never_cache
@login_required
@permission_required("comments.moderate", raise_exception=True)
def make_public(request: HttpRequest, pk: int) -> HttpResponse:
    """A private name is public after all: the article gets it, and what waited for it goes out."""
    if request.method != "POST":
        return _post_only(request, pk)
    comment = _find(pk)
    form = CutsForm(request.POST, comment=comment)
    finding = form.findings.get(request.POST.get("finding", ""))
    if finding is None:
        form.add_error("cuts", _("The marks have changed since the page was opened. Look again."))
        return _one(request, comment, form, status=422)
    try:
        let_out = public_names.make_public(finding, by=cast("User", request.user))
    except moderation.Refused as refusal:
        form.add_error(refusal.field, str(refusal.message))
        return _one(request, comment, form, status=422)
    form.untick(finding)
    along = [pk for pk in request.POST.getlist("along") if _ID.fullmatch(pk)]
    along += [str(decision.pk) for decision in let_out.decisions]
    more = {"let_out": let_out, "made_public": finding, "along": along}
    return _one(request, _find(pk), form, more=more)


@never_cache
@login_required
@permission_required("comments.moderate", raise_exception=True)
def second_looks(request: HttpRequest) -> HttpResponse:
    """Whose authors wait for a second look, the longest waiting first."""
    looks = SecondLook.objects.open().select_related("comment__article", "decision__by")
    context = {
        "queue": "second-looks",
        "looks": looks.prefetch_related("comment__findings"),
        "answered_within": ANSWERED_WITHIN.days,
    }
    return _page(request, "second_looks", context)


@never_cache
@login_required
@permission_required("comments.moderate", raise_exception=True)
def second_look(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide once more, in the place of the first moderator, and answer the author."""
    if request.method != "POST":
        return _post_only(request, pk)
    comment, by = _find(pk), cast("User", request.user)
    look = Card(comment).look
    form = SecondLookForm(request.POST)
    if look is None:
        raise Http404
    if not look.may_be_answered_by(by):
        raise PermissionDenied
    if not form.is_valid():
        return _one(request, comment, more={"look_form": form}, status=422)
    data = form.cleaned_data
    changes = data["outcome"] == "changes"
    try:
        decision = moderation.answer_second_look(
            look, by=by, changes=changes, answer=data["answer"], version=data["version"]
        )
    except moderation.Stale:
        return _one(request, _find(pk), more={"look_form": form}, status=409)
    except moderation.Refused as refusal:
        form.add_error(
            refusal.field if refusal.field in form.fields else None, str(refusal.message)
        )
        return _one(request, comment, more={"look_form": form}, status=422)
    return redirect(f"{reverse('comments:second-looks')}?{urlencode({'decided': decision.pk})}")


def _typed_cuts(form: CutsForm, comment: Comment) -> moderation.Cuts:
    """The cuts that were typed as words: all places where they stand, but those cut already."""
    words, kind = form.cleaned_data["cut_words"], form.cleaned_data["cut_type"]
    if not words:
        return []
    kind = kind or TYPES_TO_CUT[0][0]
    besides: list[Finding | moderation.Cut] = [*(form.chosen_cuts or []), *form.by_hand]
    return moderation.cuts_of(comment, words, kind, besides=besides)


def _post_only(request: HttpRequest, pk: int) -> HttpResponse:
    response = _page(request, "post_only", {"pk": pk}, status=405)
    response["Allow"] = "POST"
    return response


@never_cache
@login_required
@permission_required("comments.moderate", raise_exception=True)
@require_POST
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the letter that is chosen in the form, and decide nothing.

    A script asks for the letter alone; without one the whole page comes again, as it was left.
    """
    comment = _find(pk)
    data = request.POST.copy()
    data["decision"] = Action.ANSWER
    form = DecisionForm(data, comment=comment)
    is_valid = form.is_valid()
    if request.headers.get("X-Part") == "letter":
        replies = CaseReplyVersion.objects.to_send()
        context = {"comment": comment, "form": form, "case_replies": replies}
        return render(request, "desk/comments/_chosen_letter.html", context)
    return _one(request, comment, form, status=200 if is_valid else 422)


def _take_all(form: DecisionForm, comment: Comment, *, by: User) -> together.Taken:
    """Take the decision, and where it is meant for alike comments too, on those."""
    data = form.cleaned_data
    version = data["version"]
    if data["decision"] == Action.UNDO and data["together"]:
        return together.undo(comment, by=by, note=data["note"], version=version)
    take = partial(_take, form, by=by)
    return together.decide(comment, take, version=version, others=form.alike)


def _take(
    form: DecisionForm,
    comment: Comment,
    *,
    by: User,
    version: int,
    along_with: Decision | None = None,
) -> Decision:
    data = form.cleaned_data
    common = {"by": by, "note": data["note"], "version": version}
    match data["decision"]:
        case Action.APPROVE:
            return moderation.approve(comment, along_with=along_with, **common)
        case Action.APPROVE_REDACTED:
            form.add_by_hand(_typed_cuts(form, comment))
            return moderation.approve_redacted(
                comment, cuts=form.chosen_cuts, by_hand=form.by_hand, **common
            )
        case Action.REMOVE:
            reason = data["reason"]
            return moderation.remove(comment, reason=reason, along_with=along_with, **common)
        case Action.LEAVE:
            return moderation.leave(comment, **common)
        case Action.RESTORE:
            return moderation.restore(comment, **common)
        case Action.ANSWER:
            return moderation.answer(
                comment,
                reply=data["case_reply"],
                state=data["state"],
                along_with=along_with,
                **common,
            )
        case Action.MOVE:
            return moderation.move(comment, queue=data["queue"], **common)
        case Action.UNSURE:
            return moderation.pass_on(comment, **common)
        case _:
            return _take_back(comment, **common)


def _take_back(comment: Comment, *, by: User, note: str, version: int) -> Decision:
    if comment.version != version:
        raise moderation.Stale(comment)
    standing = moderation.standing_decision(comment)
    if standing is None:
        raise moderation.CannotUndo(_("There is no decision to take back."))
    return moderation.undo(standing, by=by, note=note, version=version)


def _continue_at(decision: Decision, destination: str, back: str, *, by: User) -> str:
    """The next comment of the queue that the moderator works through, or the page of that queue.

    An undo stays with its comment, and so does a decision on one that did not wait.
    """
    comment = decision.comment
    stays = reverse("comments:show", args=[comment.pk])
    if destination == "all":
        return reverse("comments:all")
    if decision.action == Action.UNDO:
        return stays
    was_waiting = decision.status_before == Status.WAITING
    queue = destination or (decision.queue_before if was_waiting else "")
    if not queue:
        return stays
    waiting = _sifted(_free(Comment.objects.in_lane(queue), by), QueryDict(back))
    waiting = waiting.exclude(pk=comment.pk)
    # What is decided among the reported has no place there any more: the work begins on top again.
    behind = waiting if queue == REPORTED else waiting.behind(comment.place_in_lane)
    following = behind.first() or waiting.first()
    if following is None:
        return reverse("comments:queue", args=[queue])
    Lease.objects.take(following, by=by)
    return reverse("comments:show", args=[following.pk])


def _free(comments: CommentQuerySet, moderator: User) -> CommentQuerySet:
    """Those that no colleague has open, and that this person has not passed on to another."""
    leases = Lease.objects.in_force().filter(comment=OuterRef("pk")).exclude(by=moderator)
    doubts = Decision.objects.doubts_of(moderator).filter(comment=OuterRef("pk"))
    return comments.filter(~Exists(leases), ~Exists(doubts))


def _place(query: QueryDict) -> dict[str, str]:
    """Which part of the list of all is open."""
    names = ("state", *SIEVE, "after", "before")
    return {name: str(query[name]) for name in names if query.get(name)}


def _sieve(query: QueryDict) -> dict[str, str]:
    """Which comments of a queue are looked at."""
    return {name: str(query[name]) for name in SIEVE if query.get(name)}


def _sifted(comments: CommentQuerySet, query: QueryDict) -> CommentQuerySet:
    """Those below one article, in which one thing was found, in one language: as far as asked."""
    article, finding, language = (query.get(name, "") for name in SIEVE)
    if _ID.fullmatch(article):
        comments = comments.filter(article=int(article))
    if finding in dict(TYPES):
        comments = comments.filter(Exists(Finding.objects.surely(finding, of=OuterRef("pk"))))
    if language in dict(settings.LANGUAGES):
        comments = comments.filter(language=language)
    return comments


def _sieve_fields(query: QueryDict) -> dict[str, Any]:
    """What can be chosen, and what is."""
    articles = Article.objects.exclude(kind=Article.Kind.PAGE).exclude(published_at=None)
    newest = articles.order_by("-published_at").values_list("pk", "headline")
    return {
        "articles": [(str(pk), headline) for pk, headline in newest[:ARTICLES_TO_CHOOSE]],
        "findings": TYPES,
        "languages": settings.LANGUAGES,
        "chosen": _sieve(query),
    }


def _find(pk: int, *, with_all: bool = True) -> Comment:
    rare = {"had_reveals": Reveal, "had_searches": AddressSearch, "had_earlier_texts": EarlierText}
    had = {
        name: Exists(model._default_manager.filter(comment=OuterRef("pk")))
        for name, model in rare.items()
    }
    comments = alike.with_candidates(Comment.objects.annotate(**had).select_related("thread"))
    found = _with_everything(comments) if with_all else _with_one_each(comments)
    return get_object_or_404(found, pk=pk)


def _with_everything(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """Comments with all that a card shows of them, in a fixed number of queries."""
    return _with_one_each(comments).prefetch_related("parent__findings", *beside.with_all())


def _with_one_each(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """Comments with that of which each has one."""
    with_them = about.flagged(comments).select_related("article", "parent", "lease__by")
    return with_them.defer("article__body", "article__plain_text")


def _cards(
    comments: CommentQuerySet, asked: QueryDict, *, by: User, next: str, back: str = ""
) -> dict[str, Any]:
    """One page of a list as cards, and where the pages beside it begin.

    A page is named by the comment before or behind it, so the last one costs as much as the
    first, and nothing is skipped when others decide meanwhile.
    """
    found, has_previous, has_next = _slice(comments, asked)
    _add_reports(found)
    about.attach(found)
    groups = alike.groups(found, by=by)
    others = [member.comment for group in groups.values() for member in group.members]
    parents = [comment.parent for comment in found if comment.parent]
    prefetch_related_objects([*found, *others, *parents], *beside.with_all())
    above = alike.above(found, groups)
    listed = {pk: group for pk, group in groups.items() if pk not in above}
    cards = [
        Card(comment, None, next, back, listed.get(comment.pk), above.get(comment.pk))
        for comment in found
    ]
    return {
        "cards": cards,
        "case_replies": CaseReplyVersion.objects.to_send(),
        "previous_page": found[0].pk if has_previous else 0,
        "next_page": found[-1].pk if has_next else 0,
    }


def _add_reports(comments: list[Comment]) -> None:
    """Few are reported, and none costs a query where none is."""
    prefetch_related_objects([comment for comment in comments if comment.is_reported], "reports")


def _slice(comments: CommentQuerySet, asked: QueryDict) -> tuple[list[Comment], bool, bool]:
    """The comments of the page that is asked for, and whether there are some before and behind."""
    for name in ("after", "before"):
        place = _place_named(comments, asked.get(name, ""))
        if place is None:
            continue
        is_back = name == "before"
        rest = comments.behind(place, back=is_back)
        found = _first_of(rest)
        is_more = len(found) > COMMENTS_PER_PAGE
        del found[COMMENTS_PER_PAGE:]
        if found:
            return (found[::-1], is_more, True) if is_back else (found, True, is_more)
    found = _first_of(comments)
    return found[:COMMENTS_PER_PAGE], False, len(found) > COMMENTS_PER_PAGE


def _first_of(comments: CommentQuerySet) -> list[Comment]:
    """A page and one more. Which they are is told from an index alone, before anything is joined:
    else SQLite may begin with the articles, and sort all there is.
    """
    page = comments.values("pk")[: COMMENTS_PER_PAGE + 1]
    order = comments.query.order_by
    found = _with_one_each(Comment.objects.filter(pk__in=page).order_by(*order))
    found = alike.with_candidates(found)
    return list(found if comments.query.standard_ordering else found.reverse())


def _place_named(comments: CommentQuerySet, pk: str) -> Place | None:
    """Where this comment stands in the order of the list, whatever became of it meanwhile."""
    if not _ID.fullmatch(pk):
        return None
    names = [str(name).removeprefix("-") for name in comments.query.order_by]
    return Comment.objects.filter(pk=pk).values_list(*names).first()


def _one(
    request: HttpRequest,
    comment: Comment,
    form: CutsForm | None = None,
    *,
    status: int = 200,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """One comment on a page of its own; with the form as it came in when it was not accepted."""
    by = cast("User", request.user)
    group = alike.groups([comment], by=by, sent=form.sent_alike if form else None).get(comment.pk)
    members = group.members if group else []
    around = beside.of(comment, alike=[member.comment for member in members])
    _add_reports([comment])
    about.attach([comment])
    newer = _decision_of(comment.version, list(comment.decisions.all()))
    if form is not None and status == 409 and newer is None and not comment.is_reported:
        form.by_hand.clear()  # these spans point into a text that is gone
    destination = request.POST.get("next", "") or comment.lane
    back = request.POST.get("back", "") or urlencode(_sieve(request.GET))
    reveals, searches = _lookers(comment)
    moderation.show_revealed(comment, reveals, to=by)
    card = Card(comment, form, destination, back, group)
    context = {
        "card": card,
        "case_replies": CaseReplyVersion.objects.to_send(),
        "queue": comment.lane or "all",
        "is_stale": status == 409,
        "newer": newer,
        "may_answer": card.look is not None and card.look.may_be_answered_by(by),
        "entries": sorted([*card.history, *reveals, *searches], key=attrgetter("at")),
        "earlier_texts": comment.earlier_texts.all() if comment.had_earlier_texts else [],
        "beside": around,
        "note_form": NoteForm(),
        "neighbours": _neighbours(comment, QueryDict(back), by, group),
        "sieve": urlencode(_sieve(QueryDict(back))),
    } | (more or {})
    return _page(request, "show", context, status=status)


def _lookers(comment: Comment) -> tuple[list[Reveal], list[AddressSearch]]:
    """Who looked at what is not shown to everybody; mostly nobody, and then nothing is asked."""
    return (
        list(comment.reveals.select_related("by")) if comment.had_reveals else [],
        list(comment.searches.select_related("by")) if comment.had_searches else [],
    )


def _decision_of(version: int, history: list[Decision]) -> Decision | None:
    """What made this version: the last decision, or nobody where a purge did."""
    return history[-1] if history and history[-1].version == version else None


def _neighbours(
    comment: Comment, sieve: QueryDict, moderator: User, group: alike.Group | None
) -> dict[str, Comment]:
    """The comments before and after this one in its queue, and the one that will be next when
    those alike are decided with it, in one query.
    """
    if not comment.lane:
        return {}
    queue = _sifted(_free(Comment.objects.in_lane(comment.lane), moderator), sieve)
    place = comment.place_in_lane
    rest = queue.exclude(pk__in=[member.comment.pk for member in group.ticked] if group else [])
    beside = [queue.behind(place, back=True), queue.behind(place), rest.behind(place)]
    asked = [others.values("pk")[:1] for others in beside]
    of_place = ("status", "rank", "created_at", "report_rank", "reported_at")
    found = list(queue.filter(Q(pk__in=asked)).only("pk", *of_place))
    before = [other for other in found if other.place_in_lane < place]
    behind = [other for other in found if other.place_in_lane > place]
    names = {"previous": before[:1], "next": behind[:1], "ahead": behind[-1:]}
    return {name: others[0] for name, others in names.items() if others}


def _page(
    request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    choices = {
        "reasons": list(zip(REASON_KEYS, Reason, strict=True)),
        "queues": QUEUES,
        "types_to_cut": TYPES_TO_CUT,
    }
    context = frame(request) | choices | context
    return render(request, f"desk/comments/{name}.html", context, status=status)


def frame(request: HttpRequest, *, decided: str = "", left: Iterable[int] = ()) -> dict[str, Any]:
    """What stands around the work on every page of the moderators."""
    found = lanes.every_lane()
    waiting = sum(lane.count for lane in found)
    is_more = any(lane.count > lanes.COUNTED for lane in found)
    return {
        "queue": "",
        "lanes": found,
        "waiting": waiting,
        "waiting_figure": lanes.figure(waiting, is_more=is_more),
        "urgent": sum(lane.urgent for lane in found if lane.queue != REPORTED),
        "decided": _just_decided(
            decided or request.GET.get("decided", ""), request.session.get(CUT_ELSEWHERE)
        ),
        "left": _left(left or map(int, filter(_ID.fullmatch, request.GET.getlist("left")))),
        "hides_hate": SimpleLazyObject(
            lambda: DeskChoice.objects.hides_hate(cast("User", request.user))
        ),
    }


def _just_decided(asked: str, cut_elsewhere: dict[str, Any] | None) -> dict[str, Any] | None:
    """The decision that brought the moderator here, and whether it can be undone right away.

    What was cut in other places after it comes first: it is the last that was done.
    """
    if not _ID.fullmatch(asked):
        return None
    decision = (
        Decision.objects.with_number()
        .select_related("comment__article", "by", "case_reply", "undoes__notice")
        .prefetch_related("comment__findings")
        .filter(pk=int(asked))
        .first()
    )
    if decision is None:
        return None
    is_latest = decision.version == decision.comment.version
    if cut_elsewhere is not None and cut_elsewhere["after"] != decision.pk:
        cut_elsewhere = None
    return {
        "decision": decision,
        "cut_elsewhere": cut_elsewhere,
        "can_be_undone": is_latest
        and not cut_elsewhere
        and decision.action not in {Action.UNDO, Action.DESTROY},
        "earlier_letter": getattr(decision.undoes, "notice", None),
    }


def _left(pks: Iterable[int]) -> list[Comment]:
    """Which were to be decided with others, and were not."""
    asked = list(pks)[: alike.MOST]
    if not asked:
        return []
    left = Comment.objects.filter(pk__in=asked).select_related("article")
    return list(left.prefetch_related("findings").order_by("pk"))
