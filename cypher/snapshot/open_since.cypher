// open_since: how many transactions began before a moment and are still open.
/*
:params { moment: '2026-01-01T00:00:00Z' }
access:  read
params:  moment: STRING, an ISO date and time with zone
returns: transactions: INTEGER
order:   one row
timeout: 10 s
*/
SHOW TRANSACTIONS
YIELD startTime
WHERE datetime(startTime) < datetime($moment)
RETURN count(*) AS transactions;
