// index_community_stage_topic_id: the stages of the history of a topic's communities.
/*
:params {}
access:  schema
params:  none
returns: none
order:   none
timeout: 1800 s
*/
CREATE INDEX communityStageTopicId IF NOT EXISTS
FOR (n:CommunityStage)
ON (n.topicId);
