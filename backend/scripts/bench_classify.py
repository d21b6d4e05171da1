"""Measure classification: `bench_classify.py [--mails 1000] [--latency 0.5] [--json OUT]`.

Printed is how many mails a second the local model judges on one core, one by one and in batches of 100; then how long
a language model mode takes for the same mails against a pretend model that answers after `--latency` seconds, compared
with what its requests in flight allow at best; and how many requests a second run over the same mails makes. The
pretend model runs in a process of its own. Exit status 1 when the second run makes a request or a verdict is missing.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.classification import service
from app.classification.corpus.compose import compose_examples
from app.classification.values import EmailValue, ThreadContext, Verdict
from app.core import db
from app.core.migrate import upgrade
from app.core.settings import Settings, use_settings
from app.llm import repository
from tests.factories.accounts import make_user
from tests.factories.settings import make_settings

BATCH = 100
IN_FLIGHT = 15
PER_REQUEST = 10
Item = tuple[EmailValue, ThreadContext]


def main() -> int:
    """Measure and print; the exit status."""
    options = _options()
    if options.serve:
        return _serve(options.latency)
    items = _mails(options.mails)
    figures: dict[str, Any] = {"mails": len(items)}
    with tempfile.TemporaryDirectory() as folder:
        service.warm_up(Path(folder) / "models")
        local = figures["local"] = _measure_local(items)
        server = subprocess.Popen(
            [sys.executable, __file__, "--serve", "--latency", str(options.latency)],
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert server.stdout is not None
            address = server.stdout.readline().strip()
            figures["model"] = _measure_model(
                items, local.pop("verdicts"), address, Path(folder), options.latency
            )
        finally:
            server.terminate()
            server.wait(timeout=10)
    _print(figures)
    if options.json:
        Path(options.json).write_text(json.dumps(figures, indent=2), encoding="utf-8")
    model = figures["model"]
    return 1 if model["second_run_requests"] or model["left_to_local"] else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--mails", type=int, default=1000)
    parser.add_argument("--latency", type=float, default=0.5)
    parser.add_argument("--json", default="")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _serve(latency: float) -> int:
    from tests.fakes.llm import FakeLlm

    with FakeLlm(latency_s=latency) as fake:
        print(fake.openai_url, flush=True)
        while True:
            time.sleep(3600)


def _mails(count: int) -> list[Item]:
    """Made mails of every class, each different from all others."""
    found: list[Item] = []
    for number, example in enumerate(compose_examples()):
        email = example.email
        found.append((_numbered(email, number), example.context))
    step = max(1, len(found) // count)
    return found[::step][:count]


def _numbered(email: EmailValue, number: int) -> EmailValue:
    return EmailValue(
        subject=email.subject,
        sender_name=email.sender_name,
        sender_email=email.sender_email,
        text=f"{email.text}\n\nReference {number}.",
        received_at=email.received_at,
        links=email.links,
        headers=email.headers,
    )


def _measure_local(items: Sequence[Item]) -> dict[str, Any]:
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_setaffinity") else set()
    if cores:
        os.sched_setaffinity(0, {min(cores)})
    try:
        service.classify(items[:BATCH])
        few = items[:300]
        one_by_one, _ = _timed(lambda: [service.classify([item]) for item in few])
        parts = [items[start : start + BATCH] for start in range(0, len(items), BATCH)]
        batches, judged = _timed(lambda: [v for part in parts for v in service.classify(part)])
    finally:
        if cores:
            os.sched_setaffinity(0, cores)
    return {
        "one_by_one_per_s": round(len(few) / one_by_one, 1),
        "batches_of_100_per_s": round(len(items) / batches, 1),
        "verdicts": judged,
    }


def _measure_model(
    items: Sequence[Item], local: Sequence[Verdict], address: str, folder: Path, latency: float
) -> dict[str, Any]:
    settings = make_settings(
        f"sqlite:///{folder / 'bench.db'}",
        folder,
        openai_api_key="a-key",
        openai_base_url=address,
        openai_model="pretend",
        classification_mode="llm_all",
        classification_batch_size=PER_REQUEST,
        classification_max_concurrency=IN_FLIGHT,
        llm_max_tokens=4000,
    )
    upgrade(settings)
    use_settings(settings)
    db.configure(settings, strict=True)
    user = make_user("ana")
    service.ask_model(settings, user.id, None, [_first_mail()], [local[0]], _nothing)  # loads the library
    before = _requests(user.id)
    took, (verdicts, report) = _timed(lambda: _ask(settings, user.id, items, local))
    requests = _requests(user.id) - before
    again, (repeated, _) = _timed(lambda: _ask(settings, user.id, items, local))
    second = _requests(user.id) - before - requests
    db.dispose()
    batches = math.ceil(len(items) / PER_REQUEST)
    bound = math.ceil(batches / IN_FLIGHT) * latency
    return {
        "seconds": round(took, 2),
        "bound_seconds": round(bound, 2),
        "times_bound": round(took / bound, 2) if bound else None,
        "requests": requests,
        "batches": batches,
        "by_model": report.by_model,
        "left_to_local": report.left_to_local,
        "second_run_requests": second,
        "second_run_seconds": round(again, 2),
        "second_run_same": repeated == verdicts,
    }


def _ask(settings: Settings, user_id: int, items: Sequence[Item], local: Sequence[Verdict]) -> Any:
    return service.ask_model(settings, user_id, None, items, local, _nothing)


def _first_mail() -> Item:
    return EmailValue(
        "Hello", "", "jobs@larkspur.example", "We have received your application."
    ), ThreadContext()


def _requests(user_id: int) -> int:
    with db.read_session() as session:
        return repository.totals(session, user_id, since=None, run_id=None).calls


def _nothing() -> None:
    """Nobody cancels a measurement."""


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def _print(figures: dict[str, Any]) -> None:
    local, model = figures["local"], figures["model"]
    print(f"{figures['mails']} mails")
    rates = (
        f"{local['one_by_one_per_s']}/s one by one, {local['batches_of_100_per_s']}/s in batches of {BATCH}"
    )
    print(f"local, one core: {rates}")
    print(
        f"language model: {model['seconds']} s for {model['requests']} requests ({model['batches']} batches of "
        f"{PER_REQUEST}, {IN_FLIGHT} in flight); bound {model['bound_seconds']} s, {model['times_bound']} times that"
    )
    print(f"answered by the model: {model['by_model']}, left to the local model: {model['left_to_local']}")
    print(
        f"second run: {model['second_run_requests']} requests, {model['second_run_seconds']} s, "
        f"{'the same verdicts' if model['second_run_same'] else 'OTHER VERDICTS'}"
    )


if __name__ == "__main__":
    sys.exit(main())
