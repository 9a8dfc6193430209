// fulltext_brand_names: brands by words of their name or domain.
/*
:params {}
access:  schema
params:  none
returns: none
order:   none
timeout: 1800 s
*/
CREATE FULLTEXT INDEX brandNames IF NOT EXISTS
FOR (n:Brand)
ON EACH [n.name, n.domain];
