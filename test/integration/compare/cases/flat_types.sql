-- Columns of every kind as added fields and as headers; an old row that has only its key; values
-- that an update did not write again.
-- runs: flat_columns, flat_columns_plain, flat_headers, flat_headers_json, flat_headers_json_plain
create type mood as enum ('sad', 'a "b"');
create table t(id bigint primary key, v text, n numeric(8, 3), big numeric, b bytea, j jsonb,
    u uuid, ts timestamp, tz timestamptz, d date, f double precision, r real, yes boolean, m mood,
    many text[], numbers int[], i interval, w text not null default 'é');
create table full_row(like t including all);
alter table full_row replica identity full;
insert into t values (1, 'snap', 1.5, 0, '\x00ff', '{"a": 1}', '11111111-2222-3333-4444-555555555555',
    '2024-02-03 04:05:06.789', '2024-02-03 04:05:06.789+02', '2024-02-03', 1e10, 0.1, true, 'sad',
    '{a,NULL,"b\"c"}', '{1,NULL,3}', '1 day');
-- @stream
insert into t select 2, v, n, big, b, j, u, ts, tz, d, f, r, yes, m, many, numbers, i, w from t;
insert into t(id) values (3);
insert into full_row select * from t;
update t set v = 'é😀', m = 'a "b"', n = -1.5, yes = false where id = 1;
update full_row set v = null, n = null, b = null, many = null, d = null, m = null where id = 1;
update full_row set v = 'back', n = 0, b = '', many = '{}', d = 'infinity', f = 'NaN' where id = 3;
delete from t;
delete from full_row where id = 1;
-- @sync
alter table t alter column v set storage external;
insert into t(id, v) values (4, repeat('toast ', 1000));
update t set n = 3 where id = 4;
