// index_distrusts_updated_at: distrust changed since a moment.
/*
:params {}
access:  schema
params:  none
returns: none
order:   none
timeout: 1800 s
*/
CREATE INDEX distrustsUpdatedAt IF NOT EXISTS
FOR ()-[r:DISTRUSTS]-()
ON (r.updatedAt);
