\set VERBOSITY terse
\set SHOW_CONTEXT never
-- What a publication lets through, and under which table's name: as pgoutput decides it.
CREATE FUNCTION changes(publication text, VARIADIC options text[] DEFAULT '{}')
RETURNS TABLE ("table" text, op text, before text, after text) LANGUAGE sql AS $$
    SELECT data::json -> 'source' ->> 'table', data::json ->> 'op', data::json ->> 'before', data::json ->> 'after'
    FROM pg_logical_slot_get_changes('regress', NULL, NULL,
        VARIADIC ARRAY['publication.name', publication, 'skipped.operations', 'none'] || options)
$$;
-- Column lists: other columns are not there, and the key has only what is in the list.
CREATE TABLE listed (id int PRIMARY KEY, hidden text NOT NULL DEFAULT 'h', a text, twice int GENERATED ALWAYS AS (id * 2) STORED);
CREATE TABLE half_key (x int, y int, z int, PRIMARY KEY (y, x));
CREATE PUBLICATION lists FOR TABLE listed (a, id), half_key (z, x) WITH (publish = 'insert');
INSERT INTO listed VALUES (1, 'h', 'a');
INSERT INTO half_key VALUES (1, 2, 3);
UPDATE listed SET a = 'b';
SELECT * FROM changes('lists');
SELECT outflow.preview(l, 'r', '{publication.name,lists}')::json ->> 'after' AS after FROM listed l;
INSERT INTO half_key VALUES (4, 5, 6);
SELECT data::json -> 'schema' -> 'fields' -> 1 ->> 'fields' AS after_fields
FROM pg_logical_slot_get_changes('regress', NULL, NULL, 'publication.name', 'lists', 'value.converter.schemas.enable', 'true');
DROP PUBLICATION lists;
-- Row filters: null is no match; an update that crosses the border is an insert or a delete.
CREATE TABLE filtered (id int PRIMARY KEY, n int, t text);
ALTER TABLE filtered REPLICA IDENTITY FULL;
CREATE PUBLICATION filters FOR TABLE filtered WHERE (n > 10 AND t <> 'no');
INSERT INTO filtered VALUES (1, 1, 'a'), (2, 11, 'a'), (3, NULL, 'a'), (4, 12, 'no'), (5, 13, NULL);
UPDATE filtered SET n = 20 WHERE id IN (1, 2);
UPDATE filtered SET n = 2 WHERE id = 1;
UPDATE filtered SET id = 9 WHERE id = 2;
UPDATE filtered SET n = NULL WHERE id = 9;
UPDATE filtered SET n = 21, id = 10 WHERE id = 1;
DELETE FROM filtered WHERE id <> 10;
DELETE FROM filtered;
SELECT * FROM changes('filters');
-- What is filtered out does not count: `sequence` names the commit of the last published transaction,
-- which ends where the next one begins.
INSERT INTO filtered VALUES (1, 11, 'first');
INSERT INTO filtered VALUES (2, 11, 'right behind');
INSERT INTO filtered VALUES (3, 1, 'filtered');
BEGIN;
INSERT INTO filtered VALUES (4, 1, 'filtered');
UPDATE filtered SET id = 5 WHERE id = 4;
COMMIT;
INSERT INTO filtered VALUES (6, 11, 'behind filtered ones');
SELECT data::json -> 'after' ->> 't' AS t,
    ((data::json -> 'source' ->> 'sequence')::json ->> 0)::bigint < (data::json -> 'source' ->> 'lsn')::bigint AS gap
FROM pg_logical_slot_peek_changes('regress', NULL, NULL, 'publication.name', 'filters', 'outflow.sequence.lsn', '0/1');
SELECT * FROM changes('filters', 'skipped.operations', 'c');
-- Values out of line: the old row has them.
CREATE TABLE wide (id int PRIMARY KEY, n int, big text);
ALTER TABLE wide ALTER big SET STORAGE EXTERNAL, REPLICA IDENTITY FULL;
ALTER PUBLICATION filters SET TABLE wide WHERE (length(big) > 2500 AND n > 1);
INSERT INTO wide VALUES (1, 1, repeat('x', 3000));
UPDATE wide SET n = 2;
UPDATE wide SET n = 3;
UPDATE wide SET n = 0;
SELECT "table", op, length(before), length(after) FROM changes('filters');
-- An error in a filter ends the decoding with the server's words; the session lives on.
ALTER PUBLICATION filters SET TABLE filtered WHERE (100 / n > 10);
INSERT INTO filtered VALUES (20, 0, 'division');
SELECT * FROM changes('filters');
ALTER PUBLICATION filters SET TABLE filtered WHERE (n = 0);
SELECT count(*) FROM pg_logical_slot_peek_changes('regress', NULL, NULL);
SELECT 1 FROM pg_replication_slot_advance('regress', pg_current_wal_lsn());
INSERT INTO filtered VALUES (21, 0, 'after');
SELECT * FROM changes('filters');
-- A table excluded by the lists still counts, unless its filter drops the row.
INSERT INTO filtered VALUES (22, 0, 'excluded');
SELECT * FROM changes('filters', 'table.exclude.list', 'public.filtered');
DROP PUBLICATION filters;
-- Partitions: their own names, or their root's with its columns.
CREATE TABLE root (id int, part int, a text DEFAULT 'root', PRIMARY KEY (part, id)) PARTITION BY RANGE (part);
CREATE TABLE leaf (gone int, a text DEFAULT 'leaf', part int NOT NULL, id int NOT NULL);
ALTER TABLE leaf DROP COLUMN gone;
ALTER TABLE root ATTACH PARTITION leaf FOR VALUES FROM (0) TO (10);
CREATE TABLE middle PARTITION OF root FOR VALUES FROM (10) TO (20) PARTITION BY LIST (part);
CREATE TABLE bottom PARTITION OF middle FOR VALUES IN (10, 11);
CREATE PUBLICATION leaves FOR TABLE root;
CREATE PUBLICATION roots FOR TABLE root (id, part) WHERE (id <> 7) WITH (publish_via_partition_root);
CREATE PUBLICATION middles FOR TABLE middle WITH (publish_via_partition_root);
CREATE FUNCTION load() RETURNS void LANGUAGE sql AS $$
    INSERT INTO root VALUES (1, 1, 'x'), (2, 10, NULL), (7, 1, 'seven');
    UPDATE root SET part = 11 WHERE id = 1;
    DELETE FROM root WHERE id = 2;
$$;
SELECT load();
TRUNCATE root;
SELECT * FROM changes('leaves');
SELECT load();
TRUNCATE root;
TRUNCATE leaf;
SELECT * FROM changes('roots');
SELECT load();
TRUNCATE root;
SELECT * FROM changes('middles');
SELECT load();
ALTER TABLE root DETACH PARTITION leaf;
INSERT INTO leaf VALUES ('detached', 1, 8);
INSERT INTO root VALUES (8, 10, 'still');
SELECT * FROM changes('roots') WHERE after LIKE '%8%';
-- The root changes alone: the plans of its partitions follow.
INSERT INTO root VALUES (11, 10);
ALTER TABLE root RENAME TO renamed;
INSERT INTO renamed VALUES (12, 10);
SELECT * FROM changes('roots');
DROP PUBLICATION leaves, roots, middles;
DROP TABLE listed, half_key, filtered, wide, renamed, leaf;
DROP FUNCTION load, changes;
