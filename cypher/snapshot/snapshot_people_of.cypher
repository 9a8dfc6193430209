// snapshot_people_of: those of the people named who are there, for refreshing the service's snapshot.
/*
:params { ids: ['p00001', 'p00002'] }
access:  read
params:  ids: [ID]
returns: ids: [ID]; names: [STRING]; optedOut: [BOOLEAN]
order:   none; the service sorts
timeout: 60 s
*/
UNWIND $ids AS id
MATCH (p:Person {id: id})
RETURN collect(p.id) AS ids,
       collect(coalesce(toStringOrNull(p.name), p.id)) AS names,
       collect(coalesce(p.optedOut = true, false)) AS optedOut;
