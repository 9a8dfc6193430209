// strengths_of_trust: the stored strength of trust relationships, each by its two people and its topic.
/*
:params { keys: [['p00001', 'p00003', 't0206'], ['p00003', 'p00001', '']] }
access:  read
params:  keys: [[ID]], each of who trusts, who is trusted, and the topic's id ('' for trust in general)
returns: strengths: [[ID, ID, ID, FLOAT]], the key and the strength of those that exist
order:   none (one row)
timeout: 10 s
*/
UNWIND $keys AS key
MATCH (a:Person {id: key[0]})-[t:TRUSTS]->(b:Person {id: key[1]})
WHERE t.topicId = key[2]
RETURN collect([key[0], key[1], key[2], t.strength]) AS strengths;
