"""Personal pages and the names people go by on social networks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...types import FindingType, gettext_noop
from .lists import words
from .reading import Clue, Rank, Reading

_PROFILE = re.compile(
    r"(?:https?://)?(?:\b[a-z]{1,6}\.)?\b(?:"
    r"(?:f ?a ?c ?e ?b ?o ?o ?k|fb|i ?n ?s ?t ?a ?g ?r ?a ?m|t ?w ?i ?t ?t ?e ?r|x"
    r"|threads|snapchat|vk|venmo|soundcloud|cash"
    r"|poshmark)\s?(?:\.|[\[(]?(?:dot|punto|punt|\.)[\])]?)\s?"
    r"(?:com|net|app|me)\s?(?:/|\bslash\b)\s?(?:add/|u/|profile\.php\?id="
    r"|people/)?[@$]?[\w.-]{2,60}"
    r"|(?:tiktok|youtube|medium|threads|flickr)\.(?:com|net)/(?:@|user/|c/|channel/"
    r"|people/)[\w.-]{2,60}"
    r"|(?:t|wa|m|fb) ?(?:dot|punto|punt|[\[(]\.[\])]) ?me ?(?:/|\bslash\b|\bbarra\b) ?"
    r"[@+]?[\w.-]{2,60}"
    r"|linkedin\.com/in/[\w%-]{2,80}|[\w-]{2,40}\.bsky\.social|reddit\.com/u(?:ser)?/[\w-]{2,40}"
    r"|bsky\.app/profile/[\w.-]{2,60}"
    r"|(?:t\.me|wa\.me|m\.me|paypal\.me|fb\.me|linktr\.ee|cash\.me|discord\.gg|onlyfans\.com"
    r"|ko-fi\.com"
    r"|pinterest\.com|github\.com|keybase\.io|about\.me|ask\.fm|telegram\.me)/[+@$]?[\w.-]{2,60}"
    r")(?:/[\w.-]{1,60}){0,3}/?(?:\?[\w=&%.-]{1,80})?",
    re.IGNORECASE,
)
_NOT_A_PROFILE = re.compile(
    r"/(?:@?[\w.-]*(?:innocence|project|news|foundation|official|netflix|university"
    r"|equaljustice|justicedep|deathpenalty|amnesty)[\w.-]*|groups|events|hashtag"
    r"|watch|share\w*|search|i|p|reel|reels|pages|home|login|help|about|privacy|stories"
    r"|explore|intent|story\.php)(?:/|$)",
    re.IGNORECASE,
)
_AT_HANDLE = re.compile(r"(?<![\w@./])@[A-Za-z_][\w.-]{1,29}(?:@[\w-]{1,40}\.[\w.]{2,20}\b)?")
_USER_HANDLE = re.compile(r"(?<![\w/])/?u/[\w-]{3,30}\b|(?<!\w)[\w.]{2,32}#\d{4}(?!\d)")
_PLATFORM = (
    r"(?:face ?book|fb|insta ?gram|insta|ig|the gram|twitter|(?:the )?bird app|x(?= ?[:@])|tik ?tok"
    r"|snap(?:chat)?|telegram|discord|kik|skype|reddit|bluesky|signal|viber|line id|tumblr|substack"
    r"|truth social|parler|gettr|nextdoor|xbox(?: live)?|playstation|roblox|onlyfans|patreon"
    r"|cash ?app|venmo|zelle|paypal|threads|linkedin|youtube|messenger|wechat|mastodon|twitch"
    r"|steam|psn|gamertag)"
)
_NEAR_HANDLE = re.compile(
    rf"\b(?:{_PLATFORM}|follow|dm|message|msg|find me|add me|hit me up|handle|profile|account"
    rf"|page|user(?:name)?|tag"
    r"|inbox|sígueme|sigue|volg|stuur|her|his|my|mijn|escr[ií]be\w*)\b"
)
_NAMED_HANDLE = re.compile(
    rf"\b(?:{_PLATFORM}|user ?name|screen ?name|handle|gebruikersnaam|usuario)(?: ?(?:name"
    rf"|handle|id|account|tag|user|me))?"
    r"(?P<link>(?: is)?,? ?(?:[:=-]|[-=]>|→|@| is| at| as| es| on| under(?: the name)?| i am"
    r"| i'm| im| soy| ben ik| me encuentras como|\bde) ?@? ?|, | )"
    r"[\"'(]?(?P<name>(?:live:)?[@$]?[A-Za-z_][\w.-]{2,31})",
    re.IGNORECASE,
)
_INVITES = re.compile(
    r"\b(?:add|find|follow|message|dm|inbox|hit|look|i am|i'm|im|my|mi|mijn|s[ií]gueme"
    r"|b[uú]scame)\b",
    re.IGNORECASE,
)
_SAYS_NAME = re.compile(r"(?:name|handle|id) is ", re.IGNORECASE)


def profiles(reading: Reading) -> Iterator[Clue]:
    """Addresses of personal pages and the names people go by on them."""
    for match in _PROFILE.finditer(reading.text):
        if not _NOT_A_PROFILE.search(match.group()):
            yield _clue(
                match, 0, Rank.VALIDATED, 0.9, gettext_noop("The address of a profile page.")
            )
    yield from _handles(reading)
    for match in _USER_HANDLE.finditer(reading.text):
        yield _clue(match, 0, Rank.SHAPE, 0.65, gettext_noop("A user name of a forum."))
    for match in _NAMED_HANDLE.finditer(reading.text):
        if _is_user_name(match):
            why = gettext_noop("Follows the name of a social network.")
            yield _clue(match, "name", Rank.LABELLED, 0.85, why)


def _handles(reading: Reading) -> Iterator[Clue]:
    for match in _AT_HANDLE.finditer(reading.text):
        handle = match.group()
        name = handle[1:].lower().rstrip(".-")
        if name in reading.public or _NOT_A_PROFILE.search("/" + handle):
            continue
        start, end = match.span()
        around = reading.before(start, 50) + " … " + reading.after(end, 20)
        # "@Jennifer" answers another visitor; a made-up word is somebody's account
        telling = re.search(r"\d|_|\..", handle) or (len(name) >= 8 and not _is_listed(name))
        score = 0.85 if _NEAR_HANDLE.search(around) else 0.6 if telling else 0.4
        yield _clue(
            match, 0, Rank.SHAPE, score, gettext_noop("A name with an at sign, as on social media.")
        )


def _is_listed(name: str) -> bool:
    return any(name in words(kind) for kind in ("given_names", "surnames", "common_words"))


def _is_user_name(match: re.Match[str]) -> bool:
    """A made-up word after "Instagram", or any after "user name is"."""
    name, link = match["name"], match["link"].lower()
    if re.search(r"\d|_|^[@$]|\w\.\w", name):
        return True
    plain = name.lower().rstrip(".-")
    if plain in words("ordinary_words") or _is_listed(plain):
        return False
    asked = any(mark in link for mark in ":=>→@") or _SAYS_NAME.search(match.group()[: -len(name)])
    if asked:
        return name.islower()
    invited = _INVITES.search(match.string, max(0, match.start() - 30), match.end())
    return bool(invited) and len(plain) > 7


def _clue(match: re.Match[str], group: str | int, rank: Rank, score: float, why: str) -> Clue:
    start = match.start(group)
    end = start + len(match.group(group).rstrip(".-"))
    return Clue(FindingType.URL_HANDLE, start, end, rank, score, why)
