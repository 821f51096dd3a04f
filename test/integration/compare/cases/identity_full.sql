-- REPLICA IDENTITY FULL: before is the old row, keyed or not.
-- runs: default, plain, flat, flat_drop, flat_rewrite, flat_rewrite_tombstone, flat_delete, flat_plain, no_tombstones, flat_no_tombstones

create table keyed(id int primary key, a text, b int default 5, big text);
alter table keyed replica identity full;
alter table keyed alter big set storage external;
insert into keyed values (1, 'a', null, repeat('x', 3000)), (2, 'b', 2, null);
create table keyless(a int, b text);
alter table keyless replica identity full;
insert into keyless values (1, 'one'), (null, null);
-- @stream
update keyed set a = 'c' where id = 1;
update keyed set a = a;
update keyed set id = 10 where id = 1;
delete from keyed;
update keyless set b = 'two' where a = 1;
update keyless set b = 'x' where a is null;
delete from keyless;
