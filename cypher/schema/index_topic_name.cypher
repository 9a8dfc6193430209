// index_topic_name: topics in the order of their names.
/*
:params {}
access:  schema
params:  none
returns: none
order:   none
timeout: 1800 s
*/
CREATE INDEX topicName IF NOT EXISTS
FOR (n:Topic)
ON (n.name);
