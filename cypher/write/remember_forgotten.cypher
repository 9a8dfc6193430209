// remember_forgotten: remember by a mark that somebody must not come back.
/*
:params { mark: '0f', keyId: '0a' }
access:  write
params:  mark: STRING, a keyed hash of the person's id; keyId: STRING, tells which key
returns: at: STRING, the server's moment, with zone
order:   one row
timeout: 20 s
*/
MERGE (forgotten:Forgotten {mark: $mark})
SET forgotten.keyId = $keyId
RETURN toString(datetime.realtime()) AS at;
