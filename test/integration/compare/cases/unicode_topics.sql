-- Topics in which each other character has a name of its own.
-- runs: unicode_topics

create table plainly(id int primary key, v text);
create table "Täble_ $1-é.Ā😀ş"(id int primary key, v text);
create table ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt____(id int primary key);
insert into plainly values (1, 'a');
-- @stream
insert into "Täble_ $1-é.Ā😀ş" values (2, 'b');
update plainly set id = 3 where id = 1;
insert into ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt____ values (1);
