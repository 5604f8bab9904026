"""The forms of the writing desk. They validate and say what is wrong; they change nothing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_prose_editor.widgets import ProseEditorWidget
from PIL.Image import Image

from . import pictures, richtext
from .models import Article, Picture, Revision, Topic, Work

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

RESERVED_FOR_PAGES = frozenset(
    [
        "accounts",
        "admin",
        "desk",
        "feed",
        "healthz",
        "media",
        "moderation",
        "news",
        "receipt",
        "reviews",
        "search",
        "static",
        "transparency",
    ]
)
"""First parts of addresses that the site uses itself."""
RESERVED_FOR_ENTRIES = frozenset(["topic"])

_EDITOR = {
    "extensions": {
        "Bold": True,
        "Italic": True,
        "Heading": {"levels": [2, 3]},
        "BulletList": True,
        "OrderedList": {"enableListAttributes": False},
        "ListItem": True,
        "Blockquote": True,
        "HorizontalRule": True,
        "HardBreak": True,
        "Link": {"enableTarget": False, "protocols": sorted(richtext.ALLOWED_SCHEMES)},
    }
}


class _MomentInput(forms.DateTimeInput):
    """The browser's own control, which understands this one format only."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


def _within_reach(moment: datetime) -> None:
    """A database cannot keep the last hours of the year 9999 in another time zone."""
    if not 1900 <= moment.year <= 2199:
        raise ValidationError(_("Please choose a year from 1900 to 2199."))


class _SometimesNeededField(forms.CharField):
    """Not required by itself; its help or an error says when it is, so no "(optional)" does."""

    says_when_needed = True


