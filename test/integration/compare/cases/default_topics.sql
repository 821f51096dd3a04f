-- Topics without the schema.
-- runs: default_topics, default_unicode_topics, default_regex_topics
-- topics: plainly, Odd_name_, Odd_u005fname_u0020, all

create table plainly(id int primary key, v text);
create table "Odd_name "(id int primary key, v text);
create table shard_1(id int primary key, v text);
create table shard_2(id int primary key, v text);
insert into plainly values (1, 'a');
insert into "Odd_name " values (1, 'a');
insert into shard_1 values (1, 'a');
-- @stream
insert into plainly values (2, 'b');
update plainly set id = 3 where id = 2;
delete from "Odd_name ";
insert into shard_2 values (1, 'b');
delete from shard_1;
