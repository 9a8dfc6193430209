// snapshot_clock: from when on changes are to be looked for, taken before the graph is read.
/*
:params {}
access:  read
params:  none
returns: changedUntil: STRING
order:   one row
timeout: 10 s

The start of the oldest transaction that is open: whatever it or a later one commits has an updatedAt after that.
*/
SHOW TRANSACTIONS
YIELD startTime
RETURN toString(min(datetime(startTime))) AS changedUntil;
