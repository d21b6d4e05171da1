"""Every host that is contacted is listed: for whom, what for, how often. And where nobody goes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from app.core import db, egress, outgoing
from app.core.errors import AppError
from app.core.outgoing import HostNotAllowed, Purpose
from app.core.settings import Settings, SettingsError, get_settings, use_settings
from app.mail.imap import probing
from app.mail.imap.errors import ImapNotAllowed
from tests.factories.accounts import make_user
from tests.factories.mailservers import access_of
from tests.factories.settings import make_settings
from tests.fakes.imap import FakeImap
from tests.fakes.imap_mailbox import ImapAccount
from tests.fakes.llm import FakeLlm
from tests.integration.conftest import Person
from tests.integration.imap.conftest import access_to


@pytest.fixture
def server() -> Iterator[FakeImap]:
    with FakeImap(ImapAccount()) as running:
        yield running


@pytest.fixture
def model() -> Iterator[FakeLlm]:
    with FakeLlm() as running:
        yield running


def listed(person: Person) -> dict[tuple[str, str, int], dict[str, Any]]:
    egress.flush()
    answer = person.http.get("/api/egress")
    assert answer.status_code == 200, answer.text
    assert not answer.json()["offline"]
    return {(each["purpose"], each["host"], each["port"]): each for each in answer.json()["items"]}


def with_settings(settings: Settings, **more: Any) -> Settings:
    """The same installation under other settings."""
    made = make_settings(settings.database_url, settings.data_dir, **more)
    use_settings(made)
    return made


def test_hosts_are_listed_for_whom_they_were_contacted(
    ana: Person, bob: Person, server: FakeImap, model: FakeLlm, app_settings: Settings
) -> None:
    assert listed(ana) == {}
    assert ana.http.post("/api/mail-accounts/imap", json=access_to(server)).status_code == 201
    patch = {"openai_base_url": model.openai_url, "openai_api_key": model.key, "openai_model": "a-model"}
    assert ana.http.post("/api/settings/llm/test", json=patch).status_code == 200
    port = outgoing.place_of(model.openai_url)[1]
    of_ana = listed(ana)
    assert of_ana["imap", "127.0.0.1", server.port]["own"]
    assert of_ana["imap", "127.0.0.1", server.port]["count"] >= 1
    assert not of_ana["llm", "127.0.0.1", port]["own"]
    assert set(listed(bob)) == {("llm", "127.0.0.1", port)}, "whose mail lies where is theirs to know"


def test_contacts_are_counted_from_many_threads_and_processes(ana: Person, app_settings: Settings) -> None:
    def contact() -> None:
        for _ in range(20):
            egress.note("web", "jobs.example", 443)

    threads = [threading.Thread(target=contact) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = listed(ana)["web", "jobs.example", 443]
    assert found["count"] == 80
    egress.note("web", "jobs.example", 443)
    assert listed(ana)["web", "jobs.example", 443]["first_at"] == found["first_at"]
    assert listed(ana)["web", "jobs.example", 443]["count"] == 81


def test_the_first_contact_is_written_at_once(ana: Person) -> None:
    egress.note("web", "first.example", 443)
    answer = ana.http.get("/api/egress").json()
    assert [each["host"] for each in answer["items"]] == ["first.example"]


def test_a_contact_inside_a_transaction_waits_and_one_of_nobody_is_dropped(ana: Person) -> None:
    with db.transaction():
        egress.note("web", "waits.example", 443)
    egress.note("imap", "gone.example", 993, user_id=999_999)
    assert set(listed(ana)) == {("web", "waits.example", 443)}


def test_what_a_person_had_contacted_goes_with_them(ana: Person) -> None:
    leaver = make_user("leaver")
    egress.note("imap", "imap.leaver.example", 993, user_id=leaver.id)
    egress.flush()
    with db.transaction() as session:
        user = session.get(type(leaver), leaver.id)
        session.delete(user)
    with db.read_session() as session:
        assert egress.contacts_of(session, leaver.id, offset=0, limit=50) == ([], 0)


def test_models_in_private_networks_are_a_matter_of_the_setting(
    ana: Person, model: FakeLlm, app_settings: Settings
) -> None:
    patch = {"openai_base_url": model.openai_url, "openai_api_key": model.key, "openai_model": "private"}
    with_settings(app_settings, allow_private_hosts=False)
    for method, path in (("PATCH", "/api/settings/llm"), ("POST", "/api/settings/llm/test")):
        answer = ana.http.request(method, path, json=patch)
        assert (answer.status_code, answer.json()["code"]) == (422, "llm.address_refused"), answer.text
    for host in ("169.254.169.254", "2852039166", "[fd00:ec2::254]", "[::ffff:169.254.169.254]"):
        with_settings(app_settings, allow_private_hosts=True)
        answer = ana.http.patch("/api/settings/llm", json={"openai_base_url": f"http://{host}/v1"})
        assert (answer.status_code, answer.json()["code"]) == (422, "llm.address_refused"), host
    assert model.asked == []


def test_a_model_that_was_stored_is_checked_again_at_every_connection(
    ana: Person, model: FakeLlm, app_settings: Settings
) -> None:
    patch = {"openai_base_url": model.openai_url, "openai_api_key": model.key, "openai_model": "later"}
    assert ana.http.patch("/api/settings/llm", json=patch).status_code == 200
    with_settings(app_settings, allow_private_hosts=False)
    answer = ana.http.post("/api/settings/llm/test")
    assert (answer.status_code, answer.json()["code"]) == (422, "llm.address_refused"), answer.text
    assert model.asked == []


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:11434/v1", "http://192.168.1.5/v1", "http://[::1]:1/v1"]
)
def test_a_private_model_of_the_environment_stops_the_start(app_settings: Settings, address: str) -> None:
    with pytest.raises(SettingsError, match="ALLOW_PRIVATE_HOSTS"):
        make_settings("sqlite://", app_settings.data_dir, openai_base_url=address, host="0.0.0.0")
    with pytest.raises(SettingsError, match="never"):
        make_settings("sqlite://", app_settings.data_dir, openai_base_url="http://169.254.169.254/v1")


def test_mail_servers_in_private_networks_are_a_matter_of_the_setting(
    ana: Person, server: FakeImap, app_settings: Settings
) -> None:
    with_settings(app_settings, allow_private_hosts=False)
    for host in ("127.0.0.1", "localhost", "2130706433"):
        answer = ana.http.post("/api/mail-accounts/imap", json={**access_to(server), "host": host})
        assert (answer.status_code, answer.json()["code"]) == (422, "imap.not_allowed"), answer.text
    assert listed(ana) == {}
    with pytest.raises(ImapNotAllowed):
        probing.probe(access_of(server), user_id=ana.id)


def test_offline_still_reads_mail_and_nothing_else(
    ana: Person, server: FakeImap, model: FakeLlm, app_settings: Settings
) -> None:
    with_settings(app_settings, offline=True)
    assert ana.http.get("/api/egress").json()["offline"]
    assert ana.http.post("/api/mail-accounts/imap", json=access_to(server)).status_code == 201
    patch = {"openai_base_url": model.openai_url, "openai_api_key": model.key, "openai_model": "off"}
    answer = ana.http.post("/api/settings/llm/test", json=patch)
    assert (answer.status_code, answer.json()["code"]) == (409, "llm.offline")
    assert model.asked == []
    with pytest.raises(AppError):
        outgoing.permit(Purpose.CALENDAR, "www.googleapis.com", 443)
    assert get_settings().offline


def test_a_stored_address_may_be_unknown_just_now(app_settings: Settings) -> None:
    use_settings(app_settings)
    outgoing.check_place(Purpose.LLM, "https://no-such-host.invalid/v1")
    with pytest.raises(HostNotAllowed):
        outgoing.check_place(Purpose.LLM, "ftp://no-such-host.invalid/v1")
