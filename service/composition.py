"""The composition root: everything wired once, for the API and for the command line alike."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass

from service.settings import CYPHER, Settings
from service.store.catalog import Catalog
from service.store.database import Database, connected
from service.store.snapshot_keeper import SnapshotKeeper
from service.use_cases.find_trusted_paths import FindTrustedPaths
from service.use_cases.warm_up import warm_up


@dataclass(frozen=True, slots=True)
class Services:
    """What a running Rainmaker is made of."""

    settings: Settings
    database: Database
    snapshots: SnapshotKeeper
    find_trusted_paths: FindTrustedPaths


@asynccontextmanager
async def open_services(settings: Settings) -> AsyncIterator[Services]:
    """Connect, read the first snapshot, warm the kernels; everything is closed again behind the block."""
    async with connected(settings, Catalog.load(CYPHER)) as database:
        keeper = SnapshotKeeper(database, settings.refresh_seconds)
        with ThreadPoolExecutor(settings.path_workers, thread_name_prefix="paths") as executor:
            warming = executor.submit(warm_up)
            async with keeper.running():
                warming.result()
                yield Services(settings, database, keeper, FindTrustedPaths(keeper, executor))
