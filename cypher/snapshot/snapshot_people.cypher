// snapshot_people: every person, for the service's snapshot.
/*
:params {}
access:  read
params:  none
returns: id: ID; name: STRING; optedOut: BOOLEAN
order:   none; the service sorts
timeout: 300 s
*/
MATCH (p:Person)
WHERE p.id IS NOT NULL
RETURN p.id AS id, coalesce(p.name, p.id) AS name, coalesce(p.optedOut, false) AS optedOut;
