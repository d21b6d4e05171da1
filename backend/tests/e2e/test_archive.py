"""A mail file, dropped on the welcome page."""

from __future__ import annotations

import mailbox
import re
from email.message import EmailMessage
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.conftest import OpenVisit
from tests.e2e.product import Product

_DROP = """([name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name, { type: "application/mbox" }));
  return data;
}"""


_MAILS = (
    (
        "Tin Whistle Careers <careers@tinwhistle.example>",
        "Thank you for applying to Tin Whistle",
        """Hi Ana,

Thank you for applying for the Harbour Pilot position at Tin Whistle. We have received your application and
will review it.
""",
    ),
    ("Larkspur Books <hello@larkspur.example>", "Your order has shipped", "Your parcel is on its way.\n"),
    (
        "Tin Whistle Careers <careers@tinwhistle.example>",
        "Your application to Tin Whistle",
        """Hi Ana,

Thank you for your interest in the Harbour Pilot position at Tin Whistle. Unfortunately, we have decided to
move forward with other candidates.
""",
    ),
)


def write_mbox(path: Path) -> None:
    """Two mails of one application, and one that has nothing to do with any."""
    box = mailbox.mbox(path)
    for number, (sender, subject, text) in enumerate(_MAILS):
        mail = EmailMessage()
        mail["From"], mail["Subject"] = sender, subject
        mail["To"] = "Ana Testperson <ana.testperson@example.com>"
        mail["Date"] = f"Mon, {number + 1:02} Jun 2026 09:00:00 +0000"
        mail["Message-ID"] = f"<{number}@mbox.example>"
        mail.set_content(text)
        box.add(mail)
    box.flush()
    box.close()


def test_a_mail_file_chosen_or_dropped_becomes_an_application(
    product: Product, visit: OpenVisit, tmp_path: Path
) -> None:
    path = tmp_path / "inbox.mbox"
    write_mbox(path)
    product.make_owner()
    here = visit(product)
    here.sign_in()
    page = here.page
    page.goto("/")
    expect(page.get_by_role("heading", name="Where is your mail?")).to_be_visible()

    with page.expect_file_chooser() as chooser:
        page.locator("button", has_text="Choose a file").click()
    chooser.value.set_files(path)
    expect(page.get_by_role("heading", name="Your mail is read")).to_be_visible(timeout=60_000)
    expect(page.get_by_text(re.compile("^3 read, 2 about jobs, 1 application$"))).to_be_visible()
    row = page.get_by_role("list", name="Applications").get_by_role("button")
    expect(row).to_contain_text("Tin Whistle")
    expect(row).to_contain_text("Rejected")
    row.click()
    story = page.get_by_role("region", name="Story")
    story.get_by_role("button", expanded=False).filter(has_text="other candidates").first.click()
    expect(story.locator("article mark")).to_contain_text("move forward with other candidates")

    page.get_by_role("link", name="Mail & sync").click()
    files = page.evaluate_handle(_DROP, ["again.mbox", path.read_text()])
    page.get_by_role("region", name="Drop a mail file").dispatch_event("drop", {"dataTransfer": files})
    expect(page.get_by_role("heading", name="Your mail is read")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Mail & sync").click()
    expect(page.get_by_text("3 known already")).to_be_visible()
    expect(page.get_by_text("3 mails")).to_be_visible()


def test_a_file_that_is_no_mailbox_is_refused_with_a_sentence(
    product: Product, visit: OpenVisit, tmp_path: Path
) -> None:
    path = tmp_path / "holiday.mbox"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    product.make_owner()
    here = visit(product)
    here.sign_in()
    here.expect_path_status(r"/api/imports/mail/uploads/\w+/finish", 422)
    here.page.goto("/welcome")
    here.page.get_by_label("Choose a file").set_input_files(path)
    expect(here.page.get_by_role("alert")).to_contain_text("mail")
    expect(here.page.locator("button", has_text="Choose a file")).to_be_enabled()
