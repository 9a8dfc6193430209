// index_community_topic_id: the communities of a topic.
/*
:params {}
access:  schema
params:  none
returns: none
order:   none
timeout: 1800 s
*/
CREATE INDEX communityTopicId IF NOT EXISTS
FOR (n:Community)
ON (n.topicId);
