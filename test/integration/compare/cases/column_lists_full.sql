-- Columns left out under full identity: the old row has them, the events do not.
-- runs: column_include, column_exclude

create table mixed(id int primary key, kept text not null, hidden text, required text not null default 'r', filled int default 5, toasted text);
alter table mixed replica identity full;
alter table mixed alter toasted set storage external;
alter table mixed alter hidden set storage external;
insert into mixed values (1, 'k', repeat('h', 3000), 'r', null, repeat('t', 3000));
create table keyed(id text, v text not null, w int, primary key (id, w));
alter table keyed replica identity full;
alter table keyed alter id set storage external;
create table keyless(a text, v text);
alter table keyless replica identity full;
insert into keyless values ('a', 'v');
-- @stream
update mixed set hidden = 'unseen';
update mixed set kept = 'seen';
update mixed set toasted = null, filled = 6;
update mixed set id = 20;
delete from mixed;
insert into keyed values (repeat('k', 100), 'v', 7);
update keyed set v = 'z';
update keyed set w = 8;
update keyed set id = 'short';
delete from keyed;
update keyless set a = 'b';
delete from keyless;
