\set VERBOSITY terse
\set SHOW_CONTEXT never
\pset format unaligned
-- schemas.enable: the Connect schema beside every value.
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE s (id serial PRIMARY KEY, n numeric(6,4), v numeric, e mood NOT NULL DEFAULT 'ok', a int[],
    t timestamptz NOT NULL DEFAULT now(), "sp ace" text);
INSERT INTO s (n, t) VALUES (1.5, '2020-01-01Z');
SELECT mask(data) FROM pg_logical_slot_peek_changes('regress', NULL, NULL, 'value.converter.schemas.enable', 'true');
SELECT data::json -> 'payload' -> 'after' ->> 'id' AS id
FROM pg_logical_slot_get_changes('regress', NULL, NULL, 'value.converter.schemas.enable', 'true', 'key.converter.schemas.enable', 'true');
DROP TABLE s;
DROP TYPE mood;
