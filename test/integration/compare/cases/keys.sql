-- Keys in key order, keys from a unique index, key changes with their three records and headers.
-- runs: default, plain, partitions, flat, flat_drop, flat_rewrite, flat_rewrite_tombstone, flat_delete, flat_plain, metadata, metadata_plain, metadata_flat, metadata_keys, metadata_unchanged, metadata_fields, no_tombstones, flat_no_tombstones

create table reversed(b int, x text, a text, primary key (a, b));
insert into reversed values (1, 'x', 'k'), (2, 'y', 'k');
create table by_index(v text, n int, a int not null);
create unique index z_first on by_index(a);
create unique index a_second on by_index(n, v);
alter table by_index replica identity full;
insert into by_index values ('v', 1, 1);
create table instants(at timestamptz primary key, d date not null, v text);
insert into instants values ('2020-01-01 00:00Z', '2020-01-01', 'v');
-- @stream
insert into reversed select i, 'row ' || i, 'k' || i % 7 from generate_series(10, 60) i;
update reversed set x = 'changed' where b % 3 = 0;
update reversed set b = b + 100 where b % 5 = 0;
update reversed set a = 'ü😀"' where b = 1;
delete from reversed where b % 2 = 1;
insert into by_index values ('w', null, 2), (null, 3, 3);
update by_index set v = 'vv' where a = 1;
delete from by_index where a = 3;
insert into instants values ('2021-06-01 12:00:00.5+02', '2021-06-01', 'w');
update instants set at = at + interval '1 second' where v = 'w';
delete from instants;
