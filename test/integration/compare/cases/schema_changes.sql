-- Columns that come, go and change their default or type while rows flow.
-- runs: default, plain

create table changing(id int primary key, a text, gone text);
insert into changing values (1, 'a', 'g');
-- @stream
insert into changing values (2, 'b', 'g');
-- @sync
alter table changing add column b int;
insert into changing values (3, 'c', 'g', 3);
-- @sync
alter table changing add column c text default 'dflt';
insert into changing values (4, 'd', 'g', 4, 'c');
update changing set a = 'aa' where id = 1;
-- @sync
alter table changing drop column gone;
insert into changing values (5, 'e', 5);
-- @sync
alter table changing alter c set default 'new';
insert into changing(id) values (6);
-- @sync
alter table changing alter c drop default;
insert into changing(id) values (7);
-- @sync
alter table changing alter b type bigint;
insert into changing values (8, 'h', 9223372036854775807);
-- @sync
alter table changing rename a to renamed;
insert into changing values (9, 'i', 9);
delete from changing where id < 5;
