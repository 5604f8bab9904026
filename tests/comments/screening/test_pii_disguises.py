"""Personal information in disguise: tables of texts, and of harmless ones that look like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.screening.detectors.pii import personal_information
from comments.screening.detectors.pii.numerals import numbers, numerals
from comments.screening.detectors.pii.rewriting import Edit, Rewritten
from comments.screening.types import Submission


def sure(text: str) -> list[tuple[str, str]]:
    """Type and characters of what would hold the comment."""
    findings = personal_information(Submission(text))
    return [(f.type.value, text[f.start : f.end]) for f in findings if f.score >= 0.5]


DISGUISED = [
    ("PHONE", "my number is ", "three-one-two, then five double five, then oh one four two", ""),
    ("PHONE", "it's ", "312, followed by 555, followed by 0142", ""),
    ("PHONE", "area code is ", "three one two and the rest is 5 5 5 dash 0 1 4 2", " ok"),
    ("PHONE", "first three ", "three-one-two. then 5 5 5, hold on, the rest is oh one 42", ". bye"),
    ("PHONE", "text ", "three.one.two.five.five.five.oh.one.four.two", " please"),
    ("PHONE", "", "three\none\ntwo\nfive\nfive\nfive\nzero\none\nfour\ntwo", ""),
    ("PHONE", "ring ", "(3)(1)(2) - (5)(5)(5) - (0)(1)(4)(2", ")"),
    ("PHONE", "whatsapp ", "③①② ⑤⑤⑤ ⓪①④②", ""),
    ("PHONE", "call ", "𝟑𝟏𝟐-𝟓𝟓𝟓-𝟎𝟏𝟒𝟐", "!"),
    ("PHONE", "", "three 1 two five5five oh142", " is my cell"),
    ("PHONE", "ring my aunt, ", "3I2 - 55S - 0l4Z", ", any time"),
    ("PHONE", "llámame al ", "tres one dos, cinco 5 cinco, oh uno, cuarenta y two", ""),
    ("PHONE", "mi cel es ", "tres uno dos, cincuenta y cinco cinco, cero uno cuarenta y dos", ""),
    ("PHONE", "bel ", "nul zes twaalf vierendertig zesenvijftig achtenzeventig", ""),
    ("PHONE", "gsm: ", "nul vierhonderd vijfennegentig, tweeëntwintig, zeventig, vijftien", ""),
    ("PHONE", "hmu ", "312{555}0142", " minus the curly ones"),
    ("PHONE", "hmu ", "312 space 555 space 0142", ""),
    ("PHONE", "I wrote my number back to front, ", "2410-555-213", ", flip it"),
    ("SSN", "his social, Lord help me, is ", "two one nine, dash oh nine, 99 double nine", ""),
    ("SSN", "SSN ", "dos uno nueve guion cero nueve guion nueve nueve nueve nueve", ""),
    ("SSN", "", "2_1_9__0_9__9_9_9_9", " is my soc"),
    ("CREDIT_CARD", "visa starts ", "4111 then 1111 then 1111 and ends 1111", ", be kind"),
    (
        "CREDIT_CARD", "his card ",
        "forty-one eleven, one one one one, eleven eleven, one one one one", " 😂",
    ),
    ("IBAN", "storten op ", "N L 9 1 . A B N A . 0 4 1 7 . 1 6 4 3 . 0 0", " graag"),
    ("IBAN", "", "NL ninety-one ABNA zero four one seven one six four three zero zero", ""),
    ("IP", "he posts from ", "two-oh-three dot zero dot one thirteen dot nine", " every time"),
    ("IP", "check ", "203[.]0[.]113[.]9", " in your logs"),
    ("DOB", "he came into this world the ", "ninth of June, nineteen hundred and fifty-seven", ""),
    ("DOB", "nació un ", "quince de mayo del ochenta y nueve", " y mintieron"),
    ("DOB", "geboren op ", "drie mei negentienhonderd tachtig", ""),
    ("DOB", "bday ", "VIII / xxiv / mcmlxxxv", " haha"),
    ("DOB", "born on ", "J-u-l-y 4 1976", ""),
    ("LICENSE_PLATE", "plate was ", "Papa Bravo Kilo two seven oh six", ", I don't forget"),
    ("LICENSE_PLATE", "tag is ", "K as in king, X as in xray, V as in Victor, four four nine", ""),
    ("LICENSE_PLATE", "black Charger, ", "T * K * R  9 * 0 * 2", ""),
    ("INMATE_ID", "find him: letter ", "R, then six four, then eight nineteen", ""),
    ("INMATE_ID", "jpay him. ", "2.0.9.4.1.3", " (his doc, take out the dots)"),
    ("INMATE_ID", "prison id ", "A as in apple, four four nine one two", ""),
    ("CASE_NUMBER", "pull the file, ", "oh-one C R three three nine oh", ", and read"),
    ("OTHER_ID", "my alien number is ", "A zero nine three, six one eight, two oh five", " and"),
    ("OTHER_ID", "mi carné ", "uno2tres4cinco6siete8 zeta", ""),
    ("OTHER_ID", "bsn ", "zes99 zes78 vier93", " zet dat erop"),
    ("EMAIL", "this thing eats it: ", "p a t l e e 7 7 at example dot net", ""),
    ("EMAIL", "read it backwards honey: ", "gro.elpmaxe@77eeltap", ""),
    ("EMAIL", "write to ", "pat[dot]lee[at]example[dot]org", ""),
    ("PERSON_PRIVATE", "the real one is ", "R o d e r i c k   T. H a i r s t o n", " & we know"),
    ("PERSON_PRIVATE", "juror 4 was ", "p.h.u.o.n.g  l.e", " she cried"),
    ("PERSON_PRIVATE", "all protect ", "o-b-i-n-n-a  e-z-e-k-w-e", " but he was there"),
    ("PERSON_PRIVATE", "el testigo se llama ", "E.f.r.a.í.n  O.l.i.v.a.r.e.s", " y"),
    ("PERSON_PRIVATE", "it was ", "j o h n d e l g a d o", " all along"),
    ("PERSON_PRIVATE", "w1tn3ss 1s ", "M4rcu5 D3l4c0ur7", ", look him up"),
    ("PERSON_PRIVATE", "juror six was ", "nosnhoJ ycnaN", ", read it backwards"),
    ("PERSON_PRIVATE", "", "TerrenceWilkerson", " did it, the witness told me"),
    ("URL_HANDLE", "i post at ", "instagram[.]com[/]free_pat_lee", " come find me"),
    ("URL_HANDLE", "on the clock app i am ", "at symbol truth underscore for underscore pat", ""),
    ("URL_HANDLE", "insta: ", "p underscore lee underscore 77", ""),
    ("URL_HANDLE", "", "facebook dot com slash patlee77", " knows"),
    ("URL_HANDLE", "", "t w i t t e r . c o m / p a t l e e", " said so"),
    ("ADDRESS", "he stays at ", "four hundred and six Elm Creek Road", ""),
    ("ADDRESS", "", "3-3-1-8 M.a.p.l.e S-t", " thats where he lives"),
    ("ADDRESS", "look: ", "1207 Magn0lia Str33t", ""),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "before", "hidden", "after"), DISGUISED)
def test_what_is_disguised_is_found_with_its_whole_span(kind, before, hidden, after):
    assert (kind, hidden) in sure(before + hidden + after)


@pytest.mark.parametrize(("kind", "before", "hidden", "after"), DISGUISED)
def test_a_disguise_is_found_after_emoji_marks_of_direction_and_other_line_ends(
    kind, before, hidden, after
):
    text = f"🙏🏽 \u202b\u0645\u062d\u202c cafe\u0301\r\n{before}{hidden}{after}\r\n🙏"
    assert (kind, hidden) in sure(text)


HARMLESS = [
    "one two three testing, is this thing on",
    "he served twenty-three years, four months and nine days",
    "two thousand four hundred and eleven nights his mama left that light on",
    "T H I S is what justice looks like",
    "I N N O C E N T. do you hear me. I N N O C E N T.",
    "they kept it in a   b r o o m   c l o s e t",
    "f-r-e-e-d-o-m, and pardon my f-r-e-n-c-h",
    "N.A.A.C.P. and A.C.L.U. lawyers came",
    "thirty. one. years. for. nothing.",
    "the score was seven six, six four, six two in the tennis",
    "pacers one-oh-four knicks ninety-eight and he is HOME tonight",
    "the vote was nine zero, then six three, then five four",
    "2-1 3-1 4-2 in the playoffs",
    "five four three two one and out walks the man",
    "10 9 8 7 6 5 4 3 2 1",
    "two four six eight who do we appreciate",
    "juror number 6, juror number 7 and juror number 8 cried",
    "nine one one was called at ten fifteen and again at ten forty-five",
    "in nineteen eighty-five, nineteen eighty-nine and two thousand two nothing happened",
    "read Matthew five, verses three to twelve, then Romans eight twenty-eight",
    "Psalm one-forty-two verse seven, bring my soul out of prison",
    "one hundred and twenty-three thousand four hundred dollars",
    "ten, twenty, thirty years from now",
    "he got 25 to life then 40 then 10 more",
    "A, B, C and D were all wrong answers, plan A, plan B, plan C",
    "B as in boy, not P as in Peter, I told the clerk",
    "th1s 1s wh4t c0rrupt10n l00ks l1k3",
    "wh4t 4 j0k3 0f 4 c0urt",
    "the whole system is backwards, 1984 all over again",
    "they read the file backwards and forwards in 1992",
    "if you are hurting dial nine eight eight, I done it twice",
    "dial two one one for rent help, text five zero five zero",
    "sing it: seven-seven-five in the red hymnal",
    "24/7/365 x 18 thats what they took. do the math mr D/A",
    "roll call: 1. 2. 3. 4. 5. 6. 7. 8.",
    "exhibits 1, 2, 3, 4, 5, 6 and 7",
    "alpha male nonsense, bravo to the lawyers, charlie and mike came in november",
    "O.J. and the D.A. at 3 p.m., it's at 5. 5. not 6. 5.",
    "underscore that point, I say, and let me underscore this",
    "dot your i's and cross your t's dot dot dot",
    "we met at Dot's Diner, dot com money hadn't ruined it yet",
    "the prayer line opens at 5 dot, 5 on the dot I mean",
    "the DNA was at 13 loci, D3S1358, vWA, FGA, D8S1179",
    "AR-15, AK-47, 9mm, .38 and .357 on I-95, I-10 and US-41",
    "o say can you see, i o u one beer",
    "uno dos tres por mi y por todos, mil gracias",
    "dos a uno, al noventa y tres, gol de penal",
    "a las siete en punto, com o sin ustedes, cinco misterios por cinco años",
    "veinte años, tres meses, dos días; de cuatro a cinco, cien veces",
    "om vijf uur stipt, punt andere lijn, stonden wij daar met twaalf man",
    "zes jaar, vier maanden en twee weken, een twee drie in de maat",
    "fr\u0435\u0435 th\u0435m \u0430ll, \u0435v\u0435ry on\u0435",
    "2️⃣3️⃣ years 😭 2️⃣3️⃣ 🙌🏾 free at last",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_drama_scores_counts_and_verses_are_no_disguise(text):
    assert sure(text) == []


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("four hundred and six", ["406"]),
        ("nineteen hundred and fifty seven", ["1957"]),
        ("nineteen eighty five", ["19", "85"]),
        ("two thousand four hundred eleven", ["2411"]),
        ("eight hundred five five five", ["800", "5", "5", "5"]),
        ("double seven triple oh", ["77", "000"]),
        ("fourone zes99", ["4", "1", "6", "99"]),
        ("mil ochocientos veinte and uno", ["1821"]),
        ("vierhonderd vijfennegentig", ["495"]),
        ("negentienhonderdtachtig", ["1980"]),
        ("doble", [""]),
    ],
)
def test_number_words_make_the_figures_that_a_listener_writes_down(said, figures):
    words = [numeral for word in said.split() for numeral in numerals(word)]
    assert [each for each, _ in numbers(words)] == figures


@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6), st.text(max_size=4)), max_size=6),
)
def test_every_character_of_a_rewritten_text_knows_where_it_stood(text, wanted):
    edits, at = [], 0
    for start, length, new in sorted(wanted):
        end = min(start + length, len(text))
        if at <= start < end:
            edits.append(Edit(start, end, new))
            at = end
    rewritten = Rewritten.of(text).then(edits)
    places = list(zip(rewritten.starts, rewritten.ends, rewritten.changes, strict=True))
    assert len(places) == len(rewritten.text)
    for character, (start, end, change) in zip(rewritten.text, places, strict=True):
        assert 0 <= start < end <= len(text)
        assert change or text[start:end] == character
