"""Threats, harassment, suicide bait and calls to visit somebody's home, as a table of wordings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from comments.screening.splitting import sentences
from comments.screening.text import fold
from comments.screening.types import Finding, FindingType, Submission, gettext_noop

HINT = 0.3
"""The score of a wording that somebody reports, quotes or plays: a hint, not a reason to hold."""

_OFFICIAL = (
    r"(?:judge|prosecutor|d\.?a\.?|district attorney|attorney|lawyer|detective|sheriff|cop|cops"
    r"|police"
    r"|officer|deputy|deputies|witness|witnesses|informant|snitch|juror|jurors|jury|expert|examiner"
    r"|warden|guard|guards|governor|mayor|senator|reporter|journalist|editor|moderator|mods?|staff"
    r"|clerk|coroner|foreman|doctor|accuser|victim|fiscal|juez|jueza|policias?|testigo"
    r"|abogad[oa])s?"
)
_ADDRESSED = (
    r"(?:you|ya|u|yourself|your \w+(?:'s)?(?: \w+)?|each of you|one of you|all of you|yall|y'all)"
)
_TITLED = r"(?:mr|mrs|ms|dr|judge|detective|officer|sheriff|deputy|senator|agent|captain)\.? [a-z]+"
_THIRD = rf"(?:him|her|them|his \w+|(?:that|this|the|those|these|every) (?:\w+ ){{0,2}}{_OFFICIAL})"
_TARGET = rf"(?:{_ADDRESSED}|{_THIRD}|{_TITLED})"
_KILL = (
    r"(?:kill|murder|shoot|stab|hang|lynch|strangle|burn|gut|rape|poison|torch|firebomb|bomb|skin"
    r"|drown"
    r"|choke|maim|cripple|behead|slaughter|string up|whack|run over|put down|beat up|castrate)"
)
_HARM = (
    rf"(?:{_KILL}|beat|hurt|bury|slit|knife|slash|hunt|smash|break|cut|fuck up|mess up|run down"
    r"|track down|end|destroy)"
)
_HOLDS = r"(?:i|we)(?: have|'?ve got| got| own| bought| carry)"
_WEAPON = r"(?:gun|pistol|rifle|shotgun|revolver|ar-?15|machete|knife)s?"
_NOT_MEANT = (
    r"(?! (?:an? (?:message|e-?mail|text|note|line|look|call)|in (?:court|the polls|november)|off"
    r"|out|at|with"
    r" (?:kindness|love|votes)|next to|record))"
)
_HARMED = (
    r"(?:shot|hanged|hung|killed|murdered|lynched|beaten|burned|burnt|stabbed|raped|strung up"
    r"|gutted"
    r"|drowned|tortured|castrated|run over|put down|taken out(?: back)?|buried|skinned)"
)
_WILL = (
    r"(?:i|we)(?:'?ll| will| shall|'?m going to|'?re going to| am going to| are going to|'?m gonna"
    r"|'?re gonna| am gonna| gonna| gon| promise to| swear (?:to god )?i(?:'ll| will))"
)
_SOMEBODY = (
    r"(?:some ?(?:one|body)|any ?(?:one|body)|people|we|yall|y'all|you all|every ?(?:one|body))"
)
_PRIVATE = (
    r"(?:home address|home|house|address|phone(?: number)?|cell(?: number)?|workplace|apartment"
    r"|flat"
    r"|license plate|school|street)"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One family of wordings, and how sure it is."""

    because: str
    pattern: re.Pattern[str]
    score: float
    about_places: bool = False
    """It asks for an address, which people also do to send a card to prison."""


def _rule(because: str, score: float, *wordings: str, about_places: bool = False) -> Rule:
    return Rule(because, re.compile("|".join(wordings), re.IGNORECASE), score, about_places)


