// evidence_between: what is between pairs of people on a topic: whether it is stated, and the evidence beneath or beside.
/*
:params { keys: [{ fromId: 'p00001', toId: 'p00002', topicId: 't0206' }] }
access:  read
params:  keys: [{ fromId, toId, topicId }], each once
returns: fromId: ID; toId: ID; topicId: ID; isStated: BOOLEAN; since: DATE or null; lastSeen: DATE or null; channel: STRING or null; stages: [STRING] or null; evidenceKinds: [STRING] or null; evidenceCounts: [INTEGER] or null; paidCounts: [INTEGER] or null; channels: [STRING] or null; channelCounts: [INTEGER] or null; refs: [INTEGER] or null
order:   fromId, toId, topicId
timeout: 20 s

Where a statement stands the evidence is that of OVERRULED, and all from `since` on is null where there is none.
*/
UNWIND $keys AS key
MATCH (listener:Person {id: key.fromId})
MATCH (speaker:Person {id: key.toId})
OPTIONAL MATCH (listener)-[stated:TRUSTS|DISTRUSTS]->(speaker)
  WHERE stated.topicId + '' = key.topicId AND stated.evidenceKinds IS NULL
OPTIONAL MATCH (listener)-[evidence:TRUSTS|OVERRULED]->(speaker)
  WHERE evidence.topicId + '' = key.topicId AND evidence.evidenceKinds IS NOT NULL
RETURN key.fromId AS fromId, key.toId AS toId, key.topicId AS topicId, stated IS NOT NULL AS isStated,
       evidence.since AS since, evidence.lastSeen AS lastSeen, evidence.channel AS channel, evidence.stages AS stages,
       evidence.evidenceKinds AS evidenceKinds, evidence.evidenceCounts AS evidenceCounts,
       evidence.paidCounts AS paidCounts, evidence.channels AS channels, evidence.channelCounts AS channelCounts,
       evidence.refs AS refs
ORDER BY fromId, toId, topicId;
