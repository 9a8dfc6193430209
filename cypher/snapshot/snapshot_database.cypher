// snapshot_database: which database this is, whatever its name.
/*
:params {}
access:  read
params:  none
returns: id: STRING
order:   one row
timeout: 10 s
*/
CALL db.info()
YIELD id
RETURN id;
