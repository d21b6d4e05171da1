"""One email of an application with what was decided about it."""

from __future__ import annotations

from dataclasses import dataclass

from app.correlation.models import Link
from app.intake.models import VerdictRow
from app.mail.models import Email


@dataclass(frozen=True, slots=True)
class LinkedMail:
    """One email of an application with what was decided about it."""

    email: Email
    verdict: VerdictRow
    link: Link
