-- Partitions of one and of two levels whose columns lie in another order than their root's; rows that
-- move; partitions that come and go; TRUNCATE of roots and of leaves.
-- runs: default, every_operation, by_hand, via_root, via_root_created, via_root_columns, via_root_filtered, metadata_by_hand
-- publishes: table partitions.root

create table root(id int, part int default 1, a text not null default 'd', gone int, b numeric(6,2), primary key (part, id)) partition by range (part);
alter table root drop column gone;
create table one(b numeric(6,2), x int, a text not null default 'leaf', part int not null, id int not null);
alter table one drop column x;
alter table root attach partition one for values from (0) to (10);
create table far(a text not null, id int not null, b numeric(6,2), part int not null) partition by list (part);
create table far_one(part int not null, id int not null, a text not null, b numeric(6,2));
create table far_two(id int not null, a text not null, part int not null, b numeric(6,2));
alter table far attach partition far_one for values in (11);
alter table root attach partition far for values from (10) to (20);
create table alone(id int primary key, n text) partition by hash (id);
create table alone_0 partition of alone for values with (modulus 2, remainder 0);
create table alone_1 partition of alone for values with (modulus 2, remainder 1);
insert into root(id, part, b) values (1, 1, 1.5), (2, 11, 2.5);
insert into alone values (1, 'one');
-- @stream
insert into root(id, part, a, b) values (3, 1, 'three', 3.25), (4, 11, 'four', null);
insert into one(id, part) values (5, 2);
update root set b = 9 where id = 3;
update root set id = 33 where id = 3;
update root set part = 11 where id = 33;
update root set part = 3 where id = 4;
delete from root where id in (1, 2);
insert into alone values (2, 'two'), (3, 'three');
-- @sync
alter table far attach partition far_two for values in (12);
insert into root(id, part, a) values (6, 12, 'six');
update root set b = 1 where id = 6;
-- @sync
alter table far detach partition far_two;
insert into far_two values (7, 'detached', 12, 7);
insert into root(id, part) values (8, 11);
-- @sync
alter table root add column late int default 4;
insert into root(id, part) values (9, 1);
insert into root(id, part, late) values (10, 11, null);
-- @sync
alter table one replica identity full;
update root set a = 'full' where id = 9;
delete from root where id = 9;
-- @sync
truncate one;
insert into root(id, part) values (11, 1);
truncate root;
insert into root(id, part) values (12, 11);
truncate alone, root;
insert into root(id, part) values (13, 1);
