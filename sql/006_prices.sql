-- Prices from many sources: Chainlink's aggregators and pools.

drop table price_update;

-- Fact: what a block taught of one source. Its newest row says all that is known of the source.
create table price_update (
    chain_id      bigint not null,
    block_num     bigint not null,
    kind          text not null,               -- feed, reserves, liquidity, executed
    source        bytea not null,              -- an address in 32 bytes, or a pool id
    token0        bytea not null,              -- in the pool's order; zero of a feed
    token1        bytea not null,
    priced        bigint not null,             -- when it last told a price: seconds since 1970
    first_number  numeric(78, 0) not null,     -- raw: answer, reserves, root of the price, amounts exchanged
    second_number numeric(78, 0) not null,
    held0         numeric(78, 0) not null,     -- raw: what the pool is proven to hold
    held1         numeric(78, 0) not null,
    tick          integer not null,
    tick_spacing  integer not null,
    past          bytea not null,              -- rough ratios of the last seven days, 4 bytes each
    past_day      integer not null,            -- the newest of them: days since 1970
    odd_since     bigint not null,             -- far from its past since this block; 0: it is not
    primary key (chain_id, block_num, source, token0, token1),
    foreign key (chain_id, block_num) references block on delete cascade
);

-- Roll-up: the newest state of each source up to chain.rolled_up_to; the facts below it are dropped.
create table price_base (
    chain_id      bigint not null,
    block_num     bigint not null,
    kind          text not null,
    source        bytea not null,
    token0        bytea not null,
    token1        bytea not null,
    priced        bigint not null,
    first_number  numeric(78, 0) not null,
    second_number numeric(78, 0) not null,
    held0         numeric(78, 0) not null,
    held1         numeric(78, 0) not null,
    tick          integer not null,
    tick_spacing  integer not null,
    past          bytea not null,
    past_day      integer not null,
    odd_since     bigint not null,
    block_time    bigint not null,             -- of block_num, seconds since 1970
    primary key (chain_id, source, token0, token1)
);
create index price_base_idle on price_base (chain_id, block_time) where kind <> 'feed';
