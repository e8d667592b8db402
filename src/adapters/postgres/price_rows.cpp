#include "price_rows.hpp"

#include "rows.hpp"

namespace moneytrail::postgres {
namespace {

const std::string kColumns =
    "kind, source, token0, token1, priced, first_number, second_number, held0, held1, tick, tick_spacing, "
    "past, past_day, odd_since";

constexpr std::size_t kRoughBytes = sizeof(RoughRatio);

Bytes to_bytes(const PastRatios& past) {
    Bytes out;
    for (const auto ratio : past)
        for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(ratio >> shift));
    return out;
}

PastRatios past_of(const pqxx::field& field) {
    const pqxx::binarystring bytes{field};
    PastRatios out{};
    if (bytes.size() != out.size() * kRoughBytes)
        throw Permanent{"price_update.past holds " + std::to_string(bytes.size()) + " bytes, expected " +
                        std::to_string(out.size() * kRoughBytes)};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        auto& ratio = out.at(i / kRoughBytes);
        ratio = ratio << 8 | bytes.data()[i];
    }
    return out;
}

PriceSource::Kind kind_of(const pqxx::field& field) {
    using Kind = PriceSource::Kind;
    const auto text = field.as<std::string>();
    for (const auto kind : {Kind::feed, Kind::reserves, Kind::liquidity, Kind::executed})
        if (to_string(kind) == text) return kind;
    throw Permanent{"price_update.kind: " + text + " is no kind of source"};
}

// Of a row with kColumns behind the block's number and time.
PriceUpdate update_of(const pqxx::row& row) {
    const auto number = [&](int column) { return Raw{row[column].as<std::string>()}; };
    PriceUpdate out;
    out.block_num = row[0].as<BlockNumber>();
    out.time = time_of(row[1]);
    out.source = {kind_of(row[2]), fixed_of<Word>(row[3]), fixed_of<Address>(row[4]),
                  fixed_of<Address>(row[5])};
    out.priced = time_of(row[6]);
    out.first = number(7);
    out.second = number(8);
    out.held0 = number(9);
    out.held1 = number(10);
    out.tick = row[11].as<std::int32_t>();
    out.tick_spacing = row[12].as<std::int32_t>();
    out.past = past_of(row[13]);
    out.past_day = row[14].as<std::int32_t>();
    out.odd_since = row[15].as<BlockNumber>();
    return out;
}

struct PriceColumns {
    ArrayLiteral block_num, kind, source, token0, token1, priced, first, second, held0, held1, tick,
        tick_spacing, past, past_day, odd_since;

    void add(const PriceUpdate& update) {
        block_num.add(as_bigint(update.block_num));
        kind.add(to_string(update.source.kind));
        source.add(update.source.id);
        token0.add(update.source.token0);
        token1.add(update.source.token1);
        priced.add(as_bigint(update.priced));
        first.add(update.first);
        second.add(update.second);
        held0.add(update.held0);
        held1.add(update.held1);
        tick.add(std::int64_t{update.tick});
        tick_spacing.add(std::int64_t{update.tick_spacing});
        past.add(ByteView{to_bytes(update.past)});
        past_day.add(std::int64_t{update.past_day});
        odd_since.add(as_bigint(update.odd_since));
    }
};

void forget_pools(Work& tx, std::uint64_t chain_id) {
    exec_planned(tx, "delete from price_update where chain_id = $1 and kind <> 'feed'", chain_id);
    exec_planned(tx, "delete from price_base where chain_id = $1 and kind <> 'feed'", chain_id);
}

}  // namespace

void write_prices(Work& tx, std::uint64_t chain_id, const std::vector<BlockRecord>& blocks) {
    BlockNumber known_from = 0;
    for (const auto& block : blocks)
        if (block.is_behind_gap) known_from = block.link.number;
    if (known_from != 0) forget_pools(tx, chain_id);
    PriceColumns rows;
    for (const auto& block : blocks)
        for (const auto& update : block.prices)
            if (update.block_num >= known_from || update.source.kind == PriceSource::Kind::feed)
                rows.add(update);
    exec_planned(tx,
                 "insert into price_update (chain_id, block_num, " + kColumns +
                     ") select $1, q.* from unnest($2::bigint[], $3::text[], $4::bytea[], $5::bytea[], "
                     "$6::bytea[], $7::bigint[], $8::numeric[], $9::numeric[], $10::numeric[], "
                     "$11::numeric[], $12::integer[], $13::integer[], $14::bytea[], $15::integer[], "
                     "$16::bigint[]) q",
                 chain_id, rows.block_num.text(), rows.kind.text(), rows.source.text(), rows.token0.text(),
                 rows.token1.text(), rows.priced.text(), rows.first.text(), rows.second.text(),
                 rows.held0.text(), rows.held1.text(), rows.tick.text(), rows.tick_spacing.text(),
                 rows.past.text(), rows.past_day.text(), rows.odd_since.text());
}

std::vector<PriceUpdate> load_prices(Work& tx, std::uint64_t chain_id) {
    std::vector<PriceUpdate> out;
    for (const auto& row : exec_planned(tx,
                                        "select block_num, block_time, " + kColumns +
                                            " from price_base where chain_id = $1 order by block_num",
                                        chain_id))
        out.push_back(update_of(row));
    // The newest few hundred blocks: what was rolled up is gone.
    for (const auto& row : exec_planned(tx,
                                        "select block_num, block_time, " + kColumns +
                                            " from price_update join block using (chain_id, block_num) "
                                            "where chain_id = $1 order by block_num",
                                        chain_id))
        out.push_back(update_of(row));
    return out;
}

void roll_up_prices(Work& tx, std::uint64_t chain_id, std::int64_t from, std::int64_t to) {
    exec_planned(tx,
                 "insert into price_base (chain_id, block_num, block_time, " + kColumns +
                     ") select distinct on (source, token0, token1) chain_id, block_num, block_time, " +
                     kColumns +
                     " from price_update join block using (chain_id, block_num) where chain_id = $1 "
                     "and block_num > $2 and block_num <= $3 "
                     "order by source, token0, token1, block_num desc "
                     "on conflict (chain_id, source, token0, token1) do update set "
                     "block_num = excluded.block_num, block_time = excluded.block_time, "
                     "kind = excluded.kind, priced = excluded.priced, "
                     "first_number = excluded.first_number, second_number = excluded.second_number, "
                     "held0 = excluded.held0, held1 = excluded.held1, tick = excluded.tick, "
                     "tick_spacing = excluded.tick_spacing, past = excluded.past, "
                     "past_day = excluded.past_day, odd_since = excluded.odd_since",
                 chain_id, from, to);
    exec_planned(tx, "delete from price_update where chain_id = $1 and block_num > $2 and block_num <= $3",
                 chain_id, from, to);
    exec_planned(tx,
                 "delete from price_base where chain_id = $1 and kind <> 'feed' and block_time < "
                 "(select block_time from block where chain_id = $1 and block_num <= $2 "
                 "order by block_num desc limit 1) - $3",
                 chain_id, to, std::chrono::seconds{SourceTable::kForgotten + std::chrono::days{1}}.count());
}

}  // namespace moneytrail::postgres
