// stored_standing_topics: on which topics people's standing is stored.
/*
:params {}
access:  read
params:  none
returns: topicId: ID; name: STRING; people: INTEGER
order:   topicId
timeout: 20 s
*/
MATCH (topic:Topic)
WHERE EXISTS { (:Person)-[:STANDS_ON]->(topic) }
RETURN topic.id AS topicId, topic.name AS name, COUNT { (:Person)-[:STANDS_ON]->(topic) } AS people
ORDER BY topicId;
