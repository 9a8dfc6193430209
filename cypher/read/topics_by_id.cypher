// topics_by_id: what is known of topics, by their ids, and each one's broader topic.
/*
:params { topicIds: ['t0206', 'dpdk'] }
access:  read
params:  topicIds: [ID]
returns: id: ID; name: STRING; parentId: ID, null at a root; description: STRING, may be null
order:   id
timeout: 10 s
*/
UNWIND $topicIds AS topicId
MATCH (t:Topic {id: topicId})
OPTIONAL MATCH (t)-[:PART_OF]->(parent:Topic)
RETURN DISTINCT t.id AS id, t.name AS name, parent.id AS parentId, t.description AS description
ORDER BY id;
