\set VERBOSITY terse
\set SHOW_CONTEXT never
CREATE SCHEMA shop;
CREATE TABLE shop.orders (id int PRIMARY KEY);
CREATE TABLE shop.order_lines (id int PRIMARY KEY);
CREATE TABLE public.audit (id int PRIMARY KEY);
CREATE FUNCTION names(VARIADIC options text[] DEFAULT '{}') RETURNS TABLE ("table" text) LANGUAGE sql AS $$
    SELECT data::json -> 'source' ->> 'schema' || '.' || (data::json -> 'source' ->> 'table')
    FROM pg_logical_slot_peek_changes('regress', NULL, NULL, VARIADIC options)
$$;
INSERT INTO shop.orders VALUES (1);
INSERT INTO shop.order_lines VALUES (1);
INSERT INTO public.audit VALUES (1);
SELECT * FROM names();
SELECT * FROM names('table.include.list', 'shop\.orders');
SELECT * FROM names('table.include.list', 'SHOP.ORDER.*, public\.nothing');
SELECT * FROM names('table.include.list', 'orders');
SELECT * FROM names('table.exclude.list', 'shop\..*');
SELECT * FROM names('schema.include.list', 'public');
SELECT * FROM names('schema.exclude.list', 'pub.*');
SELECT * FROM names('schema.include.list', 'shop', 'table.exclude.list', 'shop.order_lines');
SELECT * FROM outflow.captured_tables('{schema.include.list,shop}') ORDER BY 1, 2;
-- The publication bounds what is captured, by table, by schema and by operation.
CREATE PUBLICATION pub FOR TABLE shop.orders WITH (publish = 'insert');
INSERT INTO shop.orders VALUES (2);
DELETE FROM shop.orders;
INSERT INTO public.audit VALUES (2);
SELECT data::json -> 'source' ->> 'table' AS "table", data::json ->> 'op' AS op
FROM pg_logical_slot_get_changes('regress', NULL, NULL, 'publication.name', 'pub', 'outflow.sequence.lsn', '0/1')
OFFSET 3;
SELECT * FROM outflow.captured_tables('{publication.name,pub}') ORDER BY 1, 2;
DROP PUBLICATION pub;
-- Messages: by prefix; transactional ones with the transaction, others at once.
SELECT 'sent' FROM pg_logical_emit_message(true, 'audit', 'hello') a, pg_logical_emit_message(false, 'metrics', '\x00ff'::bytea) b;
SELECT regexp_replace(mask(data), '"source":\{.*?\}', '"source":{…}') AS event FROM pg_logical_slot_peek_changes('regress', NULL, NULL);
SELECT data::json -> 'message' ->> 'prefix' AS prefix
FROM pg_logical_slot_peek_changes('regress', NULL, NULL, 'message.prefix.include.list', 'aud.*');
SELECT data::json -> 'message' ->> 'content' AS content
FROM pg_logical_slot_get_changes('regress', NULL, NULL, 'message.prefix.exclude.list', 'audit', 'binary.handling.mode', 'hex');
-- An error in the middle of decoding leaves nothing behind in the session: later changes of the
-- catalogue are seen, later calls work.
CREATE TABLE public.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa (id int);
INSERT INTO public.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa VALUES (1);
SELECT count(*) FROM pg_logical_slot_peek_changes('regress', NULL, NULL, 'table.include.list', 'public\.(a|aa|aaa)+b');
ALTER TABLE public.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa ADD COLUMN later int;
INSERT INTO public.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa VALUES (2, 2);
SELECT data::json ->> 'after' AS after FROM pg_logical_slot_get_changes('regress', NULL, NULL);
DROP TABLE public.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa;
DROP SCHEMA shop CASCADE;
DROP TABLE audit;
DROP FUNCTION names;
