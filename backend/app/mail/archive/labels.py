"""Labels of archived mail as Gmail's API names them, so that every door speaks of SENT, SPAM or TRASH alike.

Takeout writes labels in the language of the account: the system ones are known here in English, German and
French, the rest are the user's own. Folder names of other mail programs give the same ids.
"""

from __future__ import annotations

import csv
import re
from pathlib import PurePosixPath

from app.mail.headers import decode_words

_NAMES = {
    "INBOX": "inbox|posteingang|boîte de réception",
    "SENT": "sent|sent mail|sent items|sent messages|gesendet|gesendete objekte|gesendete elemente"
    "|messages envoyés|envoyés|éléments envoyés",
    "SPAM": "spam|junk|junk e-mail|junk email|bulk mail|junk-e-mail|indésirables|courrier indésirable",
    "TRASH": "trash|bin|deleted items|deleted messages|papierkorb|gelöschte elemente|gelöschte objekte"
    "|corbeille|éléments supprimés",
    "DRAFT": "draft|drafts|entwurf|entwürfe|brouillon|brouillons",
    "CHAT": "chat|chats",
    "STARRED": "starred|markiert|suivi|suivis|messages suivis",
    "IMPORTANT": "important|wichtig|importants",
    "UNREAD": "unread|ungelesen|non lu|non lus",
}
_SYSTEM = {name: label for label, names in _NAMES.items() for name in names.split("|")}
_NO_LABELS = frozenset(
    ["opened", "geöffnet", "ouvert", "ouverts", "archived", "archiviert", "archivés", "messages archivés"]
)
_CATEGORY = re.compile(r"(?:category|kategorie|catégorie)[ _:]+[\"„“«'\s]*(.+?)[\"“”»'\s]*$", re.IGNORECASE)
_CATEGORIES = {
    "promotions": "CATEGORY_PROMOTIONS",
    "werbung": "CATEGORY_PROMOTIONS",
    "social": "CATEGORY_SOCIAL",
    "soziale netzwerke": "CATEGORY_SOCIAL",
    "réseaux sociaux": "CATEGORY_SOCIAL",
    "updates": "CATEGORY_UPDATES",
    "benachrichtigungen": "CATEGORY_UPDATES",
    "notifications": "CATEGORY_UPDATES",
    "forums": "CATEGORY_FORUMS",
    "foren": "CATEGORY_FORUMS",
    "personal": "CATEGORY_PERSONAL",
    "allgemein": "CATEGORY_PERSONAL",
    "principale": "CATEGORY_PERSONAL",
}
_MAX_LABELS = 50
_FLAGS = re.compile(r"[:;!]2,([A-Za-z]*)$")


def read_labels(value: str) -> tuple[str, ...]:
    """The labels of an X-Gmail-Labels header, encoded words and quoted commas understood, once each."""
    fields = next(csv.reader([decode_words(value)], skipinitialspace=True), [])
    labels = (_label_of(field.strip()) for field in fields[:_MAX_LABELS])
    return tuple(dict.fromkeys(label for label in labels if label))


def labels_of_member(name: str) -> tuple[str, ...]:
    """The labels that a file's or folder's name tells: `Sent.mbox`, `.Trash/cur/1:2,S`, `Papierkorb`.

    Flags of a Maildir message count too: T is TRASH, D is DRAFT.
    """
    path = PurePosixPath(name)
    folder = path.parent.parent.name if path.parent.name in ("cur", "new") else path.stem
    found = [_SYSTEM.get(word.casefold()) for word in (folder, *re.split(r"[./]", folder)[-1:])]
    flags = _FLAGS.search(path.name)
    if flags and "T" in flags[1]:
        found.append("TRASH")
    if flags and "D" in flags[1]:
        found.append("DRAFT")
    return tuple(dict.fromkeys(label for label in found if label))


def _label_of(name: str) -> str:
    folded = name.casefold()
    if folded in _NO_LABELS:
        return ""
    category = _CATEGORY.match(folded)
    if category and category[1] in _CATEGORIES:
        return _CATEGORIES[category[1]]
    return _SYSTEM.get(folded, name[:200])
