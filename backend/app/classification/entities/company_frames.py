"""The phrases in which mails name the company, each with how much it says (`weight`).

A frame is found by its trigger, a plain lower-case string; only then its pattern runs, from the trigger's
end, so that most frames cost one substring search. Patterns repeat a bounded number of times only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_UPPER = r"[^\W_a-z\u00df-\u00f6\u00f8-\u00ff]"  # a letter that isn't lower case, or a digit
_TOKEN = (
    rf"(?:{_UPPER}[\w&'+\u00b0\u00ae\u2122-]{{0,40}}(?:\.\w{{1,20}}){{0,3}}|[a-z]{{1,2}}[A-Z][\w-]{{1,40}})"
)
_LINK = r"(?:(?:of|and|&|\+|de|du|la|le|und|et|for|f\u00fcr|der|y|e|\u2013|x)\s(?:the\s)?)?"
_LEGAL = (
    r"(?:Inc|LLC|Ltd|LLP|L\.?P|Corp|Co|PLC|GmbH|AG|SE|SA|S\.A|SAS|BV|NV|PBC|Limited"
    r"|Incorporated|Corporation)\b\.?"
)
COMPANY = rf"(?P<company>{_TOKEN}(?:\s{_LINK}{_TOKEN}|,\s?{_LEGAL}){{0,6}}(?:\.?\s\(?{_LEGAL}\)?)?)"
_THE = r"(?:(?:the|our|an?|team|der|die|das|dem|den|l'|la|le|\u00e0|de|d'|an)\s){0,2}"
# A brand that writes itself small, only where the phrase ends right behind it.
_SMALL = r"(?P<small>[a-z][a-z0-9]{2,20}(?:\.(?:com|io|ai|ly|de|net))?)(?=\s?[!.,]|\s*\n|$)"
_NAME = rf"{_THE}(?:{COMPANY}|{_SMALL})"
_FILL = (
    r"(?:(?:a|an|the|our|to|in|pursuing|working|work|joining|join|employment|employed|career|careers"
    r"|opportunities|opportunity"
    r"|exploring|being|becoming|part|of|position|positions|role|roles|job|jobs|with|at|for|us|here|new"
    r"|life|team|as|by|one"
    r"|possible|potential|internship|internships|die|eine?r?|der|unserem|unternehmen|bei|an|in"
    r"|mitarbeit|t\u00e4tigkeit"
    r"|position|stelle|une?|rejoindre|poste|chez|pour|au|sein|de|du|our company|graduate program) ){0,7}"
)


@dataclass(frozen=True, slots=True)
class Frame:
    """`trigger` is searched in lower case; `pattern` must match from the trigger's end."""

    trigger: str
    pattern: re.Pattern[str]
    weight: float
    name: str


def _frames(weight: float, pattern: str, *triggers: str) -> list[Frame]:
    compiled = re.compile(pattern)
    return [Frame(trigger, compiled, weight, trigger.strip()) for trigger in triggers]


