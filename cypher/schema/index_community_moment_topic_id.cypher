// index_community_moment_topic_id: the moments of the history of a topic's communities.
/*
:params {}
access:  schema
params:  none
returns: none
order:   none
timeout: 1800 s
*/
CREATE INDEX communityMomentTopicId IF NOT EXISTS
FOR (n:CommunityMoment)
ON (n.topicId);
