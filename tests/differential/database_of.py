"""Puts a scenario into a real Neo4j as a data engineer would: plain Cypher, no help from the loader."""

from typing import Any

from neo4j import AsyncDriver

from tests.scenario import Scenario, Tie

WRITE = """
MATCH (n) DETACH DELETE n
WITH count(*) AS emptied
CREATE (:Dataset {name: $dataset.name, asOf: $dataset.asOf, halfLifeDays: $dataset.halfLifeDays, saturation: 3.0,
                  weightKinds: [], weights: []})
WITH emptied
FOREACH (p IN $people | CREATE (n:Person) SET n = p)
FOREACH (b IN $brands | CREATE (n:Brand) SET n = b)
FOREACH (t IN $topics | CREATE (n:Topic {id: t.id, name: t.name}))
WITH emptied
CALL () {
  UNWIND $topics AS t
  MATCH (child:Topic {id: t.id}), (parent:Topic {id: t.parentId})
  CREATE (child)-[:PART_OF]->(parent)
}
CALL () {
  UNWIND $trust AS t
  MATCH (a:Person {id: t.fromId}), (b:Person {id: t.toId})
  CREATE (a)-[r:TRUSTS]->(b) SET r = t.properties, r.updatedAt = datetime()
}
CALL () {
  UNWIND $distrust AS t
  MATCH (a:Person {id: t.fromId}), (b:Person {id: t.toId})
  CREATE (a)-[r:DISTRUSTS]->(b) SET r = t.properties, r.updatedAt = datetime()
}
CALL () {
  UNWIND $roles AS role
  MATCH (p:Person {id: role.personId}), (b:Brand {id: role.brandId})
  CREATE (p)-[r:HAS_ROLE]->(b) SET r = role.properties, r.updatedAt = datetime()
}
"""


async def write(driver: AsyncDriver, scenario: Scenario) -> None:
    """Replace whatever the database holds by the scenario."""
    await driver.execute_query(
        WRITE,
        dataset={
            "name": scenario.dataset.name,
            "asOf": scenario.dataset.as_of,
            "halfLifeDays": scenario.dataset.half_life_days,
        },
        people=[
            {"id": id_, "name": f"Name of {id_}", "optedOut": id_ in scenario.opted_out} for id_ in scenario.people
        ],
        brands=[{"id": id_, "name": f"Brand {id_}"} for id_ in scenario.brands],
        topics=[{"id": topic.id, "name": topic.name, "parentId": topic.parent_id} for topic in scenario.topics],
        trust=[
            _tie(
                tie,
                {
                    "cost": tie.cost,
                    "lastSeen": tie.last_seen,
                    "channel": tie.channel,
                    "stages": [stage.value for stage in tie.stages] or None,
                    "paid": tie.paid,
                    "evidenceKinds": [e.kind for e in tie.evidence],
                    "evidenceCounts": [e.count for e in tie.evidence],
                },
            )
            for tie in scenario.trust
        ],
        distrust=[_tie(tie, {"lastSeen": tie.last_seen}) for tie in scenario.distrust],
        roles=[
            {
                "personId": role.person_id,
                "brandId": role.brand_id,
                "properties": {
                    "kind": role.kind.value,
                    "topicId": role.topic_id,
                    "title": role.title,
                    "strength": role.strength,
                    "since": role.since,
                    "until": role.until,
                },
            }
            for role in scenario.roles
        ],
    )


def _tie(tie: Tie, more: dict[str, Any]) -> dict[str, Any]:
    properties = {"topicId": tie.topic_id, "strength": tie.strength, "since": tie.since, **more}
    return {"fromId": tie.from_id, "toId": tie.to_id, "properties": properties}
