// unique_topic_id: no two topics share an id; finding one by id is a look-up.
/*
:params {}
access:  schema
params:  none
returns: none
order:   none
timeout: 1800 s
*/
CREATE CONSTRAINT topicId IF NOT EXISTS
FOR (n:Topic)
REQUIRE n.id IS UNIQUE;
