-- Several tables in one topic, told apart by a field of their keys.
-- runs: regex_topics, regex_topics_plain

create table orders_1(id int primary key, v text);
create table orders_2(id int, n text, v numeric(6,2), primary key (n, id));
create table orders_3(v text);
create table "orders ü_4"(id int primary key, v text);
create table other(id int primary key, v text);
create table keyless(v text);
insert into orders_1 values (1, 'a');
insert into orders_2 values (1, 'x', 1.5);
insert into orders_3 values ('c');
insert into keyless values ('d');
-- @stream
insert into orders_1 values (2, 'b');
update orders_1 set id = 3 where id = 2;
update orders_1 set v = 'z' where id = 3;
delete from orders_1 where id = 1;
insert into orders_2 values (2, 'y"', 2);
update orders_2 set n = 'ü' where id = 2;
delete from orders_2 where id = 2;
insert into orders_3 values ('d');
insert into "orders ü_4" values (1, 'e');
insert into other values (1, 'o');
delete from other;
insert into keyless values ('k');
