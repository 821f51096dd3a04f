-- What the reference makes of arrays that it half knows.
-- runs: default, strings, doubles, nanoseconds

create table odd(id int primary key, n numeric[], n62 numeric(6,2)[], o oid[], f real[], b bytea[], j json[]);
insert into odd values (1, '{1,2}', '{1,2}', '{1,4294967295}', '{1.5}', array['\x01'::bytea], array['{}'::json]);
create table required(id int primary key, n numeric[] not null, t text[] not null, o oid[] not null);
insert into required values (1, '{1}', '{a}', '{1}');
create domain list as text[];
create domain list2 as list;
create table domains(id int primary key, l list, l2 list2);
insert into domains values (1, '{a,b}', '{c}');
-- @stream
insert into odd(id, n) values (10, '{NaN}'), (11, '{1,NaN,2}'), (12, '{}'), (13, '{null}'), (14, '{1e20,0.000}');
insert into odd(id, n62) values (20, '{NaN}'), (21, '{1,NaN}'), (22, '{-0.01,9999.99}');
insert into odd(id, o, f) values (30, '{}', '{NaN,Infinity,-Infinity,null}'), (31, '{null,0}', '{}');
insert into domains values (2, '{}', null), (3, '{null,"x,y"}', '{"{}"}');
delete from required;
