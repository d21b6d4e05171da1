"""Answers that were paid for once: Redis first where there is one, then the table."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import structlog

from app.core import db
from app.core.clock import monotonic, now
from app.core.settings import get_settings
from app.llm import repository
from app.llm.values import LlmConfig

if TYPE_CHECKING:
    from redis import Redis

log = structlog.get_logger(__name__)
_PREFIX = "jobtrail:llm:"
_KEPT_S = 30 * 24 * 3600
_WITHIN_S = 1.0
_TRY_AGAIN_AFTER_S = 30.0
_lock = threading.Lock()


class _State:
    url = ""
    client: Redis | None = None
    rest_until = 0.0


_state = _State()


def answer_key(user_id: int, config: LlmConfig, prompt_version: str, schema_version: str, read: Any) -> str:
    """The key of one answer. `read` is every input that was looked at, as JSON values."""
    parts = [
        user_id,
        schema_version,
        prompt_version,
        config.provider.value,
        config.base_url,
        config.model,
        config.temperature,
        read,
    ]
    text = json.dumps(parts, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def find_answers(user_id: int, keys: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The answers that are known among these keys."""
    wanted = list(dict.fromkeys(keys))
    found = _from_redis(wanted)
    missing = [key for key in wanted if key not in found]
    if missing:
        with db.read_session() as session:
            stored = repository.cached(session, user_id, missing)
        _to_redis(stored)
        found.update(stored)
    return found


def remember_answers(user_id: int, config: LlmConfig, answers: Mapping[str, dict[str, Any]]) -> None:
    """Remember validated answers."""
    if not answers:
        return
    at = now()
    rows = [
        {"key": key, "user_id": user_id, "model": config.model[:200], "answer": answer, "created_at": at}
        for key, answer in answers.items()
    ]
    with db.transaction() as session:
        repository.store(session, rows)
    _to_redis(answers)


def _from_redis(keys: Sequence[str]) -> dict[str, dict[str, Any]]:
    client = _redis()
    if client is None or not keys:
        return {}
    try:
        values: Any = client.mget([_PREFIX + key for key in keys])
    except Exception as error:  # noqa: BLE001 (a cache that fails is no cache, whatever the reason)
        _rest(error)
        return {}
    found = {}
    for key, value in zip(keys, values, strict=True):
        try:
            answer = json.loads(value) if value else None
        except ValueError:
            answer = None
        if isinstance(answer, dict):
            found[key] = answer
    return found


def _to_redis(answers: Mapping[str, dict[str, Any]]) -> None:
    client = _redis()
    if client is None or not answers:
        return
    try:
        with client.pipeline(transaction=False) as pipe:
            for key, answer in answers.items():
                pipe.set(_PREFIX + key, json.dumps(answer), ex=_KEPT_S)
            pipe.execute()
    except Exception as error:  # noqa: BLE001
        _rest(error)


def _redis() -> Redis | None:
    url = get_settings().redis_url
    if not url:
        return None
    with _lock:
        if _state.url != url:
            from redis import Redis

            _state.url, _state.rest_until = url, 0.0
            _state.client = Redis.from_url(url, socket_timeout=_WITHIN_S, socket_connect_timeout=_WITHIN_S)
        return _state.client if monotonic() >= _state.rest_until else None


def _rest(error: Exception) -> None:
    log.warning("llm_cache_unavailable", error=type(error).__name__)
    _state.rest_until = monotonic() + _TRY_AGAIN_AFTER_S
