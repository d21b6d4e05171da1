"""The graph that turns one read mail into a verdict. Compiled once per process; knows no database.

`START -> classify_email -> extract_entities -> assign_stage -> detect_action_items -> match_resume -> END`,
leaving after `classify_email` when the mail isn't about the user's applications. The model has run over the
whole batch before a mail enters, because vectorised work is several times faster outside.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypedDict

from app.classification import entities as entity_room
from app.classification.decision import NOT_JOB, Decision, decide, follow
from app.classification.evidence import find_evidence
from app.classification.model import Prediction
from app.classification.reading import Reading
from app.classification.resumes import match_resume
from app.classification.values import ActionItemValue, EmailClass, Entities, Evidence, ResumeMatch

if TYPE_CHECKING:
    from langgraph.graph.state import CompiledStateGraph

STAGES: dict[EmailClass, str] = {
    EmailClass.APPLICATION_RECEIVED: "applied",
    EmailClass.ASSESSMENT: "assessment",
    EmailClass.INTERVIEW_REQUEST: "interview",
    EmailClass.OFFER: "offer",
    EmailClass.REJECTION: "rejected",
}


class MailState(TypedDict, total=False):
    """What travels through the graph for one mail."""

    reading: Reading
    prediction: Prediction
    decision: Decision
    entities: Entities
    evidence: tuple[Evidence, ...]
    application_stage: str | None
    action_items: tuple[ActionItemValue, ...]
    matched_resume: ResumeMatch | None


def classify_email(state: MailState) -> MailState:
    """The class, its confidence and the sentences that carried it."""
    reading = state["reading"]
    decision = decide(reading, state["prediction"])
    if reading.context.said is not None:
        decision = follow(decision, reading.context.said)
    return {"decision": decision, "evidence": find_evidence(reading, decision.email_class)}


def extract_entities(state: MailState) -> MailState:
    """Company, title and whatever else the mail states about the job."""
    reading = state["reading"]
    entities, evidence = entity_room.extract_entities(
        reading.email, reading.segmented, state["decision"].email_class
    )
    return {"entities": entities, "evidence": state["evidence"] + evidence}


def assign_stage(state: MailState) -> MailState:
    """The stage that this mail puts an application into, None for classes that say nothing about it."""
    return {"application_stage": STAGES.get(state["decision"].email_class)}


def detect_action_items(state: MailState) -> MailState:
    """What the user must do because of this mail."""
    reading = state["reading"]
    items = entity_room.detect_action_items(
        reading.email, reading.segmented, state["decision"].email_class, state["entities"]
    )
    return {"action_items": items}


def match_resumes(state: MailState) -> MailState:
    """The resume that fits the job best, when the caller gave resumes."""
    reading = state["reading"]
    resumes = reading.context.resumes
    return {"matched_resume": match_resume(reading, state["entities"], resumes) if resumes else None}


def leaves_early(state: MailState) -> str:
    """Mail that isn't about the user's applications has no entities, stage or action items."""
    return "end" if state["decision"].email_class in NOT_JOB else "go_on"


@cache
def compiled_graph() -> CompiledStateGraph[Any, Any, Any, Any]:
    """The compiled graph; the same object for the life of the process."""
    from langgraph.graph import END, START, StateGraph

    graph = StateGraph(MailState)
    graph.add_node("classify_email", classify_email)
    graph.add_node("extract_entities", extract_entities)
    graph.add_node("assign_stage", assign_stage)
    graph.add_node("detect_action_items", detect_action_items)
    graph.add_node("match_resume", match_resumes)
    graph.add_edge(START, "classify_email")
    graph.add_conditional_edges("classify_email", leaves_early, {"end": END, "go_on": "extract_entities"})
    graph.add_edge("extract_entities", "assign_stage")
    graph.add_edge("assign_stage", "detect_action_items")
    graph.add_edge("detect_action_items", "match_resume")
    graph.add_edge("match_resume", END)
    return graph.compile()
