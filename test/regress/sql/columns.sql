\set VERBOSITY terse
\set SHOW_CONTEXT never
-- Lists of columns: the value loses them, the key does not.
CREATE TABLE person (id int PRIMARY KEY, name text NOT NULL, mail varchar(12), born date, note text DEFAULT 'none');
CREATE FUNCTION images(VARIADIC options text[] DEFAULT '{}') RETURNS TABLE (op text, before text, after text) LANGUAGE sql AS $$
    SELECT data::json ->> 'op', data::json ->> 'before', data::json ->> 'after'
    FROM pg_logical_slot_peek_changes('regress', NULL, NULL, VARIADIC options)
$$;
INSERT INTO person VALUES (1, 'Ada 😀 L.', 'ada@host', '1815-12-10', NULL);
UPDATE person SET note = 'countess';
DELETE FROM person;
SELECT * FROM images('column.include.list', 'public\.person\.(NAME|born)');
SELECT * FROM images('column.exclude.list', 'public.person.id, public.person.note');
SELECT * FROM images('column.include.list', 'public.person.nothing');
SELECT count(*) AS keys FROM pg_logical_slot_peek_binary_changes('regress', NULL, NULL, 'format', 'chunks', 'column.include.list', 'public.person.name')
WHERE position('{"id":1}'::bytea IN data) > 0;
-- Masks: of text only, of nulls too; digests within the declared length; text cut by UTF-16 units.
SELECT * FROM images('column.mask.with.3.chars', 'public.person.*');
SELECT * FROM images('column.mask.hash.SHA-256.with.salt.abc', 'public.person.name,public.person.mail');
SELECT * FROM images('column.mask.hash.v2.MD5.with.salt.abc', 'public.person.name,public.person.mail');
SELECT after FROM images('column.truncate.to.6.chars', 'public.person.*') LIMIT 1;
SELECT data ~ '"name":"Ada \\uD83D"' AS half_a_pair FROM pg_logical_slot_peek_changes('regress', NULL, NULL, 'column.truncate.to.5.chars', 'public.person.*') LIMIT 1;
-- The plain text's digest is the server's own.
SELECT (after::json ->> 'name') = encode(sha256(convert_to('abcAda 😀 L.', 'UTF8')), 'hex') AS same
FROM images('column.mask.hash.v2.SHA-256.with.salt.abc', 'public.person.name') LIMIT 1;
-- The first rule wins, whatever its kind; by hand the rules may also stand in one option.
SELECT after FROM images('column.mask.hash.SHA-1.with.salt.x', 'public.person.name', 'column.mask.with.2.chars', 'public.person.name',
    'column.truncate.to.4.chars', 'public.person.name') LIMIT 1;
SELECT after FROM images('outflow.column.rules', E'column.mask.with.2.chars\npublic.person.name\ncolumn.truncate.to.3.chars\npublic.person.mail') LIMIT 1;
-- Parameters of the schema.
CREATE FUNCTION parameters(VARIADIC options text[] DEFAULT '{}') RETURNS TABLE (field text, parameters text) LANGUAGE sql AS $$
    SELECT field ->> 'field', field ->> 'parameters' FROM (
        SELECT data::json FROM pg_logical_slot_peek_changes('regress', NULL, NULL,
            VARIADIC ARRAY['value.converter.schemas.enable', 'true'] || options) LIMIT 1) event(data),
        json_array_elements(data -> 'schema' -> 'fields' -> 0 -> 'fields') AS field
$$;
SELECT * FROM parameters('column.mask.with.1.chars', 'public.person.(id|name)', 'column.truncate.to.12.chars', 'public.person.(mail|note|born)');
SELECT * FROM parameters('column.propagate.source.type', 'public.person.*');
SELECT * FROM parameters('datatype.propagate.source.type', 'public.person.(varchar|int4)');
-- A snapshot is asked the same.
INSERT INTO person VALUES (2, 'Bob', NULL, NULL, NULL);
SELECT outflow.preview(p, 'r', '{column.mask.with.1.chars,public.person.name,column.exclude.list,public.person.born}')::json ->> 'after' AS after FROM person p;
SELECT position('{"id":2}'::bytea IN outflow.snapshot(p, '{column.exclude.list,public.person.id}')) > 0 AS has_key FROM person p;
SELECT * FROM outflow.captured_tables('{column.include.list,public.person.nothing}');
-- Updates that change nothing of what is printed, under full identity.
SELECT count(*) > 0 AS read FROM events();
ALTER TABLE person REPLICA IDENTITY FULL;
UPDATE person SET name = 'Bob';
UPDATE person SET name = 'Bo';
UPDATE person SET note = 'none';
SELECT * FROM images();
SELECT * FROM images('skip.messages.without.change', 'true');
SELECT * FROM images('skip.messages.without.change', 'true', 'column.mask.with.2.chars', 'public.person.name');
SELECT * FROM images('skip.messages.without.change', 'true', 'column.include.list', 'public.person.name');
-- Keys: configured ones, in their order.
UPDATE person SET mail = 'bob@host';
SELECT op FROM images('message.key.columns', 'public.person:mail');
SELECT * FROM images('message.key.columns', 'public.person');
SELECT * FROM images('message.key.columns', 'public.person:');
SELECT * FROM images('message.key.columns', 'public.person:id,,name');
-- What is refused.
SELECT * FROM images('column.include.list', 'a', 'column.exclude.list', 'b');
SELECT * FROM images('column.mask.with.x.chars', 'public.person.name');
SELECT * FROM images('column.truncate.to.-1.chars', 'public.person.name');
SELECT * FROM images('column.mask.hash.SHA3-256.with.salt.x', 'public.person.name');
SELECT * FROM images('column.mask.hash.SHA-256', 'public.person.name');
SELECT * FROM images('column.mask.with.1.chars', 'public.person.(');
SELECT * FROM images('outflow.column.rules', 'column.mask.with.2.chars');
SELECT count(*) > 0 AS read FROM events();
DROP TABLE person;
DROP FUNCTION images, parameters;
