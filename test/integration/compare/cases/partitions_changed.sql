-- Partitioned tables that change while rows flow: three levels and default partitions, columns of the
-- root that are dropped, renamed and added, partitions that leave one root for another.
-- runs: default, via_root, via_root_created
-- publishes: table partitions_changed.root
-- publishes: table partitions_changed.split

create table root(id int, part int, a text not null default 'd', gone text, n numeric(6,2), primary key (part, id)) partition by range (part);
create table middle(n numeric(6,2), part int not null, gone text, id int not null, a text not null default 'm') partition by list (part);
create table leaf(a text not null default 'l', x int, id int not null, n numeric(6,2), part int not null, gone text);
alter table leaf drop column x;
alter table middle attach partition leaf for values in (1, 2);
create table rest partition of middle default;
alter table root attach partition middle for values from (0) to (100);
create table others partition of root default;
alter table leaf replica identity full;
alter table others replica identity full;
create table split(id int primary key, a text) partition by list (id);
create table split_odd partition of split for values in (1, 3, 5);
create table split_even(a text, id int primary key);
alter table split attach partition split_even for values in (2, 4, 6);
insert into root values (1, 1, 'one', 'g', 1.5), (2, 50, 'rest', null, 2.5), (3, 200, 'others', 'g', null);
insert into split values (1, 'odd'), (2, 'even');
-- @stream
insert into root values (4, 2, 'two', 'g', 1.5), (5, 60, 'rest', 'g', 2.5), (6, 300, 'others', 'g', 3.5);
update root set n = 9;
update root set id = id + 10;
update root set part = 70 where id in (11, 16);
-- @sync
alter table root drop column gone;
insert into root values (21, 1, 'gone', 1), (22, 50, 'gone', 1), (23, 200, 'gone', 1);
update root set a = 'g' where id > 20;
-- @sync
alter table root rename column a to b;
insert into root values (31, 1, 'renamed', 1), (32, 50, 'renamed', 1), (33, 200, 'renamed', 1);
delete from root where id > 30;
-- @sync
alter table root add column late date default '2024-02-29', alter column b drop default;
insert into root(id, part, b) values (41, 1, 'late'), (42, 50, 'late'), (43, 200, 'late');
update root set late = '2024-03-01' where id in (21, 22, 23);
-- @sync
alter table split detach partition split_even concurrently;
insert into split_even values ('detached', 4);
insert into split values (3, 'odd');
-- @sync
create table heirs(id int primary key, a text) partition by range (id);
alter table heirs attach partition split_even for values from (0) to (100);
insert into heirs values (6, 'inherited');
-- @sync
drop table leaf;
insert into root(id, part, b) values (51, 1, 'rest now');
