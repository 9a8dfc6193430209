// snapshot_counts: how many of everything that leaves a person there are, from the count store.
/*
:params {}
access:  read
params:  none
returns: people: INTEGER; trust: INTEGER; distrust: INTEGER; roles: INTEGER
order:   one row
timeout: 10 s
*/
CALL () { MATCH (p:Person) RETURN count(p) AS people }
CALL () { MATCH ()-[r:TRUSTS]->() RETURN count(r) AS trust }
CALL () { MATCH ()-[r:DISTRUSTS]->() RETURN count(r) AS distrust }
CALL () { MATCH ()-[r:HAS_ROLE]->() RETURN count(r) AS roles }
RETURN people, trust, distrust, roles;
