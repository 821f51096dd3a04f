-- geometry and geography as well-known binary.
-- needs: postgis
-- runs: default, isostring, microseconds

create extension if not exists postgis with schema public;
create table places(id int primary key, g geometry, p geometry(Point, 4326), geo geography, gp geography(PointZ, 4326), b box2d, b3 box3d, ga geometry[], ea geography[]);
insert into places values (1, 'POINT(1 2)', 'SRID=4326;POINT(1.5 -2)', 'POINT(3 4)', 'POINT Z (1 2 3)', 'BOX(1 2,3 4)', 'BOX3D(1 2 3,4 5 6)',
  array['POINT(1 2)'::geometry, 'SRID=3857;POINT(1 2)'], array['POINT(3 4)'::geography]);
insert into places(id) values (2);
create table required(id int primary key, g geometry not null, geo geography not null);
insert into required values (1, 'POINT(1 2)', 'POINT(1 2)');
create domain spot as geometry(Point, 4326);
create table domains(id int primary key, s spot);
insert into domains values (1, 'SRID=4326;POINT(1 2)');
create table large(id int primary key, n int, g geometry);
alter table large alter g set storage external;
insert into large select 1, 1, st_buffer('POINT(0 0)', 1, 200);
-- @stream
insert into places(id, g, geo) values (10, 'POINT EMPTY', 'POINT EMPTY'), (11, 'LINESTRING(0 0, 1 1.5, 2 0)', 'LINESTRING(0 0, 1 1.5)'),
  (12, 'SRID=3857;POLYGON((0 0,1 0,1 1,0 0))', 'POLYGON((0 0,1 0,1 1,0 0))'), (13, 'GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1))', null),
  (14, 'POINT ZM (1 2 3 4)', 'POINT M (1 2 3)'), (15, 'GEOMETRYCOLLECTION EMPTY', null), (16, 'CIRCULARSTRING(0 0,1 1,2 0)', null);
insert into places(id, ga, ea) values (20, '{}', '{}'), (21, array[null::geometry, 'POINT(1 2)'], array[null::geography]);
update places set g = 'SRID=4326;POINT(5 6)' where id = 1;
insert into domains values (2, null), (3, 'SRID=4326;POINT(0 0)');
update large set n = 2;
delete from required;
delete from places where id = 1;
