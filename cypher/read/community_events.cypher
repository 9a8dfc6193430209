// community_events: which communities of a topic were born, grew, shrank, merged, split or ended, year by year.
/*
:params { topicId: 'u-boot' }
access:  read
params:  topicId: ID
returns: day: DATE, by which it happened; change: STRING, BORN, GREW, SHRANK, MERGED, SPLIT or ENDED; beforeIds: [ID], lines before; afterIds: [ID], lines on the day
order:   day, change, beforeIds, afterIds
timeout: 20 s

From the stored history: see community_history. What the changes mean: docs/influence/currents.md.
*/
CALL () {
  MATCH (former:CommunityMoment {topicId: $topicId})-[became:BECAME]->(later:CommunityMoment)
  WHERE became.change IN ['GREW', 'SHRANK']
  RETURN later.day AS day, became.change AS change, [former.lineId] AS beforeIds, [later.lineId] AS afterIds
  UNION ALL
  MATCH (former:CommunityMoment {topicId: $topicId})-[:BECAME {change: 'MERGED'}]->(later:CommunityMoment)
  WITH former, later ORDER BY former.lineId
  WITH later, collect(former.lineId) AS beforeIds
  RETURN later.day AS day, 'MERGED' AS change, beforeIds, [later.lineId] AS afterIds
  UNION ALL
  MATCH (former:CommunityMoment {topicId: $topicId})-[:BECAME {change: 'SPLIT'}]->(later:CommunityMoment)
  WITH former, later ORDER BY later.lineId
  WITH former, later.day AS day, collect(later.lineId) AS afterIds
  RETURN day, 'SPLIT' AS change, [former.lineId] AS beforeIds, afterIds
  UNION ALL
  MATCH (later:CommunityMoment {topicId: $topicId, born: true})
  RETURN later.day AS day, 'BORN' AS change, [] AS beforeIds, [later.lineId] AS afterIds
  UNION ALL
  MATCH (former:CommunityMoment {topicId: $topicId})
  WHERE former.endedBy IS NOT NULL
  RETURN former.endedBy AS day, 'ENDED' AS change, [former.lineId] AS beforeIds, [] AS afterIds
}
RETURN day, change, beforeIds, afterIds
ORDER BY day, change, beforeIds, afterIds;
