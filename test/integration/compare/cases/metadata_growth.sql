-- The list of tables in an END record has the order of Java's HashMap, whose table keeps the
-- largest size it ever had: a transaction over many tables changes the order in later ones.
-- runs: metadata, metadata_plain

do $$ begin
    for i in 1..30 loop
        execute format('create table metadata_growth.t%s(id int primary key)', i);
    end loop;
end $$;
-- @stream
begin;
insert into t1 values (1);
insert into t2 values (1);
insert into t9 values (1);
insert into t20 values (1);
insert into t3 values (1);
commit;
do $$ begin
    for i in 1..14 loop
        execute format('insert into metadata_growth.t%s values (2)', i);
    end loop;
end $$;
begin;
insert into t1 values (3);
insert into t2 values (3);
insert into t9 values (3);
insert into t20 values (3);
insert into t3 values (3);
commit;
do $$ begin
    for i in reverse 30..1 loop
        execute format('insert into metadata_growth.t%s values (4), (5)', i);
    end loop;
end $$;
begin;
insert into t30 values (6);
insert into t3 values (6);
insert into t2 values (6);
insert into t20 values (6);
insert into t9 values (6);
delete from t30 where id = 6;
commit;
