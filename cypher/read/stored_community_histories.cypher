// stored_community_histories: of which topics the history of communities is stored, and from which snapshot.
/*
:params {}
access:  read
params:  none
returns: topicId: ID; name: STRING; stages: INTEGER, days; snapshotId: STRING; computedAt: DATETIME
order:   topicId
timeout: 20 s
*/
MATCH (stage:CommunityStage)-[:ABOUT]->(topic:Topic)
RETURN topic.id AS topicId, topic.name AS name, count(*) AS stages, min(stage.snapshotId) AS snapshotId,
       min(stage.computedAt) AS computedAt
ORDER BY topicId;
