// snapshot_role_holders: everybody who holds or held a role, and how many.
/*
:params {}
access:  read
params:  none
returns: ids: [ID]; counts: [INTEGER]
order:   none
timeout: 60 s
*/
MATCH (p:Person)-[r:HAS_ROLE]->()
WITH p, count(r) AS roles
RETURN collect(p.id) AS ids, collect(roles) AS counts;
