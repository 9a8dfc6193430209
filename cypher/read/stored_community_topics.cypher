// stored_community_topics: which topics have stored communities, and from which snapshot.
/*
:params {}
access:  read
params:  none
returns: topicId: ID; snapshotId: STRING, null where the communities are of several snapshots; computedAt: DATETIME, the oldest
order:   topicId
timeout: 20 s
*/
MATCH (community:Community)
WITH community.topicId AS topicId,
     min(community.snapshotId) AS oneSnapshotId,
     max(community.snapshotId) AS otherSnapshotId,
     min(community.computedAt) AS computedAt
RETURN topicId,
       CASE WHEN oneSnapshotId = otherSnapshotId THEN oneSnapshotId END AS snapshotId,
       computedAt
ORDER BY topicId;
