SELECT (payment, rule)::text FROM alerts
