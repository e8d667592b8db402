#include "labels/known_names.hpp"

namespace moneytrail::labels {

const KnownNames& no_names() {
    static const KnownNames kNone;
    return kNone;
}

}  // namespace moneytrail::labels
