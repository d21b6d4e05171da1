"""Time budgets of the test lanes: a lane that grows slow fails `make check` before people stop running it."""

from __future__ import annotations

import time
from collections import defaultdict

import pytest

LANES_S = {"unit": 180.0}


class Budgets:
    """Adds up how long the tests of each folder below `tests/` took, over all workers."""

    def __init__(self, within: float | None) -> None:
        self.within = within
        self.began = time.monotonic()
        self.spent: defaultdict[str, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        parts = report.nodeid.partition("::")[0].split("/")
        self.spent[parts[1] if len(parts) > 2 else "house"] += report.duration

    def broken(self) -> list[str]:
        """One sentence for each budget that was not kept."""
        found = [
            f"tests/{lane} took {self.spent[lane]:.0f} s; its budget is {budget:.0f} s"
            for lane, budget in LANES_S.items()
            if self.spent[lane] > budget
        ]
        whole = time.monotonic() - self.began
        if self.within is not None and whole > self.within:
            found.append(f"the tests took {whole:.0f} s; {self.within:.0f} s were left of the whole budget")
        return found

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.broken() and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for lane, seconds in sorted(self.spent.items()):
            terminalreporter.write_line(f"lane {lane}: {seconds:.1f} s")
        for sentence in self.broken():
            terminalreporter.write_line(f"over budget: {sentence}", red=True)
