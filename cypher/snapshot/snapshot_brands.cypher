// snapshot_brands: every brand, for the service's snapshot.
/*
:params {}
access:  read
params:  none
returns: id: ID; name: STRING
order:   none; the service sorts
timeout: 300 s
*/
MATCH (b:Brand)
WHERE b.id IS NOT NULL
RETURN b.id AS id, coalesce(b.name, b.id) AS name;
