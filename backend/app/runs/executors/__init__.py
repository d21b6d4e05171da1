"""Where runs happen: threads of this process, Celery workers told by a message, or within the call (tests).

All read the same rows. Nothing is held in memory that the rows don't say.
"""

from app.runs.executors.broker import broker_answers, workers_that_answer
from app.runs.executors.inprocess import InProcessExecutor
from app.runs.executors.process import enqueue, start, start_worker, stop
from app.runs.executors.ticking import tick

__all__ = [
    "InProcessExecutor",
    "broker_answers",
    "enqueue",
    "start",
    "start_worker",
    "stop",
    "tick",
    "workers_that_answer",
]
