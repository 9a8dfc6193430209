// unique_brand_id: no two brands share an id; finding one by id is a look-up.
/*
:params {}
access:  schema
params:  none
returns: none
order:   none
timeout: 1800 s
*/
CREATE CONSTRAINT brandId IF NOT EXISTS
FOR (n:Brand)
REQUIRE n.id IS UNIQUE;
