-- The reference's older way of using several threads marks no row as the first.
-- runs: snapshot_legacy_workers

create table a(n int, a text);
create table b(n int);
insert into a select i, 'a' || i from generate_series(1, 5) i;
-- @stream
insert into b values (1);
