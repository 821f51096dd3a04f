-- What the consumer found.
CREATE TABLE alerts (payment bigint, rule text, PRIMARY KEY (payment, rule));