RULES: tuple[Rule, ...] = (
    _rule(
        gettext_noop("It announces violence against a person."),
        0.9,
        rf"\b{_WILL}\b(?: \w+){{0,6}}? (?:in|out of|off|from|to) (?:your|ur) (?:head|skull|face"
        r"|throat|mouth|neck|knees|chest)\b",
        rf"\b{_WILL}\b(?: \w+){{0,3}}? your (?:teeth|throat|skull|kneecaps|legs|neck|jaw|tongue"
        r"|fingers)\b",
        r"\bput (?:you|him|her) (?:in the ground|six feet under|in a (?:box|wheelchair|coffin"
        r"|grave)"
        r"|in the hospital)\b",
        r"\b(?:leav\w+|going home|carried out|coming out|ends? up) in (?:a|an) (?:body ?bag|bag|box"
        r"|coffin|ambulance|hearse)\b",
        r"\b(?:you|he|she) (?:will |'ll )?(?:never|won't ever) (?:\w+ ){0,3}?(?:or )?(?:walk"
        r"|breathe"
        r"|wake up|testify|speak|talk|chew)(?: again|, or walk)\b",
        r"\byour (?:house|car|office|church|home|kids|family|wife|husband|dog|dogs) (?:burns|burn"
        r"|dies|die|bleeds?|is next|are next|will burn|goes up)\b",
        rf"\b{_WILL}\b(?: (?!not\b|never\b)\w+){{0,2}}? (?:{_HARM} {_ADDRESSED}"
        rf"|{_KILL} (?:\w+ )?{_TARGET})"
        rf"\b{_NOT_MEANT}",
        rf"\b{_WILL}\b find (?:you\b|out where (?:you|he|she|they) )",
        r"\b(?:i'?m|we'?re|i am|we are|i'?ll be|they'?re) (?:coming|coming round|coming over)"
        r" (?:for|after|to get|to find) (?:you\b|your (?:family|kids|children|wife|husband"
        r"|mother))",
        r"\bput (?:a|one|two) (?:bullet|round|knife|blade)s? (?:in|into|through) (?:you|him|her"
        r"|his|your"
        r"|that|the|them)\b",
        rf"\b{_HOLDS} (?:a |an |my |the |some )?(?:loaded )?{_WEAPON}\b"
        r"(?! (?:licen[cs]e|permit|safe|shop|store))[^.!?\n]{0,60}\b(?:you|you'?ll|your)\b"
        r"(?! (?:know|people at)\b)",
        r"\b(?:you will|you'?ll|i know where (?:you|your))\b[^.!?\n]{0,60}"
        rf"\b{_HOLDS} (?:a |my |the )?(?:loaded )?{_WEAPON}\b",
        r"\b(?:bullet|rope|noose|grave|coffin|bodybag|body bag) with (?:your|his|her|their) name\b",
        r"\b(?:one|some|all|each) of you (?:\w+ ){0,3}?(?:bleed|die|dies|burn|hang|pay)\b",
        rf"\b(?:you|{_OFFICIAL}\W*(?:\w+ )?|{_TITLED}) (?:is|are|'s|'re|will be)?,? ?"
        r"(?:going to|gonna|about to|will) (?:\w+ )?(?:bleed|find out (?:what"
        r"|how) \w+(?: \w+){0,3} feels"
        r"|get (?:hurt|shot|jumped|stabbed|killed))",
    ),
    _rule(
        gettext_noop("It calls for violence against a person."),
        0.85,
        rf"\b(?:should|ought to|deserves? to|needs? to) be (?:dragged|{_HARMED})\b[^\n.!?]{{0,60}}"
        rf"\b(?:that|the|this|these|those) (?:\w+ )?{_OFFICIAL}\b",
        r"\b(?:visit|someone|somebody|let'?s|i'?ll|we'?ll|we should)\b[^\n.!?]{0,80}\bwith (?:a"
        r"|my|some)"
        r" (?:baseball bat|bat|shotgun|rifle|gun|crowbar|rope|hammer|machete|can of (?:gas"
        r"|petrol))\b",
        r"\b(?:bounty|price) on (?:that|the|his|her|your|this) (?:\w+ )?(?:head|judge|witness"
        r"|juror|snitch"
        r"|prosecutor|detective)\b",
        rf"\b{_SOMEBODY} (?:should|oughta|ought to|needs? to|has to|have to|gotta|must|better"
        rf"|please"
        rf"|go)(?: just| really| finally| go| and)* {_KILL} (?:you|{_THIRD}"
        rf"|{_TITLED})\b{_NOT_MEANT}",
        rf"\b(?:you|{_OFFICIAL}|{_TITLED})(?: \w+){{0,4}}? (?:should|oughta|ought to|deserves? to"
        rf"|needs? to"
        rf"|has to|have to|must) (?:all |both )?(?:be |get |have been |have gotten ){_HARMED}\b",
        rf"\b(?:you|{_OFFICIAL}|{_TITLED})(?: \w+){{0,3}}? (?:deserves?|needs?|has earned) (?:a "
        rf"|the )?(?:bullet"
        r"|noose|rope|beating|firing squad|to die)\b",
        rf"(?:^|[.!?\n] *)(?:shoot|hang|lynch|kill|burn|gas|stab|string up|behead) (?:that|the"
        rf"|this|all|every"
        rf"|those|these|your) (?:\w+ )?{_OFFICIAL}\b",
        r"\bburn (?:down )?(?:his|her|your|their) (?:house|home|place|office|church)\b",
        r"\b(?:throw|chuck|put) (?:a )?(?:rocks?|bricks?|molotovs?|stones?) (?:at|through) (?:his"
        r"|her|your|their)\b",
        r"\bdeath to (?:the |that |all )?" + _OFFICIAL,
    ),
    _rule(
        gettext_noop("It warns a person of harm to come."),
        0.8,
        r"\bwhen (?:i'?m|i am|we'?re|we are) (?:done|finished|through) with (?:you|him|her)\b",
        r"\bwhen (?:i|we) (?:get my hands on|get our hands on|catch up with) (?:you|him|her"
        r"|that)\b",
        r"\b(?:be|is|enjoy) (?:your|his|her) last\b(?! (?:chance|hope|appeal|name|option|resort))",
        r"\byour (?:daughter|son|kids?|wife|husband|mother|children|boy|girl)s? (?:takes?|walks?"
        r"|plays?"
        r"|gets? (?:on|off|out)|leaves?|rides?|goes|go)\b(?![^\n]{0,60}\b(?:visit|to see"
        r"|see you)\b)"
        r"[^\n]{0,40}(?:\b(?:bus|alone|every (?:day"
        r"|morning)|after school)\b|\d:\d\d)",
        r"(?<!to )(?<!always )(?<!you )(?<!you must )\bwatch (?:your|ur) (?:back|backs"
        r"|step out there)\b",
        r"\b(?:better|should) (?:watch|look over) (?:your|his|her|their) (?:back|shoulder)s?\b",
        r"(?<!to )(?<!always )(?<!you )\bsleep with (?:one|an|your|both) eyes? open\b",
        r"\b(?:you'?re|you are|ur|u r|youre) (?:a |so )?(?:dead(?: man| woman| meat)?|next)\b"
        r"(?! (?:wrong|right|on|to me|set|serious|inside|tired|in line|up|man walking))",
        r"\b(?:your|his|her) (?:days are|time is) (?:numbered|coming|up|running out)\b",
        r"\b(?:you'?ll|you will|you'?re going to|you'?re gonna|you gonna|ur gonna|u gonna)(?: all"
        r"| both| so)?"
        r" (?:pay for (?:this|that|it|what)|regret (?:this|that|it|what|ever)|suffer for|bleed"
        r"|wish you"
        r" (?:had never|were dead|hadn)|get what(?:'?s| is) coming|get yours|end up (?:dead"
        r"|in a (?:ditch|box|hole))"
        r"|never (?:see your|see home|make it (?:home|to))|not (?:see your|live to"
        r"|make it (?:home|to)))\b",
        r"\byou (?:won'?t|wont) (?:see (?:it|us|me) coming|live|last|wake up|make it"
        r"|be breathing)\b",
        r"\b(?:i|we)(?:'ll| will) be waiting (?:for you|outside (?:your|the court))\b"
        r"|\b(?:can(?:'t|not)|won'?t) (?:always )?protect you\b",
        r"\bsnitch\w* (?:\w+ ){0,3}?(?:ditch\w*|stitch\w*)\b",
        r"\b(?:nice|lovely|pretty|sweet|beautiful|cute) (?:\w+ )?(?:family|house|home|kids"
        r"|children|daughter|son"
        r"|wife|car|dog)\b[^\n]{0,60}\b(?:be a (?:pity|shame)|accident|icy|something happen"
        r"|be careful|burn down)",
        r"\b(?:pity|shame) if (?:something|anything|somebody|someone) (?:bad |ever )?(?:happen"
        r"|were|was|found|burn)",
        r"\baccidents (?:do )?happen\b|\btick tock,? (?:judge|detective|counsel|sheriff|dr|mr|ms"
        r"|you)",
        r"\bsay goodbye to your\b|\bkiss your (?:\w+ )?(?:kids|family|wife|husband) goodbye\b",
    ),
    _rule(
        gettext_noop("It tells a person that they have been tracked down."),
        0.85,
        r"\b(?:i|we)(?:'ve|'d)? (?:already |now |all )?(?:know|knows|found|got|have|worked"
        r"|figured|tracked"
        r"|looked up)(?: out| down| got)?(?: exactly)? (?:where (?:you|u|your|he|she|they|his"
        r"|her)\b"
        r"(?: \w+){0,3}? (?:live|lives|work|works|park|parks|sleep|sleeps|goes|go|drinks?|shops?"
        r"|at)\b"
        r"|your (?:new )?(?:home |house |street )?(?:address|office hours|route|schedule|plate"
        r"|license plate)\b"
        r"|(?:what|which) (?:car|school|bus|church|gym|street) (?:you|your|he|she|his|her)\b)",
        r"\b(?:i|we)(?:'ve| have)? (?:worked|figured|found) out who (?:you|u) are\b",
        r"\bno ?(?:place|where)\b[^\n.]{0,20}\b(?:you (?:can )?(?:hide|run)|for you to (?:hide"
        r"|run)|move you)\b",
        r"\byou can run\b|\byou (?:can'?t|cannot) (?:hide|run) (?:forever|from (?:me|us))\b",
        r"\b(?:you|she|he)(?:'ve| have)? (?:got )?a new (?:address|name"
        r"|house)\b[^\n]{0,40}\b(?:found|know|got) it\b",
    ),
    _rule(
        gettext_noop("It tells a person to die or to hurt themselves."),
        0.9,
        r"\bwhy are you (?:even )?still (?:alive|breathing|here breathing)\b|\brope is (?:cheap"
        r"|free)\b",
        r"(?<!to )\b(?:kill|hang|drown|shoot|off|neck|end|unalive) (?:yo)?urself\b"
        r"(?! (?:working|trying|over|laughing|for|to|with work))",
        r"\b(?:need|ought|have|got|want you) to (?:go )?(?:kill|hang|drown|shoot) (?:yo)?urself\b",
        r"\bk[ .\-_*]?y[ .\-_*]?s\b",
        r"(?:^|[.!?,\n] *|\byou (?:should|can|need to|could) |\bwhy don'?t (?:you|u) )(?:just "
        r"|please |go |and )*"
        r"(?:die\b|drink bleach|jump (?:off|in front)|step in front)(?! (?:with|for|in peace"
        r"|trying|of|hard))",
        r"\b(?:end|take) (?:your|ur) (?:worthless|miserable|sad|pathetic|useless"
        r"|sorry) (?:little )?life\b",
        r"\bslit (?:your|ur) (?:wrists?|throat)\b|\bdrink (?:some )?bleach\b",
        r"\b(?:hope|wish|pray|praying|hoping|wishing)(?: that)? (?:you|ur|your|he|she|they|his"
        r"|her|that|the)"
        r"(?: (?!not?\b|never\b|doesn|don|didn|isn|wasn)\w+){0,5}? (?:raped|shot|cancer|killed"
        r"|murdered|hit by"
        r"|burns? alive|stabbed|shanked|beaten)\b",
        r"\b(?:hope|wish|pray) (?:that )?(?:you|u|your \w+)(?: all| both)? (?:dies?|died|suffers?"
        r"|rots?|burn in|choke on|drown)\b",
        r"\bdo (?:us|the world|everyone|everybody|me|yourself"
        r"|your family) (?:all )?a favou?r and\b[^\n.]{0,30}"
        r"\b(?:die|jump|hang|kill|end|disappear|swallow|rope|overdose)\b",
        r"\b(?:world|place|family|everyone|everybody|we|kids)(?:'d| would|'ll"
        r"| will)(?: all)? be better off without"
        r" you\b|\bno ?(?:body|one) (?:would|will|'d|'ll) (?:even )?miss you\b",
        r"\bhow are you (?:even )?still (?:alive|breathing)\b|\b(?:you|he|she) should(?:'ve"
        r"| have) (?:died|hanged)"
        r" in (?:there|prison|jail|your cell|his cell)\b",
    ),
    _rule(
        gettext_noop("It calls on others to hunt or harass a person."),
        0.8,
        r"\b(?:make|making) (?:you|him|her) famous\b[^\n]{0,60}\b(?:name|street|address|face"
        r"|everything)\b",
        r"\b(?:every ?(?:one|body)|all of you|folks|y'?all)(?: please)? (?:call|ring|phone|text"
        r"|message)"
        r" (?:his|her|their)\b[^\n.!?]{0,60}\b(?:until|wife|home|cell|all night|every hour"
        r"|non-?stop)\b",
        rf"\b(?:here'?s|here is|this is|i'?ll post|i will post|posting|publish|share|post|drop"
        rf"|dropping|leak)"
        rf"(?: \w+){{0,4}}? ?(?:'s|her|his|their|your) (?:\w+ )?{_PRIVATE}\b",
        rf"\b(?:who|any ?(?:one|body)|some ?(?:one|body)|can we|let'?s|we should"
        rf"|can you)(?: \w+){{0,3}}? (?:has|have|got"
        rf"|find|post|know|knows|get|share|leak|dox+) (?:out )?(?:where (?:he|she|they|that|this"
        rf"|the)(?: \w+){{0,2}} lives?"
        rf"|(?:\w+ ){{0,3}}?(?:'s|her|his|their|home|{_OFFICIAL}'s) {_PRIVATE})\b",
        r"\blet'?s (?:all )?(?:dox+|go (?:to|round to|over to) (?:his|her|their) (?:house|home"
        r"|place|church|work))\b",
        r"\b(?:don'?t|never|do not) let (?:her|him|them) (?:sleep|rest|eat in peace|live in peace"
        r"|have a moment)\b",
        r"\b(?:flood|spam|blow up|bombard|jam) (?:his|her|their) (?:phone|inbox|voicemail|mailbox"
        r"|door)\b",
        r"\bmake (?:his|her|their|your|ur) (?:life|lives|days) (?:a living |absolute |a )?(?:hell"
        r"|misery|nightmare|unlivable)\b",
        r"\b(?:show|turn) up (?:at|to|on) (?:his|her|their|your) (?:house|home|door|doorstep"
        r"|church|kid'?s school)\b",
        r"\b(?:pay|give) (?:her|him|them|you|the \w+|that \w+) a (?:little |friendly "
        r"|late )?visit\b[^\n]{0,40}"
        r"\b(?:everyone|tonight|night|teach|bring|boys|fellas|guys|message)\b",
        r"\brun (?:him|her|them|you) out of (?:town|the state|the county)\b",
        r"\bteach (?:him|her|you|them|that \w+) a lesson (?:he|she|you|they)(?:'ll| will"
        r"| won't) (?:never )?",
        about_places=True,
    ),
    _rule(
        gettext_noop("It threatens a person, in Spanish."),
        0.85,
        r"\bte (?:voy|vamos) a (?:caer|hacer (?:dano|sufrir|pedazos)|dejar (?:en|sin)"
        r"|sacar (?:los|la|las)"
        r"|ensenar|arrancar|tumbar|callar)\b|\b(?:plomo|bala) para (?:ti|ese|esa|el|la)\b",
        r"\b(?:te (?:voy|vamos|van)|(?:los|las|lo|la|le|les) (?:voy|vamos)) a (?:matar|buscar"
        r"|encontrar|reventar|romper|partir"
        r"|quemar|cortar|rajar|dar plomo|pegar un tiro|hacer pagar|violar|colgar|desaparecer)\b",
        r"\bte (?:mato|matare|reviento|rajo|rompo la|parto la|encontrare)\b",
        r"\bvas a (?:morir|pagarla|aparecer|amanecer|acabar (?:en|muert)|terminar (?:en|muert)"
        r"|lamentarlo"
        r"|arrepentirte)\b|\bte vas a (?:arrepentir|morir)\b",
        r"\b(?:yo )?(?:se|sabemos|ya se|ya sabemos) (?:muy bien )?(?:donde (?:vives|trabajas|vive"
        r"|estudian|duermes)"
        r"|quien eres)\b",
        r"\b(?:ojala|espero que|deseo que) (?:te|se|lo|la|los|las|le"
        r"|les) ?(?:\w+ ){0,2}?(?:mueras?|mueran|maten?"
        r"|violen?|pudras?|atropellen?|peguen un tiro|cuelguen?)\b",
        r"\b(?:matate|suicidate|ahorcate|cuelgate|pegate un tiro|tirate (?:de|por|a) (?:un|una|la"
        r"|el)|muerete)\b",
        r"\b(?:cuidate|cuidense|vigila) (?:la|las|tu|tus|bien la) espaldas?\b"
        r"|\btienes los dias contados\b",
        r"\b(?:hay que|alguien deberia|alguien tendria que|deberian|habria que|merece"
        r"|merecen) (?:matar|linchar"
        r"|colgar|quemar(?:l[aeo]s?)?|matarl[aeo]s?|colgarl[aeo]s?|lincharl[aeo]s?|pegarle"
        r"|meterle|darle|un tiro|una bala|que l[oae]s? (?:maten|linchen|quemen|violen))"
        r"\b",
        rf"\bmuerte (?:al|a la|a los|a ese|a esa) {_OFFICIAL}",
        r"\b(?:vamos|vayan|id) (?:todos )?a su casa\b|\bhacer(?:le|te|les) la vida imposible\b"
        r"|\bno (?:lo|la|los) dejen (?:dormir|en paz|vivir)\b",
    ),
)

