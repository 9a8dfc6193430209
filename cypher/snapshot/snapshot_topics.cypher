// snapshot_topics: every topic with the broader one it is part of, for the service's snapshot.
/*
:params {}
access:  read
params:  none
returns: id: ID; name: STRING; parentId: ID or null
order:   none; the service sorts
timeout: 300 s
*/
MATCH (t:Topic)
WHERE t.id IS NOT NULL
OPTIONAL MATCH (t)-[:PART_OF]->(parent:Topic)
RETURN t.id AS id, coalesce(t.name, t.id) AS name, min(parent.id) AS parentId;
