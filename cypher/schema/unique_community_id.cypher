// unique_community_id: no two communities share an id; finding one by id is a look-up.
/*
:params {}
access:  schema
params:  none
returns: none
order:   none
timeout: 1800 s
*/
CREATE CONSTRAINT communityId IF NOT EXISTS
FOR (n:Community)
REQUIRE n.id IS UNIQUE;
