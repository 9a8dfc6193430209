// nodes_count: how many nodes of any kind there are.
/*
:params {}
access:  read
params:  none
returns: nodes: INTEGER
order:   one row
timeout: 10 s
*/
MATCH (n)
RETURN count(n) AS nodes;
