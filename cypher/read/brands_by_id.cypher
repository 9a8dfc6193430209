// brands_by_id: what is known of brands, by their ids.
/*
:params { brandIds: ['intel.com', 'dpdk-project'] }
access:  read
params:  brandIds: [ID]
returns: id: ID; name: STRING; domain: STRING, may be null
order:   id
timeout: 10 s
*/
UNWIND $brandIds AS brandId
MATCH (b:Brand {id: brandId})
RETURN DISTINCT b.id AS id, b.name AS name, b.domain AS domain
ORDER BY id;
