// topics_of_people: the topics on which people trust, are trusted or hold a role; a page for each of several people.
/*
:params { personIds: ['p00001', 'p00003'], after: null, limit: 5, counted: true, withOptedOut: true }
access:  read
params:  personIds: [ID]; after: [STRING, ID], the key of the last row seen, null to begin; limit: INTEGER, rows a person; counted: BOOLEAN, whether totals are wanted; withOptedOut: BOOLEAN, false leaves out people who opted out
returns: id: ID, the person asked about; total: INTEGER, 0 unless counted; rows: [MAP], each with its key and the topic's id, name, parentId, description
order:   id; rows by name, the topic's id
timeout: 20 s
*/
UNWIND $personIds AS personId
MATCH (p:Person {id: personId})
CALL (p) {
  CALL (p) {
    MATCH (p)-[t:TRUSTS]-(other:Person)
    WHERE $withOptedOut OR NOT coalesce(other.optedOut, false)
    RETURN t.topicId AS topicId
    UNION
    MATCH (p)-[r:HAS_ROLE]->(:Brand) RETURN r.topicId AS topicId
  }
  MATCH (topic:Topic {id: topicId})
  RETURN collect(topic) AS topics
}
CALL (topics) {
  UNWIND topics AS topic
  WITH topic, [topic.name, topic.id] AS key
  WHERE $after IS NULL OR key > $after
  WITH topic, key
  ORDER BY key
  LIMIT $limit
  OPTIONAL MATCH (topic)-[:PART_OF]->(parent:Topic)
  WITH topic, key, parent
  ORDER BY key
  RETURN collect({
    key: key, id: topic.id, name: topic.name, parentId: parent.id, description: topic.description
  }) AS rows
}
RETURN p.id AS id, CASE WHEN $counted THEN size(topics) ELSE 0 END AS total, rows
ORDER BY id;
