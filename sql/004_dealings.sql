-- What the rules ask of the past beside how much of a token moved: with whom, with which organisations, and how often.

alter table activity add column spam text not null default 'none';          -- why it is nobody's history
alter table activity add column is_signed boolean not null default false;   -- the subject sent the transaction
alter table activity add column called bytea;                               -- and called this; null: not known
alter table activity add column day integer not null default 0;             -- its block's, in days since 1970
update activity set spam = 'nothing_moved' where amount = 0;
update activity a set day = b.block_time / 86400 from block b
    where b.chain_id = a.chain_id and b.block_num = a.block_num;

drop index activity_of_subject, activity_largest_of_subject, activity_largest_of_entity;
create index activity_of_subject on activity (chain_id, subject, block_num) where spam = 'none';
create index activity_largest_of_subject on activity (chain_id, subject, rule_token, usd_cents desc)
    where spam = 'none' and usd_cents is not null;
create index activity_largest_of_entity on activity (chain_id, entity, rule_token, usd_cents desc)
    where spam = 'none' and usd_cents is not null;
-- With others, that is: nobody within the entity, and no mint, burn or wrap.
create index activity_of_pair on activity (chain_id, subject, counterparty, block_num)
    where spam = 'none' and relation = 'outsider';

-- Fact: an activity's dealing with an organisation, as the label lists called it then.
create table contact (
    chain_id     bigint not null,
    block_num    bigint not null,
    ordinal      integer not null,             -- of the activity
    organisation text not null,
    subject      bytea not null,
    entity       text not null,
    usd_cents    bigint,                       -- null: unpriced
    is_signed    boolean not null,
    primary key (chain_id, block_num, ordinal, organisation),
    foreign key (chain_id, block_num) references block on delete cascade
);
create index contact_largest_of_subject on contact (chain_id, subject, organisation, usd_cents desc)
    where usd_cents is not null;
create index contact_signed_of_subject on contact (chain_id, subject, organisation, block_num) where is_signed;
create index contact_largest_of_entity on contact (chain_id, entity, organisation, usd_cents desc)
    where usd_cents is not null;
create index contact_signed_of_entity on contact (chain_id, entity, organisation, block_num) where is_signed;

-- Fact: the first time that a subject dealt with a counterparty.
create table first_contact (
    chain_id     bigint not null,
    subject      bytea not null,
    ends         bytea not null,               -- the counterparty's first 2 and last 2 bytes: what people look at
    counterparty bytea not null,
    block_num    bigint not null,
    primary key (chain_id, subject, ends, counterparty),
    foreign key (chain_id, block_num) references block on delete cascade
);
create index first_contact_of_block on first_contact (chain_id, block_num);

-- Roll-up: what a subject and a counterparty did on each day, up to chain.rolled_up_to.
create table pair_day (
    chain_id        bigint not null,
    subject         bytea not null,
    counterparty    bytea not null,
    day             integer not null,          -- days since 1970
    daily_over      bigint not null,           -- transactions over the gate of days
    daily_unpriced  bigint not null,           -- others with an unpriced transfer
    weekly_over     bigint not null,           -- the same by the gate of weeks
    weekly_unpriced bigint not null,
    out_cents       bigint not null,           -- paid by the subject
    out_unpriced    bigint not null,           -- transfers that out_cents leaves out
    has_price       boolean not null,
    primary key (chain_id, subject, counterparty, day)
);
create index pair_day_with_price on pair_day (chain_id, subject, counterparty, day) where has_price;
-- What pair_day counts by. Null: it is to be made of the activities first.
alter table chain add column pair_daily_cents bigint;
alter table chain add column pair_weekly_cents bigint;
