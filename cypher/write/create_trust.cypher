// create_trust: create trust between people who have none yet; of the others, say who they are.
/*
:params { days: [date('2024-05-01')], groups: [{ fromId: 'p00001', pairs: [{ toId: 'p00002', rows: [['', 0.5, 693147, 0, null, null, ['DECISION'], false, ['REVIEW'], [2], null, null, null, [7]]] }] }] }
access:  write
params:  days: [DATE]; groups: [{ fromId, pairs: [{ toId, rows: [[topicId, strength, cost, since, lastSeen, channel, stages, paid, evidenceKinds, evidenceCounts, paidCounts, channels, channelCounts, refs]] }] }], since and lastSeen are positions in days or null, as is all from stages on, but paid, that is not there
returns: created: INTEGER; known: [[ID]], pairs fromId, toId that have trust or distrust already, none of whose rows are written
order:   one row
timeout: 60 s

What a first load consists of, at little more than half of what upsert_trust takes for it (40 µs of the server's time a
row instead of 74): one look at what is there for all rows of two people, who mostly trust each other on several topics,
and nothing to compare. What is known is for upsert_trust. Rows are lists, for in maps the server reads each key again
in each row. Setting the listener's name to itself changes nothing, but takes the lock that keeps two loaders from
creating twice.
*/
UNWIND $groups AS group
MATCH (listener:Person {id: group.fromId})
SET listener.name = listener.name
WITH listener, group
UNWIND group.pairs AS pair
MATCH (speaker:Person {id: pair.toId})
WITH listener, speaker, pair.rows AS rows, EXISTS { (listener)-[:TRUSTS|DISTRUSTS]->(speaker) } AS isKnown
FOREACH (row IN CASE WHEN isKnown THEN [] ELSE rows END |
  CREATE (listener)-[:TRUSTS {
    topicId: row[0], strength: row[1], cost: row[2], since: $days[row[3]], lastSeen: $days[row[4]], channel: row[5],
    stages: row[6], paid: row[7], evidenceKinds: row[8], evidenceCounts: row[9],
    paidCounts: row[10], channels: row[11], channelCounts: row[12], refs: row[13], updatedAt: datetime.transaction()
  }]->(speaker)
)
RETURN
  sum(CASE WHEN isKnown THEN 0 ELSE size(rows) END) AS created,
  collect(CASE WHEN isKnown THEN [listener.id, speaker.id] END) AS known;
