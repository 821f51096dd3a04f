-- TRUNCATE of one and of several tables, when it is not skipped.
-- runs: default, every_operation, flat, flat_drop, flat_rewrite, flat_rewrite_tombstone, flat_delete, flat_plain, metadata, metadata_plain, metadata_flat, metadata_fields

create table first(id int primary key, a text);
create table second(id int primary key, first_id int references first);
insert into first values (1, 'a');
insert into second values (1, 1);
-- @stream
truncate second;
insert into second values (2, 1);
truncate first, second;
insert into first values (2, 'b');
truncate first cascade;
insert into first values (3, 'c');
