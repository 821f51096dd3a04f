-- REPLICA IDENTITY DEFAULT: a delete knows the key alone. The rest is null, the default, or the
-- fallback of its type when the column must not be null.
-- runs: default, plain, strings, doubles, flat, flat_drop, flat_rewrite, flat_rewrite_tombstone, flat_delete, flat_plain, no_tombstones, flat_no_tombstones

create type mood as enum ('sad', 'ok');
create table required(id int primary key, b boolean not null, s smallint not null, i int not null, l bigint not null,
  r real not null, d double precision not null, n numeric not null, n62 numeric(6,2) not null, t text not null,
  v varchar(5) not null, c char(3) not null, by bytea not null, u uuid not null, j json not null, jb jsonb not null,
  da date not null, ti time not null, ti3 time(3) not null, ts timestamp not null, ts3 timestamp(3) not null,
  tz timestamptz not null, iv interval not null, m mood not null, ia int[] not null, ta text[] not null, o oid not null);
insert into required values (1, true, 1, 2, 3, 1.5, 2.5, 10.50, 1.10, 't', 'v', 'c', '\x01', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
  '{}', '[]', '2024-01-31', '10:20', '10:20', '2024-01-31', '2024-01-31', '2024-01-31 00:00Z', '1 day', 'ok', '{1}', '{a}', 7);
create table nullable(a int, b text, c int default 5, id int primary key, d timestamptz not null default now());
insert into nullable values (1, 'b', null, 1), (1, 'b', 7, 2);
-- @stream
update required set i = 3;
update required set id = 2;
delete from required;
update nullable set b = 'c';
delete from nullable where id = 1;
update nullable set id = 3;
delete from nullable;
