"""Celery as the product builds it, with one more kind of work, and a clock that ticks faster.

`celery -A tests.factories.worker_app worker`, from `backend/`.
"""

from __future__ import annotations

from app import celery_app
from app.core.settings import load_settings
from app.runs.registry import runner
from tests.factories.stepping import KIND, step_by_step

app = celery_app.build(load_settings())
for _entry in app.conf.beat_schedule.values():
    _entry["schedule"] = 1.0
runner(KIND)(step_by_step)
