"""Reading an archive into the user's archive account: streamed, resumable, judged as it goes."""

from __future__ import annotations

from pathlib import Path

from app.intake import service as intake
from app.mail.archive import service as archive
from app.mail.archive.errors import ArchiveTooDense, TruncatedArchive
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
    chunk: list[RawMail] = []
    steps = reading.Steps()

    def store() -> None:
        if not chunk:
            return
        position = chunk[-1].position or {}
        ctx.cursor["position"] = position
        ctx.result["bytes"], ctx.result["bytes_total"] = position.get("bytes_done", 0), size
        storing.store_chunk(ctx, to, chunk)
        is_time = steps.add(len(chunk))
        chunk.clear()
        ctx.checkpoint()
        if is_time:
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
        store()
        intake.take_in(ctx)
        raise
    store()
    ctx.cursor["read_all"] = True
    with ctx.batch():
        pass
    ctx.progress(phase="judging", total=ctx.counts["processed"])


def _expected(ctx: RunContext, size: int) -> int:
    """How many messages the archive will have given in the end, by the bytes read so far."""
    done = max(1, int(ctx.result.get("bytes", 0)))
    return max(ctx.counts["processed"], round(ctx.counts["processed"] * size / done))
