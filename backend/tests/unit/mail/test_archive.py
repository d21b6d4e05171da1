"""Archives of every kind give the same mail, from any point on, whatever is broken in them."""

from __future__ import annotations

import gzip
import mailbox
import os
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from app.mail.archive.errors import ArchiveTooDense, NotAMailbox, TruncatedArchive
from app.mail.archive.service import Archive, estimate, iterate, open_archive
from app.mail.mime import parse
from app.mail.values import RawMail
from tests.factories.mails import (
    make_mail,
    make_mbox,
    make_numbered,
    make_raw,
    make_tgz,
    make_zip,
    write_big_mbox,
)

MAILS = make_numbered(7)
IDS = [f"<n{number}@larkspur.example>" for number in range(7)]


def write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def write_maildir(path: Path) -> Path:
    box = mailbox.Maildir(path)
    for mail in MAILS[:5]:
        box.add(mail)
    sent = box.add_folder("Sent")
    for mail in MAILS[5:]:
        sent.add(mail)
    (path / "dovecot-uidlist").write_text("3 V1 N1\n")
    return path


def write_kind(kind: str, folder: Path) -> Path:
    """All of MAILS as one archive of that kind."""
    if kind == "maildir":
        return write_maildir(folder / "Maildir")
    if kind == "folder":
        write(folder / "box" / "a.mbox", make_mbox(MAILS[:3]))
        for number, mail in enumerate(MAILS[3:]):
            write(folder / "box" / "more" / f"{number}.eml", mail)
        write(folder / "box" / "notes.json", b"{}")
        return folder / "box"
    eml = {f"Mail/{number}.eml": mail for number, mail in enumerate(MAILS[4:])}
    members = {
        "Takeout/a.html": b"<p>",
        "Mail/All mail.mbox": make_mbox(MAILS[:4]),
        **eml,
        "x.zip": make_zip({}),
    }
    contents = {
        "mbox": make_mbox(MAILS),
        "mbox-crlf": make_mbox(MAILS, crlf=True),
        "mbox-blank-lines-first": b"\n\n" + make_mbox(MAILS),
        "mbox.gz": gzip.compress(make_mbox(MAILS)),
        "zip": make_zip(members),
        "tgz": make_tgz(members),
        "tar": gzip.decompress(make_tgz(members)),
    }
    return write(folder / f"mail.{kind}", contents[kind])


KINDS = ["mbox", "mbox-crlf", "mbox-blank-lines-first", "mbox.gz", "zip", "tgz", "tar", "maildir", "folder"]


def ids_of(mails: list[RawMail]) -> list[str | None]:
    return [parse(mail.raw).rfc822_message_id for mail in mails]


def read_until_fault(archive: Archive) -> tuple[list[RawMail], TruncatedArchive]:
    mails: list[RawMail] = []
    with pytest.raises(TruncatedArchive) as caught:
        mails.extend(iterate(archive))  # keeps what came before the fault
    return mails, caught.value


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_gives_every_mail(kind: str, tmp_path: Path) -> None:
    archive = open_archive(write_kind(kind, tmp_path))
    mails = list(iterate(archive))
    assert sorted(ids_of(mails), key=str) == IDS
    assert len({mail.provider_message_id for mail in mails}) == len(IDS)
    progress = [mail.position["bytes_done"] for mail in mails if mail.position]
    assert progress == sorted(progress)
    assert 0 < progress[-1] <= estimate(archive)


@pytest.mark.parametrize("kind", KINDS)
def test_resume_from_every_position(kind: str, tmp_path: Path) -> None:
    archive = open_archive(write_kind(kind, tmp_path))
    mails = list(iterate(archive))
    for number, mail in enumerate(mails):
        assert list(iterate(archive, mail.position)) == mails[number + 1 :]


def test_same_mail_has_the_same_id_in_every_kind(tmp_path: Path) -> None:
    ids: dict[str, list[str]] = {}
    for kind in KINDS:
        (tmp_path / kind).mkdir()
        archive = open_archive(write_kind(kind, tmp_path / kind))
        ids[kind] = sorted(mail.provider_message_id for mail in iterate(archive))
    assert all(found == ids["mbox"] for found in ids.values())


