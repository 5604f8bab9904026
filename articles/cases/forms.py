"""The five questions for visitors, and the forms by which staff edit the guide and the list."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import places
from ..models import GuidePoint, GuideRevision, Organisation
from ..models.directory import SPOKEN, language_name
from ..places import Place
from . import guide, spreadsheet
from .addresses import other_language, own_language
from .check import Answer, Answers

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MAX_POINTS = 30
_NOT_ANSWERED = {
    "required": _("Please choose an answer."),
    "invalid_choice": _("Please choose one of these answers."),
}
_ANSWERS = [(Answer.YES, _("Yes")), (Answer.NO, _("No"))]
_ANSWERS_OR_UNSURE = [*_ANSWERS, (Answer.UNSURE, _("I am not sure"))]
_UNKNOWN = "unknown"


def _question(
    label: StrOrPromise, help_text: StrOrPromise, choices: Sequence[tuple[Answer, StrOrPromise]]
) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        choices=choices,
        coerce=Answer,
        widget=forms.RadioSelect,
        error_messages=_NOT_ANSWERED,
    )


class CheckForm(forms.Form):
    """Five questions. What is answered is used for one page and kept nowhere."""

    convicted = _question(
        _("1. Has the person been convicted?"),
        _("By a jury, by a judge, or by pleading guilty."),
        _ANSWERS_OR_UNSURE,
    )
    appeal_over = _question(
        _("2. Is the first appeal over?"),
        _("Yes, too, where nobody appealed and the time for it has passed."),
        _ANSWERS_OR_UNSURE,
    )
    evidence = _question(
        _("3. Is there something that could prove innocence, and that the court has not heard?"),
        _("A thing that can be tested, a witness, a document, newer science."),
        [
            (Answer.YES, _("Yes, or perhaps")),
            (Answer.NO, _("No")),
            (Answer.UNSURE, _("I am not sure")),
        ],
    )
    place = forms.ChoiceField(
        label=_("4. In which state or country was the conviction?"),
        help_text=_("For a federal court: the state in which it sits."),
        error_messages={
            "required": _("Please choose a state or country."),
            "invalid_choice": _("Please choose a state or country from the list."),
        },
    )
    in_prison = _question(_("5. Is the person still in prison?"), "", _ANSWERS)

    def __init__(self, *args: Any, countries: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [*countries, places.ANOTHER_COUNTRY]
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            ("", gettext("Choose a state or country")),
            (_UNKNOWN, gettext("I do not know")),
            (gettext("United States"), [(one.code, str(one)) for one in places.states()]),
            (gettext("Other countries"), [(one.code, str(one)) for one in listed]),
        ]
        self.helper = _helper()
        # There is nothing to protect, and a page without a cookie is what we want.
        self.helper.disable_csrf = True

    def clean_place(self) -> Place | None:
        code = self.cleaned_data["place"]
        if code == places.ANOTHER_COUNTRY.code:
            return places.ANOTHER_COUNTRY
        return places.every_place().get(code)

    def answers(self) -> Answers:
        return Answers(**self.cleaned_data)


class PlacesField(forms.CharField):
    """States and countries as a person lists them: names or codes, with commas or on lines."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        codes, unknown = places.parse(super().to_python(value) or "")
        if unknown:
            raise ValidationError(
                gettext("We do not know this state or country: %(words)s.")
                % {"words": ", ".join(unknown)}
            )
        return codes

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, places.by_name(value))) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial or []) != data)


class PartForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a part of the guide has besides its points."""

    class Meta:
        model = GuideRevision
        fields = [name for names in guide.FIELDS.values() for name in names]
        widgets = {
            name: forms.Textarea(attrs={"rows": 4})
            for name in ("address", "where_en", "where_es", "how_long_en", "how_long_es")
        }

    def __init__(self, *args: Any, part: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part = part
        for name in set(self.fields) - set(guide.FIELDS.get(part, ())):
            del self.fields[name]
        if "places" in self.fields:
            self.fields["places"] = PlacesField(
                label=_("States and countries where we look at cases"),
                required=False,
                help_text=_(
                    "With commas between them, or one a line. “Anywhere in the United States” and "
                    "“Any country” are places too. Left empty, the page does not say where you "
                    "work, and sends nobody elsewhere."
                ),
            )
        self.helper = _helper()

    def content(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields}


class PointForm(forms.ModelForm):  # type: ignore[type-arg]
    """One point, in both languages. That of the site is needed, the other one may follow."""

    class Meta:
        model = GuidePoint
        fields = list(guide.POINT_FIELDS)
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("text_en", "text_es")}

    def __init__(self, *args: Any, part: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = own_language()
        self.fields[f"title_{own}"].required = True
        self.fields[f"text_{own}"].required = True
        if part != GuidePoint.Section.STAGES:
            del self.fields["duration_en"], self.fields["duration_es"]
        if part != GuidePoint.Section.SEND:
            del self.fields["lines"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        other = other_language(own_language())
        rest = [f"{name}_{other}" for name in ("text", "duration")]
        if any(map(self.cleaned_data.get, rest)) and not self.cleaned_data.get(f"title_{other}"):
            self.add_error(f"title_{other}", _("Please write the title in this language as well."))
        return self.cleaned_data

    def content(self) -> dict[str, Any]:
        defaults = {"duration_en": "", "duration_es": "", "lines": 3}
        return defaults | {
            name: self.cleaned_data[name] for name in guide.POINT_FIELDS if name in self.fields
        }

    def columns(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of each language, that of the site first."""
        own = own_language()
        return [
            (language, [self[name] for name in self.fields if name.endswith(f"_{language}")])
            for language in (own, other_language(own))
        ]


class BasePointFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    """The points of one part, in the order that their numbers say."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("Position")
        form.fields["ORDER"].says_when_needed = True
        form.fields["DELETE"].label = _("Take this point out")

    def content(self) -> list[dict[str, Any]]:
        return [form.content() for form in self.ordered_forms]


PointFormSet = forms.formset_factory(
    PointForm,
    formset=BasePointFormSet,
    can_order=True,
    can_delete=True,
    extra=2,
    max_num=MAX_POINTS,
    absolute_max=MAX_POINTS + 10,
    validate_max=True,
)


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg]
    """One organisation. ``seen`` is what stood there when the page was opened."""

    places = PlacesField(
        label=_("States and countries"),
        help_text=_(
            "Where it looks at cases, with commas between them, or one a line. “Anywhere in the "
            "United States” and “Any country” are places too."
        ),
        error_messages={"required": _("Please name at least one state or country.")},
    )
    website = forms.URLField(
        label=_("Website"), required=False, max_length=200, assume_scheme="https"
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages it answers in"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Organisation
        fields = ["name", "places", "address", "website", "languages", "is_shown"]
        widgets = {"address": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = [  # type: ignore[attr-defined]
            (code, language_name(code)) for code in SPOKEN
        ]
        self.stands = self.instance.content() if self.instance.pk else {}
        self.initial.update(places=self.stands.get("places", []), seen=self._digest())
        self.helper = _helper()

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.instance.pk and self.cleaned_data.get("seen") != self._digest():
            now = "; ".join(
                f"{spreadsheet.field_label(name)}: {spreadsheet.shown_value(name, value)}"
                for name, value in self.stands.items()
            )
            self.add_error(
                None,
                gettext(
                    "Somebody has changed this entry meanwhile. Your words are still here; saving "
                    "them again replaces what stands there now. (%(now)s)"
                )
                % {"now": now},
            )
            data = cast("QueryDict", self.data).copy()
            data["seen"] = self._digest()
            self.data = data
        return self.cleaned_data

    def content(self) -> dict[str, Any]:
        content = {name: self.cleaned_data[name] for name in self.Meta.fields}
        content["address"] = content["address"].replace("\r\n", "\n")
        return content

    def _digest(self) -> str:
        return sha256(repr(self.stands).encode()).hexdigest()[:16]


class ImportForm(forms.Form):
    """A CSV file to look at; nothing is changed by it yet."""

    file = forms.FileField(
        label=_("CSV file"),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
        allow_empty_file=True,
        error_messages={"required": _("Please choose a file.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text = ""
        self.plan: spreadsheet.Plan | None = None
        self.helper = _helper()

    def clean_file(self) -> None:
        file = self.cleaned_data["file"]
        try:
            # One byte more than may be read tells that there is too much of it.
            self.text, notes = spreadsheet.decode(file.read(spreadsheet.MAX_BYTES + 1))
            found = spreadsheet.plan(self.text)
        except spreadsheet.Unreadable as why:
            raise ValidationError(str(why)) from why
        self.plan = spreadsheet.Plan(found.rows, notes + found.notes)


def _helper() -> FormHelper:
    """The fields only: the page brings the form element and its buttons."""
    helper = FormHelper()
    helper.form_tag = False
    return helper
