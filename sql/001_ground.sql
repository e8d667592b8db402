-- Who writes to this database. Outlives every block: no fork touches it.
create table lease (
    chain_id bigint primary key,
    epoch    bigint not null,       -- raised by each daemon that takes over; what carries an older one is refused
    holder   text not null,         -- pid and host, for people
    started  timestamptz not null
);
