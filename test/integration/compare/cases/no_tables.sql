-- A publication that was created empty gets its tables later.
-- runs: no_tables

create table first(id int primary key);
create table second(id int primary key);
insert into first values (1);
insert into second values (1);
-- @stream
insert into first values (2);
alter publication debezium add table zz_marks.reached, first;
alter publication outflow add table zz_marks.reached, first;
insert into first values (3);
insert into second values (2);
insert into first values (4);
-- @sync
alter publication debezium add tables in schema no_tables;
alter publication outflow add tables in schema no_tables;
insert into second values (3);
create table third(id int primary key);
insert into third values (1);
alter publication debezium drop table first;
alter publication outflow drop table first;
insert into first values (5);
