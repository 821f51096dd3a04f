-- ByLogicalTableRouter: shards in one topic, whose keys say where a row comes from; a table without
-- a key, keys that change, and tables that it leaves alone.
-- runs: logical, logical_not_unique, logical_key_field, logical_avro, logical_avro_unicode, logical_empty, logical_flat, flat_logical, logical_twice, logical_strategy
create table shard_1_lines(id int primary key, v text, n int default 5);
create table shard_22_lines(id int primary key, v text, n int default 5);
create table shard_2_wide(a text, b numeric(6, 2), c text, primary key (a, b));
create table shard_3_keyless(v text);
create table part_4_lines(id int primary key, v text);
create table plain(id int primary key, v text);
alter table shard_22_lines replica identity full;
alter table shard_3_keyless replica identity full;
insert into shard_1_lines values (1, 'snap', null);
insert into shard_22_lines values (1, 'snap', 2);
insert into plain values (1, 'snap');
-- @stream
insert into shard_1_lines values (2, 'a', 1), (3, 'b', null);
insert into shard_22_lines values (2, 'c');
update shard_1_lines set v = 'd' where id = 1;
update shard_22_lines set v = 'e', n = null where id = 1;
update shard_1_lines set id = 4 where id = 2;
update shard_22_lines set id = 5 where id = 2;
delete from shard_1_lines where id = 1;
delete from shard_22_lines where id = 1;
insert into shard_2_wide values ('x"y', 1.50, 'c');
update shard_2_wide set a = 'é' where a = 'x"y';
delete from shard_2_wide;
insert into shard_3_keyless values ('k'), (null);
update shard_3_keyless set v = 'l' where v = 'k';
delete from shard_3_keyless;
insert into part_4_lines values (1, 'p');
update part_4_lines set id = 2;
insert into plain values (2, 'q');
delete from plain;
truncate shard_1_lines;
select pg_logical_emit_message(true, 'logical', 'text');
