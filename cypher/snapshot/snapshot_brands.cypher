// snapshot_brands: every brand, for the service's snapshot.
/*
:params {}
access:  read
params:  none
returns: ids: [ID]; names: [STRING]
order:   none; the service sorts
timeout: 300 s

One row of aligned lists: the driver's cost is a row's, whatever its size.
*/
MATCH (b:Brand)
WHERE b.id IS NOT NULL
RETURN collect(b.id) AS ids, collect(coalesce(b.name, b.id)) AS names;
