"""Help lines and emergency numbers of each country, put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from .models import EmergencyNumber, HelpLine


@dataclass(slots=True)
class Country:
    """The help lines of a country, and what its people dial when a life is in danger."""

    name: str
    emergency: EmergencyNumber | None = None
    lines: list[HelpLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class WhereHelpIs:
    """``countries`` are those with help lines; of others only the emergency number is known."""

    countries: list[Country]
    elsewhere: list[EmergencyNumber]


def shown_to_visitors() -> WhereHelpIs:
    return _together(
        HelpLine.objects.filter(is_shown=True), EmergencyNumber.objects.filter(is_shown=True)
    )


def all_of_it() -> WhereHelpIs:
    """What staff keep, those too that visitors do not see."""
    return _together(HelpLine.objects.all(), EmergencyNumber.objects.all())


def _together(lines: Iterable[HelpLine], numbers: Iterable[EmergencyNumber]) -> WhereHelpIs:
    """The country of the first line comes first. Capitals make no other country."""
    left = {_key(number.country): number for number in numbers}
    countries: dict[str, Country] = {}
    for line in lines:
        key = _key(line.country)
        if key not in countries:
            countries[key] = Country(line.country, left.pop(key, None))
        countries[key].lines.append(line)
    return WhereHelpIs(list(countries.values()), list(left.values()))


def _key(country: str) -> str:
    return " ".join(country.split()).casefold()
