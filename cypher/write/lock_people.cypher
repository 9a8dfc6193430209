// lock_people: hold people for the rest of a transaction, and say which there are.
/*
:params { ids: ['p00001', 'p00002'] }
access:  write
params:  ids: [ID], in their order, so that two transactions never wait for each other
returns: ids: [ID]
order:   none; one row
timeout: 20 s

Setting a name to itself changes nothing, and commits nothing, but takes the lock.
*/
UNWIND $ids AS id
MATCH (person:Person {id: id})
SET person.name = person.name
RETURN collect(person.id) AS ids;
