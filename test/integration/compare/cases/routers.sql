-- Topics that Kafka's RegexRouter names: several tables in one, others below another name.
-- runs: routed, routed_elsewhere, flat_routed, logical, logical_flat
-- topics: routed.routers.orders, routed.routers.all_lines, routed.message, message, /elsewhere-x..orders, /elsewhere-x..shard_1_lines, /elsewhere-x..shard_22_lines, /elsewhere-x..shard_3_lines, /elsewhere-x..plain
create table orders(id int primary key, v text);
insert into orders values (1, 'before');
create table shard_1_lines(id int primary key, v text);
create table shard_22_lines(id int primary key, v text);
create table plain(id int primary key, v text);
-- @stream
insert into orders values (2, 'x');
insert into shard_1_lines values (1, 'a'), (2, 'b');
insert into shard_22_lines values (1, 'c');
update shard_1_lines set v = 'd' where id = 1;
update shard_1_lines set id = 3 where id = 2;
delete from shard_22_lines;
insert into plain values (1, 'p');
truncate plain;
select pg_logical_emit_message(true, 'routers', 'text');
delete from orders;
-- @sync
alter table plain rename to shard_3_lines;
insert into shard_3_lines values (7, 'moved');
