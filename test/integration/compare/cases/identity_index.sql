-- REPLICA IDENTITY USING INDEX. A change of the index columns gives the reference's zero-valued
-- old keys, which are reproduced.
-- runs: default, plain, flat, flat_drop, flat_rewrite, flat_rewrite_tombstone, flat_delete, flat_plain, metadata_plain, no_tombstones, flat_no_tombstones

create table indexed(id int primary key, code text not null, a int);
create unique index indexed_code on indexed(code);
alter table indexed replica identity using index indexed_code;
insert into indexed values (1, 'one', 1), (2, 'two', 2), (3, 'three', 3);
create table no_key(a int, code text not null, b text);
create unique index no_key_code on no_key(code);
alter table no_key replica identity using index no_key_code;
insert into no_key values (1, 'one', 'x');
-- @stream
update indexed set a = 5 where id = 1;
update indexed set id = 20 where id = 2;
update indexed set code = 'drei' where id = 3;
delete from indexed where id = 1;
update no_key set b = 'y';
update no_key set code = 'eins';
delete from no_key;
