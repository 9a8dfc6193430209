// people_of_brands: the people with a role at brands, each once; a page for each of several brands.
/*
:params { brandIds: ['intel.com', 'dpdk-project'], role: null, after: null, limit: 5, counted: true, withOptedOut: true }
access:  read
params:  brandIds: [ID]; role: STRING, a kind of role, null for any; after: [STRING, ID], the key of the last row seen, null to begin; limit: INTEGER, rows a brand; counted: BOOLEAN, whether totals are wanted; withOptedOut: BOOLEAN, false leaves out people who opted out
returns: id: ID, the brand asked about; total: INTEGER, 0 unless counted; rows: [MAP], each with its key and the person's id, name, headline, location, optedOut
order:   id; rows by name, the person's id
timeout: 10 s
*/
UNWIND $brandIds AS brandId
MATCH (b:Brand {id: brandId})
CALL (b) {
  WITH b WHERE $counted
  MATCH (p:Person)-[r:HAS_ROLE]->(b)
  WHERE ($withOptedOut OR NOT coalesce(p.optedOut, false)) AND ($role IS NULL OR r.kind = $role)
  RETURN count(DISTINCT p) AS total
}
CALL (b) {
  MATCH (p:Person)-[r:HAS_ROLE]->(b)
  WHERE ($withOptedOut OR NOT coalesce(p.optedOut, false)) AND ($role IS NULL OR r.kind = $role)
  WITH DISTINCT p, [p.name, p.id] AS key
  WHERE $after IS NULL OR key > $after
  WITH p, key
  ORDER BY key
  LIMIT $limit
  RETURN collect({
    key: key, id: p.id, name: p.name, headline: p.headline, location: p.location, optedOut: coalesce(p.optedOut, false)
  }) AS rows
}
RETURN b.id AS id, total, rows
ORDER BY id;
