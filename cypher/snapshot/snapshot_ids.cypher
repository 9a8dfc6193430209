// snapshot_ids: the people in a range of ids.
/*
:params { after: '', last: 'z' }
access:  read
params:  after: ID, exclusive; last: ID, inclusive
returns: ids: [ID]
order:   id
timeout: 60 s
*/
MATCH (p:Person)
WHERE p.id > $after AND p.id <= $last
WITH p.id AS id ORDER BY id
RETURN collect(id) AS ids;
