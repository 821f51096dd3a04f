-- Network addresses are the server's text.
-- runs: default, strings, isostring

create table networks(id int primary key, i inet, c cidr, m macaddr, m8 macaddr8, i_n inet not null default '127.0.0.1', ia inet[], ca cidr[], ma macaddr[], m8a macaddr8[]);
insert into networks values (1, '10.0.0.1/8', '10.0.0.0/8', '08:00:2b:01:02:03', '08:00:2b:01:02:03:04:05', '::1', '{10.0.0.1,::1}', '{10.0.0.0/8}', '{08:00:2b:01:02:03}', '{08:00:2b:01:02:03:04:05}');
insert into networks(id) values (2);
create table required(id int primary key, i inet not null, c cidr not null, m macaddr not null, m8 macaddr8 not null);
insert into required values (1, '10.0.0.1/8', '10.0.0.0/8', '08:00:2b:01:02:03', '08:00:2b:01:02:03:04:05');
create table keyed(i inet primary key);
-- @stream
insert into networks(id, i, c, m, m8) values (10, '192.168.0.1', '192.168.100.128/25', '08002b:010203', '08002b:0102030405'),
  (11, '2001:4f8:3:ba:2e0:81ff:fe22:d1f1/64', '::ffff:1.2.3.0/120', '0800.2b01.0203', '08-00-2b-01-02-03'), (12, '0.0.0.0/0', '::/0', '00:00:00:00:00:00', null);
insert into networks(id, ia, ca, ma, m8a) values (20, '{}', '{}', '{}', '{}'), (21, '{null,10.0.0.1/8}', '{null}', '{null}', '{null}');
update networks set i = i + 1 where id = 10;
insert into keyed values ('10.0.0.1'), ('fe80::1/10');
delete from keyed;
delete from required;
