// topics_filtered: a page of the topics that a search finds, of one topic's parts, or of both at once.
/*
:params { search: null, parentId: 'dpdk', after: null, limit: 5 }
access:  read
params:  search: STRING, a Lucene query or null; parentId: ID or null, not both null; after: [FLOAT, STRING, ID], rank, sortName and id of the last row seen, null to begin; limit: INTEGER
returns: id: ID; name: STRING; parentId: ID, null at a root; description: STRING, may be null; rank: FLOAT, the score negated, 0.0 without a search; sortName: STRING, the name, '' with a search
order:   rank, sortName, id
timeout: 10 s
*/
CALL () {
  WITH 1 AS one WHERE $search IS NOT NULL
  CALL db.index.fulltext.queryNodes('topicNames', $search) YIELD node AS t, score
  RETURN t, -score AS rank, '' AS sortName
  UNION ALL
  WITH 1 AS one WHERE $search IS NULL
  MATCH (t:Topic)-[:PART_OF]->(:Topic {id: $parentId})
  RETURN t, 0.0 AS rank, t.name AS sortName
}
OPTIONAL MATCH (t)-[:PART_OF]->(parent:Topic)
WITH t, rank, sortName, parent
WHERE ($parentId IS NULL OR parent.id = $parentId) AND ($after IS NULL OR [rank, sortName, t.id] > $after)
WITH t, rank, sortName, parent
ORDER BY rank, sortName, t.id
LIMIT $limit
RETURN t.id AS id, t.name AS name, parent.id AS parentId, t.description AS description, rank, sortName
ORDER BY rank, sortName, id;
