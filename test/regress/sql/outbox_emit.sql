\set VERBOSITY terse
\set SHOW_CONTEXT never
\pset format unaligned
-- An event without a table: it is its transaction's, and lost with it.
CREATE FUNCTION emitted(VARIADIC options text[] DEFAULT '{}') RETURNS TABLE (value text) LANGUAGE sql AS $$
    SELECT data FROM pg_logical_slot_peek_changes('regress', NULL, NULL, VARIADIC options)
$$;
BEGIN;
SELECT outflow.outbox_emit('order', '42', 'created', '{"b": 1, "a": [true, null]}'::jsonb) IS NOT NULL AS has_id;
SELECT outflow.outbox_emit('order', '42', 'noted', 'text "quoted" ü') IS NOT NULL AS has_id;
SELECT outflow.outbox_emit('order', '42', 'packed', '\x00ff'::bytea, '{"trace": "t", "n": 1.50, "none": null, "deep": {"a": 1}}') IS NOT NULL AS has_id;
SELECT outflow.outbox_emit('order', '42', 'emptied', NULL::jsonb) IS NOT NULL AS has_id;
COMMIT;
BEGIN;
SELECT outflow.outbox_emit('order', '42', 'rolled back', '{}'::jsonb) IS NOT NULL AS has_id;
ROLLBACK;
BEGIN;
SAVEPOINT s;
SELECT outflow.outbox_emit('order', '42', 'rolled back', '{}'::jsonb) IS NOT NULL AS has_id;
ROLLBACK TO s;
COMMIT;
SELECT * FROM emitted();
SELECT * FROM emitted('value.converter.schemas.enable', 'true');
SELECT * FROM emitted('outflow.transforms', 'outbox', 'outbox.table.expand.json.payload', 'true',
                      'outbox.route.tombstone.on.empty.payload', 'true');
SELECT * FROM emitted('message.prefix.include.list', 'nothing');
-- Routing by another column of the table that is not there.
SELECT count(*) FROM emitted('outflow.transforms', 'outbox', 'outbox.route.by.field', 'type', 'outbox.table.fields.additional.placement', 'aggregatetype:header');
SELECT count(*) FROM pg_logical_slot_get_changes('regress', NULL, NULL);
-- In a trigger and in a function.
CREATE TABLE orders (id int PRIMARY KEY);
CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM outflow.outbox_emit('order', NEW.id::text, TG_OP, to_jsonb(NEW));
    RETURN NULL;
END $$;
CREATE TRIGGER tell AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION tell();
INSERT INTO orders VALUES (1), (2);
SELECT left(value, 30) AS value FROM emitted();
SELECT count(*) FROM pg_logical_slot_get_changes('regress', NULL, NULL);
-- What could not be delivered is refused in the session.
SELECT outflow.outbox_emit(NULL, '42', 'created', '{}'::jsonb);
SELECT outflow.outbox_emit('', '42', 'created', '{}'::jsonb);
SELECT outflow.outbox_emit('or der', '42', 'created', '{}'::jsonb);
SELECT outflow.outbox_emit('order', NULL, 'created', '{}'::jsonb);
SELECT outflow.outbox_emit('order', '42', NULL, '{}'::jsonb);
SELECT outflow.outbox_emit('order', repeat('ü', 256), 'created', '{}'::jsonb);
SELECT outflow.outbox_emit('order', repeat('ü', 255), 'created', '{}'::jsonb) IS NOT NULL AS has_id;
SELECT outflow.outbox_emit('order', '42', 'created', '{}'::jsonb, '[]');
SELECT outflow.outbox_emit('order', '42', 'created', '{}'::jsonb, '{"id": 1}');
SELECT outflow.outbox_emit('order', '42', 'created', '{}'::jsonb, '{"": 1}');
BEGIN READ ONLY;
SELECT outflow.outbox_emit('order', '42', 'created', '{}'::jsonb);
ROLLBACK;
CREATE ROLE outbox_nobody;
SET ROLE outbox_nobody;
SELECT outflow.outbox_emit('order', '42', 'created', '{}'::jsonb);
RESET ROLE;
SELECT count(*) FROM pg_logical_slot_get_changes('regress', NULL, NULL);
-- Anybody may write under the prefix: what is no event is a message, and holds nothing up.
SELECT 'sent' FROM pg_logical_emit_message(true, 'outflow.outbox', 'hello') a,
    pg_logical_emit_message(true, 'outflow.outbox', '\x016a0100'::bytea || decode(repeat('00', 28), 'hex')) b,
    -- a text that is none in the encoding of the database
    pg_logical_emit_message(true, 'outflow.outbox', '\x01740100'::bytea || decode(repeat('01', 16), 'hex')
        || '\x0100010001000000'::bytea || '\x00000000'::bytea || 'abc' || '\xff'::bytea) c,
    pg_logical_emit_message(true, 'outflow.outbox', '') d,
    pg_logical_emit_message(false, 'outflow.outbox', 'outside') e;
SELECT value::json -> 'message' ->> 'prefix' AS prefix FROM emitted();
-- One whose topic would be none.
SELECT outflow.outbox_emit('order', '42', 'created', '{}'::jsonb) IS NOT NULL AS has_id;
SELECT count(*) FROM pg_logical_slot_get_changes('regress', NULL, NULL, 'outflow.transforms', 'outbox', 'outbox.route.topic.replacement', 'a b');
DROP ROLE outbox_nobody;
DROP TABLE orders;
DROP FUNCTION tell, emitted;
