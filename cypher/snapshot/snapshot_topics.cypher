// snapshot_topics: every topic with the broader one it is part of, for the service's snapshot.
/*
:params {}
access:  read
params:  none
returns: ids: [ID]; names: [STRING]; parentIds: [ID], '' where there is none
order:   none; the service sorts
timeout: 300 s

One row of aligned lists: the driver's cost is a row's, whatever its size.
*/
MATCH (t:Topic)
WHERE t.id IS NOT NULL
OPTIONAL MATCH (t)-[:PART_OF]->(parent:Topic)
WITH t.id AS id, coalesce(t.name, t.id) AS name, coalesce(min(parent.id), '') AS parentId
RETURN collect(id) AS ids, collect(name) AS names, collect(parentId) AS parentIds;
