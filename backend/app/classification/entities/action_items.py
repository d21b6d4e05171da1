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
    r"(?:your|send|share|provide|me|us)\s(?:\w+\s){0,4}availabilit|(?:are|would|will) you (?:be )?(?:available|free)|what (?:times?|days?|dates?)\b|which (?:\w+ )?(?:times?|slots?|days?|dates?|one|of)\b"
    r"|when (?:would|are|could|can|do|is|might) (?:you|a good)|times? (?:that|which) (?:work|suit)|(?:a few|some|couple of|several) (?:\w+ )?(?:times|dates|slots)|works? (?:best )?for you|suits? you"
    r"|verfügbarkeit|welcher termin|wann (?:es )?(?:ihnen|dir|hätten|passt)|terminvorschl|passt (?:ihnen|dir)|disponibilités|êtes-vous disponible|your schedule",
)
_CONFIRM = re.compile(
    r"(?:please|kindly)\s(?:\w+\s){0,3}(?:confirm|respond|reply|rsvp|accept)|confirm (?:your (?:attendance|availability|participation|acceptance)|that (?:this|you)|if (?:this|you)|whether|receipt|the (?:time|date|appointment))"
    r"|let (?:me|us) know (?:if|whether|by|as soon|your|what|when|which|how|once|should)|rsvp|get back to (?:me|us)|respond to this|reply to this|reply (?:with|by)|bitte (?:\w+ ){0,4}bestätig|bestätigen sie|geben sie (?:uns|mir)"
    r"|(?:gib|gebt) (?:uns|mir)|merci de (?:\w+ ){0,2}confirmer|veuillez confirmer|looking forward to (?:your (?:reply|response|confirmation)|hearing from you)",
)
_BOOK = re.compile(
    r"(?:book|schedule|pick|select|choose|find|reserve)\s(?:\w+\s){0,4}(?:time|slot|interview|call|appointment|meeting|chat)|self-?schedul|scheduling link|termin (?:buchen|auswählen|wählen|vereinbaren)"
    r"|view (?:my|his|her|our|their) availability|my calendar|calendar link|réserver un créneau",
)
_TEST_DONE = re.compile(
    r"(?:thank you|thanks) (?:so much )?for (?:completing|taking|submitting|finishing|your submission)|(?:we|have) (?:have )?received your (?:\w+ ){0,3}(?:assessment|test|submission|solution|challenge)"
    r"|you(?:'ve| have) (?:successfully )?(?:completed|submitted|finished)|(?:assessment|test|challenge) (?:has been |was |is )?(?:completed|submitted|received)|(?:you )?(?:have )?passed (?:the|your) (?:\w+ )?(?:assessment|test|challenge)"
    r"|danke,? (?:dass|für) .{0,40}(?:absolviert|abgeschlossen|einsendung)",
)
_SIGN = re.compile(
    r"\bsign(?:ed|ing)?\b(?! up| in\b)|e-?sign|docusign|countersign|unterschr|unterzeich|signer|signature|accept (?:the|this|our|your) offer|accepting (?:the|this|our) offer|formally accept",
)
_PROVIDE = re.compile(
    r"(?:please|kindly|need you to|ask you to|asked to|required to|must|could you|can you|bitte|merci de|veuillez)\s(?:\w+\s){0,5}"
    r"(?:complete|fill (?:out|in)|provide|submit|upload|send|share|verify|update|attach|forward|answer|return|reichen|senden|laden|füllen|nachreichen|compléter|envoyer|fournir)\w*\s"
    r"(?:\w+\s){0,7}?(?P<what>form|forms|document|documents|documentation|reference|references|questionnaire|information|info|details|transcript|transcripts|portfolio|work samples?|resume|résumé|cv|cover letter"
    r"|id|identification|passport|visa|certificates?|background check|email address|email|profile|questions?|survey|application|paperwork|salary expectations?|availability|unterlagen|zeugnisse|lebenslauf|formular|pièces|dossier)\b",
)
_QUESTION = re.compile(
    r"(?:are|would|might|will) you (?:be )?(?:open|interested|available|willing|up)|interested\?|(?:let (?:me|us) know|reply|respond|get back)\b|when (?:would|are|is) (?:you|a good)|(?:could|can) you (?:please )?(?:confirm|let|tell|share|send)"
    r"|have (?:time|a few minutes)|interesse\?|hast du|haben sie|melde dich|melden sie|êtes-vous|intéressée?\s?\?",
)
_ASK = re.compile(r"(?:could|can|would|do|are|is|have|will) you\b[^.!\n]{3,160}\?")
_TEST_LINK = re.compile(
    r"(?:start|begin|take|access|launch|complete|assessment|challenge|test|here)", re.IGNORECASE
)


def detect_action_items(
    email: EmailValue, segmented: Segmented, email_class: EmailClass, entities: Entities
) -> tuple[ActionItemValue, ...]:
    """The user's tasks, at most one of a kind, most pressing first. Rejections, alerts and other mail ask nothing;
    a due date is one that the mail states, in the future of the mail."""
    if email_class in _NEVER:
        return ()
    reading = read_mail(email, segmented)
    links = _links(email, reading)
    items: list[ActionItemValue] = []
    if email_class is EmailClass.INTERVIEW_REQUEST:
        items += _interview_items(reading, links, entities)
    elif email_class is EmailClass.ASSESSMENT and not _TEST_DONE.search(reading.text.lower[:1500]):
        link = links.get("assessment") or _only_link(email)
        items.append(
            ActionItemValue("assessment", f"Complete the assessment{_named(entities, 'for')}", None, link)
        )
    elif email_class is EmailClass.OFFER:
        if links.get("esignature") or _SIGN.search(reading.text.lower):
            items.append(
                ActionItemValue(
                    "sign_offer", f"Sign the offer{_named(entities, 'from')}", None, links.get("esignature")
                )
            )
        else:
            items.append(ActionItemValue("reply", f"Answer the offer{_named(entities, 'from')}"))
    elif email_class is EmailClass.RECRUITER_OUTREACH:
        if links.get("scheduling"):
            items.append(
                ActionItemValue(
                    "schedule", f"Pick a time to talk{_named(entities, 'with')}", None, links["scheduling"]
                )
            )
        elif _QUESTION.search(reading.text.lower):
            items.append(ActionItemValue("reply", f"Answer the recruiter{_about(entities)}"))
    elif email_class is EmailClass.STATUS_UPDATE and _ASK.search(reading.text.lower):
        items.append(ActionItemValue("reply", f"Answer the questions{_named(entities, 'from')}"))
    provide = _PROVIDE.search(reading.text.lower)
    if provide is not None and not any(item.kind in {"assessment", "schedule"} for item in items):
        what = provide.group("what").lower()
        clash = what in {"availability"} or (
            what in {"application", "profile"} and email_class is not EmailClass.STATUS_UPDATE
        )
        if not clash and not _conditional(reading.text.lower, provide.start()):
            if email_class is EmailClass.STATUS_UPDATE:
                items = [item for item in items if item.kind != "reply"]
            items.append(
                ActionItemValue(
                    "provide_information", f"Provide what {entities.company_name or 'they'} asked for: {what}"
                )
            )
    if not items:
        return ()
    deadline = find_deadline(reading.text, email.received_at)
    due = deadline[0] if deadline is not None else None
    if email_class is EmailClass.OFFER:
        due = _in_reach(due, email.received_at)
    return tuple(replace(item, due_at=due) for item in items)


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
