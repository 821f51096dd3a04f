-- hstore as JSON text and as a map, in the order of a Java HashMap.
-- runs: default, isostring, microseconds, nanoseconds

create extension if not exists hstore with schema public;
create table maps(id int primary key, h hstore, n hstore not null default '', ha hstore[]);
insert into maps values (1, 'a=>1/2, b=>NULL, "k😀"=>"v ü"', 'x=>y', array['a=>1'::hstore]);
insert into maps(id) values (2);
create table required(id int primary key, h hstore not null);
insert into required values (1, 'a=>1');
create domain tags as hstore;
create table domains(id int primary key, t tags);
insert into domains values (1, 'b=>2, a=>1');
create table large(id int primary key, n int, h hstore, ha hstore[]);
alter table large alter h set storage external, alter ha set storage external;
insert into large select 1, 1, hstore('key', repeat('x', 3000)), array[hstore('key', repeat('x', 3000))];
-- @stream
insert into maps(id, h) values (10, ''), (11, '"k3"=>1, "key1"=>2, "key2"=>3, "key4"=>4, "key5"=>5'),
  (12, hstore(array['q"uote', 'back\slash', E'tab\tnl\n\x01\x1f', '', ' ', 'a=>b', '<&>''/'], array['"', '\', E'\t\n\x1b\x7f', '', ' ', 'NULL', 'null'])),
  (13, (select hstore(array_agg('key' || i), array_agg(i::text)) from generate_series(1, 14) i)),
  (14, (select hstore(array_agg('ключ' || i), array_agg('😀' || i)) from generate_series(1, 30) i)),
  (15, (select hstore(array_agg(md5(i::text)), array_agg(i::text)) from generate_series(1, 300) i)),
  (16, (select hstore(array_agg(i::text), array_agg(nullif(i % 3, 0)::text)) from generate_series(1, 60) i)),
  (17, 'Aa=>1, BB=>2, AaAa=>3, BBBB=>4, AaBB=>5, BBAa=>6, 😀=>7');
insert into maps(id, ha) values (20, '{}'), (21, array[null::hstore]), (22, array['a=>1, b=>"x,y"'::hstore, '', 'q=>NULL']);
update maps set h = h || 'new=>1' where id in (1, 10, 11);
update large set n = 2;
insert into domains values (2, null), (3, 'a=>NULL');
delete from required;
delete from maps where id = 1;
