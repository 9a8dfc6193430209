// upsert_overruled: keep the evidence in whose place a statement stands, or change what differs.
/*
:params { days: [date('2024-05-01')], groups: [{ fromId: 'p00001', rows: [{ toId: 'p00002', topicId: '', since: 0, lastSeen: 0, channel: null, stages: ['DECISION'], evidenceKinds: ['REVIEW'], evidenceCounts: [2], paidCounts: null, channels: null, channelCounts: null, refs: [7] }] }] }
access:  write
params:  days: [DATE]; groups: [{ fromId, rows: [{ toId, topicId, since, lastSeen, channel, stages, evidenceKinds, evidenceCounts, paidCounts, channels, channelCounts, refs }] }], since and lastSeen are positions in days, the last four as in upsert_trust
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
OPTIONAL MATCH (listener)-[found:OVERRULED]->(speaker) WHERE found.topicId + '' = row.topicId
CALL (listener, speaker, row, found) {
  UNWIND CASE WHEN found IS NULL THEN [1] ELSE [] END AS _
  CREATE (listener)-[overruled:OVERRULED {topicId: row.topicId}]->(speaker)
  RETURN overruled
  UNION ALL
  UNWIND CASE WHEN found IS NULL THEN [] ELSE [found] END AS overruled
  RETURN overruled
}
WITH overruled, row, $days[row.since] AS since, $days[row.lastSeen] AS lastSeen
WITH overruled, row, since, lastSeen, CASE
  WHEN overruled.updatedAt IS NULL THEN 'created'
  WHEN overruled.since = since
    AND overruled.lastSeen = lastSeen
    AND coalesce(overruled.channel, '') = coalesce(row.channel, '')
    AND coalesce(overruled.stages, []) = row.stages
    AND overruled.evidenceKinds = row.evidenceKinds
    AND overruled.evidenceCounts = row.evidenceCounts
    AND coalesce(overruled.paidCounts, []) = coalesce(row.paidCounts, [])
    AND coalesce(overruled.channels, []) = coalesce(row.channels, [])
    AND coalesce(overruled.channelCounts, []) = coalesce(row.channelCounts, [])
    AND coalesce(overruled.refs, []) = coalesce(row.refs, [])
    THEN 'unchanged'
  ELSE 'changed'
END AS outcome
FOREACH (_ IN CASE outcome WHEN 'unchanged' THEN [] ELSE [1] END |
  SET overruled += {
    since: since, lastSeen: lastSeen, channel: row.channel,
    stages: CASE row.stages WHEN [] THEN null ELSE row.stages END,
    evidenceKinds: row.evidenceKinds, evidenceCounts: row.evidenceCounts,
    paidCounts: row.paidCounts, channels: row.channels, channelCounts: row.channelCounts, refs: row.refs,
    updatedAt: datetime.transaction()
  }
)
RETURN
  count(CASE outcome WHEN 'created' THEN 1 END) AS created,
  count(CASE outcome WHEN 'changed' THEN 1 END) AS changed,
  count(CASE outcome WHEN 'unchanged' THEN 1 END) AS unchanged,
  collect(outcome) AS outcomes;
