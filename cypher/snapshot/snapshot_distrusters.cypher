// snapshot_distrusters: everybody who distrusts somebody, and how many times.
/*
:params {}
access:  read
params:  none
returns: ids: [ID]; counts: [INTEGER]
order:   none
timeout: 60 s
*/
MATCH (p:Person)-[r:DISTRUSTS]->()
WITH p, count(r) AS distrust
RETURN collect(p.id) AS ids, collect(distrust) AS counts;
