"""Reading an archive into the user's archive account: streamed, resumable, judged as it goes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.intake import service as intake
from app.mail.archive import service as archive
from app.mail.archive.errors import ArchiveTooDense, TruncatedArchive
from app.mail.sources import FetchFailure
from app.mail.values import RawMail
from app.mailsync import reading, storing
from app.runs.context import RunContext


def run_import(ctx: RunContext) -> None:
    """params: path, mail_account_id, own_addresses, remove (delete the file at the end: it was an upload)."""
    path = Path(ctx.params["path"])
    to = storing.target(ctx.params["mail_account_id"], ctx.user_id, ctx.params.get("own_addresses", []))
    ctx.progress(phase="reading")
    if not ctx.cursor.get("read_all"):
        _read(ctx, path, to)
    intake.take_in(ctx)
    if ctx.params.get("remove"):
        path.unlink(missing_ok=True)


def _read(ctx: RunContext, path: Path, to: storing.Target) -> None:
    opened = archive.open_archive(path)
    size = max(1, archive.estimate(opened))
    steps = reading.Steps()
    chunk: list[RawMail] = []

    def note_position(items: Sequence[RawMail | FetchFailure]) -> None:
        last = items[-1]
        position = last.position if isinstance(last, RawMail) else None
        ctx.cursor["position"] = position = position or {}
        ctx.result["bytes"], ctx.result["bytes_total"] = position.get("bytes_done", 0), size

    storer = storing.Storer(ctx, to, note_position)

    def store(*, everything: bool = False) -> None:
        before = ctx.counts["processed"]
        if chunk:
            storer.add(chunk.copy())
            chunk.clear()
        if everything:
            storer.finish()
        ctx.checkpoint()
        if steps.add(ctx.counts["processed"] - before):
            intake.take_in(ctx)
            ctx.progress(phase="reading", total=_expected(ctx, size))

    try:
        for raw in archive.iterate(opened, ctx.cursor.get("position")):
            chunk.append(raw)
            if len(chunk) >= storing.chunk_size(ctx.settings):
                store()
    except TruncatedArchive as error:
        ctx.result["warning"] = error.detail
    except ArchiveTooDense:
        store(everything=True)
        intake.take_in(ctx)
        raise
    store(everything=True)
    ctx.cursor["read_all"] = True
    with ctx.batch():
        pass
    ctx.progress(phase="judging", total=ctx.counts["processed"])


def _expected(ctx: RunContext, size: int) -> int:
    """How many messages the archive will have given in the end, by the bytes read so far."""
    done = max(1, int(ctx.result.get("bytes", 0)))
    return max(ctx.counts["processed"], round(ctx.counts["processed"] * size / done))
