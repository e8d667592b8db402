#include "ledger/pair_day.hpp"

namespace moneytrail {

PairDay& PairDay::operator+=(const PairDay& other) {
    daily.over += other.daily.over;
    daily.unpriced += other.daily.unpriced;
    weekly.over += other.weekly.over;
    weekly.unpriced += other.weekly.unpriced;
    out = out + other.out;
    out_unpriced += other.out_unpriced;
    has_price = has_price || other.has_price;
    return *this;
}

}  // namespace moneytrail
