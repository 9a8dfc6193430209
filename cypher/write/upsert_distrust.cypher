// upsert_distrust: create distrust, or change what differs; trust on the same key is gone with it.
/*
:params { days: [date('2024-05-01')], groups: [{ fromId: 'p00001', rows: [{ toId: 'p00002', topicId: '', strength: 0.5, since: 0, lastSeen: null }] }] }
access:  write
params:  days: [DATE]; groups: [{ fromId, rows: [{ toId, topicId, strength, since, lastSeen }] }], since and lastSeen are positions in days or null
returns: created: INTEGER; changed: INTEGER; unchanged: INTEGER; outcomes: [STRING], created, changed or unchanged for each row in turn
order:   one row
timeout: 60 s

Topics are compared, and the listener locked, as in upsert_trust.
*/
UNWIND $groups AS group
MATCH (listener:Person {id: group.fromId})
SET listener.name = listener.name
WITH listener, group
UNWIND group.rows AS row
MATCH (speaker:Person {id: row.toId})
WITH listener, speaker, row
OPTIONAL MATCH (listener)-[opposite:TRUSTS]->(speaker) WHERE opposite.topicId + '' = row.topicId
DELETE opposite
WITH listener, speaker, row
OPTIONAL MATCH (listener)-[found:DISTRUSTS]->(speaker) WHERE found.topicId + '' = row.topicId
CALL (listener, speaker, row, found) {
  UNWIND CASE WHEN found IS NULL THEN [1] ELSE [] END AS _
  CREATE (listener)-[distrust:DISTRUSTS {topicId: row.topicId}]->(speaker)
  RETURN distrust
  UNION ALL
  UNWIND CASE WHEN found IS NULL THEN [] ELSE [found] END AS distrust
  RETURN distrust
}
WITH distrust, row, $days[row.since] AS since, $days[row.lastSeen] AS lastSeen
WITH distrust, row, since, lastSeen, CASE
  WHEN distrust.updatedAt IS NULL THEN 'created'
  WHEN distrust.strength = row.strength
    AND coalesce(distrust.since = since, distrust.since IS NULL AND since IS NULL)
    AND coalesce(distrust.lastSeen = lastSeen, distrust.lastSeen IS NULL AND lastSeen IS NULL)
    THEN 'unchanged'
  ELSE 'changed'
END AS outcome
FOREACH (_ IN CASE outcome WHEN 'unchanged' THEN [] ELSE [1] END |
  SET distrust += {strength: row.strength, since: since, lastSeen: lastSeen, updatedAt: datetime.transaction()}
)
RETURN
  count(CASE outcome WHEN 'created' THEN 1 END) AS created,
  count(CASE outcome WHEN 'changed' THEN 1 END) AS changed,
  count(CASE outcome WHEN 'unchanged' THEN 1 END) AS unchanged,
  collect(outcome) AS outcomes;
