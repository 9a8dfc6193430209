// wipe_nodes: deletes the graph's own nodes, so many at a time; run until it deletes none. Other labels stay.
/*
:params { batch: 20000 }
access:  write
params:  batch: INTEGER
returns: deleted: INTEGER
order:   none (one row)
timeout: 120 s
*/
MATCH (n:Person|Brand|Topic|Community|Dataset)
WITH n LIMIT $batch
DETACH DELETE n
RETURN count(*) AS deleted;
