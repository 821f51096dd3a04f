-- REPLICA IDENTITY NOTHING, and tables without a key: inserts flow, with the key they have.
-- runs: default, plain, metadata, metadata_plain

create table nothing(id int primary key, a text);
alter table nothing replica identity nothing;
insert into nothing values (1, 'a');
create table keyless(a int, b text not null);
insert into keyless values (1, 'one');
-- @stream
insert into nothing values (2, 'b'), (3, null);
insert into keyless values (2, 'two'), (null, '');
