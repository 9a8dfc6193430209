// index_person_opted_out: the few people who opted out, so that counts without them need not look at everybody.
/*
:params {}
access:  schema
params:  none
returns: none
order:   none
timeout: 1800 s
*/
CREATE INDEX personOptedOut IF NOT EXISTS
FOR (n:Person)
ON (n.optedOut);
