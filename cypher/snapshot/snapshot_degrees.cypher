// snapshot_degrees: how much trust leaves each person of a range of ids, by the person's own count.
/*
:params { after: '', last: 'z' }
access:  read
params:  after: ID, exclusive; last: ID, inclusive
returns: trust: [INTEGER]
order:   id
timeout: 60 s
*/
MATCH (p:Person)
WHERE p.id > $after AND p.id <= $last
WITH p ORDER BY p.id
RETURN collect(COUNT { (p)-[:TRUSTS]->() }) AS trust;
