// drop_stale_topic_links: remove the links of topics that are part of something else now, or of nothing.
/*
:params { rows: [{ id: 'dpdk', parentId: null }] }
access:  write
params:  rows: [{ id, parentId }], parentId null for a root
returns: removed: INTEGER
order:   one row
timeout: 60 s

Runs for all topics before link_topics: what is left are links that the new forest has too, so that no
moment shows a cycle.
*/
UNWIND $rows AS row
MATCH (topic:Topic {id: row.id})-[link:PART_OF]->(parent:Topic)
WHERE row.parentId IS NULL OR parent.id <> row.parentId
DELETE link
RETURN count(*) AS removed;
