"""The app on the small graph and on the demo data."""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextvars import ContextVar

import pytest
import pytest_asyncio
from neo4j import AsyncDriver

from service.settings import Settings
from service.store.catalog import Statement
from service.store.database import Database
from tests.api import small_graph
from tests.api.client import Api, serving


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def api(
    scratch: Database,
    scratch_driver: AsyncDriver,
    scratch_settings: Settings,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Api]:
    """The app on the small graph."""
    await small_graph.fill(scratch, scratch_driver, tmp_path_factory.mktemp("small"))
    async with serving(scratch_settings) as served:
        yield served


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def demo_api(demo: Database, demo_settings: Settings) -> AsyncIterator[Api]:
    """The app on the demo data."""
    async with serving(demo_settings) as served:
        yield served


# Tasks inherit it from the test that asks; the service's own, which began earlier, do not.
_asked_for: ContextVar[list[str] | None] = ContextVar("asked_for", default=None)


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The names of the statements that run for what the test asks, in order."""
    ran: list[str] = []
    checked = Database._checked

    def observed(self: Database, name: str, params: Mapping[str, object]) -> Statement:
        if _asked_for.get() is not None:
            ran.append(name)
        return checked(self, name, params)

    monkeypatch.setattr(Database, "_checked", observed)
    token = _asked_for.set(ran)
    yield ran
    _asked_for.reset(token)
