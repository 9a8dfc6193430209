// index_has_role_kind: roles of a kind.
/*
:params {}
access:  schema
params:  none
returns: none
order:   none
timeout: 1800 s
*/
CREATE INDEX hasRoleKind IF NOT EXISTS
FOR ()-[r:HAS_ROLE]-()
ON (r.kind);
