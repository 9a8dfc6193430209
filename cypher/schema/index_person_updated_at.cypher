// index_person_updated_at: people changed since a moment.
/*
:params {}
access:  schema
params:  none
returns: none
order:   none
timeout: 1800 s
*/
CREATE INDEX personUpdatedAt IF NOT EXISTS
FOR (n:Person)
ON (n.updatedAt);
