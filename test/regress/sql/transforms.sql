\set VERBOSITY default
\set SHOW_CONTEXT never
CREATE TABLE shop_eu (id int PRIMARY KEY);
-- Routers in order, on the topic that the one before made; predicates look at that topic too.
SELECT topic FROM outflow.captured_tables('{outflow.transforms,"regex,regex.2",
    regex.regex,"(.*)\.shop_(.*)",regex.replacement,"$1.$2",
    regex.2.regex,".*(eu)",regex.2.replacement,"\\$1-$1",regex.2.predicate,"outflow.*"}');
SELECT topic FROM outflow.captured_tables('{outflow.transforms,regex,regex.regex,"(.*)",
    regex.replacement,all,regex.predicate,outflow.*,regex.negate,true}');
SELECT topic FROM outflow.captured_tables('{outflow.transforms,regex,regex.regex,"o|outflow.*",
    regex.replacement,x}');
-- The same for a topic that is no table's.
SELECT outflow.routed_topic('beat.shop', '{outflow.transforms,regex,regex.regex,"(.*)\\.(.*)",
    regex.replacement,"$2-$1"}'), outflow.routed_topic('beat.shop', '{}');
-- Debezium's router; a replacement that is empty changes nothing.
SELECT topic FROM outflow.captured_tables('{outflow.transforms,"logical,regex",
    logical.topic.regex,"(.*)shop_(.*)",logical.topic.replacement,"$1all_$2",
    regex.regex,"(.*)all_(.*)",regex.replacement,"$1every_$2"}');
SELECT topic FROM outflow.captured_tables('{outflow.transforms,logical,
    logical.topic.regex,"(.*)_eu(x)?",logical.topic.replacement,$2}');
SELECT topic FROM outflow.captured_tables('{outflow.transforms,logical,
    logical.topic.regex,"(.*)",logical.topic.replacement,all,logical.key.field.regex,x}');
SELECT topic FROM outflow.captured_tables('{outflow.transforms,logical,logical.topic.regex,x}');
-- A topic for one table, behind all routers.
SELECT topic FROM outflow.captured_tables('{outflow.transforms,regex,regex.regex,"(.*)",
    regex.replacement,all,outflow.topic.overrides," public.other:x, public.shop_eu : eu-1 "}');
SELECT topic FROM outflow.captured_tables('{outflow.topic.overrides,"public.shop_e:x,shop_eu.public:y"}');
SELECT topic FROM outflow.captured_tables('{outflow.topic.overrides,"public.shop_eu:a/b"}');
SELECT topic FROM outflow.captured_tables('{outflow.topic.overrides,"shop_eu:x"}');
-- What is wrong is named.
SELECT * FROM events('outflow.transforms', 'filter');
SELECT * FROM events('outflow.transforms', 'regex,regex');
SELECT * FROM events('outflow.transforms', 'regex', 'regex.regex', 'x');
SELECT * FROM events('outflow.transforms', 'regex', 'regex.regex', '(', 'regex.replacement', 'x');
SELECT * FROM events('outflow.transforms', 'regex', 'regex.regex', 'x', 'regex.replacement', '$1');
SELECT * FROM events('outflow.transforms', 'regex', 'regex.regx', 'x');
SELECT * FROM events('outflow.transforms', 'regex', 'regex.negate', 'maybe');
SELECT * FROM events('regex.regex', 'x');
DROP TABLE shop_eu;
-- ExtractNewRecordState: rows instead of envelopes, for the topics of its predicate.
CREATE TABLE flat (id int PRIMARY KEY, v text NOT NULL);
CREATE TABLE other (id int PRIMARY KEY);
INSERT INTO flat VALUES (1, 'a');
UPDATE flat SET v = 'b';
UPDATE flat SET id = 2;
DELETE FROM flat;
TRUNCATE flat;
INSERT INTO other VALUES (1);
SELECT * FROM events('outflow.transforms', 'logical', 'logical.topic.regex', '.*flat',
    'logical.topic.replacement', 'all', 'logical.key.field.name', 'id');
SELECT pg_logical_emit_message(true, 'p', 'm') IS NOT NULL AS emitted;
SELECT * FROM events('outflow.transforms', 'logical', 'logical.topic.regex', 'outflow.(message)',
    'logical.topic.replacement', 'all');
SELECT mask(data) FROM pg_logical_slot_peek_changes('regress', NULL, NULL, 'outflow.transforms', 'unwrap',
    'unwrap.predicate', '.*flat', 'skipped.operations', 'none');
SELECT mask(data) FROM pg_logical_slot_get_changes('regress', NULL, NULL, 'outflow.transforms', 'unwrap',
    'unwrap.delete.tombstone.handling.mode', 'rewrite', 'unwrap.predicate', '.*flat');
SELECT outflow.preview(f, 'c', '{outflow.transforms,unwrap,value.converter.schemas.enable,true}')
FROM (VALUES (1)) v, LATERAL (SELECT (1, 'x')::flat AS f) r;
-- Parts of the envelope behind the columns; what a table does not have is left out.
INSERT INTO flat VALUES (4, 'a');
UPDATE flat SET v = 'b';
DELETE FROM flat;
SELECT mask(data) FROM pg_logical_slot_get_changes('regress', NULL, NULL, 'outflow.transforms', 'unwrap',
    'unwrap.delete.tombstone.handling.mode', 'rewrite', 'unwrap.add.fields.prefix', '_',
    'unwrap.add.fields', 'op, table,source.schema,db:database,source.snapshot,id,before.v,after.nothing,nothing,source.op');
SELECT outflow.preview(f, 'r', '{outflow.transforms,unwrap,unwrap.add.fields,"op,table,after.v:again"}')
FROM (VALUES (1)) v, LATERAL (SELECT (1, 'x')::flat AS f) r;
SELECT outflow.preview(f, 'c', '{outflow.transforms,unwrap,value.converter.schemas.enable,true,unwrap.add.fields,"op,lsn,source.snapshot:s,before.v"}')
FROM (VALUES (1)) v, LATERAL (SELECT (1, 'x')::flat AS f) r;
SELECT * FROM events('outflow.transforms', 'unwrap', 'unwrap.add.fields', 'source');
SELECT * FROM events('outflow.transforms', 'unwrap', 'unwrap.add.fields', 'other.op');
SELECT * FROM events('outflow.transforms', 'unwrap', 'unwrap.add.fields', 'op:a:b');
SELECT * FROM events('outflow.transforms', 'unwrap', 'unwrap.add.fields', 'source.snapshot,source.snapshot:twice');
SELECT * FROM events('outflow.transforms', 'unwrap', 'unwrap.add.headers', 'source.snapshot');
SELECT * FROM events('outflow.transforms', 'unwrap', 'unwrap.drop.fields.header.name', '__debezium.newkey');
SELECT outflow.preview(f, 'c', '{outflow.transforms,unwrap,unwrap.add.fields,op:v,unwrap.add.fields.prefix,""}')
FROM (VALUES (1)) v, LATERAL (SELECT (1, 'x')::flat AS f) r;
SELECT outflow.preview(f, 'c', '{outflow.transforms,unwrap,unwrap.route.by.field,id}')
FROM (VALUES (1)) v, LATERAL (SELECT (1, 'x')::flat AS f) r;
SELECT outflow.preview(f, 'c', '{outflow.transforms,unwrap,unwrap.route.by.field,nothing}')
FROM (VALUES (1)) v, LATERAL (SELECT (1, 'x')::flat AS f) r;
DROP TABLE flat, other;
