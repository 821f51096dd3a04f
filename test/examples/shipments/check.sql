SELECT (id, status, place, scans)::text FROM shipments
