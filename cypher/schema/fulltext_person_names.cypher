// fulltext_person_names: people by words of their name or headline.
/*
:params {}
access:  schema
params:  none
returns: none
order:   none
timeout: 1800 s
*/
CREATE FULLTEXT INDEX personNames IF NOT EXISTS
FOR (n:Person)
ON EACH [n.name, n.headline];
