-- Payloads that are bytes.
-- runs: outbox, outbox_headers, outbox_expand, outbox_bytes, outbox_binary

create table events(
    id uuid primary key, aggregatetype text not null, aggregateid text not null, type text not null, payload bytea);
insert into events values ('00000000-0000-0000-0000-000000000001', 'outbox_bytea.x', 'k', 'read', '\x00ff');
-- @stream
insert into events values
    ('00000000-0000-0000-0000-000000000002', 'outbox_bytea.x', 'k', 't', '\x0a00c3a4'),
    ('00000000-0000-0000-0000-000000000003', 'outbox_bytea.x', 'ü', 't', ''),
    ('00000000-0000-0000-0000-000000000004', 'outbox_bytea.x', 'k', 't', null),
    ('00000000-0000-0000-0000-000000000005', 'outbox_bytea.x', 'k', 't', '{"a": 1}');
