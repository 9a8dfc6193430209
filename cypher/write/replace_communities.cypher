// replace_communities: make these the stored communities of a topic, or take a step towards it.
/*
:params { topicId: 'no-such-topic', ids: [], rewrittenIds: [], communities: [], members: [], bridges: [] }
access:  write
params:  topicId: ID; ids: [ID], of all communities that the topic now has; rewrittenIds: [ID], those whose members and bridges are given anew; communities: [MAP], id and properties of each; members: [MAP], communityId, personId, share, rank, role, primary; bridges: [MAP], personId, fromId, toId, strength
returns: none
order:   none, there are no rows
timeout: 120 s
*/
// Whoever stores the same topic at the same time waits here: to set what is there takes the lock, and changes nothing.
CALL () {
  MATCH (topic:Topic {id: $topicId})
  SET topic.name = topic.name
}
CALL () {
  MATCH (ended:Community {topicId: $topicId})
  WHERE NOT ended.id IN $ids
  DETACH DELETE ended
}
CALL () {
  UNWIND $rewrittenIds AS id
  MATCH (:Person)-[former:MEMBER_OF]->(:Community {id: id})
  DELETE former
}
CALL () {
  MATCH (:Person)-[former:BRIDGES]->(:Community {topicId: $topicId})
  WHERE former.fromId IN $rewrittenIds
  DELETE former
}
CALL () {
  MATCH (topic:Topic {id: $topicId})
  UNWIND $communities AS row
  MERGE (community:Community {id: row.id})
  SET community += row.properties, community.topicId = $topicId
  MERGE (community)-[:ABOUT]->(topic)
}
CALL () {
  UNWIND $members AS row
  MATCH (community:Community {id: row.communityId})
  MATCH (person:Person {id: row.personId})
  CREATE (person)-[:MEMBER_OF {share: row.share, rank: row.rank, role: row.role, primary: row.primary}]->(community)
}
CALL () {
  UNWIND $bridges AS row
  MATCH (community:Community {id: row.toId})
  MATCH (person:Person {id: row.personId})
  CREATE (person)-[:BRIDGES {fromId: row.fromId, strength: row.strength}]->(community)
};
