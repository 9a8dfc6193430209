// known_ids: which of some ids are those of people, brands and topics.
/*
:params { personIds: ['p00001'], brandIds: ['intel.com'], topicIds: ['dpdk', 'nothing'] }
access:  read
params:  personIds: [ID]; brandIds: [ID]; topicIds: [ID]
returns: people: [ID]; brands: [ID]; topics: [ID]
order:   none; one row
timeout: 20 s
*/
CALL () { UNWIND $personIds AS id MATCH (person:Person {id: id}) RETURN collect(id) AS people }
CALL () { UNWIND $brandIds AS id MATCH (brand:Brand {id: id}) RETURN collect(id) AS brands }
CALL () { UNWIND $topicIds AS id MATCH (topic:Topic {id: id}) RETURN collect(id) AS topics }
RETURN people, brands, topics;