# In the text and in the subject.
FRAMES: tuple[Frame, ...] = (
    *_frames(
        3.0, rf"(?:(?:for|an?|your|the|in|to)\s){{0,2}}{_FILL}{_NAME}", "interest in ", "interested in "
    ),
    *_frames(3.0, rf"(?:(?:to|at|with|for)\s){_FILL}{_NAME}", "applying ", "applied "),
    *_frames(
        3.0, rf"(?:(?:to|at|with)\s){_FILL}{_NAME}", "application ", "candidacy ", "apply ", "submission "
    ),
    *_frames(
        3.0,
        _NAME,
        "here at ",
        "on behalf of ",
        "team here at ",
        "consider joining ",
        "opportunities at ",
        "opportunity at ",
        "opportunities with ",
        "opportunity with ",
        "career at ",
        "career with ",
        "careers at ",
        "employment with ",
        "employment at ",
        "position at ",
        "role at ",
        "opening at ",
        "internship at ",
        "job at ",
        "position with ",
        "role with ",
        "position here at ",
        "role here at ",
        "process at ",
        "process with ",
        "candidature chez ",
        "poste chez ",
        "recrutement chez ",
        "stelle bei ",
        "position bei ",
        "bewerbung bei ",
        "mitarbeit bei ",
        "praktikum bei ",
        "einstieg bei ",
        "viewed by ",
        "was sent to ",
        "received by team ",
        "received by ",
        "sent to ",
        "recruiting team at ",
        "talent team at ",
        "recruitment team at ",
        "acquisition team at ",
        "hiring team at ",
        "people team at ",
        "interview at ",
        "interview with ",
        "interviews at ",
        "interviewing at ",
        "interviewing with ",
        "interviews with ",
        "conversation with ",
        "offer from ",
        "offer with ",
        "offer at ",
        "kandidatur bei ",
        "solicitud en ",
        "candidatura em ",
    ),
    *_frames(
        2.5,
        _NAME,
        "consider ",
        "considering ",
        "team at ",
        "joining ",
        "join ",
        "welcome to ",
        "us at ",
        "recruiter at ",
        "recruiter for ",
        "recruiter with ",
        "manager at ",
        "engineer at ",
        "lead at ",
        "director at ",
        "acquisition at ",
        "engineering at ",
        "people at ",
        "partner at ",
        "specialist at ",
        "working at ",
        "work at ",
        "careers with ",
        "life at ",
        "developer at ",
        "analyst at ",
        "scientist at ",
        "designer at ",
        "intern at ",
        "hired at ",
        "recruiting at ",
        "resources at ",
        "founder of ",
        "founders of ",
        "co-founder of ",
        "part of ",
        "ceo of ",
        "cto of ",
        "from team ",
        "hiring at ",
        "joining us at ",
        "exploring ",
        "choosing ",
        "thank you from ",
        "greetings from ",
        "hello from ",
        "application received at ",
        "start at ",
        "journey with ",
        "journey at ",
        "selected for ",
        "time with ",
        "rejoindre ",
        "l'\u00e9quipe de ",
        "int\u00e9r\u00eat pour ",
        "bewerbung im ",
        "portez \u00e0 ",
        "port\u00e9 \u00e0 ",
        "int\u00e9r\u00eat envers ",
        "ihr team von ",
        "dein team von ",
        "team von ",
        "a recruiter with ",
        "a recruiter at ",
        "recruiter from ",
        "half of all engineers at ",
        "interesse an der ",
        "interesse an ",
        "team der ",
        "bewerbung in der ",
        "karriere bei ",
        "willkommen bei ",
        "gespr\u00e4ch bei ",
        "interview bei ",
        "entretien chez ",
    ),
    *_frames(1.0, _NAME, " at ", " with ", " bei ", " chez ", " @ ", "about ", "from ", "follow "),
)
# Behind the name: "(the) Acme Recruiting Team", "Acme has decided". The trigger stands right of the name.
BEHIND: tuple[tuple[str, float], ...] = (
    (" recruiting team", 2.5),
    (" recruitment team", 2.5),
    (" talent acquisition", 2.5),
    (" talent team", 2.5),
    (" hiring team", 2.5),
    (" people team", 2.5),
    (" recruiting", 1.5),
    (" careers team", 2.5),
    (" recruiters", 1.5),
    (" careers page", 1.5),
    (" careers site", 1.5),
    (" career page", 1.5),
    (" careers website", 1.5),
    (" careers", 1.0),
    (" has moved", 2.5),
    (" has decided", 1.5),
    (" has received", 2.0),
    (" has reviewed", 2.0),
    (" is hiring", 2.0),
    (" viewed your", 2.5),
    (" team", 1.0),
    (" hr team", 2.5),
    (" university recruiting", 2.5),
    (" campus team", 2.5),
    (" people operations", 2.0),
    (" human resources", 2.0),
    (" candidate experience", 2.0),
    (" hr", 1.0),
    (" is an equal", 2.0),
    (" welcomes", 1.0),
    (" application", 1.0),
    (" interview", 1.0),
    (" hiring process", 1.5),
    (" has selected", 2.0),
    (" has chosen", 1.5),
    (" would like to", 1.0),
    (" assessment", 0.8),
    (" opportunity", 1.0),
    (" talent community", 2.0),
    (" talent network", 2.0),
    (" personalabteilung", 2.0),
    ("-team", 1.5),
)
BEHIND_NAME = re.compile(rf"(?:^|(?<=[\s(\"',>|-])){COMPANY}$")
# In the subject only, over the whole line.
_PREFIX = r"^(?:(?i:re|fwd?|aw|wg|invitation|updated invitation|cancell?ed|einladung):\s*){0,8}"
_END = r"(?=\s*(?:$|[!?.,:;|(\[\u2013\u2014-]))"
SUBJECT_FRAMES: tuple[tuple[re.Pattern[str], float, str], ...] = tuple(
    (re.compile(pattern), weight, name)
    for pattern, weight, name in (
        (rf"{_PREFIX}\[{COMPANY}\]", 1.9, "[X]"),
        (rf"\({COMPANY}\)(?=\s|$)", 1.3, "(X)"),
        (
            rf"{_PREFIX}{COMPANY}\s?(?:[-\u2013\u2014|:]|//)\s?(?=\S)",
            1.7,
            "subject start",
        ),
        (rf"\s(?:[-\u2013\u2014|@]|at|//)\s{COMPANY}[!.]?\s*$", 1.6, "subject end"),
        (
            (
                rf"(?i:\b(?:your|ihre|deine|my|the|votre)) {COMPANY} (?i:application|interview|offer"
                rf"|candidacy|onsite|on-site|bewerbung"
                r"|coding|assessment|technical|opportunity|phone|job|career|internship|journey|account"
                r"|profile|take-home)"
            ),
            2.0,
            "your X application",
        ),
        (
            (
                rf"{_PREFIX}{COMPANY} (?i:application|interview|phone|onsite"
                rf"|on-site|recruiting|careers?|opportunity"
                r"|offer|coding|technical|assessment|hackerrank|online|resume|follow|update|next step"
                r"|next steps|video|virtual|talent"
                r"|status|hiring|job|candidate|position|team|on-line|invitation|challenge|superday|final"
                r"|bewerbung|einladung)\b"
            ),
            1.8,
            "X application",
        ),
        (
            (
                rf"(?i:\b(?:from|with|to|by|@|bei|chez|at|for|joining|offer from|message from|note from|in)) "
                rf"(?:the |our |Team |team )?{COMPANY}{_END}"
            ),
            1.6,
            "subject of X",
        ),
        (
            (
                rf"^(?i:hiring|jobs?|roles?|positions?|engineering roles?|opportunit(?:y"
                rf"|ies)) (?i:at|with) {COMPANY}"
            ),
            2.0,
            "roles at X",
        ),
        (rf"^(?i:it's|this is|hi from|hello from) {COMPANY}", 1.5, "it's X"),
        (rf"(?i:\b(?:got your|received your) application[,:]?) {COMPANY}", 1.0, "received X"),
    )
)
# Closing lines: the whole line is a team's name.
_TEAM_WORDS = (
    r"(?:(?:Global|Early|University|Campus|Tech|Technical|Corporate|Candidate|US|UK|EMEA|Client"
    r"|Engineering|Product|Data|Internship)\s)*"
    r"(?:Recruiting|Recruitment|Recruiters?|Recruiter|Talent|Acquisition|Hiring|Careers?|People|HR"
    r"|Human\s+Resources|Staffing|Team"
    r"|TA|Crew|Jobs|Bewerbermanagement|Personalabteilung|Recrutement|Notifications?"
    r"|Hiring\s+Manager|Employment|Onboarding)"
)
CLOSING_LINES: tuple[tuple[re.Pattern[str], float, str], ...] = (
    (
        re.compile(
            rf"^(?:(?i:-{{1,2}}|the|your|ihr|ihre|dein|deine|euer|team)\s){{0,2}}{COMPANY}[\s-]{_TEAM_WORDS}"
            r"(?:\s(?:and|&|\|)\s\w+)?(?:\s\w+){0,2}[.,!]?$"
        ),
        3.0,
        "closing team",
    ),
    (
        re.compile(
            rf"^(?i:the |your |ihr |dein |das )?(?:Team|team|Recruiting Team|Talent Team|HR Team"
            rf"|People Team|Equipe|\u00c9quipe)"
            rf"(?i: at| of| von| der| de| @| bei)? {COMPANY}[.,!]?$"
        ),
        2.5,
        "closing team of",
    ),
    (
        re.compile(
            rf"^(?i:recruiting|recruitment|talent acquisition|human resources|hr|careers|hr team"
            rf"|people team|people operations"
            rf"|hr department|recruiting team|talent team|hiring team|hiring manager)\s?(?:[|,@\u2013-]"
            rf"|at|of)\s?{COMPANY}$"
        ),
        2.5,
        "closing desk",
    ),
    (
        re.compile(rf"^[^,|@\n]{{3,50}}(?:\s?[|@]\s?|,\s|\s[\u2013-]\s|\sat\s|\sbei\s){COMPANY}$"),
        1.6,
        "closing role",
    ),
)
# A line of a board's layout: "Acme - Reno, NV", "Acme \u00b7 Berlin (Hybrid)".
PLACE_LINE = re.compile(rf"^{COMPANY}\s(?:[\u00b7\u2022|\u2013-])\s(?P<place>[^\n]{{3,60}})$", re.MULTILINE)
ROLE_NOUN_NEXT = re.compile(
    r"['\"]?\s?(?:\([^()\n]{1,30}\)\s?)?(?i:position|role|opening|job|vacancy|internship|opportunity"
    r"|posting|program|team member"
    r"|requisition|stelle)s?\b"
)
