// index_person_name: people in the order of their names.
/*
:params {}
access:  schema
params:  none
returns: none
order:   none
timeout: 1800 s
*/
CREATE INDEX personName IF NOT EXISTS
FOR (n:Person)
ON (n.name);
