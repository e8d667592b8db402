-- A running daemon takes the changes of the watch list up in parts, in the order of their version and address.
drop index watched_address_changed;
create index watched_address_changed on watched_address (chain_id, changed_version, address);
