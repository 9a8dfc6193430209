// orphans: people whom nobody trusts or distrusts, and who trust and distrust nobody.
/*
:params { first: 20 }
access:  read
params:  first: INTEGER
returns: personId: ID; name: STRING; roles: INTEGER, at brands
order:   personId
timeout: 20 s
*/
MATCH (p:Person)
WHERE NOT EXISTS { (p)-[:TRUSTS|DISTRUSTS]-() }
RETURN p.id AS personId, p.name AS name, COUNT { (p)-[:HAS_ROLE]->() } AS roles
ORDER BY personId
LIMIT $first;
