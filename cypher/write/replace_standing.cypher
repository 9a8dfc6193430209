// replace_standing: make this the stored standing of people on a topic, and remove that of others.
/*
:params { topicId: 'no-such-topic', rows: [], endedIds: [], snapshotId: '', computedAt: datetime('2026-01-01T00:00:00Z') }
access:  write
params:  topicId: ID; rows: [MAP], personId, authority, reach, resonance, relevance; endedIds: [ID], people whose stored standing goes; snapshotId: STRING; computedAt: DATETIME
returns: none
order:   none, there are no rows
timeout: 120 s
*/
CALL () {
  UNWIND $endedIds AS id
  MATCH (:Person {id: id})-[former:STANDS_ON]->(:Topic {id: $topicId})
  DELETE former
}
CALL () {
  MATCH (topic:Topic {id: $topicId})
  UNWIND $rows AS row
  MATCH (person:Person {id: row.personId})
  MERGE (person)-[standing:STANDS_ON]->(topic)
  SET standing = {
    authority: row.authority, reach: row.reach, resonance: row.resonance, relevance: row.relevance,
    snapshotId: $snapshotId, computedAt: $computedAt
  }
};