def test_single_eml(tmp_path: Path) -> None:
    mails = list(iterate(open_archive(write(tmp_path / "one.eml", MAILS[0]))))
    assert [mail.raw for mail in mails] == [MAILS[0]]
    assert list(iterate(open_archive(tmp_path / "one.eml"), mails[0].position)) == []


def test_envelopes_only_after_blank_lines_and_with_dates(tmp_path: Path) -> None:
    text = (
        "Dear Alex,\nFrom Mon Mar  2 09:00:00 2026 on we work.\n\n"
        "From today on all is well.\n\nFrom us Mon Mar  2 09:00:00 2026\n"
    )
    mail = make_mail(text)
    archive = open_archive(write(tmp_path / "a.mbox", make_mbox([mail, MAILS[1]])))
    assert parse(next(iterate(archive)).raw).text == text.strip()
    unquoted = b"From a@example.com Mon Mar  2 09:00:00 2026\n" + make_raw(
        b"One.\n\nFrom today on.\n\n"
    ).replace(b"\r", b"")
    raws = list(iterate(open_archive(write(tmp_path / "b.mbox", unquoted + make_mbox([MAILS[1]])))))
    assert [parse(raw.raw).text.split("\n")[0] for raw in raws] == ["One.", parse(MAILS[1]).text]
    assert parse(raws[0].raw).text == "One.\n\nFrom today on."


@pytest.mark.parametrize("padding", range(262_100, 262_150, 7))
def test_separator_across_blocks(padding: int, tmp_path: Path) -> None:
    """The reader works in blocks of 256 kB; a separator may lie anywhere in them."""
    first = make_raw(b"", "Message-ID: <n0@larkspur.example>").replace(b"\r", b"")
    first += b"x" * 70 + b"\n" + b"y" * (padding - len(first))
    box = make_mbox([first, MAILS[1]])
    assert ids_of(list(iterate(open_archive(write(tmp_path / "a.mbox", box))))) == IDS[:2]


def test_takeout_facts(tmp_path: Path) -> None:
    labels = 'Posteingang,=?UTF-8?Q?Entw=C3=BCrfe?=,"Jobs, 2026",Ungelesen,Geöffnet,Kategorie Werbung'
    mail = make_raw(b"x", f"X-Gmail-Labels: {labels}", "X-GM-THRID: 1790000000000000001")
    envelope = b"From 1790000000000000002@xxx Mon Mar 02 10:00:00 +0200 2026\n"
    archive = open_archive(write(tmp_path / "a.mbox", make_mbox([mail], envelopes=[envelope])))
    (raw,) = iterate(archive)
    assert raw.provider_message_id == "gm:18d75b8423f30002"
    assert raw.thread_id == "18d75b8423f30001"
    assert raw.labels == ("INBOX", "DRAFT", "Jobs, 2026", "UNREAD", "CATEGORY_PROMOTIONS")
    assert raw.internal_date is not None
    assert raw.internal_date.isoformat() == "2026-03-02T08:00:00+00:00"


@pytest.mark.parametrize(
    ("header", "label"),
    [
        ("Sent", "SENT"),
        ("Spam,Unread", "SPAM"),
        ("Corbeille", "TRASH"),
        ("Papierkorb", "TRASH"),
        ("=?UTF-8?Q?Messages_envoy=C3=A9s?=", "SENT"),
        ("Gesendet", "SENT"),
        ("Brouillons", "DRAFT"),
        ("Chat", "CHAT"),
    ],
)
def test_system_labels_in_three_languages(header: str, label: str, tmp_path: Path) -> None:
    mail = make_raw(b"x", f"X-Gmail-Labels: {header}")
    (raw,) = iterate(open_archive(write(tmp_path / "a.mbox", make_mbox([mail]))))
    assert raw.labels[0] == label


