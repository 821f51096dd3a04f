-- Tables that inherit: a snapshot of the parent has the rows of its children as well, with the
-- parent's columns; the stream has each row once, under its own table.
-- runs: default, plain

create table parent(id int primary key, a text, b int default 5);
create table child(extra text) inherits (parent);
create table grandchild(x int, primary key (id)) inherits (child);
insert into parent values (1, 'p'), (2, 'q');
insert into child values (10, 'c', null, 'extra');
insert into grandchild values (20, 'g', 7, 'more', 1);
alter table child replica identity full;
-- @stream
insert into parent values (3, 'r');
insert into child values (11, 'd', 1, 'e');
insert into grandchild values (21, 'h', 1, null, 2);
update parent set a = 'all';
delete from parent where id > 10;
-- @sync
alter table parent add column late int;
update parent set late = 1;
truncate parent;
