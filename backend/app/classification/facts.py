"""What headers, links, layout and thread say about a mail, as named facts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.classification.segments import Segmented, SegmentKind
from app.classification.values import Direction, EmailClass, EmailValue, ThreadContext
from app.companies import service as companies

_FORWARD_SUBJECT = re.compile(r"^\s*(?:fwd?|wg|tr|rv|enc|doorgest)\s?:", re.IGNORECASE)
_AUTOMATIC_NAME = re.compile(r"no-?_?reply|do-?not-?reply|notification")
_MARKETING_NAME = re.compile(
    r"newsletter|marketing|promo|news\b|deals|offers|store|orders?\b|billing|receipts?|shipping"
)
_HIRING_NAME = re.compile(r"recruit|talent|career|jobs?\b|hiring|\bhr\b|people|bewerb|candidat")
_METHOD = re.compile(r"^METHOD:\s*([A-Z]+)", re.MULTILINE | re.IGNORECASE)
_CANCELLED = re.compile(r"^STATUS:\s*CANCELLED", re.MULTILINE | re.IGNORECASE)
_LABEL = re.compile(
    r"^[ \t>*•·\-–]{0,6}([^\W\d_]{2,12}(?: [^\W\d_]{2,12})?)\*{0,2}\s?(?:[:–]|:?-(?= ))", re.MULTILINE
)
_LABELS = (
    (
        "slot",
        re.compile(
            r"date|time|mode|format|platform|interviewers?|panel|when|venue|datum|uhrzeit|ort|wann|wo|wer|horaire|lieu"
            r"|hora|fecha|lugar|duration|agenda"
        ),
    ),
    (
        "job",
        re.compile(
            r"role|position|title|location|duration|rate|client|skills|experience|type|visa|budget|payrate|rolle"
            r"|einsatzort"
        ),
    ),
    (
        "offer",
        re.compile(
            r"salary|compensation|ctc|package|joining|reporting|start|stipend|probation|benefits|gehalt|eintritt"
            r"|remuneration"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What headers, links and the thread say, as plain words such as `sender:ats` or `link:scheduling`."""

    names: frozenset[str]
    calendar_method: str | None = None  # request | cancel | reply | publish | None

    def __contains__(self, name: str) -> bool:
        return name in self.names


def collect_facts(email: EmailValue, context: ThreadContext, segmented: Segmented) -> Facts:
    names: set[str] = set()
    sender = companies.sender_facts(email.sender_email, email.sender_name)
    names.add(f"sender:{sender.kind.value}")
    headers = email.headers
    if headers.list_unsubscribe:
        names.add("list:unsubscribe")
    if headers.list_id:
        names.add("list:id")
    if (headers.precedence or "").strip().lower() in {"bulk", "list", "junk"}:
        names.add("bulk")
    if (headers.auto_submitted or "no").strip().lower() not in {"no", ""}:
        names.add("auto")
    if headers.is_reply:
        names.add("reply")
    if _FORWARD_SUBJECT.match(email.subject):
        names.add("forwarded")
    local = email.sender_email.partition("@")[0].lower()
    if _AUTOMATIC_NAME.search(local):
        names.add("noreply")
    if _MARKETING_NAME.search(local):
        names.add("marketing")
    if _HIRING_NAME.search(f"{local} {email.sender_name.lower()}"):
        names.add("hiring_sender")
    names.update(
        f"label:{label.lower()}" for label in headers.labels if label.upper().startswith("CATEGORY_")
    )
    names.update(_link_facts(email))
    names.update(_shape_facts(segmented))
    names.update(_label_facts(email.text))
    names.update(_thread_facts(context))
    return Facts(frozenset(names), _calendar_method(email))


def _link_facts(email: EmailValue) -> set[str]:
    kinds: set[str] = set()
    for url in email.links[:60]:
        kind = companies.link_kind(url)
        if kind is not None:
            kinds.add(f"link:{kind}")
    return kinds


def _shape_facts(segmented: Segmented) -> set[str]:
    total = max(1, len(segmented.text))
    sizes: dict[SegmentKind, int] = {}
    for part in segmented.segments:
        sizes[part.kind] = sizes.get(part.kind, 0) + part.end - part.start
    names = set()
    digest = sizes.get(SegmentKind.DIGEST, 0)
    if digest:
        names.add("shape:digest")
    if digest > 0.35 * total or digest > 1500:
        names.add("shape:mostly_digest")
    if sizes.get(SegmentKind.JOB_DESCRIPTION, 0) > 150:
        names.add("shape:job_description")
    if sizes.get(SegmentKind.QUOTED, 0):
        names.add("shape:quoted")
    if sizes.get(SegmentKind.FORWARDED, 0):
        names.add("shape:forwarded")
    return names


def _label_facts(text: str) -> set[str]:
    """Which kind of "Label: value" lines a mail has: two of a kind make a fact."""
    words = {word for m in _LABEL.finditer(text[:6000]) for word in m.group(1).lower().split()}
    names = set()
    for name, labels in _LABELS:
        if sum(1 for word in words if labels.fullmatch(word)) >= 2:
            names.add(f"shape:{name}_labels")
    return names


_APPLICATION_CLASSES = frozenset(
    {
        EmailClass.APPLICATION_RECEIVED,
        EmailClass.INTERVIEW_REQUEST,
        EmailClass.ASSESSMENT,
        EmailClass.OFFER,
        EmailClass.REJECTION,
        EmailClass.STATUS_UPDATE,
    }
)


def _thread_facts(context: ThreadContext) -> set[str]:
    names = set()
    if context.previous_classes:
        names.add(f"thread:{context.previous_classes[-1].value}")
        if any(c in _APPLICATION_CLASSES for c in context.previous_classes):
            names.add("thread:application")
        if any(
            c in _APPLICATION_CLASSES or c is EmailClass.RECRUITER_OUTREACH for c in context.previous_classes
        ):
            names.add("thread:job")
    if Direction.OUT in context.previous_directions:
        names.add("thread:own")
    return names


def _calendar_method(email: EmailValue) -> str | None:
    if not email.calendar:
        return None
    head = email.calendar[:20000]
    method = _METHOD.search(head)
    if _CANCELLED.search(head):
        return "cancel"
    return method.group(1).lower() if method else "publish"
