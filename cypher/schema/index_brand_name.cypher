// index_brand_name: brands in the order of their names.
/*
:params {}
access:  schema
params:  none
returns: none
order:   none
timeout: 1800 s
*/
CREATE INDEX brandName IF NOT EXISTS
FOR (n:Brand)
ON (n.name);
