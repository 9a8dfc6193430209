// index_has_role_updated_at: roles changed since a moment.
/*
:params {}
access:  schema
params:  none
returns: none
order:   none
timeout: 1800 s
*/
CREATE INDEX hasRoleUpdatedAt IF NOT EXISTS
FOR ()-[r:HAS_ROLE]-()
ON (r.updatedAt);