_REPORTED = re.compile(
    r"\b(?:said|says|saying|told|tells|shouted|yelled|wrote|texted|threatened|threatens|promised"
    r"|screamed|threats?"
    r"|letter|letters|message|messages|voicemails?|testified|warned|heard|sings?|lyrics?|quote"
    r"|called|used to"
    r"|dijo|dijeron|decian?|grito|gritaban?|escribio|escribieron|amenaz\w+"
    r"|amenazas?)\b(?!\W+you\b)",
    re.IGNORECASE,
)
_PLAYED = re.compile(
    r"\b(?:film|movie|episode|actor|actress|character|scene|season|series|the show|this show|tv"
    r"|podcast|novel|joke|played|plays"
    r"|pelicula|serie|actriz|personaje|escena|novela|game|football|chess)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:don'?t|do not|never|not|nobody|no one|stop|won'?t|wouldn'?t|shouldn'?t|didn'?t|isn'?t"
    r"|nadie|nunca|no|please"
    r" don'?t|without)\b[^.!?\n]{0,25}$",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"\b(?:if(?! i (?:ever )?(?:see|meet|find|catch|get)\b)|unless|when i (?:was|heard)|i(?:'d"
    r"| would)|thought|si)\b",
    re.IGNORECASE,
)
_SENT_TO_US = re.compile(
    r"\b(?:threats?|threatened|(?:letters?|messages?|voicemails?|calls|notes?) (?:we|i|she|he"
    r"|they|said)|amenazas?)\b",
    re.IGNORECASE,
)
_KIND_MAIL = re.compile(
    r"\b(?:prison|jail|inmate|mailing|cards?|write to|letters?|donat\w+|flowers|carcel)\b",
    re.IGNORECASE,
)
_QUOTATION = re.compile(r"\"[^\"\n]{3,400}\"")
_LEET_WORD = re.compile(r"\b(?=\w*[a-z])(?=\w*[013457])[a-z0-9]{3,}\b", re.IGNORECASE)
_SAME_LENGTH = str.maketrans("áàâäéèêëíìîïóòôöúùûüñÁÉÍÓÚÑ", "aaaaeeeeiiiioooouuuunAEIOUN")
_LEET = str.maketrans("013457", "oieast")


