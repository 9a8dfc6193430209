// index_trusts_last_seen: trust by the day it was last seen, for stale trust.
/*
:params {}
access:  schema
params:  none
returns: none
order:   none
timeout: 1800 s
*/
CREATE INDEX trustsLastSeen IF NOT EXISTS
FOR ()-[r:TRUSTS]-()
ON (r.lastSeen);
