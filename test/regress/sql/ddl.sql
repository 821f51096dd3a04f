\set VERBOSITY terse
\set SHOW_CONTEXT never
-- The plan of a table follows its catalogue at each point of the WAL.
CREATE TABLE p (id int PRIMARY KEY, a text);
INSERT INTO p VALUES (1, 'before');
ALTER TABLE p ADD COLUMN b int;
INSERT INTO p VALUES (2, 'added', 5);
ALTER TABLE p ADD COLUMN c int DEFAULT 42;
INSERT INTO p VALUES (3, 'defaulted');
UPDATE p SET a = 'old row' WHERE id = 1;
ALTER TABLE p DROP COLUMN a;
INSERT INTO p VALUES (4, 6, 7);
ALTER TABLE p RENAME COLUMN b TO renamed;
INSERT INTO p VALUES (5, 6, 7);
ALTER TABLE p ALTER renamed TYPE text;
INSERT INTO p VALUES (6, 'six', 7);
ALTER TABLE p RENAME TO q;
INSERT INTO q VALUES (7, 'seven', 7);
BEGIN;
INSERT INTO q VALUES (8, 'eight', 8);
ALTER TABLE q ADD COLUMN inside bool;
INSERT INTO q VALUES (9, 'nine', 9, true);
COMMIT;
SELECT data::json -> 'source' ->> 'table' AS "table", data::json ->> 'after' AS after
FROM pg_logical_slot_get_changes('regress', NULL, NULL);
ALTER TABLE q DROP CONSTRAINT p_pkey;
ALTER TABLE q ADD PRIMARY KEY (id);
ALTER TABLE q ALTER id SET DEFAULT 3;
-- Generated columns are not decoded; a row without columns is no event.
CREATE TABLE g (id int PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2) STORED);
INSERT INTO g VALUES (1);
CREATE TABLE empty ();
INSERT INTO empty DEFAULT VALUES;
SELECT data::json -> 'source' ->> 'table' AS "table", data::json ->> 'after' AS after
FROM pg_logical_slot_get_changes('regress', NULL, NULL);
-- Partitions go out under their own names.
CREATE TABLE parted (id int PRIMARY KEY, v text) PARTITION BY RANGE (id);
CREATE TABLE parted_low PARTITION OF parted FOR VALUES FROM (0) TO (10);
CREATE TABLE parted_high PARTITION OF parted FOR VALUES FROM (10) TO (20);
INSERT INTO parted VALUES (1, 'low'), (11, 'high');
UPDATE parted SET id = 12 WHERE id = 1;
SELECT data::json -> 'source' ->> 'table' AS "table", data::json ->> 'op' AS op, data::json ->> 'after' AS after
FROM pg_logical_slot_get_changes('regress', NULL, NULL);
-- Odd names.
CREATE SCHEMA "Odd Schema";
CREATE TABLE "Odd Schema"."Täble $1" ("a ""b""" int PRIMARY KEY, "ü" text);
INSERT INTO "Odd Schema"."Täble $1" VALUES (1, 'x');
SELECT data::json -> 'source' ->> 'schema' AS "schema", data::json -> 'source' ->> 'table' AS "table", data::json ->> 'after' AS after
FROM pg_logical_slot_get_changes('regress', NULL, NULL);
DROP SCHEMA "Odd Schema" CASCADE;
DROP TABLE q, g, empty, parted;
