-- Rules on values that an update did not write again, and on long values.
-- runs: column_rules, column_rules_texts, column_rules_base64

create table asterisks(id int primary key, v int, t text, b bytea, j jsonb, a text[]);
alter table asterisks alter t set storage external, alter b set storage external, alter j set storage external, alter a set storage external;
create table hashed(like asterisks including all);
create table hashed_v2(like asterisks including all);
create table cut(like asterisks including all);
create table cut_more(like asterisks including all);
create function fill(name text, id int) returns void language plpgsql as $$
begin
    execute format('insert into %I values (%s, 1, repeat(''tü😀'', 20000), decode(repeat(''0102fe'', 3000), ''hex''),
        json_build_object(''k'', repeat(''j'', 5000)), array[repeat(''a'', 3000), ''b''])', name, id);
end $$;
select fill(t, 1) from unnest(array['asterisks', 'hashed', 'hashed_v2', 'cut', 'cut_more']) t;
-- @stream
select fill(t, 2) from unnest(array['asterisks', 'hashed', 'hashed_v2', 'cut', 'cut_more']) t;
update asterisks set v = 2;
update hashed set v = 2;
update hashed_v2 set v = 2;
update cut set v = 2;
update cut_more set v = 2;
alter table asterisks replica identity full;
alter table hashed replica identity full;
alter table hashed_v2 replica identity full;
alter table cut replica identity full;
alter table cut_more replica identity full;
-- @sync
update asterisks set v = 3;
update hashed set v = 3;
update hashed_v2 set v = 3, t = 'short';
update cut set v = 3;
update cut_more set v = 3, b = null;
delete from hashed;
delete from cut;
