-- From outside: the label and token lists that a user imported, each whole. A list is replaced by importing one of
-- its name again. Addresses are those of every chain, as in the lists of the configuration.
create table imported_list (
    name     text primary key,                 -- the file's name, without its folder
    content  text not null,                    -- labels, tokens
    version  text not null,                    -- digits that differ when anything in it does
    lines    bigint not null,
    imported timestamptz not null
);

-- From outside: what such a list says whose an address is.
create table imported_label (
    list     text not null references imported_list on delete cascade,
    address  bytea not null,
    entity   text not null,                    -- the name that the list has, not an id
    category text not null,
    label    text not null,
    source   text not null
);
create index imported_label_of_list on imported_label (list);

-- From outside: what such a list says of a token.
create table imported_token (
    list      text not null references imported_list on delete cascade,
    contract  bytea not null,
    symbol    text not null,
    decimals  smallint,                        -- null: unknown
    name      text not null,
    protected boolean not null,
    listed    boolean not null,                -- false: known by name only
    primary key (list, contract)
);
