// stored_communities: the stored communities of a topic with their primary members, and what a new computation compares.
/*
:params { topicId: 'dpdk' }
access:  read
params:  topicId: ID
returns: id: ID; snapshotId: STRING; computedAt: DATETIME; digest: STRING; memberIds: [ID], primary members; memberships: INTEGER; bridges: INTEGER, those that leave it
order:   id
timeout: 20 s
*/
OPTIONAL MATCH (:Person)-[bridge:BRIDGES]->(:Community {topicId: $topicId})
WITH collect(bridge.fromId) AS fromIds
MATCH (community:Community {topicId: $topicId})
RETURN community.id AS id,
       community.snapshotId AS snapshotId,
       community.computedAt AS computedAt,
       community.digest AS digest,
       COLLECT {
         MATCH (member:Person)-[:MEMBER_OF {primary: true}]->(community)
         RETURN member.id ORDER BY member.id
       } AS memberIds,
       COUNT { (:Person)-[:MEMBER_OF]->(community) } AS memberships,
       size([fromId IN fromIds WHERE fromId = community.id]) AS bridges
ORDER BY id;
