// unique_person_id: no two people share an id; finding one by id is a look-up.
/*
:params {}
access:  schema
params:  none
returns: none
order:   none
timeout: 1800 s
*/
CREATE CONSTRAINT personId IF NOT EXISTS
FOR (n:Person)
REQUIRE n.id IS UNIQUE;
