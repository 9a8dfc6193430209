// index_active_in_updated_at: activity changed since a moment.
/*
:params {}
access:  schema
params:  none
returns: none
order:   none
timeout: 1800 s
*/
CREATE INDEX activeInUpdatedAt IF NOT EXISTS
FOR ()-[r:ACTIVE_IN]-()
ON (r.updatedAt);
