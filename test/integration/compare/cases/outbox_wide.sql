-- An outbox table with columns to place: as headers, in the envelope, as partition and timestamp.
-- One type first: the reference names the struct around a payload after the first event of all.
-- runs: outbox_headers, outbox_envelope, outbox_nulls

create table events(
    id uuid primary key, aggregatetype varchar(255) not null, aggregateid varchar(255) not null,
    type varchar(255) not null, payload jsonb, version int not null default 1, at timestamp(3),
    part int, note text default 'none', amount numeric(10,2), tags text[], flag boolean);
insert into events values ('00000000-0000-0000-0000-000000000001', 'outbox_wide.order', '1', 'read', '{"a": 1}', 1, '2020-01-02 03:04:05.678', 2, 'n', 1.50, '{a,b}', true);
-- @stream
insert into events values
    ('00000000-0000-0000-0000-000000000002', 'outbox_wide.order', '1', 'created', '{"b": {"c": null}}', 1, '2021-01-02 03:04:05.678', 0, 'x"y\z', 12.34, '{"q\"uote",null,x}', false),
    ('00000000-0000-0000-0000-000000000003', 'outbox_wide.order', '1', 'created', '{"b": 2}', 1, null, null, default, null, null, null),
    ('00000000-0000-0000-0000-000000000004', 'outbox_wide.order', '1', 'created', null, 2, '1999-12-31 23:59:59.999', 1, null, -0.01, '{}', true),
    ('00000000-0000-0000-0000-000000000005', 'outbox_wide.customer', '1', 'created', '{"b": 2}', 2, '2022-01-02', 1, '', 0, '{ü}', true);
