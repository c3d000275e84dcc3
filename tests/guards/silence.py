"""No test passes with a warning in the log. Qt's own messages are seen to by pytest-qt (qt_log_level_fail)."""

import logging
from collections.abc import Generator

import pytest


class Heard(logging.Handler):
    """Keeps what was logged at WARNING and above; `expected` makes it no fault."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self.expected = False

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def words(self) -> list[str]:
        """The messages, in order."""
        return [record.getMessage() for record in self.records]

    def must_be_silent(self) -> None:
        """Fails the test where something was logged that nobody expected."""
        if self.records and not self.expected:
            said = "\n".join(f"  {record.levelname} {record.name}: {record.getMessage()}" for record in self.records)
            self.records.clear()
            pytest.fail(f"something was logged (ask for the fixture `logged` where that is meant):\n{said}", pytrace=False)


HEARD = pytest.StashKey[Heard]()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None]:
    heard = item.stash[HEARD] = Heard()
    logging.getLogger().addHandler(heard)
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    result = yield
    item.stash[HEARD].must_be_silent()
    return result


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    try:
        result = yield
    finally:
        logging.getLogger().removeHandler(item.stash[HEARD])
    item.stash[HEARD].must_be_silent()
    return result


@pytest.fixture
def logged(request: pytest.FixtureRequest) -> Heard:
    """For a test that means something to be logged: lets it pass, and tells what it was."""
    heard: Heard = request.node.stash[HEARD]
    heard.expected = True
    return heard
