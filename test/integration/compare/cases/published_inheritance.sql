-- Inheritance: the snapshot of a parent has its children's rows as well, the stream has each under
-- its own table.
-- runs: by_hand
-- publishes: table published_inheritance.parent
-- publishes: table only published_inheritance.lonely

create table parent(id int primary key, a text);
create table child(b int, primary key (id)) inherits (parent);
create table grandchild(c int) inherits (child);
create table lonely(id int primary key);
create table lonely_child() inherits (lonely);
insert into parent values (1, 'p');
insert into child values (2, 'c', 2);
insert into grandchild values (3, 'g', 3, 3);
insert into lonely_child values (1);
-- @stream
insert into parent values (4, 'p');
insert into child values (5, 'c', 5);
insert into grandchild values (6, 'g', 6, 6);
insert into lonely values (2);
insert into lonely_child values (3);
update only parent set a = 'only';
