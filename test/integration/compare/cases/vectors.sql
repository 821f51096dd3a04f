-- pgvector's types.
-- needs: vector
-- runs: quoted, numeric_values

create extension vector schema public;
create table vectors(id int primary key, v vector, v3 vector(3), h halfvec, s sparsevec, n vector(2) not null, nh halfvec not null, ns sparsevec, a vector[], e vector(2) default '[1,2]');
insert into vectors values (1, '[1,2.5,-0.1]', '[0,1e-7,3e10]', '[1,0.1,65504]', '{1:1.5,3:2,17:0.1,20:3}/32', '[1,2]', '[1]', '{}/3', '{"[1,2]"}', null);
-- @stream
insert into vectors values (2, '[3.4028235e38,1e-45,16777217]', null, '[6.1e-05,-0.33325195]', '{2:1,5:2,18:3,33:4,34:5,16:6}/40', '[0.3,1]', '[2,3]', '{1:1}/1', null, '[3,4]');
update vectors set s = '{}/7' where id = 2;
delete from vectors where id = 1;
