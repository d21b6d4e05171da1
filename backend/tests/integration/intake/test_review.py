"""A person corrects what mail says: at once, for good, for mail alike, and back again exactly."""

from __future__ import annotations

from typing import Any

from tests.factories.imports import import_mails, items
from tests.factories.mailboxes import candidacy
from tests.factories.mails import make_mail
from tests.integration.conftest import Person

STORY = candidacy("Larkspur Systems", "Data Engineer", "received", "interview", "rejection")


def letter(number: int, city: str = "Lisbon", domain: str = "circle.example") -> bytes:
    """One issue of a letter that the machine knows nothing of."""
    return make_mail(
        sender=f"Circle <news@{domain}>",
        subject=f"Your evening in {city}",
        text=(
            f"Hello,\n\non the {number}th we meet again in {city} and talk about patience and changing course. "
            "Bring a friend, a question and a pen. There is tea, and nobody has to speak. "
            "We would be happy to see you there.\n\nThe Circle"
        ),
        message_id=f"<letter-{number}-{city}@{domain}>",
        date=f"{number} Jan 2026 10:00:00 +0000",
    )


def emails(person: Person, **wanted: Any) -> list[dict[str, Any]]:
    return items(person.http, "/api/emails", **wanted)


def by_subject(person: Person, word: str) -> dict[str, Any]:
    (found,) = [e for e in emails(person) if word in e["subject"]]
    return found


