"""The publication that the relay makes and keeps, beside the one that the real connector makes."""

from functools import partial

import pytest

from database import Database
from debezium import beside
from relay import run

TABLES = """
    create table a(id int primary key);
    create table b(id int primary key);
    create table rooted(id int primary key) partition by range (id);
    create table rooted_low partition of rooted for values from (0) to (10);
"""


def definition(database: Database, name: str) -> str:
    """All that pg_publication and its tables say of it."""
    return database.sql(
        f"""
        select puballtables, pubinsert, pubupdate, pubdelete, pubtruncate, pubviaroot,
               (select string_agg(r.prrelid::regclass || coalesce(pg_get_expr(r.prqual, r.prrelid), '')
                                  || coalesce(r.prattrs::text, ''), ' ' order by r.prrelid::regclass::text)
                from pg_publication_rel r where r.prpubid = p.oid),
               (select string_agg(n.pnnspid::regnamespace::text, ' ')
                from pg_publication_namespace n where n.pnpubid = p.oid)
        from pg_publication p where pubname = '{name}'
        """
    )


@pytest.fixture
def run_both(database, stack_with_connect, tmp_path):
    """Starts both under the same options and ends the relay; their publications' definitions."""
    stack = stack_with_connect
    name = f"{database.name}_ref"
    ours = partial(database.relay_config, stack.kafka.bootstrap, publication__name=database.name)

    def start(**options: object) -> tuple[str, str]:
        options = {"snapshot__mode": "no_data"} | options
        stack.connect.create(name, beside(database, **options))
        database.wait_streaming(name)
        stack.connect.delete(name)
        ended = run(tmp_path, ours(**options), "--until=current")
        assert ended.returncode == 0, ended.stderr
        database.wait_for(
            f"select not active from pg_replication_slots where slot_name = '{name}'"
        )
        return definition(database, name), definition(database, database.name)

    return start


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({}, id="all_tables"),
        pytest.param({"skipped.operations": "d,u"}, id="all_tables-some_operations"),
        pytest.param({"skipped.operations": "none", "mode": "no_tables"}, id="no_tables"),
        pytest.param({"mode": "filtered"}, id="filtered"),
        # With a partitioned table the reference would stop: see test_operations_follow_an_explicit_list.
        pytest.param(
            {
                "mode": "filtered",
                "skipped.operations": "t",
                "table.include.list": r"public\.(a|b)",
            },
            id="filtered-some_operations",
        ),
        pytest.param(
            {
                "mode": "filtered",
                "publish.via.partition.root": "true",
                "table.include.list": r"public\.(a|rooted.*)",
            },
            id="filtered-via_root",
        ),
    ],
)
def test_the_publication_is_the_one_that_debezium_makes(database, run_both, options):
    database.sql(TABLES)
    options = {key.replace(".", "__"): value for key, value in options.items()}
    if mode := options.pop("mode", None):
        options["publication__autocreate__mode"] = mode
    debezium, outflow = run_both(**options)
    assert outflow and outflow == debezium


def test_a_filtered_publication_follows_the_lists_and_the_tables(database, run_both):
    database.sql(TABLES)
    filtered = partial(run_both, publication__autocreate__mode="filtered")
    first = filtered(table__include__list=r"public\.(a|made_later)")
    assert first[0] == first[1]
    wider = filtered(table__include__list=r"public\.(a|b|rooted.*|made_later)")
    assert wider[0] == wider[1] != first[1]
    database.sql("create table made_later(id int primary key)")
    made = filtered(table__include__list=r"public\.(a|b|rooted.*|made_later)")
    assert made[0] == made[1] != wider[1]
    nothing = filtered(table__include__list=r"public\.nothing")
    assert nothing[0] == nothing[1] == made[1]


def test_lists_and_filters_by_hand_stay_while_the_tables_are_the_same(database, run_both):
    database.sql(TABLES)
    for name in (database.name, f"{database.name}_ref"):
        database.sql(f"create publication {name} for table a (id) where (id > 1), b")
    filtered = partial(run_both, publication__autocreate__mode="filtered")
    same = filtered(table__include__list=r"public\.(a|b)")
    assert same[0] == same[1] and "id > 1" in same[1]
    other = filtered(table__include__list=r"public\.(a|rooted)")
    assert other[0] == other[1] and "id > 1" not in other[1]


