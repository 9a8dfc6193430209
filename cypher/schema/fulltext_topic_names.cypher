// fulltext_topic_names: topics by words of their name or description.
/*
:params {}
access:  schema
params:  none
returns: none
order:   none
timeout: 1800 s
*/
CREATE FULLTEXT INDEX topicNames IF NOT EXISTS
FOR (n:Topic)
ON EACH [n.name, n.description];
