// index_trusts_updated_at: trust changed since a moment.
/*
:params {}
access:  schema
params:  none
returns: none
order:   none
timeout: 1800 s
*/
CREATE INDEX trustsUpdatedAt IF NOT EXISTS
FOR ()-[r:TRUSTS]-()
ON (r.updatedAt);
