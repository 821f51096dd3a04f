-- What a time mode does to fallbacks, defaults and arrays. A timestamp that may not be null and has
-- no value stops the reference under nanoseconds: this one has a default.
-- runs: default, strings, doubles, isostring, microseconds, nanoseconds

create table required(id int primary key, d date not null, t time not null, t3 time(3) not null, tz timetz not null,
  tsz timestamptz not null, tsz0 timestamptz(0) not null, iv interval not null);
insert into required values (1, '2024-01-31', '10:20:30.5', '10:20:30.123', '10:20:30+02', '2024-01-31 00:00Z', '2024-01-31 00:00Z', '1 day');
create table defaulted(id int primary key, d date default '2024-01-31', t time default '10:20:30.123456', t3 time(3) default '10:20:30.12',
  ts timestamp default '2024-01-31 10:20:11.5', ts0 timestamp(0) default '2024-01-31 10:20:11', ts3 timestamp(3) not null default '2000-01-01',
  tsz timestamptz default '2020-02-03 04:05:06.789+02', dn date default current_date, tn timestamp default now(), cn time default localtime);
insert into defaulted(id) values (1);
insert into defaulted select 2;
create table zones(id int primary key, tz timetz, tz3 timetz(3));
insert into zones values (1, '12:51:30.123+01', '12:51:30.123+01');
create table many(id int primary key, d date[], t time[], t3 time(3)[], tz timetz[], ts timestamp[], ts3 timestamp(3)[], tsz timestamptz[], iv interval[]);
insert into many values (1, '{2024-01-31}', '{10:20:30}', '{10:20:30}', '{10:20:30+02}', '{2024-01-31 10:20:11.5}', '{2024-01-31 10:20:11.5}', '{2024-01-31 10:20:11.5Z}', '{1 day}');
-- @stream
insert into defaulted(id) values (10);
update defaulted set d = null, t = null, t3 = null, ts = null, ts0 = null, tsz = null where id = 10;
insert into zones values (2, '24:00:00+00', '00:00:00.1-12'), (3, '23:59:59.999999+15:59', null);
insert into many(id, d, t, t3, tz, ts, ts3, tsz) values
  (10, '{null,0044-03-15 BC,infinity,-infinity,1582-10-10}', '{null,24:00,10:20:30.123456}', '{null,10:20:30.123}',
   '{null,10:20:30.5+02}', '{null,1969-12-31 23:59:59.999999}', '{null,2024-01-31 10:20:11.123}', '{null,infinity,-infinity}');
insert into many(id, ts) values (11, '{infinity,-infinity}'), (12, '{2024-01-31,0044-03-15 12:00 BC}'), (13, '{1700-01-01 00:00}'), (14, '{294276-12-31 23:59:59.999999}');
insert into many(id, d, tsz) values (15, '{0401-02-29 BC,2024-01-31}', '{0005-02-29 23:59:59.5Z BC}'), (16, '{0401-03-01 BC}', '{0005-03-01Z BC}');
insert into many(id, ts) values (17, '{0401-02-29 10:20 BC}'), (18, '{0004-02-29 10:20}');
delete from required;
delete from defaulted;