def threats(submission: Submission) -> Iterator[Finding]:
    """Threats and harassment of one person: intent, calls, warnings, tracking, baiting.

    Figures of speech, films, and reports of what somebody else said are hints at most.
    """
    folded = fold(submission.text)
    text = folded.text.translate(_SAME_LENGTH)
    text = _LEET_WORD.sub(lambda word: word.group().translate(_LEET), text)
    quotations = [match.span() for match in _QUOTATION.finditer(text)]
    best: dict[tuple[int, int], tuple[float, str]] = {}
    spans = sentences(text)
    for rule in RULES:
        for match in rule.pattern.finditer(text):
            around = _around(spans, match.start(), match.end())
            if best.get(around, (0.0, ""))[0] >= rule.score:
                continue
            score = _weighed(rule, text, match, around, quotations)
            if score > best.get(around, (0.0, ""))[0]:
                best[around] = (score, rule.because)
    for (start, end), (score, because) in sorted(best.items()):
        yield Finding(FindingType.THREAT, *folded.span(start, end), score=score, because=because)


def _around(spans: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """From the beginning of the first sentence that a wording touches to the end of the last."""
    touched = [span for span in spans if span[0] < end and start < span[1]]
    return (touched[0][0], touched[-1][1]) if touched else (start, end)


def _weighed(
    rule: Rule,
    text: str,
    match: re.Match[str],
    around: tuple[int, int],
    quotations: list[tuple[int, int]],
) -> float:
    """The rule's score, lowered where the words are not the writer's own or are taken back."""
    before = text[max(around[0], match.start() - 80) : match.start()]
    sentence = text[slice(*around)]
    if _DENIED.search(before) and not match.group().lower().startswith(("don", "never", "do not")):
        return 0.0
    quoted = any(start <= match.start() and match.end() <= end for start, end in quotations)
    whole = any(end - start > 0.8 * len(text) for start, end in quotations)
    if quoted and not whole:
        return HINT
    if rule.about_places and _KIND_MAIL.search(sentence):
        return HINT
    if _SENT_TO_US.search(text[max(0, match.start() - 120) : match.start()]):
        return HINT
    if _REPORTED.search(before) or _PLAYED.search(sentence) or _SUPPOSED.search(before[-40:]):
        return HINT
    return rule.score
