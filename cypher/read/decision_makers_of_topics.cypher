// decision_makers_of_topics: who decides on topics today, at whatever brand; a page for each of several topics.
/*
:params { topicIds: ['t0206', 'dpdk'], after: null, limit: 5, counted: true, withOptedOut: true }
access:  read
params:  topicIds: [ID]; after: [STRING, ID], the key of the last row seen, null to begin; limit: INTEGER, rows a topic; counted: BOOLEAN, whether totals are wanted; withOptedOut: BOOLEAN, false leaves out people who opted out
returns: id: ID, the topic asked about; total: INTEGER, 0 unless counted; rows: [MAP], each with its key and the person's id, name, headline, location, optedOut
order:   id; rows by name, the person's id
timeout: 10 s
*/
OPTIONAL MATCH (d:Dataset)
WITH coalesce(max(d.asOf), date()) AS today
UNWIND $topicIds AS topicId
MATCH (t:Topic {id: topicId})
CALL (t, today) {
  WITH t, today WHERE $counted
  MATCH (p:Person)-[r:HAS_ROLE {kind: 'DECISION_MAKER', topicId: t.id}]->(:Brand)
  WHERE (r.since IS NULL OR r.since <= today) AND (r.until IS NULL OR r.until >= today)
    AND ($withOptedOut OR NOT coalesce(p.optedOut, false))
  RETURN count(DISTINCT p) AS total
}
CALL (t, today) {
  MATCH (p:Person)-[r:HAS_ROLE {kind: 'DECISION_MAKER', topicId: t.id}]->(:Brand)
  WHERE (r.since IS NULL OR r.since <= today) AND (r.until IS NULL OR r.until >= today)
    AND ($withOptedOut OR NOT coalesce(p.optedOut, false))
  WITH DISTINCT p, [p.name, p.id] AS key
  WHERE $after IS NULL OR key > $after
  WITH p, key
  ORDER BY key
  LIMIT $limit
  RETURN collect({
    key: key, id: p.id, name: p.name, headline: p.headline, location: p.location, optedOut: coalesce(p.optedOut, false)
  }) AS rows
}
RETURN t.id AS id, total, rows
ORDER BY id;