class ArticleForm(forms.ModelForm):  # type: ignore[type-arg]
    """One state of an article's text, and what the buttons under it need to know."""

    body = _SometimesNeededField(
        label=_("Text"),
        required=False,
        strip=False,
        widget=ProseEditorWidget(config=_EDITOR, preset="configurable"),
    )
    slug = forms.SlugField(
        label=_("Address"),
        required=False,
        max_length=120,
        help_text=_(
            "The last part of the address, in small letters and hyphens. "
            "Left empty, it is made from the headline. Fixed once the article is published."
        ),
    )
    picture = forms.ModelChoiceField(Picture.objects, required=False, widget=forms.HiddenInput)
    picture_file = forms.FileField(
        label=_("Picture"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif"}),
    )
    picture_alt = _SometimesNeededField(
        label=_("What the picture shows"),
        required=False,
        max_length=250,
        help_text=_("For readers who cannot see it. Needed with every picture."),
    )
    picture_caption = forms.CharField(label=_("Caption"), required=False, max_length=300)
    picture_credit = forms.CharField(label=_("Credit"), required=False, max_length=120)
    remove_picture = forms.BooleanField(label=_("Take the picture out"), required=False)
    publish_at = forms.DateTimeField(
        label=_("Publish at"),
        required=False,
        validators=[_within_reach],
        widget=_MomentInput,
    )
    base = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Revision
        fields = [
            "headline",
            "standfirst",
            "byline",
            "topic",
            "body",
            "picture",
            "work",
            "pull_quote",
            "verdict",
            "public_names",
        ]
        widgets = {
            "standfirst": forms.Textarea(attrs={"rows": 3}),
            "public_names": forms.Textarea(attrs={"rows": 3}),
            "pull_quote": forms.Textarea(attrs={"rows": 2}),
            "verdict": forms.Textarea(attrs={"rows": 2}),
        }
        error_messages = {"headline": {"required": _("Please write a headline.")}}

    def __init__(
        self,
        *args: Any,
        kind: str,
        article: Article | None = None,
        revision: Revision | None = None,
        may_add_works: bool = False,
        **kwargs: Any,
    ) -> None:
        self.kind = kind
        self.article = article
        self.new_work: WorkForm | None = None
        """For a review of a work that is not in the list."""
        kwargs["instance"] = _copy_of(revision)
        super().__init__(*args, **kwargs)
        self.initial.update(self._initial(revision))
        for name in self._unused():
            del self.fields[name]
        if kind == Article.Kind.REVIEW:
            if may_add_works:
                self.new_work = WorkForm(
                    self.data if self.is_bound else None,
                    prefix="new_work",
                    empty_permitted=True,
                    use_required_attribute=False,
                )
            self.fields["work"].required = not self.describes_new_work
            self.fields["work"].error_messages["required"] = _("A review names its work.")
            _with_empty_choice(self.fields["work"], _("Choose a work"))
        if "topic" in self.fields:
            _with_empty_choice(self.fields["topic"], _("No topic"))
        if "publish_at" in self.fields:
            self.fields["publish_at"].help_text = gettext(
                "For scheduling; the time is that of %(zone)s."
            ) % {"zone": settings.TIME_ZONE.replace("_", " ")}
        self.helper = _helper(self._layout())

    @property
    def describes_new_work(self) -> bool:
        return self.new_work is not None and self.new_work.has_changed()

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        return richtext.clean(body)

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"].lower()
        self._refuse_reserved(slug)
        others = Article.objects.filter(slug=slug)
        if self.article:
            others = others.exclude(pk=self.article.pk)
        if slug and others.exists():
            raise ValidationError(_("Another article has this address. Please choose another one."))
        return slug

    def clean_picture_file(self) -> Image | None:
        file = self.cleaned_data["picture_file"]
        return pictures.read_image(file) if file else None

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if "slug" in self.fields and not data.get("slug") and "slug" not in self.errors:
            try:
                self._refuse_reserved(slugify(data.get("headline", "")))
            except ValidationError as error:
                self.add_error("slug", error)
        has_picture = data.get("picture_file") or (
            data.get("picture") and not data.get("remove_picture")
        )
        if has_picture and not data.get("picture_alt"):
            self.add_error("picture_alt", _("Please say in a few words what the picture shows."))
        words = ("picture_alt", "picture_caption", "picture_credit")
        about_none = not data.get("picture") and any(data.get(name) for name in words)
        if about_none and not has_picture and "picture_file" not in self.errors:
            self.add_error(
                "picture_file",
                _("These words have no picture. Please choose it, or empty the words."),
            )
        self._check_work(data)
        self._check_action(data)
        if self.errors:
            self._ask_for_picture_again()
        return data

    def refuse(self, why: str) -> None:
        """Say what kept the whole form from being stored."""
        self.add_error(None, why)
        self._ask_for_picture_again()

    def _ask_for_picture_again(self) -> None:
        """A page cannot hand a file back to the browser."""
        if self.cleaned_data.get("picture_file"):
            self.add_error("picture_file", _("Please choose the picture again."))

    def _check_work(self, data: dict[str, Any]) -> None:
        if self.new_work is None or not self.describes_new_work:
            return
        if data.get("work"):
            self.add_error(
                "work", _("Choose a work from the list or describe a new one, not both.")
            )
        elif not self.new_work.is_valid():
            self.add_error("work", _("The new work is not complete yet."))

    def _check_action(self, data: dict[str, Any]) -> None:
        action = self.data.get("action")
        if action in {"publish", "schedule"} and "body" in data and not data["body"]:
            self.add_error("body", _("There is no text to publish yet."))
        if action == "schedule" and "publish_at" not in self.fields:
            # The page was opened before somebody published the article.
            self.add_error(
                None, _("This article has been public before, so it cannot be scheduled.")
            )
        elif action == "schedule" and "publish_at" not in self.errors:
            at = data.get("publish_at")
            if at is None or at <= timezone.now():
                self.add_error("publish_at", _("Please choose a time that is still to come."))

    def _refuse_reserved(self, slug: str) -> None:
        is_page = self.kind == Article.Kind.PAGE
        if slug in (RESERVED_FOR_PAGES if is_page else RESERVED_FOR_ENTRIES):
            raise ValidationError(
                _("The site uses “%(slug)s” itself. Please choose another address."),
                params={"slug": slug},
            )

    def _initial(self, revision: Revision | None) -> dict[str, Any]:
        initial: dict[str, Any] = {"base": revision.pk if revision else None}
        if self.article:
            initial["slug"] = self.article.slug
            if self.article.state == Article.State.SCHEDULED:
                initial["publish_at"] = self.article.published_at
        if revision and revision.picture:
            picture = revision.picture
            initial |= {
                "picture_alt": picture.alt,
                "picture_caption": picture.caption,
                "picture_credit": picture.credit,
            }
        return initial

    def _unused(self) -> list[str]:
        """What this kind of article does not have, and what can no longer change."""
        names = []
        if self.kind == Article.Kind.PAGE:
            names += ["byline", "topic", "public_names", "pull_quote"]
        if self.kind != Article.Kind.REVIEW:
            names += ["work", "verdict"]
        article = self.article
        if article and article.published_at is not None:
            names.append("slug")
        if article and article.state in {Article.State.PUBLISHED, Article.State.WITHDRAWN}:
            names.append("publish_at")
        if not self.initial.get("picture"):
            names.append("remove_picture")
        return names

    def _layout(self) -> Layout:
        def have(*names: str) -> list[str]:
            return [name for name in names if name in self.fields]

        main = [
            Fieldset(_("Headline and text"), *have("headline", "standfirst", "body", "pull_quote"))
        ]
        if "work" in self.fields:
            new_work = HTML('{% include "desk/articles/_new_work.html" %}')
            main.append(Fieldset(_("The work and our view"), "work", new_work, "verdict"))
        side = [
            HTML('{% include "desk/articles/_state.html" %}'),
            _fieldset(_("Date"), have("publish_at")),
            _fieldset(_("About this article"), have("topic", "byline", "slug", "public_names")),
            Fieldset(
                _("Picture"),
                HTML('{% include "desk/articles/_current_picture.html" %}'),
                *have("picture_file", "picture_alt", "picture_caption", "picture_credit"),
                *have("remove_picture"),
            ),
            HTML('{% include "desk/articles/_side.html" %}'),
        ]
        return Layout(
            "base",
            "picture",
            Div(
                Div(*main, css_class="write__main"),
                Div(*side, css_class="write__side"),
                css_class="write",
            ),
        )


class CommentSettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    """Whether, until when and how strictly one article takes comments; a part of the editor's form.

    The page carries the values that it was made with, so that only what its writer changed
    counts as changed, not what a colleague has set meanwhile.
    """

    prefix = "comments"

    class Meta:
        model = Article
        fields = ["comments_open", "comments_close_at", "comment_mode"]
        labels = {
            "comments_open": _("Takes comments"),
            "comments_close_at": _("Until"),
            "comment_mode": _("Who waits for a moderator"),
        }
        widgets = {"comments_close_at": _MomentInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comments_close_at"].validators.append(_within_reach)
        for field in self.fields.values():
            field.show_hidden_initial = True
        self.helper = _helper()
        self.helper.disable_csrf = True

    @property
    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.changed_data}


class TopicForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Topic
        fields = ["name", "slug", "description"]
        help_texts = {
            "slug": _("Small letters and hyphens. Left empty, it is made from the name."),
            "description": _("One sentence, shown over the topic's list."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.helper = _helper(Layout(Div("name", "slug", css_class="two"), "description"))

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if not data.get("slug") and "slug" not in self.errors:
            data["slug"] = slugify(data.get("name", ""))[:60]
            if data.get("name") and not data["slug"]:
                self.add_error("slug", _("Please write an address for this topic."))
        return data


class WorkForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Work
        fields = [
            "title",
            "kind",
            "season",
            "year",
            "creators",
            "where_to_watch",
            "running_time",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _with_empty_choice(self.fields["kind"], _("Choose a kind"))
        self.helper = _helper(
            Layout(
                "title",
                Div("kind", "year", "season", css_class="two"),
                "creators",
                Div("where_to_watch", "running_time", css_class="two"),
            )
        )

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("season") and self.cleaned_data.get("kind") != Work.Kind.SERIES:
            self.add_error("season", _("Only a series has seasons."))
        return self.cleaned_data


def _helper(layout: Layout | None = None) -> FormHelper:
    """The fields only: the page brings the form element and its buttons."""
    helper = FormHelper()
    helper.form_tag = False
    helper.layout = layout
    return helper


def _fieldset(legend: StrOrPromise, names: list[str]) -> Fieldset | HTML:
    """The fields that this article has under their legend; no legend alone."""
    return Fieldset(legend, *names) if names else HTML("")


def _with_empty_choice(field: forms.Field, words: StrOrPromise) -> None:
    """What a list says while nothing is chosen, in words instead of a row of dashes."""
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = words
    elif isinstance(field, forms.ChoiceField):
        choices = cast("list[tuple[str, str]]", field.choices)
        field.choices = [("", words), *(choice for choice in choices if choice[0])]


def _copy_of(revision: Revision | None) -> Revision:
    """A form writes into its instance; the saved revision stays as it is."""
    if revision is None:
        return Revision()
    return Revision(**revision.content())
