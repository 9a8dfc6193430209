// parts_of_topics: the narrower topics right below topics; a page for each of several topics.
/*
:params { topicIds: ['dpdk', 'ovs'], after: null, limit: 5, counted: true }
access:  read
params:  topicIds: [ID]; after: [STRING, ID], the key of the last row seen, null to begin; limit: INTEGER, rows a topic; counted: BOOLEAN, whether totals are wanted
returns: id: ID, the topic asked about; total: INTEGER, 0 unless counted; rows: [MAP], each with its key and the narrower topic's id, name, parentId, description
order:   id; rows by name, the narrower topic's id
timeout: 10 s
*/
UNWIND $topicIds AS topicId
MATCH (t:Topic {id: topicId})
CALL (t) {
  MATCH (part:Topic)-[:PART_OF]->(t)
  WITH t, part, [part.name, part.id] AS key
  WHERE $after IS NULL OR key > $after
  WITH t, part, key
  ORDER BY key
  LIMIT $limit
  RETURN collect({
    key: key, id: part.id, name: part.name, parentId: t.id, description: part.description
  }) AS rows
}
RETURN t.id AS id, CASE WHEN $counted THEN COUNT { (:Topic)-[:PART_OF]->(t) } ELSE 0 END AS total, rows
ORDER BY id;
