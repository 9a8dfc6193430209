// snapshot_people: a page of people in order of id, for the service's snapshot.
/*
:params { after: '', limit: 1000 }
access:  read
params:  after: ID, '' for the first page; limit: INTEGER
returns: ids: [ID]; names: [STRING]; optedOut: [BOOLEAN]; nodes: [INTEGER], the database's own numbers; lastId: ID or null
order:   id
timeout: 60 s

One row a page of aligned lists: the driver's cost is a row's, whatever its size.
*/
MATCH (p:Person)
WHERE p.id > $after
WITH p ORDER BY p.id LIMIT $limit
RETURN collect(p.id) AS ids,
       collect(coalesce(toStringOrNull(p.name), p.id)) AS names,
       collect(coalesce(p.optedOut = true, false)) AS optedOut,
       collect(id(p)) AS nodes,
       max(p.id) AS lastId;
