\set VERBOSITY terse
\set SHOW_CONTEXT never
-- Transaction metadata: BEGIN and END records, and a block in each event. The LSN in an id is that
-- of the record, so it is masked with the xid.
CREATE FUNCTION metadata(VARIADIC options text[] DEFAULT '{}') RETURNS SETOF text LANGUAGE sql AS $$
    SELECT regexp_replace(regexp_replace(event, '"id":"\d+:\d+"', '"id":"X:L"'),
        '"source":\{[^}]*\},', '')
    FROM events(VARIADIC ARRAY['provide.transaction.metadata', 'true'] || options) AS event
$$;
CREATE TABLE a (id int PRIMARY KEY, v text);
CREATE TABLE b (id int PRIMARY KEY);
CREATE TABLE c (id int PRIMARY KEY);
INSERT INTO a VALUES (1, 'x'), (2, 'y');
BEGIN;
INSERT INTO b VALUES (1);
UPDATE a SET id = 3 WHERE id = 1;
DELETE FROM a WHERE id = 2;
SELECT 'sent' FROM pg_logical_emit_message(true, 'p', 'one');
SELECT 'sent' FROM pg_logical_emit_message(true, 'p', 'two');
SELECT 'sent' FROM pg_logical_emit_message(false, 'p', 'outside');
INSERT INTO b VALUES (2);
COMMIT;
TRUNCATE a, b;
SELECT * FROM metadata('skipped.operations', 'none');
-- A transaction may begin with a message, and have nothing else.
SELECT 'sent' FROM pg_logical_emit_message(true, 'alone', '');
SELECT * FROM metadata();
-- Nothing captured: BEGIN and END all the same. Nothing published: nothing.
INSERT INTO c VALUES (1);
CREATE TABLE d (id int);
SELECT * FROM metadata('table.exclude.list', 'public\.c');
-- A skipped operation does not count.
INSERT INTO c VALUES (2);
DELETE FROM c;
SELECT * FROM metadata('skipped.operations', 'd');
-- Chunks carry them as well.
INSERT INTO c VALUES (3);
SELECT magic FROM chunks('provide.transaction.metadata', 'true');
-- xmin is the slot's catalog_xmin.
INSERT INTO c VALUES (4);
SELECT data::json -> 'source' ->> 'xmin' = catalog_xmin::text AS same
FROM pg_replication_slots,
    pg_logical_slot_get_changes('regress', NULL, NULL, 'xmin.fetch.interval.ms', '1000')
WHERE slot_name = 'regress';
-- More tables than the first room holds; the list keeps its new order afterwards.
DO $$ BEGIN
    FOR i IN 1..40 LOOP
        EXECUTE format('CREATE TABLE many_%s (id int PRIMARY KEY)', i);
    END LOOP;
END $$;
DO $$ BEGIN
    FOR i IN 1..40 LOOP
        EXECUTE format('INSERT INTO many_%s VALUES (1)', i);
    END LOOP;
END $$;
BEGIN;
INSERT INTO a VALUES (1);
INSERT INTO many_7 VALUES (2);
INSERT INTO many_21 VALUES (2);
INSERT INTO b VALUES (1);
COMMIT;
SELECT * FROM metadata() AS event WHERE event LIKE '%END%';
DO $$ BEGIN
    FOR i IN 1..40 LOOP
        EXECUTE format('DROP TABLE many_%s', i);
    END LOOP;
END $$;
DROP TABLE a, b, c, d;
