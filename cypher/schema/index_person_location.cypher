// index_person_location: people by where they are.
/*
:params {}
access:  schema
params:  none
returns: none
order:   none
timeout: 1800 s
*/
CREATE INDEX personLocation IF NOT EXISTS
FOR (n:Person)
ON (n.location);
