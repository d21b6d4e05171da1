"""What a mail asks the user to do."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from app.classification.entities.deadlines import find_deadline
from app.classification.entities.reading import Reading, read_mail
from app.classification.segments import Segmented
from app.classification.values import ActionItemValue, EmailClass, EmailValue, Entities
from app.companies import service as companies

_NEVER = frozenset({EmailClass.REJECTION, EmailClass.JOB_ALERT, EmailClass.NOT_JOB_RELATED})
_MAX_LINKS = 60
_AVAILABILITY = re.compile(
    r"(?:your|send|share|provide|me|us)\s(?:\w+\s){0,4}availabilit|(?:are|would"
    r"|will) you (?:be )?(?:available|free)|what (?:times?|days?|dates?)\b"
    r"|which (?:\w+ )?(?:times?|slots?|days?|dates?|one|of)\b"
    r"|when (?:would|are|could|can|do|is|might) (?:you|a good)|times? (?:that|which) (?:work|suit)"
    r"|(?:a few|some|couple of|several) (?:\w+ )?(?:times|dates|slots)|works? (?:best )?for you"
    r"|suits? you"
    r"|verfügbarkeit|welcher termin|wann (?:es )?(?:ihnen|dir|hätten|passt)|terminvorschl"
    r"|passt (?:ihnen|dir)|disponibilités|êtes-vous disponible|your schedule",
)
_CONFIRM = re.compile(
    r"(?:please|kindly)\s(?:\w+\s){0,3}(?:confirm|respond|reply|rsvp|accept)"
    r"|confirm (?:your (?:attendance|availability|participation|acceptance)|that (?:this|you)"
    r"|if (?:this|you)|whether|receipt|the (?:time|date|appointment))"
    r"|let (?:me|us) know (?:if|whether|by|as soon|your|what|when|which|how|once|should)|rsvp"
    r"|get back to (?:me|us)|respond to this|reply to this|reply (?:with|by)"
    r"|bitte (?:\w+ ){0,4}bestätig|bestätigen sie|geben sie (?:uns|mir)"
    r"|(?:gib|gebt) (?:uns|mir)|merci de (?:\w+ ){0,2}confirmer|veuillez confirmer"
    r"|looking forward to (?:your (?:reply|response|confirmation)|hearing from you)",
)
_BOOK = re.compile(
    r"(?:book|schedule|pick|select|choose|find|reserve)\s(?:\w+\s){0,4}(?:time|slot|interview|call"
    r"|appointment|meeting|chat)|self-?schedul|scheduling link|termin (?:buchen|auswählen"
    r"|wählen|vereinbaren)"
    r"|view (?:my|his|her|our|their) availability|my calendar|calendar link|réserver un créneau",
)
_TEST_DONE = re.compile(
    r"(?:thank you|thanks) (?:so much )?for (?:completing|taking|submitting|finishing|your submission)"
    r"|(?:we|have) (?:have )?received your (?:\w+ ){0,3}(?:assessment|test|submission|solution"
    r"|challenge)"
    r"|you(?:'ve| have) (?:successfully )?(?:completed|submitted|finished)|(?:assessment|test"
    r"|challenge) (?:has been |was |is )?(?:completed|submitted|received)"
    r"|(?:you )?(?:have )?passed (?:the|your) (?:\w+ )?(?:assessment|test|challenge)"
    r"|danke,? (?:dass|für) .{0,40}(?:absolviert|abgeschlossen|einsendung)",
)
_SIGN = re.compile(
    (
        r"\bsign(?:ed|ing)?\b(?! up| in\b)|e-?sign|docusign|countersign|unterschr|unterzeich|signer"
        r"|signature|accept (?:the|this|our|your) offer|accepting (?:the|this|our) offer"
        r"|formally accept"
    ),
)
_PROVIDE = re.compile(
    r"(?:please|kindly|need you to|ask you to|asked to|required to|must|could you|can you|bitte"
    r"|merci de|veuillez)\s(?:\w+\s){0,5}"
    r"(?:complete|fill (?:out|in)|provide|submit|upload|send|share|verify|update|attach|forward|answer"
    r"|return|reichen|senden|laden|füllen|nachreichen|compléter|envoyer|fournir)\w*\s"
    r"(?:\w+\s){0,7}?(?P<what>form|forms|document|documents|documentation|reference|references"
    r"|questionnaire|information|info|details|transcript|transcripts|portfolio|work samples?"
    r"|resume|résumé|cv|cover letter"
    r"|id|identification|passport|visa|certificates?|background check|email address|email|profile"
    r"|questions?|survey|application|paperwork|salary expectations?|availability|unterlagen"
    r"|zeugnisse|lebenslauf|formular|pièces|dossier)\b",
)
_QUESTION = re.compile(
    r"(?:are|would|might|will) you (?:be )?(?:open|interested|available|willing|up)|interested\?"
    r"|(?:let (?:me|us) know|reply|respond|get back)\b|when (?:would|are|is) (?:you|a good)"
    r"|(?:could|can) you (?:please )?(?:confirm|let|tell|share|send)"
    r"|have (?:time|a few minutes)|interesse\?|hast du|haben sie|melde dich|melden sie|êtes-vous"
    r"|intéressée?\s?\?",
)
_ASK = re.compile(r"(?:could|can|would|do|are|is|have|will) you\b[^.!\n]{3,160}\?")
_TEST_LINK = re.compile(
    r"(?:start|begin|take|access|launch|complete|assessment|challenge|test|here)", re.IGNORECASE
)


def detect_action_items(
    email: EmailValue, segmented: Segmented, email_class: EmailClass, entities: Entities
) -> tuple[ActionItemValue, ...]:
    """The user's tasks, at most one of a kind, most pressing first. Rejections, alerts and other mail ask
    nothing; a due date is one that the mail states, in the future of the mail."""
    if email_class in _NEVER:
        return ()
    reading = read_mail(email, segmented)
    links = _links(email, reading)
    items = _items_of_class(email, reading, links, email_class, entities)
    asked = _information_asked(reading, email_class)
    if asked is not None and not any(item.kind in {"assessment", "schedule"} for item in items):
        if email_class is EmailClass.STATUS_UPDATE:
            items = [item for item in items if item.kind != "reply"]
        title = f"Provide what {entities.company_name or 'they'} asked for: {asked}"
        items.append(ActionItemValue("provide_information", title))
    if not items:
        return ()
    deadline = find_deadline(reading.text, email.received_at)
    due = deadline[0] if deadline is not None else None
    if email_class is EmailClass.OFFER:
        due = _in_reach(due, email.received_at)
    return tuple(replace(item, due_at=due) for item in items)


def _items_of_class(
    email: EmailValue, reading: Reading, links: dict[str, str], email_class: EmailClass, entities: Entities
) -> list[ActionItemValue]:
    text = reading.text.lower
    if email_class is EmailClass.INTERVIEW_REQUEST:
        return _interview_items(reading, links, entities)
    if email_class is EmailClass.ASSESSMENT and not _TEST_DONE.search(text[:1500]):
        title = f"Complete the assessment{_named(entities, 'for')}"
        return [ActionItemValue("assessment", title, None, links.get("assessment") or _only_link(email))]
    if email_class is EmailClass.OFFER:
        if links.get("esignature") or _SIGN.search(text):
            title = f"Sign the offer{_named(entities, 'from')}"
            return [ActionItemValue("sign_offer", title, None, links.get("esignature"))]
        return [ActionItemValue("reply", f"Answer the offer{_named(entities, 'from')}")]
    if email_class is EmailClass.RECRUITER_OUTREACH:
        if links.get("scheduling"):
            title = f"Pick a time to talk{_named(entities, 'with')}"
            return [ActionItemValue("schedule", title, None, links["scheduling"])]
        if _QUESTION.search(text):
            return [ActionItemValue("reply", f"Answer the recruiter{_about(entities)}")]
    if email_class is EmailClass.STATUS_UPDATE and _ASK.search(text):
        return [ActionItemValue("reply", f"Answer the questions{_named(entities, 'from')}")]
    return []


def _information_asked(reading: Reading, email_class: EmailClass) -> str | None:
    """What the mail wants sent in ("references", "form"), unless only on a condition."""
    found = _PROVIDE.search(reading.text.lower)
    if found is None or _conditional(reading.text.lower, found.start()):
        return None
    what = found.group("what")
    if what == "availability" or (
        what in {"application", "profile"} and email_class is not EmailClass.STATUS_UPDATE
    ):
        return None
    return what


def _interview_items(reading: Reading, links: dict[str, str], entities: Entities) -> list[ActionItemValue]:
    interview = entities.interview
    fixed = interview is not None and interview.starts_at is not None
    cancelled = interview is not None and interview.method == "cancel"
    text = reading.text.lower
    if links.get("scheduling") and not (fixed and not _BOOK.search(text)):
        return [
            ActionItemValue(
                "schedule",
                f"Pick a time for the interview{_named(entities, 'with')}",
                None,
                links["scheduling"],
            )
        ]
    if cancelled:
        return (
            [ActionItemValue("reply", f"Propose a new time{_named(entities, 'to')}")]
            if _AVAILABILITY.search(text)
            else []
        )
    if not fixed and _BOOK.search(text):
        return [ActionItemValue("schedule", f"Pick a time for the interview{_named(entities, 'with')}")]
    if not fixed and _AVAILABILITY.search(text):
        return [ActionItemValue("reply", f"Send your availability{_named(entities, 'to')}")]
    if _CONFIRM.search(text):
        return [
            ActionItemValue(
                "reply",
                f"Confirm the interview{_named(entities, 'with')}"
                if fixed
                else f"Answer the invitation{_named(entities, 'from')}",
            )
        ]
    return []


def _links(email: EmailValue, reading: Reading) -> dict[str, str]:
    """The first link of each kind."""
    found: dict[str, str] = {}
    urls = list(email.links[:_MAX_LINKS])
    if not urls and "http" in reading.text.lower:
        urls = [
            hit.group().rstrip(".,;)")
            for hit in re.finditer(r"https?://[^\s<>\"'\]]{4,500}", reading.text.plain)
        ][:_MAX_LINKS]
    for url in urls:
        kind = companies.link_kind(url)
        if kind is not None:
            found.setdefault(kind, url)
    return found


def _only_link(email: EmailValue) -> str | None:
    """A test's link on the employer's own pages, when the address itself says so."""
    fitting = [
        url
        for url in email.links[:_MAX_LINKS]
        if _TEST_LINK.search(url.split("?", 1)[0].partition("//")[2].partition("/")[2])
    ]
    return fitting[0] if len(fitting) == 1 else None


def _named(entities: Entities, preposition: str) -> str:
    return f" {preposition} {entities.company_name}" if entities.company_name else ""


def _about(entities: Entities) -> str:
    if entities.job_title:
        return f" about {entities.job_title}"
    return f" from {entities.company_name}" if entities.company_name else ""


def _in_reach(due: datetime | None, received_at: datetime | None) -> datetime | None:
    if due is None or received_at is None:
        return due
    return due if due <= received_at + timedelta(days=60) else None


def _conditional(plain: str, at: int) -> bool:
    """Whether the demand hangs on an "if": "if you are selected, please provide references"."""
    sentence = max(plain.rfind(". ", 0, at), plain.rfind("\n", 0, at), plain.rfind("! ", 0, at), 0)
    return re.search(r"\b(?:if|should you|in case|falls|sollten|si)\b", plain[sentence:at]) is not None
