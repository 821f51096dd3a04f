-- FOR TABLES IN SCHEMA: a table made later is published, one that moves away is not any more.
-- runs: by_schema
-- topics: tables_in_schema_too.first, tables_in_schema_too.ranges_high
-- publishes: tables in schema tables_in_schema

create schema tables_in_schema_too;
create table first(id int primary key, a text);
create table ranges(id int primary key) partition by range (id);
create table ranges_low partition of ranges for values from (0) to (100);
create table tables_in_schema_too.ranges_high partition of ranges for values from (100) to (200);
insert into first values (1, 'a');
insert into ranges values (1), (101);
-- @stream
insert into first values (2, 'b');
insert into ranges values (2), (102);
create table second(id int primary key);
insert into second values (1);
-- @sync
alter table first set schema tables_in_schema_too;
insert into tables_in_schema_too.first values (3, 'c');
insert into second values (2);
-- @sync
alter table tables_in_schema_too.first set schema tables_in_schema;
insert into first values (4, 'd');
