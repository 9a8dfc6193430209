"""The peer of `bench.load`: what one writes first, UNWIND and MERGE, one transaction after the other, unchecked."""

from collections.abc import Iterator
from time import perf_counter
from typing import Any

import polars as pl
from neo4j import GraphDatabase

from service.ingest.folder import CheckedFolder
from service.settings import Settings

BATCH = 10_000
_INDEX = "CREATE CONSTRAINT naive IF NOT EXISTS FOR (p:Person) REQUIRE p.id IS UNIQUE"
_PEOPLE = "UNWIND $rows AS row CREATE (:Person {id: row.id, name: row.name})"
_TRUST = """UNWIND $rows AS row
MATCH (a:Person {id: row.fromId}) MATCH (b:Person {id: row.toId})
MERGE (a)-[t:TRUSTS {topicId: row.topicId}]->(b)
SET t.strength = row.strength, t.cost = row.cost, t.since = row.since, t.lastSeen = row.lastSeen, t.paid = row.paid,
    t.evidenceKinds = row.evidenceKinds, t.evidenceCounts = row.evidenceCounts"""


def trust_a_second(settings: Settings, folder: CheckedFolder) -> float:
    """Write people and trust into an empty database: relationships a second, people not counted."""
    password = settings.neo4j_password.get_secret_value()
    with (
        GraphDatabase.driver(settings.neo4j_uri or "", auth=(settings.neo4j_user, password)) as driver,
        driver.session(database=settings.neo4j_database) as session,
    ):
        session.run(_INDEX).consume()
        for rows in _batches(folder.tables["people"].rows.select("id", "name")):
            session.run(_PEOPLE, rows=rows).consume()
        began = perf_counter()
        for rows in _batches(folder.trust.trust):
            session.run(_TRUST, rows=rows).consume()
        return folder.trust.trust.height / (perf_counter() - began)


def _batches(table: pl.DataFrame) -> Iterator[list[dict[str, Any]]]:
    for part in table.iter_slices(BATCH):
        yield part.to_dicts()
