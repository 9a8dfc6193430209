"""The app on the small graph, able to forget people."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from neo4j import AsyncDriver

from service.settings import Settings
from service.store.database import Database
from tests.api import small_graph
from tests.api.client import Api, serving
from tests.api.conftest import statements

__all__ = ["statements"]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def api(
    scratch: Database,
    scratch_driver: AsyncDriver,
    scratch_settings: Settings,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Api]:
    folder = tmp_path_factory.mktemp("attacked")
    await small_graph.fill(scratch, scratch_driver, folder)
    async with serving(scratch_settings.model_copy(update={"forget_key": folder / "forget.key"})) as served:
        yield served
