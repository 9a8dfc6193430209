// unique_community_stage_id: no two stages of histories of communities share an id; finding one by id is a look-up.
/*
:params {}
access:  schema
params:  none
returns: none
order:   none
timeout: 1800 s
*/
CREATE CONSTRAINT communityStageId IF NOT EXISTS
FOR (n:CommunityStage)
REQUIRE n.id IS UNIQUE;
