"""Check digits and number ranges: what separates a real number from one that only looks so."""

from __future__ import annotations

import ipaddress

_IBAN_LENGTHS = {
    country: int(length)
    for length, countries in {
        "15": "NO", "16": "BE", "18": "DK FI FO GL NL", "19": "MK SI", "20": "AT BA EE KZ LT LU XK",
        "21": "CH HR LI LV", "22": "BG BH CR DE GB GE IE ME RS", "23": "AE GI IL IQ TL",
        "24": "AD CZ ES MD PK RO SA SE SK TN VG", "25": "LY PT ST", "26": "IS TR",
        "27": "BI FR GR IT MC MR SM", "28": "AL AZ BY CY DO GT HU LB NI PL SV",
        "29": "BR EG PS QA UA", "30": "JO KW MU", "31": "MT SC", "32": "LC",
    }.items()
    for country in countries.split()
}  # fmt: skip


def luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def iban_length(country: str) -> int | None:
    return _IBAN_LENGTHS.get(country)


def iban(compact: str) -> bool:
    """The remainder of 97 that the first four characters were chosen for."""
    moved = compact[4:] + compact[:4]
    return int("".join(str(int(character, 36)) for character in moved)) % 97 == 1


def social_security(area: str, group: str, serial: str) -> bool:
    """Whether the number is in a range that has been given out."""
    return area not in {"000", "666"} and area < "900" and group != "00" and serial != "0000"


def ip_address(token: str) -> bool:
    try:
        ipaddress.ip_address(token)
    except ValueError:
        return False
    return True


def dni(digits: str, letter: str) -> bool:
    """The control letter of a Spanish identity card; a foreigner's X, Y, Z stands for 0, 1, 2."""
    number = int(digits.upper().translate(str.maketrans("XYZ", "012")))
    return "TRWAGMYFPDXBNJZSQVHLCKE"[number % 23] == letter.upper()


_TOLL_FREE = {"800", "822", "833", "844", "855", "866", "877", "888", "900"}


def north_american(digits: str) -> bool:
    """Ten digits with an area code that exists: not 0 or 1 first, not N11."""
    return digits[0] in "23456789" and digits[1:3] != "11"


def is_public_line(digits: str) -> bool:
    """Toll-free and service numbers belong to organisations, not to a person."""
    national = digits.removeprefix("00")
    if len(national) == 11 and national.startswith("1"):
        national = national[1:]
    if len(national) == 10 and national[:3] in _TOLL_FREE:
        return True
    return digits.startswith(("0800", "0808", "0300", "0345", "0900", "116", "44800", "44808"))
