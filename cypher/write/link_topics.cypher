// link_topics: make topics part of their broader ones.
/*
:params { rows: [{ id: 't0001', parentId: 'dpdk' }] }
access:  write
params:  rows: [{ id, parentId }]
returns: created: INTEGER; changed: INTEGER; unchanged: INTEGER
order:   one row
timeout: 60 s
*/
UNWIND $rows AS row
MATCH (topic:Topic {id: row.id})
MATCH (parent:Topic {id: row.parentId})
MERGE (topic)-[link:PART_OF]->(parent)
WITH link, link.updatedAt IS NULL AS isNew
FOREACH (_ IN CASE WHEN isNew THEN [1] ELSE [] END |
  SET link.updatedAt = datetime.transaction()
)
RETURN
  count(CASE WHEN isNew THEN 1 END) AS created,
  count(null) AS changed,
  count(CASE WHEN NOT isNew THEN 1 END) AS unchanged;
