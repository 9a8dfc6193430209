// unique_community_moment_id: no two moments of histories of communities share an id; finding one by id is a look-up.
/*
:params {}
access:  schema
params:  none
returns: none
order:   none
timeout: 1800 s
*/
CREATE CONSTRAINT communityMomentId IF NOT EXISTS
FOR (n:CommunityMoment)
REQUIRE n.id IS UNIQUE;
