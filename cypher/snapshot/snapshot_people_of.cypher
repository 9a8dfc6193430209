// snapshot_people_of: the people with these ids, for refreshing the service's snapshot.
/*
:params { ids: ['p1', 'p2'] }
access:  read
params:  ids: [ID]
returns: people: [[ID, STRING, BOOLEAN]] (id, name, opted out)
order:   none; the service sorts
timeout: 60 s
*/
UNWIND $ids AS id
MATCH (p:Person {id: id})
RETURN collect([p.id, coalesce(p.name, p.id), coalesce(p.optedOut, false)]) AS people;
