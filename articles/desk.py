"""The writing desk: drafts, the editor, preview, publication, history."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Model, Q
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from js_asset import Media

from . import pictures, publishing
from .comparison import compare as compare_revisions
from .forms import ArticleForm, CommentSettingsForm, TopicForm, WorkForm
from .models import Article, Picture, Publication, Revision, Topic, Work

PER_PAGE = 30
REVISIONS_SHOWN = 200

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

_ORDER = {
    Article.State.DRAFT: "-last_saved_at",
    Article.State.SCHEDULED: "published_at",
    Article.State.PUBLISHED: "-published_at",
    Article.State.WITHDRAWN: "-withdrawn_at",
}
_NEW = {
    Article.Kind.POST: gettext_lazy("New post"),
    Article.Kind.REVIEW: gettext_lazy("New review"),
    Article.Kind.PAGE: gettext_lazy("New page"),
}
_ACTIONS = {"save", "preview", "publish", "schedule", "withdraw", "restore"}
"""The buttons of the editor. All of them save what was written first."""
_NEED_PUBLISHER = _ACTIONS - {"save", "preview"}
_form_page = require_http_methods(["GET", "HEAD", "POST"])


def staff(permission: str) -> Callable[[View[P]], View[P]]:
    """Only for people with this permission; nobody's browser or proxy keeps the page."""

    def decorate(view: View[P]) -> View[P]:
        guarded = permission_required(permission, raise_exception=True)(view)
        return wraps(view)(never_cache(login_required(guarded)))

    return decorate


@staff("articles.write_articles")
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Everything staff have written, one state at a time."""
    wanted = request.GET.get("state", Article.State.DRAFT)
    if wanted not in Article.State.values:
        raise Http404
    state = Article.State(wanted)
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    articles = Article.objects.in_state(state)
    if text:
        articles = articles.filter(Q(headline__icontains=text) | Q(slug__icontains=text))
    listed = articles.for_lists().with_last_change().order_by(_ORDER[state], "-pk")
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    context = {"state": state, "text": text, "page": page}
    return render_desk(request, "overview.html", context)


@staff("articles.write_articles")
@_form_page
def new(request: HttpRequest) -> HttpResponse:
    kind = request.GET.get("kind", Article.Kind.POST)
    if kind not in Article.Kind.values:
        raise Http404
    return _edit(request, None, Article.Kind(kind))


@staff("articles.write_articles")
@_form_page
def write(request: HttpRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article, pk=pk)
    return _edit(request, article, Article.Kind(article.kind))


@staff("articles.write_articles")
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The public page with a revision that the public has not seen; no comments, no index."""
    article = get_object_or_404(Article, pk=pk)
    revision = _chosen_revision(article, request.GET.get("revision"))
    article.take_text_of(revision)
    article.published_at = article.published_at or timezone.now()
    template = "articles/page.html" if article.is_page else "articles/detail.html"
    response = render(request, template, {"article": article, "preview": revision})
    response["X-Robots-Tag"] = "noindex"
    return response


@staff("articles.write_articles")
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article, pk=pk)
    context = {
        "article": article,
        "revisions": list(
            article.revisions.select_related("saved_by").defer("body")[:REVISIONS_SHOWN]
        ),
        "publications": list(article.publications.select_related("by")),
    }
    return render_desk(request, "history.html", context)


@staff("articles.write_articles")
@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article, pk=pk)
    old = _chosen_revision(article, request.GET.get("old", ""))
    new = _chosen_revision(article, request.GET.get("new", ""))
    if (old.saved_at, old.pk) > (new.saved_at, new.pk):
        old, new = new, old
    context = {
        "article": article,
        "old": old,
        "new": new,
        "changes": compare_revisions(old, new),
    }
    return render_desk(request, "compare.html", context)


@staff("articles.write_articles")
@require_POST
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """An older revision becomes the newest draft."""
    article = get_object_or_404(Article, pk=pk)
    older = _chosen_revision(article, request.POST.get("revision", ""))
    publishing.restore_revision(older, by=_user(request))
    messages.success(
        request,
        _("The older text is the newest draft now. Readers do not see it before you publish."),
    )
    return redirect("articles:desk-write", pk)


@staff("articles.write_articles")
@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    return render_desk(request, "topics.html", {"topics": Topic.objects.all()})