def test_folder_names_are_labels(tmp_path: Path) -> None:
    labels = {label for mail in iterate(open_archive(write_maildir(tmp_path / "M"))) for label in mail.labels}
    assert labels == {"SENT"}
    archive = open_archive(write(tmp_path / "a.zip", make_zip({"Mail/Papierkorb.mbox": make_mbox(MAILS)})))
    assert {mail.labels for mail in iterate(archive)} == {("TRASH",)}


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.mbox", b"", "empty"),
        ("a.mbox", b"Once upon a time.\n", "does not look like mail"),
        ("a.bin", os.urandom(5_000), "does not look like mail"),
        ("a.pst", b"!BDN" + b"\0" * 600, "Outlook"),
        ("a.pdf", b"%PDF-1.4", "PDF"),
        ("a.json", b'{"from": "a"}', "does not look like mail"),
        ("a.zip", make_zip({"x.txt": b"hello"}), "holds no mail"),
        (
            "a.zip",
            make_zip({"inner.zip": make_zip({"a.mbox": make_mbox(MAILS)})}),
            "archives inside archives",
        ),
        ("a.zip", b"PK\x03\x04" + b"\0" * 10, "damaged"),
        ("a.tgz", make_tgz({"x.txt": b"hello"}), "holds no mail"),
        ("a.gz", b"\x1f\x8b\x08\x00nonsense", "damaged"),
    ],
)
def test_no_mailbox(name: str, content: bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(NotAMailbox, match=words) as caught:
        open_archive(write(tmp_path / name, content))
    assert (caught.value.status, caught.value.code) == (422, "archive.not_a_mailbox")


def test_missing_file_and_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(NotAMailbox, match="no file"):
        open_archive(tmp_path / "none.mbox")
    with pytest.raises(NotAMailbox, match="holds no mail"):
        open_archive(tmp_path)


def test_links_in_folders_are_not_followed(tmp_path: Path) -> None:
    secret = write(tmp_path / "outside" / "secret.eml", MAILS[0])
    write(tmp_path / "box" / "one.eml", MAILS[1])
    (tmp_path / "box" / "link.eml").symlink_to(secret)
    assert ids_of(list(iterate(open_archive(tmp_path / "box")))) == IDS[1:2]


def test_hostile_member_names_write_nothing(tmp_path: Path) -> None:
    members = {"../../escape.mbox": make_mbox(MAILS[:1]), "/tmp/absolute.eml": MAILS[1]}
    for name, content in (("a.zip", make_zip(members)), ("a.tgz", make_tgz(members))):
        path = write(tmp_path / name / "in" / "deep" / name, content)
        assert sorted(ids_of(list(iterate(open_archive(path)))), key=str) == IDS[:2]
        assert [file for file in (tmp_path / name).rglob("*") if file.is_file()] == [path]
    assert not Path("/tmp/absolute.eml").exists()


def test_truncated_mbox(tmp_path: Path) -> None:
    multipart = make_mail("Plain", html="<p>Rich</p>", message_id=IDS[2])
    box = make_mbox([*MAILS[:2], multipart])
    mails, fault = read_until_fault(open_archive(write(tmp_path / "a.mbox", box[:-60])))
    assert ids_of(mails) == IDS[:3]
    assert fault.params == {"read": 3, "members": ["a.mbox"]}
    mails, _ = read_until_fault(open_archive(write(tmp_path / "b.mbox", make_mbox(MAILS)[:-20])))
    assert ids_of(mails) == IDS
    whole = open_archive(write(tmp_path / "c.mbox", box.rstrip(b"\n")))
    assert ids_of(list(iterate(whole))) == IDS[:3]


def test_truncated_gzip_and_tgz(tmp_path: Path) -> None:
    big = [make_mail(os.urandom(20_000).hex(), message_id=identifier) for identifier in IDS]
    packed = gzip.compress(make_mbox(big))
    mails, _ = read_until_fault(open_archive(write(tmp_path / "a.mbox.gz", packed[: len(packed) // 2])))
    assert ids_of(mails)[:3] == IDS[:3]
    assert len(mails) < 7
    packed = make_tgz({f"{number}.eml": mail for number, mail in enumerate(big)})
    mails, _ = read_until_fault(open_archive(write(tmp_path / "a.tgz", packed[: len(packed) // 2])))
    assert ids_of(mails)[:3] == IDS[:3]
    assert len(mails) < 7


@pytest.mark.parametrize("stored", [False, True])
def test_truncated_zip(stored: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("readme.html", "<p>hello</p>")
        bundle.writestr("a.mbox", make_mbox(MAILS[:3]))
        bundle.writestr(
            "b.mbox", make_mbox([make_mail(os.urandom(30_000).hex(), message_id=i) for i in IDS[3:]])
        )
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 2 // 3])
    archive = open_archive(path)
    mails, fault = read_until_fault(archive)
    assert ids_of(mails)[:4] == IDS[:4]
    assert fault.params["read"] == len(mails) < 7
    with pytest.raises(TruncatedArchive):
        assert list(iterate(archive, mails[3].position)) == mails[4:]


def test_one_damaged_member_does_not_hide_the_others(tmp_path: Path) -> None:
    content = bytearray(make_zip({"a.mbox": make_mbox(MAILS[:3]), "b.mbox": make_mbox(MAILS[3:])}))
    middle = content.index(b"a.mbox") + 40
    content[middle : middle + 20] = b"\xff" * 20
    mails, fault = read_until_fault(open_archive(write(tmp_path / "a.zip", bytes(content))))
    assert ids_of(mails)[-4:] == IDS[3:]
    assert fault.params["members"] == ["a.mbox"]


def test_zip_bombs(tmp_path: Path) -> None:
    zeros = tmp_path / "a.zip"
    with zipfile.ZipFile(zeros, "w", zipfile.ZIP_DEFLATED) as bundle, bundle.open("a.mbox", "w") as member:
        member.write(make_mbox(MAILS[:1]))
        for _ in range(120):
            member.write(b"\0" * 1_000_000)
    with pytest.raises(ArchiveTooDense):
        open_archive(zeros)
    lying = zeros.read_bytes()
    size = (len(make_mbox(MAILS[:1])) + 120_000_000).to_bytes(4, "little")
    assert lying.count(size) >= 1
    zeros.write_bytes(lying.replace(size, (1_000).to_bytes(4, "little")))
    with pytest.raises((ArchiveTooDense, TruncatedArchive, NotAMailbox)):
        list(iterate(open_archive(zeros)))


def test_gzip_bomb(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox.gz"
    with gzip.open(path, "wb") as file:
        file.write(make_mbox(MAILS[:2]))
        for _ in range(120):
            file.write(b"\0" * 1_000_000)
    mails: list[RawMail] = []
    with pytest.raises(ArchiveTooDense):
        mails.extend(iterate(open_archive(path)))
    assert ids_of(mails) == IDS[:1]


def test_big_message_streams_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "big.mbox"
    write_big_mbox(path, megabytes=50)
    tracemalloc.start()
    try:
        mails = list(iterate(open_archive(path)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 10_000_000
    assert all(len(mail.raw) < 10_000 for mail in mails)
    big = parse(mails[1].raw)
    assert big.text == "We would like to invite you.\n\nKind regards"
    assert [(item.name, item.type) for item in big.attachments] == [("plan.pdf", "application/pdf")]
    assert 36_000_000 < big.attachments[0].size < 38_000_000
    assert 49_000_000 < big.size < 51_000_000
    assert ids_of(mails) == ["<n0@larkspur.example>", "<big@larkspur.example>", "<n1@larkspur.example>"]


def test_one_endless_line_stays_small(tmp_path: Path) -> None:
    path = tmp_path / "line.mbox"
    path.write_bytes(make_mbox([make_raw(b"word " * 2_000_000, "Content-Type: text/html"), MAILS[1]]))
    mails = list(iterate(open_archive(path)))
    assert len(mails) == 2
    assert len(mails[0].raw) <= 1_000_100
    assert parse(mails[0].raw).size > 10_000_000
