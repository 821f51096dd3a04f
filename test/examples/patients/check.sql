SELECT ('patient', p)::text FROM research_patients AS p
UNION ALL
SELECT ('observation', o)::text FROM observations AS o
