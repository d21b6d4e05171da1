"""A pretend model's server for each wire format, and somebody on whose behalf it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest

from app.auth.models import User
from app.core import db as database
from app.core.settings import Settings, use_settings
from tests.factories.accounts import make_user
from tests.factories.settings import make_settings
from tests.fakes.llm import FakeLlm

_numbers = count(1)
Configure = Callable[..., Settings]


@pytest.fixture
def fake() -> Iterator[FakeLlm]:
    with FakeLlm() as server:
        yield server


@pytest.fixture(params=["openai", "anthropic"])
def provider(request: pytest.FixtureRequest) -> str:
    """Tests that name it run in both wire formats."""
    return str(request.param)


@pytest.fixture
def configure(app_settings: Settings, fake: FakeLlm) -> Iterator[Configure]:
    """Make settings with the fake as the model; each time under a name of its own, so that nothing is remembered."""

    def make(provider: str = "openai", **more: Any) -> Settings:
        values: dict[str, Any] = {
            "llm_price_input": 1.0,
            "llm_price_output": 2.0,
            "llm_timeout_s": 10,
            f"{provider}_api_key": fake.key,
            f"{provider}_base_url": fake.openai_url if provider == "openai" else fake.root,
            f"{provider}_model": f"model-{next(_numbers)}",
        }
        settings = make_settings(app_settings.database_url, app_settings.data_dir, **(values | more))
        use_settings(settings)
        database.configure(settings, strict=True)
        return settings

    yield make
    database.dispose()


@pytest.fixture
def user(db: None) -> User:
    return make_user("ana")
