-- Tables without a column, and such as get their first one while streaming.
-- runs: default, plain, every_operation
-- One in the snapshot stops the reference.

-- @stream
create table bare();
insert into bare default values;
create table dropped(id int, t text);
insert into dropped values (1, 'x');
-- @sync
alter table dropped drop column id, drop column t;
-- @sync
insert into dropped default values;
truncate dropped, bare;
-- @sync
alter table bare add column id bigserial primary key;
alter table dropped add column t text;
insert into bare default values;
insert into dropped values ('y');
