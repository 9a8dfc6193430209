// upsert_roles: create people's roles at brands, or change those that differ.
/*
:params { rows: [{ personId: 'p00001', brandId: 'dpdk-project', kind: 'DECISION_MAKER', topicId: 't0206', since: null, values: { title: 'Maintainer' } }] }
access:  write
params:  rows: [{ personId, brandId, kind, topicId, since, values: { any of title, strength, until } }], since may be null
returns: created: INTEGER; changed: INTEGER; unchanged: INTEGER; outcomes: [STRING], created, changed or unchanged for each row in turn
order:   one row
timeout: 60 s

`since` belongs to the key and may be missing, and MERGE takes no null in a key. So the role is looked for and, where
there is none, created. Setting the person's name to itself changes nothing (and commits nothing) but takes the
person's lock first: of two loaders at work the second looks only when the first has committed. The kind is compared
so that no index serves it, for the reason given in upsert_trust.
*/
UNWIND $rows AS row
MATCH (person:Person {id: row.personId})
MATCH (brand:Brand {id: row.brandId})
SET person.name = person.name
WITH person, brand, row
OPTIONAL MATCH (person)-[found:HAS_ROLE {topicId: row.topicId}]->(brand)
  WHERE found.kind + '' = row.kind AND (found.since = row.since OR (found.since IS NULL AND row.since IS NULL))
CALL (person, brand, row, found) {
  UNWIND CASE WHEN found IS NULL THEN [1] ELSE [] END AS _
  CREATE (person)-[role:HAS_ROLE {kind: row.kind, topicId: row.topicId, since: row.since}]->(brand)
  RETURN role
  UNION ALL
  UNWIND CASE WHEN found IS NULL THEN [] ELSE [found] END AS role
  RETURN role
}
WITH role, row.values AS values
WITH role, values, CASE
  WHEN role.updatedAt IS NULL THEN 'created'
  WHEN any(key IN keys(values) WHERE NOT coalesce(role[key] = values[key], role[key] IS NULL AND values[key] IS NULL)) THEN 'changed'
  ELSE 'unchanged'
END AS outcome
FOREACH (_ IN CASE outcome WHEN 'unchanged' THEN [] ELSE [1] END |
  SET role += values, role.updatedAt = datetime.transaction()
)
RETURN
  count(CASE outcome WHEN 'created' THEN 1 END) AS created,
  count(CASE outcome WHEN 'changed' THEN 1 END) AS changed,
  count(CASE outcome WHEN 'unchanged' THEN 1 END) AS unchanged,
  collect(outcome) AS outcomes;
