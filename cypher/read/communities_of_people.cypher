// communities_of_people: the communities that people belong to, greatest share first; a page for each of several people.
/*
:params { personIds: ['p00001', 'p00003'], after: null, limit: 5, counted: true }
access:  read
params:  personIds: [ID]; after: [FLOAT, ID], the key of the last row seen, null to begin; limit: INTEGER, rows a person; counted: BOOLEAN, whether totals are wanted
returns: id: ID, the person asked about; total: INTEGER, 0 unless counted; rows: [MAP], each with its key, share, rank, role, primary, and the community's id, topicId, label, size, cohesion, conductance, computedAt, snapshotId
order:   id; rows by share descending, the community's id
timeout: 10 s
*/
UNWIND $personIds AS personId
MATCH (p:Person {id: personId})
CALL (p) {
  MATCH (p)-[m:MEMBER_OF]->(c:Community)
  WITH m, c, [-m.share, c.id] AS key
  WHERE $after IS NULL OR key > $after
  WITH m, c, key
  ORDER BY key
  LIMIT $limit
  RETURN collect({
    key: key, share: m.share, rank: m.rank, role: m.role, primary: m.primary, id: c.id, topicId: c.topicId,
    label: c.label, size: c.size, cohesion: c.cohesion, conductance: c.conductance, computedAt: c.computedAt,
    snapshotId: c.snapshotId
  }) AS rows
}
RETURN p.id AS id, CASE WHEN $counted THEN COUNT { (p)-[:MEMBER_OF]->(:Community) } ELSE 0 END AS total, rows
ORDER BY id;
