// wipe_relationships: deletes relationships of the graph, so many at a time; run until it deletes none.
/*
:params { batch: 20000 }
access:  write
params:  batch: INTEGER
returns: deleted: INTEGER
order:   none (one row)
timeout: 120 s
*/
MATCH (:Person|Brand|Topic|Community|Dataset)-[r]->()
WITH r LIMIT $batch
DELETE r
RETURN count(*) AS deleted;
