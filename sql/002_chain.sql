-- The followed chain, what happened on it, and what was said about it. Every table is of one of four kinds:
--   fact               hangs on its block and goes with it
--   roll-up            sums of facts that no fork can reach any more
--   outlives its block keeps number and hash as plain values
--   from outside       what people or vendors said

-- Outlives its block: how far the chain was judged, and with which watch list.
create table chain (
    chain_id      bigint primary key,
    tip_num       bigint,
    tip_hash      bytea,
    watch_version bigint not null default 0,   -- rises with every change of the watch list
    rolled_up_to  bigint not null default -1   -- the roll-ups hold the blocks up to this one
);

-- Fact: the block itself.
create table block (
    chain_id   bigint not null references chain,
    block_num  bigint not null,
    hash       bytea not null,
    parent     bytea,
    block_time bigint not null,                -- seconds since 1970
    verified   boolean not null,
    primary key (chain_id, block_num)
);

-- Fact: what a tracked address did.
create table activity (
    chain_id     bigint not null,
    block_num    bigint not null,
    ordinal      integer not null,             -- its place in the block's chain order
    txn_hash     bytea,                        -- null: a withdrawal
    place        text not null,
    subject      bytea not null,
    entity       text not null,
    counterparty bytea,
    relation     text not null,
    direction    text not null,
    token        bytea,                        -- null: native coin
    token_id     numeric(78, 0),
    rule_token   bytea not null,               -- what the rules call its token: zero for ETH and for WETH
    amount       numeric(78, 0) not null,      -- raw units
    usd_cents    bigint,                       -- null: unpriced
    primary key (chain_id, block_num, ordinal),
    foreign key (chain_id, block_num) references block on delete cascade
);
-- Zero-value transfers are recorded, but are nobody's history.
create index activity_of_subject on activity (chain_id, subject, block_num) where amount > 0;
create index activity_largest_of_subject on activity (chain_id, subject, rule_token, usd_cents desc)
    where amount > 0 and usd_cents is not null;
create index activity_largest_of_entity on activity (chain_id, entity, rule_token, usd_cents desc)
    where amount > 0 and usd_cents is not null;

-- Fact: what a finding has silenced since.
create table repeat_key (
    chain_id   bigint not null,
    repeat_key text not null,
    block_num  bigint not null,
    primary key (chain_id, repeat_key),
    foreign key (chain_id, block_num) references block on delete cascade
);
create index repeat_key_of_block on repeat_key (chain_id, block_num);

-- Fact: a price that the chain told.
create table price_update (
    chain_id  bigint not null,
    block_num bigint not null,
    token     bytea not null,                  -- zero: native coin
    price_e8  bigint not null,                 -- dollars of a whole token in units of 1e-8
    primary key (chain_id, block_num, token),
    foreign key (chain_id, block_num) references block on delete cascade
);

-- Roll-up: how much each subject had done up to chain.rolled_up_to.
create table subject_total (
    chain_id   bigint not null,
    subject    bytea not null,
    activities bigint not null,
    primary key (chain_id, subject)
);

-- From outside: the watch list. What a user removed stays here, so that nothing adds it again.
create table watched_address (
    chain_id       bigint not null references chain,
    address        bytea not null,
    entity         text not null,
    label          text not null,
    method         text not null,              -- root, user
    effective_from bigint not null,            -- the first block in which it is judged
    known_from     bigint,                     -- the first block that was judged with it
    known_since    bigint,                     -- and that block's time
    removed        boolean not null default false,
    primary key (chain_id, address)
);

-- Outlives its block: what was found, as it stands now.
create table alert (
    id                 bytea primary key,
    chain_id           bigint not null,
    block_num          bigint not null,
    block_hash         bytea not null,
    block_time         bigint not null,
    ordinal            integer not null,       -- its place among the block's alerts
    entity             text not null,
    address            bytea not null,
    severity           smallint not null,
    rules              text[] not null,
    content            text not null,          -- the documented JSON, as raised
    status             text not null,          -- raised, retracted
    retracted_at_block bigint,                 -- the tip that the fork replaced; null while it is on the chain
    withdrawn          boolean not null default false,  -- its channels were told to take it back
    revision           integer not null        -- 1 and rising with each change
);
create index alert_of_block on alert (chain_id, block_num);
create index alert_to_withdraw on alert (chain_id, retracted_at_block)
    where status = 'retracted' and not withdrawn;

-- Outlives its block: what a channel should show, and what it has shown.
create table delivery (
    alert_id        bytea not null references alert,
    channel         text not null,
    target          text not null,
    wanted_revision integer not null,
    wanted_shown    boolean not null,              -- false: taken back
    sent_revision   integer not null default 0,
    state           text not null default 'idle',  -- idle, claimed, unsure
    primary key (alert_id, channel, target)
);
create index delivery_due on delivery (channel, target) where wanted_revision <> sent_revision;
