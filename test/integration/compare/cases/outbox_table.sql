-- The standard outbox table: inserts, updates, deletes, a changed key, a snapshot's rows.
-- runs: outbox, outbox_headers, outbox_expand, outbox_nulls, outbox_binary, metadata_outbox

create table events(
    id uuid primary key, aggregatetype varchar(255) not null, aggregateid varchar(255) not null,
    type varchar(255) not null, payload jsonb);
insert into events values ('00000000-0000-0000-0000-000000000001', 'outbox_table.order', '1', 'read', '{"a": 1}');
insert into events values ('00000000-0000-0000-0000-000000000002', 'outbox_table.order', '1', 'read', null);
-- @stream
insert into events values
    ('00000000-0000-0000-0000-000000000003', 'outbox_table.order', '1', 'created', '{"b": [1, 2], "a": "ü\u0001\"\\"}'),
    ('00000000-0000-0000-0000-000000000004', 'outbox_table.order', '2', 'created', null),
    ('00000000-0000-0000-0000-000000000005', 'outbox_table.customer', 'ümläut "q" 😀', 'created', '"text"'),
    ('00000000-0000-0000-0000-000000000006', 'outbox_table.customer', '', 'created', '17'),
    ('00000000-0000-0000-0000-000000000007', 'outbox_table.customer', ' ', 'created', '{}'),
    ('00000000-0000-0000-0000-000000000008', 'outbox_table.customer', '3', 'created', 'null');
begin;
insert into events values ('00000000-0000-0000-0000-000000000009', 'outbox_table.order', '4', 'gone', '{"x": true}');
delete from events where type = 'gone';
update events set type = 'changed' where aggregateid = '2';
update events set id = '00000000-0000-0000-0000-00000000000a' where aggregateid = '2';
commit;
begin;
insert into events values ('00000000-0000-0000-0000-00000000000b', 'outbox_table.order', '5', 'rolled back', '{}');
rollback;
delete from events;
insert into events values ('00000000-0000-0000-0000-00000000000c', 'outbox_table.order', '6', 'last', '{"big": 9007199254740993, "pi": 3.14159, "none": null, "list": []}');
