-- A publication that turns to roots, and back, while rows flow.
-- runs: by_hand
-- publishes: table publication_roots.root

create table root(id int, part int, a text, primary key (part, id)) partition by range (part);
create table leaf(a text, part int not null, id int not null);
alter table root attach partition leaf for values from (0) to (10);
create table next partition of root for values from (10) to (20);
insert into root values (1, 1, 'a'), (2, 11, 'b');
-- @stream
insert into root values (3, 1, 'leaf'), (4, 11, 'next');
truncate root;
-- @sync
alter publication debezium set (publish_via_partition_root = true);
alter publication outflow set (publish_via_partition_root = true);
insert into root values (5, 1, 'root'), (6, 11, 'root');
update root set a = 'r' where id = 5;
truncate root;
-- @sync
alter publication debezium drop table root;
alter publication debezium add table leaf (id, part) where (id <> 7);
alter publication outflow drop table root;
alter publication outflow add table leaf (id, part) where (id <> 7);
insert into root values (7, 1, 'filtered'), (8, 1, 'leaf'), (9, 11, 'unpublished');
-- @sync
alter publication debezium set (publish_via_partition_root = false);
alter publication outflow set (publish_via_partition_root = false);
insert into root values (7, 2, 'filtered'), (10, 1, 'leaf');
delete from root;
