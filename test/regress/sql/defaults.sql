\set VERBOSITY terse
\set SHOW_CONTEXT never
-- A null prints the column's default, read from the expression's text as Debezium reads it.
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE d (
    id int,
    i7 int DEFAULT 7, im int DEFAULT -5, isum int DEFAULT (2 + 3), i8 bigint DEFAULT 9000000000,
    n numeric(6,2) DEFAULT 1.5, nu numeric DEFAULT 2.5, f float8 DEFAULT 0.25,
    b bool DEFAULT true, bexpr bool DEFAULT (1 > 0),
    t text DEFAULT 'it''s', tf text DEFAULT lower('ABC') || 'z', tu text DEFAULT current_user,
    tc text DEFAULT ('a' || 'b'), c char(4) DEFAULT 'ab', v varchar DEFAULT NULL::varchar,
    u uuid DEFAULT gen_random_uuid(), uc uuid DEFAULT 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
    j jsonb DEFAULT '{"a": 1}', m mood DEFAULT 'ok',
    dt date DEFAULT '2024-02-29', dte date DEFAULT '2024-01-01'::date + 1,
    ts timestamp DEFAULT '2024-01-31 10:20:11.5', tsz timestamptz DEFAULT '2020-02-03 04:05:06.789+02',
    now timestamptz DEFAULT now(), inf timestamptz DEFAULT 'infinity',
    iv interval DEFAULT '1 day 02:00', tm time DEFAULT '10:20', x bytea DEFAULT '\x01');
INSERT INTO d VALUES (1, NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,
    NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
SELECT key, value FROM pg_logical_slot_peek_changes('regress', NULL, NULL), json_each_text(data::json -> 'after');
-- Dropping a default takes it out of the next event.
ALTER TABLE d ALTER i7 DROP DEFAULT;
INSERT INTO d (id, im) VALUES (2, NULL);
SELECT data::json -> 'after' ->> 'id' AS id, data::json -> 'after' ->> 'i7' AS i7
FROM pg_logical_slot_get_changes('regress', NULL, NULL);
-- A default that no row can have does not stop the stream.
CREATE TABLE wild (id int, n numeric(4,2) DEFAULT 12345, r numeric(4,2) DEFAULT 99.999, z numeric(6,4) DEFAULT 007.5,
    iv interval DEFAULT '1 day 1 day'::text::interval, i int DEFAULT '99999999999'::text::int,
    dt date DEFAULT '2023-02-30'::text::date, u uuid DEFAULT 'no uuid'::text::uuid);
INSERT INTO wild VALUES (1, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
SELECT data::json ->> 'after' AS after FROM pg_logical_slot_peek_changes('regress', NULL, NULL);
SELECT data::json ->> 'after' AS after
FROM pg_logical_slot_get_changes('regress', NULL, NULL, 'decimal.handling.mode', 'string');
DROP TABLE d, wild;
DROP TYPE mood;
