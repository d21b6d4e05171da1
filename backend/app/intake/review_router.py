"""Review over the API: what is unsure, one call for each answer, and how right the rest is."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from fastapi import APIRouter, Body
from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.applications.errors import ApplicationNotFound
from app.applications.fields import Line
from app.applications.models import Application, Stage
from app.auth.dependencies import CurrentUser
from app.classification.values import EmailClass
from app.core import db
from app.core.pagination import Limit, Offset, Page
from app.core.web import ReadDb, RowId, problems
from app.intake import reading, repository, review, speaking
from app.intake.errors import EmptyApplication, NothingSaid, NotReadYet, OwnMail
from app.intake.review import Accuracy, Question
from app.intake.schemas import EmailDetail, email_detail
from app.intake.speaking import Word
from app.mail.errors import EmailNotFound

router = APIRouter(tags=["review"])
_ANSWERS = problems(EmailNotFound, ApplicationNotFound, OwnMail, NotReadYet, NothingSaid, EmptyApplication)
Id = Annotated[int, Field(ge=1, le=2**31 - 1)]


class EntitiesSaid(BaseModel):
    """What the mail really states; fields that are left out stay, null clears one."""

    model_config = ConfigDict(extra="forbid")

    company_name: Line | None = None
    job_title: Line | None = None
    location: Line | None = None
    salary_text: Line | None = None
    requisition_id: Annotated[Line, Field(max_length=100)] | None = None
    job_url: Annotated[str, Field(max_length=2000, pattern=r"^https?://\S+$")] | None = None

    def said(self) -> dict[str, str | None]:
        return {name: getattr(self, name) for name in sorted(self.model_fields_set)}


class EmailPatch(BaseModel):
    """What a person says about an email."""

    model_config = ConfigDict(extra="forbid")

    email_class: EmailClass | None = None
    entities: EntitiesSaid = EntitiesSaid()


class LinkRequest(BaseModel):
    """Where an email belongs: to an application, or to a new one."""

    model_config = ConfigDict(extra="forbid")

    application_id: Id | None = None
    new: bool = False

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if self.new == (self.application_id is not None):
            raise ValueError("Give an application_id, or new: true.")
        return self


class ReviewAnswer(BaseModel):
    """`confirm`: it is what it was read as. `correct`: it is `email_class`, states `entities`, belongs to
    `application_id`. `not_job`: it is about no job. `later`: ask again tomorrow. `also` are mails alike to which
    the same answer applies."""

    model_config = ConfigDict(extra="forbid")

    action: Literal["confirm", "correct", "not_job", "later"]
    email_class: EmailClass | None = None
    entities: EntitiesSaid = EntitiesSaid()
    application_id: Id | None = None
    also: Annotated[list[Id], Field(max_length=100)] = []


class Candidate(BaseModel):
    """An application that a mail may belong to."""

    id: int
    company_name: str | None
    job_title: str | None
    stage: Stage
    last_activity_at: datetime

    @classmethod
    def of(cls, application: Application) -> Self:
        return cls(**{name: getattr(application, name) for name in cls.model_fields})


class QuestionOut(BaseModel):
    """One mail to be asked about, with those alike and the applications that it may belong to."""

    email: EmailDetail
    alike: list[int]
    candidates: list[Candidate]

    @classmethod
    def of(cls, question: Question) -> Self:
        return cls(
            email=email_detail(question.whole),
            alike=list(question.alike),
            candidates=[Candidate.of(a) for a in question.candidates],
        )


class Spoken(BaseModel):
    """The email after a person spoke; `decision_ids` are for undo, `left` how many mails wait for an answer."""

    email: EmailDetail
    decision_ids: list[int]
    left: int


class SampleOut(BaseModel):
    """Mails to check, and what the answers so far say: `right` of `checked`, with a 95 % interval."""

    items: list[EmailDetail]
    checked: int
    right: int
    low: float
    high: float


@router.get("/review", response_model=Page[QuestionOut])
def list_review(
    session: ReadDb, user: CurrentUser, offset: Offset = 0, limit: Limit = 20
) -> Page[QuestionOut]:
    """What the machine is unsure about, costliest first; `total` counts every mail that waits."""
    found, total = review.questions(session, user.id, offset, limit)
    return Page(items=[QuestionOut.of(q) for q in found], total=total, offset=offset, limit=limit)


@router.get("/review/sample", response_model=SampleOut)
def get_sample(session: ReadDb, user: CurrentUser) -> SampleOut:
    """Thirty mails that the machine is sure of, to see how right it is on this mailbox."""
    return _sample_out(
        review.checked(session, user.id), [email_detail(w) for w in review.sample(session, user.id)]
    )


@router.post("/review/sample", response_model=SampleOut, responses=_ANSWERS)
def answer_sample(
    user: CurrentUser, email_id: Annotated[Id, Body()], email_class: Annotated[EmailClass, Body()]
) -> SampleOut:
    """Say what one of the thirty is; it was right when that is what it was read as."""
    speaking.speak(user.id, [email_id], Word(email_class=email_class, sample=True))
    with db.read_session() as session:
        return _sample_out(review.checked(session, user.id), [])


@router.post("/review/{email_id}", response_model=Spoken, responses=_ANSWERS)
def answer_review(user: CurrentUser, email_id: RowId, answer: ReviewAnswer) -> Spoken:
    """Answer for one mail, and for mails alike."""
    ids = list(dict.fromkeys([email_id, *answer.also]))
    if answer.action == "later":
        with db.transaction() as session:
            for each in ids:
                speaking.put_off(session, user.id, each)
        return _spoken(user.id, email_id, [])
    return _spoken(user.id, email_id, speaking.speak(user.id, ids, _word(user.id, email_id, answer)))


@router.patch("/emails/{email_id}", response_model=Spoken, responses=_ANSWERS)
def correct_email(user: CurrentUser, email_id: RowId, patch: EmailPatch) -> Spoken:
    """Say what an email is and what it states."""
    word = Word(email_class=patch.email_class, entities=patch.entities.said())
    return _spoken(user.id, email_id, speaking.speak(user.id, [email_id], word))


@router.post("/emails/{email_id}/link", response_model=Spoken, responses=_ANSWERS)
def link_email(user: CurrentUser, email_id: RowId, request: LinkRequest) -> Spoken:
    """Put an email to an application, or begin one with it."""
    word = Word(application_id=request.application_id, new_application=request.new)
    return _spoken(user.id, email_id, speaking.speak(user.id, [email_id], word))


@router.post("/emails/{email_id}/unlink", response_model=Spoken, responses=_ANSWERS)
def unlink_email(user: CurrentUser, email_id: RowId) -> Spoken:
    """Take an email out of its application."""
    return _spoken(user.id, email_id, speaking.speak(user.id, [email_id], Word(unlink=True)))


def _word(user_id: int, email_id: int, answer: ReviewAnswer) -> Word:
    if answer.action == "not_job":
        return Word(email_class=EmailClass.NOT_JOB_RELATED)
    email_class = answer.email_class
    if answer.action == "confirm" and email_class is None:
        with db.read_session() as session:
            verdict = repository.verdicts_of(session, user_id, [email_id]).get(email_id)
        email_class = EmailClass(verdict.email_class) if verdict and verdict.email_class else None
    return Word(
        email_class=email_class, entities=answer.entities.said(), application_id=answer.application_id
    )


def _spoken(user_id: int, email_id: int, made: list[int]) -> Spoken:
    with db.read_session() as session:
        email = email_detail(reading.get_email(session, user_id, email_id))
        return Spoken(email=email, decision_ids=made, left=repository.count_to_review(session, user_id))


def _sample_out(accuracy: Accuracy, items: list[EmailDetail]) -> SampleOut:
    low, high = accuracy.interval
    values: dict[str, Any] = {"checked": accuracy.checked, "right": accuracy.right, "low": low, "high": high}
    return SampleOut(items=items, **values)
