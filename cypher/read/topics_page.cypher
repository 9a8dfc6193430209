// topics_page: a page of all topics by name, read along the index on names.
/*
:params { afterName: 'Net', afterId: '', limit: 5 }
access:  read
params:  afterName: STRING, '' to begin; afterId: ID, '' to begin; limit: INTEGER
returns: id: ID; name: STRING; parentId: ID, null at a root; description: STRING, may be null
order:   name, id
timeout: 10 s
*/
MATCH (t:Topic)
WHERE t.name >= $afterName AND (t.name > $afterName OR t.id > $afterId)
WITH t ORDER BY t.name, t.id LIMIT $limit
OPTIONAL MATCH (t)-[:PART_OF]->(parent:Topic)
RETURN t.id AS id, t.name AS name, parent.id AS parentId, t.description AS description
ORDER BY name, id;
