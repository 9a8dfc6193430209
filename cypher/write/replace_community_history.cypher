// replace_community_history: make this the stored history of a topic's communities.
/*
:params { topicId: 'no-such-topic', stages: [], moments: [], became: [], snapshotId: '', computedAt: datetime('2026-01-01T00:00:00Z') }
access:  write
params:  topicId: ID; stages: [MAP], id, day, people, modularity; moments: [MAP], id, day, lineId, communityId, label, size, born, endedBy (DATE or null); became: [MAP], fromId and toId of moments, change; snapshotId: STRING; computedAt: DATETIME
returns: none
order:   none, there are no rows
timeout: 60 s
*/
// Whoever stores the same history at the same time waits here: to set what is there takes the lock, and changes nothing.
CALL () {
  MATCH (topic:Topic {id: $topicId})
  SET topic.name = topic.name
}
CALL () {
  MATCH (former:CommunityStage|CommunityMoment {topicId: $topicId})
  DETACH DELETE former
}
CALL () {
  MATCH (topic:Topic {id: $topicId})
  UNWIND $stages AS row
  CREATE (stage:CommunityStage {topicId: $topicId, snapshotId: $snapshotId, computedAt: $computedAt})-[:ABOUT]->(topic)
  SET stage += row
}
CALL () {
  UNWIND $moments AS row
  MATCH (stage:CommunityStage {topicId: $topicId, day: row.day})
  CREATE (moment:CommunityMoment {topicId: $topicId})-[:SEEN_AT]->(stage)
  SET moment += row
}
CALL () {
  UNWIND $became AS row
  MATCH (former:CommunityMoment {id: row.fromId})
  MATCH (later:CommunityMoment {id: row.toId})
  CREATE (former)-[:BECAME {change: row.change}]->(later)
};
