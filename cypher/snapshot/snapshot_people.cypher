// snapshot_people: a page of people in order of id, for the service's snapshot.
/*
:params { after: '', limit: 1000 }
access:  read
params:  after: ID, '' for the first page; limit: INTEGER
returns: people: [[ID, STRING, BOOLEAN]] (id, name, opted out); lastId: ID or null
order:   id
timeout: 60 s

One row a page: the driver's cost is a row's, whatever its size.
*/
MATCH (p:Person)
WHERE p.id > $after
WITH p ORDER BY p.id LIMIT $limit
RETURN collect([p.id, coalesce(p.name, p.id), coalesce(p.optedOut, false)]) AS people, max(p.id) AS lastId;
