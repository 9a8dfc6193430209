// nodes_count: how many nodes of any kind there are, but for the marks of forgotten people.
/*
:params {}
access:  read
params:  none
returns: nodes: INTEGER
order:   one row
timeout: 10 s
*/
MATCH (n)
WHERE NOT n:Forgotten
RETURN count(n) AS nodes;
