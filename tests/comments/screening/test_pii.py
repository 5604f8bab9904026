"""Personal information: tables of texts, with what must be found in them and what must not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments.screening.detectors.pii import personal_information
from comments.screening.types import Finding, Submission

from .worst_inputs import LENGTH, NASTY

HOLDS = 0.5


def found(text: str, *public_names: str) -> list[Finding]:
    return list(personal_information(Submission(text, public_names=frozenset(public_names))))


def sure(text: str, *public_names: str) -> list[tuple[str, str]]:
    """Type and characters of what would hold the comment."""
    return [
        (f.type.value, text[f.start : f.end])
        for f in found(text, *public_names)
        if f.score >= HOLDS
    ]


EMAILS = [
    ("Write me: pat.lee_77@mail.example.org.", "pat.lee_77@mail.example.org"),
    ("pat+case@example.co.uk is better", "pat+case@example.co.uk"),
    ("It is pat@example.org.Please answer", "pat@example.org"),
    ("mail pat(at)example(dot)org today", "pat(at)example(dot)org"),
    ("my e-mail is pat.lee at example dot org ok", "pat.lee at example dot org"),
    ("reach me: pat dot lee at example dot com", "pat dot lee at example dot com"),
    ("pat [at] example [dot] net", "pat [at] example [dot] net"),
    ("pat_lee AT example DOT org", "pat_lee AT example DOT org"),
    ("escríbeme a pat99 arroba gmail punto com", "pat99 arroba gmail punto com"),
    ("mail mij op pat.lee apenstaartje example punt nl", "pat.lee apenstaartje example punt nl"),
    ("pat.lee @ gmail . com", "pat.lee @ gmail . com"),
    ("pat underscore lee at yahoo dot com please", "pat underscore lee at yahoo dot com"),
    ("pat(a)example.org works", "pat(a)example.org"),
    ("email me patlee88 at gmail", "patlee88 at gmail"),
    ("email: pat＠example．org", "pat＠example．org"),
    ("it is p a t l e e @ e x a m p l e . o r g ok", "p a t l e e @ e x a m p l e . o r g"),
    ("pat.lee AT SYMBOL example DOT com", "pat.lee AT SYMBOL example DOT com"),
    ("my gmail is pat.lee.77", "pat.lee.77"),
    ("pat@exam\u200bple.org", "pat@exam\u200bple.org"),
    ("it is patlee77 @ g m a i l . c o m", "patlee77 @ g m a i l . c o m"),
    ("pat guion bajo lee arroba correo punto mx", "pat guion bajo lee arroba correo punto mx"),
]
PHONES = [
    ("Call me at (312) 555-0142.", "(312) 555-0142"),
    ("312.555.0142 any time", "312.555.0142"),
    ("+1 312 555 0142", "+1 312 555 0142"),
    ("my cell 3125550142 text only", "3125550142"),
    ("ring 020 7946 0958 after six", "020 7946 0958"),
    ("+44 (0)20 7946 0958", "+44 (0)20 7946 0958"),
    ("07700 900123 is my mobile", "07700 900123"),
    ("Bel 06-12345678 voor mij", "06-12345678"),
    ("bel me op 06 12 34 56 78", "06 12 34 56 78"),
    ("llámame al 612 34 56 78", "612 34 56 78"),
    ("mi móvil: 612345678", "612345678"),
    ("call 555-0142 and ask for me", "555-0142"),
    (
        "three one two, five five five, oh one four two",
        "three one two, five five five, oh one four two",
    ),
    (
        "seis uno dos tres cuatro cinco seis siete ocho",
        "seis uno dos tres cuatro cinco seis siete ocho",
    ),
    (
        "nul zes een twee drie vier vijf zes zeven acht",
        "nul zes een twee drie vier vijf zes zeven acht",
    ),
    ("call 312 five five five zero one four two", "312 five five five zero one four two"),
    ("3l2-555-Ol42 call me", "3l2-555-Ol42"),
    ("text 3 1 2 5 5 5 0 1 4 2", "3 1 2 5 5 5 0 1 4 2"),
    ("3*1*2*5*5*5*0*1*4*2", "3*1*2*5*5*5*0*1*4*2"),
    ("call 312–555–0142 ext. 12", "312–555–0142 ext. 12"),
    ("３１２-５５５-０１４２", "３１２-５５５-０１４２"),
    ("0049 30 12345678", "0049 30 12345678"),
    ("312 dash 555 dash 0142", "312 dash 555 dash 0142"),
    ("312 [555] 0142", "312 [555] 0142"),
    ("call (3/1/2) 5/5/5 0/1/4/2", "(3/1/2) 5/5/5 0/1/4/2"),
    ("ring six1four 555 zero1ninetwo", "six1four 555 zero1ninetwo"),
    ("3l2 5S5 0l42", "3l2 5S5 0l42"),
    (
        "phone twenty twelve fifty-five fifty oh one four two",
        "twenty twelve fifty-five fifty oh one four two",
    ),
]
ADDRESSES = [
    (
        "She lives at 12 Elm Tree Lane, Apt 4B, Springfield, IL 62704.",
        "12 Elm Tree Lane, Apt 4B, Springfield, IL 62704",
    ),
    ("go to 4410 n. sample avenue unit 12 and knock", "4410 n. sample avenue unit 12"),
    (
        "The cop is at 880 County Road 12, Madeupton, TX 75001",
        "880 County Road 12, Madeupton, TX 75001",
    ),
    ("Write PO Box 1234, Madeupton, TX 75001", "PO Box 1234, Madeupton, TX 75001"),
    ("Flat 3, 27 Station Road, Madeupton, ZZ1 1ZZ", "Flat 3, 27 Station Road, Madeupton, ZZ1 1ZZ"),
    (
        "vive en la Calle de la Luna 14, 3º B, 28099 Madrid",
        "Calle de la Luna 14, 3º B, 28099 Madrid",
    ),
    ("Avenida del Sol nº 22", "Avenida del Sol nº 22"),
    ("Ze woont op de Lindelaan 45, 1234 AB Utrecht", "Lindelaan 45, 1234 AB Utrecht"),
    ("Van der Sterrestraat 12-3", "Van der Sterrestraat 12-3"),
    ("Postbus 123", "Postbus 123"),
    ("the snitch stays at 2207 Magnolia", "2207 Magnolia"),
    ("They moved to Springfield, IL 62704.", "Springfield, IL 62704"),
    ("17 West 9th St., Apt. 2", "17 West 9th St., Apt. 2"),
    ("She is at 17 West Sample Avenue. Go there.", "17 West Sample Avenue"),
    ("She is at 17 West Sample Ave. now", "17 West Sample Ave."),
    (
        "He lives at Unit 4C, 311 Miller Ferry Landing, Madeup Rouge LA 70800 with us",
        "Unit 4C, 311 Miller Ferry Landing, Madeup Rouge LA 70800",
    ),
    ("find her at twelve forty two Sycamore Terrace", "twelve forty two Sycamore Terrace"),
    (
        "Escriban a Av. Reforma Norte 88, Col. Centro, CP 01234, Ciudad de México",
        "Av. Reforma Norte 88, Col. Centro, CP 01234, Ciudad de México",
    ),
    ("vive en C/ Real nº 7, 1º dcha, 50999 Zaragoza", "C/ Real nº 7, 1º dcha, 50999 Zaragoza"),
    ("vivo en la calle hidalgo 45 desde siempre", "calle hidalgo 45"),
    ("Carrera 7 # 12-34, Bogotá", "Carrera 7 # 12-34, Bogotá"),
    ("Postbus 99, 3500 AB Utrecht", "Postbus 99, 3500 AB Utrecht"),
    (
        "Hwy 9 North, Trailer 3, Madeupton, Mississippi 39999 is home",
        "Hwy 9 North, Trailer 3, Madeupton, Mississippi 39999",
    ),
    ("i stay at 77 oak hollow dr denton tx", "77 oak hollow dr denton tx"),
    (
        "Write Sample State Prison, 100 Prison Road, Madeupton, CA 95999",
        "Sample State Prison, 100 Prison Road, Madeupton, CA 95999",
    ),
    ("mijn adres is Damrak 12", "Damrak 12"),
]
IDENTIFIERS = [
    ("his SSN is 219-09-9999", "SSN", "219-09-9999"),
    ("social security number: 219099999", "SSN", "219099999"),
    ("the last four of his social are 9999", "SSN", "9999"),
    ("born on March 3, 1985 in Ohio", "DOB", "March 3, 1985"),
    ("DOB 03/03/85", "DOB", "03/03/85"),
    ("d.o.b. 1985-03-03", "DOB", "1985-03-03"),
    ("nació el 3 de marzo de 1985", "DOB", "3 de marzo de 1985"),
    ("geboren 3 maart 1985", "DOB", "3 maart 1985"),
    ("her birthday is the 3rd of March, 1985", "DOB", "3rd of March, 1985"),
    ("inmate number 1234567", "INMATE_ID", "1234567"),
    ("TDCJ# 01234567 Polunsky", "INMATE_ID", "01234567"),
    ("his CDCR is AB-1234", "INMATE_ID", "AB-1234"),
    ("He is #A123456 at the state prison", "INMATE_ID", "#A123456"),
    ("Federal Reg. No. 12345-678", "INMATE_ID", "12345-678"),
    ("12345-678 is at USP Hazelton", "INMATE_ID", "12345-678"),
    ("DIN 99-B-1234", "INMATE_ID", "99-B-1234"),
    ("GDC ID 1000123456", "INMATE_ID", "1000123456"),
    ("AIS 00123456 Holman", "INMATE_ID", "00123456"),
    ("Write to him, DOC# 123456", "INMATE_ID", "123456"),
    ("A1234BC is his number at HMP", "INMATE_ID", "A1234BC"),
    ("número de recluso 1234567", "INMATE_ID", "1234567"),
    ("7654321 is his inmate number", "INMATE_ID", "7654321"),
    ("case no. 05-CR-1234", "CASE_NUMBER", "05-CR-1234"),
    ("1:12-cv-01234-ABC in the district court", "CASE_NUMBER", "1:12-cv-01234-ABC"),
    ("Cause number D-1-DC-12-301234", "CASE_NUMBER", "D-1-DC-12-301234"),
    ("docket #CP-51-CR-0001234-2001", "CASE_NUMBER", "CP-51-CR-0001234-2001"),
    ("the police report 98-123456 vanished", "CASE_NUMBER", "98-123456"),
    ("parketnummer 16/123456-19", "CASE_NUMBER", "16/123456-19"),
    ("expediente 1234/2015", "CASE_NUMBER", "1234/2015"),
    ("indictment 4471/92", "CASE_NUMBER", "4471/92"),
    ("Texas plate ABC-1234", "LICENSE_PLATE", "ABC-1234"),
    ("a blue truck, tag XYZ 987", "LICENSE_PLATE", "XYZ 987"),
    ("kenteken 12-ABC-3", "LICENSE_PLATE", "12-ABC-3"),
    ("matrícula 1234 BCD", "LICENSE_PLATE", "1234 BCD"),
    ("she drives a white Honda, AB12 CDE", "LICENSE_PLATE", "AB12 CDE"),
    ("passport X12345678", "OTHER_ID", "X12345678"),
    ("driver's license D1234567", "OTHER_ID", "D1234567"),
    ("his A-number is A123 456 789", "OTHER_ID", "A123 456 789"),
    ("MRN: 00123456", "OTHER_ID", "00123456"),
    ("NI number QQ 12 34 56 C", "OTHER_ID", "QQ 12 34 56 C"),
    ("NHS number 943 476 5919", "OTHER_ID", "943 476 5919"),
    ("mi DNI es 12345678Z", "OTHER_ID", "12345678Z"),
    ("BSN 111222333", "OTHER_ID", "111222333"),
    ("account number 000123456789", "OTHER_ID", "000123456789"),
    ("from 203.0.113.77 last night", "IP", "203.0.113.77"),
    ("2001:db8::8a2e:370:7334 was logged", "IP", "2001:db8::8a2e:370:7334"),
    ("card 4111 1111 1111 1111 exp 12/30", "CREDIT_CARD", "4111 1111 1111 1111"),
    ("amex 378282246310005", "CREDIT_CARD", "378282246310005"),
    ("IBAN NL91 ABNA 0417 1643 00 thanks", "IBAN", "NL91 ABNA 0417 1643 00"),
    ("send it to ES9121000418450200051332 now", "IBAN", "ES9121000418450200051332"),
    ("iban: NL91 ABNA 0417 1643 01 please", "IBAN", "NL91 ABNA 0417 1643 01"),
    ("IBAN DE89 3704 **** **** **", "IBAN", "DE89 3704 **** **** **"),
    ("his IBAN is BE68 539... that much I saw", "IBAN", "BE68 539..."),
    ("card 4111********1111 was charged", "CREDIT_CARD", "4111********1111"),
    ("visa **** **** **** 1111", "CREDIT_CARD", "**** **** **** 1111"),
    ("see facebook.com/pat.lee.77", "URL_HANDLE", "facebook.com/pat.lee.77"),
    ("https://www.instagram.com/pat_lee", "URL_HANDLE", "https://www.instagram.com/pat_lee"),
    ("linkedin.com/in/pat-lee-123 is her", "URL_HANDLE", "linkedin.com/in/pat-lee-123"),
    ("follow me @patlee77", "URL_HANDLE", "@patlee77"),
    ("my insta is pat_lee77", "URL_HANDLE", "pat_lee77"),
    ("snap: patlee", "URL_HANDLE", "patlee"),
    ("cashapp $PatLee77", "URL_HANDLE", "$PatLee77"),
    ("instagram.com/pat.lee/?igsh=abc said so", "URL_HANDLE", "instagram.com/pat.lee/?igsh=abc"),
    ("@patleejohnson on twitter", "URL_HANDLE", "@patleejohnson"),
    (
        "inmate number seven seven one two three four five",
        "INMATE_ID",
        "seven seven one two three four five",
    ),
    ("u/patlee_77 posted it", "URL_HANDLE", "u/patlee_77"),
    ("KX-2291 is his prison number", "INMATE_ID", "KX-2291"),
    ("include inm# 204418 on the envelope", "INMATE_ID", "204418"),
    ("Prisioner no. T98811", "INMATE_ID", "T98811"),
    ("EF# 0001224781 in Georgia", "INMATE_ID", "0001224781"),
    ("his ID# at FCI Sample is 44871-054", "INMATE_ID", "44871-054"),
    ("número de interno 334871", "INMATE_ID", "334871"),
    ("doc # 4 4 1 2 0 7", "INMATE_ID", "# 4 4 1 2 0 7"),
    ("Sample County 88 CR 12517 was his", "CASE_NUMBER", "88 CR 12517"),
    ("trial court no. W96-41293-T(A)", "CASE_NUMBER", "W96-41293-T(A)"),
    ("zaaknummer C/13/654321 / HA ZA 18-112", "CASE_NUMBER", "C/13/654321 / HA ZA 18-112"),
    ("parketnr. 16-700254-12", "CASE_NUMBER", "16-700254-12"),
    ("carpeta de investigación 1123/2014", "CASE_NUMBER", "1123/2014"),
    ("badge no. 4471 hit him", "OTHER_ID", "4471"),
    ("the officer (badge 8812) wrote it", "OTHER_ID", "8812"),
    ("badge #412 did", "OTHER_ID", "412"),
    ("NYPD shield # 20817", "OTHER_ID", "20817"),
    ("placa número 5521, así decía", "OTHER_ID", "5521"),
    ("agente con placa 83412", "OTHER_ID", "83412"),
    ("coche con placa número 1234 BCD", "LICENSE_PLATE", "1234 BCD"),
    ("agent met dienstnummer 55212", "OTHER_ID", "55212"),
    ("his VA claim number is 22 881 934", "OTHER_ID", "22 881 934"),
    ("mi CURP es GODE561231HDFRRN09", "OTHER_ID", "GODE561231HDFRRN09"),
    ("RFC: GODE561231GR8", "OTHER_ID", "GODE561231GR8"),
    ("NIE X-1234567-L", "OTHER_ID", "X-1234567-L"),
    ("employee Jane's SSN 937-42-6810", "SSN", "937-42-6810"),
    ("my social is 2 1 9 - 0 9 - 9 9 9 9", "SSN", "2 1 9 - 0 9 - 9 9 9 9"),
    ("cc 4111-1111/1111-1111", "CREDIT_CARD", "4111-1111/1111-1111"),
    ("old JCB 180016070420458", "CREDIT_CARD", "180016070420458"),
    ("ip 203 dot 0 dot 113 dot 9", "IP", "203 dot 0 dot 113 dot 9"),
    ("203.0.113.88:8080 was the source", "IP", "203.0.113.88"),
    ("2001:db8::1 again", "IP", "2001:db8::1"),
    ("::ffff:192.0.2.128 again", "IP", "::ffff:192.0.2.128"),
    ("born 19850303", "DOB", "19850303"),
    ("(03/03/1985) is her date of birth", "DOB", "03/03/1985"),
    ("D/O/B Oct-12-1985", "DOB", "Oct-12-1985"),
    ("203[.]0[.]113[.]9 again", "IP", "203[.]0[.]113[.]9"),
    ("born o3/o7/1984", "DOB", "o3/o7/1984"),
    ("dob: march third nineteen eighty five", "DOB", "march third nineteen eighty five"),
    ("dob oh three, oh seven, eighty four", "DOB", "oh three, oh seven, eighty four"),
    (
        "his prison number is K - eight two two three one",
        "INMATE_ID",
        "K - eight two two three one",
    ),
    ("add me on facebook, Patleefreeman", "URL_HANDLE", "Patleefreeman"),
    ("ig → patlee4kay", "URL_HANDLE", "patlee4kay"),
    ("t dot me slash patlee_x", "URL_HANDLE", "t dot me slash patlee_x"),
    ("on FB i am Pat.Lee.Sample", "URL_HANDLE", "Pat.Lee.Sample"),
    ("facebook.com/justice4patlee", "URL_HANDLE", "facebook.com/justice4patlee"),
    ("kentekenplaat GB-482-K", "LICENSE_PLATE", "GB-482-K"),
]
NAMES = [
    ("My brother Terrell Washburn has been inside 20 years.", "Terrell Washburn"),
    ("The real killer is Gary Pruitt and everyone knows.", "Gary Pruitt"),
    ("Free Deshawn Okonkwo now", "Deshawn Okonkwo"),
    ("a witness named Xiu Zhangwei lied", "Xiu Zhangwei"),
    ("I sat on the jury with Maria de la Cruz.", "Maria de la Cruz"),
    ("Mi hermano José Luis Quispe está preso.", "José Luis Quispe"),
    ("Mijn broer Jan van der Meer zit vast.", "Jan van der Meer"),
    ("Robert T. Haskins Jr. testified", "Robert T. Haskins Jr."),
    ("my cousin marcus whitfield did nothing", "marcus whitfield"),
    ("Ask Mrs. Oyelaran Bukola, she saw it", "Mrs. Oyelaran Bukola"),
    ("Siobhan O'Donnell told me herself", "Siobhan O'Donnell"),
    ("WRITE TO DARNELL JACKSON", "DARNELL JACKSON"),
    ("Li Xiaoming sold him the ticket", "Li Xiaoming"),
    ("the girl at the till, Hyun-ah Shin, was never asked", "Hyun-ah Shin"),
    ("Phan Thi Lien told them twice", "Phan Thi Lien"),
    ("Youssef al-Masri shared my cell", "Youssef al-Masri"),
    ("his name is tyrell grubbins", "tyrell grubbins"),
    ("I know that latoya broadnax from church", "latoya broadnax"),
    ("jan van der velden was getuige", "jan van der velden"),
    ("De getuige, Wietske Hiemstra, loog", "Wietske Hiemstra"),
    ("La vecina, Rosaura Ibarrola Paz, lo vio", "Rosaura Ibarrola Paz"),
    ("Kalinda Oostvogel lied about it all", "Kalinda Oostvogel"),
    ("POLICE NEVER ASKED TYRONE MCGILLIS", "TYRONE MCGILLIS"),
    ("The foreman, a Mr. Gundersen, hurried us", "Mr. Gundersen"),
    ("GRUBBS, Tyrone is the one", "GRUBBS, Tyrone"),
    ("Thank you all.\nRegards,\nAoife Ní Dhuibhne", "Aoife Ní Dhuibhne"),
    ("Poor Shanice O'Malley-Grant had to sit there", "Shanice O'Malley-Grant"),
]
HARMLESS = [
    "My brother got 25 to life in 1998 and came home in 2019.",
    "He served 10,950 days, that is 262800 hours.",
    "It cost the state $1,250,000 and the city 3.4 million dollars.",
    "32 percent of 375 DNA exonerees had confessed.",
    "See Miranda v. Arizona, 384 U.S. 436 (1966), and 28 U.S.C. § 2254.",
    "Section 1983 claims and Rule 33 motions fail; so did HB 1234.",
    "Artículo 14 de la Constitución y la ley 975 de 2005.",
    "Artikel 457 Sv bestaat niet voor niets.",
    "John 8:32 and Matthew 25:36-40 say it all.",
    "Call 988 if you are struggling, or 1-800-273-8255.",
    "Samaritans are on 116 123, the Dutch line is 113.",
    "Text HOME to 741741.",
    "Dial 2-1-1 for help with rent, 911 in an emergency.",
    "Episodes 1 2 3 4 5 6 7 8 9 10 are all on Netflix.",
    "In 1985, 1989, 1992 and 2003 nothing happened.",
    "From 1994-2006 he wrote 412 letters.",
    "ISBN 978-0-306-40615-7 is the book.",
    "He wore the badge 12 times; the badge says 2019.",
    "My IBAN number is in the letter, and *** 1234 are stars.",
    "The odds were 1 in 4,700,000.",
    "The hearing is on March 3, 2025 at 10:30.",
    "Steven Avery and Brendan Dassey deserve a new trial.",
    "Ava DuVernay made When They See Us.",
    "Judge Merrick Garland and Governor Greg Abbott were asked.",
    "The Innocence Project at Cardozo School of Law in New York.",
    "Look at the evidence. Com on people!",
    "I was at work at noon. We met at home.",
    "The lab tested samples 101, 202 and 303.",
    "Jackson State Prison and Jefferson County Court are far away.",
    "God bless you all. Happy Easter from South Carolina!",
    "https://news.example.org/2017/09/12345678/the-confession-tapes",
    "#JusticeForAll #2017",
    "Chapter 12, page 345, exhibit 12.",
    "The jury was out for 3 hours and the drive took 2 hours down the road.",
    "5 officers drove down the street and 2 people walked the park way.",
    "Barry Scheck founded it with Peter Neufeld.",
    "Two wrongs do not make a right, one of you said.",
    "Grace and peace to Jennifer.",
    "Release v2026.2.9 fixed the site for me at 10.5 seconds.",
    "Write to the Innocence Staff at info@example.org.",
    "@Jennifer I agree with you.",
    "@netflix please make season 2, @innocenceproject is great.",
    "My facebook is down. My account number of tries is 3.",
    "https://www.netflix.com/title/80161702",
    "They were 14, 15, 16 and 17 years old in 1989.",
    "More than 100000 people signed.",
    "Thank you Netflix for Making a Murderer.",
    "Justice for all, freedom for the West Memphis Three.",
    "The Supreme Court of the United States said no in Herrera v. Collins.",
    "It aired at 9:00 on September 10, 2017.",
    "The case of 12 jurors, 4 witnesses and 0 evidence.",
    "The witness saw a Crown Victoria and a Chevy Impala.",
    "He sits in Tucker Max and the food is bad.",
    "They never mention Miranda rights, Brady material or Batson challenges.",
    "El Código Penal y el Ministerio de Asuntos Exteriores.",
    "Made a deal with the devil, more than a man can take.",
    "will power and grace under fire, that is my mom",
    "NOBODY LISTENS TO THE POOR IN HARRIS COUNTY TEXAS",
    "Jackson Memorial Hospital is on Martin Luther King Boulevard.",
    "Good Friday in Santa Fe, then home to San Antonio.",
    "Happy Thanksgiving from the whole Johnson family!",
    "In 2019 Ohio Court of Appeals said no, in 1998 Texas Court said no.",
    "He got 10 - 20, then 15 - 30, then 25 - life.",
    "1989/1994/2003: three trials. Scores were 10-8, 7-6, 3-2.",
    "Server 10:20:30:40 restarted at 12:34:56.",
    "Born and raised in Texas in the nineteen sixties.",
    "I saw it on YouTube, then my Facebook friends shared it on Instagram.",
    "twelve jurors, six women, six men, four black, two latino",
    "No. 44 on the list, 1234, Superior Court of the State.",
    "Card exp 12/30? Mine expired.",
    "El apartado 3 del artículo 6 y el apdo. 4 no dicen eso.",
    "88 CR 12517 miles from home",
    "One way street, two way street, it all leads back to that court.",
]


def table(kind, rows):
    return [pytest.param(text, kind, span, id=f"{kind}-{n}") for n, (text, span) in enumerate(rows)]


@pytest.mark.parametrize(
    ("text", "kind", "span"),
    [
        *table("EMAIL", EMAILS),
        *table("PHONE", PHONES),
        *table("ADDRESS", ADDRESSES),
        *table("PERSON_PRIVATE", NAMES),
        *IDENTIFIERS,
    ],
)
def test_personal_information_is_found_with_its_whole_span(text, kind, span):
    assert sure(text) == [(kind, span)]


@pytest.mark.parametrize("text", HARMLESS)
def test_everyday_figures_and_public_names_do_not_hold_a_comment(text):
    assert sure(text) == []


HINTS = [
    "the paper said 4471982 on it",
    "it is all in 88-4412-Z somewhere",
    "remember 90210448817 well",
]


@pytest.mark.parametrize("text", HINTS)
def test_figures_that_nothing_explains_are_a_hint_below_the_threshold(text):
    assert [f.score for f in found(text)] == [0.4]


@pytest.mark.parametrize(
    "text",
    [
        "Call the crisis hotline on 312-555-0142.",
        "Our toll-free line is 1-888-555-0142.",
        "Bel gratis 0800-0113.",
        "SSN 000-12-3456 and 666-12-3456 were never issued.",
        "The order number 1234567 is for the DVD.",
        "ZIP 12345-678 is a typo.",
        "See Ramos v. Louisiana, No. 18-5924.",
        "4111 1111 1111 1112 has a wrong check digit",
        "Version 10.0.19.1 of the site is slow",
        "Bible study John 3:16-18, room 1204",
    ],
)
def test_look_alikes_of_personal_numbers_do_not_hold_a_comment(text):
    assert sure(text) == []


def test_the_people_of_the_article_are_not_private():
    text = "Denise Hathaway and Hathaway's lawyer, Ralph Ostrander, came. So did Lorna Hathaway."
    assert sure(text, "Denise Marie Hathaway", "Ralph Ostrander") == [
        ("PERSON_PRIVATE", "Lorna Hathaway")
    ]


def test_officials_and_office_mailboxes_are_hints_only():
    assert {f.score for f in found("Senator Luther Haskins wrote to press@example.org")} == {0.45}


def test_several_details_in_one_comment_are_told_apart():
    text = (
        "Name: Marvin Tolliver\nDOB: 05/05/1975\nDOC# 1234567\n"
        "Write: PO Box 99, Madeupton, TX 75001\nE-mail: m.tolliver@example.org or 312-555-0142"
    )
    assert sure(text) == [
        ("PERSON_PRIVATE", "Marvin Tolliver"),
        ("DOB", "05/05/1975"),
        ("INMATE_ID", "1234567"),
        ("ADDRESS", "PO Box 99, Madeupton, TX 75001"),
        ("EMAIL", "m.tolliver@example.org"),
        ("PHONE", "312-555-0142"),
    ]


@pytest.mark.parametrize(
    ("before", "detail", "after"),
    [
        ("🙏🙏🏽 call ", "312-555-0142", " 🙏"),
        ("a\u200bb\u200b call ", "312\u200b-555\u200b-0142", "\u200b now"),
        ("line one\r\nline two\r\ncall ", "312-555-0142", "\r\nbye"),
        ("İ ǰ ßẞ call ", "312-555-0142", ""),
        ("cafe\u0301 call ", "3️⃣1️⃣2️⃣-5️⃣5️⃣5️⃣-0️⃣1️⃣4️⃣2️⃣", " 👍"),
        ("call\u00a0", "312\u2011555\u20110142", "\u2029"),
        ("mail ", "p\u0430t.lee77@example.org", "!"),
    ],
)
def test_spans_point_into_the_original_text(before, detail, after):
    (finding,) = found(before + detail + after)
    assert (finding.start, finding.end) == (len(before), len(before) + len(detail))


def test_the_reason_repeats_nothing_private():
    rows = [row[0] for row in (*EMAILS, *PHONES, *ADDRESSES, *NAMES, *IDENTIFIERS)]
    for text in rows:
        for finding in found(text):
            span = text[finding.start : finding.end]
            assert span.lower() not in finding.because.lower()
            assert finding.because.endswith(".")
            assert not any(len(run) > 2 for run in finding.because.split() if run.isdigit())


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=12),
            st.sampled_from(
                ["at", "dot", "@", "312", "555", "John", "Smith", "#", "born", "\u200b"]
            ),
        ),
        max_size=30,
    )
)
def test_findings_never_overlap_and_never_leave_the_text(pieces):
    text = " ".join(pieces)
    end = 0
    for finding in found(text):
        assert end <= finding.start < finding.end <= len(text)
        assert 0 < finding.score <= 1
        end = finding.end


@pytest.mark.parametrize("unit", NASTY.values(), ids=NASTY.keys())
def test_the_worst_input_stays_within_its_time(unit):
    text = (unit * LENGTH)[:LENGTH]
    found("Warm up the word lists, Jane.")
    times = []  # the aim is 0.2 on an idle machine; one that runs other tests takes longer
    for _ in range(6):
        start = time.thread_time()
        found(text)
        times.append(time.thread_time() - start)
        if times[-1] < 0.4:
            break
    assert min(times) < 0.4