@staff("articles.change_topic")
@_form_page
def edit_topic(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    topic = get_object_or_404(Topic, pk=pk) if pk else None
    form = TopicForm(_posted(request), instance=topic)
    return _edit_thing(
        request, form, "articles:desk-topics", _("Topic") if topic else _("New topic")
    )


@staff("articles.write_articles")
@require_safe
def works(request: HttpRequest) -> HttpResponse:
    return render_desk(request, "works.html", {"works": Work.objects.all()})


@staff("articles.change_work")
@_form_page
def edit_work(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    work = get_object_or_404(Work, pk=pk) if pk else None
    form = WorkForm(_posted(request), instance=work)
    title = _("Work") if work else _("New work")
    return _edit_thing(request, form, "articles:desk-works", title)


def _edit(request: HttpRequest, article: Article | None, kind: Article.Kind) -> HttpResponse:
    """The editor, for a new article or one that exists."""
    revision = _newest(article) if article else None
    settings = _settings_of(request, article, kind)
    may_add_works = _user(request).has_perm("articles.change_work")
    if request.method != "POST":
        form = ArticleForm(
            kind=kind, article=article, revision=revision, may_add_works=may_add_works
        )
        return _editor(request, form, revision, settings)
    action = request.POST.get("action", "save")
    if action not in _ACTIONS:
        raise Http404
    if action in _NEED_PUBLISHER and not _user(request).has_perm("articles.publish_articles"):
        raise PermissionDenied
    form = ArticleForm(
        request.POST,
        request.FILES,
        kind=kind,
        article=article,
        revision=revision,
        may_add_works=may_add_works,
    )
    wrong = [one for one in (form, settings) if one and one.is_bound and not one.is_valid()]
    if wrong:
        _withdraw_all_the_same(request, action, article)
        return _editor(request, form, revision, settings, status=422)
    try:
        saved = _store(request, action, form, settings)
    except publishing.Outdated as outdated:
        _withdraw_all_the_same(request, action, article)
        return _conflict(request, form, outdated.newest)
    except publishing.NotPossible as reason:
        if article:
            article.refresh_from_db()
        form.refuse(str(reason))
        return _editor(request, form, revision, settings, status=422)
    if _is_changed(settings):
        messages.success(request, _("The comment settings are changed."))
    if action == "preview":
        return redirect("articles:desk-preview", saved.article_id)
    messages.success(request, _said_after(action, saved.article))
    return redirect("articles:desk-write", saved.article_id)


def _store(
    request: HttpRequest, action: str, form: ArticleForm, settings: CommentSettingsForm | None
) -> Revision:
    """All that the writer sent and what the button said, or nothing of it."""
    picture = _uploaded_picture(form)
    try:
        with transaction.atomic():
            saved = publishing.save_draft(
                form.article,
                by=_user(request),
                content=_content(form, picture),
                kind=form.kind,
                slug=form.cleaned_data.get("slug", ""),
                base=form.cleaned_data["base"],
            )
            if settings and _is_changed(settings):
                publishing.set_comments(saved.article, by=_user(request), changes=settings.changes)
            if entry := _carry_out(request, action, saved, form):
                saved.article = entry.article
    except Exception:
        if picture:
            pictures.discard(picture)
        raise
    return saved


def _carry_out(
    request: HttpRequest, action: str, revision: Revision, form: ArticleForm
) -> Publication | None:
    """After saving: what the button said."""
    by = _user(request)
    match action:
        case "publish":
            return publishing.publish(revision, by=by)
        case "schedule":
            return publishing.publish(revision, by=by, at=form.cleaned_data["publish_at"])
        case "withdraw":
            return publishing.withdraw(revision.article, by=by)
        case "restore":
            return publishing.restore(revision.article, by=by)
    return None


def _withdraw_all_the_same(request: HttpRequest, action: str, article: Article | None) -> None:
    """What has to come off the site does not wait until the text beside the button can be saved."""
    if action != "withdraw" or article is None:
        return
    try:
        withdrawn = publishing.withdraw(article, by=_user(request)).article
        messages.success(request, _said_after(action, withdrawn))
    except publishing.NotPossible as reason:
        messages.error(request, str(reason))
    article.refresh_from_db()


def _settings_of(
    request: HttpRequest, article: Article | None, kind: Article.Kind
) -> CommentSettingsForm | None:
    """The comment settings at the editor's side, a part of its form."""
    if kind == Article.Kind.PAGE:
        return None
    posted = request.POST if "comments-comment_mode" in request.POST else None
    return CommentSettingsForm(posted, instance=article or Article())


def _is_changed(settings: CommentSettingsForm | None) -> bool:
    return settings is not None and settings.is_bound and settings.has_changed()


def _editor(
    request: HttpRequest,
    form: ArticleForm,
    revision: Revision | None,
    settings: CommentSettingsForm | None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    article = form.article
    context: dict[str, Any] = {
        "form": form,
        "title": article.headline if article else _NEW[Article.Kind(form.kind)],
        "article": article,
        "revision": revision,
        "comment_settings": settings,
        "media": _media(form, str(request.csp_nonce)),  # type: ignore[attr-defined]
        **more,
    }
    if article:
        last = article.publications.select_related("by").first()
        context |= {
            "last_publication": last,
            "has_changes": article.state != Article.State.DRAFT
            and revision is not None
            and revision.content() != article.content(),
        }
    return render_desk(request, "write.html", context, status=status)


def _media(form: ArticleForm, nonce: str) -> SafeString:
    """The editor's files, allowed by the page's nonce.

    The editor would add styles of its own, which our policy forbids, unless it finds an element
    of that name; those styles are in writing.css.
    """
    mark = format_html('<style nonce="{}" data-tiptap-style></style>', nonce)
    return format_html("{}\n{}", mark, Media.from_media(form.media, nonce=nonce).render())


def _conflict(request: HttpRequest, form: ArticleForm, newest: Revision) -> HttpResponse:
    """Somebody saved meanwhile: nothing is lost, and the writer chooses with both texts at hand."""
    data = request.POST.copy()
    data["base"] = str(newest.pk)
    if picture := _uploaded_picture(form):
        # A form cannot hand a file back, so the picture waits for the text.
        data["picture"] = str(pictures.keep(picture).pk)
    elif form.cleaned_data.get("remove_picture"):
        for name in ("picture", "picture_alt", "picture_caption", "picture_credit"):
            data[name] = ""
    again = ArticleForm(
        data,
        kind=form.kind,
        article=form.article,
        revision=newest,
        may_add_works=form.new_work is not None,
    )
    settings = _settings_of(request, form.article, Article.Kind(form.kind))
    return _editor(request, again, newest, settings, status=409, newer=newest)


def _said_after(action: str, article: Article) -> SafeString | str:
    """What the writer is told once everything is stored."""
    if action == "publish":
        link = format_html(
            '<a href="{}">{}</a>', article.get_absolute_url(), _("See it on the site")
        )
        return format_html("{} {}", _("Published."), link)
    if action == "schedule" and article.published_at:
        time = date_format(localtime(article.published_at), "DATETIME_FORMAT")
        return _("Scheduled. It goes out at this time: %(time)s") % {"time": time}
    if action == "withdraw":
        if article.state == Article.State.DRAFT:
            return _("The article is a draft again.")
        return _("The article is off the site. You can put it back at any time.")
    if action == "restore":
        return _("The article is on the site again.")
    if article.is_published:
        return _("Saved. Readers still see the text that is published.")
    return _("Saved. Readers do not see it yet.")


def _content(form: ArticleForm, picture: Picture | None) -> dict[str, Any]:
    """The fields of ``Writing``, with the new picture, if any, and a work added when it is new."""
    data = form.cleaned_data
    content = {name: data[name] for name in form.Meta.fields if name in data}
    if picture:
        picture.save()
        content["picture"] = picture
    elif data.get("remove_picture"):
        content["picture"] = None
    elif data["picture"]:
        content["picture"] = pictures.reworded(data["picture"], **_words_of_picture(form))
    if form.new_work is not None and form.describes_new_work:
        content["work"] = form.new_work.save()
    return content


def _uploaded_picture(form: ArticleForm) -> Picture | None:
    """Its files are written; its row is not yet."""
    image = form.cleaned_data["picture_file"]
    return pictures.written(image, **_words_of_picture(form)) if image else None


def _words_of_picture(form: ArticleForm) -> dict[str, str]:
    names = ("alt", "caption", "credit")
    return {name: form.cleaned_data[f"picture_{name}"] for name in names}


def _edit_thing(request: HttpRequest, form: ModelForm[Any], back: str, title: str) -> HttpResponse:
    """A topic or a work: a small form on a page of its own."""
    if request.method == "POST" and form.is_valid():
        thing: Model = form.save()
        messages.success(request, _("“%(name)s” is saved.") % {"name": thing})
        return redirect(back)
    context = {"form": form, "title": title, "back": reverse(back)}
    return render_desk(request, "thing.html", context, status=422 if form.errors else 200)


def render_desk(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page of the desk, with the number of articles in each state beside it."""
    counts = Article.objects.count_by_state()
    context["lanes"] = [(state, counts[state.value]) for state in Article.State]
    return render(request, f"desk/articles/{template}", context, status=status)


def _newest(article: Article) -> Revision | None:
    return article.revisions.select_related("saved_by", "picture").first()


def _chosen_revision(article: Article, number: str | None) -> Revision:
    """The revision of that number; the newest when none was named."""
    revisions = article.revisions.select_related("saved_by", "topic", "picture", "work")
    if number is None:
        number = str(article.revisions.values_list("pk", flat=True).first() or "")
    if not number.isascii() or not number.isdecimal():
        raise Http404
    return get_object_or_404(revisions, pk=int(number[:18]))


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _user(request: HttpRequest) -> User:
    # Every view here asks for a permission first, and an anonymous visitor has none.
    return cast("User", request.user)
