// upsert_trust: create trust, or change what differs; distrust on the same key is gone with it.
/*
:params { days: [date('2024-05-01')], groups: [{ fromId: 'p00001', rows: [{ toId: 'p00002', topicId: '', strength: 0.5, cost: 693147, since: 0, lastSeen: null, channel: null, stages: ['DECISION'], paid: false, evidenceKinds: ['REVIEW'], evidenceCounts: [2], paidCounts: null, channels: null, channelCounts: null, refs: [7] }] }] }
access:  write
params:  days: [DATE]; groups: [{ fromId, rows: [{ toId, topicId, strength, cost, since, lastSeen, channel, stages, paid, evidenceKinds, evidenceCounts, paidCounts, channels, channelCounts, refs }] }], since and lastSeen are positions in days or null, the last four null where there is nothing to say (cypher/README.md)
returns: created: INTEGER; changed: INTEGER; unchanged: INTEGER; outcomes: [STRING], created, changed or unchanged for each row in turn
order:   one row
timeout: 60 s

Without stages or evidence (as trust that was stated) there are no such properties, as the importer of `load --bulk` has it.

Days come as a list of their own because a date costs a client more than the rest of its row, and few differ.

A topic is compared as `topicId + ''`, which no index serves: on a database still empty the planner takes the index on
topics for free, and would then walk all of a topic's relationships again for every row (measured: minutes, not seconds).
Rows come by listener, who is then found and locked once for all of them (112 µs of the server's time a row instead of
183). Setting the listener's name to itself changes nothing, but takes the lock that keeps two loaders from creating twice.
*/
UNWIND $groups AS group
MATCH (listener:Person {id: group.fromId})
SET listener.name = listener.name
WITH listener, group
UNWIND group.rows AS row
MATCH (speaker:Person {id: row.toId})
WITH listener, speaker, row
OPTIONAL MATCH (listener)-[opposite:DISTRUSTS]->(speaker) WHERE opposite.topicId + '' = row.topicId
DELETE opposite
WITH listener, speaker, row
OPTIONAL MATCH (listener)-[found:TRUSTS]->(speaker) WHERE found.topicId + '' = row.topicId
CALL (listener, speaker, row, found) {
  UNWIND CASE WHEN found IS NULL THEN [1] ELSE [] END AS _
  CREATE (listener)-[trust:TRUSTS {topicId: row.topicId}]->(speaker)
  RETURN trust
  UNION ALL
  UNWIND CASE WHEN found IS NULL THEN [] ELSE [found] END AS trust
  RETURN trust
}
WITH trust, row, $days[row.since] AS since, $days[row.lastSeen] AS lastSeen
WITH trust, row, since, lastSeen, CASE
  WHEN trust.updatedAt IS NULL THEN 'created'
  WHEN trust.strength = row.strength
    AND trust.cost = row.cost
    AND trust.paid = row.paid
    AND coalesce(trust.stages, []) = row.stages
    AND coalesce(trust.evidenceKinds, []) = row.evidenceKinds
    AND coalesce(trust.evidenceCounts, []) = row.evidenceCounts
    AND coalesce(trust.paidCounts, []) = coalesce(row.paidCounts, [])
    AND coalesce(trust.channels, []) = coalesce(row.channels, [])
    AND coalesce(trust.channelCounts, []) = coalesce(row.channelCounts, [])
    AND coalesce(trust.refs, []) = coalesce(row.refs, [])
    AND coalesce(trust.since = since, trust.since IS NULL AND since IS NULL)
    AND coalesce(trust.lastSeen = lastSeen, trust.lastSeen IS NULL AND lastSeen IS NULL)
    AND coalesce(trust.channel = row.channel, trust.channel IS NULL AND row.channel IS NULL)
    THEN 'unchanged'
  ELSE 'changed'
END AS outcome
FOREACH (_ IN CASE outcome WHEN 'unchanged' THEN [] ELSE [1] END |
  SET trust += {
    strength: row.strength, cost: row.cost, since: since, lastSeen: lastSeen, channel: row.channel, paid: row.paid,
    stages: CASE row.stages WHEN [] THEN null ELSE row.stages END,
    evidenceKinds: CASE row.evidenceKinds WHEN [] THEN null ELSE row.evidenceKinds END,
    evidenceCounts: CASE row.evidenceCounts WHEN [] THEN null ELSE row.evidenceCounts END,
    paidCounts: row.paidCounts, channels: row.channels, channelCounts: row.channelCounts, refs: row.refs,
    updatedAt: datetime.transaction()
  }
)
RETURN
  count(CASE outcome WHEN 'created' THEN 1 END) AS created,
  count(CASE outcome WHEN 'changed' THEN 1 END) AS changed,
  count(CASE outcome WHEN 'unchanged' THEN 1 END) AS unchanged,
  collect(outcome) AS outcomes;
