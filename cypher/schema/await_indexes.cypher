// await_indexes: wait until every index answers; fails where one could not be built.
/*
:params {}
access:  read
params:  none
returns: none
order:   none
timeout: 1800 s
*/
CALL db.awaitIndexes(1800);
