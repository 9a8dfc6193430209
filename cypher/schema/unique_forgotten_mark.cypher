// unique_forgotten_mark: nobody is forgotten twice; finding out is a look-up.
/*
:params {}
access:  schema
params:  none
returns: none
order:   none
timeout: 1800 s
*/
CREATE CONSTRAINT forgottenMark IF NOT EXISTS
FOR (n:Forgotten)
REQUIRE n.mark IS UNIQUE;
