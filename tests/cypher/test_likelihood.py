"""A fitted likelihood in a real Neo4j: loaded with its folder, and gone with it."""

from pathlib import Path

from neo4j import AsyncDriver

from service.domain.likelihood import Likelihood
from service.ingest.likelihood_file import LIKELIHOOD_FILE, write_likelihood
from service.ports.loading import GraphTable, Written
from service.store.database import Database
from service.store.graph_writer import Neo4jGraphWriter
from service.store.snapshot_source import read_dataset
from service.use_cases.load_folder import load_folder
from tests.graph_folders import make

FITTED = Likelihood(730, (0.01, 0.1), (0.0, 0.02))


async def test_it_comes_and_goes_with_the_folder(
    tmp_path: Path, empty_scratch: Database, scratch_driver: AsyncDriver
) -> None:
    async def loaded() -> Written:
        report = await load_folder(folder, Neo4jGraphWriter(empty_scratch), rejects=tmp_path / "rejects.csv")
        return report.written[GraphTable.DATASET]

    folder = make(tmp_path / "g")
    assert await loaded() == Written(created=1)
    assert (await read_dataset(empty_scratch)).likelihood is None

    write_likelihood(folder, FITTED)
    assert await loaded() == Written(changed=1)
    assert await loaded() == Written(unchanged=1)
    assert (await read_dataset(empty_scratch)).likelihood == FITTED
    (row,) = await empty_scratch.fetch("dataset_settings")
    assert (row["likelihoodDays"], row["likelihoodStrengths"], row["likelihoodShares"]) == (
        730,
        [0.01, 0.1],
        [0.0, 0.02],
    )

    (folder / LIKELIHOOD_FILE).unlink()
    assert await loaded() == Written(changed=1)
    assert (await read_dataset(empty_scratch)).likelihood is None
    (record,) = (await scratch_driver.execute_query("MATCH (d:Dataset) RETURN keys(d) AS keys")).records
    assert not [key for key in record["keys"] if key.startswith("likelihood")]
