"""What a mail states about the job: company, title, place, pay, dates, and what the user must do about
it.

Deterministic and without a model. Whatever a mail doesn't state is None, never guessed; every entity that
stands literally in the subject or the text has evidence with exact offsets, labelled with the field's
name.
"""

from app.classification.entities.action_items import detect_action_items
from app.classification.entities.extract import extract_entities

__all__ = ["detect_action_items", "extract_entities"]
