// community_history: the communities of a topic year by year, as the service wrote them back when it was asked.
/*
:params { topicId: 'u-boot' }
access:  read
params:  topicId: ID
returns: day: DATE; people: INTEGER, in the topic's network on that day; modularity: FLOAT, of all the day's communities; lineId: ID or null (no community), the same from day to day where a community goes on; communityId: ID or null; label: STRING or null; size: INTEGER or null; snapshotId: STRING; computedAt: DATETIME
order:   day, size descending, lineId
timeout: 20 s

Empty where the history of a topic is not stored: stored_community_histories lists those that are. Asking GraphQL
(communityHistory without further arguments) or `./rainmaker community-history TOPIC` stores it.
*/
MATCH (stage:CommunityStage {topicId: $topicId})
OPTIONAL MATCH (moment:CommunityMoment)-[:SEEN_AT]->(stage)
RETURN stage.day AS day, stage.people AS people, stage.modularity AS modularity, moment.lineId AS lineId,
       moment.communityId AS communityId, moment.label AS label, moment.size AS size, stage.snapshotId AS snapshotId,
       stage.computedAt AS computedAt
ORDER BY day, size DESC, lineId;
