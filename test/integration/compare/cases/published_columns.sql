-- Column lists of a publication: the stream lacks the other columns, the snapshot does not.
-- runs: by_hand, by_hand_with_schemas
-- publishes: table published_columns.items (id, a, big)
-- publishes: table published_columns.keyed (second, first)
-- publishes: table published_columns.whole
-- publishes: table published_columns.every (id, a)

create table items(id int primary key, hidden text not null default 'h', a text not null, b int default 5, big text);
alter table items alter big set storage external;
create table keyed(other int, first int, v text, second text, primary key (second, first));
create table whole(id int primary key, a text);
create table every(a int, id int primary key);
create table unpublished(id int primary key, a text);
insert into items values (1, 'x', 'one', 1, repeat('b', 3000));
insert into keyed values (1, 2, 'v', 's');
insert into whole values (1, 'w');
insert into every values (2, 1);
insert into unpublished values (1, 'u');
-- @stream
insert into items(id, a) values (2, 'two');
update items set a = 'uno' where id = 1;
update items set hidden = 'changed' where id = 1;
update items set id = 3 where id = 1;
delete from items where id = 3;
insert into keyed values (3, 4, 'w', 't');
update keyed set v = 'z' where first = 4;
update keyed set second = 'k' where first = 4;
delete from keyed;
insert into whole values (2, 'x');
insert into every values (4, 3);
insert into unpublished values (2, 'v');
delete from whole;
-- @sync
alter table items add column late int default 9;
alter table every add column late int default 9;
insert into items(id, a) values (4, 'four');
insert into every values (5, 4, 6);
truncate whole, items;
insert into whole values (3, 'y');
