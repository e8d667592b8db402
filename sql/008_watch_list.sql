-- Since when an address is known its blocks tell: the first from effective_from on. So neither a commit nor a fork
-- touches the list, however long it is.
drop index watched_address_unknown;
alter table watched_address
    drop column known_from,
    drop column known_since,
    add column changed_version bigint not null default 0;  -- what its last change raised chain.watch_version to
create index watched_address_changed on watched_address (chain_id, changed_version);
-- Few of a million are roots.
create index watched_address_root on watched_address (chain_id) where method = 'root';
-- Who changes the list holds the chain's row: there is nothing to be checked for each address.
alter table watched_address drop constraint watched_address_chain_id_fkey;
-- A change that somebody makes by hand and that raises chain.watch_version is taken up like any other.
create function watched_address_by_hand() returns trigger language plpgsql as $$begin
    new.changed_version := (select watch_version + 1 from chain where chain_id = new.chain_id);
    return new;
end$$;
create trigger watched_address_added_by_hand before insert on watched_address
    for each row when (new.changed_version = 0) execute function watched_address_by_hand();
create trigger watched_address_changed_by_hand before update on watched_address
    for each row when (new.changed_version = old.changed_version) execute function watched_address_by_hand();
