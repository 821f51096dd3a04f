-- A snapshot that no stream follows.
-- runs: snapshot_only, snapshot_only_by_configuration

create table a(id int primary key, a text, n numeric(6, 2), t timestamptz);
create table b(id int primary key, a text[]);
create table c(id int primary key);
insert into a values (1, 'a', 1.5, '2024-01-01 00:00:00Z'), (2, null, null, null), (3, 'c', -0.01, 'epoch');
insert into b values (1, '{a,b}'), (2, null);
-- @stream
