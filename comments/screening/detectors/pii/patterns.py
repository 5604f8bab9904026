"""Things that pass a check of their own: e-mail, card, account and network addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from ...types import FindingType, gettext_noop
from . import checks
from .reading import Clue, Rank, Reading

ROLE_MAILBOX = re.compile(
    r"(?:info|contact|support|press|media|help|admin|office|donat\w*|hello|news\w*|editor\w*"
    r"|legal|intake"
    r"|volunteer\w*|webmaster|no-?reply|privacy|enquir\w*|inquir\w*|feedback|jobs|events|tips"
    r"|letters)$"
)

_LOCAL = re.compile(r"[\w.%+'-]{1,64}$")
_DOMAIN = re.compile(
    r"(?:[^\W_](?:[\w-]{0,62})\.{1,2}){1,6}[^\W\d_]{2,24}(?![\w@])"
    r"|\[?(?:\d{1,3}\.){3}\d{1,3}\]?"
)


def emails(reading: Reading) -> Iterator[Clue]:
    text = reading.text
    for at in re.finditer("@{1,2}", text):
        host = _DOMAIN.match(text, at.end())
        local = _LOCAL.search(text[max(0, at.start() - 64) : at.start()])
        if not host or not local or text[: at.start() - len(local.group())].endswith("@"):
            continue
        name = local.group().lstrip(".'-%")
        end = host.end() - _swallowed_word(host.group())
        if name:
            role = ROLE_MAILBOX.match(name.lower())
            yield Clue(
                FindingType.EMAIL,
                at.start() - len(name),
                end,
                Rank.VALIDATED,
                0.45 if role else 0.98,
                gettext_noop("An e-mail address of an office.")
                if role
                else gettext_noop("An e-mail address."),
            )


def _swallowed_word(host: str) -> int:
    """How much of "example.org.Please" belongs to the next sentence."""
    head, _, tail = host.rpartition(".")
    return len(tail) + 1 if "." in head and head.islower() and tail.istitle() else 0


_CARD = re.compile(
    r"(?<![\w.-])(?:[2-6](?:[ .\-_/*|~]{0,3}\d){11,18}|1800(?:[ .\-_/*|~]{0,3}\d){11})(?![\w-])"
)
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[ .-]?\d{2}(?:[ .-]?[A-Za-z0-9]){11,30}")
_LABELLED_IBAN = re.compile(
    r"\b(?i:iban)\b(?: (?:is|es|number|no\.?|nr\.?|nummer))?[ :=#\"'(]{1,4}"
    r"(?P<it>[A-Za-z]{2} ?\d{2}(?:[ .-]?(?:[A-Z]{4}(?=[ .-]?[\dA-Z*•])"
    r"|[A-Za-z]{0,16}[\d*•X][A-Za-z\d*•]{0,29})){1,8}(?:\.{2,3}|…)?)"
)
_MASKED_CARD = re.compile(
    r"(?<![\w*•#])(?:\d{4}[ -]?)?[*xX•#]{2,8}[ -]?(?:[*xX•#]{2,8}[ -]?){0,2}\d{3,4}(?![\w*•#])"
)
_CARD_CONTEXT = re.compile(
    r"\b(?:cards?|visa|mastercard|amex|debit|credit|tarjeta|pinpas|creditcard|bankpas)\b"
)
_SSN = re.compile(r"(?<![\w.-])(\d{3})([-. /])(\d{2})\2(\d{4})(?![\w-])")
_LOOSE_SSN = re.compile(r"(?<![\w.-])\d(?:[ .\-_/*|:~]{0,3}\d){8}(?![\w-])")
_SSN_AFTER = re.compile(
    r"^[ ,]{0,2}(?:is |was |= ?)?(?:that.?s )?"
    r"(?:(?:my|his|her|our|the|their|your) )?(?:ssn|social|soc)\b"
)
_MASKED_SSN = re.compile(r"(?<![\w*#])[xX*#]{3}-?[xX*#]{2}-?\d{4}(?!\w)")
_IPV4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d)")
_DISGUISED_IPV4 = re.compile(
    r"(?<![\w.])\d{1,3}"
    r"(?:(?:\.| \. | ?(?:[\[({<] ?)?(?:dot|punto|punt)(?: ?[\])}>])? ?| ?[\[({<] ?\. ?[\])}>] ?)"
    r"\d{1,3}){3}(?!\w|\.\d)",
    re.IGNORECASE,
)
_ODD_IPV4 = re.compile(r"(?<![\w.,-])\d{1,3}([_,-] ?)\d{1,3}\1\d{1,3}\1\d{1,3}(?![\w-]|[.,]\d)")
_IP_WORD = re.compile(r"\bip\b")
_IPV6 = re.compile(
    r"(?<![\w:.])(?:[0-9A-Fa-f:]{2,30}:(?:\d{1,3}\.){3}\d{1,3}|[0-9A-Fa-f:]{3,39})(?![\w:])"
)
_NOT_AN_IP = re.compile(r"(?:version|release|section|firmware|build|v|§|no\.)\s?$")
_SSN_CONTEXT = re.compile(r"\b(?:ssn|soc\b|social|security|s\.s|seguro)")


def numbers_with_a_check(reading: Reading) -> Iterator[Clue]:
    """Card, account, social security and network numbers that pass their own test."""
    figures = reading.figures
    for match in _CARD.finditer(figures):
        digits = re.sub(r"\D", "", match.group())
        if (
            len(digits) in {12, 13, 14, 15, 16, 17, 18, 19}
            and checks.luhn(digits)
            and len(set(digits)) > 1
        ):
            yield _valid(
                FindingType.CREDIT_CARD,
                match,
                0.97,
                gettext_noop("A number with the check digit of a card."),
            )
    for match in _IBAN.finditer(reading.text):
        if account := _account(match):
            yield account
    yield from _as_far_as_told(reading)
    for match in _SSN.finditer(figures):
        labelled = _SSN_CONTEXT.search(reading.before(match.start(), 40))
        if checks.social_security(match[1], match[3], match[4]) and (match[2] != "." or labelled):
            score = 0.97 if labelled or match[2] == "-" else 0.75
            yield _valid(
                FindingType.SSN,
                match,
                score,
                gettext_noop("Nine digits grouped like a US social security number."),
            )
    for match in _LOOSE_SSN.finditer(figures):
        digits = re.sub(r"\D", "", match.group())
        labelled = _SSN_CONTEXT.search(reading.before(match.start(), 24)) or _SSN_AFTER.match(
            reading.after(match.end(), 24)
        )
        if labelled and not digits.startswith(("000", "666")):
            yield _valid(
                FindingType.SSN,
                match,
                0.95,
                gettext_noop("Nine digits beside words about social security."),
            )
    for match in _MASKED_SSN.finditer(reading.text):
        yield _valid(
            FindingType.SSN,
            match,
            0.8,
            gettext_noop("The last digits of a US social security number."),
        )
    yield from _disguised_addresses(reading)
    for pattern in (_IPV4, _IPV6):
        for match in pattern.finditer(reading.text):
            token = match.group()
            if pattern is _IPV6 and token.count(":") < (3 if "::" in token else 4):
                continue
            if checks.ip_address(token) and not _NOT_AN_IP.search(
                reading.before(match.start(), 12)
            ):
                yield _valid(
                    FindingType.IP, match, 0.95, gettext_noop("An internet address of a computer.")
                )


def _as_far_as_told(reading: Reading) -> Iterator[Clue]:
    """Accounts and cards that a word announces, mistyped, cut short or with stars in them."""
    for match in _LABELLED_IBAN.finditer(reading.text):
        if not any(_account(account) for account in _IBAN.finditer(match["it"])):
            why = gettext_noop("Follows words that announce a bank account.")
            yield Clue(FindingType.IBAN, *match.span("it"), Rank.LABELLED, 0.85, why)
    for match in _MASKED_CARD.finditer(reading.text):
        if _CARD_CONTEXT.search(reading.before(match.start(), 40)):
            why = gettext_noop("The last digits of a card, with stars before them.")
            yield Clue(FindingType.CREDIT_CARD, *match.span(), Rank.LABELLED, 0.7, why)


def _disguised_addresses(reading: Reading) -> Iterator[Clue]:
    odd = (
        match
        for match in _ODD_IPV4.finditer(reading.text)
        if _IP_WORD.search(reading.before(match.start(), 16) + reading.after(match.end(), 24))
    )
    for match in chain(_DISGUISED_IPV4.finditer(reading.text), odd):
        token = ".".join(str(int(part)) for part in re.findall(r"\d+", match.group()))
        plain = re.fullmatch(r"[\d.]+", match.group())
        if not plain and checks.ip_address(token):
            why = gettext_noop("An internet address of a computer.")
            yield _valid(FindingType.IP, match, 0.9, why)


def _account(match: re.Match[str]) -> Clue | None:
    """An IBAN cut to its country's length, whatever follows it."""
    length = checks.iban_length(match.group()[:2].upper())
    places = [at for at, character in enumerate(match.group()) if character.isalnum()]
    if length is None or len(places) < length:
        return None
    raw = match.group()[: places[length - 1] + 1]
    if not checks.iban(re.sub(r"[ .-]", "", raw).upper()):
        return None
    why = gettext_noop("An international bank account number with its check digits.")
    return Clue(
        FindingType.IBAN, match.start(), match.start() + len(raw), Rank.VALIDATED, 0.99, why
    )


def _valid(kind: FindingType, match: re.Match[str], score: float, because: str) -> Clue:
    return Clue(kind, match.start(), match.end(), Rank.VALIDATED, score, because)
