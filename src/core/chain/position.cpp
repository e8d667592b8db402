#include "chain/position.hpp"

namespace moneytrail {

std::string to_string(const Place& place) {
    switch (place.kind) {
        case Place::Kind::value:
            return "value";
        case Place::Kind::internal:
            return "internal:" + std::to_string(place.index);
        case Place::Kind::withdrawal:
            return "withdrawal:" + std::to_string(place.index);
        case Place::Kind::log:
            break;
    }
    const auto log = "log:" + std::to_string(place.index);
    return place.item == 0 ? log : log + ":" + std::to_string(place.item - 1);
}

}  // namespace moneytrail