def test_operations_follow_an_explicit_list_when_the_tables_change(database, stack, tmp_path):
    """Where the reference stops: it writes an ALTER PUBLICATION ... SET TABLE ... WITH (...)."""
    database.sql(TABLES)
    config = database.relay_config(
        stack.kafka.bootstrap,
        publication__name="pub",
        publication__autocreate__mode="filtered",
        table__include__list=r"public\.a",
    )
    for changes in ({}, {"table.include.list": r"public\.(a|b)", "skipped.operations": "d"}):
        ended = run(tmp_path, config | changes, "--until=current")
        assert ended.returncode == 0, ended.stderr
    assert definition(database, "pub") == "f|t|t|f|t|f|a b|"


def test_a_publication_for_all_tables_cannot_be_filtered(database, stack, tmp_path):
    database.sql(f"{TABLES} create publication dbz_publication for all tables")
    config = database.relay_config(
        stack.kafka.bootstrap, publication__autocreate__mode="filtered"
    )
    ended = run(tmp_path, config)
    assert ended.returncode == 2, ended.stderr
    assert "OUT-2123" in ended.stderr and "DROP PUBLICATION" in ended.stderr


def test_a_missing_publication_is_refused_when_none_may_be_made(database, stack, tmp_path):
    config = database.relay_config(
        stack.kafka.bootstrap, publication__autocreate__mode="disabled"
    )
    ended = run(tmp_path, config)
    assert ended.returncode == 2, ended.stderr
    assert "OUT-2111" in ended.stderr and "CREATE PUBLICATION" in ended.stderr


@pytest.fixture
def guest(database):
    """A role that may do all but own the tables."""
    role = f"{database.name}_guest"[-60:]
    database.sql(
        f"""
        {TABLES}
        create role {role} login replication;
        create extension outflow;
        grant execute on all functions in schema outflow to {role};
        grant select on all tables in schema public to {role};
        create publication dbz_publication for table a;
        """
    )
    yield role
    database.sql(f"drop owned by {role}; drop role {role}")


def test_who_may_not_change_the_publication_gets_the_statement(database, stack, guest, tmp_path):
    config = database.relay_config(
        stack.kafka.bootstrap, database__user=guest, publication__autocreate__mode="filtered"
    )
    ended = run(tmp_path, config)
    assert ended.returncode == 2, ended.stderr
    assert "OUT-2112" in ended.stderr and "SET TABLE" in ended.stderr


def test_replica_identities_are_set_once_and_by_their_owner_only(
    database, stack, guest, tmp_path
):
    config = database.relay_config(
        stack.kafka.bootstrap,
        replica__identity__autoset__values=r"public\.a:FULL , public.b:INDEX b_pkey",
    )
    refused = run(tmp_path, config | {"database.user": guest})
    assert refused.returncode == 2, refused.stderr
    assert "OUT-2124" in refused.stderr
    statement = 'ALTER TABLE "public"."a" REPLICA IDENTITY FULL'
    assert statement in refused.stderr.replace("\\", "")
    for changes in (2, 0):
        ended = run(tmp_path, config, "--until=current")
        assert ended.returncode == 0, ended.stderr
        assert ended.stderr.count("replica identity of") == changes
    identities = "select string_agg(relreplident::text, '' order by relname) from pg_class"
    assert database.sql(f"{identities} where relname in ('a', 'b', 'rooted')") == "fid"


def test_two_replica_identities_for_one_table_are_refused(database, stack, tmp_path):
    database.sql(TABLES)
    values = r"public\.a:FULL,public\..*:NOTHING"
    config = database.relay_config(
        stack.kafka.bootstrap, replica__identity__autoset__values=values
    )
    ended = run(tmp_path, config)
    assert ended.returncode == 2, ended.stderr
    assert "public.a" in ended.stderr


def test_a_row_filter_that_is_a_query_of_the_server_itself_is_evaluated(
    database, stack, new_relay
):
    """OVERLAPS is a function in SQL, too long here to be inlined. pgoutput dies of it."""
    shifts = " + interval '1 s'" * 12
    database.sql(
        f"""
        create table t(id int primary key, a timestamp, b timestamp);
        alter table t replica identity full;
        create publication dbz_publication for table t
        where ((a, b) overlaps (a{shifts}, interval '1 day'))
        """
    )
    relay = new_relay(snapshot__mode="no_data").start_streaming()
    database.sql("insert into t values (1, '2026-01-01', '2026-01-02')")
    database.sql("insert into t values (2, '2026-01-01', '2026-01-01 00:00:01')")
    database.sql("insert into t values (3, '2026-01-01', '2026-01-02')")
    records = relay.stop_after(2, "public.t")
    assert [record.json["after"]["id"] for record in records] == [1, 3]
