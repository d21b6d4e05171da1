"""All written mails and the applications that they tell of."""

from __future__ import annotations

from app.demo.mailbox import (
    abroad,
    alerts,
    data_jobs,
    designers,
    engineers,
    everyday,
    finance,
    interviews,
    offers,
    open_ends,
    outreach,
    products,
    public_service,
    trade,
)
from app.demo.mailbox.notation import App, Mail

_LETTERS = (
    offers,
    interviews,
    outreach,
    open_ends,
    abroad,
    data_jobs,
    engineers,
    designers,
    products,
    trade,
    finance,
    public_service,
)
APPLICATIONS: tuple[App, ...] = tuple(
    application for letters in _LETTERS for application in letters.APPLICATIONS
)
MAILS: tuple[Mail, ...] = tuple(mail for letters in (*_LETTERS, alerts, everyday) for mail in letters.MAILS)
