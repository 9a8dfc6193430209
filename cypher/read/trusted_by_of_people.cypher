// trusted_by_of_people: who trusts people, strongest first; a page for each of several people.
/*
:params { personIds: ['p00001', 'p00003'], topicId: null, after: null, limit: 5, counted: true }
access:  read
params:  personIds: [ID]; topicId: ID, '' for trust in general, null for all; after: [FLOAT, ID, ID], the key of the last row seen, null to begin; limit: INTEGER, rows a person; counted: BOOLEAN, whether totals are wanted
returns: id: ID, the person asked about; total: INTEGER, 0 unless counted; rows: [MAP], each with its key, the other person's id, name, headline, location, optedOut, and topicId, strength, cost, since, lastSeen, channel, stages, paid, evidenceKinds, evidenceCounts
order:   id; rows by strength descending, the other's id, topicId
timeout: 20 s
*/
UNWIND $personIds AS personId
MATCH (p:Person {id: personId})
CALL (p) {
  WITH p WHERE $counted
  MATCH (p)<-[t:TRUSTS]-(:Person)
  WHERE $topicId IS NULL OR t.topicId = $topicId
  RETURN count(t) AS total
}
CALL (p) {
  MATCH (p)<-[t:TRUSTS]-(other:Person)
  WHERE $topicId IS NULL OR t.topicId = $topicId
  WITH t, other, [-t.strength, other.id, t.topicId] AS key
  WHERE $after IS NULL OR key > $after
  WITH t, other, key
  ORDER BY key
  LIMIT $limit
  RETURN collect({
    key: key, id: other.id, name: other.name, headline: other.headline, location: other.location,
    optedOut: coalesce(other.optedOut, false), topicId: t.topicId, strength: t.strength, cost: t.cost, since: t.since,
    lastSeen: t.lastSeen, channel: t.channel, stages: coalesce(t.stages, []), paid: coalesce(t.paid, false),
    evidenceKinds: coalesce(t.evidenceKinds, []), evidenceCounts: coalesce(t.evidenceCounts, [])
  }) AS rows
}
RETURN p.id AS id, total, rows
ORDER BY id;
