"""The names of what a sentence can do; cues in every language use the same ones."""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """What a sentence does. The values are the evidence labels."""

    THANKS = "thanks"
    AFTER_TALK = "after_talk"
    RECEIVED = "received"
    WILL_REVIEW = "will_review"
    CONTACT_IF_MATCH = "contact_if_match"
    DECLINE = "decline"
    REGRET = "regret"
    PRELUDE = "prelude"
    FILLED = "filled"
    KEEP_ON_FILE = "keep_on_file"
    WISH_LUCK = "wish_luck"
    REAPPLY = "reapply"
    INVITE_TALK = "invite_talk"
    TALK_TOPIC = "talk_topic"
    ASK_AVAILABILITY = "ask_availability"
    FIXED_SLOT = "fixed_slot"
    TEST_INVITE = "test_invite"
    TEST_TOPIC = "test_topic"
    TEST_DONE = "test_done"
    OFFER_TERMS = "offer_terms"
    JOB_TERMS = "job_terms"
    ASK_INFO = "ask_info"
    PROGRESS = "progress"
    PITCH = "pitch"
    DIGEST_ITEM = "digest_item"
    ACCOUNT = "account"
    COMMERCE = "commerce"
    PROMOTION = "promotion"
    CHATTER = "chatter"
    EMPLOYEE = "employee"
    OTHER_APPLICATION = "other_application"
    CANDIDACY = "candidacy"
