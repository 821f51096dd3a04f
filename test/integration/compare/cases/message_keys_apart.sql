-- Configured keys of columns that are left out of the value or masked in it. (No rows at the start:
-- the reference loses such keys in a snapshot.)
-- runs: message_keys_apart

create table several(id int primary key, v varchar(10) not null default 'dflt', b text not null, d int not null default 3);
create table full_key(id int primary key, v text, b text not null);
alter table full_key replica identity full;
alter table full_key alter v set storage external;
create table hashed(id int primary key, v text not null, b text);
insert into hashed values (1, 'x', 'y');
-- @stream
insert into several values (1, 'hello', 'bee', 3), (2, 'x', '', 4);
update several set v = 'changed' where id = 1;
update several set id = 10 where id = 1;
update several set b = 'changed' where id = 2;
delete from several;
insert into full_key values (1, repeat('v', 3000), 'b');
update full_key set b = 'c';
update full_key set v = 'short';
update full_key set v = null;
update full_key set id = 2;
delete from full_key;
insert into hashed values (2, '', 'y');
update hashed set b = 'z';
update hashed set id = id + 10;
delete from hashed;