def say(person: Person, method: str, path: str, **body: Any) -> dict[str, Any]:
    answer = person.http.request(method, f"/api{path}", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def undo(person: Person, spoken: dict[str, Any]) -> None:
    for decision_id in reversed(spoken["decision_ids"]):
        assert person.http.post(f"/api/decisions/{decision_id}/revoke").status_code == 200


def shown(person: Person) -> tuple[Any, Any]:
    """Everything that could change: applications and mails, without what counts writes."""
    applications = [
        person.http.get(f"/api/applications/{a['id']}").json()
        for a in items(person.http, "/api/applications")
    ]
    for application in applications:
        for part in (*application["action_items"], *application["interviews"], *application["contacts"]):
            part.pop("id", None)
    return applications, emails(person)


def test_a_corrected_class_moves_the_stage_and_undo_brings_all_back(ana: Person) -> None:
    import_mails(ana.http, STORY)
    before = shown(ana)
    (application,) = before[0]
    assert application["stage"] == "rejected"
    rejection = next(e for e in before[1] if e["email_class"] == "REJECTION")
    spoken = say(ana, "PATCH", f"/emails/{rejection['id']}", email_class="STATUS_UPDATE")
    assert spoken["email"]["email_class"] == "STATUS_UPDATE"
    assert spoken["email"]["classified_by"] == "user"
    assert spoken["email"]["confidence"] == 1.0
    assert ana.http.get(f"/api/applications/{application['id']}").json()["stage"] == "interview"
    again = say(ana, "PATCH", f"/emails/{rejection['id']}", email_class="STATUS_UPDATE")
    assert again["decision_ids"] == spoken["decision_ids"]  # the second click
    undo(ana, spoken)
    assert shown(ana) == before


def test_what_a_person_said_stays_when_more_mail_of_the_conversation_comes(ana: Person) -> None:
    import_mails(ana.http, STORY[1:])
    interview = next(e for e in emails(ana) if e["email_class"] == "INTERVIEW_REQUEST")
    say(ana, "PATCH", f"/emails/{interview['id']}", email_class="STATUS_UPDATE")
    import_mails(ana.http, STORY[:1])
    assert ana.http.get(f"/api/emails/{interview['id']}").json()["email_class"] == "STATUS_UPDATE"


def test_a_field_that_a_person_states_names_the_application(ana: Person) -> None:
    import_mails(ana.http, STORY[:1])
    before = shown(ana)
    (mail,) = emails(ana)
    spoken = say(
        ana,
        "PATCH",
        f"/emails/{mail['id']}",
        entities={"job_title": "Analytics Engineer", "location": "Porto"},
    )
    (application,) = items(ana.http, "/api/applications")
    assert (application["job_title"], application["location"]) == ("Analytics Engineer", "Porto")
    assert len(spoken["decision_ids"]) == 2
    undo(ana, spoken)
    assert shown(ana) == before


def test_not_job_mail_leaves_and_comes_back(ana: Person) -> None:
    import_mails(ana.http, STORY[:1])
    before = shown(ana)
    (mail,) = emails(ana)
    spoken = say(ana, "POST", f"/review/{mail['id']}", action="not_job")
    assert spoken["email"]["application_id"] is None
    assert items(ana.http, "/api/applications") == []
    undo(ana, spoken)
    (application,) = items(ana.http, "/api/applications")
    assert application["company_name"] == before[0][0]["company_name"]
    assert application["stage"] == before[0][0]["stage"]


def test_mail_alike_follows_at_once_for_this_user_alone(ana: Person, bob: Person) -> None:
    import_mails(ana.http, [letter(5)])
    (first,) = emails(ana)
    said = "JOB_ALERT" if first["email_class"] != "JOB_ALERT" else "NOT_JOB_RELATED"
    spoken = say(ana, "PATCH", f"/emails/{first['id']}", email_class=said)
    more = [letter(12, "Porto"), letter(12, "Porto", "other.example")]
    import_mails(ana.http, more)
    import_mails(bob.http, more)
    learned = next(
        e for e in emails(ana) if e["sender_email"] == "news@circle.example" and "Porto" in e["subject"]
    )
    assert (learned["email_class"], learned["classified_by"]) == (
        said,
        f"learned:{spoken['decision_ids'][0]}",
    )
    why = ana.http.get(f"/api/emails/{learned['id']}").json()["verdict"]["reasoning"]
    assert why[0].startswith("because you corrected a mail like this on ")
    others = [e for e in [*emails(bob), *emails(ana)] if e["id"] not in (learned["id"], first["id"])]
    assert {e["email_class"] for e in others} == {first["email_class"]}
    undo(ana, spoken)
    import_mails(ana.http, [letter(19, "Faro")])
    assert by_subject(ana, "Faro")["email_class"] == first["email_class"]


def test_review_asks_in_groups_and_one_answer_serves_them(ana: Person) -> None:
    import_mails(ana.http, [letter(n, city) for n, city in ((5, "Lisbon"), (12, "Porto"), (19, "Faro"))])
    made_unsure(ana)
    page = ana.http.get("/api/review").json()
    assert page["total"] == 3
    (question,) = page["items"]
    assert len(question["alike"]) == 2
    spoken = say(ana, "POST", f"/review/{question['email']['id']}", action="not_job", also=question["alike"])
    assert (spoken["left"], len(spoken["decision_ids"])) == (0, 3)
    assert ana.http.get("/api/review").json()["total"] == 0


def test_later_means_tomorrow(ana: Person) -> None:
    import_mails(ana.http, [letter(5)])
    made_unsure(ana)
    (mail,) = emails(ana)
    assert say(ana, "POST", f"/review/{mail['id']}", action="later")["left"] == 0
    assert ana.http.get(f"/api/emails/{mail['id']}").json()["needs_review"] is True


def test_a_mail_goes_where_a_person_puts_it_and_back(ana: Person) -> None:
    import_mails(ana.http, [*STORY, *candidacy("Quillfeather Labs", "Analyst", "received")])
    before = shown(ana)
    target = next(a for a in before[0] if a["company_name"] == "Quillfeather Labs")
    source = next(a for a in before[0] if a["id"] != target["id"])
    rejection = next(e for e in before[1] if e["email_class"] == "REJECTION")
    moved = say(ana, "POST", f"/emails/{rejection['id']}/link", application_id=target["id"])
    assert (moved["email"]["application_id"], moved["email"]["link_method"]) == (target["id"], "user")
    assert ana.http.get(f"/api/applications/{target['id']}").json()["stage"] == "rejected"
    assert ana.http.get(f"/api/applications/{source['id']}").json()["stage"] == "interview"
    home = say(ana, "POST", f"/emails/{rejection['id']}/unlink")
    assert home["email"]["application_id"] == source["id"]  # where it would be without a word
    out = say(ana, "POST", f"/emails/{rejection['id']}/unlink")
    assert out["email"]["application_id"] is None
    for spoken in (out, home, moved):
        undo(ana, spoken)
    assert shown(ana) == before
    alone = say(ana, "POST", f"/emails/{rejection['id']}/link", new=True)
    assert alone["email"]["application_id"] not in (source["id"], target["id"])
    assert len(items(ana.http, "/api/applications")) == 3


def test_the_sample_says_how_right_the_rest_is(ana: Person) -> None:
    import_mails(ana.http, STORY)
    sample = ana.http.get("/api/review/sample").json()
    assert (sample["checked"], sample["low"], sample["high"]) == (0, 0.0, 1.0)
    assert len(sample["items"]) >= 2
    first, second, *_ = sample["items"]
    say(ana, "POST", "/review/sample", email_id=first["id"], email_class=first["email_class"])
    result = say(ana, "POST", "/review/sample", email_id=second["id"], email_class="RECRUITER_OUTREACH")
    assert (result["checked"], result["right"]) == (2, 1)
    assert result["low"] < 0.5 < result["high"]


def test_bad_answers_say_what_is_wrong(ana: Person, bob: Person) -> None:
    import_mails(ana.http, STORY[:1])
    (mail,) = emails(ana)
    for path, body, status, code in (
        (f"/api/review/{mail['id']}", {"action": "correct"}, 422, "email.nothing_said"),
        (
            f"/api/review/{mail['id']}",
            {"action": "correct", "application_id": 999_999},
            404,
            "application.not_found",
        ),
        ("/api/review/999999", {"action": "not_job"}, 404, "email.not_found"),
        (f"/api/emails/{mail['id']}/link", {"application_id": 1, "new": True}, 422, "request.invalid"),
    ):
        answer = ana.http.post(path, json=body)
        assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert bob.http.post(f"/api/review/{mail['id']}", json={"action": "not_job"}).status_code == 404
    assert bob.http.post(f"/api/emails/{mail['id']}/unlink").status_code == 404


def made_unsure(person: Person) -> None:
    """Mark all mail for review, as an unsure verdict would."""
    from app.core import db
    from app.intake import repository

    with db.transaction() as session:
        repository.mark_review(session, person.user.id, [e["id"] for e in emails(person)], "unsure")
