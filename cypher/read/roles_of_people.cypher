// roles_of_people: the roles that people hold; a page for each of several people.
/*
:params { personIds: ['p00001', 'p00003'], kind: null, after: null, limit: 5, counted: true }
access:  read
params:  personIds: [ID]; kind: STRING, a kind of role, null for all; after: [ID, STRING, ID, STRING], the key of the last row seen, null to begin; limit: INTEGER, rows a person; counted: BOOLEAN, whether totals are wanted
returns: id: ID, the person asked about; total: INTEGER, 0 unless counted; rows: [MAP], each with its key, personId, brandId, kind, topicId ('' for any), title, strength, since, until
order:   id; rows by brand id, kind, topicId, since (as text, '' where none)
timeout: 10 s
*/
UNWIND $personIds AS personId
MATCH (p:Person {id: personId})
CALL (p) {
  WITH p WHERE $counted
  MATCH (p)-[r:HAS_ROLE]->(:Brand)
  WHERE $kind IS NULL OR r.kind = $kind
  RETURN count(r) AS total
}
CALL (p) {
  MATCH (p)-[r:HAS_ROLE]->(b:Brand)
  WHERE $kind IS NULL OR r.kind = $kind
  WITH p, r, b, [b.id, r.kind, r.topicId, coalesce(toString(r.since), '')] AS key
  WHERE $after IS NULL OR key > $after
  WITH p, r, b, key
  ORDER BY key
  LIMIT $limit
  RETURN collect({
    key: key, personId: p.id, brandId: b.id, kind: r.kind, topicId: r.topicId, title: r.title, strength: r.strength,
    since: r.since, until: r.until
  }) AS rows
}
RETURN p.id AS id, total, rows
ORDER BY id;
