"""A big mail file from the browser: attachments stay behind, and an interruption costs nothing."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Request, Route, expect

from tests.e2e.big_archives import write_big_mbox
from tests.e2e.conftest import OpenVisit
from tests.e2e.product import Product

_CHUNKS = re.compile(r"/api/imports/mail/uploads/[0-9a-f]{32}\?offset=")
_MIB = 1024 * 1024


class Connection:
    """Lets chunks through until `allowed` is used up; then the line is dead."""

    def __init__(self, allowed: int) -> None:
        self.allowed = allowed
        self.sent: list[tuple[int, int]] = []

    def handle(self, route: Route, request: Request) -> None:
        if len(self.sent) >= self.allowed:
            route.abort("connectionreset")
            return
        offset = int(parse_qs(urlsplit(request.url).query)["offset"][0])
        self.sent.append((offset, len(request.post_data_buffer or b"")))
        route.continue_()


def test_a_big_file_survives_a_lost_connection_and_a_reload(
    product: Product, visit: OpenVisit, tmp_path: Path
) -> None:
    path = tmp_path / "All mail.mbox"
    mails = write_big_mbox(path, megabytes=20, text_megabytes=3.5)
    product.make_owner()
    here = visit(product)
    here.sign_in()
    here.expect_words("net::ERR_CONNECTION_RESET")
    page = here.page
    page.goto("/welcome")
    connection = Connection(allowed=2)
    page.route(_CHUNKS, connection.handle)
    page.get_by_label("Choose a file").set_input_files(path)
    expect(page.get_by_text("The connection is gone.")).to_be_visible()
    expect(page.get_by_text("2.1 MB handed over")).to_be_visible()
    expect(page.get_by_role("progressbar", name="Handing over All mail.mbox, progress")).to_be_visible()

    page.reload()
    expect(page.get_by_text("All mail.mbox was not finished: 2.1 MB have arrived.")).to_be_visible()
    connection.allowed = 1000
    page.get_by_label("Choose a file").set_input_files(path)
    expect(page.get_by_role("heading", name="Your mail is read")).to_be_visible(timeout=120_000)
    offset, _ = connection.sent[2]
    assert _MIB < offset < 2 * _MIB, "it went on, and sent a little again to have it compared"
    assert 3_500_000 < sum(size for _, size in connection.sent) < 5_500_000, "the attachments stayed"
    expect(page.get_by_text(re.compile(f"^{mails} read, 2 about jobs, 1 application$"))).to_be_visible()
    row = page.get_by_role("list", name="Applications").get_by_role("button")
    expect(row).to_contain_text("Rejected")

    with product.client() as client:
        found = client.get("/api/emails", params={"q": "Thank you for applying"}).raise_for_status().json()
        email = client.get(f"/api/emails/{found['items'][0]['id']}").raise_for_status().json()
    assert [(each["name"], each["type"]) for each in email["attachments"]] == [("scan.png", "image/png")]
    assert 300_000 < email["attachments"][0]["size"] < 320_000


def test_a_cancelled_upload_leaves_nothing(product: Product, visit: OpenVisit, tmp_path: Path) -> None:
    path = tmp_path / "big.mbox"
    write_big_mbox(path, megabytes=6, text_megabytes=2.5)
    product.make_owner()
    here = visit(product)
    here.sign_in()
    here.expect_words("net::ERR_CONNECTION_RESET")
    page = here.page
    page.goto("/welcome")
    page.route(_CHUNKS, Connection(allowed=1).handle)
    page.get_by_label("Choose a file").set_input_files(path)
    expect(page.get_by_text("The connection is gone.")).to_be_visible()
    with page.expect_response(lambda answer: answer.request.method == "DELETE"):
        page.get_by_role("button", name="Cancel").click()
    expect(page.locator("button", has_text="Choose a file")).to_be_visible()
    with product.client() as client:
        assert client.get("/api/imports/mail/uploads").raise_for_status().json()["items"] == []
    page.reload()
    expect(page.locator("button", has_text="Choose a file")).to_be_visible()
    expect(page.get_by_text("was not finished")).to_have_count(0)
