// index_trusts_topic_id: trust on a topic.
/*
:params {}
access:  schema
params:  none
returns: none
order:   none
timeout: 1800 s
*/
CREATE INDEX trustsTopicId IF NOT EXISTS
FOR ()-[r:TRUSTS]-()
ON (r.topicId);
