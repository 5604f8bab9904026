"""The places in a saved letter that are filled in when it is sent: ``{our_address}``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

NAME = "name"
KNOWN = {
    NAME: _("the name of the person who wrote, where it looks like one"),
    "organization": _("the name of this organization"),
    "our_address": _("our postal address, line by line"),
    "how_we_consider_cases": _("the address of the page “How we consider cases”"),
    "who_helps_there": _("whom to write to in the state or country that the moderator chose"),
}
"""What staff may write between braces, and what comes of it."""

_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
_NAME_WITH_ITS_SPACE = re.compile(r"[ \t]*\{name\}")
_GAP = re.compile(r"\n\s*\n")


def unknown(text: str) -> list[str]:
    """What stands between braces and is none of ours; a brace without its other half too."""
    strange = [name for name in _PLACEHOLDER.findall(text) if name not in KNOWN]
    halves = re.findall(r"[{}]", _PLACEHOLDER.sub("", text))
    return list(dict.fromkeys([*(f"{{{name}}}" for name in strange), *halves]))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with every place filled; a paragraph with a place that stays empty is left out.

    Without a name only the name is left out, for a greeting goes without one.
    """
    if not values.get(NAME):
        text = _NAME_WITH_ITS_SPACE.sub("", text)
    return "\n\n".join(
        _PLACEHOLDER.sub(lambda place: values.get(place[1], ""), paragraph)
        for paragraph in _GAP.split(text)
        if all(values.get(name) for name in _PLACEHOLDER.findall(paragraph))
    )
